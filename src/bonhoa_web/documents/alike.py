"""Documents that say nearly the same: found at the door, held until somebody decides, compared side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bonhoa.documents.near_duplicates import ALIKE, SAME, Sketch, likeness
from bonhoa_web.documents.models import Band, Document
from bonhoa_web.documents.queries import visible_documents
from bonhoa_web.foundation.models import User

MOST_CANDIDATES = 20  # texts that are compared whole; those with the likest sketches


@dataclass(frozen=True, slots=True)
class Alike:
    """Another document and how alike its text is, 0 to 1."""

    document: Document
    likeness: float

    @property
    def percent(self) -> int:
        """The likeness in whole percents, rounded down: 100 is said of equal texts only."""
        return int(self.likeness * 100)


def find(user: User, text: str, sketch: Sketch, other_than: int | None = None) -> list[Alike]:
    """The documents that `user` may see whose text is a near-duplicate of `text`, the likest first."""
    met = Band.objects.filter(key__in=sketch.bands()).exclude(document=other_than).values("document")
    seen = visible_documents(user).filter(pk__in=met)
    rated = [(sketch.likeness(Sketch.of_bytes(bytes(kept))), pk) for pk, kept in seen.values_list("pk", "sketch")]
    likest = [pk for estimate, pk in sorted(rated, reverse=True)[:MOST_CANDIDATES] if estimate > ALIKE - 0.2]
    others = Document.objects.filter(pk__in=likest).select_related("file").defer("content", "folded")
    exact = [Alike(other, likeness(text, other.text)) for other in others]
    return sorted((a for a in exact if a.likeness >= ALIKE), key=lambda a: (-a.likeness, a.document.pk))


def alike_to(user: User, document: Document) -> list[Alike]:
    """The near-duplicates of a stored document that `user` may see."""
    if document.sketch is None:
        return []
    return find(user, document.text, Sketch.of_bytes(bytes(document.sketch)), document.pk)


def nearby(user: User, document: Document) -> list[Alike]:
    """As `alike_to`, by the sketches alone: an estimate (to 0.05) that fetches no text."""
    if document.sketch is None:
        return []
    sketch = Sketch.of_bytes(bytes(document.sketch))
    met = Band.objects.filter(key__in=sketch.bands()).exclude(document=document.pk).values("document")
    others = visible_documents(user).filter(pk__in=met).select_related("file").defer("text", "content", "folded")
    rated = [Alike(other, sketch.likeness(Sketch.of_bytes(bytes(other.sketch)))) for other in others]
    return sorted((a for a in rated if a.likeness >= ALIKE), key=lambda a: (-a.likeness, a.document.pk))[:10]


def taken_for_one(document: Document, found: list[Alike]) -> list[Alike]:
    """Those of `found` that may be the same act as `document`. Acts with number, issuer and date of their own that
    differ are others, however alike (forms repeat), unless nothing but these differs."""
    return [a for a in found if a.likeness >= SAME or not (_identified(document) and _identified(a.document))]


def _identified(document: Any) -> bool:
    return bool(document.number and document.issuer and document.issued_on)


def remember(document: Document, sketch: Sketch) -> None:
    """Keep the bands by which the document is found, in place of earlier ones."""
    Band.objects.filter(document=document).delete()
    Band.objects.bulk_create([Band(document=document, key=key) for key in sorted(set(sketch.bands()))])
