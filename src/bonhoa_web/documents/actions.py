"""Writes of the documents room: bring in, read, register, note."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from bonhoa.common.errors import InputError
from bonhoa.common.folding import fold
from bonhoa.documents import Document as Value
from bonhoa.documents import near_duplicates, read_text
from bonhoa.documents.metadata import find_metadata
from bonhoa.documents.model import Metadata
from bonhoa.documents.readers import read_source
from bonhoa_web.documents import alike, linking, rights
from bonhoa_web.documents.models import Batch, BatchItem, Document, LeaderNote, ReadingStatus
from bonhoa_web.foundation import attachments, audit, jobs
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import Job, JobStatus, User

READ_JOB = "documents.read"


class DuplicateDocument(InputError):
    """The same act is in the register already; `document` is it."""

    def __init__(self, document: Document) -> None:
        day = f"{document.issued_on:%d/%m/%Y}" if document.issued_on else "…"
        super().__init__(
            "duplicate",
            f"Văn bản {document} ngày {day} của {document.issuer or '…'} đã có trong hệ thống; không lưu thêm bản nữa.",
            f"{document} of {day} by {document.issuer or '…'} is in the system already; no second copy was stored.",
        )
        self.document = document

    @property
    def url(self) -> str:
        """Where the first one is."""
        return reverse("documents-detail", args=[self.document.pk])


def bring_in(*, actor: User, receiver: Any, data: bytes, name: str, batch: Batch | None = None) -> Document:
    """Check a file at the door and store it for reading. Raises InputError; then nothing of it is stored, and of a
    document with a secrecy mark only the fact that one was refused is logged.

    What nearly says the same as another document that `actor` sees is stored as "held": it is not read until somebody
    decides (`alike.keep`, `alike.discard`). A document of a `batch` is read by the batch's job.
    """
    name = attachments.clean_name(name)
    try:
        source = read_source(data, name)
    except InputError as error:
        if error.code == "secret":
            with transaction.atomic():
                audit.append(actor, "document.refused_secret", receiver, {})
        raise
    metadata = find_metadata(source)
    try:
        return store(
            actor=actor,
            receiver=receiver,
            data=data,
            name=name,
            text=source.text,
            metadata=metadata,
            batch=batch,
        )
    except IntegrityError:  # the same act came through another door at the same instant
        identity = identity_of(metadata.number or "", metadata.issuer or "", metadata.date, data)
        refuse_duplicate(receiver, identity, data=data)
        raise


@action("document.upload", may=rights.may_upload)
def store(
    *,
    actor: User,
    trail: Trail,
    receiver: Any,
    data: bytes,
    name: str,
    metadata: Metadata,
    text: str = "",
    batch: Batch | None = None,
) -> Document:
    """Store the file, the document that waits for reading, and the job that reads it. `text` as read at the door."""
    identity = identity_of(metadata.number or "", metadata.issuer or "", metadata.date, data)
    refuse_duplicate(receiver, identity, data=data)
    document = Document(
        receiver=receiver,
        file=attachments.store(data=data, name=name, user=actor, trail=trail),
        identity=identity,
        text=text,
        folded=fold(text),
        arrival_year=timezone.localdate().year,
        uploaded_by=actor,
    )
    describe(document, metadata)
    sketch = near_duplicates.sketch(text)
    held = alike.taken_for_one(document, alike.find(actor, text, sketch))
    document.status = ReadingStatus.HELD if held else ReadingStatus.WAITING
    document.sketch = sketch.to_bytes()
    document.save()
    alike.remember(document, sketch)
    if batch is None and not held:
        document.job = jobs.enqueue(READ_JOB, document.pk, actor)
        document.save(update_fields=["job"])
    trail.detail = {"name": name, "sha256": document.file.sha256}
    return document


def describe(document: Document, metadata: Metadata) -> None:
    """Put what reading found into the columns."""
    document.type = (metadata.type or "")[:80]
    document.number = (metadata.number or "")[:80]
    document.issuer = (metadata.issuer or "")[:255]
    document.issued_on = metadata.date
    document.signer = (metadata.signer or "")[:120]
    document.subject = metadata.subject or ""
    document.key = linking.own_key(document)


def identity_of(number: str, issuer: str, issued_on: dt.date | None, data: bytes | None = None) -> str:
    """What makes two uploads the same act (NĐ 30/2020 Phụ lục VI); where one of the three is unknown the bytes of the
    file, if given, else empty."""
    if not (number and issuer and issued_on):
        return f"sha256:{hashlib.sha256(data).hexdigest()}" if data is not None else ""
    return f"{fold(number).replace(' ', '')}|{fold(issuer)}|{issued_on.isoformat()}"[:400]


def refuse_duplicate(receiver: Any, identity: str, other_than: int | None = None, data: bytes | None = None) -> None:
    """Raise DuplicateDocument if `receiver` has an act of this identity, or these very bytes."""
    same = Q(identity=identity) if identity else Q(pk=None)
    if data is not None:
        same |= Q(file__sha256=hashlib.sha256(data).hexdigest())
    here = Document.objects.filter(receiver=receiver).select_related("file").defer("text", "folded", "content")
    found = here.filter(same).exclude(pk=other_than).first()
    if found is not None:
        raise DuplicateDocument(found)


def read_job(job: Job) -> None:
    """The job behind an upload; running it twice gives the same."""
    document = Document.objects.select_related("file").filter(pk=job.object_id).first()
    if document is None or document.status in {ReadingStatus.READ, ReadingStatus.HELD}:
        return
    read_stored(document, partial(jobs.progress, job))


def read_stored(document: Document, tell: Callable[..., None]) -> None:
    """Read what is stored and keep what was found, or why it could not be read (and raise). `tell(done, total, vi, en)`
    hears how far it is."""
    Document.objects.filter(pk=document.pk).update(status=ReadingStatus.READING)
    tell(1, 3, "đang đọc tệp", "reading the file")
    with document.file.file.open("rb") as stream:
        data = stream.read()
    try:
        value = value_of(document, data, tell)
    except InputError as error:
        if error.code == "secret":
            raise forget_secret(document) from None
        Document.objects.filter(pk=document.pk).update(
            status=ReadingStatus.FAILED, error_vi=error.vi, error_en=error.en
        )
        raise
    except Exception:  # a fault of ours: the page must offer to read again
        Document.objects.filter(pk=document.pk).update(
            status=ReadingStatus.FAILED,
            error_vi="Hệ thống gặp lỗi khi đọc văn bản; hãy đọc lại, nếu còn lỗi hãy báo quản trị.",
            error_en="The system met a fault while reading; read it again, and tell the administrator if it stays.",
        )
        raise
    keep_reading(document, value)
    tell(3, 3)


def forget_secret(document: Document) -> InputError:
    """A stored document turns out to bear a secrecy mark: it goes, with its file, scan, links and notes, and the audit
    tells of it as at the door. One with a plan cannot go; what was read of it and its files do, and it says what is
    left. Returns what to tell."""
    with transaction.atomic():
        document = Document.objects.select_for_update(of=("self",)).select_related("file", "scan").get(pk=document.pk)
        BatchItem.objects.filter(document=document).update(name="")
        if hasattr(document, "plan"):
            audit.append(None, "document.refused_secret", document, {"plan": document.plan.pk})
            return _blocked(document)
        audit.append(None, "document.refused_secret", document.receiver, {})
        files = [f for f in (document.file, document.scan) if f is not None]
        document.delete()
        for file in files:
            attachments.remove(file)
    return InputError(
        "secret",
        "Văn bản đã lưu có dấu chỉ độ mật nên đã bị xóa khỏi hệ thống cùng tệp của nó; hãy xử lý theo chế độ văn bản "
        "mật, ngoài hệ thống này.",
        "A stored document bears a secrecy mark and was removed from the system with its file; handle it by the regime "
        "for secret documents, outside this system.",
    )


def _blocked(document: Document) -> InputError:
    """Take away the text, the search words, the links and the bytes of a secret document that has a plan."""
    error = InputError(
        "secret",
        "Văn bản có dấu chỉ độ mật: nội dung và tệp đã bị xóa, nhưng bảng phân công và thông tin vào sổ vẫn còn; hãy "
        "báo quản trị để gỡ theo chế độ văn bản mật.",
        "The document bears a secrecy mark: its text and file were removed, but its plan and register entry are still "
        "here; tell the administrator to remove them by the regime for secret documents.",
    )
    document.links.all().delete()
    document.bands.all().delete()
    scan = document.scan
    document.text = document.folded = document.subject = ""
    document.content = document.sketch = document.scan = None
    document.status, document.error_vi, document.error_en = ReadingStatus.FAILED, error.vi, error.en
    document.save()
    attachments.empty(document.file)
    if scan is not None:
        attachments.remove(scan)
    return error


def value_of(document: Document, data: bytes, tell: Callable[..., None] = lambda *_: None) -> Value:
    """What reading finds in `data`, the bytes of the document's file. Raises InputError."""
    source = read_source(data, document.file.name, progress=partial(_tell_pages, tell))
    tell(2, 3, "đang nhận cấu trúc, trích dẫn", "finding structure and citations")
    return read_text(source)


