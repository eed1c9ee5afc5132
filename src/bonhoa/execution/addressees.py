"""Who is addressed: lists of bodies in running text, as printed, split where one body ends and the next begins.

A list begins with a head word (Bộ, Sở, Ủy ban, Chủ tịch, các …) and ends where its predicate begins. Group phrases
("các bộ, cơ quan ngang bộ") stay whole; bodies named one by one are separate entries.
"""

# ruff: noqa: E501 - patterns are easier to check when an alternative is not broken over lines

from __future__ import annotations

import functools
from importlib import resources
from typing import NamedTuple

import regex
import yaml

_OFFICE = (
    r"(?:Bộ trưởng|Thứ trưởng|Thủ trưởng|Chủ tịch|Phó Chủ tịch|Bí thư|Phó Bí thư|Giám đốc|Phó Giám đốc|Tổng Giám đốc|Tổng giám đốc"
    r"|Chánh Văn phòng|Chánh án|Chánh Thanh tra|Viện trưởng|Trưởng ban|Trưởng Ban|Trưởng phòng|Tổng Thanh tra|Thống đốc|Thủ tướng|Phó Thủ tướng"
    r"|Chủ nhiệm|Tổng Kiểm toán|Cục trưởng|Vụ trưởng|Tổng cục trưởng|Hiệu trưởng|Người đứng đầu|Tổ trưởng|Tổng Bí thư|Tư lệnh|Chỉ huy trưởng)"
)
_STRONG = (
    rf"(?:{_OFFICE}|Văn phòng|Bộ(?! luật)|Sở|Ban(?! hành)|UBND|Ủy ban|Uỷ ban|ỦY BAN|HĐND|Hội đồng|Công an|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ"
    r"|Đảng ủy|Đảng uỷ|Đảng bộ|Đảng đoàn|Thường trực|Thường vụ|Mặt trận|MTTQ|Liên đoàn|Liên minh|Liên hiệp|Hội(?! nghị)|Đoàn|Trung ương(?= (?:Đảng|Đoàn|Hội))|Cục|Vụ|Tổng cục|Chi cục"
    r"|Trung tâm|Viện|Học viện|Trường|Đại học|Tập đoàn|Tổng công ty|Tổng Công ty|Công ty|Ngân hàng|Kho bạc|Bảo hiểm|BHXH|Thanh tra|Kiểm toán|Tòa án|Toà án|TAND|VKSND"
    r"|Quân khu|Quân ủy|Quân uỷ|Quân chủng|Biên phòng|Đài|Thông tấn xã|Báo(?! cáo)|Cảng|Quỹ|Phòng(?! cháy|,)|Nhà xuất bản|VNPT|EVN|PVN|Viettel|VPCP|Chủ đầu tư|Tổ công tác|Tổ giúp việc"
    r"|Tỉnh(?= \p{Lu})|Thành phố(?= \p{Lu})|Quốc hội|Chính phủ|Nhà trường|Bệnh viện|Tạp chí|Cơ quan|Đơn vị|Thuế|Hải quan|Bưu điện|Cổng|Đồng chí|Ngành|Cấp ủy|Cấp uỷ|Liên hợp|Chính quyền|Địa phương)"
)
_GROUP = (
    r"(?:[Cc]ác|[Mm]ột số|[Tt]oàn|[Tt]ất cả|[Tt]ừng|[Mm]ỗi|đồng chí|[Nn]hững|cấp ủy|cấp uỷ|chính quyền|chủ đầu tư|nhà thầu|ngành|cơ quan|đơn vị|địa phương"
    r"|doanh nghiệp|lực lượng|hệ thống|cán bộ|người đứng đầu|thủ trưởng|lãnh đạo|tổ chức|[Ll]iên danh|[Tt]hành viên|tỉnh|thành phố|phòng|xã)"
)
HEAD = regex.compile(rf"(?:{_STRONG}|{_GROUP})(?![\p{{L}}])")
STRONG_HEAD = regex.compile(rf"(?:(?:[Cc]ác |[Đđ]ồng chí |[Cc]ác đồng chí )?{_STRONG})(?![\p{{L}}])")
NOT_BODY = regex.compile(
    r"[Cc]ác (?:phương thức|cách thức|trình tự|nhóm|tài liệu|biểu mẫu|tài sản|khoản|quyền|nghĩa vụ|yêu cầu|mốc|kết quả|dấu hiệu|phương tiện|thiết bị|giấy tờ|bài|số liệu|đối tượng|căn cứ|nội dung|nhiệm vụ|giải pháp|hoạt động|quy định|văn bản|chính sách|vấn đề|biện pháp|chỉ tiêu|mục tiêu|hình thức|công trình|dự án|"
    r"trường hợp|điều kiện|khu vực|chương trình|kế hoạch|chế độ|dịch vụ|thủ tục|công tác|loại|sản phẩm|mô hình|phong trào|nguồn|hạng mục|đề xuất|"
    r"thông tin|dữ liệu|hệ thống|nền tảng|tiêu chí|tiêu chuẩn|bước|khâu|lĩnh vực|tuyến|vùng|yếu tố|giao dịch|cuộc|sự kiện|điểm|chức danh|ý kiến|nghị quyết|nghị định|mặt hàng|thành phần|phương án|kinh phí|ngày|hành vi|vi phạm|hồ sơ|quy trình|cơ chế|chức năng|ứng dụng|đợt|hồ|giải|cơ sở dữ liệu)"
    r"|Ban Bí thư (?:đã|về)|tổ chức (?:thực hiện|triển khai|các|tốt|lại|kiểm|rà|tuyên|phát|hội|đánh|lấy|quản|lớp|sơ|tổng|đấu|thẩm|điều|vận|xây|quán)"
    r"|hệ thống (?:thông tin|hóa|văn bản)|[Tt]oàn (?:diện|bộ|văn|cầu|quốc)|[Tt]ất cả các (?:lĩnh|mặt|khâu)|Báo cáo|Phòng(?: cháy|,)|ngành nghề|Trường hợp|Trung ương giao|Hội nghị|Bảo hiểm xã hội,? bảo hiểm"
)


