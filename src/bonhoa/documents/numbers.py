"""Numbers and kinds of documents: the grammar of "30/2020/NĐ-CP", and the words that name a kind.

The vocabulary is `data/document_types.yaml` (NĐ 30/2020 Điều 7 and Phụ lục III; Party types of 399-QĐ/TW).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import regex
import yaml

_SEGMENT = r"\p{Lu}(?:[\p{Lu}\d]|& ?(?=\p{Lu})|\p{Ll}(?=\p{Lu}|\p{Ll}?(?!\p{L})))*+(?:\.\p{Lu}{1,4}(?!\p{L}))?"

# 30/2020/NĐ-CP, 66.16/2026/NQ-CP, 04-KH/TW, 27/NQ- TW, 525/2012/NQLT/UBTVQH13 -ĐCTUBTWMTTQVN, 5155/SGDĐT-GDTXNNĐH
NUMBER = (
    r"(?:(?<=[Ss]ố)|(?<![\p{L}\d/.\-]))\d{1,6}(?:\.\d{1,3})?[a-zđ]?(?: ?/ ?(?:19|20)\d{2}(?!\d))?"
    rf"(?:(?: ?/ ?|[-–] ?| -)(?:{_SEGMENT}))++(?:(?!\p{{L}})|(?=ngày))"
)

# ngày 27 tháng 9 năm 2025, ngày 16/11/2025, ngày 18-6-2020
DATE = (
    r"(?:ngày|Ngày|NGÀY) ?\d{1,2}(?:,? (?:tháng|THÁNG) ?\d{1,2}(?:,? ?(?:năm|NĂM)|/|,) ?\d{4}"
    r"| ?[/.\-] ?\d{1,2} ?[/.\-] ?\d{4})"
    r"(?!\d)"
)


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document: its word ("Nghị định") and its abbreviation in numbers ("NĐ"), None where it has none."""

    code: str
    name: str
    abbr: str | None
    regime: str


@cache
def _vocabulary() -> dict[str, Any]:
    text = files("bonhoa.data").joinpath("document_types.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


@cache
def document_types() -> tuple[DocumentType, ...]:
    """Every kind of document of the state and of the Party."""
    return tuple(DocumentType(t["code"], t["name"], t["abbr"], t["regime"]) for t in _vocabulary()["types"])


@cache
def kind_words() -> tuple[str, ...]:
    """Words that may name the kind of a cited act, the longest first ("Nghị quyết liên tịch" before "Nghị quyết")."""
    words = {t.name for t in document_types()} | set(_vocabulary()["cited_as"])
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


@cache
def short_kinds() -> tuple[str, ...]:
    """Kinds that are cited by a bare number: "Nghị quyết 57"."""
    return tuple(_vocabulary()["cited_short"])


@cache
def newspapers() -> dict[str, str]:
    """Site of a newspaper → its name."""
    return dict(_vocabulary()["press"])


def kind_pattern() -> str:
    """A pattern for any kind word as printed in a sentence, with a small first letter, or all in capitals.

    The words share their beginnings in a trie, which is 2.5 times as fast as trying one after the other.
    """
    forms = {f for k in kind_words() for f in (k, k[0].lower() + k[1:], k.upper(), k.title())}  # "Nghị Quyết" too
    return any_of(forms)


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of `words`."""
    return _trie(sorted(words))


def _trie(words: list[str]) -> str:
    """A pattern for the longest of sorted `words`."""
    if words == [""]:
        return ""
    branches = [
        regex.escape(first, literal_spaces=True) + _trie([w[1:] for w in group])
        for first, group in groupby((w for w in words if w), key=lambda w: w[0])
    ]
    whole = words[0] == ""
    inner = branches[0] if len(branches) == 1 and not whole else f"(?:{'|'.join(branches)})"
    return inner + ("?" if whole else "")


def capitalised(kind: str) -> str:
    """The kind word as the rule book writes it: "NGHỊ QUYẾT" and "nghị quyết" become "Nghị quyết"."""
    return kind[:1].upper() + kind[1:].lower()


def canonical(number: str) -> str:
    """One form of a number however it is printed: no blanks, capitals, plain hyphens, no leading zeros."""
    return "".join(number.split()).upper().replace("–", "-").lstrip("0")


_PARTY_NUMBER = regex.compile(r"\d+[a-z]?-(\p{L}+)/.+")
_STATE_NUMBER = regex.compile(r"[\d.]+[a-zđ]?/(?:\d{4}/)?(\p{L}+)\d*(?=[-–/]|$)")


def type_of_number(number: str) -> str | None:
    """The kind that a number's abbreviation says ("217/CĐ-TTg" → "Công điện"); None where it says none.

    A Party "QĐ" is Quyết định or Quy định, "TT" of the Party is Thông tri: then the text must say, and this is None.
    """
    number = "".join(number.split())
    party = _PARTY_NUMBER.fullmatch(number)
    state = _STATE_NUMBER.match(number)
    if party:
        abbr, regimes = party[1], ("dang", "hanh-chinh")
        if abbr.upper() in ("QĐ", "TT"):
            return None
    elif state:
        abbr, regimes = state[1], ("qppl", "hanh-chinh")
        if abbr.upper() in ("QH", "UBTVQH"):
            return "Nghị quyết" if abbr.upper() == "UBTVQH" else None
    else:
        return None
    for regime in regimes:
        for kind in document_types():
            if kind.regime == regime and kind.abbr and kind.abbr.upper() == abbr.upper():
                return kind.name
    return None


_FIGURES = re.compile(r"\d+")


def parse_date(text: str) -> dt.date | None:
    """The calendar day of a printed date (`DATE`), or None if there is no such day."""
    parts = [int(p) for p in _FIGURES.findall(text)]
    if len(parts) != 3:
        return None
    try:
        return dt.date(parts[2], parts[1], parts[0])
    except ValueError:
        return None


_RANKS = (
    (8, regex.compile(r"Hiến pháp")),
    (7, regex.compile(r"Luật|Bộ luật|.*/QH\d+")),
    (6, regex.compile(r"Pháp lệnh|.*UBTVQH.*")),
    (5, regex.compile(r"Nghị định|.*[/-]CP")),
    (4, regex.compile(r".*-TTg")),
    (3, regex.compile(r"Thông tư|Thông tư liên tịch")),
)


def rank(kind: str | None, number: str | None = None) -> int:
    """How high an act stands among the legal normative acts, 8 for the Constitution; 2 for what is none of them.

    Source: Luật 64/2025/QH15 Điều 4, the central acts only; a resolution's rank is told by its number.
    """
    for level, words in _RANKS:
        if any(value and words.fullmatch(value) for value in (kind, number)):
            return level
    return 2
