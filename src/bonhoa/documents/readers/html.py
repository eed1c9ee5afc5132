"""HTML as a browser shows it: words of blocks and tables, no scripts, no styles, nothing hidden, nothing fetched."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from bonhoa.common.errors import InputError
from bonhoa.documents.model import Cell, SourceText, Table
from bonhoa.documents.offsets import OffsetMap
from bonhoa.documents.readers.encodings import CP1258, Decoded, Stretch, convert, decode, stretches

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{3,20})", re.IGNORECASE)
_STARTS = re.compile(
    rb"\s*(?:<\?xml[^>]*+>\s*)?(?:<!--(?:(?!-->).)*+-->\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_UNSEEN_NAMES = "script style template head noscript iframe object svg math select textarea button nav"
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_LINE_NAMES = """p div br h1 h2 h3 h4 h5 h6 li ul ol dl dt dd tr table blockquote pre hr section article header footer
main form center address figure figcaption caption"""
_LINES = frozenset(_LINE_NAMES.split())
_CELLS = frozenset({"td", "th"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_MAX_SPAN = 1000
MAX_ELEMENTS = 1_000_000


def looks_like_html(data: bytes) -> bool:
    """True if the file says so itself at its beginning."""
    return _STARTS.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def read_html(data: bytes, filename: str) -> SourceText:
    """The text of a page, one line per block, table cells with their spans.

    The encoding is that of the byte order mark or of the meta element, else found as for plain text; Vietnamese legacy
    encodings are converted with a notice. Raises InputError("encoding", "too_complex").
    """
    if data.count(b"<") > MAX_ELEMENTS:
        raise InputError(
            "too_complex",
            f"Trang “{filename}” có quá nhiều phần tử để đọc an toàn; hãy lưu lại thành .docx hoặc .txt.",
            f'The page "{filename}" has too many elements to be read safely; save it as .docx or .txt.',
        )
    decoded = _declared(data) or decode(data, filename)
    markup, _, notices = convert(decoded.text, decoded.old)
    # lxml must not guess again; comments and processing instructions are no words
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(markup.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing in it that HTML knows
        root = None
    page = _Page()
    if root is not None:
        page.read(root)
    text = "".join(page.parts)
    converted, back, more = convert(text, stretches(text))  # letters that were written as entities
    tables = sorted((table.frozen(back) for table in page.tables), key=lambda table: table.start)
    return SourceText(converted, "html", tuple(tables), (), (*decoded.notices, *notices, *more))


def _declared(data: bytes) -> Decoded | None:
    """The file by the encoding it declares, if that is one that says something about Vietnamese letters."""
    found = _DECLARED.search(data[:4096])
    if found is None or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return None
    name = found[1].decode("ascii").lower()
    if name in {"windows-1258", "cp1258"}:
        text = data.decode("cp1258", "replace")
        return Decoded(text, [Stretch(0, len(text), CP1258)], ())
    return None  # UTF-8 shows by itself; "iso-8859-1" and the like are what pages in old fonts claim


_MOST_COLUMNS = 200


class _Table:
    """A table while its cells come; a cell that spans rows keeps its columns taken below."""

    def __init__(self, start: int) -> None:
        self.start, self.end, self.row, self.column = start, start, -1, 0
        self.cells: list[Cell] = []
        self._taken: dict[int, int] = {}  # column → first row in which it is free again

    def row_begins(self) -> None:
        self.row, self.column = self.row + 1, 0

    def cell_begins(self, element: etree._Element, at: int) -> int:
        """Note a cell that begins at `at`; its index."""
        down, wide = _span(element.get("rowspan")), _span(element.get("colspan"))
        while self._taken.get(self.column, 0) > self.row:
            self.column += 1
        if self.column + wide > _MOST_COLUMNS:  # behind these a span is not believed: it would cost memory for nothing
            down = wide = 1
        self.cells.append(Cell(at, at, max(0, self.row), self.column, down, wide))
        if down > 1:
            self._taken |= dict.fromkeys(range(self.column, self.column + wide), self.row + down)
        self.column += wide
        return len(self.cells) - 1

    def frozen(self, back: OffsetMap) -> Table:
        moved = (replace(c, start=back.to_view(c.start), end=back.to_view(c.end)) for c in self.cells)
        return Table(back.to_view(self.start), back.to_view(self.end), tuple(moved))


class _Page:
    """Writes the words of a page while walking it; white space is folded as browsers do."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.tables: list[_Table] = []
        self._line_begins = True

    def read(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        open_tables: list[_Table] = []
        open_cells: list[tuple[_Table, int]] = []
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if _unseen(element):
                    walk.skip_subtree()
                    continue
                if tag in _LINES or tag in _CELLS:
                    self._break()
                if tag == "table":
                    open_tables.append(_Table(self.size))
                elif tag == "tr" and open_tables:
                    open_tables[-1].row_begins()
                elif tag in _CELLS and open_tables:
                    open_cells.append((open_tables[-1], open_tables[-1].cell_begins(element, self.size)))
                self._write(element.text)
                continue
            if not _unseen(element):
                if tag in _LINES or tag in _CELLS:
                    self._break()
                if tag in _CELLS and open_cells:
                    table, index = open_cells.pop()
                    cell = table.cells[index]
                    table.cells[index] = replace(cell, end=max(cell.start, self.size - 1))
                elif tag == "table" and open_tables:
                    table = open_tables.pop()
                    table.end = self.size
                    if table.row > 0 and any(cell.column for cell in table.cells):
                        self.tables.append(table)
            self._write(element.tail)
        self._break()

    def _write(self, text: str | None) -> None:
        if not text:
            return
        words = _BLANKS.sub(" ", text)
        if self._line_begins:
            words = words.lstrip(" ")
        elif words[0] == " " and self.parts[-1].endswith(" "):
            words = words[1:]
        if words:
            self.parts.append(words)
            self.size += len(words)
            self._line_begins = False

    def _break(self) -> None:
        if not self._line_begins:
            self.parts.append("\n")
            self.size += 1
            self._line_begins = True


def _unseen(element: etree._Element) -> bool:
    return (
        not isinstance(element.tag, str)
        or element.tag in _UNSEEN
        or "hidden" in element.attrib
        or _HIDING.search(element.get("style") or "") is not None
    )


def _span(value: str | None) -> int:
    number = int(value) if value is not None and re.fullmatch(r"[0-9]{1,4}", value) else 1
    return min(max(1, number), _MAX_SPAN)
