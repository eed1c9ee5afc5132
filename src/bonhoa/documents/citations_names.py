"""Where the name of a law ends: known names first, then the grammar of a Vietnamese title.

A name begins with a capital syllable and goes on in small ones ("Luật Tổ chức chính quyền địa phương"); nothing marks
its end. A known name (`data/acts.csv`) ends where it ends; of an unknown one the name goes on until a sign, a
figure or a word that can only belong to the sentence.
"""

from __future__ import annotations

from functools import cache

import regex

from bonhoa.documents.acts import law_names
from bonhoa.documents.numbers import DATE, NUMBER

# Words that do not stand inside an unknown law's name: they open the rest of the sentence.
_SENTENCE = regex.compile(
    r"ban|bởi|các|chưa|cho|có|còn|cùng|cũng|của|do|dù|đã|đang|để|đến|đó|đối|được|gồm|hay|hiện|hết|hiệu"
    r"|hoặc|hướng|kể|khi|không|là|lần|mà|mới|năm|nào|này|nêu|nếu|ngày|nhằm|nhưng|như|nói|phải|qua|quy"
    r"|ra|sau|sẽ|số|sửa|tại|thay|thì|theo|thông|thuộc|tiếp|trên|trong|trước|từ|tương|vào|về|vẫn|với|vì|yêu"
)
_KINDS = r"(?:Bộ [Ll]uật|Luật|BỘ LUẬT|LUẬT|Pháp lệnh|PHÁP LỆNH)"
_LONGEST = 24  # words; the longest title of a law in force has 20
_DEEPEST = 3
_AMENDING = regex.compile(
    r"(?i:(?:sửa đổi,? (?:và )?bổ sung|sửa đổi|bổ sung)(?:(?: (?:một số|các|tên))?(?: (?:điều|điểm|khoản|nội dung))"
    rf"(?: và [\p{{L}} ,]{{3,60}}?)?(?: (?:của|tại))?|(?= {_KINDS} ))) ?"
)
_OF_LAW = regex.compile(rf"(?:các )?(?:{_KINDS}|(?:bộ )?luật) (?=\p{{L}})")
_LISTED = regex.compile(rf"(?:,|;| và|, và) (?=(?:của )?(?:{_KINDS} \p{{Lu}}|(?:bộ )?luật \p{{Ll}}))")
_NUMBER_NEXT = regex.compile(rf" (?:số:? ?)(?:{NUMBER})")
_CLOSING = regex.compile(rf",? (?:số:? ?)?(?:{NUMBER}|(?i:{DATE}))|,? năm \d{{4}}| ?(?:[;.)\n]|$)")
_ENDS = regex.compile(r" ?(?:[;.)\n]|$)")
_OWN_NUMBER = regex.compile(rf" (?:số:? ?)(?:{NUMBER})")


@cache
def _known() -> regex.Pattern[str]:
    """All known names as one pattern, the longest first; "Ủy"/"Uỷ" and "hóa"/"hoá" are the same word."""
    names = "|".join(_tones(regex.escape(n, literal_spaces=True)) for n in law_names())
    return regex.compile(rf"(?i:{names})(?![\p{{L}}\p{{M}}])")