class Words(NamedTuple):
    """The compiled vocabularies of data/task_words.yaml."""

    verb: regex.Pattern[str]
    predicate: regex.Pattern[str]
    past: regex.Pattern[str]
    skipped: regex.Pattern[str]


@functools.cache
def words() -> Words:
    """Vocabulary of requirements."""
    data = yaml.safe_load(resources.files("bonhoa.data").joinpath("task_words.yaml").read_text("utf-8"))

    def alternatives(key: str) -> str:
        listed = {w for line in data[key] for w in line.split("|")}
        return "|".join(regex.escape(w).replace(r"\ ", r"\s+") for w in sorted(listed, key=len, reverse=True))

    noun_verbs = r"(?<!(?i:đăng ký|cùng|cơ quan|đơn vị|cán bộ|lực lượng|người|chủ|công tác|hoạt động|nhiệm vụ|đoàn|ban|tổ|chuyên viên|bộ phận|hội đồng|phòng|tổ chức|hành chính|công ty|nhà|doanh nghiệp|trung tâm|lĩnh vực|và|hoặc)\s)"
    organisations = r"(?!(?<=tổ chức)(?:,|\s+(?:chính trị|xã hội|đoàn thể|liên quan|có liên quan|cá nhân|Đảng|đảng|tín dụng|thành viên|hội|nghề|kinh tế|quốc tế|trực thuộc|cơ sở|khác|và\s+(?:cá nhân|đơn vị|công dân|doanh nghiệp)|,)))"
    levels = r"(?<!(?i:các|mọi|từng|mỗi|cùng|khác)\s+cấp)(?!(?<=cấp)\s+(?:xã|tỉnh|huyện|cơ sở|trung ương|Trung ương|trên|dưới|ủy|uỷ|có|phòng|vụ|cục|bộ|sở|tương đương|chiến lược|quốc gia))(?!(?<=ký)\s+(?:đầu tư|kinh doanh))"
    verb = rf"{noun_verbs}(?<!(?:Đào|Ngoại)\s)(?<![\p{{L}}])(?:{alternatives('verbs')})(?![\p{{L}}]){organisations}{levels}"
    forced = r"(?:và\s+)?(?:chủ\s+trì|phối\s+hợp|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|(?<!(?i:ban )(?:\*)?)chỉ\s+đạo|tham\s+mưu|chủ\s+động)(?![\p{L}])"
    return Words(
        regex.compile(rf"(?:{forced}|{verb})"),
        regex.compile(rf"(?:{forced}|(?<![\p{{L}}])(?:{alternatives('predicates')})(?![\p{{L}}])|{verb})"),
        regex.compile(rf"\s*(?:{alternatives('past')})(?![\p{{L}}])", regex.I),
        regex.compile(rf"(?:{alternatives('skipped_headings')})(?![\p{{L}}])", regex.I),
    )


