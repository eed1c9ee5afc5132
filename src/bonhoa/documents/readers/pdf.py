"""PDF with a text layer, by pypdfium2: page map, page furniture taken out, wrapped lines joined."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable

import pypdfium2

from bonhoa.common.errors import InputError
from bonhoa.documents import guards
from bonhoa.documents.model import Notice, SourceText
from bonhoa.documents.readers.encodings import convert, stretches

_LOCK = threading.Lock()  # pdfium is not thread-safe
MAX_PAGES = 3000

_FURNITURE = re.compile(
    r"^\s*(?:CÔNG BÁO\s*/\s*Số\b.*|\d{1,4}\s+CÔNG BÁO\s*/.*|Trang\s+\d+(?:\s*/\s*\d+)?|-?\s*\d{1,4}\s*-?)\s*$"
)
_SIGNED = re.compile(r"^\s*(?:Ký bởi|Người ký|Ngày ký|Thời gian ký|Cơ quan|Email)\s*:", re.IGNORECASE)
# A line that begins an item, a heading or a component of the act is never joined to the one above.
_BEGINS = re.compile(
    r"^\s*(?:[-–+•*]\s|\d{1,3}(?:\.\d{1,3})*[.)]\s|[a-zđ][).]\s|[IVXLC]{1,6}[.)]\s|Điều\s+\d|Chương\s|Mục\s+[\dIVX]|Phần\s"
    r"|Phụ lục|PHỤ LỤC|Nơi nhận|Căn cứ|Theo đề nghị|Kính gửi|Số\s*:|TM\.|KT\.|TL\.|TUQ\.|Q\.|[“\"]Điều)"
)


def read_pdf(data: bytes, filename: str, progress: Callable[[int, int], None] | None = None) -> SourceText:
    """The text of a PDF; pages without text are named in a notice. Raises InputError (encrypted, scan, damaged)."""
    pages = _page_texts(data, filename)
    # before lines are joined and what repeats on every page is left out: a secrecy mark is lost by either
    guards.refuse_secret(unicodedata.normalize("NFC", convert("\n".join(pages), stretches("\n".join(pages)))[0]))
    blank = [i for i, page in enumerate(pages, 1) if _is_blank(page)]
    if len(blank) == len(pages) or (blank and _letters(pages) < 60 * len(pages)):
        raise InputError(
            "scan",
            f"Tệp “{filename}” là bản quét, không có lớp chữ; hãy dùng bản gốc .docx hoặc nhận dạng chữ (OCR) trước.",
            f'The file "{filename}" is a scan without a text layer; use the original .docx or run OCR first.',
        )
    notices = [_blank_pages(blank)] if blank else []
    text, starts, removed = _joined(pages)
    if removed:
        notices.append(
            Notice(
                "furniture",
                f"Đã bỏ {removed} dòng đầu trang, số trang, chữ ký số.",
                f"{removed} lines of page headers, page numbers and digital signatures were left out.",
            )
        )
    repaired, back, converted = convert(text, stretches(text))
    return SourceText(repaired, "pdf", (), tuple(map(back.to_view, starts)), (*notices, *converted))


def _is_blank(page: str) -> bool:
    """True if a page has nothing but its furniture: what a scan with a stamped signature looks like."""
    return _letters([page]) < 40


def _letters(pages: list[str]) -> int:
    """How many letters and digits `pages` have beside their furniture."""
    lines = (line for page in pages for line in page.split("\n"))
    own = (line for line in lines if not _FURNITURE.match(line.strip()) and not _SIGNED.match(line))
    return sum(c.isalnum() for line in own for c in line)


def _page_texts(data: bytes, filename: str) -> list[str]:
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
            raise InputError(
                "damaged",
                f"Tệp PDF “{filename}” bị hỏng, không mở được; hãy xin lại tệp gốc.",
                f'The PDF "{filename}" is damaged and cannot be opened; ask for the original again.',
            ) from None
        try:
            if not 0 < len(document) <= MAX_PAGES:
                raise InputError(
                    "damaged",
                    f"Tệp PDF “{filename}” có {len(document)} trang, ngoài giới hạn 1–{MAX_PAGES}; hãy tách tệp.",
                    f'The PDF "{filename}" has {len(document)} pages, outside 1–{MAX_PAGES}; split it.',
                )
            texts = []
            for number in range(len(document)):
                page = document[number]
                layer = page.get_textpage()
                texts.append(layer.get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "").replace("\0", ""))
                layer.close()
                page.close()
            return texts
        finally:
            document.close()


def _joined(pages: list[str]) -> tuple[str, tuple[int, ...], int]:
    """All pages as one text with wrapped lines joined; the offset of each page; how many lines were left out."""
    lines = [[line.strip() for line in page.split("\n")] for page in pages]
    running = {
        line
        for line, n in Counter(line for page in lines for line in {*page[:2], *page[-2:]}).items()
        if n > max(3, len(pages) // 2) and len(line) < 120
    }
    parts: list[str] = []
    starts: list[int] = []
    size = removed = 0
    width = _usual_width(lines)
    previous = ""
    for page in lines:
        starts.append(size)
        for line in page:
            if not line:
                continue
            if line in running or _FURNITURE.match(line) or _SIGNED.match(line):
                removed += 1
                continue
            glue = ""
            if previous:
                glue = " " if _continues(previous, line, width) else "\n"
            parts += (glue, line)
            size += len(glue) + len(line)
            previous = line
    return "".join(parts) + "\n", tuple(starts), removed


def _usual_width(pages: list[list[str]]) -> int:
    lengths = sorted(len(line) for page in pages for line in page if len(line) > 30)
    return lengths[len(lengths) * 3 // 4] if lengths else 80


def _continues(previous: str, line: str, width: int) -> bool:
    """True if `line` goes on the sentence of `previous`, which is full and unended, and begins no item itself."""
    if _BEGINS.match(line) or previous.endswith((".", ";", ":", "./.", "!", "?")):
        return False
    if previous.isupper() != line.isupper() and (previous.isupper() or line.isupper()):
        return False
    return len(previous) > width * 0.7 or line[0].islower()


def _blank_pages(blank: list[int]) -> Notice:
    shown = ", ".join(map(str, blank[:20])) + (" …" if len(blank) > 20 else "")
    return Notice(
        "blank_pages",
        f"Trang {shown} không có lớp chữ (trang quét hoặc trang trắng), không đọc được.",
        f"Page {shown} has no text layer (scanned or blank) and was not read.",
    )
