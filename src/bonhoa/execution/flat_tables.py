"""Task tables copied as one line per cell, or several: lines → cells by what they say.

A row's lines are dealt out to the columns in order. Each cell has a score for each column (names of bodies, a limit, a
product, words that ask for something); the best total wins, so that wrapped cells, empty cells and headers repeated at
page breaks do no harm.
"""

# ruff: noqa: E501 - patterns are easier to check when an alternative is not broken over lines

from __future__ import annotations

import functools
from collections.abc import Sequence

import regex

from bonhoa.execution.attributes import Attribute, column_of, columns_of
from bonhoa.execution.deliverables import is_product
from bonhoa.execution.name_lists import list_end
from bonhoa.execution.vocabulary import words

Span = tuple[int, int]
Columns = list[Attribute | None]

_NUMBER_HEAD = regex.compile(r"\**\s*(?:STT|TT|Stt|Tt|Số TT|Số thứ tự)\s*\**\.?")
_MARK = regex.compile(r"(?P<number>\d{1,3})(?:\.\d{1,2})*\s*[.)]?\s*")
_MARKED = regex.compile(r"(?P<number>\d{1,3})(?:\.\d{1,2})*\s*[.)]\s+(?=\p{Lu})")
_BARE_MARK = regex.compile(r"(?P<number>\d{1,3})\s+(?=\p{Lu})")
_SECTION = regex.compile(r"(?:[IVXLC]{1,6}|[A-HĐ])\s*[.)]?(?:\s+\p{Lu}.*)?")
_FOOTNOTE = regex.compile(r"\d{1,2}\s+(?:Nghị|Quyết|Chương trình|Luật|Thông|Kết luận|Chỉ thị|Công văn)\s")
_END = regex.compile(r"(?:Nơi nhận|NƠI NHẬN|TM\.|KT\.|PHỤ LỤC|Phụ lục|Ghi chú|Ghi chú:|Trên đây là)")
_OTHER_PART = regex.compile(r"[IVXLC]{1,6}\s*[.)]?\s*(?i:tổ chức thực hiện|kinh phí|trách nhiệm|chế độ báo cáo)")
_SECOND = regex.compile(r"(?<=\p{Ll})\s+(?=(?:Bộ|Sở|Các|Ban|UBND|Ủy ban|Công an|Văn phòng)\s+\p{L})")
_LIMIT_BEHIND = regex.compile(
    r"\s+(?=(?:Thường xuyên|Hằng năm|Hàng năm|(?:Quý|Tháng|Năm|Giai đoạn|Trước|Trong)\s[\p{L}\d/ –-]{1,30})\s*$)"
)
_LIMIT = regex.compile(
    r"(?i:(?:(?:sáng|chiều|tối|trước|từ|đến|đợt \d+:?|ngày)\s+)?(?:0?[1-9]|[12]\d|3[01])(?:\s*[-–]\s*(?:0?[1-9]|[12]\d|3[01]))?/(?:0?[1-9]|1[0-2])(?![\d/])|(?:trước|trong|đến) tháng|thường xuyên|hằng (?:năm|quý|tháng|tuần)|hàng (?:năm|quý|tháng|tuần)|định kỳ|(?:trước|trong|đến|hết|từ)?\s*(?:hết\s+)?(?:ngày|tháng|quý|năm|giai đoạn)\s+[\dIV]|giai đoạn|theo (?:tiến độ|kế hoạch|lộ trình|quy định|yêu cầu)|sau khi|khi có)"
    r"|(?:(?:0?[1-9]|[12]\d|3[01])/)?(?:0?[1-9]|1[0-2])/20\d\d|20\d\d(?:\s*[-–]\s*20\d\d)?"
)
_LONGEST = {
    Attribute.TASK: 14,
    Attribute.LEAD: 6,
    Attribute.COORDINATE: 9,
    Attribute.DELIVERABLE: 14,
    Attribute.OTHER: 14,
}
_EMPTY = {Attribute.TASK: -50.0, Attribute.LEAD: -4.0, Attribute.DEADLINE: -1.5, Attribute.OTHER: -0.3}


