"""Background jobs. The outbox is the `Job` row written with the action; DBOS runs it durably: a job whose process died
is taken up by the next one, so that nothing is lost, and nothing runs twice at a time.

Job functions must be idempotent: after a crash they run again from their beginning. One process at a time runs the
engine of an installation (`serve`, or `worker` where there is one); the other's jobs are found by its watch.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import IO, Any

from django.conf import settings
from django.core.files import locks
from django.db import DatabaseError, close_old_connections, transaction
from django.utils import timezone

from bonhoa.common.errors import InputError
from bonhoa_web.foundation.models import Job, JobStatus, User

log = logging.getLogger("bonhoa.jobs")
Work = Callable[[Job], None]
_kinds: dict[str, Work] = {}
_engine: _Engine | None = None


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
        _finish(
            job_id,
            JobStatus.FAILED,
            "Việc nền gặp lỗi của hệ thống; hãy thử lại, nếu còn lỗi hãy báo quản trị.",
            "The job met a fault of the system; try again, and tell the administrator if it stays.",
        )
        raise
    else:
        _finish(job_id, JobStatus.DONE, "", "")


def _finish(job_id: int, status: JobStatus, vi: str, en: str) -> None:
    Job.objects.filter(pk=job_id).update(status=status, message_vi=vi, message_en=en, finished_at=timezone.now())


def _hand_over(job_id: int) -> None:
    if settings.BONHOA_JOBS == "inline":
        run(job_id)
    elif _engine is not None:
        _engine.wake.set()
    # else: this process runs no jobs; the watch of the one that does finds the row


def start() -> bool:
    """Run the engine in this process and take up every unfinished job; False if another process already does.

    Called by `serve` and `worker` only, once per process.
    """
    global _engine
    settings.VAR.mkdir(parents=True, exist_ok=True)
    lock = (settings.VAR / "jobs.lock").open("w")
    if not locks.lock(lock, locks.LOCK_EX | locks.LOCK_NB):
        lock.close()
        return False
    _engine = _Engine(lock)
    return True


def stop() -> None:
    """Let go of the engine; what is unfinished is taken up at the next start."""
    global _engine
    if _engine is not None:
        _engine.stop()
        _engine = None


class _Engine:
    """DBOS and the watch that hands the rows of the outbox to it. No Conductor, no admin server, no telemetry."""

    ATTEMPTS = 5  # a job that took its process down so often is not started again
    SECONDS = 1.0  # between two looks into the outbox, for the rows that other processes wrote

    def __init__(self, lock: IO[str]) -> None:
        from dbos import DBOS, DBOSConfig

        config: DBOSConfig = {
            "name": "bonhoa",
            "application_version": "1",
            "executor_id": "bonhoa",
            "run_admin_server": False,
            "enable_otlp": False,
            "log_level": "ERROR",
            **_engine_database(settings.BONHOA_JOBS_DATABASE_URL),
        }
        self.lock, self.dbos = lock, DBOS(config=config)

        @DBOS.step(name="bonhoa.job.step")
        def step(job_id: int) -> None:
            close_old_connections()
            try:
                run(job_id)
            finally:
                close_old_connections()

        @DBOS.workflow(name="bonhoa.job", max_recovery_attempts=self.ATTEMPTS)
        def workflow(job_id: int) -> None:
            step(job_id)

        self.workflow = workflow
        DBOS.launch()
        self.wake, self.ended = threading.Event(), threading.Event()
        self.watch = threading.Thread(target=self._watch, name="bonhoa-jobs", daemon=True)
        self.watch.start()

    def stop(self) -> None:
        self.ended.set()
        self.wake.set()
        self.watch.join(10)
        self.dbos.destroy()
        self.lock.close()

    def _watch(self) -> None:
        while not self.ended.is_set():
            close_old_connections()
            try:
                self._take_up()
            except DatabaseError:  # the database is away or busy: the rows are still there at the next look
                log.exception("the outbox of jobs could not be read")
            close_old_connections()
            self.wake.wait(self.SECONDS)
            self.wake.clear()

    def _take_up(self) -> None:
        """See that every unfinished row has a living workflow. Its name is the row's, so that it has never two."""
        from dbos import DBOS, SetWorkflowID

        unfinished = Job.objects.filter(status__in=[JobStatus.WAITING, JobStatus.RUNNING]).order_by("pk")
        for job_id in unfinished.values_list("pk", flat=True):
            name = f"job-{job_id}"
            known = DBOS.get_workflow_status(name)
            match known.status if known else None:
                case "PENDING" | "ENQUEUED" | "DELAYED":
                    continue
                case "MAX_RECOVERY_ATTEMPTS_EXCEEDED":
                    _finish(
                        job_id,
                        JobStatus.FAILED,
                        "Việc nền làm sập hệ thống nhiều lần nên không chạy lại nữa; "
                        "hãy báo quản trị kèm tệp đã tải lên.",
                        "The job took the system down several times and is "
                        "not started again; tell the administrator, with the file that you uploaded.",
                    )
                    continue
                case None:
                    pass
                case _:  # ended, yet the row is open: it ended since we read the row, or the data came from a backup
                    if not unfinished.filter(pk=job_id).exists():
                        continue
                    DBOS.delete_workflow(name)
            with SetWorkflowID(name):
                DBOS.start_workflow(self.workflow, job_id)


def _engine_database(url: str) -> dict[str, Any]:
    """Where DBOS keeps its own tables. On SQLite with a write-ahead log, else each step waits for the disk twice."""
    if not url.startswith("sqlite"):
        return {"system_database_url": url.replace("postgres://", "postgresql://", 1)}
    import sqlalchemy

    engine = sqlalchemy.create_engine(url)

    @sqlalchemy.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = "IMMEDIATE"
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return {"system_database_url": url, "system_database_engine": engine}
