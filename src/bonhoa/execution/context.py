"""What a leaf of the document inherits from the headings, announcing sentences and labelled lines above it."""

from __future__ import annotations

from dataclasses import dataclass

from bonhoa.execution.model import Deadline


@dataclass(frozen=True, slots=True)
class Named:
    """Names that came from some place of the document, with the rule that found them."""

    names: tuple[str, ...]
    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Context:
    """What a leaf inherits from above."""

    lead: Named | None = None
    coordinate: Named | None = None
    deadline: Deadline | None = None
    deliverable: tuple[str, int, int] | None = None
    obliging: bool = False  # the part lists tasks, so that an item that names nobody is one too
    drafting: bool = True  # acts that are named below are to be drawn up, not read, discussed or carried out
    decided: bool = False  # the lead comes from an attribute line, which decides over a general subject
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A leaf that was not taken for a task, and why."""

    start: int
    end: int
    vi: str
    en: str
