"""docx as Word shows it, read from the parts: tracked changes, content controls, text boxes, fields, notes, numbers.

python-docx is not used for reading: it loses inserted text, content controls, text boxes and automatic numbers.

What belongs to the text: the body in order, a text box behind the paragraph that holds it, footnotes and endnotes at
the end in the order of their marks ("[1]", "[i]"). Page headers and footers do not (they repeat, and say nothing of
the act): they are listed in `removed`; only a header that carries the national motto or the Party's name, when the
body does not, is the letterhead of the act and stands first. Comments do not. Of a field the result, not the code.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Literal

from lxml import etree

from bonhoa.common.errors import InputError
from bonhoa.documents import guards
from bonhoa.documents.model import Notice, Removed, SourceText
from bonhoa.documents.offsets import Origin
from bonhoa.documents.readers.encodings import Stretch, convert, plausible, stretches
from bonhoa.documents.readers.fonts import LegacyFonts
from bonhoa.documents.readers.numbering import Numbering, W, formatted
from bonhoa.documents.readers.package import Keep, Package
from bonhoa.documents.readers.word_tables import OpenTable, is_continued

View = Literal["accepted", "original"]
"""How tracked changes are read: as if all were accepted, or as the text was before them."""

_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same again, for old readers
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_P, _R, _T, _TAB, _PPR, _RPR = f"{W}p", f"{W}r", f"{W}t", f"{W}tab", f"{W}pPr", f"{W}rPr"
_TBL, _TR, _TC, _BOX, _FIELD, _SYMBOL = f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}txbxContent", f"{W}fldChar", f"{W}sym"
_INS, _DEL, _FROM, _TO, _DELETED = f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}delText"
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_FIXED = {f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_INLINE = (_R, _T, _MATH, _TAB, _DELETED, _FIELD, _SYMBOL, *_FIXED, *_NOTES)
_CUT = {"accepted": (_DEL, _FROM), "original": (_INS, _TO)}
_MARK = {"accepted": _DEL, "original": _INS}  # on a paragraph mark or a row: it is not there in this view
_SYMBOLS = {"F0A8": "☐", "F06F": "☐", "F0FE": "☒", "F052": "☑", "F0FC": "✓", "F0E0": "→", "F02D": "-", "F0B7": "•"}
_LETTERHEAD = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA", "ĐẢNG CỘNG SẢN VIỆT NAM")
_HIDDEN = f"{W}vanish"
_CHANGES = frozenset({_INS, _DEL, _FROM, _TO})
_CODES = (f"{W}instrText", f"{W}delInstrText")
_PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
# A paragraph with one of these is walked element by element; any other shows just the words that stand in it.
_UNLIKE_WORDS = (*_CHANGES, *_INLINE[3:], *_CODES, *_PICTURES, _HIDDEN, f"{W}ruby", _ALTERNATE, _BOX)


def read_word(data: bytes, filename: str, view: View = "accepted", exact: bool = False) -> SourceText:
    """The text of a docx, one line per paragraph, table cells in reading order with their spans.

    `exact` notes the run of every word at once; otherwise the file is read again when places are first asked for.
    Raises InputError ("zip_bomb", "entities", "encrypted", "damaged", "too_complex", "secret").
    """
    package = Package(data, filename)
    main = package.main()
    keep: Keep = "runs" if exact else "words"
    document = package.part(main, keep)
    body = None if document is None else document.find(f"{W}body")
    if document is None or body is None:
        raise InputError(
            "damaged",
            f"Tệp “{filename}” không có phần nội dung của tài liệu Word; hãy lưu lại bằng Word.",
            f'The file "{filename}" has no document part; save it again with Word.',
        )
    folder = main.rpartition("/")[0] + "/"
    styles = package.part(f"{folder}styles.xml")
    numbered = any(True for root in (document, styles) if root is not None for _ in root.iter(f"{W}numPr"))
    numbering = package.part(f"{folder}numbering.xml", "runs") if numbered else None
    writer = _Writer(Numbering(numbering, styles), LegacyFonts(styles), view, exact)
    furniture = _furniture(package, folder, writer)
    writer.part(main, document, body)
    writer.notes_at_end(package, folder)
    if not exact:
        writer.origin = Origin(partial(read_word, data, filename, view, True))
    return writer.finished(furniture)


def _furniture(package: Package, folder: str, writer: _Writer) -> tuple[Removed, ...]:
    """The lines of headers and footers; a letterhead among them is written as the beginning of the text.

    Raises InputError("secret"): a mark of secrecy may stand there too.
    """
    lines: dict[str, None] = {}
    letterhead: tuple[str, etree._Element] | None = None
    for name in package.names(f"{folder}header", f"{folder}footer"):
        part = package.part(name, "runs") if name.endswith(".xml") else None
        if part is None:
            continue
        shown = ["".join(t.text or "" for t in p.iter(_T)).strip() for p in part.iter(_P)]
        text = unicodedata.normalize("NFC", convert("\n".join(shown), stretches("\n".join(shown)))[0])
        guards.refuse_secret(text)
        if letterhead is None and any(words in text for words in _LETTERHEAD):
            letterhead = name, part
        else:
            lines |= dict.fromkeys(line for line in text.split("\n") if line)
    writer.letterhead = letterhead
    return tuple(map(Removed, lines))


class _Writer:
    """Writes text while walking the trees of the parts; `size` is the offset reached."""

    def __init__(self, numbering: Numbering, fonts: LegacyFonts, view: View, exact: bool) -> None:
        self.numbering, self.fonts, self.view, self.exact = numbering, fonts, view, exact
        self.parts: list[str] = []
        self.size = 0
        self.origin = Origin()
        self.tables: list[OpenTable] = []
        self.notes: dict[str, list[str]] = {"footnote": [], "endnote": []}
        self.old: list[Stretch] = []  # stretches in fonts of an old encoding
        self.letterhead: tuple[str, etree._Element] | None = None
        self.texts = {_T, _MATH} | ({_DELETED} if view == "original" else set())
        self.changed = self.hidden = False

    def write(self, text: str, run: int = -1) -> None:
        self.origin.pieces.append(self.size)
        self.origin.runs.append(run)
        self.parts.append(text)
        self.size += len(text)

    def part(self, name: str, root: etree._Element, body: etree._Element) -> None:
        """Write what stands in `body`, a part or a place in it."""
        if self.letterhead is not None:
            (head, part), self.letterhead = self.letterhead, None
            if not any(words in "".join(map(str, body.itertext(_T))) for words in _LETTERHEAD):
                self.part(head, part, part)
        self.origin.part(name)
        self._survey(root)
        self._blocks(body)

    def _survey(self, root: etree._Element) -> None:
        """What must be known of a part before it is walked: which paragraphs need care, which fields are closed."""
        self.paragraphs: dict[etree._Element, int] = {}
        self.careful: set[etree._Element] = set()
        self.in_code: list[bool] = []  # the fields that are open: True while their code, not their result, goes by
        self.closed: set[etree._Element] = set()  # a field that begins and never ends hides nothing
        begun: list[etree._Element] = []
        for element in root.iter(_P, *_UNLIKE_WORDS):
            tag = element.tag
            if tag == _P:
                self.paragraphs[element] = len(self.paragraphs)
                continue
            self.changed = self.changed or tag in _CHANGES
            self.hidden = self.hidden or (tag == _HIDDEN and _on(element) and _is_run(element))
            if tag == _FIELD:
                kind = element.get(f"{W}fldCharType")
                if kind == "begin":
                    begun.append(element)
                elif kind == "end" and begun:
                    self.closed |= {begun.pop(), element}
            self._care_for(element)
        old = list(self.fonts.named_in(root))
        for element in old:
            self._care_for(element)
        self.old_fonts = self.fonts.in_styles or bool(old)

    def _care_for(self, element: etree._Element) -> None:
        for ancestor in element.iterancestors(_P):
            if ancestor in self.careful:
                break
            self.careful.add(ancestor)

    def _blocks(self, body: etree._Element) -> None:
        """Paragraphs and tables in order; a stack instead of recursion, for forms nest them deep."""
        walks = [_walk(body)]
        open_tables: list[OpenTable] = []
        waiting: list[etree._Element] = []  # paragraphs whose mark is deleted: one with the next
        while walks:
            walk = walks[-1]
            for event, element in walk:
                tag = element.tag
                if tag == _P:
                    if event == "end":
                        continue
                    walk.skip_subtree()
                    waiting.append(element)
                    if self._mark_is_gone(element) and element.getnext() is not None:
                        continue
                    boxes = self._paragraph(waiting)
                    waiting = []
                    if boxes:
                        walks += [_walk(box) for box in reversed(boxes)]
                        break
                elif event == "start":
                    if tag == _FALLBACK or (tag == _TR and self._row_is_gone(element)):
                        walk.skip_subtree()
                    elif tag == _TBL:
                        open_tables.append(OpenTable(self.size, len(self.parts)))
                    elif open_tables and tag == _TR:
                        open_tables[-1].row_begins(element)
                    elif open_tables and tag == _TC:
                        if is_continued(element) and open_tables[-1].continues(element):
                            walk.skip_subtree()
                        else:
                            open_tables[-1].cell_begins(element, self.size)
                elif tag == _TC and open_tables:
                    open_tables[-1].cell_ends(self.size)
                elif tag == _TBL and open_tables:
                    table = open_tables.pop()
                    table.end = self.size
                    if table.is_data(self.parts):
                        self.tables.append(table)
            else:
                walks.pop()
        if waiting:
            self._paragraph(waiting)

    def _mark_is_gone(self, paragraph: etree._Element) -> bool:
        """True if the paragraph ends in this view without its mark, so that the next goes on in the same line."""
        properties = next(paragraph.iterchildren(_PPR), None) if self.changed else None
        marks = None if properties is None else next(properties.iterchildren(_RPR), None)
        return marks is not None and next(marks.iterchildren(_MARK[self.view]), None) is not None

    def _row_is_gone(self, row: etree._Element) -> bool:
        properties = next(row.iterchildren(f"{W}trPr"), None) if self.changed else None
        return properties is not None and next(properties.iterchildren(_MARK[self.view]), None) is not None

    def _paragraph(self, elements: list[etree._Element]) -> list[etree._Element]:
        """Write one paragraph as shown (the properties are those of its last piece); the text boxes in it."""
        last = elements[-1]
        self.origin.paragraph(self.paragraphs[last])
        properties = next(last.iterchildren(), None)  # they come first
        if properties is not None and properties.tag != _PPR:
            properties = None
        if self.view == "original" and self.changed and properties is not None:
            before = properties.find(f"{W}pPrChange/{_PPR}")
            properties = properties if before is None else before
        if label := self.numbering.label(properties):
            self.write(label)
        boxes: list[etree._Element] = []
        for element in elements:
            if len(elements) > 1:
                self.origin.paragraph(self.paragraphs[element])
            self._inline(element, boxes)
        self.write("\n")
        return boxes

    def _inline(self, paragraph: etree._Element, boxes: list[etree._Element]) -> None:
        elements: Iterable[etree._Element]
        runs: dict[etree._Element, int] | None = None
        if paragraph in self.careful:
            runs = {r: i for i, r in enumerate(paragraph.iter(_R))}
            elements = self._shown(paragraph, boxes)
        else:
            if not (self.exact or self.in_code or self.fonts.in_styles or paragraph.text):
                words = etree.tostring(paragraph, method="text", encoding="unicode", with_tail=False)
                if "\n" not in words:  # else the part is indented, and its blanks are no words
                    self.parts.append(words)
                    self.size += len(words)
                    return
            elements = paragraph.iter(*_INLINE)
        run, size, texts, in_code, old_fonts = -1, self.size, self.texts, self.in_code, self.old_fonts
        note_at, note_run, part = self.origin.pieces.append, self.origin.runs.append, self.parts.append
        current = paragraph
        for element in elements:
            tag = element.tag
            if tag == _R:
                run = run + 1 if runs is None else runs[element]
                current = element
            elif tag in texts:
                text = element.text
                if text and not (in_code and any(in_code)):
                    if "\n" in text:
                        text = text.replace("\n", " ")
                    if old_fonts and not text.isascii() and (old := self.fonts.encoding(current, paragraph)):
                        self.old.append(Stretch(size, size + len(text), old))
                    note_at(size)
                    note_run(run)
                    part(text)
                    size += len(text)
            else:
                self.size = size
                self._special(element, tag, run)
                size = self.size
        self.size = size

    def _special(self, element: etree._Element, tag: str, run: int) -> None:
        """What is neither a run nor words: tabs, breaks, symbols, marks of notes, the bounds of fields."""
        if tag == _FIELD:
            kind = element.get(f"{W}fldCharType")
            if kind == "begin" and element in self.closed:
                self.in_code.append(True)
            elif kind == "separate" and self.in_code:
                self.in_code[-1] = False
            elif kind == "end" and element in self.closed and self.in_code:
                self.in_code.pop()
        elif self.in_code and any(self.in_code):
            return
        elif tag in _FIXED:
            self.write(_FIXED[tag], run)
        elif tag == _TAB:
            if next(element.iterancestors()).tag == _R:  # else it is a tab stop of the paragraph's properties
                self.write("\t", run)
        elif tag == _SYMBOL:
            code = (element.get(f"{W}char") or "").upper()
            if code in _SYMBOLS:
                self.write(_SYMBOLS[code], run)
        elif (kind := _NOTES.get(tag)) and not _on_attribute(element, "customMarkFollows"):
            self.notes[kind].append(element.get(f"{W}id") or "")
            self.write(f"[{_mark(kind, len(self.notes[kind]))}]")

    def _shown(self, paragraph: etree._Element, boxes: list[etree._Element]) -> Iterator[etree._Element]:
        """The inline elements that this view shows; text boxes are put into `boxes`."""
        cut = {*_CUT[self.view], _FALLBACK, _PPR}
        walk = etree.iterwalk(paragraph, events=("start",), tag=(*_INLINE, *cut, _BOX))
        for _, element in walk:
            if element.tag in cut:
                walk.skip_subtree()
            elif element.tag == _BOX:
                boxes.append(element)
                walk.skip_subtree()
            else:
                yield element

    def notes_at_end(self, package: Package, folder: str) -> None:
        """Footnotes, then endnotes, in the order of their marks; notes within notes are not followed."""
        for kind, marks in self.notes.items():
            name = f"{folder}{kind}s.xml"
            root = package.part(name, "runs") if marks else None
            if root is None:
                continue
            texts = {n.get(f"{W}id") or "": n for n in root.iterfind(f"{W}{kind}")}
            self.origin.part(name)
            self._survey(root)
            for number, key in enumerate(list(marks), 1):
                if key in texts:
                    self.origin.paragraph(next((self.paragraphs[p] for p in texts[key].iter(_P)), 0))
                    self.write(f"[{_mark(kind, number)}] ")
                    self._blocks(texts[key])

    def finished(self, furniture: tuple[Removed, ...]) -> SourceText:
        """The text with old encodings converted, its tables, and what a reader should know of it."""
        text = "".join(self.parts)
        converted, back, names = convert(text, plausible(text, self.old) or stretches(text))
        self.origin.back = back
        tables = tuple(sorted((t.frozen(back.to_view) for t in self.tables), key=lambda t: t.start))
        count = {kind: len(marks) for kind, marks in self.notes.items()}
        notices = [*_notices(self.view, self.changed, self.hidden, count), *names]
        if furniture:
            notices.append(
                Notice(
                    "furniture",
                    f"Đã bỏ {len(furniture)} dòng ở đầu trang và chân trang.",
                    f"{len(furniture)} lines of page headers and footers were left out.",
                )
            )
        source = SourceText(converted, "docx", tables, (), tuple(notices), furniture, origin=self.origin)
        return source if converted == text else replace(source, raw=text)


def _walk(root: etree._Element) -> etree.iterwalk:
    return etree.iterwalk(root, events=("start", "end"), tag=(_P, _TBL, _TR, _TC, _FALLBACK))


def _mark(kind: str, number: int) -> str:
    """Footnotes are counted 1, 2, 3, endnotes i, ii, iii, as Word does unless told otherwise."""
    return str(number) if kind == "footnote" else formatted(number, "lowerRoman")


def _on(element: etree._Element) -> bool:
    return element.get(f"{W}val") not in {"0", "false", "off"}


def _on_attribute(element: etree._Element, name: str) -> bool:
    return element.get(f"{W}{name}") in {"1", "true", "on"}


def _is_run(property_: etree._Element) -> bool:
    above = property_.getparent()
    return above is not None and above.tag == _RPR and (up := above.getparent()) is not None and up.tag == _R


def _notices(view: View, changed: bool, hidden: bool, count: dict[str, int]) -> Iterator[Notice]:
    if changed and view == "accepted":
        yield Notice(
            "tracked_changes",
            "Tệp còn vết sửa đổi chưa duyệt; đã đọc như khi chấp nhận mọi sửa đổi.",
            "The file has tracked changes; it was read as if all were accepted.",
        )
    elif changed:
        yield Notice(
            "tracked_changes",
            "Tệp còn vết sửa đổi chưa duyệt; đã đọc như khi chưa sửa.",
            "The file has tracked changes; it was read as it was before them.",
        )
    if hidden:
        yield Notice(
            "hidden_text",
            "Tệp có chữ bị ẩn, Word không hiện ra; chữ ấy vẫn được đọc, hãy kiểm tra.",
            "The file has hidden text that Word does not show; it was read all the same, check it.",
        )
    if count["footnote"]:
        yield Notice(
            "footnotes",
            f"{count['footnote']} chú thích cuối trang được đặt ở cuối văn bản.",
            f"{count['footnote']} footnotes were put at the end of the text.",
        )
    if count["endnote"]:
        yield Notice(
            "endnotes",
            f"{count['endnote']} chú thích cuối văn bản được đặt ở cuối, đánh số i, ii, iii.",
            f"{count['endnote']} endnotes were put at the end, numbered i, ii, iii.",
        )
