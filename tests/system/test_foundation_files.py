"""Stored files, background jobs inline, search: what the rooms build on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from bonhoa.common.errors import InputError
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.foundation import attachments, jobs, search
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import Attachment, Job, User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db
People = Callable[..., User]


@action("test.upload", may=lambda actor, **_: True)
def upload(*, actor: User, trail: Trail, data: bytes, name: str, fault: bool = False) -> Attachment:
    attachment = attachments.store(data=data, name=name, user=actor, trail=trail)
    if fault:
        raise InputError("test", "hỏng", "broken")
    return attachment


def stored_files() -> set[Path]:
    return {p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()}


# --- attachments -----------------------------------------------------------------------------------------------------


def test_a_file_is_stored_with_its_hash(person: People, province: Unit) -> None:
    kept = upload(actor=person(Role.CLERK, province), data=b"abc", name="../../etc/Kế hoạch\x00.docx")
    assert kept.name == "Kế hoạch.docx" and kept.size == 3
    assert kept.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    path = Path(kept.file.path)
    assert path.read_bytes() == b"abc" and Path(settings.MEDIA_ROOT) in path.parents


def test_a_failed_action_leaves_no_file(person: People, province: Unit) -> None:
    before = stored_files()
    with pytest.raises(InputError):
        upload(actor=person(Role.CLERK, province), data=b"abc", name="a.txt", fault=True)
    assert stored_files() == before and not Attachment.objects.exists()


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (50 * 1024 * 1024 + 1, "too_large"), (1, None)])
def test_an_upload_is_bounded(size: int, code: str | None) -> None:
    file = SimpleUploadedFile("to.docx", b"x")
    file.size = size
    if size == 0:
        file = SimpleUploadedFile("to.docx", b"")
    if code is None:
        assert attachments.read_upload(file) == b"x"
        return
    with pytest.raises(InputError) as refused:
        attachments.read_upload(file)
    assert refused.value.code == code and "to.docx" in refused.value.vi and "to.docx" in refused.value.en


def test_a_file_is_given_only_to_whom_a_room_lets_read_it(
    person: People, province: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, other = person(Role.CLERK, province), person(Role.CLERK, province)
    kept = upload(actor=owner, data=b"<script>alert(1)</script>", name="Tờ trình.html")
    monkeypatch.setattr(attachments, "_readers", [lambda user, a: user == owner])
    client = Client()
    client.force_login(other)
    assert client.get(f"/tep/{kept.pk}/").status_code == 404
    client.force_login(owner)
    answer = client.get(f"/tep/{kept.pk}/")
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    monkeypatch.setattr(attachments, "_readers", [])
    assert client.get(f"/tep/{kept.pk}/").status_code == 404, "nobody answers for it, so nobody reads it"


# --- jobs ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> dict[str, jobs.Work]:
    made: dict[str, jobs.Work] = {}
    monkeypatch.setattr(jobs, "_kinds", made)
    return made


def test_a_job_runs_when_its_transaction_commits(
    kinds: dict[str, jobs.Work], person: People, province: Unit, django_capture_on_commit_callbacks: Callable
) -> None:
    def work(job: Job) -> None:
        assert job.object_id == "7"
        jobs.progress(job, 10, 10)

    kinds["count"] = work
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("count", 7, person(Role.CLERK, province))
        assert Job.objects.get(pk=job.pk).status == "waiting"
    job.refresh_from_db()
    assert (job.status, job.done, job.total) == ("done", 10, 10) and job.finished_at is not None


def test_a_job_of_a_failed_transaction_never_was(
    kinds: dict[str, jobs.Work], django_capture_on_commit_callbacks: Callable
) -> None:
    ran: list[int] = []
    kinds["count"] = lambda job: ran.append(job.pk)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValueError, match="no"), transaction.atomic():
        jobs.enqueue("count", 7, None)
        raise ValueError("no")
    assert not ran and not Job.objects.exists()


def test_what_the_user_can_mend_is_said_in_both_languages(kinds: dict[str, jobs.Work]) -> None:
    def refuse(job: Job) -> None:
        raise InputError("test", "Tệp trống.", "The file is empty.")

    kinds["read"] = refuse
    job = Job.objects.create(kind="read", object_id="7")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.message_vi, job.message_en) == ("failed", "Tệp trống.", "The file is empty.")


def test_a_fault_is_raised_and_recorded_without_its_details(kinds: dict[str, jobs.Work]) -> None:
    def fail(job: Job) -> None:
        raise RuntimeError("secret detail")

    kinds["read"] = fail
    job = Job.objects.create(kind="read", object_id="7")
    with pytest.raises(RuntimeError):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == "failed" and "lỗi của hệ thống" in job.message_vi and "secret" not in job.message_vi


def test_a_finished_job_does_not_run_again(kinds: dict[str, jobs.Work]) -> None:
    ran: list[int] = []
    kinds["read"] = lambda job: ran.append(job.pk)
    job = Job.objects.create(kind="read", object_id="7")
    jobs.run(job.pk)
    jobs.run(job.pk)
    assert ran == [job.pk]


# --- search ----------------------------------------------------------------------------------------------------------


def test_search_asks_every_room_with_folded_words(
    person: People, province: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def provider(user: User, folded: str) -> list[search.Hit]:
        asked.append(folded)
        return [search.Hit("Văn bản", "Công điện <b>", "/van-ban/1/", "Bộ Y tế")]

    monkeypatch.setattr(search, "_providers", [provider])
    client = Client()
    client.force_login(person(Role.CLERK, province))
    page = client.get("/tim/", {"q": "  Điều  ĐỘNG "}).content.decode()
    assert asked == ["dieu dong"] and "Công điện &lt;b&gt;" in page and 'href="/van-ban/1/"' in page
    assert "Không tìm thấy gì" in client.get("/tim/", {"q": "đ"}).content.decode() and len(asked) == 1
