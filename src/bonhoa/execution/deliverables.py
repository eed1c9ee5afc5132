"""The product to hand over, as printed: the noun after a verb of drawing up, issuing or submitting."""

# ruff: noqa: E501 - patterns are easier to check when an alternative is not broken over lines

from __future__ import annotations

import regex

from bonhoa.execution.vocabulary import words

# "công trình", "quá trình", "năng lực xây dựng …", "cán bộ xây dựng …", "Luật Ban hành …": the word is no verb there
_NO_VERB = (
    r"(?<!(?:[Cc]ông|[Qq]uá|[Cc]hương|[Qq]uy|[Tt]iến|[Ll]ộ|[Gg]iáo|[Hh]ành|[Ll]ịch|công tác|cán bộ|công chức|viên chức|năng lực|kỹ năng|hoạt động|kiến thức"
    r"|chất lượng|[Ll]uật|được|đã|việc|khi|nghiệp vụ|đội ngũ|lĩnh vực|trong|về|tầm quan trọng của|hoặc|kinh nghiệm|phục vụ|biểu đồ)\s)"
)
_VERB = (
    r"(?:xây dựng|ban hành|lập|soạn thảo|biên soạn|hoàn thiện|hoàn chỉnh|tham mưu|cụ thể hóa bằng|cụ thể hoá bằng|bổ sung|sửa đổi|dự thảo|gửi"
    r"|phê duyệt|đề xuất|trình|xây dựng và trình|mở(?: và duy trì)?|chuẩn bị(?: đầy đủ)?|điều chỉnh|nghiên cứu|cập nhật|in|(?-i:Có|Báo cáo)|có(?=\s+(?:phương án|kế hoạch|văn bản|hướng dẫn)\s))"
)
_CHAIN = (
    r"(?:,?\s+(?:và\s+|hoặc\s+)?(?:ban hành|trình|hoàn thiện|hoàn chỉnh|phê duyệt|duy trì(?:\s+thường xuyên)?|xây dựng|sửa đổi|bổ sung"
    r"|tổ chức\s+(?:triển khai|thực hiện)(?:\s+thực hiện)?|triển khai(?:\s+thực hiện)?|thực hiện)){0,6}"
)
_WHOM = (
    r"(?:\s+(?:UBND|Ủy ban|HĐND|Hội đồng|Chính phủ|Thủ tướng|Quốc hội|Bộ Chính trị|Ban|Chủ tịch|cấp|Bộ trưởng)"
    r"(?:(?!\s(?:để|nhằm|bố trí|xử lý|giải quyết|theo|về)\s)[^,.;]){0,60}?"
    r"(?:\s(?:ban hành|phê duyệt|xem xét|thông qua|quyết định|xây dựng))?)?"
)
_NOUN = (
    r"(?:(?:các\s+|dự thảo\s+|(?:0?\d+\s+))?(?:đề án|kế hoạch|báo cáo|nghị định|thông tư|quyết định|chương trình|phương án|quy chế|quy định"
    r"|dự án luật|tờ trình|(?-i:Luật|Pháp lệnh)|nghị quyết|chỉ thị|chiến lược|quy hoạch|danh mục|hồ sơ|dự toán|nhu cầu kinh phí|văn bản(?! của| này| về)"
    r"|tiêu chuẩn|quy chuẩn|(?:bộ )?tiêu chí|bộ chỉ số|đề cương|kịch bản|sổ tay|tài liệu|khung|quy trình|mẫu|bảng|cẩm nang|dự thảo|(?:cơ chế,?\s+)?chính sách|cơ chế"
    r"|danh sách|(?<=(?:ban hành|có)\s+)hướng dẫn|hướng dẫn(?=\s+(?:chẩn|thực|kỹ|chi|về|quy|sử))|biên bản|công văn|(?<=ban hành\s+)kết luận|chuyên mục|chuyên trang|(?-i:AI\s)|bản đồ|cơ sở dữ liệu)(?![\p{L}]))"
)
_FIND = regex.compile(
    rf"(?<![\p{{L}}]){_NO_VERB}{_VERB}{_CHAIN}{_WHOM}\s+(?:theo thẩm quyền\s+|mới\s+|đồng bộ\s+|kịp thời\s+|chi tiết\s+|cụ thể\s+|có chất lượng\s+)*(?P<noun>{_NOUN})"
    rf"|(?<![\p{{L}}])(?P<noun>(?-i:báo cáo)\s+(?:tổng thể|tổng kết|sơ kết|chuyên đề|định kỳ|đánh giá))(?![\p{{L}}])",
    regex.I,
)
_NAMED = regex.compile(
    r"\s*(?P<noun>(?:Đề án|Dự án|Văn bản thẩm định)(?=\s+[“\"]|\s+phải)"
    r"|(?:Luật|Nghị định|Thông tư|Nghị quyết|Quyết định|Chỉ thị|Đề án|Chương trình|Quy chế)(?=\s+(?:quy định|hướng dẫn|sửa đổi|xử phạt|về|của \p{Lu}|phê duyệt|ban hành|thay thế)\s))"
)
# "theo đúng quy định", "bổ sung quy hoạch": a kind of thing that exists already, no product to hand over
_KIND_ONLY = regex.compile(
    r"(?:các\s+)?(?:quy định|quy hoạch|danh mục|văn bản|chiến lược|(?:cơ chế,?\s+)?chính sách(?:,\s+pháp luật)?|cơ chế|tiêu chí|hồ sơ|biên bản|tài liệu|danh sách)|\p{L}+",
    regex.I,
)
# the act itself, by its kind alone: "thực hiện Kế hoạch", "Chỉ thị này"
_ITSELF = regex.compile(r"(?:Kế hoạch|Chỉ thị|Nghị quyết|Quyết định|Chương trình|Đề án|Công điện|Kết luận)(?:\s+này)?")
# what makes the verbs behind it the words of something else: a purpose, a noun that they qualify
_GOVERNOR = regex.compile(
    r"(?<![\p{L}])(?:để|nhằm|việc|công tác|lộ trình|hoạt động|quá trình|tiến độ|nhiệm vụ)\s+", regex.I
)
_JOINT = regex.compile(r"[,\s]|(?:và|hoặc|kịp thời|chủ động|nhanh chóng|sớm|làm cơ sở)(?![\p{L}])", regex.I)
_NOUN_AT = regex.compile(_NOUN, regex.I)
_END = regex.compile(
    r"[;.:(]|,\s+(?=(?:để|nhằm|trong đó|bảo đảm|đảm bảo|phù hợp|trước|chậm nhất|theo|đồng thời|nhất là|qua đó|gồm|làm)(?![\p{L}]))"
    r"|\s+(?:để|nhằm|bảo đảm|đảm bảo|(?<!hồ sơ\s)trình|gửi|trước\s+(?:ngày|khi|hết)|trong\s+(?:tháng|năm|quý|thời|phạm)|hoàn thành|phù hợp|thống nhất,"
    r"|theo\s+(?:đúng|quy|hướng|thẩm|yêu|chỉ|chức|tinh)|và\s+(?:tổ chức|triển khai|trình|báo cáo|gửi|hướng dẫn|chỉ đạo|thực hiện|ban hành|đề xuất|chủ động)"
    r"|chậm nhất|làm cơ sở|phục vụ|đáp ứng|gắn với|cho phù hợp|xong|được\s+(?:UBND|Ủy|phê|cấp|ban)|về\s+(?=Bộ|Sở|UBND|Ủy ban|Văn phòng|Ban)"
    r"|hoặc\s+(?:lồng|tham|tổ|trình)|đối với(?=\s+(?:các|từng))|cấp có thẩm quyền)(?![\p{L}])"
)


