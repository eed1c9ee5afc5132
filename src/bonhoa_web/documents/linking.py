"""The citations of a document as rows that join it to acts: of the register, and to other documents here.

The rows carry the key of the act, so that a document that arrives later is joined without a word: only a citation by a
number that repeats (no date, no year) is looked at again, since only then can it be told which act is meant.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db.models import Q

from bonhoa.common.folding import fold
from bonhoa.documents import Document as Value
from bonhoa.documents.acts import Acts, act_key
from bonhoa.documents.model import Citation, RelationKind
from bonhoa.documents.numbers import canonical
from bonhoa.documents.resolving import resolved
from bonhoa_web.documents.known_acts import acts_about
from bonhoa_web.documents.models import Document, Link
from bonhoa_web.documents.outline import Places

TERM = dt.timedelta(days=366)  # a number without a year comes again after that


def own_key(document: Document) -> str:
    """The key of the act that a document is; empty without a number, or if the number repeats and has no date."""
    if not document.number or (document.issued_on is None and not _once(document.number)):
        return ""
    return act_key(document.number, document.issued_on)[:200]


def _once(number: str) -> bool:
    """True if the number is given once: no date is needed to tell the act."""
    return act_key(number, dt.date.min) == act_key(number, None)


def with_targets(document: Document, value: Value) -> Value:
    """`value`, read of `document`, with the acts that its citations name and a notice of those that applied no longer,
    by the register and the documents here.

    A number that repeats and is cited without its day has the day of the act that it can only be, and is resolved by
    it; the citation keeps saying what the text says.
    """
    keys = {act_key(c.number, c.date) for c in value.citations if c.number}
    found = resolved(value, acts_about(keys))
    open_ = {c.number for c in found.citations if c.number and not c.target and not c.date}
    meant = {number: _undated(document, number) for number in open_ if not _once(number)}
    days = {number: day for number, (_key, day) in meant.items() if day}
    if not days:
        return found
    acts = acts_about(keys | {key for key, _day in meant.values()})
    dated = [c if c.date or c.target else replace(c, date=days.get(c.number or "")) for c in found.citations]
    found = resolved(replace(value, citations=tuple(dated)), acts)
    as_said = (replace(c, date=said.date) for c, said in zip(found.citations, value.citations, strict=True))
    return replace(found, citations=tuple(as_said))


def link(document: Document, value: Value) -> None:
    """Write the rows of a document that was read, in place of those of an earlier reading; join what cited it."""
    known = Acts.shipped().get(document.key) if document.key else None
    document.ended_on = known.ended if known else None
    if document.effective_on is None and known:
        document.effective_on = known.effective
    relations = {r.citation: r for r in value.relations}
    places = Places(value.structure)
    Link.objects.filter(document=document).delete()
    rows = []
    for ordinal, citation in enumerate(value.citations):
        relation = relations.get(ordinal)
        key, date = act_of(document, citation)
        rows.append(
            Link(
                document=document,
                ordinal=ordinal,
                relation=str(relation.kind if relation else RelationKind.CITES),
                key=key[:200],
                kind=(citation.kind or "")[:80],
                number=(citation.number or "")[:80],
                date=date,
                name=(citation.name or "")[:400],
                provision=(citation.provision or "")[:400],
                place=places.path_at(citation.start)[:200],
                start=citation.start,
                end=citation.end,
                effective=relation.effective if relation else None,
            )
        )
    Link.objects.bulk_create(rows, batch_size=500)


def relink(document: Document) -> int:
    """Join the citations by a number alone that waited: those of `document`'s number, and its own; how many."""
    if not (document.number and document.issued_on):
        return 0
    waiting = Link.objects.filter(Q(number__iexact=document.number) | Q(document=document, key=""), key="")
    waiting = waiting.exclude(number="").select_related("document")
    joined = []
    for row in waiting.defer("document__text", "document__folded", "document__content", "document__sketch"):
        row.key, row.date = _undated(row.document, row.number)
        if row.key:
            joined.append(row)
    Link.objects.bulk_update(joined, ["key", "date"], batch_size=500)
    return len(joined)


def act_of(document: Document, citation: Citation) -> tuple[str, dt.date | None]:
    """The key and the day of the act that a citation `with_targets` names, also of an act that is known from being
    cited only; ("", …) where it is not known which."""
    if citation.target:
        known = Acts.shipped().get(citation.target)
        return citation.target, citation.date or (known.date if known else _undated(document, citation.number or "")[1])
    if not citation.number or not any(c.isalpha() for c in citation.number):
        return "", citation.date
    sure = citation.date is not None or _once(citation.number)
    return act_key(citation.number, citation.date) if sure else "", citation.date


def _undated(document: Document, number: str) -> tuple[str, dt.date | None]:
    """The one act of the same issuer with that number in the year before `document`."""
    if document.issued_on is None or not document.issuer:
        return "", None
    near = Document.objects.filter(
        key__startswith=f"{canonical(number)}@",
        issued_on__lte=document.issued_on,
        issued_on__gt=document.issued_on - TERM,
    ).exclude(key=document.key)
    issuer = fold(document.issuer)
    found = {(k, d) for k, d, i in near.values_list("key", "issued_on", "issuer") if fold(i) == issuer}
    return found.pop() if len(found) == 1 else ("", None)
