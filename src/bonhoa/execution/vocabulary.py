"""The words that requirements are read by: heads of bodies, verbs of command, what tells of the past.

The lists of verbs and of name words are data (data/task_words.yaml); the heads of names stand here because the way
they combine is grammar.
"""

# ruff: noqa: E501 - patterns are easier to check when an alternative is not broken over lines

from __future__ import annotations

import functools
from typing import NamedTuple

import regex

from bonhoa.apparatus.register import read_yaml

OFFICE = (
    r"(?:Bộ trưởng|Thứ trưởng|Thủ trưởng|Chủ tịch|Phó Chủ tịch|Bí thư|Phó Bí thư|Giám đốc|Phó Giám đốc|Tổng Giám đốc|Tổng giám đốc"
    r"|Chánh Văn phòng|Chánh án|Chánh Thanh tra|Viện trưởng|Trưởng ban|Trưởng Ban|Trưởng phòng|Tổng Thanh tra|Thống đốc|Thủ tướng|Phó Thủ tướng"
    r"|Chủ nhiệm|Tổng Kiểm toán|Cục trưởng|Vụ trưởng|Tổng cục trưởng|Hiệu trưởng|Người đứng đầu|Tổ trưởng|Tổng Bí thư|Tư lệnh|Chỉ huy trưởng)"
)
STRONG = (
    rf"(?:{OFFICE}|Văn phòng|Bộ(?! luật)|Sở|Ban(?! hành)|UBND|Ủy ban|Uỷ ban|ỦY BAN|HĐND|Hội đồng|Công an|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ"
    r"|Đảng ủy|Đảng uỷ|Đảng bộ|Đảng đoàn|Thường trực|Thường vụ|Mặt trận|MTTQ|Liên đoàn|Liên minh|Liên hiệp|Hội(?! nghị)|Đoàn|(?:Tỉnh|Thành|Huyện|Quận|Xã|Phường) ?[Đđ]oàn|Điện lực|Viễn thông(?= \p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?(?:[,;.]|$| và| chủ| phối))(?! Quân)|Trung ương(?= (?:Đảng|Đoàn|Hội))|Cục|Vụ|Tổng cục|Chi cục"
    r"|Trung tâm|Viện|Học viện|Trường|Đại học|Tập đoàn|Tổng công ty|Tổng Công ty|Công ty|Ngân hàng|Kho bạc|Bảo hiểm|BHXH|Thanh tra|Kiểm toán|Tòa án|Toà án|TAND|VKSND"
    r"|Quân khu|Quân ủy|Quân uỷ|Quân chủng|Biên phòng|Đài|Thông tấn xã|Báo(?! cáo)|Cảng(?= vụ| hàng| biển| vụ)|Quỹ|Phòng(?! cháy|,)|Nhà xuất bản|VNPT|EVN|PVN|Viettel|VPCP|(?-i:VTV|VOV|TTXVN|VCCI|VAST|VASS)|Chủ đầu tư|Trạm(?= \p{Lu})|Thư viện|Bảo tàng|Chi bộ|Chi đoàn|Chi nhánh|Xóm trưởng|Trưởng (?:bản|thôn|xóm|ấp|khu)|Đồn(?= Biên)|Hạt(?= Kiểm)|Đội(?= \p{Lu})|HTX|Tổ(?! chức)(?= \p{Ll})|Vùng(?= \d)"
    r"|Tỉnh(?= \p{Lu})|Thành phố(?= \p{Lu})|Quốc hội|Chính phủ|Nhà trường|Bệnh viện|Tạp chí|Cơ quan|Đơn vị|Thuế|Hải quan|Bưu điện|Cổng|Đồng chí|Ngành|Cấp ủy|Cấp uỷ|Liên hợp|Chính quyền|Địa phương|Doanh nghiệp|Hợp tác xã|Nhà đầu tư|Chủ rừng)"
)
GROUP = (
    r"(?:[Cc]ác|[Mm]ột số|[Tt]oàn|[Tt]ất cả|[Tt]ừng|[Mm]ỗi|đồng chí|[Nn]hững|cấp ủy|cấp uỷ|chính quyền|chủ đầu tư|nhà thầu|ngành|cơ quan|đơn vị|địa phương"
    r"|doanh nghiệp|lực lượng|hệ thống|cán bộ|người đứng đầu|thủ trưởng|lãnh đạo|tổ chức|[Ll]iên danh|[Tt]hành viên|tỉnh|thành phố|phòng|xã)"
)
HEAD = regex.compile(rf"(?:{STRONG}|{GROUP})(?![\p{{L}}])")
STRONG_HEAD = regex.compile(rf"(?:(?:[Cc]ác |[Đđ]ồng chí |[Cc]ác đồng chí )?{STRONG})(?![\p{{L}}])")
DETERMINER = r"(?:[Cc]ác|[Mm]ột số|[Nn]hững|[Tt]ừng|[Mm]ỗi|[Mm]ọi|[Tt]ất cả các|[Tt]oàn bộ)"
"""Words that say how many: a body's noun must follow them."""
NOT_BODY = regex.compile(
    rf"{DETERMINER} (?i:kiến nghị|bước|phương thức|báo cáo|luật(?! sư)|bài|mức|hạn mục|quyết định|thông tư|cấp độ|cơ sở dữ liệu|cách thức|trình tự|nhóm|tài liệu|biểu mẫu|tài sản|khoản|quyền|nghĩa vụ|yêu cầu|mốc|kết quả|dấu hiệu|phương tiện|thiết bị|giấy tờ|bài|số liệu|đối tượng|căn cứ|nội dung|nhiệm vụ|giải pháp|hoạt động|quy định|văn bản|chính sách|vấn đề|biện pháp|chỉ tiêu|mục tiêu|hình thức|công trình|dự án|"
    r"trường hợp|điều kiện|khu vực|chương trình|kế hoạch|chế độ|dịch vụ|thủ tục|công tác|loại|sản phẩm|mô hình|phong trào|nguồn|hạng mục|đề xuất|"
    r"thông tin|dữ liệu|hệ thống|nền tảng|tiêu chí|tiêu chuẩn|bước|khâu|lĩnh vực|tuyến|vùng|yếu tố|giao dịch|cuộc|sự kiện|điểm|chức danh|ý kiến|nghị quyết|nghị định|mặt hàng|thành phần|phương án|kinh phí|ngày|hành vi|vi phạm|hồ sơ|quy trình|cơ chế|chức năng|ứng dụng|đợt|hồ|giải|cơ sở dữ liệu)"
    r"|Ban Bí thư (?:đã|về)|tổ chức (?:tập|đào|bồi|khảo|diễn|nghiệm|thực hiện|triển khai|các|tốt|lại|kiểm|rà|tuyên|phát|hội|đánh|lấy|quản|lớp|sơ|tổng|đấu|thẩm|điều|vận|xây|quán)"
    r"|hệ thống (?:thông tin|hóa|văn bản)|[Tt]oàn (?:diện|bộ|văn|cầu|quốc)|[Tt]ất cả các (?:lĩnh|mặt|khâu)|[Tt]ừng bước|Báo cáo|Phòng(?: cháy|,)|ngành nghề|Trường hợp|Trung ương giao|Hội nghị|Bảo hiểm xã hội,? bảo hiểm"
)


