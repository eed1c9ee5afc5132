"""Why a field of a draft has its value, in words, and how sure the reading is."""

from __future__ import annotations

from bonhoa.execution.context import Context
from bonhoa.execution.model import Reason
from bonhoa.execution.sentences import Requirement

_SUBJECT = ("chủ ngữ của yêu cầu", "subject of the requirement")
_COOPERATING = ("cơ quan phối hợp nêu ở dòng trên hoặc dòng thuộc tính", "cooperating bodies named above or in a line")
_WHY = {
    "lead.subject": _SUBJECT,
    "lead.sentence_before": _SUBJECT,
    "lead.none": ("văn bản không nêu cơ quan nào", "the document names nobody"),
    "coordinate.sentence": ("cơ quan nêu sau “phối hợp với”, “cùng với”", "named after “phối hợp với”, “cùng với”"),
    "coordinate.heading": _COOPERATING,
    "coordinate.attribute": _COOPERATING,
    "deadline.inherited": (
        "thời hạn nêu ở dòng trên hoặc dòng thuộc tính",
        "limit named above or in an attribute line",
    ),
    "deadline.sentence": ("thời hạn nêu trong câu", "limit named in the sentence"),
    "deliverable.named": ("sản phẩm được nêu tên", "the product is named"),
    "lead.heading": ("tên cơ quan ở dòng đề mục phía trên", "the body in the heading above"),
    "lead.announced": ("cơ quan được gọi tên ở câu giao việc phía trên", "the body addressed by the sentence above"),
    "lead.session": ("địa phương dự buổi làm việc mà thông báo kết luận", "the province the session was held with"),
    "lead.attribute": ("dòng “Cơ quan chủ trì / thực hiện”", "the line “lead body”"),
}


def because(field: str, rule: str, start: int | None, end: int | None) -> Reason:
    return Reason(field, rule, *_WHY[rule], start, end)


def confidence(found: Requirement, context: Context) -> float:
    """How sure the reading is, from what it rests on: an attribute or a subject of its own more than what is inherited,
    a verb of command more than none."""
    lead = (
        0.95
        if context.decided or (found.subject is not None and found.subject.start >= found.start)
        else 0.85
        if found.subject or context.lead
        else 0.35
    )
    return round(lead * (1.0 if found.verb is not None else 0.7), 2)
