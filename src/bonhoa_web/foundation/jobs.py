"""Background jobs. The outbox is the `Job` row written with the action; DBOS runs it durably, and a start hands over
again whatever has no living workflow, so that a dead worker loses nothing.

Job functions must be idempotent: after a crash they run again from their beginning.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils import timezone

from bonhoa.common.errors import InputError
from bonhoa_web.foundation.models import Job, JobStatus, User

log = logging.getLogger("bonhoa.jobs")
Work = Callable[[Job], None]
_kinds: dict[str, Work] = {}
_engine: Any = None
_lock = threading.Lock()


def register(kind: str, work: Work) -> None:
    """`work(job)` does jobs of `kind`; `job.object_id` names the record."""
    _kinds[kind] = work


def enqueue(kind: str, object_id: object, user: User | None) -> Job:
    """Write the job into the running transaction; it starts when that commits."""
    job = Job.objects.create(kind=kind, object_id=str(object_id), created_by=user)
    transaction.on_commit(lambda: _hand_over(job.pk))
    return job


def progress(job: Job, done: int, total: int, vi: str = "", en: str = "") -> None:
    """Tell the page how far the work is."""
    Job.objects.filter(pk=job.pk).update(done=done, total=total, message_vi=vi, message_en=en)


def run(job_id: int) -> None:
    """Do one job now and record how it ended. An InputError is an answer for the user; anything else is a fault that
    is logged, recorded and shown as such."""
    job = Job.objects.get(pk=job_id)
    if job.status in {JobStatus.DONE, JobStatus.FAILED}:
        return
    Job.objects.filter(pk=job_id).update(status=JobStatus.RUNNING)
    try:
        _kinds[job.kind](job)
    except InputError as error:
        _finish(job_id, JobStatus.FAILED, error.vi, error.en)
    except Exception:
        log.exception("job %s (%s %s) failed", job_id, job.kind, job.object_id)
        _finish(job_id, JobStatus.FAILED, "Việc nền gặp lỗi của hệ thống; hãy thử lại, nếu còn lỗi hãy báo quản trị.",
                "The job met a fault of the system; try again, and tell the administrator if it stays.")
        raise
    else:
        _finish(job_id, JobStatus.DONE, "", "")


def _finish(job_id: int, status: JobStatus, vi: str, en: str) -> None:
    Job.objects.filter(pk=job_id).update(status=status, message_vi=vi, message_en=en, finished_at=timezone.now())


def _hand_over(job_id: int) -> None:
    if settings.BONHOA_JOBS == "inline":
        run(job_id)
    elif _engine is not None:
        _start_workflow(job_id)
    # else: a command line without workers; the next start of the server finds the row


def start(*, workers: bool = True) -> None:
    """Launch DBOS in this process and take up every unfinished job. Called by `serve` and `worker` only."""
    global _engine
    with _lock:
        if _engine is not None or not workers:
            return
        from dbos import DBOS, DBOSConfig

        os.environ.setdefault("DBOS_CONDUCTOR_KEY", "")
        config: DBOSConfig = {
            "name": "bonhoa",
            "system_database_url": settings.BONHOA_JOBS_DATABASE_URL,
            "run_admin_server": False,
            "enable_otlp": False,
            "log_level": "WARNING",
        }
        _engine = DBOS(config=config)

        @DBOS.workflow(name="bonhoa.job")
        def workflow(job_id: int) -> None:
            step(job_id)

        @DBOS.step(name="bonhoa.job.step")
        def step(job_id: int) -> None:
            close_old_connections()
            try:
                run(job_id)
            finally:
                close_old_connections()

        _engine.bonhoa_workflow = workflow
        DBOS.launch()
    for job_id in Job.objects.filter(status__in=[JobStatus.WAITING, JobStatus.RUNNING]).values_list("pk", flat=True):
        _start_workflow(job_id)


def stop() -> None:
    """Let go of the engine; what was running is taken up at the next start."""
    global _engine
    with _lock:
        if _engine is not None:
            _engine.destroy()
            _engine = None


def _start_workflow(job_id: int) -> None:
    from dbos import DBOS, SetWorkflowID

    with SetWorkflowID(f"job-{job_id}-{os.getpid()}"):
        DBOS.start_workflow(_engine.bonhoa_workflow, job_id)