KEPT = (
    "text",
    "content",
    "folded",
    "status",
    "error_vi",
    "error_en",
    "effective_on",
    "expires_on",
    "ended_on",
    "key",
)


def _tell_pages(tell: Callable[..., None], done: int, total: int) -> None:
    """Every hundredth page of a long PDF, as a part of the first of three steps."""
    if done % 100 == 0:
        tell(done, 3 * total, f"đang đọc trang {done}/{total}", f"reading page {done} of {total}")


def keep_reading(document: Document, value: Value) -> None:
    """Store what was read, and join its citations to acts; all or nothing."""
    with transaction.atomic():
        document.key = linking.own_key(document)
        value = linking.with_targets(document, value)
        document.text, document.content, document.folded = value.text, value.to_json(), fold(value.text)
        document.status, document.error_vi, document.error_en = ReadingStatus.READ, "", ""
        document.effective_on, document.expires_on = value.metadata.effective, value.metadata.expires
        linking.link(document, value)
        document.save(update_fields=KEPT)
        linking.relink(document)
        audit.append(None, "document.read", document, {"characters": len(value.text)})


@action("document.retry", may=rights.may_retry)
def retry(*, actor: User, trail: Trail, document: Document) -> Document:
    """Read again what could not be read. Raises InputError if the document is not in that state (any more): one that
    is held waits for its decision, one with a plan keeps the text that the plan points into."""
    document = Document.objects.select_for_update(of=("self",)).select_related("file", "receiver").get(pk=document.pk)
    idle = document.job is None or document.job.status in {JobStatus.DONE, JobStatus.FAILED}
    stuck = document.status in {ReadingStatus.WAITING, ReadingStatus.READING} and idle
    if hasattr(document, "plan") or not (document.status == ReadingStatus.FAILED or stuck):
        raise InputError(
            "not_failed",
            f"Không đọc lại {document} được: văn bản đã đọc xong, đang đọc, chờ quyết định hoặc đã có bảng phân công; "
            "hãy tải lại trang để xem.",
            f"{document} cannot be read again: it was read, is being read, waits for a decision or has a plan; reload "
            "the page to see.",
        )
    document.status, document.error_vi, document.error_en = ReadingStatus.WAITING, "", ""
    document.job = jobs.enqueue(READ_JOB, document.pk, actor)
    document.save(update_fields=["status", "error_vi", "error_en", "job"])
    return document


