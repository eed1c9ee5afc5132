"""Imports of many files: each is brought in or refused on its own and told in a report; then the batch is read.

Secrecy is decided at the door, as with a single upload, before we store anything: the job reads what was let in. (Of
a large upload Django keeps a temporary file until the request ends, see `unpacking`.) An import may be run again over
the same files: what is here already is found by its bytes, or number + issuer + date, and told as such.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bonhoa.common.errors import InputError
from bonhoa.documents.guards import refuse_oversize
from bonhoa_web.documents import rights
from bonhoa_web.documents.actions import DuplicateDocument, bring_in, read_stored
from bonhoa_web.documents.models import Batch, BatchItem, Document, Outcome, ReadingStatus
from bonhoa_web.documents.unpacking import Sheet
from bonhoa_web.foundation import jobs
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import Job, User

log = logging.getLogger("bonhoa.documents")
IMPORT_JOB = "documents.import"


def run(
    *,
    actor: User,
    receiver: Any,
    source: str,
    sheets: Iterable[Sheet],
    tell: Callable[[BatchItem], None] = lambda item: None,
) -> Batch:
    """Bring in every file, each in its own transaction, and leave the reading to a job. `tell` hears of each file."""
    batch: Batch = begin(actor=actor, receiver=receiver, source=source)
    for place, sheet in enumerate(sheets, 1):
        item = _brought_in(actor, batch, place, sheet)
        item.save()
        tell(item)
    finished: Batch = finish(actor=actor, batch=batch, receiver=receiver)
    return finished


@action("document.import", may=rights.may_import)
def begin(*, actor: User, trail: Trail, receiver: Any, source: str) -> Batch:
    """The record of an import that begins."""
    trail.detail = {"source": source[:255]}
    return Batch.objects.create(receiver=receiver, source=source[:255], created_by=actor)


def _brought_in(actor: User, batch: Batch, place: int, sheet: Sheet) -> BatchItem:
    """One file through the door; what became of it."""
    item = BatchItem(batch=batch, place=place, name=sheet.name[:400], outcome=Outcome.REFUSED)
    try:
        data = sheet.read()
        refuse_oversize(data, sheet.name)
        document = bring_in(actor=actor, receiver=batch.receiver, data=data, name=sheet.name, batch=batch)
    except DuplicateDocument as error:
        item.outcome, item.code, item.document = Outcome.PRESENT, error.code, error.document
        item.reason_vi, item.reason_en = error.vi, error.en
    except InputError as error:
        item.code, item.reason_vi, item.reason_en = error.code, error.vi, error.en
        if error.code == "secret":
            item.name = ""  # the name of a secret document tells of it
    except PermissionDenied:
        raise
    except Exception:  # a fault of ours in one file must not lose the others
        log.exception("file %d of import %d failed", place, batch.pk)
        item.code = "fault"
        item.reason_vi = "Hệ thống gặp lỗi với tệp này, không lưu gì của nó; hãy báo quản trị."
        item.reason_en = "The system met a fault with this file and stored nothing of it; tell the administrator."
    else:
        item.document = document
        item.outcome = Outcome.HELD if document.status == ReadingStatus.HELD else Outcome.IMPORTED
    return item


@action("document.import_end", may=rights.may_import)
def finish(*, actor: User, trail: Trail, batch: Batch, receiver: Any) -> Batch:
    """All files went through the door: the job that reads what was let in."""
    batch.finished_at = timezone.now()
    batch.job = jobs.enqueue(IMPORT_JOB, batch.pk, actor)
    batch.save(update_fields=["finished_at", "job"])
    unread = Document.objects.filter(status=ReadingStatus.WAITING, job=None)  # of this import, or of one cut short
    unread.filter(pk__in=batch.items.filter(outcome__in=[Outcome.IMPORTED, Outcome.PRESENT]).values("document")).update(
        job=batch.job
    )
    trail.detail = {"count": batch.items.count()}
    return batch


def read_job(job: Job) -> None:
    """The job behind an import: read each of its documents that is not read yet. A text that cannot be read is told on
    its own page; the others go on."""
    ids = list(Document.objects.filter(job=job).values_list("pk", flat=True))
    unread = Document.objects.filter(pk__in=ids, status__in=[ReadingStatus.WAITING, ReadingStatus.READING])
    waiting = list(unread.order_by("pk").values_list("pk", flat=True))
    faults = 0
    for number, pk in enumerate(waiting, len(ids) - len(waiting)):
        jobs.progress(
            job, number, len(ids), f"đã đọc {number}/{len(ids)} văn bản", f"{number} of {len(ids)} documents read"
        )
        document = Document.objects.select_related("file").get(pk=pk)
        try:
            read_stored(document, lambda *_: None)
        except Exception:
            log.exception("document %d could not be read", pk)
            faults += 1
    if faults:
        raise InputError(
            "unread",
            f"{faults} văn bản không đọc được; mở từng văn bản để xem lý do và đọc lại.",
            f"{faults} documents could not be read; open each to see why and read it again.",
        )
