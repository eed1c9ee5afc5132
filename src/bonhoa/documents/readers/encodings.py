"""Text as bytes, and Vietnamese from before Unicode: TCVN3 (ABC fonts), VNI, Windows-1258.

Legacy text also comes inside docx and PDF, as Latin letters that only look right in an old font ("Céng hßa"). A whole
text is taken for legacy only if the conversion turns it into common Vietnamese words; a run of a docx, if its font says
so. `convert` keeps the way back: what is found in the converted text has its place in the text before.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from bonhoa.common.errors import InputError
from bonhoa.documents.model import Notice
from bonhoa.documents.offsets import OffsetMap

# TCVN 5712:1993 VN3, the code of the ABC (.VnTime) fonts: byte → letter, written as consecutive runs.
_TCVN3_CODES = bytes.fromhex(
    "A1A2A3A4A5A6A7A8A9AAABACADAEB5B6B7B8B9BBBCBDBEC6C7C8C9CACBCCCECFD0D1D2D3D4D5"
    "D6D7D8DCDDDEDFE1E2E3E4E5E6E7E8E9EAEBECEDEEEFF1F2F3F4F5F6F7F8F9FAFBFCFDFE"
)
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = dict(zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True))
# VNI: a letter followed by a mark, or one letter for đ, ơ, ư and the marked i and y.
_VNI_MARKS = {
    "ø": "\u0300",
    "ù": "\u0301",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "à": "\u0302\u0300",
    "á": "\u0302\u0301",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "è": "\u0306\u0300",
    "é": "\u0306\u0301",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_LETTERS = {
    "ñ": "đ",
    "ô": "ơ",
    "ö": "ư",
    "æ": "ỉ",
    "í": "í",
    "ì": "ì",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
    "Ñ": "Đ",
    "Ô": "Ơ",
    "Ö": "Ư",
    "Æ": "Ỉ",
    "Í": "Í",
    "Ì": "Ì",
    "Ó": "Ĩ",
    "Ò": "Ị",
    "Î": "Ỵ",
}
# TCVN3 has no capitals with tone marks: its fonts for headings print the small ones as such ("CéNG HßA"). A word or a
# line that has capitals and no plain small letter is such a heading.
_CAPITALS = re.compile(r"^[^a-z\n]*[A-ZĐ][^\W\d_a-z]*[A-Z][^a-z\n]*$|\b[^\W\d_a-z]+[A-Z][^\W\d_a-z]*\b", re.MULTILINE)
_VNI_PAIRS = {
    base + form: whole
    for base in "aeouyAEOUYôöÔÖ"
    for mark, marks in _VNI_MARKS.items()
    for form in {mark, mark.upper()}
    if len(whole := unicodedata.normalize("NFC", _VNI_LETTERS.get(base, base) + marks)) == 1
}
_VNI = re.compile("|".join([*_VNI_PAIRS, *_VNI_LETTERS]))

_COMMON_TEXT = """
của và các được thực hiện nhân dân định ngày tháng năm tỉnh việc độc lập hạnh phúc cộng hòa hoà chủ
nghĩa việt ủy uỷ quyết kế hoạch nhiệm vụ trì phối hợp về thành phố cơ quan đơn vị tổ chức số điều
khoản bộ sở trưởng chính phủ thủ tướng căn cứ luật nghị đảng công tác quản lý nhà nước
"""
_COMMON = frozenset(_COMMON_TEXT.split())
_MARKED = frozenset(w for w in _COMMON if not w.isascii())


_COMPOSED = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_VIETNAMESE = re.compile(r"[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u036f]")  # letters that no old encoding shows
_SAMPLE = 100_000
_DAMAGED_SHARE, _ENOUGH = 0.005, 0.05

TCVN3, TCVN3_CAPITALS, VNI, CP1258 = "TCVN3 (ABC)", "TCVN3 (ABC) viết hoa", "VNI", "Windows-1258"


class Stretch(NamedTuple):
    """text[start:end] is in a legacy encoding."""

    start: int
    end: int
    encoding: str


class Decoded(NamedTuple):
    """A file as characters, with the stretches of it that are to be converted."""

    text: str
    old: list[Stretch]
    notices: tuple[Notice, ...]


def decode(data: bytes, filename: str) -> Decoded:
    """Decode `data`: by its mark, UTF-8, else a legacy Vietnamese encoding.

    A UTF-8 text with a few damaged bytes is read with U+FFFD in their place and a notice. Raises InputError("encoding")
    if no reading yields text.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _whole_or_damaged(data, name, filename)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return Decoded(text, stretches(text), ())
    readings = [(data.decode("cp1258", "replace"), CP1258), *((data.decode("latin-1"), old) for old in (TCVN3, VNI))]
    share, text, encoding = max((_share_in(text[:_SAMPLE], old), text, old) for text, old in readings)
    if share > _ENOUGH:
        return Decoded(text, [Stretch(0, len(text), encoding)], ())
    return _whole_or_damaged(data, "utf-8", filename)