_SENTENCE_END = regex.compile(
    rf"[.?!]\s|[.;]$|\n|;\s(?!(?:và\s+)?(?:{_STRONG}|[Cc]ác (?:bộ|sở|ban|ngành|cơ quan|đơn vị|địa phương|tỉnh|xã|Bộ|Sở|Ban|Tập|Tổng)|[Tt]hủ trưởng|[Nn]gười đứng đầu)(?![\p{{L}}]))"
)


class Subject(NamedTuple):
    """Bodies named in front of a predicate: names as printed, where their words stand, where the predicate begins."""

    names: tuple[str, ...]
    start: int
    end: int
    predicate: int


def subject_at(text: str, start: int) -> Subject | None:
    """The list of bodies that begins at `start`, if a predicate follows it."""
    head = HEAD.match(text, start)
    if not head or NOT_BODY.match(text, start):
        return None
    limit = _SENTENCE_END.search(text, start)
    stop = min(limit.start() if limit else len(text), start + 600)
    name_end = 0
    for found in words().predicate.finditer(text, head.end(), stop):
        segment = text[start : found.start()].rstrip(" ,:")
        if found.start() < name_end or segment.count("(") != segment.count(")"):
            continue
        if _KIND_OF_BODY.search(segment) and (naming := _NAMING_VERB.match(text, found.start())):
            name_end = naming.end()  # the verb says what kind of body it is: "Cơ quan đăng ký đầu tư có trách nhiệm"
            continue
        if not segment or not _looks_like_bodies(segment):
            return None
        segment = regex.split(r",?\s+(?:cùng với|phối hợp với)\s", segment)[0]
        return Subject(split_bodies(segment), start, start + len(segment), found.start())
    return None


_BARE = regex.compile(
    r"(?:(?:Bộ|Sở|Cơ quan|Đơn vị|cơ quan|đơn vị|Cổng|Ban|Phòng|Hội|Đoàn|tổ chức|hệ thống)(?:,\s+|$))+"
)
_KIND_OF_BODY = regex.compile(r"(?:cơ quan|đơn vị|bộ phận|lực lượng|ngành)$", regex.I)
_NAMING_VERB = regex.compile(
    r"(?:chủ trì|phối hợp|đăng ký (?:đầu tư|kinh doanh)|thanh tra|kiểm tra|kiểm soát|giám sát|quản lý(?: [\p{L}]+){0,3}?|thẩm định|tham mưu|thực hiện|tiếp nhận|soạn thảo"
    r"|trình|chuyển giao|giải quyết)\s+(?=(?:và\s+)?(?:có trách nhiệm|chịu trách nhiệm|phải|cần|có văn bản|chủ trì|tiếp tục|khẩn trương|căn cứ|theo chức năng|tổ chức|hoàn thành"
    r"|hoàn thiện|báo cáo|tổng hợp|thông báo|rà soát|kịp thời|nghiên cứu|xem xét|xác định|lấy ý kiến))"
)


def _looks_like_bodies(segment: str) -> bool:
    if NOT_BODY.match(segment) or len(segment) > 450:
        return False
    if ":" in segment and not regex.match(
        r"(?:[Cc]ác\s+)?(?:[\p{Lu}]\p{L}*|[Bb]ộ|[Tt]ỉnh|[Tt]hành phố|[^:]{0,90}(?:tỉnh|thành phố))[^:]*:\s*\p{Lu}",
        segment,
    ):
        return False
    if _BARE.fullmatch(segment) or regex.search(
        r"\s(?:về|của|do|tại|theo|từ|cho)$|\stại (?:buổi|cuộc|hội nghị|phiên)", segment
    ):
        return False
    return not regex.search(r"\b(?:đã|là|được|bị|của mình|nêu trên,|nhằm|để)\b(?! (?:giao|phân công|nêu))", segment)


_NAMED_AFTER_ACT = regex.compile(
    r"(?:ban|đội|tổ|trung tâm|quỹ|cục|vụ|phòng|trạm|hội đồng|các|ngành|chức|về|và|,|công tác|viện|công ty|ngân hàng|nhà|chủ|cơ quan|đơn vị|hội|liên minh|đoàn|hiệp hội)\s+$",
    regex.I,
)


