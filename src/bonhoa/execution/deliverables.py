"""The product to hand over, as printed: the noun after a verb of drawing up, issuing or submitting."""

from __future__ import annotations

import regex

_MAKE = (
    r"(?:xây dựng(?:,? (?:và )?(?:ban hành|trình|hoàn thiện|phê duyệt|triển khai)(?:\s+[^,.;]{0,60}? (?:ban hành|phê duyệt))?)?|ban hành|lập|soạn thảo|biên soạn"
    r"|hoàn thiện|hoàn chỉnh|trình(?:\s+(?:UBND|Ủy ban|HĐND|Hội đồng|Chính phủ|Thủ tướng|Quốc hội|Bộ Chính trị|Ban|Chủ tịch|cấp)[^,.;]{0,60}?(?:ban hành|phê duyệt|xem xét|thông qua|quyết định)?)?"
    r"|tham mưu(?:\s+[^,.;]{0,60}?)?(?:ban hành|xây dựng)|cụ thể hóa bằng|bổ sung|sửa đổi|dự thảo|gửi|có|phê duyệt|rà soát, bổ sung|đề xuất)"
)
_NOUN = (
    r"(?:(?:[Cc]ác\s+|[Dd]ự thảo\s+|\d+\s+)?(?:[Đđ]ề án|[Kk]ế hoạch|[Bb]áo cáo|[Nn]ghị định|[Tt]hông tư|[Qq]uyết định|[Cc]hương trình|[Pp]hương án|[Qq]uy chế|[Qq]uy định"
    r"|[Dd]ự án|[Tt]ờ trình|Luật|Pháp lệnh|[Nn]ghị quyết|[Cc]hỉ thị|[Cc]hiến lược|[Qq]uy hoạch|[Dd]anh mục|[Hh]ồ sơ|[Dd]ự toán|[Vv]ăn bản(?! của| này| về)|[Tt]iêu chuẩn|[Qq]uy chuẩn"
    r"|[Bb]ộ tiêu chí|[Bb]ộ chỉ số|[Đđ]ề cương|[Kk]ịch bản|[Ss]ổ tay|[Tt]ài liệu|[Kk]hung|[Hh]ướng dẫn|[Qq]uy trình|[Mm]ẫu|[Bb]ảng|[Cc]ẩm nang|[Dd]ự thảo|[Hh]ợp đồng|[Cc]ơ chế|[Cc]hính sách|[Bb]iên bản|[Cc]ông văn))(?![\p{L}])"
)
_FIND = regex.compile(
    rf"(?<![\p{{L}}]){_MAKE}\s+(?:mới\s+|đồng bộ\s+|kịp thời\s+|chi tiết\s+|cụ thể\s+)*(?P<noun>{_NOUN})", regex.I
)
_END = regex.compile(
    r"[,;.:(]|\s+(?:để|nhằm|bảo đảm|đảm bảo|trình|gửi|báo cáo(?=\s+(?:UBND|Ủy ban|Thủ|Chính|Bộ|cấp|Sở))|trước\s+(?:ngày|khi|hết)|trong\s+(?:tháng|năm|quý|thời)|hoàn thành|phù hợp|theo\s+(?:đúng|quy|hướng|thẩm|yêu|chỉ|chức)"
    r"|và\s+(?:tổ chức|triển khai|trình|báo cáo|gửi|hướng dẫn|chỉ đạo|thực hiện|ban hành|đề xuất)|chậm nhất|làm cơ sở|phục vụ|đáp ứng|gắn với|cho phù hợp|xong)(?![\p{L}])"
)


def deliverable_in(text: str) -> tuple[str, int, int] | None:
    """(words, start, end) of the first named product in `text`, or None if only an activity is asked."""
    match = _FIND.search(text)
    if not match:
        return None
    start = match.start("noun")
    quoted = regex.match(r"[^“\"]{0,60}[“\"][^”\"]+[”\"]", text[start:])
    stop = _END.search(text, start + (quoted.end() if quoted else len(match["noun"])))
    end = stop.start() if stop else len(text)
    if quoted and end < start + quoted.end():
        end = start + quoted.end()
    words = text[start:end].rstrip(" ,;.")
    if len(words.split()) < 2 or len(words) > 300:
        return None
    return words, start, start + len(words)
