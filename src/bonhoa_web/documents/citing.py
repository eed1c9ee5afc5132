"""What a document cites and what cites it, as its page tells it: acts with their standing, links both ways."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.urls import reverse

from bonhoa.documents.acts import Act, Acts, ActState
from bonhoa.documents.model import RelationKind
from bonhoa_web.documents.known_acts import acts_about
from bonhoa_web.documents.models import Document, Link
from bonhoa_web.documents.outline import path_words
from bonhoa_web.documents.queries import library
from bonhoa_web.foundation.models import User

MOST_CITING = 200  # places in other documents that a page lists


@dataclass(frozen=True, slots=True)
class Named:
    """An act as a page names it: its address if the person sees it here."""

    title: str
    url: str | None = None


@dataclass
class Cited:
    """An act that the document cites, with the rows that cite it; `state` None where it is not known which act."""

    key: str
    title: str
    url: str | None
    state: ActState | None
    ended: dt.date | None
    successors: list[Named]
    own: bool = False
    rows: list[Link] = field(default_factory=list)
    relations: list[RelationKind] = field(default_factory=list)

    @property
    def flagged(self) -> bool:
        """True for an act that is no longer in force, but where the document itself ends it."""
        return self.state is ActState.ENDED and not {RelationKind.REPLACES, RelationKind.REPEALS} & set(self.relations)


@dataclass(frozen=True, slots=True)
class Citing:
    """A place in another document that cites this one."""

    document: Document
    relation: RelationKind
    provision: str
    place: str
    url: str


def cited_by_document(user: User, document: Document, on: dt.date, language: str) -> list[Cited]:
    """The acts that `document` cites, in the order of their first citation, as of a day."""
    rows = list(document.links.all())
    acts = acts_about(row.key for row in rows)
    standings = {key: acts.state(act, on) for key in {r.key for r in rows} if (act := acts.get(key))}
    after = {a.key for s in standings.values() for a in s.successors}
    here = addresses(user, {r.key for r in rows} | after)
    found: dict[str, Cited] = {}
    for row in rows:
        told = row.key or f"?{row.kind}|{row.number}|{row.name}"
        if told not in found:
            standing = standings.get(row.key)
            found[told] = Cited(
                key=row.key,
                title=standing.act.title() if standing else _as_cited(row),
                url=here.get(row.key),
                state=standing.state if standing else (ActState.UNKNOWN if row.key else None),
                ended=standing.act.ended if standing else None,
                successors=[Named(a.title(), here.get(a.key)) for a in standing.successors] if standing else [],
                own=bool(row.key) and row.key == document.key,
            )
        cited, kind = found[told], RelationKind.of(row.relation)
        row.words = path_words(row.place, language)  # type: ignore[attr-defined]
        cited.rows.append(row)
        if kind not in cited.relations:
            cited.relations.append(kind)
    return list(found.values())


def _as_cited(row: Link) -> str:
    number = f"số {row.number}" if row.number else ""
    day = f"ngày {row.date:%d/%m/%Y}" if row.date and row.number else ""
    return " ".join(x for x in (row.kind, row.name, number, day) if x)


def addresses(user: User, keys: set[str]) -> dict[str, str]:
    """The page of each act of `keys` that `user` sees in the library."""
    seen = library(user).filter(key__in=keys - {""}).order_by("-pk").values_list("key", "pk")
    return {key: reverse("documents-detail", args=[pk]) for key, pk in seen}


def citing_document(user: User, document: Document, language: str) -> tuple[list[Citing], int]:
    """The places in other documents that cite `document`, the newest document first; and how many there are in all."""
    if not document.key:
        return [], 0
    rows = Link.objects.filter(key=document.key, document__in=library(user).values("pk")).exclude(
        document__key=document.key
    )
    listed = (
        rows.select_related("document__file")
        .defer(*(f"document__{heavy}" for heavy in ("text", "folded", "content", "sketch", "head", "folded_head")))
        .order_by("-document__issued_on", "document", "ordinal")[:MOST_CITING]
    )
    found = [
        Citing(
            row.document,
            RelationKind.of(row.relation),
            row.provision,
            path_words(row.place, language),
            f"{reverse('documents-detail', args=[row.document_id])}#c{row.ordinal}",
        )
        for row in listed
    ]
    return found, len(found) if len(found) < MOST_CITING else rows.count()


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """Whether the document itself applies on a day, and by which acts it was ended or amended."""

    state: ActState
    ended: dt.date | None
    successors: list[Named]
    amended_by: list[Named]


def standing_of(user: User, document: Document, on: dt.date) -> OwnStanding | None:
    """What the register and the documents here know of the act that `document` is; None where it has no key."""
    acts: Acts = acts_about([document.key])
    act: Act | None = acts.get(document.key) if document.key else None
    if act is None:
        return None
    standing = acts.state(act, on)
    here = addresses(user, {a.key for a in standing.successors} | set(act.amended_by))

    def named(key: str) -> Named:
        known = acts.get(key)
        return Named(known.title() if known else key, here.get(key))

    return OwnStanding(
        standing.state,
        act.ended,
        [named(a.key) for a in standing.successors],
        [named(key) for key in act.amended_by],
    )
