"""PDF with a text layer, by pypdfium2: page map, page furniture taken out, wrapped lines joined.

Page by page the text layer is read and let go, so that a file of thousands of pages needs memory for its text only.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import pypdfium2

from bonhoa.common.errors import InputError
from bonhoa.documents import guards
from bonhoa.documents.model import Notice, Removed, SourceText
from bonhoa.documents.offsets import Origin
from bonhoa.documents.readers.encodings import convert, stretches
from bonhoa.documents.readers.pdf_columns import untangled

_LOCK = threading.Lock()  # pdfium is not thread-safe
MAX_PAGES = 3000
MAX_CHARACTERS = 20_000_000
"""Most text that is taken from one PDF; ten times the longest act known."""

_FURNITURE = re.compile(
    r"^\s*(?:CÔNG BÁO\s*/\s*Số\b.*|\d{1,4}\s+CÔNG BÁO\s*/.*|Trang\s+\d+(?:\s*/\s*\d+)?|-?\s*\d{1,4}\s*-?)\s*$"
)
_SIGNED = re.compile(r"^\s*(?:Ký bởi|Người ký|Ngày ký|Thời gian ký|Cơ quan|Email)\s*:", re.IGNORECASE)
# A line that begins an item, a heading or a component of the act is never joined to the one above.
_BEGINS = re.compile(
    r"^\s*(?:[-–+•*]\s|\d{1,3}(?:\.\d{1,3})*[.)]\s|[a-zđ][).]\s|[IVXLC]{1,6}[.)]\s|Điều\s+\d|Chương\s|Mục\s+[\dIVX]|Phần\s"
    r"|Phụ lục|PHỤ LỤC|Nơi nhận|Căn cứ|Theo đề nghị|Kính gửi|Số\s*:|TM\.|KT\.|TL\.|TUQ\.|Q\.|[“\"]Điều)"
)
# pdfium shows a hyphen at the end of a line as U+FFFE and joins the words; Vietnamese is not hyphenated, the hyphen is
# one of a number ("TT-BLĐTBXH").
_CHARACTERS = str.maketrans({"\ufffe": "-", "\x02": "-", "\0": " ", "\r": None})
# A number broken at its hyphen or stroke: "30/2020/NĐ-" and "CP" below.
_BROKEN_NUMBER = re.compile(r"\d/(?:\d{4}/)?[A-ZĐ]*[-/]$|\d-[A-ZĐ]{2,}/$")
_GOES_ON = re.compile(r"[A-ZĐ]{2}|\d{4}/")
Progress = Callable[[int, int], None]
"""Called with (done, total) while a long file is read: pages of a PDF."""


class _Page(NamedTuple):
    """The lines of a page, each with the index of its first character in the text layer."""

    lines: list[str]
    at: list[int]


class Box(NamedTuple):
    """Where a character stands on its page, in points from the lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def read_pdf(data: bytes, filename: str, progress: Progress | None = None) -> SourceText:
    """The text of a PDF; pages without text are named in a notice. Raises InputError (encrypted, scan, damaged)."""
    pages = _pages(data, filename, progress)
    # before lines are joined and what repeats on every page is left out: a secrecy mark is lost by either
    whole = "\n".join(line for page in pages for line in page.lines)
    guards.refuse_secret(convert(whole, stretches(whole))[0])
    blank = [i for i, page in enumerate(pages, 1) if _letters(page) < 40]
    if len(blank) == len(pages) or (blank and sum(map(_letters, pages)) < 60 * len(pages)):
        raise InputError(
            "scan",
            f"Tệp “{filename}” là bản quét, không có lớp chữ; hãy dùng bản gốc .docx hoặc nhận dạng chữ (OCR) trước.",
            f'The file "{filename}" is a scan without a text layer; use the original .docx or run OCR first.',
        )
    notices = [_blank_pages(blank)] if blank else []
    origin = Origin()
    text, starts, removed = _joined(pages, origin)
    if removed:
        notices.append(
            Notice(
                "furniture",
                f"Đã bỏ {len(removed)} dòng đầu trang, số trang, chữ ký số.",
                f"{len(removed)} lines of page headers, page numbers and digital signatures were left out.",
            )
        )
    converted, back, more = convert(text, stretches(text))
    origin.back = back
    page_starts = tuple(map(back.to_view, starts))
    raw = None if converted == text else text
    return SourceText(converted, "pdf", (), page_starts, (*notices, *more), tuple(removed), raw, origin)


def boxes(data: bytes, source: SourceText, start: int, end: int) -> tuple[Box, ...]:
    """Where the characters of text[start:end] stand on their pages; `data` is the file that `source` was read from."""
    if source.origin is None:
        return ()
    begun, ended = source.origin.back.span(start, end)
    lines = source.origin.lines
    found: list[Box] = []
    with _LOCK, pypdfium2.PdfDocument(data) as document:
        for number in range(max(0, bisect_right(lines, (begun, 1 << 62, 0, 0)) - 1), len(lines)):
            offset, page, at, length = lines[number]
            if offset >= ended:
                break
            layer = document[page - 1].get_textpage()
            for i in range(max(0, begun - offset), min(length, ended - offset)):
                found.append(Box(page, *layer.get_charbox(at + i)))
    return tuple(found)