def deliverable_in(text: str, named: bool = True) -> tuple[str, int, int] | None:
    """(words, start, end) of the first named product in `text`, or None if only an activity is asked. `named`: words that
    begin with an act's name ("Nghị định quy định …") mean that it is to be drawn up."""
    opening = _NAMED.match(text) if named else None
    for match in (opening,) if opening else _FIND.finditer(text):
        start = match.start("noun")
        quoted = regex.compile(r"[^“\",;.]{0,40}[“\"][^”\"]+[”\"]").match(text, start)
        end = quoted.end() if quoted else _end(text, match.end("noun"))
        product = text[start:end].rstrip(" ,;.")
        if _ITSELF.fullmatch(product) or _subordinate(text[max(0, match.start() - _CLAUSE) : match.start()]):
            continue
        if len(product) <= 300 and not _KIND_ONLY.fullmatch(product):
            return product, start, start + len(product)
    return None


_CLAUSE = 400
"""How many characters a clause is looked back for, at most."""


def is_product(text: str) -> bool:
    """True if `text` begins with the name of a product ("Nghị định quy định chi tiết …")."""
    return _NOUN_AT.match(text) is not None


def _subordinate(before: str) -> bool:
    """True if the verb behind `before` only continues verbs that a purpose or a noun governs ("để kịp thời phát hiện,
    ngăn chặn, lập hồ sơ", "công tác rà soát, lập hồ sơ")."""
    clause = regex.split(r"[;.:]", before)[-1]
    governors = list(_GOVERNOR.finditer(clause))
    if not governors:
        return False
    governor, between = governors[-1].group().strip(), clause[governors[-1].end() :]
    if not between.strip():
        return governor not in {"để", "nhằm"}  # "cử cán bộ để xây dựng đề án" does ask for the đề án
    return between.rstrip().endswith(",") and not _JOINT.sub("", words().verb.sub(" ", between))


def _end(text: str, start: int) -> int:
    """Where the product's words end: at a stop word, or at a comma behind which a verb opens another clause."""
    stop = _END.search(text, start)
    end = stop.start() if stop else len(text)
    for comma in regex.finditer(r",\s+(?:và\s+)?", text[:end], pos=start):
        if words().predicate.match(text, comma.end()) and not regex.match(
            r"(?:sử dụng|tổ chức lại|vận động|bồi dưỡng|chữa cháy)", text[comma.end() :]
        ):
            return int(comma.start())
    return end
