"""What is refused at the door: too large, empty, or marked as a state secret.

Source: Luật Bảo vệ bí mật nhà nước 117/2025/QH15 (drafting or storing secrets on a networked machine is prohibited),
NĐ 30/2020/NĐ-CP Phụ lục I (the mark stands alone, in capitals, in the header block).
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator

import regex

from bonhoa.common.errors import InputError

MAX_BYTES = 50 * 1024 * 1024
"""Largest file that is opened at all."""

_HEAD_LINES = 40
_MARK = regex.compile(
    r"^[\s*_#|(\[<>.,:;-]*(?:(?:độ\s+mật|mức\s+độ\s+mật|dấu\s+(?:chỉ\s+)?(?:độ\s+)?mật)\s*[:.-]?\s*)?"
    r"(?P<mark>tuyệt\s+mật|tối\s+mật|mật)[\s*_#|)\]<>.,:;-]*$",
    regex.IGNORECASE,
)
_NAMED = regex.compile(r"\b(?:độ|mức\s+độ|dấu\s+độ)\s+mật\s*[:：]\s*(?:tuyệt\s+mật|tối\s+mật|mật)\b", regex.IGNORECASE)


def refuse_oversize(data: bytes, filename: str) -> None:
    """Raise InputError("too_large") past MAX_BYTES, InputError("empty") for nothing at all."""
    if not data:
        raise InputError(
            "empty",
            f"Tệp “{filename}” trống; hãy kiểm tra và chọn lại tệp.",
            f'The file "{filename}" is empty; check it and choose the file again.',
        )
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        raise InputError(
            "too_large",
            f"Tệp “{filename}” nặng {size:.0f} MB, quá giới hạn 50 MB; hãy tách phụ lục hoặc giảm dung lượng ảnh quét.",
            f'The file "{filename}" has {size:.0f} MB, over the limit of 50 MB; split off annexes or shrink the scans.',
        )


def filled_lines(text: str) -> Iterator[str]:
    """The lines of `text` that are not blank, in NFC; only as many are looked for as are asked for."""
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield from (unicodedata.normalize("NFC", line) for line in text[at:end].splitlines() if line.strip())
        at = end + 1


def refuse_wordless(text: str, filename: str) -> None:
    """Raise InputError("no_text") if the text has no letters."""
    if not regex.search(r"\p{L}{2}", text):
        raise InputError(
            "no_text",
            f"Tệp “{filename}” không có chữ nào; hãy kiểm tra và chọn lại tệp.",
            f'The file "{filename}" has no words in it; check it and choose the file again.',
        )


def refuse_secret(text: str) -> None:
    """Raise InputError("secret") if the text bears the mark MẬT, TỐI MẬT or TUYỆT MẬT.

    A mark stands alone on its line, in capitals, in the header block; the words in prose are no mark.
    """
    for line in itertools.islice(filled_lines(text), _HEAD_LINES):
        found = _MARK.match(regex.sub(r"\s+", " ", line)) if len(line) < 60 else None
        if (found and found["mark"].isupper()) or _NAMED.search(line):
            raise InputError(
                "secret",
                "Văn bản có dấu chỉ độ mật: phải xử lý theo chế độ văn bản mật, ngoài hệ thống này; "
                "không có gì được lưu lại.",
                "The document bears a secrecy mark: handle it by the regime for secret documents, outside this system; "
                "nothing was stored.",
            )
