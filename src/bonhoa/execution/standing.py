"""Acts that lay down standing rules: what they require of a body is its function, not a task that somebody gave it.

A law, a decree, a circular, a normative decision or a regulation attached to a decision says what bodies do whenever
the case arises. A task stands there only where a body is charged by name and once: "Giao Bộ A trình … ".
"""

from __future__ import annotations

import regex

from bonhoa.documents.model import Document, Node, NodeKind
from bonhoa.execution.sentences import Requirement

_TYPES = frozenset({"hiến pháp", "luật", "bộ luật", "pháp lệnh", "nghị định", "thông tư", "thông tư liên tịch"})
_TYPES |= {"văn bản hợp nhất", "quy chế", "quy định", "điều lệ", "nội quy", "lệnh"}
_NORMATIVE = regex.compile(r"\s*\d+[a-z]?/(?:19|20)\d\d/")  # a number with the year is that of a normative act
_ATTACHED = regex.compile(
    r"[\s*#_“\"]*(?:(?:PHỤ LỤC|Phụ lục)[^\n]{0,40}\s+)?(?:QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|NỘI QUY|TIÊU CHUẨN|QUY CHUẨN"
    r"|QUY TRÌNH|BẢNG GIÁ|DANH MỤC THỦ TỤC|Quy chế|Quy định|Điều lệ|Nội quy)(?![\p{L}])"
)
_GIVEN = regex.compile(r"[^.;:]{0,120}?(?<![\p{L}])(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công)\s+$")
_ONCE = regex.compile(r"hoàn thành|ban hành|báo cáo|trình|gửi|xây dựng|phê duyệt|công bố", regex.I)


# Decisions about procedures, powers and functions: what stands in them and behind them is standing. A plan or a
# directive about the same things gives work.
_DECIDING = frozenset({"quyết định", "nghị quyết"})
_SUBJECT = regex.compile(
    r"thủ\s+tục\s+hành\s+chính|quy\s+trình\s+(?:nội\s+bộ|giải\s+quyết|điện\s+tử)|chức\s+năng,\s+nhiệm\s+vụ|phân\s+cấp|(?:ủy|uỷ)\s+quyền"
    r"|ban\s+hành\s+(?:Quy\s+chế|Quy\s+định|Điều\s+lệ|Bảng\s+giá|Tiêu\s+chí)|sắp\s+xếp\s+(?:các\s+)?đơn\s+vị\s+hành\s+chính",
    regex.I,
)
_PLANS = regex.compile(r"kế\s+hoạch|đề\s+án|chương\s+trình|cắt\s+giảm|tăng\s+cường|tập\s+trung|rà\s+soát", regex.I)


def lays_down_rules(document: Document, part: Node) -> bool:
    """True if `part` of the document is a text of standing rules."""
    subject, kind = document.metadata.subject or "", (document.metadata.type or "").casefold()
    ruling = kind in _DECIDING and bool(_SUBJECT.search(subject)) and not _PLANS.search(subject)
    if part.kind in {NodeKind.ATTACHED, NodeKind.ANNEX}:
        if ruling:
            return True
        if _ATTACHED.match(document.text, part.start, min(part.end, part.start + 200)):
            return True
        return kind in _TYPES
    return ruling or kind in _TYPES or bool(_NORMATIVE.match(document.metadata.number or ""))


def is_given_once(text: str, found: Requirement) -> bool:
    """True for a requirement that charges a body by name and once, though its text lays down standing rules."""
    if found.subject is None:
        return False
    if _GIVEN.match(text, found.start, found.subject.start):
        return True
    own = found.start <= found.subject.start < found.start + 30
    dated = found.limit is not None and found.limit.date is not None
    return own and dated and bool(_ONCE.search(text, found.subject.end, found.end))
