"""Which act of the register each citation of a document names, and a notice where that act applies no longer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import regex

from bonhoa.documents.acts import UNVERIFIED, Act, Acts, ActState, Standing, name_key
from bonhoa.documents.model import Citation, Document, Notice, RelationKind
from bonhoa.documents.numbers import canonical

ENDED = "ended_act"
"""The code of the notice that a cited act applies no longer."""


def resolved(document: Document, acts: Acts, on: dt.date | None = None) -> Document:
    """`document` with the targets of its citations as of `on` (default: its own date), and notices of ended acts.

    Earlier targets and notices of this kind are replaced, so it may be done again with a fuller register. Without a
    date only numbers that are given once are resolved, and nothing is said of validity.
    """
    day = on or document.metadata.date
    citations = _with_targets(document.citations, acts, day)
    others = tuple(notice for notice in document.notices if notice.code != ENDED)
    document = replace(document, citations=citations)
    return replace(document, notices=others + (_ended_acts(document, acts, day) if day else ()))


def _with_targets(citations: Sequence[Citation], acts: Acts, on: dt.date | None) -> tuple[Citation, ...]:
    """A name or short number that the text has given in full means the same act from there on."""
    meant: dict[str, str | None] = {}
    found: list[Citation] = []
    for citation in citations:
        short = _short(citation)
        key: str | None
        if citation.same_as is not None and citation.same_as < len(found):
            key = found[citation.same_as].target
        elif short in meant:
            key = meant[short]
        else:
            act = acts.resolve(citation, on)
            key = act.key if act else None
            if citation.number and citation.name:
                meant[name_key(citation.kind, citation.name)] = key
            elif head := _head(citation):
                meant[head] = key if meant.get(head, key) == key else None  # two acts of that head: neither is sure
        found.append(replace(citation, target=key))
    return tuple(found)


def _short(citation: Citation) -> str:
    """Under what a citation that leaves something out could have been given in full; "" if it leaves out nothing."""
    if citation.name and not citation.number:
        return name_key(citation.kind, citation.name)
    if citation.number and citation.number.isdigit():
        return f"{citation.kind} {citation.number.lstrip('0')}"
    return ""


def _head(citation: Citation) -> str | None:
    """The short form of a full number: "Nghị quyết 57" of 57-NQ/TW."""
    figures = regex.match(r"\d+(?=[/-])", canonical(citation.number)) if citation.number else None
    return f"{citation.kind} {figures[0]}" if figures else None


def _ended_acts(document: Document, acts: Acts, on: dt.date) -> tuple[Notice, ...]:
    """A notice for each citation of an act that applied no longer on the day, but where the document ends it itself."""
    ending = {r.citation for r in document.relations if r.kind in (RelationKind.REPLACES, RelationKind.REPEALS)}
    found = []
    for index, citation in enumerate(document.citations):
        act = acts.get(citation.target) if citation.target else None
        standing = acts.state(act, on) if act and index not in ending else None
        if standing and standing.act.ended and standing.state is ActState.ENDED:
            found.append(_notice(citation, standing, standing.act.ended, acts))
    return tuple(found)


def _notice(citation: Citation, standing: Standing, ended: dt.date, acts: Acts) -> Notice:
    """What a person needs: which act, since when, by what, what applies now, and how sure that is."""
    act = standing.act
    by = [_titled(acts, key) for key in act.ended_by]
    now = [after.title() for after in standing.successors]
    unsure = act.status == UNVERIFIED or any(after.status == UNVERIFIED for after in standing.successors)
    vi = f"{act.title()} đã hết hiệu lực từ {ended:%d/%m/%Y}"
    en = f"{act.title()} is no longer in force since {ended.isoformat()}"
    if by:
        vi, en = vi + f", do {', '.join(by)}", en + f", by {', '.join(by)}"
    if now and now != by:
        vi, en = vi + f"; nay là {', '.join(now)}", en + f"; now {', '.join(now)}"
    vi += "; hãy xem có phải dẫn văn bản còn hiệu lực không" + (" (chưa kiểm chứng)." if unsure else ".")
    en += "; see whether the act in force is to be cited" + (" (unverified)." if unsure else ".")
    return Notice(ENDED, vi, en, citation.start, citation.end)


def _titled(acts: Acts, key: str) -> str:
    act: Act | None = acts.get(key)
    return act.title() if act else key