def bodies_only(text: str) -> tuple[str, ...] | None:
    """The bodies of a heading or attribute value that names nothing else ("Sở Nội vụ; UBND các xã"), or None."""
    value = text.strip().rstrip(".;:,").strip()
    value = regex.sub(
        r"^(?:[Tt]rách nhiệm của|[Đđ]ối với|[Đđ]ề nghị|[Gg]iao|[Yy]êu cầu|[Pp]hân công|[Nn]hiệm vụ của)\s+", "", value
    )
    value = regex.sub(r"\s*\((?:sau đây|gọi tắt|viết tắt)[^)]*\)", "", value)
    if not value or len(value) > 600 or not HEAD.match(value) or NOT_BODY.match(value) or _BARE.fullmatch(value):
        return None
    if regex.search(r"\s(?:đã|là|được|bị)\s(?!giao|phân công|nêu|ủy quyền)", value):
        return None
    without_parentheses = regex.sub(r"\([^)]*\)", "", value)
    if regex.search(r"[.;]\s+\p{Ll}\p{Ll}+ (?:vào|trong|cho|với)\b", without_parentheses):
        return None
    for found in words().verb.finditer(without_parentheses):
        before = without_parentheses[: found.start()]
        if found.group() == "tổ chức" and not regex.search(r"(?:[Cc]ác|,|và)\s*$", before):
            return None  # the verb, not the noun: "UBND các xã tổ chức diễn tập …"
        if not regex.search(r"(?:được|do|theo|có)\s*$|liên quan\s*$", before) and not (
            regex.match(r"liên quan|tổ chức|chuyển đổi|căn cứ", found.group()) or _NAMED_AFTER_ACT.search(before)
        ):
            return None
    return split_bodies(value)


_MINISTRY_TAIL = regex.compile(
    r"(?:Quốc phòng|Công an|Ngoại giao|Nội vụ|Tư pháp|Tài chính|Công Thương|Nông nghiệp và Môi trường|Nông nghiệp và Phát triển nông thôn|Xây dựng|"
    r"Giao thông vận tải|Văn hóa, Thể thao và Du lịch|Văn hoá, Thể thao và Du lịch|Khoa học và Công nghệ|Giáo dục và Đào tạo|Y tế|Dân tộc và Tôn giáo|"
    r"Tài nguyên và Môi trường|Kế hoạch và Đầu tư|Thông tin và Truyền thông|Lao động - Thương binh và Xã hội|Kế hoạch và Đầu tư)"
)


def split_bodies(segment: str) -> tuple[str, ...]:
    """The bodies of a list, each as printed; "các Bộ: Quốc phòng, Công an" becomes "Bộ Quốc phòng", "Bộ Công an"."""
    text = _MANNER.sub("", segment.strip().strip(",;:.").strip())
    listed = regex.match(r"[Cc]ác (Bộ|Sở)\s*:?\s+(?=\p{Lu})(?!Bộ|Sở)", text)
    if listed and (tails := list(_MINISTRY_TAIL.finditer(text, listed.end()))) and len(tails) > 1:
        rest = text[tails[-1].end() :].lstrip(" ,;").removeprefix("và ").strip()
        first = tuple(f"{listed[1]} {t.group()}" for t in tails)
        return first + (split_bodies(rest) if rest else ())
    companies = regex.match(r"[Cc]ác (?:Tập đoàn|Tổng [Cc]ông ty|[Nn]gân hàng)\s*:\s+(?=\p{Lu})", text)
    if companies:
        return tuple(n.strip() for n in regex.split(r",\s+(?:và\s+)?|\s+và\s+(?=\p{Lu})", text[companies.end() :]))
    if ":" in text and not text.endswith(":"):
        return (text,)
    cuts = [0]
    for joint in regex.finditer(r"\s*;\s*(?:và\s+)?|\s*,\s*(?:và\s+)?(?:cùng (?:với )?)?|\s+và\s+|\s+cùng\s+(?:với\s+)?", text):
        if _begins_body(text, cuts[-1], joint):
            cuts.append(joint.end())
    names = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        name = regex.sub(
            r"(?:\s*[;,]\s*(?:và)?|\s+và|\s*,?\s+cùng(?: với)?)\s*$", "", text[start:end].strip()
        ).strip(" ,;")
        name = regex.sub(r"^(?:[Cc]ác\s+)?[Đđ]ồng chí\s+(?=\p{Lu})", "", _APPOSITION.sub("", name))
        if name:
            names.append(name)
    return tuple(names)


