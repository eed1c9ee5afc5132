"""Folded text finds what was typed without diacritics, composed or decomposed."""

import unicodedata

import pytest

from bonhoa.common.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Sở Y tế", "so y te"), ("Đắk  Lắk\n", "dak lak"), ("ĐẢNG ỦY", "dang uy"), ("Ủy ban nhân dân", "uy ban nhan dan")],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded == fold(unicodedata.normalize("NFD", text)) == fold(folded)