def header_at(text: str, lines: Sequence[Span], index: int) -> tuple[Columns, int]:
    """The columns of a header that begins at line `index` with "TT", and where its rows begin; none: empty."""
    if not _NUMBER_HEAD.fullmatch(text[slice(*lines[index])]):
        return [], index
    heads: list[str] = []
    at = index + 1
    while at < len(lines) and at < index + 18:
        line = text[slice(*lines[at])]
        if (
            _MARK.fullmatch(line)
            or _MARKED.match(line)
            or _BARE_MARK.match(line)
            or (_SECTION.fullmatch(line) and not line.isalpha())
        ):
            break
        if regex.fullmatch(r"[IVX]{1,5}|[A-H]", line):
            break
        for length in (3, 2, 1):
            joined = " ".join(text[slice(*span)] for span in lines[at : at + length])
            if column_of(joined) is not None:
                break
        heads.append(joined)
        at += length
        if len(heads) > 9:
            return [], index
    columns = columns_of(heads)
    useful = Attribute.TASK in columns and Attribute.LEAD in columns
    return (columns, at) if useful else ([], index)


def rows_below(
    text: str, lines: Sequence[Span], index: int, columns: Columns
) -> tuple[list[dict[Attribute, Span]], int]:
    """The rows that follow a header, each as cells by column, and the index of the line behind the table."""
    rows: list[dict[Attribute, Span]] = []
    current: list[Span] | None = None
    last = 0
    fresh = True  # behind a header or a section title a row may have any number

    def close() -> None:
        if current and (cells := dealt(text, current, columns)):
            rows.append(cells)

    at = index
    while at < len(lines):
        line = text[slice(*lines[at])]
        again, behind = header_at(text, lines, at)
        if again:
            close()
            current, fresh, at = None, True, behind
            columns = again
            continue
        if _END.match(line):
            break
        mark = _MARK.fullmatch(line) or _MARKED.match(line)
        if mark is None and (bare := _BARE_MARK.match(line)) and last and int(bare["number"]) == last + 1:
            mark = bare  # "7 Đề án …": without a full stop only in its turn, others are footnotes
        number = int(mark["number"]) if mark else None
        begins = mark and (number in {last + 1, 1} or fresh or _next_asks(text, lines, at, mark, current))
        if mark and begins:
            close()
            start = lines[at][0] + (mark.end() if mark.end() < len(line) else len(line))
            current = [(start, lines[at][1])] if mark.end() < len(line) else []
            last, fresh = number or 0, False
        elif mark and mark.end() == len(line):
            pass  # the number of a page
        elif regex.fullmatch(r"[.…\s]+", line):  # rows left out
            close()
            current, fresh = None, True
        elif _SECTION.fullmatch(line) and (current is None or len(current) >= 2):
            close()
            title = line + " " + (text[slice(*lines[at + 1])] if at + 1 < len(lines) else "")
            if _OTHER_PART.match(title):
                return rows, at
            current, fresh = None, True
        elif current is not None and not _FOOTNOTE.match(line):
            current.append(lines[at])
            if len(current) > 40:
                break
        at += 1
    close()
    return rows, at


def _next_asks(text: str, lines: Sequence[Span], at: int, mark: regex.Match[str], current: list[Span] | None) -> bool:
    """True if a number out of order still begins a row: the row before is full and words that ask follow."""
    line = text[slice(*lines[at])]
    own = line[mark.end() :] or (text[slice(*lines[at + 1])] if at + 1 < len(lines) else "")
    return (current is None or len(current) >= 3) and cell_score(Attribute.TASK, own) >= 3


