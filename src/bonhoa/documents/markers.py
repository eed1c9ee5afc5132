"""What the beginning of a paragraph may mean: "i)" is the ninth point or the first small roman number.

Reads: a paragraph's words. Writes: its readings, each a style of numbering with a place in that style's order. Which
one is meant is decided by `levels.py` for a whole stretch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from bonhoa.documents.model import NodeKind


class Style(IntEnum):
    """A way of numbering; the value orders the usual levels from the outside in."""

    PART = 10
    UPPER = 11
    CHAPTER = 20
    SECTION = 30
    ROMAN = 31
    SUBSECTION = 40
    ARTICLE = 50
    DIGIT = 60
    DIGIT_PAREN = 62
    DECIMAL = 65
    LETTER = 100
    LETTERED = 105
    ENCLOSED = 110
    SMALL_ROMAN = 112
    DASH = 120
    PLUS = 125

    __hash__ = int.__hash__  # an enum's own is ten times as slow


KINDS = {
    Style.PART: NodeKind.PHAN,
    Style.UPPER: NodeKind.PHAN,
    Style.CHAPTER: NodeKind.CHUONG,
    Style.SECTION: NodeKind.MUC,
    Style.ROMAN: NodeKind.MUC,
    Style.SUBSECTION: NodeKind.TIEU_MUC,
    Style.ARTICLE: NodeKind.DIEU,
    Style.DIGIT: NodeKind.KHOAN,
    Style.DIGIT_PAREN: NodeKind.KHOAN,
    Style.DECIMAL: NodeKind.KHOAN,
    Style.LETTER: NodeKind.DIEM,
    Style.LETTERED: NodeKind.TIET,
    Style.ENCLOSED: NodeKind.TIET,
    Style.SMALL_ROMAN: NodeKind.TIET,
    Style.DASH: NodeKind.ITEM,
    Style.PLUS: NodeKind.ITEM,
}

Place = tuple[int, ...]
"""A place in the order of a style: (7,) before (7, 1) for "7a" before (8,); "1.2" is (1, 2) of DECIMAL."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a marker."""

    style: Style
    place: Place


@dataclass(frozen=True, slots=True)
class Marker:
    """The marker of a paragraph: the bare token as printed, where the words behind it begin, what it may mean."""

    token: str
    end: int
    readings: tuple[Reading, ...]


UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
"""The capital letters of Vietnamese, for a class of characters (they are no range of their own)."""

MARKER = re.compile(
    r"(?P<phan>(?:PHẦN|Phần)\s+(?:(?:THỨ|thứ|Thứ)\s+\w+(?:\s+(?:MỘT|HAI|BA|một|hai|ba))?|[IVXLC]+|\d+)\b"
    rf"(?=[.:\s]*$|[.:]\s|\s+[{UPPER}]))"
    r"|(?P<chuong>(?:CHƯƠNG|Chương)\s+(?:[IVXLC]+|\d+)[a-zđ]?\b)"
    r"|(?P<tieu_muc>(?:TIỂU MỤC|Tiểu mục)\s+(?:\d+|[IVXLC]+)\b)"
    rf"|(?P<muc>(?:MỤC|Mục)\s+(?:\d+|[IVXLC]+)\b(?=[.:\s]*$|[.:]\s|\s+[{UPPER}]))"
    r"|(?P<dieu>(?:Điề[un]|ĐIỀU)\s+\d+\s?[a-zđ]{0,2}\s*(?:\[\d+\])?\s*(?:[.:]|$|(?=\(đã|\[[^\W\d])))"
    r"|(?P<roman>[IVXLC]{1,7}\s*(?:[.)/]|\s?[-–](?=\s))\s*(?=\S))"
    rf"|(?P<upper>[A-HĐ]\.\s+(?=[{UPPER}]{{2}}))"
    rf"|(?P<multi>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?:\.?\)?\s+(?=[^\d\s%])|\s?[-–]\s+(?=[{UPPER}])))"
    rf"|(?P<khoan>\d{{1,3}}[a-zđ]?(?:\s?[.)/]\s*(?=[^\d\s.,)])|\s?[-–]\s+(?=[{UPPER}])))"
    r"|(?P<enclosed>\((?:[ivx]{1,5}|\d{1,2}|[a-zđ])\)\s*(?=\S))"
    r"|(?P<small>(?:[iv]{2,4}|ix|xi{1,3})\)\s*(?=\S))"
    r"|(?P<lettered>[a-zđ]\.\d{1,2}[.)]?\s+(?=\S))"
    r"|(?P<diem>[a-zđ]\d?\s?[.)]\s*(?=\S))"
    r"|(?P<dash>[-–—•▪●·]\s*(?=[^\s\d\-–—]|\d))"
    r"|(?P<plus>\+\s*(?=\S))"
)
"""What a paragraph may begin with, as printed."""


def group_of(text: str) -> str | None:
    """The group of `MARKER` that `text` begins with."""
    if "a" <= text[:1] <= "z" and text[1:2] not in _BEHIND_LETTER:
        return None  # the most frequent case: a line that goes on a sentence
    found = MARKER.match(text)
    return found.lastgroup if found else None


