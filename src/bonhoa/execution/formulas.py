"""Set phrases of documents: what only announces, closes, praises, or calls for nothing of its own."""

# ruff: noqa: E501 - patterns are easier to check when an alternative is not broken over lines

from __future__ import annotations

import regex

from bonhoa.execution.vocabulary import words

_ANNOUNCES = regex.compile(
    r"(?:như\s+sau|sau\s+đây|sau|cụ\s+thể|chủ\s+yếu|trọng\s+tâm|dưới\s+đây|gồm|bao\s+gồm|là)\s*:\s*$|(?:nhiệm\s+vụ|nội\s+dung|giải\s+pháp|công\s+việc|yêu\s+cầu|đề\s+nghị|trách\s+nhiệm|chỉ\s+đạo)\s*:\s*$"
    r"|một\s+số\s+(?:nhiệm\s+vụ|nội\s+dung|giải\s+pháp|công\s+việc)(?:,\s+(?:nhiệm\s+vụ|giải\s+pháp))?(?:\s+trọng\s+tâm|,|\s+chủ\s+yếu|\s+sau|\s+cụ\s+thể|\s+quan\s+trọng)*\s*[.:]?\s*$"
)
_CLOSING = regex.compile(
    r"(?:Trên đây là|.{0,160}thông báo(?: kết luận| ý kiến)?[^.]{0,80}\s(?:để|đến) .{0,200}biết,? (?:và )?(?:tổ chức )?(?:thực hiện|triển khai)"
    r"|.{0,900}(?:chịu trách nhiệm (?:thi hành|tổ chức thực hiện|thực hiện|triển khai thực hiện) (?:Quyết định|Nghị quyết|Nghị định|Thông tư|Chỉ thị|Kế hoạch|Quy định|Quy chế|Luật|Kết luận) này)"
    r"|.{0,60}trân trọng thông báo|.{0,80}có hiệu lực (?:thi hành )?(?:kể )?từ|Kính đề nghị .{0,120}(?:xem xét|cho ý kiến)"
    r"|.{0,30}(?:Kế hoạch|Chỉ thị|Công điện|Quyết định|Kết luận|Nghị quyết) này (?:thay thế|được (?:phổ biến|Hội đồng|Quốc hội)|phổ biến|có hiệu lực)|Bãi bỏ |Thay thế (?:Quyết|Nghị|Thông|Chỉ))",
    regex.S,
)
# What a call to "carry this out" consists of when it asks for nothing of its own.
_FILLER = regex.compile(
    r"(?:theo\s+(?:đúng\s+)?(?:chức năng|thẩm quyền|quy định|nhiệm vụ|phạm vi|tinh thần)(?:(?:,|\s+và)\s*(?:chức năng|nhiệm vụ|thẩm quyền|quyền hạn|phạm vi(?: quản lý)?))*(?:\s+(?:được giao|được phân công|của mình|của pháp luật|pháp luật))*|trong phạm vi[^,;:.]*|căn cứ[^,;:.]*|trên cơ sở[^,;:.]*|nghiêm túc|nghiêm|khẩn trương|kịp thời|tích cực|tập trung|chủ động|tiếp tục|quan tâm|triển khai|tổ chức|thực hiện"
    r"|thi hành|có hiệu quả|hiệu quả|đồng bộ|quyết liệt|đầy đủ|tốt|ngay|tiến độ|chất lượng|bảo đảm|lãnh đạo|chỉ đạo|có trách nhiệm|chịu trách nhiệm|phải|cần|một số|các|những|nội dung|nhiệm vụ|giải pháp|biện pháp|công việc|công tác|yêu cầu|ý kiến"
    r"|(?:Kế hoạch|Chỉ thị|Công điện|Thông báo|Quyết định|Nghị quyết|Kết luận)(?:\s+này)?|nêu trên|trên đây|trên|sau đây|sau|dưới đây|như|cụ thể|trọng tâm|chủ yếu|trong đó|và|là|này|để|với|[,.;:/*])(?![\p{L}])|[,.;:/*]",
    regex.I,
)
AGREES = regex.compile(
    r"(?:cơ bản\s+)?(?:nhất trí|thống nhất (?:với|chủ trương)|ghi nhận|đánh giá cao|biểu dương|hoan nghênh|nhận thấy|đồng ý(?! cho)|(?:nghiêm khắc )?phê bình|gửi lời|chia buồn|trân trọng (?:thông báo|cảm ơn)|thông báo (?:để|đến))"
)
NOT_ASKED = regex.compile(r"(?:được|bị|đã|việc|do|sự|công tác|kết quả)\s+$")


def announces(text: str) -> bool:
    """True for a sentence that only introduces a list."""
    return bool(_ANNOUNCES.search(text.rstrip("* ")))


def is_closing(text: str) -> bool:
    """True for formulas at the end of a document: they require nothing of their own."""
    return bool(_CLOSING.match(text.strip()))


def agrees(predicate: str) -> bool:
    """True for a predicate that praises, agrees or reports ("ghi nhận, biểu dương …")."""
    return bool(AGREES.match(predicate.lstrip(" ,")))


def own_demand(predicate: str) -> int:
    """How many words of a predicate ask for something of its own, beside "nghiêm túc triển khai thực hiện Kế hoạch
    này" and "tập trung thực hiện một số nhiệm vụ sau:"."""
    return len(_FILLER.sub(" ", predicate).split())


def demands_more(predicate: str) -> bool:
    """True if the predicate of an announcing sentence also asks for something of its own."""
    rest = _FILLER.sub(" ", predicate)
    verbs = [v for v in words().verb.finditer(rest) if not NOT_ASKED.search(rest[: v.start()])]
    return len(rest.split()) > 7 and bool(verbs)
