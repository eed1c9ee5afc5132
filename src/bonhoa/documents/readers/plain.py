"""Plain text and Markdown: decode, keep every character, fold only the line ends."""

from __future__ import annotations

from bonhoa.documents.model import SourceText
from bonhoa.documents.readers.encodings import decode, repair


def read_plain(data: bytes, filename: str) -> SourceText:
    """The decoded text with `\\r\\n` → `\\n`; legacy Vietnamese encodings are converted with a notice."""
    text, notices = decode(data, filename)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not notices:
        text, notices = repair(text)
    return SourceText(text, "txt", notices=notices)