def _whole_or_damaged(data: bytes, name: str, filename: str) -> Decoded:
    text = data.decode(name, "replace")
    damaged = text.count("\ufffd")
    if damaged > max(1, len(text) * _DAMAGED_SHARE):
        raise _undecodable(filename)
    notice = Notice(
        "damaged_bytes",
        f"{damaged} chỗ trong tệp bị hỏng, không giải mã được, hiện là “\ufffd”; hãy đối chiếu với bản gốc.",
        f"{damaged} places of the file are damaged and show as “\ufffd”; compare it with the original.",
    )
    return Decoded(text, stretches(text), (notice,) if damaged else ())


def stretches(text: str) -> list[Stretch]:
    """The whole text as one stretch if it only looks right in a TCVN3 or VNI font, else nothing."""
    sample = text[:_SAMPLE]
    if sample.isascii() or len(_VIETNAMESE.findall(sample)) > len(sample) / 100:
        return []
    share, encoding = max((_share_in(sample, old), old) for old in (TCVN3, VNI))
    return [Stretch(0, len(text), encoding)] if share > max(_ENOUGH, 2 * _marked_share(sample)) else []


def plausible(text: str, old: Sequence[Stretch]) -> list[Stretch]:
    """Those of the stretches said to be `old` by their fonts that are: many a text in such a font is Unicode.

    A piece with letters that no old encoding has is Unicode; the others of an encoding are judged together.
    """
    kept = [s for s in old if not _VIETNAMESE.search(text[s.start : s.end])]
    for encoding in {s.encoding for s in kept}:
        same = [s for s in kept if s.encoding == encoding]
        before = " ".join(text[s.start : s.end] for s in same)
        if _share_in(before, encoding) <= _marked_share(before):
            kept = [s for s in kept if s.encoding != encoding]
    return kept


def convert(text: str, old: Sequence[Stretch]) -> tuple[str, OffsetMap, tuple[Notice, ...]]:
    """`text` with the stretches (in order) in Unicode, the way back, and a notice per encoding met."""
    back = OffsetMap()
    parts: list[str] = []
    size = done = 0
    met: dict[str, None] = {}
    for start, end, encoding in _merged(old):
        piece = text[start:end]
        parts.append(text[done:start])
        size += start - done
        if encoding in {TCVN3, TCVN3_CAPITALS}:
            new = _from_tcvn3(piece, encoding == TCVN3_CAPITALS)
            parts.append(new)
            size += len(new)
        else:
            size = _rewrite(text, start, end, encoding, parts, back, size)
        if parts[-1] != piece:
            met[encoding] = None
        done = end
    parts.append(text[done:])
    return "".join(parts), back, tuple(_converted(name) for name in {n.removesuffix(" viết hoa"): None for n in met})


def _merged(old: Sequence[Stretch]) -> list[Stretch]:
    """Neighbours of one encoding as one: a letter and its mark may stand in two runs."""
    merged: list[Stretch] = []
    for stretch in old:
        if merged and merged[-1].end == stretch.start and merged[-1].encoding == stretch.encoding:
            merged[-1] = Stretch(merged[-1].start, stretch.end, stretch.encoding)
        else:
            merged.append(Stretch(*stretch))
    return merged


def _rewrite(text: str, start: int, end: int, encoding: str, parts: list[str], back: OffsetMap, size: int) -> int:
    """Convert text[start:end] letter by letter into `parts`, noting in `back` where lengths change; the new size."""
    pattern, letter = (_VNI, _vni_letter) if encoding == VNI else (_COMPOSED, _composed)
    for match in pattern.finditer(text, start, end):
        new = letter(match)
        parts += (text[start : match.start()], new)
        size += match.start() - start
        start = match.end()
        back.replaced(size, len(new), start)
        size += len(new)
    parts.append(text[start:end])
    return size + end - start


def _composed(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match.group())


def _from_tcvn3(text: str, capitals: bool) -> str:
    """Letter for letter: the length stays."""
    small = text.translate(_TCVN3)
    return _upper(small) if capitals else _CAPITALS.sub(lambda m: _upper(m.group()), small)


def _upper(text: str) -> str:
    return "".join(up if len(up := c.upper()) == 1 else c for c in text)


def _vni_letter(match: re.Match[str]) -> str:
    return _VNI_PAIRS.get(match.group()) or _VNI_LETTERS[match.group()]


def _share_in(text: str, encoding: str) -> float:
    return _marked_share(convert(text, [Stretch(0, len(text), encoding)])[0])


def _marked_share(text: str) -> float:
    """Share of words that are common Vietnamese words with a mark on them."""
    words = re.findall(r"\w+", text.lower())
    return sum(w in _MARKED for w in words) / len(words) if words else 0.0


def _converted(name: str) -> Notice:
    return Notice(
        "converted",
        f"Văn bản dùng bảng mã cũ {name}, đã chuyển sang Unicode; hãy đối chiếu với bản gốc.",
        f"The text was in the legacy encoding {name} and was converted to Unicode; compare it with the original.",
    )


def _undecodable(filename: str) -> InputError:
    return InputError(
        "encoding",
        f"Không nhận ra bảng mã của tệp “{filename}”; hãy lưu lại bằng Unicode (UTF-8) hoặc .docx rồi tải lên.",
        f'The encoding of "{filename}" is not recognised; save it as Unicode (UTF-8) or .docx and upload that.',
    )
