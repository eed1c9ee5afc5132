"""Text as it is searched: without case, diacritics or extra space, so that "Sở Y tế" is found by "so y te"."""

from __future__ import annotations

import unicodedata


class _Bare(dict[int, str]):
    """Each letter without its diacritics, looked up once."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFD", chr(code))
        bare = "".join(c for c in letters if not unicodedata.combining(c)).replace("đ", "d")
        self[code] = bare
        return bare


_BARE = _Bare()


def fold(text: str) -> str:
    """`text` in lower case, without diacritics, each run of white space one space; its length may differ."""
    return " ".join(text.lower().translate(_BARE).split())
