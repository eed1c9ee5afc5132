"""Vocabularies with a Vietnamese and an English label: the only definition, forms and API derive from it."""

from __future__ import annotations

from enum import Enum
from typing import Self


class Labelled(str, Enum):
    """A string enum whose members are written `NAME = "value", "nhãn", "label"`."""

    vi: str
    en: str

    def __new__(cls, value: str, vi: str, en: str) -> Labelled:
        member = str.__new__(cls, value)
        member._value_ = value
        member.vi, member.en = vi, en
        return member

    def __str__(self) -> str:
        return str(self.value)

    def label(self, language: str = "vi") -> str:
        """The label in `language` ("vi" or "en")."""
        return self.en if language.startswith("en") else self.vi

    @classmethod
    def of(cls, value: str) -> Self:
        """The member with that value; ValueError if there is none. (Type checkers refuse `cls(value)` here.)"""
        for member in cls:
            if member.value == value:
                return member
        raise ValueError(f"{value!r} is not a {cls.__name__}")

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(value, Vietnamese label) pairs, for a model field."""
        return [(str(m.value), m.vi) for m in cls]