@action("document.keep", may=rights.may_decide)
def keep(*, actor: User, trail: Trail, document: Document) -> Document:
    """A held document is an act of its own: it is read. Once decided nothing happens."""
    kept = Document.objects.select_for_update().get(pk=document.pk)
    if kept.status == ReadingStatus.HELD:
        kept.status = ReadingStatus.WAITING
        kept.job = jobs.enqueue(READ_JOB, kept.pk, actor)
        kept.save(update_fields=["status", "job"])
    return kept


@action("document.discard", may=rights.may_decide)
def discard(*, actor: User, trail: Trail, document: Document) -> None:
    """A held document is here already: the file and what was found in it go. Raises InputError once it was kept."""
    document = Document.objects.select_for_update(of=("self",)).select_related("file", "receiver").get(pk=document.pk)
    if document.status != ReadingStatus.HELD:
        raise InputError(
            "not_held",
            f"Văn bản {document} đã được giữ lại, không bỏ được nữa; hãy mở văn bản để xem.",
            f"{document} was kept and cannot be discarded any more; open it to see.",
        )
    trail.target, trail.detail = document.receiver, {"name": document.file.name, "sha256": document.file.sha256}
    file = document.file
    document.delete()
    attachments.remove(file)


def next_arrival_number(receiver: Any, year: int) -> int:
    """The next number of the register of incoming documents of a unit in a year."""
    last = Document.objects.filter(receiver=receiver, arrival_year=year).aggregate(last=Max("arrival_number"))["last"]
    return (last or 0) + 1


REGISTERED = (
    "type",
    "number",
    "issuer",
    "issued_on",
    "signer",
    "subject",
    "arrival_number",
    "arrived_on",
    "due_on",
    "reply_number",
    "remark",
)


