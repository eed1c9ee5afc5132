"""One reader per format; the content decides which, the name is only checked against it."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import PurePath

from bonhoa.common.errors import InputError
from bonhoa.documents import guards
from bonhoa.documents.model import Notice, SourceText
from bonhoa.documents.readers.pdf import read_pdf
from bonhoa.documents.readers.plain import read_plain
from bonhoa.documents.readers.word import read_word

_EXPECTED = {".docx": "docx", ".pdf": "pdf", ".txt": "txt", ".md": "txt"}
_NAMES = {"docx": "Word (.docx)", "pdf": "PDF", "txt": "văn bản thuần (.txt)"}


def read_source(data: bytes, filename: str) -> SourceText:
    """Read `data` into text with offsets. Raises InputError for whatever cannot be used; nothing is guessed."""
    guards.refuse_oversize(data, filename)
    kind = _kind(data, filename)
    if kind == "pdf":
        source = read_pdf(data, filename)
    elif kind == "docx":
        source = read_word(data, filename)
    else:
        source = read_plain(data, filename)
    guards.refuse_wordless(source.text, filename)
    guards.refuse_secret(unicodedata.normalize("NFC", source.text))
    return _note_wrong_name(source, filename)


def _kind(data: bytes, filename: str) -> str:
    """The format by content; InputError("format") for formats that are not read."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data, filename)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _unread(
            filename,
            "Word cũ (.doc) hoặc tệp Office có mật khẩu",
            "an old Word file (.doc) or a password-protected one",
        )
    if data.startswith(b"{\\rtf"):
        raise _unread(filename, "RTF", "RTF")
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")):
        raise _unread(filename, "ảnh", "an image")
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unread(filename, "dạng không nhận ra", "of an unknown kind")
    return "txt"


def _zip_kind(data: bytes, filename: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise InputError(
            "damaged",
            f"Tệp “{filename}” bị hỏng, không mở được; hãy xin lại tệp gốc.",
            f'The file "{filename}" is damaged and cannot be opened; ask for the original again.',
        ) from None
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return "docx"
    if "mimetype" in names and "content.xml" in names:
        raise _unread(filename, "OpenDocument (.odt)", "OpenDocument (.odt)")
    if any(n.startswith("xl/") for n in names):
        raise _unread(filename, "bảng tính Excel", "an Excel workbook")
    raise _unread(filename, "tệp nén", "an archive")


def _unread(filename: str, vi: str, en: str) -> InputError:
    return InputError(
        "format",
        f"Tệp “{filename}” là {vi}, chưa đọc được; hãy lưu lại thành .docx hoặc PDF có lớp chữ rồi tải lên.",
        f'The file "{filename}" is {en} and cannot be read yet; save it as .docx or PDF with text and upload that.',
    )


def _note_wrong_name(source: SourceText, filename: str) -> SourceText:
    """A notice if the name promises another format than the content has."""
    expected = _EXPECTED.get(PurePath(filename).suffix.lower())
    if expected is None or expected == source.format:
        return source
    notice = Notice(
        "wrong_suffix",
        f"Tên tệp “{filename}” không đúng với nội dung: đây là tệp {_NAMES[source.format]}, đã đọc theo nội dung.",
        f'The name "{filename}" does not fit its content: this is a {source.format} file and was read as such.',
    )
    return SourceText(source.text, source.format, source.tables, source.page_starts, (*source.notices, notice))