def dealt(text: str, lines: Sequence[Span], columns: Columns) -> dict[Attribute, Span]:
    """The lines of a row dealt out to the columns in order, with the best total score; empty cells are left out."""
    count, width = len(lines), len(columns)

    @functools.cache
    def score(kind: Attribute | None, a: int, b: int) -> float:
        cell = " ".join(text[slice(*span)] for span in lines[a:b])
        breaks = sum(not _wraps(text[slice(*lines[i])], text[slice(*lines[i + 1])]) for i in range(a, b - 1))
        swallowed = kind is Attribute.TASK and any(names_bodies(text[slice(*span)]) for span in lines[a + 1 : b])
        return cell_score(kind, cell) - 0.6 * breaks - 4.0 * swallowed

    best: list[list[tuple[float, int]]] = [[(0.0 if n == 0 else -1e9, 0) for n in range(count + 1)]]
    for column, kind in enumerate(columns):
        longest = _LONGEST.get(kind or Attribute.OTHER, 6)
        row: list[tuple[float, int]] = []
        for end in range(count + 1):
            options = [(best[column][end][0] + _EMPTY.get(kind or Attribute.OTHER, -1.0), end)]
            options += [
                (best[column][start][0] + score(kind, start, end), start)
                for start in range(max(0, end - longest), end)
                if best[column][start][0] > -1e8
            ]
            row.append(max(options))
        best.append(row)
    cells: dict[Attribute, Span] = {}
    end = count
    for column in range(width, 0, -1):
        start = best[column][end][1]
        kind = columns[column - 1]
        if start < end and kind is not None:
            cells[kind] = (lines[start][0], lines[end - 1][1])
        end = start
    return _two_in_one(text, cells, columns) if end == 0 and Attribute.TASK in cells else {}


def _two_in_one(text: str, cells: dict[Attribute, Span], columns: Columns) -> dict[Attribute, Span]:
    """Two cells run together on one line are told apart where the second begins: a cooperating body, a limit."""
    if Attribute.COORDINATE in columns and Attribute.COORDINATE not in cells and Attribute.LEAD in cells:
        start, end = cells[Attribute.LEAD]
        if joint := _SECOND.search(text, start, end):
            cells |= {Attribute.LEAD: (start, joint.start()), Attribute.COORDINATE: (joint.end(), end)}
    if Attribute.DEADLINE in columns and Attribute.DEADLINE not in cells and Attribute.DELIVERABLE in cells:
        start, end = cells[Attribute.DELIVERABLE]
        if joint := _LIMIT_BEHIND.search(text, start, end):
            cells |= {Attribute.DELIVERABLE: (start, joint.start()), Attribute.DEADLINE: (joint.end(), end)}
    return cells


def names_bodies(line: str) -> bool:
    """True if a line is a list of bodies and nothing else."""
    return line[:1].isupper() and (list_end(line, 0, len(line)) or 0) >= len(line.rstrip(" .;,")) > 3


def cell_score(kind: Attribute | None, cell: str) -> float:
    """How well `cell` fits a column of this kind."""
    limit = _LIMIT.search(cell)
    is_limit = limit is not None and len(cell) < 60 and (limit.start() < 12)
    covered = (list_end(cell, 0, len(cell)) or 0) / max(1, len(cell.rstrip(" .;")))
    bodies = covered > 0.85 or (covered > 0.45 and not words().verb.search(cell))
    asks = bool(words().verb.match(cell[:1].lower() + cell[1:])) or is_product(cell)
    if kind is Attribute.TASK:
        return 3.0 * asks + min(len(cell) / 60, 2.0) - 4.0 * is_limit - 3.0 * (bodies and not asks)
    if kind is Attribute.LEAD:
        return 5.0 if bodies and not is_limit else -3.0 - 2.0 * is_limit
    if kind is Attribute.COORDINATE:
        return 4.0 if bodies and not is_limit else -3.0 - 2.0 * is_limit
    if kind is Attribute.DEADLINE:
        return 5.0 if is_limit else -4.0
    if kind is Attribute.DELIVERABLE:
        return 1.0 + is_product(cell) - 4.0 * is_limit - 3.0 * bodies
    return 0.0


def _wraps(line: str, following: str) -> bool:
    """True if the break between two lines falls inside a sentence or a list."""
    return following[:1].islower() or line.rstrip().endswith((",", ";", "-", "và")) or len(line) > 60