_BARE_OFFICE = regex.compile(rf"(?:[Cc]ác\s+)?(?:[Đđ]ồng chí\s+)?{_OFFICE}(?:\s+Hội đồng (?:thành viên|quản trị))?")
_APPOSITION = regex.compile(r"\s+[-–]\s+(?:[Cc]ơ quan|[Đđ]ơn vị)\s.*$")
_MANNER = regex.compile(
    r",?\s+(?:theo (?:chức năng|nhiệm vụ|phạm vi|thẩm quyền)|trong phạm vi|căn cứ|trên cơ sở)(?![\p{L}]).*$"
)


_GENERIC = regex.compile(r"(?:[Cc]ác\s+)?(?:[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương|[Tt]ổ chức)(?![\p{L}])")


def _begins_body(text: str, start: int, joint: regex.Match[str]) -> bool:
    """True if another body begins behind `joint`, the present one having begun at `start`."""
    current, after = text[start : joint.start()], text[joint.end() :]
    if _BARE_OFFICE.fullmatch(current) and regex.match(_OFFICE, after):
        return False  # "Bộ trưởng, Thủ trưởng các cơ quan ngang Bộ": offices that share one complement
    if regex.search(r"các (?:Tập đoàn|Tổng [Cc]ông ty)$", current) and regex.match(
        r"(?:Tập đoàn|Tổng [Cc]ông ty|đơn vị)", after
    ):
        return False
    if regex.search(r"các (?:Tập đoàn|Tổng [Cc]ông ty),.*$", current) and regex.match(r"đơn vị", after):
        return False
    if ";" in joint.group():
        return bool(HEAD.match(after))
    if current.count("(") > current.count(")"):
        return False
    if (
        regex.match(r"(?:Bí thư|Thủ trưởng|Giám đốc)[^,]*$", current)
        and regex.match(r"(?:Chủ tịch|Bí thư|Thủ trưởng|Giám đốc)", after)
        and joint.group().strip() == "và"
    ):
        shared = regex.search(r"\b(?:các|từng)\s+(?:tỉnh|thành phố|xã|phường)", current)
        if not shared and regex.match(r"(?:Chủ tịch|Bí thư)[^,]*\b(?:các|từng)\s+(?:tỉnh|thành|xã|phường)", after):
            return False
    if (
        regex.match(r"(?:Thành|Tỉnh|Đảng) (?:ủy|uỷ)", after)
        and regex.search(r"(?:Tỉnh|Thành|Đảng) (?:ủy|uỷ)$", current)
        and len(current.split()) > 2
    ):
        return False  # "Ban Thường vụ Tỉnh ủy, Thành ủy" is one group
    if _GENERIC.fullmatch(current) and _GENERIC.match(after):
        return False  # "Cơ quan, địa phương liên quan": nouns that share what narrows them
    if (
        (whole := regex.match(r"(?:[Cc]ác\s+)?(?:cơ quan|đơn vị)[^,;]*\s(?:thuộc|của)\s+(\p{Lu}\p{L}*)\s[^;]*$", current))
        and after.startswith(whole[1] + " ")
        and ";" not in joint.group()
    ):
        return False  # "các cơ quan thuộc Bộ A, Bộ B": what they belong to
    if STRONG_HEAD.match(after) and not NOT_BODY.match(after):
        return True
    if regex.match(r"(?:chính quyền địa phương|lực lượng\s+\p{Lu})", after) and regex.search(r"\s(?:chức năng|liên quan|địa phương|cấp|đoàn thể)$", current):
        return True
    if regex.match(r"(?:các|các cấp|một số|những)\s", after, regex.I) and not NOT_BODY.match(after):
        return (
            "và" in joint.group()
            or not regex.match(r"(?:các|một số)\s", current, regex.I)
            or bool(regex.match(r"các\s", after))
        )
    if regex.match(r"toàn\s", after) and regex.match(r"toàn\s", current):
        return True
    generic = regex.match(
        r"(?:cơ quan|đơn vị|địa phương|chủ đầu tư|doanh nghiệp|nhà thầu|tổ chức|cá nhân|chính quyền|cấp ủy|cấp uỷ)\b",
        after,
    )
    specific = not regex.match(rf"(?:{_GROUP})\b", current)
    return bool(
        generic
        and specific
        and not regex.search(r"(?:xã|phường|đặc khu|cơ quan|đơn vị|ngành)$", current)
        and "Thủ trưởng" not in current
    )
