"""Text as it is searched: without case, diacritics or extra space, so that "Sở Y tế" is found by "so y te"."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """`text` in lower case, without diacritics, each run of white space one space; its length may differ."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join(bare.replace("đ", "d").split())
