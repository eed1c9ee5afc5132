"""The comparison of two plans as a table: one line per task, and per field that differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bonhoa.execution.compare import ChangeKind, TaskChange
from bonhoa.execution.model import GivenTask
from bonhoa.reports import tables

_COLUMNS = (
    ("STT", "No."),
    ("Thay đổi", "Change"),
    ("Nhiệm vụ", "Task"),
    ("Cơ quan chủ trì", "Lead"),
    ("Nội dung khác", "What differs"),
    ("Trước", "Before"),
    ("Sau", "After"),
    ("Dòng trước", "Row before"),
    ("Dòng sau", "Row after"),
)


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """A line of the table. `before`/`after`: the values of `field`; `row_before`/`row_after`: numbers from 1."""

    number: int
    kind: ChangeKind
    title: str
    lead: str
    field: str
    before: str
    after: str
    row_before: int | None
    row_after: int | None

    def values(self, language: str = "vi") -> tuple[tables.Value, ...]:
        """The cells in the order of the columns."""
        return (
            self.number,
            self.kind.label(language),
            self.title,
            self.lead,
            self.field,
            self.before,
            self.after,
            self.row_before,
            self.row_after,
        )


def comparison_lines(
    changes: Sequence[TaskChange], before: Sequence[GivenTask], after: Sequence[GivenTask], language: str = "vi"
) -> tuple[ComparisonLine, ...]:
    """The lines of the table: a changed task has one for every field that differs."""
    lines = []
    for number, change in enumerate(changes, 1):
        task = after[change.after] if change.after is not None else before[change.before or 0]
        rows = tuple(None if place is None else place + 1 for place in (change.before, change.after))
        fields = [(f.field.label(language), f.before, f.after) for f in change.fields] or [("", "", "")]
        lines += [ComparisonLine(number, change.kind, task.title, task.lead_name, *field, *rows) for field in fields]
    return tuple(lines)


def comparison_columns(language: str = "vi") -> tuple[str, ...]:
    """The headings of the table."""
    return tuple(en if language.startswith("en") else vi for vi, en in _COLUMNS)


def comparison_xlsx(lines: Sequence[ComparisonLine], title: str, language: str = "vi") -> bytes:
    """The table as a workbook."""
    return tables.table_xlsx(title, comparison_columns(language), [line.values(language) for line in lines])
