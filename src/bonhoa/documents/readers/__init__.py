"""One reader per format; the content decides which, the name is only checked against it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import PurePath

from bonhoa.common.errors import InputError
from bonhoa.documents import guards
from bonhoa.documents.model import Notice, SourceText
from bonhoa.documents.readers.html import looks_like_html, read_html
from bonhoa.documents.readers.package import UNREADABLE_ZIP
from bonhoa.documents.readers.pdf import Progress, read_pdf
from bonhoa.documents.readers.plain import read_plain
from bonhoa.documents.readers.word import View, read_word

_EXPECTED = {".docx": "docx", ".pdf": "pdf", ".txt": "txt", ".md": "md", ".htm": "html", ".html": "html"}
_NAMES = {
    "docx": "Word (.docx)",
    "pdf": "PDF",
    "txt": "văn bản thuần (.txt)",
    "md": "Markdown (.md)",
    "html": "trang web (.html)",
}
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF", b"\0\0\0\x18ftyphei")


def read_source(data: bytes, filename: str, *, view: View = "accepted", progress: Progress | None = None) -> SourceText:
    """Read `data` into text with offsets. Raises InputError for whatever cannot be used; nothing is guessed.

    `view`: how tracked changes of a docx are read. `progress` is told how many pages of a PDF are done.
    """
    guards.refuse_oversize(data, filename)
    kind = _kind(data, filename)
    if kind == "pdf":
        source = read_pdf(data, filename, progress)
    elif kind == "docx":
        source = read_word(data, filename, view)
    elif kind == "html":
        source = read_html(data, filename)
    else:
        source = read_plain(data, filename, kind)
    guards.refuse_wordless(source.text, filename)
    guards.refuse_secret(source.text)
    return _note_wrong_name(source, filename)


def _kind(data: bytes, filename: str) -> str:
    """The format by content; InputError("format") for formats that are not read."""
    suffix = PurePath(filename).suffix.lower()
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data, filename)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old_office(data, filename)
    if data[:64].lstrip().startswith(b"{\\rtf"):
        raise _unread(filename, "RTF", "RTF")
    if data.startswith(_IMAGES) or data[4:12] in {b"ftypheic", b"ftypmif1", b"ftypavif"}:
        raise InputError(
            "format",
            f"Tệp “{filename}” là ảnh, không có chữ để đọc; hãy dùng bản gốc .docx, hoặc nhận dạng chữ (OCR) thành PDF "
            "có lớp chữ rồi tải lên.",
            f'The file "{filename}" is an image and has no text to read; use the original .docx, or run OCR to make a '
            "PDF with a text layer and upload that.",
        )
    if looks_like_html(data):
        return "html"
    if re.match(rb"(?i)\s*mime-version:", data[:200]):
        raise _unread(filename, "trang web gói lại (.mht)", "a web archive (.mht)")
    if b"PK\x05\x06" in data or b"PK\x01\x02" in data:  # what is left of a zip whose beginning is lost
        raise _damaged(filename)
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unread(filename, "dạng không nhận ra", "of an unknown kind")
    if suffix in {".htm", ".html"}:
        return "html"
    return "md" if suffix in {".md", ".markdown"} else "txt"


def _old_office(data: bytes, filename: str) -> InputError:
    """What an OLE file is: the names of its streams stand in it as UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return InputError(
            "encrypted",
            f"Tệp “{filename}” có mật khẩu; hãy gỡ mật khẩu rồi tải lên.",
            f'The file "{filename}" is protected by a password; remove it and upload again.',
        )
    if "Workbook".encode("utf-16-le") in data:
        return _unread(filename, "bảng tính Excel cũ (.xls)", "an old Excel workbook (.xls)")
    return _unread(filename, "Word cũ (.doc)", "an old Word file (.doc)")


def _zip_kind(data: bytes, filename: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except UNREADABLE_ZIP:
        raise _damaged(filename) from None
    if any(n.startswith("word/") and n.endswith(".xml") for n in names):
        return "docx"
    if "mimetype" in names and "content.xml" in names:
        raise _unread(filename, "OpenDocument (.odt)", "OpenDocument (.odt)")
    if any(n.startswith("xl/") for n in names):
        raise _unread(filename, "bảng tính Excel", "an Excel workbook")
    raise _unread(filename, "tệp nén", "an archive")


def _damaged(filename: str) -> InputError:
    return InputError(
        "damaged",
        f"Tệp “{filename}” bị hỏng, không mở được; hãy xin lại tệp gốc.",
        f'The file "{filename}" is damaged and cannot be opened; ask for the original again.',
    )


def _unread(filename: str, vi: str, en: str) -> InputError:
    return InputError(
        "format",
        f"Tệp “{filename}” là {vi}, chưa đọc được; hãy lưu lại thành .docx hoặc PDF có lớp chữ rồi tải lên.",
        f'The file "{filename}" is {en} and cannot be read yet; save it as .docx or PDF with text and upload that.',
    )


def _note_wrong_name(source: SourceText, filename: str) -> SourceText:
    """A notice if the name promises another format than the content has."""
    suffix = PurePath(filename).suffix.lower()
    expected = _EXPECTED.get(suffix, "doc" if suffix in {".doc", ".rtf", ".odt"} else None)
    if expected is None or expected == source.format:
        return source
    notice = Notice(
        "wrong_suffix",
        f"Tên tệp “{filename}” không đúng với nội dung: đây là tệp {_NAMES[source.format]}, đã đọc theo nội dung.",
        f'The name "{filename}" does not fit its content: this is a {source.format} file and was read as such.',
    )
    return replace(source, notices=(*source.notices, notice))