def _pages(data: bytes, filename: str, progress: Progress | None) -> list[_Page]:
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:  # its words may be those of the file before
            if b"/Encrypt" in data:
                raise InputError(
                    "encrypted",
                    f"Tệp “{filename}” có mật khẩu; hãy gỡ mật khẩu rồi tải lên.",
                    f'The file "{filename}" is protected by a password; remove it and upload again.',
                ) from None
            raise _damaged(filename) from None
        try:
            count = len(document)
            if not 0 < count <= MAX_PAGES:
                raise InputError(
                    "damaged",
                    f"Tệp PDF “{filename}” có {count} trang, ngoài giới hạn 1–{MAX_PAGES}; hãy tách tệp.",
                    f'The PDF "{filename}" has {count} pages, outside 1–{MAX_PAGES}; split it.',
                )
            pages: list[_Page] = []
            size = 0
            for number in range(count):
                pages.append(_page(document, number))
                size += sum(map(len, pages[-1].lines))
                if size > MAX_CHARACTERS:
                    raise InputError(
                        "too_complex",
                        f"Tệp PDF “{filename}” có hơn {MAX_CHARACTERS // 1_000_000} triệu chữ; hãy tách tệp.",
                        f'The PDF "{filename}" has more than {MAX_CHARACTERS // 1_000_000} M characters; split it.',
                    )
                if progress is not None:
                    progress(number + 1, count)
            return pages
        finally:
            document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> _Page:
    """The lines of one page; a page that cannot be loaded has none and is named with the blank ones."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return _Page([], [])
    try:
        layer = page.get_textpage()
    except pypdfium2.PdfiumError:
        page.close()
        return _Page([], [])
    try:
        lines: list[str] = []
        at: list[int] = []
        index = 0
        for raw in layer.get_text_range(errors="replace").split("\n"):
            line = raw.translate(_CHARACTERS)
            if words := line.strip():
                lines.append(words)
                at.append(index + len(line) - len(line.lstrip()))
            index += len(raw) + 1
        return _Page(*untangled(lines, at, layer.get_charbox))
    finally:
        layer.close()
        page.close()


def _letters(page: _Page) -> int:
    """How many letters and digits a page has beside its furniture: a scan with a stamped signature has hardly any."""
    return sum(c.isalnum() for line in page.lines if not _is_furniture(line) for c in line)


def _is_furniture(line: str) -> bool:
    return _FURNITURE.match(line) is not None or _SIGNED.match(line) is not None


def _joined(pages: Sequence[_Page], origin: Origin) -> tuple[str, list[int], list[Removed]]:
    """All pages as one text with wrapped lines joined; the offset of each page; the lines that were left out."""
    tops = Counter(line for page in pages for line in {*page.lines[:2], *page.lines[-2:]})
    running = {line for line, n in tops.items() if n > max(3, len(pages) // 2) and len(line) < 120}
    parts: list[str] = []
    starts: list[int] = []
    removed: list[Removed] = []
    size = 0
    width = _usual_width(pages)
    previous = ""
    for number, page in enumerate(pages, 1):
        starts.append(-1)
        for line, at in zip(page.lines, page.at, strict=True):
            if line in running or _is_furniture(line):
                removed.append(Removed(line, number))
                continue
            glue = (_glue(previous, line, width) if previous else "") if parts else ""
            parts += (glue, line)
            size += len(glue)
            starts[-1] = size if starts[-1] < 0 else starts[-1]
            origin.lines.append((size, number, at, len(line)))
            size += len(line)
            previous = line
        starts[-1] = size if starts[-1] < 0 else starts[-1]
    return "".join(parts) + "\n", starts, removed


def _usual_width(pages: Sequence[_Page]) -> int:
    lengths = sorted(len(line) for page in pages for line in page.lines if len(line) > 30)
    return lengths[len(lengths) * 3 // 4] if lengths else 80


def _glue(previous: str, line: str, width: int) -> str:
    """What stands between two lines: nothing inside a number that is broken at its hyphen, a blank inside a sentence
    that is full and unended where the line begins no item itself, else a line end."""
    if _BEGINS.match(line) or previous.endswith((".", ";", ":", "./.", "!", "?")):
        return "\n"
    if _BROKEN_NUMBER.search(previous) and _GOES_ON.match(line):
        return ""
    if previous.isupper() != line.isupper() and (previous.isupper() or line.isupper()):
        return "\n"
    return " " if len(previous) > width * 0.7 or line[0].islower() else "\n"


def _damaged(filename: str) -> InputError:
    return InputError(
        "damaged",
        f"Tệp PDF “{filename}” bị hỏng, không mở được; hãy xin lại tệp gốc.",
        f'The PDF "{filename}" is damaged and cannot be opened; ask for the original again.',
    )


def _blank_pages(blank: list[int]) -> Notice:
    shown = ", ".join(map(str, blank[:20])) + (" …" if len(blank) > 20 else "")
    return Notice(
        "blank_pages",
        f"Trang {shown} không có lớp chữ (trang quét hoặc trang trắng), không đọc được.",
        f"Page {shown} has no text layer (scanned or blank) and was not read.",
    )
