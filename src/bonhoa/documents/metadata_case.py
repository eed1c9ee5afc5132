"""Names and titles printed in capitals, written as in a sentence.

The document itself is the best witness: the same words mostly stand again in its text, in sentence case. Where they do
not, the general rule of NĐ 30/2020 Phụ lục II for names of bodies is used.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import regex

_LONGEST = 9  # words looked up together
# After these words of a body's name the name of a place follows, every syllable with a capital.
_PLACE_HEADS = ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "đặc khu", "tp.")
_BODY_WORDS = {"bộ", "sở", "ban", "cục", "vụ", "viện"}


# A Vietnamese syllable without tone marks, or a foreign word of several; what is neither was an abbreviation.
_WORD = regex.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
    r"|[a-zđ]*[aeiouy]+[^aeiouy\d]+[aeiouy]+[a-zđ]*"
)
_SMALL = regex.compile(r"(?<![\p{L}\d])\p{Ll}[\p{Ll}\d]+(?!\p{L})")


def _abbreviation(word: regex.Match[str]) -> str:
    """ "ubnd", "qh15", "btc" in capitals again; words as they are."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word[0]) if not unicodedata.combining(c))
    return str(word[0] if _WORD.fullmatch(bare) else word[0].upper())


def sentence_case(phrase: str, text: str) -> str:
    """`phrase` in sentence case if it is printed in capitals: words as `text` prints them, the rest small."""
    if not _capitals(phrase):
        return phrase
    return str(_SMALL.sub(_abbreviation, _as_printed(phrase, text)[0]))


def title_case(name: str, text: str) -> str:
    """The name of a body in sentence case: "UỶ BAN NHÂN DÂN TỈNH LAI CHÂU" → "Ủy ban nhân dân tỉnh Lai Châu"."""
    name = regex.sub(r"(?i:uỷ)", lambda m: "ỦY" if m[0].isupper() else "ủy", name)
    bodies = _JOINT.split(name)
    if len(bodies) > 1:
        return " - ".join(title_case(body, text) for body in bodies)
    if not _capitals(name):
        return name[:1].upper() + name[1:]
    written, sure = _as_printed(name, text)
    if not sure:
        written = _by_rule(name)
    return written[:1].upper() + written[1:]


# Between the bodies of a joint act, and not in "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI".
_JOINT = regex.compile(r" - (?=(?:BỘ|ỦY BAN|TÒA ÁN|VIỆN|NGÂN HÀNG|THANH TRA|KIỂM TOÁN|VĂN PHÒNG|BAN|MẶT TRẬN) )")


def _capitals(phrase: str) -> bool:
    words = [w for w in regex.findall(r"\p{L}+", phrase) if len(w) > 1]
    return sum(1 for w in words if w.isupper()) * 2 >= len(words)


def _as_printed(phrase: str, text: str) -> tuple[str, bool]:
    """The phrase with each run of words as `text` prints it in sentence case; and whether all of it was found so."""
    small = text.lower()
    if len(small) != len(text):  # a letter whose small form is longer: offsets would not agree
        return phrase.lower(), False
    words = phrase.lower().split(" ")
    out: list[str] = []
    sure = True
    while len(out) < len(words):
        at = len(out)
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            run = " ".join(words[at : at + size])
            printed = _printed(run, small, text) if size > 1 else None
            if printed:
                out += printed.split(" ")
                break
        else:
            out.append(words[at])
            sure = False
    return " ".join(out), sure


def _shouted(text: str, start: int, end: int) -> bool:
    """Are two words side by side in capitals there? One alone is an abbreviation or a number ("XIV", "14/NQ-CP")."""
    start = text.rfind(" ", 0, max(start - 1, 0)) + 1
    follows = text.find(" ", end + 1)
    words = text[start : follows if follows >= 0 else len(text)].split()
    loud = [w.isupper() and len(w) > 1 for w in words]
    return any(a and b for a, b in pairwise(loud))


def _printed(run: str, small: str, text: str) -> str | None:
    """How `text` prints `run` inside a sentence, not in capitals and not at the head of a sentence."""
    at = small.find(run)
    tries = 0
    while at >= 0 and tries < 40:
        found = text[at : at + len(run)]
        inside = at > 1 and text[at - 1] == " " and (text[at - 2].isalpha() or text[at - 2] == ",")
        whole = not small[at + len(run) : at + len(run) + 1].isalpha()
        if inside and whole and not _shouted(text, at, at + len(run)):
            return found
        at = small.find(run, at + 1)
        tries += 1
    return None


def _by_rule(name: str) -> str:
    """Names of bodies by rule: a capital for the first word, for places, and for the fields of a ministry."""
    words = name.lower().split(" ")
    text = " ".join(words)
    for head in _PLACE_HEADS:
        place = regex.search(rf"(?<!\p{{L}}){regex.escape(head)} (?P<place>.+)$", text)
        if place:
            at = place.start("place")
            return _by_rule(text[: at - 1]) + " " + " ".join(w.capitalize() for w in place["place"].split(" "))
    if words[0] in _BODY_WORDS and len(words) > 1:
        words[1] = words[1].capitalize()
        words = [
            w.capitalize() if i and (words[i - 1] == "và" or words[i - 1].endswith(",")) else w
            for i, w in enumerate(words)
        ]
    fixed = " ".join(words)
    for body in ("Ủy ban", "Hội đồng nhân dân", "Quốc hội", "Chính phủ", "Việt Nam", "Nhà nước", "Đảng"):
        fixed = regex.sub(rf"(?<!\p{{L}}){body.lower()}(?!\p{{L}})", body, fixed)
    return fixed[:1].upper() + fixed[1:]
