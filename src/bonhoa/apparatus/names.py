"""Printed names made comparable: Unicode form, case, places of tone marks, dashes, abbreviations."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# tone mark → a letter that folding leaves alone, so that folding folded words changes nothing
_TONES = {"\u0300": "ʰ", "\u0301": "ʲ", "\u0303": "ʳ", "\u0309": "ʷ", "\u0323": "ʸ"}
_ABBREVIATIONS = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "mttq": "mặt trận tổ quốc",
    "mttqvn": "mặt trận tổ quốc việt nam",
    "tw": "trung ương",
    "tư": "trung ương",
    "tp": "thành phố",
    "bch": "ban chấp hành",
    "bql": "ban quản lý",
    "chqs": "chỉ huy quân sự",
    "đbqh": "đại biểu quốc hội",
    "tphcm": "thành phố hồ chí minh",
    "hcm": "hồ chí minh",
    "tu": "tỉnh ủy",
    "vp": "văn phòng",
}


def fold_word(word: str) -> str:
    """Lower case, with the tone mark as a letter at the end: "hòa" and "hoà" become equal."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    letters = "".join(c for c in decomposed if c not in _TONES)
    return unicodedata.normalize("NFC", letters) + "".join(_TONES[c] for c in decomposed if c in _TONES)


_EXPANSIONS = {
    fold_word(short): " ".join(fold_word(word) for word in long.split()) for short, long in _ABBREVIATIONS.items()
}


@lru_cache(maxsize=50_000)
def words(name: str) -> str:
    """The words of `name`, folded and with common abbreviations spelled out, one space between them.

    Text in parentheses does not count.
    """
    text = unicodedata.normalize("NFC", name)
    text = re.sub(r"\([^()]*\)", " ", text)
    text = re.sub(r"\bT\.\s*[ƯW]\b\.?", "TW", text, flags=re.IGNORECASE)
    tokens = re.findall(r"\w+", text.replace("&", " và "))
    return " ".join(_EXPANSIONS.get(folded, folded) for folded in map(fold_word, tokens))


@lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """`words` without spaces: "Văn hóa, Thể thao" equals "Văn hoá - Thể thao"; "LĐ-TB&XH" equals "LĐTB và XH"."""
    return words(name).replace(" ", "")


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """The words of `name` in lower case without any diacritics: "nghe an"."""
    decomposed = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", letters))
