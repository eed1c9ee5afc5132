"""How names are made searchable."""

from __future__ import annotations

from bonhoa.common.folding import fold


def folded(*names: str) -> str:
    """What a search looks in: the names without diacritics."""
    return fold(" ".join(names)).strip()[:400]
