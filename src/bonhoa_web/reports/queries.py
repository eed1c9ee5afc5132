"""What the reports read: the figures of a period, and the book of incoming documents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext

from bonhoa.execution.progress import State
from bonhoa.reports.figures import Counted, Line, progress_table
from bonhoa_web.documents.models import Document
from bonhoa_web.execution.models import Plan, PlanState, Task
from bonhoa_web.execution.snapshots import counted
from bonhoa_web.execution.task_queries import units_in_scope, visible_tasks
from bonhoa_web.foundation.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report with what it stands for: the id of the unit or the plan, and its name."""

    key: int
    name: str
    line: Line


def progress_by(user: User, by: str, plan: int | None, start: dt.date | None, end: dt.date) -> tuple[list[Row], Line]:
    """The figures of the tasks that `user` may see, a line per lead body (`by="donvi"`) or per directive."""
    tasks = visible_tasks(user).order_by().select_related("lead", "plan__document__file")
    if plan:
        tasks = tasks.filter(plan=plan)
    names: dict[str, str] = {}
    values: list[Counted] = []
    for task in tasks:
        key, name = (task.lead_id, str(task.lead)) if by == "donvi" else (task.plan_id, str(task.plan.document))
        names[str(key)] = name
        values.append(counted(task, str(key)))
    lines, total = progress_table(values, start, end)
    rows = [Row(int(line.group), names[line.group], line) for line in lines]
    return sorted(rows, key=lambda row: row.name), total


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of the sổ theo dõi giải quyết văn bản đến (NĐ 30/2020, Phụ lục IV), in its seven columns."""

    document_id: int
    book_of: str
    arrival_number: int | None
    described: str
    receiver: str
    due_on: dt.date | None
    progress: str
    reply: str
    remark: str

    def cells(self) -> list[object]:
        """The seven columns in their order."""
        return [self.arrival_number, self.described, self.receiver, self.due_on, self.progress, self.reply, self.remark]


def only_receiver(lines: list[BookLine]) -> str:
    """The body whose book this is, if all lines are of one."""
    bodies = {line.book_of for line in lines}
    return bodies.pop() if len(bodies) == 1 else ""


def book_columns() -> list[str]:
    """The headings of the seven columns."""
    return [
        gettext("Số đến"),
        gettext("Tên loại, số, ký hiệu, ngày tháng, cơ quan ban hành"),
        gettext("Đơn vị hoặc người nhận"),
        gettext("Thời hạn giải quyết"),
        gettext("Tiến độ giải quyết"),
        gettext("Số, ký hiệu văn bản trả lời"),
        gettext("Ghi chú"),
    ]


def incoming_documents(user: User, year: int, receiver: int | None = None) -> QuerySet[Document]:
    """The documents in the books of the units of `user` in `year`, in the order of their numbers."""
    found = _arrived(user, year, receiver).filter(arrival_number__isnull=False)
    return found.select_related("receiver", "file").order_by("receiver__name", "arrival_number", "arrived_on", "pk")


def unregistered(user: User, year: int, receiver: int | None = None) -> int:
    """How many documents came in `year` and stand in no book yet, for they have no arrival number."""
    return _arrived(user, year, receiver).filter(arrival_number__isnull=True).count()


def _arrived(user: User, year: int, receiver: int | None) -> QuerySet[Document]:
    found = Document.objects.filter(arrival_year=year, receiver__in=units_in_scope(user))
    return found.filter(receiver=receiver) if receiver else found


def incoming_book(documents: QuerySet[Document], today: dt.date) -> list[BookLine]:
    """The book of `documents`; how far each is, is computed from its plan and its tasks, never typed."""
    found = list(documents.prefetch_related("notes__lead"))
    plans = {p.document_id: p for p in Plan.objects.filter(document__in=found)}
    tasks: dict[int, list[Task]] = {}
    for task in Task.objects.filter(plan__in=plans.values()).only("plan_id", "state", "due_current").order_by():
        tasks.setdefault(task.plan_id, []).append(task)
    return [_book_line(d, plans.get(d.pk), tasks, today) for d in found]


def _book_line(document: Document, plan: Plan | None, tasks: dict[int, list[Task]], today: dt.date) -> BookLine:
    notes = list(document.notes.all())
    issued = f"{document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    described = ", ".join(x for x in (str(document), issued, document.issuer) if x)
    return BookLine(
        document.pk,
        str(document.receiver),
        document.arrival_number,
        f"{described}: {document.subject}" if document.subject else described,
        str(notes[0].lead) if notes else str(document.receiver),
        (notes[0].due_on if notes else None) or document.due_on,
        _progress(plan, tasks.get(plan.pk, []) if plan else [], today),
        document.reply_number,
        document.remark,
    )


def _progress(plan: Plan | None, tasks: list[Task], today: dt.date) -> str:
    if plan is None:
        return gettext("chưa lập bảng phân công")
    if plan.state == PlanState.DRAFT:
        return gettext("đang soạn bảng phân công")
    if plan.state == PlanState.SUBMITTED:
        return gettext("bảng phân công chờ duyệt")
    counting = [t for t in tasks if t.state != State.WITHDRAWN]
    done = sum(1 for t in counting if t.state == State.VERIFIED)
    open_states = {State.NEW, State.RECEIVED, State.REWORK}
    late = sum(1 for t in counting if t.state in open_states and t.due_current and t.due_current < today)
    words = gettext("đã xác nhận %(done)d/%(all)d nhiệm vụ") % {"done": done, "all": len(counting)}
    if late:
        words += ngettext("; %(n)d quá hạn", "; %(n)d quá hạn", late) % {"n": late}
    return words


def book_years(user: User) -> list[int]:
    """The years for which there is a book, the newest first."""
    found = Document.objects.filter(receiver__in=units_in_scope(user)).order_by()
    return sorted(set(found.values_list("arrival_year", flat=True)), reverse=True)
