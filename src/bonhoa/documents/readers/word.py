"""docx as Word shows it, read from the parts: accepted changes, content controls, text boxes, automatic numbers.

python-docx is not used for reading: it loses inserted text, content controls, text boxes and automatic numbers.
"""

from __future__ import annotations

import unicodedata

from lxml import etree

from bonhoa.common.errors import InputError
from bonhoa.documents import guards
from bonhoa.documents.model import Cell, Notice, SourceText, Table
from bonhoa.documents.readers.encodings import repair
from bonhoa.documents.readers.numbering import Numbering, W
from bonhoa.documents.readers.package import Package

_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {
    f"{W}{n}" for n in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "tblPr", "sectPr")
}
# Frames of the page, not data: the header and the signature block of an act are laid out as tables.
_LAYOUT_WORDS = ("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN VIỆT NAM", "Nơi nhận")


def read_word(data: bytes, filename: str) -> SourceText:
    """The text of a docx, one line per paragraph, table cells in reading order with their spans.

    Raises InputError ("zip_bomb", "entities", "encrypted", "damaged").
    """
    package = Package(data, filename)
    document = package.part("word/document.xml")
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        raise InputError(
            "damaged",
            f"Tệp “{filename}” không có phần nội dung của tài liệu Word; hãy lưu lại bằng Word.",
            f'The file "{filename}" has no document part; save it again with Word.',
        )
    _refuse_marked_headers(package)
    writer = _Writer(Numbering.of(package.part("word/numbering.xml"), package.part("word/styles.xml")))
    writer.blocks(body)
    notices = list(writer.notices)
    if writer.footnotes:
        writer.footnote_texts(package.part("word/footnotes.xml"))
        notices.append(
            Notice(
                "footnotes",
                f"{len(writer.footnotes)} chú thích cuối trang được đặt ở cuối văn bản.",
                f"{len(writer.footnotes)} footnotes were put at the end of the text.",
            )
        )
    text = "".join(writer.parts)
    repaired, converted = repair(text)
    tables = () if len(repaired) != len(text) else tuple(writer.tables)
    return SourceText(repaired, "docx", tables, (), (*notices, *converted))


def _refuse_marked_headers(package: Package) -> None:
    """The page headers are no part of the text, yet a secrecy mark may stand there. Raises InputError("secret")."""
    for name in package.names("word/header"):
        part = package.part(name) if name.endswith(".xml") else None
        paragraphs = () if part is None else part.iter(f"{W}p")
        lines = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs)
        guards.refuse_secret(unicodedata.normalize("NFC", repair("\n".join(lines))[0]))


class _Writer:
    """Writes text while walking the tree; `size` is the offset reached."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.parts: list[str] = []
        self.size = 0
        self.tables: list[Table] = []
        self.notices: list[Notice] = []
        self.footnotes: list[str] = []
        self.boxes: list[etree._Element] = []
        self.seen_changes = False

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)

    def blocks(self, parent: etree._Element) -> None:
        """Paragraphs, tables and what wraps them, in order."""
        for child in parent:
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"}:
                self.blocks(child)

    def paragraph(self, element: etree._Element) -> None:
        start = self.size
        if label := self.numbering.label(element):
            self.write(label)
        self.inline(element)
        if self.size > start or not self.parts or not self.parts[-1].endswith("\n\n"):
            self.write("\n")
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.blocks(box)

    def inline(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                if tag in {f"{W}del", f"{W}moveFrom"}:
                    self.note_changes()
            elif tag == f"{W}t":
                self.write((child.text or "").replace("\n", " "))
            elif tag in {f"{W}tab", f"{W}ptab"}:
                self.write("\t")
            elif tag in {f"{W}br", f"{W}cr"}:
                self.write("\n")
            elif tag == f"{W}noBreakHyphen":
                self.write("-")
            elif tag == f"{W}footnoteReference":
                self.footnotes.append(child.get(f"{W}id") or "")
                self.write(f"[{len(self.footnotes)}]")
            elif tag == f"{W}txbxContent":
                self.boxes.append(child)
            elif tag == _FALLBACK:
                continue  # the same box again, for old readers
            else:
                if tag in {f"{W}ins", f"{W}moveTo"}:
                    self.note_changes()
                self.inline(child)

    def note_changes(self) -> None:
        if not self.seen_changes:
            self.seen_changes = True
            self.notices.append(
                Notice(
                    "tracked_changes",
                    "Tệp còn vết sửa đổi chưa duyệt; đã đọc như khi chấp nhận mọi sửa đổi.",
                    "The file has tracked changes; it was read as if all were accepted.",
                )
            )

    def table(self, element: etree._Element) -> None:
        """Write the cells row by row; a cell merged downwards stands once, at its first row."""
        start, row = self.size, 0
        cells: list[Cell] = []
        spans: dict[int, int] = {}  # column → index in cells of the cell that a vertical merge continues
        for line in element.iter(f"{W}tr"):
            if next(line.iterancestors(f"{W}tbl")) is not element:
                continue
            column = 0
            for cell in line.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is not line:
                    continue
                properties = cell.find(f"{W}tcPr")
                width = _width(properties)
                merge = None if properties is None else properties.find(f"{W}vMerge")
                if merge is not None and merge.get(f"{W}val") != "restart" and column in spans:
                    first = cells[spans[column]]
                    cells[spans[column]] = Cell(
                        first.start, first.end, first.row, first.column, row - first.row + 1, first.colspan
                    )
                else:
                    at = self.size
                    self.blocks(cell)
                    spans[column] = len(cells)
                    cells.append(Cell(at, max(at, self.size - 1), row, column, 1, width))
                column += width
            row += 1
        text = "".join(self.parts)[start:] if cells else ""
        if row > 1 and max((c.column for c in cells), default=0) > 0 and not any(w in text for w in _LAYOUT_WORDS):
            self.tables.append(Table(start, self.size, tuple(cells)))

    def footnote_texts(self, part: etree._Element | None) -> None:
        """Footnotes in the order of their marks, at the end of the text."""
        notes = {n.get(f"{W}id"): n for n in part.iterfind(f"{W}footnote")} if part is not None else {}
        for number, key in enumerate(self.footnotes, 1):
            note = notes.get(key)
            if note is None:
                continue
            self.write(f"[{number}] ")
            for paragraph in note.iter(f"{W}p"):
                self.inline(paragraph)
            self.write("\n")


def _width(properties: etree._Element | None) -> int:
    span = None if properties is None else properties.find(f"{W}gridSpan")
    value = "" if span is None else span.get(f"{W}val") or ""
    return int(value) if value.isdigit() and 0 < int(value) < 100 else 1