class Words(NamedTuple):
    """The compiled vocabularies of data/task_words.yaml."""

    verb: regex.Pattern[str]
    predicate: regex.Pattern[str]
    past: regex.Pattern[str]
    skipped: regex.Pattern[str]
    starts: frozenset[str]  # the first syllables of verbs: a quick look before the pattern is tried


_FORCED = "và chủ phối có chịu chỉ tham khẩn nghiêm tích kịp tiếp tập tăng rà phải"


@functools.cache
def words() -> Words:
    """Vocabulary of requirements."""
    data = read_yaml("task_words.yaml")

    def alternatives(key: str) -> str:
        listed = {w for line in data[key] for w in line.split("|")}
        return "|".join(regex.escape(w).replace(r"\ ", r"\s+") for w in sorted(listed, key=len, reverse=True))

    noun_verbs = r"(?<!(?i:đăng ký|cùng|cơ quan|đơn vị|cán bộ|lực lượng|người|chủ|công tác|hoạt động|nhiệm vụ|(?<!tỉnh )(?<!thành )đoàn|ban|tổ|chuyên viên|bộ phận|hội đồng|phòng|tổ chức|hành chính|công ty|nhà|doanh nghiệp|trung tâm|lĩnh vực|viện|và|hoặc)\s)"
    organisations = r"(?!(?<=tổ chức)(?:,|\s+(?:chính trị|xã hội|đoàn thể|liên quan|có liên quan|cá nhân|Đảng|đảng|tín dụng|thành viên|hội|nghề|kinh tế|quốc tế|trực thuộc|cơ sở|khác|và\s+(?:cá nhân|đơn vị|công dân|doanh nghiệp)|,)))"
    levels = r"(?<!(?i:các|mọi|từng|mỗi|cùng|khác)\s+cấp)(?!(?<=cấp)\s+(?:xã|tỉnh|huyện|cơ sở|trung ương|Trung ương|trên|dưới|ủy|uỷ|có|phòng|vụ|cục|bộ|sở|tương đương|chiến lược|quốc gia))(?!(?<=ký)\s+(?:đầu tư|kinh doanh))"
    listed = {w for line in data["verbs"] for w in line.split("|")}  # "luân chuyển" is a verb itself, "vận chuyển" none
    second = {
        verb: "|".join(b for b in before.split("|") if f"{b} {verb}" not in listed)
        for verb, before in data["compounds"]["second"].items()
    }
    behind = "".join(rf"(?<!(?i:{before})\s{verb})" for verb, before in second.items() if before)
    ahead = "".join(
        rf"(?!(?<={verb})\s+(?:{after})(?![\p{{L}}]))" for verb, after in data["compounds"]["first"].items()
    )
    verb = rf"{noun_verbs}(?<!(?:Đào|Ngoại)\s)(?<![\p{{L}}])(?:{alternatives('verbs')})(?![\p{{L}}]){organisations}{levels}{behind}{ahead}"
    forced = r"(?:và\s+)?(?:chủ\s+trì|phối\s+hợp|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|(?<!(?i:ban )(?:\*)?)chỉ\s+đạo|tham\s+mưu|chủ\s+động|khẩn\s+trương|nghiêm\s+túc|tích\s+cực|kịp\s+thời|tiếp\s+tục|tập\s+trung(?!\s+đông)|tăng\s+cường|rà\s+soát)(?![\p{L}])"
    return Words(
        regex.compile(rf"(?:{forced}|{verb})"),
        regex.compile(rf"(?:{forced}|(?<![\p{{L}}])(?:{alternatives('predicates')})(?![\p{{L}}])|{verb})"),
        regex.compile(rf"\s*(?:{alternatives('past')})(?![\p{{L}}])", regex.I),
        regex.compile(rf"(?:{alternatives('skipped_headings')})(?![\p{{L}}])", regex.I),
        frozenset(w.split()[0].rstrip(",") for line in data["verbs"] for w in line.split("|"))
        | frozenset(_FORCED.split()),
    )
