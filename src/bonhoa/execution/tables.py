"""Tables of tasks ("TT | nội dung | chủ trì | phối hợp | thời gian | sản phẩm"): rows as cells with their spans.

Three forms occur: tables of a docx (cells known), rows with "|" between cells, and copies in which every cell stands
on its own line. A header is recognised by its column heads, in whatever order.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from bonhoa.documents.model import Document, Table
from bonhoa.execution.attributes import Attribute, columns_of
from bonhoa.execution.flat_tables import header_at, rows_below

Span = tuple[int, int]
_DITTO = regex.compile(r"[-\s]*(?:[\"”“″〃]|''|nt|như trên)[-\s.]*", regex.I)
_SECTION = regex.compile(r"\**\s*(?:[IVXLC]{1,6}|[A-HĐ])\s*[.)]?\s*\**")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a task table: where its cells stand in the document, by what they hold; `columns`: what the table has
    columns for, so that an empty cell says "none"."""

    cells: dict[Attribute, Span]
    columns: frozenset[Attribute] = frozenset()


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table whose columns name tasks and owners, with the stretch of text that it takes up."""

    start: int
    end: int
    rows: tuple[Row, ...]


def task_tables(document: Document) -> list[TaskTable]:
    """The task tables of a document in the order of the text; other tables are left alone."""
    found = [t for table in document.tables if (t := _from_cells(document.text, table)) is not None]
    if not found:
        found = _from_pipes(document.text) or _from_lines(document.text)
    return found


def _useful(columns: Sequence[Attribute | None]) -> bool:
    return Attribute.TASK in columns and Attribute.LEAD in columns


def _from_cells(text: str, table: Table) -> TaskTable | None:
    """A docx table; the header may stand in one of its first three rows and may be repeated at page breaks."""
    rows: dict[int, dict[int, Span]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, {})[cell.column] = (cell.start, cell.end)
    columns: dict[int, Attribute | None] = {}
    out: list[Row] = []
    for number in sorted(rows):
        line = rows[number]
        heads = dict(zip(line, columns_of([text[a:b] for a, b in line.values()]), strict=True))
        if _useful(list(heads.values())):
            columns = heads
            continue
        if columns:
            cells = {kind: rows[number][c] for c, kind in columns.items() if kind is not None and c in rows[number]}
            first = rows[number].get(min(columns))
            _add(out, text, cells, first if columns[min(columns)] is not Attribute.TASK else None)
    return TaskTable(table.start, table.end, tuple(out)) if out else None


def _add(rows: list[Row], text: str, cells: dict[Attribute, Span], number: Span | None) -> None:
    """Add what the cells of a line say to `rows`. An empty cell for who is in charge repeats the cell above, as in the
    printed table where the two are one; any other empty cell says "none"."""
    row = _row(text, cells, number)
    if row is None:
        return
    if rows:
        row = Row(
            {k: rows[-1].cells.get(k, v) if _DITTO.fullmatch(text, *v) else v for k, v in row.cells.items()},
            row.columns,
        )
    above = rows[-1].cells.get(Attribute.LEAD) if rows else None
    if Attribute.LEAD in row.columns and Attribute.LEAD not in row.cells and above is not None:
        row = Row(row.cells | {Attribute.LEAD: above}, row.columns)
    rows.append(row)


def _row(text: str, cells: dict[Attribute, Span], number: Span | None = None) -> Row | None:
    """A row counts if it says what to do and names somebody or a limit; section titles do not."""
    if Attribute.TASK not in cells or not text[slice(*cells[Attribute.TASK])].strip(" |*\n\t"):
        return None
    section = number is not None and _SECTION.fullmatch(text[slice(*number)].strip(" |*\n\t"))
    if section and not text[slice(*cells.get(Attribute.LEAD, (0, 0)))].strip(" |*\n\t-–"):
        return None  # the title of a group of rows
    kept = {k: _trimmed(text, v) for k, v in cells.items() if text[slice(*v)].strip(" |*\n\t-–")}
    return (
        Row(kept, frozenset(cells))
        if kept.keys() & {Attribute.LEAD, Attribute.DEADLINE, Attribute.DELIVERABLE, Attribute.COORDINATE}
        else None
    )


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in " |*\n\t":
        start += 1
    while end > start and text[end - 1] in " |*\n\t":
        end -= 1
    return start, end


def _from_pipes(text: str) -> list[TaskTable]:
    """Markdown tables: a line with cells between "|"."""
    tables: list[TaskTable] = []
    columns: list[Attribute | None] = []
    rows: list[Row] = []
    start = at = end = 0
    for line in [*text.split("\n"), ""]:
        if line.count("|") >= 4:
            cells = _pipe_cells(line, at)
            heads = columns_of([text[a:b] for a, b in cells])
            if _useful(heads):
                columns, start = heads, start if rows else at
            elif columns:
                given = {kind: cell for kind, cell in zip(columns, cells, strict=False) if kind is not None}
                _add(rows, text, given, cells[0] if columns[0] is not Attribute.TASK else None)
            end = at + len(line)
        elif line.strip():
            if rows:
                tables.append(TaskTable(start, end, tuple(rows)))
            columns, rows = [], []
        at += len(line) + 1
    if rows:
        tables.append(TaskTable(start, end, tuple(rows)))
    return tables


def _pipe_cells(line: str, at: int) -> list[Span]:
    cuts = [i for i, c in enumerate(line) if c == "|"]
    bounds = [*([] if line.lstrip().startswith("|") else [-1]), *cuts]
    return [(at + a + 1, at + b) for a, b in itertools.pairwise(bounds)]


def _from_lines(text: str) -> list[TaskTable]:
    """Tables flattened to one cell a line: a run of column heads, then rows that begin with their number."""
    lines: list[Span] = []
    at = 0
    for line in text.split("\n"):
        if line.strip(" |*\t"):
            lines.append(_trimmed(text, (at, at + len(line))))
        at += len(line) + 1
    tables = []
    index = 0
    while index < len(lines):
        columns, behind = header_at(text, lines, index)
        if not columns:
            index += 1
            continue
        start = lines[index][0]
        rows, index = rows_below(text, lines, behind, columns)
        named = frozenset(kind for kind in columns if kind is not None)
        kept = [Row(cells, named) for cells in rows if len(cells) > 1]
        if kept:
            end = max(b for row in kept for _, b in row.cells.values())
            tables.append(TaskTable(start, end, tuple(kept)))
    return tables
