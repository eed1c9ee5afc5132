"""A table of a docx while it is being read: rows, columns, each merged cell once."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from bonhoa.documents.model import Cell, Table
from bonhoa.documents.readers.numbering import W

_MAX_COLUMNS = 1000
_LARGEST_LAYOUT = 20_000  # characters
# Frames of the page, not data: the header and the signature block of an act are laid out as tables.
_LAYOUT_WORDS = ("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN VIỆT NAM", "Nơi nhận")


class OpenTable:
    """Rows and cells as they come; a cell merged downwards stands once, at its first row."""

    def __init__(self, start: int, parts_before: int) -> None:
        self.start, self.end, self.parts_before = start, start, parts_before
        self.row, self.column = -1, 0
        self._cells: list[list[int]] = []  # start, end, row, column, rowspan, colspan
        self._above: dict[int, int] = {}  # column → the cell that a vertical merge would go on
        self._open: list[int] = []

    def row_begins(self, element: etree._Element) -> None:
        """The next row, which may leave out columns at its left."""
        self.row += 1
        self.column = _number(element.find(f"{W}trPr/{W}gridBefore"), 0)

    def continues(self, element: etree._Element) -> bool:
        """Let `element` go on the cell above it; False if there is none."""
        if self.column not in self._above:
            return False
        above = self._cells[self._above[self.column]]
        above[4] = self.row - above[2] + 1
        self.column += _width(element)
        return True

    def cell_begins(self, element: etree._Element, at: int) -> None:
        """A cell whose text begins at `at`."""
        self._above[self.column] = len(self._cells)
        width = _width(element)
        self._open.append(len(self._cells))
        self._cells.append([at, at, self.row, self.column, 1, width])
        self.column += width

    def cell_ends(self, at: int) -> None:
        """The text of the cell opened last ends before the line end at `at`."""
        if self._open:
            cell = self._cells[self._open.pop()]
            cell[1] = max(cell[0], at - 1)

    def is_data(self, parts: list[str]) -> bool:
        """False for what only lays out the page: one row, one column, the head or the signature of an act.

        `parts`: the pieces of the text so far; those of the table begin at `parts_before`.
        """
        if self.row < 1 or not any(cell[3] for cell in self._cells):
            return False
        if self.end - self.start > _LARGEST_LAYOUT:
            return True
        text = "".join(parts[self.parts_before :])
        return not any(words in text for words in _LAYOUT_WORDS)

    def frozen(self, moved: Callable[[int], int]) -> Table:
        """The table with its offsets moved to where the text went."""
        cells = tuple(Cell(moved(start), moved(end), *place) for start, end, *place in self._cells)
        return Table(moved(self.start), moved(self.end), cells)


def is_continued(cell: etree._Element) -> bool:
    """True if `cell` is merged with the one above it."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _width(cell: etree._Element) -> int:
    return max(1, _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1))


def _number(element: etree._Element | None, default: int) -> int:
    value = "" if element is None else element.get(f"{W}val") or ""
    number = int(value) if re.fullmatch(r"[0-9]{1,4}", value) else default
    return number if number <= _MAX_COLUMNS else default
