"""Text as bytes, and Vietnamese from before Unicode: TCVN3 (ABC fonts), VNI, Windows-1258.

Legacy text also comes inside docx and PDF, as Latin letters that only look right in an old font ("Céng hßa"); `repair`
treats both the same way. A conversion is accepted only if it turns the text into common Vietnamese words.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable

from bonhoa.common.errors import InputError
from bonhoa.documents.model import Notice

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
# TCVN3 has no capitals with tone marks: its fonts for headings print the small ones as such ("CéNG HßA").
_CAPITALS = re.compile(r"\b[^\W\d_a-z]+[A-Z][^\W\d_a-z]*\b")
_VNI = re.compile(r"([aeouyAEOUYôöÔÖ])([øùûõïâàáåãäêèéúüëØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË])|([ñôöæíìóòîÑÔÖÆÍÌÓÒÎ])")

_COMMON_TEXT = """
của và các được thực hiện nhân dân định ngày tháng năm tỉnh việc độc lập hạnh phúc cộng hòa hoà chủ
nghĩa việt ủy uỷ quyết kế hoạch nhiệm vụ trì phối hợp về thành phố cơ quan đơn vị tổ chức số điều
khoản bộ sở trưởng chính phủ thủ tướng căn cứ luật nghị đảng công tác quản lý nhà nước
"""
_COMMON = frozenset(_COMMON_TEXT.split())
_MARKED = frozenset(w for w in _COMMON if not w.isascii())


def decode(data: bytes, filename: str) -> tuple[str, tuple[Notice, ...]]:
    """Decode `data`: UTF-8, UTF-16 with its mark, else a legacy Vietnamese encoding (with a notice).

    Raises InputError("encoding") if no reading yields Vietnamese or English text.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(name), ()
            except UnicodeDecodeError:
                raise _undecodable(filename) from None
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    latin = data.decode("latin-1")
    readings = {
        "Windows-1258": lambda t: unicodedata.normalize("NFC", t.encode("latin-1").decode("cp1258", "replace")),
        "TCVN3 (ABC)": _from_tcvn3,
        "VNI": _from_vni,
    }
    found = _best(latin, readings)
    if found is None:
        raise _undecodable(filename)
    name, text = found
    return text, (_converted(name),)


def repair(text: str) -> tuple[str, tuple[Notice, ...]]:
    """Convert text whose letters only look right in a TCVN3 or VNI font; otherwise return it unchanged."""
    if _marked_share(text) > 0.02:
        return text, ()
    found = _best(text, {"TCVN3 (ABC)": _from_tcvn3, "VNI": _from_vni})
    return (text, ()) if found is None else (found[1], (_converted(found[0]),))


def _from_tcvn3(text: str) -> str:
    return _CAPITALS.sub(lambda m: m.group().upper(), text.translate(_TCVN3))


def _from_vni(text: str) -> str:
    def letter(match: re.Match[str]) -> str:
        base, mark, single = match.groups()
        if single:
            return _VNI_LETTERS[single]
        whole = _VNI_LETTERS.get(base, base) + _VNI_MARKS[mark.lower()]
        return unicodedata.normalize("NFC", whole)

    return _VNI.sub(letter, text)


def _best(text: str, readings: dict[str, Callable[[str], str]]) -> tuple[str, str] | None:
    """The reading with most Vietnamese words, if it has enough of them."""
    share, name, best = max((_marked_share(t := read(text)), name, t) for name, read in readings.items())
    return (name, best) if share > 0.05 else None


def _marked_share(text: str) -> float:
    """Share of words that are common Vietnamese words with a mark on them."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text[:200_000]).lower())
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
