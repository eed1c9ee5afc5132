"""Why a field of a draft has its value, in words."""

from __future__ import annotations

from bonhoa.execution.model import Reason

_SUBJECT = ("chủ ngữ của yêu cầu", "subject of the requirement")
_COOPERATING = ("cơ quan phối hợp nêu ở dòng trên hoặc dòng thuộc tính", "cooperating bodies named above or in a line")
_WHY = {
    "task.verb": ("động từ giao việc", "the verb that charges"),
    "task.listed": (
        "mục dưới tên cơ quan hoặc có dòng thuộc tính",
        "an item below a body's name or with labelled lines",
    ),
    "task.row": ("dòng của bảng nhiệm vụ", "a row of a table of tasks"),
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
