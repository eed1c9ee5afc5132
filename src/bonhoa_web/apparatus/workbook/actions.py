"""Imports of the workbook: taken in, read into a preview by a job, written whole or in part when somebody says so."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from bonhoa.apparatus.forms.reading import read_book
from bonhoa.common.errors import InputError
from bonhoa_web.apparatus import refusals
from bonhoa_web.apparatus.models import ImportLine, SheetImport, Unit
from bonhoa_web.apparatus.models.imports import ImportState, Verdict
from bonhoa_web.apparatus.rights import may_keep, may_reach
from bonhoa_web.apparatus.workbook.plan import Line, Plan, make
from bonhoa_web.apparatus.workbook.writing import write
from bonhoa_web.foundation import attachments, jobs
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import Job, JobStatus, User
from bonhoa_web.foundation.rights import holds
from bonhoa_web.foundation.roles import Role

READ_JOB, WRITE_JOB = "apparatus.import_read", "apparatus.import_write"
_STEPS = 5  # of a job: read, compare, preview, write, done
_BATCH = 1000


def may_import(actor: User, *, unit: Unit | None = None, record: SheetImport | None = None, **_: Any) -> bool:
    """Who keeps the map of a unit imports for it and for all below it."""
    concerned = unit or (record.unit if record else None)
    return concerned is not None and may_keep(actor, concerned)


@action("apparatus.import", may=may_import)
def upload(*, actor: User, trail: Trail, unit: Unit, data: bytes, name: str) -> SheetImport:
    """Take a file in; a job reads it and prepares the preview."""
    stored = attachments.store(data=data, name=name, user=actor, trail=trail)
    record = SheetImport.objects.create(unit=unit, name=stored.name, file=stored, created_by=actor)
    record.job = jobs.enqueue(READ_JOB, record.pk, actor)
    record.save(update_fields=["job"])
    trail.detail = {"unit": unit.code, "sha256": stored.sha256}
    return record


@action("apparatus.import_answer", may=may_import)
def answer(*, actor: User, trail: Trail, record: SheetImport, answers: dict[str, str]) -> SheetImport:
    """Say who is meant by rows of people whose name others bear too; the file is read again with the answers."""
    _must_be_open(record)
    record.answers |= answers
    record.state = ImportState.READING
    record.job = jobs.enqueue(READ_JOB, record.pk, actor)
    record.save(update_fields=["answers", "state", "job"])
    trail.detail = {"count": len(answers)}
    return record


@action("apparatus.import_go", may=may_import)
def go(*, actor: User, trail: Trail, record: SheetImport, whole: bool) -> SheetImport:
    """Have it written by a job: every row or none (`whole`), or the good rows only."""
    _must_be_open(record)
    if record.state == ImportState.READING:
        raise _not_open()
    record.state, record.whole = ImportState.WRITING, whole
    record.job = jobs.enqueue(WRITE_JOB, record.pk, actor)
    record.save(update_fields=["state", "whole", "job"])
    return record


@action("apparatus.import_drop", may=may_import)
def drop(*, actor: User, trail: Trail, record: SheetImport) -> SheetImport:
    """Leave it: nothing is written, the file is deleted."""
    _must_be_open(record)
    record.state = ImportState.DROPPED
    record.save(update_fields=["state"])
    attachments.empty(record.file)
    return record


def _must_be_open(record: SheetImport) -> None:
    """Raise InputError unless the import waits for a decision (as it is now), or its job met a fault."""
    now = SheetImport.objects.select_for_update(of=("self",)).select_related("job").get(pk=record.pk)
    record.state = now.state
    failed = now.job is not None and now.job.status == JobStatus.FAILED
    if now.state != ImportState.PREVIEW and not (failed and now.state in (ImportState.READING, ImportState.WRITING)):
        raise _not_open()


def _not_open() -> InputError:
    return InputError(
        "import_not_open",
        "Lần nhập này đang được xử lý hoặc đã xong; hãy tải lại trang.",
        "This import is being worked on or is finished; load the page again.",
    )


# --- the jobs --------------------------------------------------------------------------------------------------------


def read_job(job: Job) -> None:
    """Read the file and keep the preview. A file that cannot be read is refused with the reason and deleted."""
    record = _record(job)
    if record.state != ImportState.READING:
        return
    try:
        plan, notes = _plan(job, record)
    except InputError:
        refuse(actor=record.created_by, record=record)
        raise
    keep_preview(actor=record.created_by, record=record, plan=plan, notes=notes)


def write_job(job: Job) -> None:
    """Plan again over what is stored now, and write it in one transaction."""
    record = _record(job)
    if record.state != ImportState.WRITING:
        return
    plan, notes = _plan(job, record)
    bad = plan.count(Verdict.REFUSED) + plan.count(Verdict.ASKED)
    if record.whole and bad:
        keep_preview(actor=record.created_by, record=record, plan=plan, notes=notes)
        raise InputError(
            "bad_rows",
            f"Chưa ghi gì: {bad} dòng chưa ghi được; hãy sửa tệp rồi nhập lại, hoặc chọn chỉ ghi các dòng tốt.",
            f"Nothing was written: {bad} rows cannot be stored; correct the file and upload it again, or choose to "
            "write the good rows only.",
        )
    jobs.progress(job, 3, _STEPS, "đang ghi", "writing")
    try:
        put(actor=record.created_by, record=record, plan=plan, notes=notes)
    except IntegrityError as error:
        keep_preview(actor=record.created_by, record=record, plan=plan, notes=notes)
        reason = refusals.explain(error)
        if reason is None:
            raise
        raise InputError(
            reason.code,
            f"Chưa ghi gì, vì dữ liệu vừa được người khác sửa: {reason.vi} Hãy xem lại bản xem trước rồi ghi lại.",
            f"Nothing was written, because somebody else changed the data just now: {reason.en} Look at the preview "
            "again.",
        ) from None


def _record(job: Job) -> SheetImport:
    return SheetImport.objects.select_related("file", "unit", "created_by").get(pk=job.object_id)


def _plan(job: Job, record: SheetImport) -> tuple[Plan, list[list[str]]]:
    with record.file.file.open("rb") as stream:
        data = stream.read()

    def reading(rows: int) -> None:
        jobs.progress(job, 0, _STEPS, f"đã đọc {rows} dòng", f"{rows} rows read")

    def planning(vi: str, en: str) -> None:
        jobs.progress(job, 1, _STEPS, vi, en)

    book = read_book(data, record.name, reading)
    seals = record.created_by is not None and holds(record.created_by, Role.PERSONNEL, unit=record.unit)
    by = record.created_by

    @cache
    def reach(unit: Unit, scope: Unit | None) -> bool:
        return by is not None and may_reach(by, unit, scope)

    plan = make(book, record.unit, record.answers, f"NB{record.pk}", planning, seals, may_reach=reach)
    return plan, [list(note) for note in book.notes]


@action("apparatus.import_refused", may=may_import)
def refuse(*, actor: User, trail: Trail, record: SheetImport) -> SheetImport:
    """Keep that the file cannot be read."""
    record.state = ImportState.REFUSED
    record.save(update_fields=["state"])
    attachments.empty(record.file)
    return record


@action("apparatus.import_preview", may=may_import)
def keep_preview(*, actor: User, trail: Trail, record: SheetImport, plan: Plan, notes: list[list[str]]) -> SheetImport:
    """Keep what would become of each row; nothing of the map is written."""
    record.state = ImportState.PREVIEW
    trail.detail = {"rows": _keep_lines(record, plan, notes)}
    return record


@action("apparatus.import_write", may=may_import)
def put(*, actor: User, trail: Trail, record: SheetImport, plan: Plan, notes: list[list[str]]) -> SheetImport:
    """Write the plan, all in this transaction."""
    added = write(plan, actor)
    record.state, record.written_at = ImportState.WRITTEN, timezone.now()
    _keep_lines(record, plan, notes)
    attachments.empty(record.file)
    trail.detail = {"unit": record.unit.code, "count": added, "rows": record.counts}
    return record


def _keep_lines(record: SheetImport, plan: Plan, notes: list[list[str]]) -> dict[str, int]:
    """Keep each row's verdict, the counts and the notes; the counts are returned."""
    record.lines.all().delete()
    ImportLine.objects.bulk_create([_line(record, line) for line in plan.lines], batch_size=_BATCH)
    record.counts = {str(verdict): n for verdict in Verdict if (n := plan.count(verdict))}
    record.notes = notes
    record.save(update_fields=["state", "written_at", "counts", "notes"])
    return record.counts


_NAMED_BY = {  # what a row is told by: codes, no names of people
    "units": ("code",),
    "mandates": ("function", "unit"),
    "positions": ("position",),
    "posts": ("post",),
    "people": ("post", "person"),
    "skills": ("person", "skill"),
}


def _line(record: SheetImport, line: Line) -> ImportLine:
    named = (line.row.values.get(key) for key in _NAMED_BY[line.row.sheet])
    return ImportLine(
        of=record,
        number=line.number,
        sheet=line.row.title[:120],
        row=line.row.number,
        cell=line.cell,
        label=" · ".join(str(code) for code in named if code)[:255],
        verdict=line.verdict,
        message_vi=line.vi,
        message_en=line.en,
        choices=line.choices,
    )
