"""Figures and files that people take away: xlsx, docx.

Import the functions from their modules (`bonhoa.reports.tables`, `bonhoa.reports.plan_table`) or from here; the
libraries that write the files are loaded when one is asked for, so that figures alone start fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bonhoa.reports.plan_table import AssignmentRow, plan_docx, plan_xlsx, rows_of
    from bonhoa.reports.tables import table_docx, table_xlsx

_HOMES = {
    "AssignmentRow": "plan_table",
    "plan_docx": "plan_table",
    "plan_xlsx": "plan_table",
    "rows_of": "plan_table",
    "table_docx": "tables",
    "table_xlsx": "tables",
}
__all__ = ["AssignmentRow", "plan_docx", "plan_xlsx", "rows_of", "table_docx", "table_xlsx"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"bonhoa.reports.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