def register(*, actor: User, document: Document, scan: tuple[str, bytes] | None = None, **fields: Any) -> Document:
    """Enter a document into the register and correct its data. Raises InputError on a number that is taken, and on a
    scan that bears a secrecy mark: then only the fact that one was refused is logged.

    `scan`: name and bytes of the stamped paper's picture; an earlier one stays stored but is not shown any more.
    """
    if scan is not None and rights.may_register(actor, document=document):
        try:
            _refuse_secret_scan(*scan)
        except InputError:
            with transaction.atomic():
                audit.append(actor, "document.refused_secret", document, {})
            raise
    try:
        done: Document = enter(actor=actor, document=document, scan=scan, **fields)
    except IntegrityError:  # somebody took the number, or registered the same act, at the same instant
        _refuse_taken(document)
        raise
    return done


@action("document.register", may=rights.may_register)
def enter(
    *, actor: User, trail: Trail, document: Document, scan: tuple[str, bytes] | None = None, **fields: Any
) -> Document:
    """What `register` does once the scan is known to bear no secrecy mark."""
    before = {k: str(getattr(document, k) or "") for k in REGISTERED}
    for key in REGISTERED:
        if key in fields:
            value = fields[key]
            setattr(
                document,
                key,
                value if value is not None or key in {"issued_on", "arrival_number", "arrived_on", "due_on"} else "",
            )
    document.arrival_year = (document.arrived_on or timezone.localdate()).year
    document.identity = (
        identity_of(document.number, document.issuer, document.issued_on) or f"sha256:{document.file.sha256}"
    )
    document.key = linking.own_key(document)
    _refuse_taken(document)
    if scan is not None:
        document.scan = attachments.store(data=scan[1], name=scan[0], user=actor, trail=trail)
    document.save()
    linking.relink(document)
    trail.detail = {
        k: f"{before[k]} → {getattr(document, k) or ''}"
        for k in REGISTERED
        if before[k] != str(getattr(document, k) or "")
    }
    if scan is not None and document.scan is not None:
        trail.detail["scan"] = document.scan.sha256
    return document


def _refuse_taken(document: Document) -> None:
    """Raise InputError if the act, or its arrival number, is in the register already."""
    refuse_duplicate(document.receiver, document.identity, document.pk)
    taken = Document.objects.filter(
        receiver=document.receiver, arrival_year=document.arrival_year, arrival_number=document.arrival_number
    ).exclude(pk=document.pk)
    if document.arrival_number and taken.exists():
        raise InputError(
            "arrival_number",
            f"Số đến {document.arrival_number} năm {document.arrival_year} đã dùng cho văn bản khác; hãy lấy số "
            f"{next_arrival_number(document.receiver, document.arrival_year)}.",
            f"Arrival number {document.arrival_number} of {document.arrival_year} is taken; take "
            f"{next_arrival_number(document.receiver, document.arrival_year)}.",
        )


def _refuse_secret_scan(name: str, data: bytes) -> None:
    """A scan need not be readable as text; if it is, it bears no secrecy mark. Raises InputError("secret")."""
    try:
        read_source(data, name)
    except InputError as error:
        if error.code == "secret":
            raise


@action("document.note", may=rights.may_note)
def note(
    *,
    actor: User,
    trail: Trail,
    document: Document,
    lead: Any,
    cooperating: Sequence[Any] = (),
    due_on: dt.date | None = None,
    text: str = "",
    wants_plan: bool = True,
) -> LeaderNote:
    """The leader's note (bút phê): who leads, who cooperates, until when (NĐ 30/2020 Điều 23). With `wants_plan`
    the document waits for its plan. Raises InputError on a limit before today or before the document."""
    _refuse_past(document, due_on)
    made = LeaderNote.objects.create(
        document=document, author=actor, lead=lead, due_on=due_on, text=text, wants_plan=wants_plan
    )
    made.cooperating.set(_others(cooperating, lead))
    if due_on and not document.due_on:
        document.due_on = due_on
        document.save(update_fields=["due_on"])
    trail.target = document
    trail.detail = {"lead": lead.code, "due_on": due_on.isoformat() if due_on else ""}
    return made


def _refuse_past(document: Document, due_on: dt.date | None) -> None:
    today = timezone.localdate()
    if due_on is None or due_on >= max(today, document.issued_on or today):
        return
    early = due_on < today
    day = today if early else document.issued_on
    raise InputError(
        "past_limit",
        f"Thời hạn {due_on:%d/%m/%Y} ở trước {'hôm nay' if early else 'ngày của văn bản'} ({day:%d/%m/%Y}); "
        "hãy chọn ngày muộn hơn, hoặc để trống nếu không đặt hạn.",
        f"The limit {due_on.isoformat()} is before {'today' if early else 'the date of the document'} "
        f"({day.isoformat()}); choose a later day, or leave it empty if there is no limit.",
    )


def _others(units: Iterable[Any], lead: Any) -> list[Any]:
    return [u for u in units if u.pk != lead.pk]
