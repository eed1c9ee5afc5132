"""What is known of acts on a day: the shipped register and what the documents here say of themselves and of others.

Only what concerns the acts that are asked for is fetched, with what ended those, and so on; a circle of acts that end
each other ends the fetching too, for nothing is fetched twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from bonhoa.documents.acts import Acts
from bonhoa.documents.model import Citation, Metadata, Relation, RelationKind
from bonhoa_web.documents.models import Document, Link

CHANGES = (str(RelationKind.AMENDS), str(RelationKind.REPLACES), str(RelationKind.REPEALS))
_ROUNDS = 5  # of what was ended by what was ended by …: who asks for one act wants to know what applies now


@dataclass(frozen=True, slots=True)
class _Read:
    """A document as far as the register needs it (`bonhoa.documents.acts.ReadAct`)."""

    metadata: Metadata
    citations: tuple[Citation, ...]
    relations: tuple[Relation, ...]


def acts_about(keys: Iterable[str]) -> Acts:
    """The register with all that the documents here add about the acts of `keys`; two queries a round, at most ten."""
    wanted, seen = {k for k in keys if k}, set[str]()
    documents: dict[str, Metadata] = {}
    changes: dict[str, list[Link]] = {}
    for _ in range(_ROUNDS):
        asked = wanted - seen
        if not asked:
            break
        seen |= asked
        documents |= {d.key: _metadata(d) for d in _documents().filter(key__in=asked)}
        rows = Link.objects.filter(key__in=asked, relation__in=CHANGES).exclude(document__key="")
        for row in rows.select_related("document").only(*_OF_LINK, *(f"document__{f}" for f in _OF_DOCUMENT)):
            documents[row.document.key] = _metadata(row.document)
            changes.setdefault(row.document.key, []).append(row)
            wanted.add(row.document.key)
    shipped = Acts.shipped()
    return shipped.with_documents(_read(documents[key], changes.get(key, [])) for key in documents)


_OF_DOCUMENT = ("key", "type", "number", "issuer", "issued_on", "subject", "effective_on", "expires_on")
_OF_LINK = ("document", "ordinal", "relation", "key", "kind", "number", "date", "name", "provision", "effective")


def _documents() -> QuerySet[Document]:
    return Document.objects.only(*_OF_DOCUMENT)


def _metadata(document: Document) -> Metadata:
    return Metadata(
        type=document.type or None,
        number=document.number or None,
        date=document.issued_on,
        issuer=document.issuer or None,
        subject=document.subject or None,
        effective=document.effective_on,
        expires=document.expires_on,
    )


def _read(metadata: Metadata, rows: list[Link]) -> _Read:
    unique = {(row.key, row.relation): row for row in reversed(rows)}
    citations, relations = [], []
    for index, row in enumerate(unique.values()):
        citations.append(
            Citation(
                0, 0, row.kind or None, row.number or None, row.date, row.provision or None, row.key, row.name or None
            )
        )
        relations.append(Relation(RelationKind.of(row.relation), index, row.effective))
    return _Read(metadata, tuple(citations), tuple(relations))