_BEHIND_LETTER = frozenset(")./0123456789 ivx")


_WORD = re.compile(r"(?:PHẦN|CHƯƠNG|TIỂU MỤC|MỤC|ĐIỀ[UN])\s+", re.IGNORECASE)
_EDGE = re.compile(r"^\(|[.):/\s–-]+$")
_ROMAN_TOKENS = """
i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv xxvi xxvii xxviii xxix
xxx xxxi xxxii xxxiii xxxiv xxxv xxxvi xxxvii xxxviii xxxix xl
"""
ROMAN = {token: number for number, token in enumerate(_ROMAN_TOKENS.split(), 1)}
_ORDINALS = {
    word: number
    for number, word in enumerate(["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"], 1)
}
LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The letters of points, in order: the Vietnamese alphabet without ă, â, ê, ô, ơ, ư."""
_EXTRA = {"f": "e", "j": "i", "w": "v", "z": "y"}  # not used by rule, but met; each comes behind this letter


def letter_place(letters: str) -> Place:
    """The order of "a", "đ", "a1", "ab"; letters outside the rule come behind their neighbours."""
    return tuple(
        10 * (LETTERS.index(c) + 1) if c in LETTERS else 10 * (LETTERS.index(_EXTRA[c]) + 1) + 5 for c in letters
    )


def marker_of(text: str) -> Marker | None:
    """The marker that `text` begins with, or None."""
    found = MARKER.match(text)
    if found is None or found.lastgroup is None:
        return None
    group = found.lastgroup
    if group == "dash":
        return Marker("-", found.end(), _DASH)
    if group == "plus":
        return Marker("+", found.end(), _PLUS)
    token = _EDGE.sub("", _WORD.sub("", found.group().strip(), count=1))
    token = re.sub(r"\[\d+$|\s", "", token) if group in {"dieu", "khoan", "diem"} else token.strip()
    return Marker(token, found.end(), tuple(_readings(group, token, text, found.end())))


def article_marker(number: str, end: int) -> Marker:
    """The marker of an article that was told by other means: its number with letters, where its words begin."""
    return Marker(number, end, (Reading(Style.ARTICLE, _numbered(number)),))


_DASH = (Reading(Style.DASH, (1,)),)
_PLUS = (Reading(Style.PLUS, (1,)),)
_GROUP_STYLES = {
    "phan": Style.PART,
    "chuong": Style.CHAPTER,
    "muc": Style.SECTION,
    "tieu_muc": Style.SUBSECTION,
    "dieu": Style.ARTICLE,
    "khoan": Style.DIGIT,
}


def _readings(group: str, token: str, text: str, end: int) -> list[Reading]:
    if group == "roman":
        found = [Reading(Style.ROMAN, (ROMAN[token.lower()],))] if token.lower() in ROMAN else []
        if token in {"C", "D"} and text[end : end + 2].isupper():
            found.append(Reading(Style.UPPER, letter_place(token.lower())))
        return found
    if group == "upper":
        return [Reading(Style.UPPER, letter_place(token.lower()))]
    if group == "multi":
        return [Reading(Style.DECIMAL, tuple(int(n) for n in token.split(".")))]
    if group == "lettered":
        letter, number = token.split(".")
        return [Reading(Style.LETTERED, (*letter_place(letter), int(number)))]
    if group == "small":
        return [Reading(Style.SMALL_ROMAN, (ROMAN[token],))] if token in ROMAN else []
    if group == "diem":
        found = [Reading(Style.LETTER, _with_digit(token))]
        return [*found, Reading(Style.SMALL_ROMAN, (ROMAN[token],))] if token in {"i", "v", "x"} else found
    if group == "enclosed":
        found = [Reading(Style.ENCLOSED, (0, ROMAN[token]))] if token in ROMAN else []
        if token.isdigit():
            found.append(Reading(Style.ENCLOSED, (1, int(token))))
        elif len(token) == 1:
            found.append(Reading(Style.ENCLOSED, (2, *letter_place(token))))
        return found
    if group == "khoan" and text[len(token) : end].strip() == ")":
        return [Reading(Style.DIGIT_PAREN, _numbered(token))]
    return [Reading(_GROUP_STYLES[group], _numbered(token))]


def _with_digit(token: str) -> Place:
    """ "a" → (10,), "a1" → (10, 1)."""
    return (*letter_place(token[0]), int(token[1:])) if len(token) > 1 else letter_place(token)


def _numbered(token: str) -> Place:
    """ "7" → (7,), "7a" → (7, 10), "IIa" → (2, 10), "thứ ba" → (3,)."""
    if found := re.match(r"(\d+)([a-zđ]*)", token):
        return (int(found[1]), *letter_place(found[2]))
    if found := re.fullmatch(r"([IVXLC]+)([a-zđ]?)", token):
        number = ROMAN.get(found[1].lower())
        return (number, *letter_place(found[2])) if number else (99,)
    words = [_ORDINALS[w] for w in token.lower().split() if w in _ORDINALS]
    return (words[0] + (words[1] if len(words) > 1 else 0),) if words else (1,)