def _tones(pattern: str) -> str:
    for new, old in (("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("úy", "uý"), ("ỏe", "oẻ")):
        pattern = pattern.replace(new, f"(?:{new}|{old})") if new != old else pattern
    return pattern


def law_name_end(text: str, at: int, depth: int = 0) -> int | None:
    """Where the name ends that begins at `at` (after "Luật "); None if no name begins there.

    A law may amend a law that amends another, `_DEEPEST` deep.

    >>> text = "Luật Lâm nghiệp và các văn bản"
    >>> text[5 : law_name_end(text, 5)]
    'Lâm nghiệp'
    """
    amending = _AMENDING.match(text, at) if depth < _DEEPEST else None
    if amending:
        return _amended_end(text, amending.end(), depth + 1)
    known = _known().match(text, at)
    if known and (depth or text[at].isupper() or text[at - 4 : at - 1].isupper() or known.end() - at > 9):
        longer = _unknown_end(text, at)  # "Luật Căn cước" is known, "Luật Căn cước công dân số 59/2014/QH13" another
        return longer if longer and longer > known.end() and _NUMBER_NEXT.match(text, longer) else int(known.end())
    return _unknown_end(text, at) if text[at : at + 1].isupper() else None


def _amended_end(text: str, at: int, depth: int) -> int | None:
    """The end of "sửa đổi, bổ sung một số điều của Luật A[, Luật B … và Luật C]".

    The laws of a list belong to the one amending law if its number or date follows the last of them, or nothing does;
    they may bear their own numbers, if "và" tells which is the last.
    """
    first = _OF_LAW.match(text, at)
    if not first:
        return _unknown_end(text, at, amending=True)
    end = law_name_end(text, first.end(), depth)
    if end is None:
        return _unknown_end(text, first.end(), amending=True) or first.end() - 1
    last, numbered, joined = end, False, ""
    for _ in range(20):
        own = _OWN_NUMBER.match(text, last)
        more = _LISTED.match(text, own.end() if own else last)
        law = _OF_LAW.match(text, more.end()) if more else None
        next_end = law_name_end(text, law.end(), depth) if law else None
        if more is None or next_end is None:
            break
        numbered, joined, last = numbered or bool(own), more[0], next_end
    if last == end:
        return end
    if numbered:
        own = _OWN_NUMBER.match(text, last)
        return own.end() if own and "và" in joined and _ENDS.match(text, own.end()) else end
    return last if _CLOSING.match(text, last) else end


_WORD = regex.compile(r"[\p{L}\-–]+")
_KIND_FIRST = regex.compile(_KINDS)
_FIGURE_NEXT = regex.compile(r" ?:? ?\d")
_ANOTHER = regex.compile(r" (?:\p{Lu}|các|những|văn bản|quy định|pháp luật|nghị|hướng dẫn|khoản|điểm)")
_ANOTHER_IN_CAPITALS = regex.compile(r" (?:CÁC|NGHỊ|LUẬT|BỘ LUẬT|QUYẾT|THÔNG)\b")


def _unknown_end(text: str, at: int, *, amending: bool = False) -> int | None:
    capitals = text[at : at + 3].isupper()
    end = at
    for count, word in enumerate(_WORD.finditer(text, at, at + 220)):
        gap = text[end : word.start()]
        if count and gap != " " and not (amending and gap == ", "):
            break
        if count >= _LONGEST:
            break
        token = word.group()
        small = token.lower()
        if (
            count
            and _SENTENCE.fullmatch(small)
            and not (amending and small in ("có", "đến", "trong", "các", "về", "quy"))
            and not (small == "hiện" and text[end - 4 : end].lower() == "thực")
        ):
            if small == "số" and _digital(text, word.start()):
                end = word.end()
                continue
            break
        if count and _KIND_FIRST.match(text, word.start(), word.start() + 10):
            break
        if small in ("và", "hoặc") and _ends_at_and(text, word.end(), capitals):
            break
        end = word.end()
    return end if end > at + 1 else None


def _digital(text: str, at: int) -> bool:
    """Is the "số" at `at` the word for "digital" ("chuyển đổi số", "công nghệ số") and not "number"?"""
    before = text[max(0, at - 12) : at].lower()
    words = ("chuyển đổi ", "dân ", "kinh tế ", "công nghệ ")
    return before.endswith(words) and not _FIGURE_NEXT.match(text, at + 2, at + 6)


def _ends_at_and(text: str, at: int, capitals: bool) -> bool:
    """Does the "và" before `at` join the law to something else, and not two words of its name?"""
    if capitals:
        return bool(_ANOTHER_IN_CAPITALS.match(text, at, at + 10))
    return bool(_ANOTHER.match(text, at, at + 12))
