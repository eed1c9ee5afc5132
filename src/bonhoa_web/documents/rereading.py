"""Reading again what was read: with the reading of today, and with all acts that are here by now.

A document whose plan was made keeps its text, for the rows of the plan point into it; what it cites is joined anew.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet

from bonhoa.common.errors import InputError
from bonhoa.documents import near_duplicates
from bonhoa_web.documents import actions, alike, linking
from bonhoa_web.documents.models import Document, ReadingStatus
from bonhoa_web.documents.snapshots import document_value

log = logging.getLogger("bonhoa.documents")


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of one document; `kept` if its text stayed as it was for its plan's sake, `error_vi`, `error_en` if
    it could not be read: then all of it stayed as it was, unless it is secret: then it is gone."""

    document: Document
    kept: bool = False
    error_vi: str = ""
    error_en: str = ""


def read_documents(unit: str = "", *, old: bool = False) -> QuerySet[Document]:
    """The documents that were read, of the receiver with the code `unit` if given; with `old` those stored before the
    library (they have no sketch). In the order of issue, so that what ends an act is read before what cites it later.
    """
    found = Document.objects.filter(status=ReadingStatus.READ)
    found = found.filter(receiver__code=unit) if unit else found
    found = found.filter(sketch=None) if old else found
    return found.order_by(F("issued_on").asc(nulls_last=True), "pk")


def read_again(found: QuerySet[Document], tell: Callable[[Reread], None]) -> None:
    """Read each of `found` again, each in its own transaction; `tell` hears what became of it. May be run again."""
    ids = list(found.values_list("pk", flat=True))
    for document in Document.objects.filter(pk__in=ids, key="").exclude(number=""):
        Document.objects.filter(pk=document.pk).update(key=linking.own_key(document))  # so that each finds the others
    for pk in ids:
        tell(_read_again(Document.objects.select_related("file", "receiver").get(pk=pk)))


def _read_again(document: Document) -> Reread:
    try:
        with document.file.file.open("rb") as stream:
            value = actions.value_of(document, stream.read())
        kept = hasattr(document, "plan") and value.text != document.text
        if kept:
            value = document_value(document)
        with transaction.atomic():
            sketch = near_duplicates.sketch(value.text)
            Document.objects.filter(pk=document.pk).update(sketch=sketch.to_bytes())
            alike.remember(document, sketch)
            actions.keep_reading(document, value)
    except InputError as error:
        if error.code == "secret":
            error = actions.forget_secret(document)
        return Reread(document, error_vi=error.vi, error_en=error.en)
    except Exception:  # a fault of ours, or a file that is gone, in one document must not stop the others
        log.exception("document %d could not be read again", document.pk)
        return Reread(
            document,
            error_vi="Hệ thống gặp lỗi khi đọc lại; văn bản giữ nguyên như cũ, xem nhật ký máy chủ.",
            error_en="The system met a fault while reading it again; it stayed as it was, see the server's log.",
        )
    return Reread(document, kept)
