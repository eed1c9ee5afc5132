"""Many documents at once: zip, folder, command; near-duplicates held; the same act at the same instant; secrecy."""

import datetime as dt
import io
import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from openpyxl import load_workbook
from tests.system.world_of_documents import act, bring, clerk

from bonhoa.cli import main
from bonhoa.common.errors import InputError
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.documents import actions, batches, unpacking
from bonhoa_web.documents.models import Batch, BatchItem, Document, Outcome, ReadingStatus
from bonhoa_web.foundation import jobs
from bonhoa_web.foundation.models import Attachment, AuditEntry, Job, User
from bonhoa_web.foundation.roles import Role

__all__ = ["bring", "clerk"]
Bring = Callable[..., Document]
Commit = Callable[..., object]
IMPORT = "/van-ban/nhap/"
DAY = dt.date(2026, 3, 5)
LONG = " ".join(f"Cơ quan thứ {n} rà soát việc {n * 7} theo quy định tại mục {n * 3}." for n in range(60))
SECRET = "MẬT\n" + act("9/QĐ-UBND", DAY, "Kế hoạch tuyệt đối riêng")


def texts() -> dict[str, bytes]:
    return {
        "a/1.txt": act("1/QĐ-UBND", DAY, "Quy định về đất đai").encode(),
        "a/2.txt": act("2/QĐ-UBND", DAY, "Quy định về chợ").encode(),
        "a/1 - bản sao.txt": act("1/QĐ-UBND", DAY, "Quy định về đất đai").encode(),
        "bí mật.txt": SECRET.encode(),
        "hỏng.docx": b"PK\x03\x04 not a docx",
        "trống.txt": b"",
        "ảnh.png": b"\x89PNG\r\n\x1a\n",
    }


OUTCOMES = {
    "a/1.txt": "present",  # the copy stands before it in the order of names
    "a/1 - bản sao.txt": "imported",
    "a/2.txt": "imported",
    "": "refused",
    "hỏng.docx": "refused",
    "trống.txt": "refused",
    "ảnh.png": "refused",
}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files):
            package.writestr(name, files[name])
        package.writestr("__MACOSX/._1.txt", b"x")
        package.writestr("a/", b"")
    return out.getvalue()


def send(client: Client, *files: tuple[str, bytes], commit: Commit) -> object:
    with commit(execute=True):
        return client.post(IMPORT, {"files": [SimpleUploadedFile(name, data) for name, data in files]})


@pytest.fixture
def client(clerk: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(clerk)


# --- the import ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_zip_comes_in_is_read_and_reported(client: Client, django_capture_on_commit_callbacks: Commit) -> None:
    done = send(client, ("vb.zip", zipped(texts())), commit=django_capture_on_commit_callbacks)
    batch = Batch.objects.get()
    assert done.status_code == 302 and done["Location"] == f"/van-ban/lan-nhap/{batch.pk}/"
    assert {i.name: i.outcome for i in batch.items.all()} == OUTCOMES
    assert {d.number: d.status for d in Document.objects.all()} == {
        "1/QĐ-UBND": ReadingStatus.READ,
        "2/QĐ-UBND": ReadingStatus.READ,
    }
    batch.refresh_from_db()
    assert batch.job is not None and batch.job.status == "done"
    page = client.get(done["Location"])
    shown = page.content.decode()
    assert "dấu chỉ độ mật" in shown and "bí mật.txt" not in shown and "(không lưu tên)" in shown
    assert page.context["total"] == 7 and client.get(f"{done['Location']}?ket-qua=refused").context["total"] == 4
    sheet = load_workbook(io.BytesIO(client.get(f"{done['Location']}?ket-qua=refused&xuat=xlsx").content)).active
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(rows) == 4 and all(r[3] for r in rows), "each refusal with its reason"
    assert "vb.zip" in client.get("/van-ban/lan-nhap/").content.decode()


@pytest.mark.django_db
def test_of_a_secret_document_nothing_is_kept_but_the_reason(
    client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    send(client, ("bí mật của tỉnh.txt", SECRET.encode()), commit=django_capture_on_commit_callbacks)
    item = BatchItem.objects.get()
    assert (item.code, item.name, item.document) == ("secret", "", None) and "độ mật" in item.reason_vi
    assert not Document.objects.exists() and not Attachment.objects.exists()
    kept = json.dumps(
        [list(m.objects.values()) for m in (Batch, BatchItem, Job)]
        + [list(AuditEntry.objects.values("action", "detail"))],
        default=str,
        ensure_ascii=False,
    )
    assert Batch.objects.get().source == "1 tệp"
    assert "tuyệt đối riêng" not in kept and "9/Q" not in kept and "bí mật của tỉnh" not in kept
    assert AuditEntry.objects.filter(action="document.refused_secret").count() == 1


@pytest.mark.django_db
def test_again_imports_only_what_is_new(client: Client, django_capture_on_commit_callbacks: Commit) -> None:
    files = texts()
    send(client, ("vb.zip", zipped(files)), commit=django_capture_on_commit_callbacks)
    files["a/3.txt"] = act("3/QĐ-UBND", DAY, "Quy định về bến xe").encode()
    before = Attachment.objects.count()
    send(client, ("vb.zip", zipped(files)), commit=django_capture_on_commit_callbacks)
    second = Batch.objects.first()
    assert [i.name for i in second.items.filter(outcome=Outcome.IMPORTED)] == ["a/3.txt"]
    assert second.items.filter(outcome=Outcome.PRESENT).count() == 3
    assert Document.objects.count() == 3 and Attachment.objects.count() == before + 1


@pytest.mark.django_db
def test_an_import_that_was_interrupted_goes_on(
    clerk: User,
    province: Unit,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Commit,
) -> None:
    """The process dies among the files; then the job dies among the documents."""
    sheets = [unpacking.Sheet(name, lambda d=data: d) for name, data in sorted(texts().items())]

    def dies() -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batches.run(actor=clerk, receiver=province, source="x", sheets=[*sheets[:2], unpacking.Sheet("y", dies)])
    broken = Batch.objects.get()
    assert broken.job is None and "bị ngắt" in client.get(f"/van-ban/lan-nhap/{broken.pk}/").content.decode()
    with django_capture_on_commit_callbacks(execute=False):
        batch = batches.run(actor=clerk, receiver=province, source="x", sheets=sheets)
    assert Document.objects.filter(status=ReadingStatus.WAITING).count() == 2
    Document.objects.filter(number="2/QĐ-UBND").update(status=ReadingStatus.READING)  # as a killed job leaves it
    Job.objects.update(status="running")
    jobs.run(batch.job.pk)
    assert (
        not Document.objects.filter(pk__in=batch.items.values("document")).exclude(status=ReadingStatus.READ).exists()
    )


@pytest.mark.django_db
def test_a_fault_in_one_file_loses_no_other(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    real = actions.find_metadata

    def faulty(source: object) -> object:
        if "chợ" in source.text:
            raise RuntimeError("detail of ours")
        return real(source)

    monkeypatch.setattr(actions, "find_metadata", faulty)
    send(client, ("vb.zip", zipped(texts())), commit=django_capture_on_commit_callbacks)
    item = BatchItem.objects.get(name="a/2.txt")
    assert item.code == "fault" and "detail of ours" not in item.reason_vi + item.reason_en
    assert Document.objects.count() == 1


@pytest.mark.django_db
def test_what_cannot_be_read_is_told_and_the_rest_is_read(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    real = actions.read_text

    def faulty(source: object) -> object:
        if "chợ" in source.text:
            raise RuntimeError("x")
        return real(source)

    monkeypatch.setattr(actions, "read_text", faulty)
    send(client, ("vb.zip", zipped(texts())), commit=django_capture_on_commit_callbacks)
    assert {d.number: d.status for d in Document.objects.all()} == {
        "1/QĐ-UBND": ReadingStatus.READ,
        "2/QĐ-UBND": ReadingStatus.FAILED,
    }
    assert "1 văn bản không đọc được" in Job.objects.get().message_vi


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "Chưa chọn tệp nào"),
        ([("x.zip", b"no zip")], "bị hỏng, không mở được"),
    ],
)
def test_what_is_no_import_is_refused_whole(
    client: Client, files: list[tuple[str, bytes]], sentence: str, django_capture_on_commit_callbacks: Commit
) -> None:
    page = send(client, *files, commit=django_capture_on_commit_callbacks)
    assert page.status_code == 422 and sentence in page.content.decode()
    assert not Batch.objects.exists() and not Attachment.objects.exists()


@pytest.mark.django_db
def test_members_of_a_zip_are_bounded(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    monkeypatch.setattr(unpacking, "MAX_BYTES", 1000)
    send(client, ("vb.zip", zipped({"to.txt": b"chu " * 9000})), commit=django_capture_on_commit_callbacks)
    assert BatchItem.objects.get().code == "too_large"
    monkeypatch.setattr(unpacking, "MOST_FILES", 2)
    page = send(client, ("vb.zip", zipped(texts())), commit=django_capture_on_commit_callbacks)
    assert page.status_code == 422 and "quá giới hạn 2 tệp" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "code"),
    [(zipfile.ZIP_STORED, ""), (zipfile.ZIP_DEFLATED, ""), (zipfile.ZIP_BZIP2, "compression"), (14, "compression")],
)
def test_a_member_that_unpacks_without_bound_is_not_opened(
    client: Client, django_capture_on_commit_callbacks: Commit, method: int, code: str
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        package.writestr("1.txt", act("1/QĐ-UBND", DAY))
    send(client, ("vb.zip", out.getvalue()), commit=django_capture_on_commit_callbacks)
    assert BatchItem.objects.get().code == code and Document.objects.exists() == (not code)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.LEADER, Role.SPECIALIST, Role.OFFICER, Role.VIEWER])
def test_only_clerks_and_administrators_import(
    person: Callable[..., User], province: Unit, signed_in: Callable[[User], Client], role: Role
) -> None:
    assert signed_in(person(role, province)).get(IMPORT).status_code == 403


@pytest.mark.django_db
def test_an_administrator_imports_and_a_stranger_sees_nothing_of_it(
    person: Callable[..., User],
    province: Unit,
    elsewhere: Unit,
    signed_in: Callable[[User], Client],
    django_capture_on_commit_callbacks: Commit,
) -> None:
    admin = signed_in(person(Role.ADMIN, province))
    send(admin, ("vb.zip", zipped(texts())), commit=django_capture_on_commit_callbacks)
    where = f"/van-ban/lan-nhap/{Batch.objects.get().pk}/"
    assert Document.objects.count() == 2 and admin.get(where).status_code == 200
    stranger = signed_in(person(Role.CLERK, elsewhere))
    assert stranger.get(where).status_code == 404 and stranger.post(f"{where}giu/").status_code == 404


# --- near-duplicates -------------------------------------------------------------------------------------------------


def nearly(text: str) -> str:
    """The same act with its number lost and a slip of the pen."""
    return text.replace("Số: 1/QĐ-UBND", "Số:   /QĐ-UBND").replace("Cơ quan thứ 30 ", "Cơ quan số ba mươi ")


@pytest.mark.django_db
def test_a_near_duplicate_is_held_compared_and_kept(
    bring: Bring, client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    text = act("1/QĐ-UBND", DAY, "Quy định về đất đai", body=LONG)
    first = bring(text)
    sent = client.post("/van-ban/tai-len/", {"files": SimpleUploadedFile("ban-2.txt", nearly(text).encode())})
    held = Document.objects.exclude(pk=first.pk).get()
    where = f"/van-ban/{held.pk}/gan-giong/"
    assert sent.status_code == 302 and sent["Location"] == where
    assert held.status == ReadingStatus.HELD and held.job is None
    page = client.get(where).content.decode()
    assert f'href="/van-ban/{first.pk}/"' in page and "giống 9" in page
    assert "<del>thứ 30</del>" in page and "<ins>số ba mươi</ins>" in page
    assert client.get(f"/van-ban/{held.pk}/")["Location"] == where, "nothing else is shown before the decision"
    assert client.get("/van-ban/").context["total"] == 1
    assert "chờ quyết định" in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(where, {"decision": "keep"}).status_code == 302
    held.refresh_from_db()
    assert held.status == ReadingStatus.READ and client.get("/van-ban/").context["total"] == 2
    assert f'href="/van-ban/{held.pk}/gan-giong/?voi={first.pk}"' in client.get(f"/van-ban/{held.pk}/").content.decode()
    assert client.post(where, {"decision": "discard", "sure": "1"}).status_code == 302
    assert Document.objects.filter(pk=held.pk).exists(), "what was kept is not discarded any more"


@pytest.mark.django_db
def test_a_discarded_one_leaves_nothing(
    bring: Bring, client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    text = act("1/QĐ-UBND", DAY, "Quy định về đất đai", body=LONG)
    bring(text)
    held = bring(nearly(text))
    file, where = held.file, f"/van-ban/{held.pk}/gan-giong/"
    assert "sẽ bị xóa" in client.post(where, {"decision": "discard"}).content.decode(), "asked first"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(where, {"decision": "discard", "sure": "1"})
    assert not Document.objects.filter(pk=held.pk).exists() and not Attachment.objects.filter(pk=file.pk).exists()
    assert not file.file.storage.exists(file.file.name)
    assert AuditEntry.objects.filter(action="document.discard").count() == 1


@pytest.mark.django_db
def test_a_decision_looks_at_the_row_as_it_is_now(
    bring: Bring, clerk: User, django_capture_on_commit_callbacks: Commit
) -> None:
    text = act("1/QĐ-UBND", DAY, "Quy định về đất đai", body=LONG)
    read = bring(text)
    held = bring(nearly(text))
    for document in (held, read):
        with pytest.raises(InputError, match="Không đọc lại"):
            actions.retry(actor=clerk, document=document)
    stale = Document.objects.get(pk=held.pk)
    actions.keep(actor=clerk, document=held)
    with pytest.raises(InputError, match="đã được giữ lại"):
        actions.discard(actor=clerk, document=stale)
    with pytest.raises(InputError, match="Không đọc lại"):  # its job is alive
        actions.retry(actor=clerk, document=stale)
    Job.objects.update(status="failed")
    assert actions.retry(actor=clerk, document=stale).status == ReadingStatus.WAITING


@pytest.mark.django_db
def test_acts_with_data_of_their_own_are_no_duplicates_however_alike(bring: Bring) -> None:
    bring(act("1/QĐ-UBND", DAY, "Bổ nhiệm ông An", body=LONG[:900]))
    second = bring(act("2/QĐ-UBND", dt.date(2026, 4, 6), "Bổ nhiệm bà Bình", body=LONG[:900]))
    assert second.status == ReadingStatus.READ


@pytest.mark.django_db
def test_nobody_learns_of_a_document_that_they_do_not_see(
    bring: Bring, person: Callable[..., User], elsewhere: Unit, django_capture_on_commit_callbacks: Commit
) -> None:
    text = act("1/QĐ-UBND", DAY, "Quy định về đất đai", body=LONG)
    bring(text)
    with django_capture_on_commit_callbacks(execute=True):
        other = actions.bring_in(
            actor=person(Role.CLERK, elsewhere), receiver=elsewhere, data=nearly(text).encode(), name="x.txt"
        )
    other.refresh_from_db()
    assert other.status == ReadingStatus.READ


@pytest.mark.django_db
def test_a_batch_holds_near_duplicates_and_keeps_them_together(
    bring: Bring, client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    text = act("1/QĐ-UBND", DAY, "Quy định về đất đai", body=LONG)
    bring(text)
    send(client, ("vb.zip", zipped({"b.txt": nearly(text).encode()})), commit=django_capture_on_commit_callbacks)
    batch = Batch.objects.get()
    assert batch.items.get().outcome == Outcome.HELD
    where = f"/van-ban/lan-nhap/{batch.pk}/"
    assert f"/van-ban/{batch.items.get().document.pk}/gan-giong/" in client.get(where).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{where}giu/").status_code == 302
    assert not Document.objects.exclude(status=ReadingStatus.READ).exists()


@pytest.mark.django_db
def test_the_same_bytes_are_the_same_document(bring: Bring, client: Client) -> None:
    text = "Thông báo không số, không ngày về việc nghỉ lễ của các cơ quan trong tỉnh."
    bring(text)
    page = client.post("/van-ban/tai-len/", {"files": SimpleUploadedFile("khac.txt", text.encode())})
    assert page.status_code == 422 and "đã có trong hệ thống" in page.content.decode()


SAME = [act("1/QĐ-UBND", DAY, "Quy định về chợ"), "Thông báo không số về việc nghỉ lễ."]


@pytest.mark.django_db
@pytest.mark.parametrize("text", SAME)
def test_the_constraint_catches_what_the_check_did_not_see(
    bring: Bring, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, before = bring(text), Attachment.objects.count()
    real, blind = actions.refuse_duplicate, [True]

    def looks_away_once(*args: object, **more: object) -> None:
        if blind:
            blind.pop()
        else:
            real(*args, **more)

    monkeypatch.setattr(actions, "refuse_duplicate", looks_away_once)
    with pytest.raises(actions.DuplicateDocument) as refused:
        bring(text)
    assert refused.value.document == first and not blind and Attachment.objects.count() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("text", SAME)
def test_the_same_act_at_the_same_instant_is_stored_once(
    clerk: User, province: Unit, text: str, intruder: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both come past the check of what is here; the constraint lets one in, the other is told which one is here."""
    if connection.vendor != "postgresql":
        pytest.skip("the tests' SQLite lives in memory, where threads cannot write beside each other")
    text += f" ({dt.datetime.now(dt.UTC)})"  # files of other tests bear the hash of theirs
    gate, ends = threading.Barrier(2, timeout=20), []
    real, looked = actions.refuse_duplicate, threading.local()

    def together(*args: object, **more: object) -> None:
        real(*args, **more)
        if not getattr(looked, "once", False):
            looked.once = True
            gate.wait()

    monkeypatch.setattr(actions, "refuse_duplicate", together)

    def one(name: str) -> None:
        try:
            actions.bring_in(actor=clerk, receiver=province, data=text.encode(), name=name)
            ends.append("stored")
        except actions.DuplicateDocument as error:
            ends.append(str(error.document.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(f"{n}.txt",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    only = Document.objects.get()
    assert sorted(ends) == sorted(["stored", str(only.pk)]) and Attachment.objects.count() == 1
    assert len(list(Path(only.file.file.path).parent.glob(f"{only.file.sha256[:16]}*"))) == 1


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in texts().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_the_command_imports_a_folder_and_again_only_what_is_new(
    clerk: User, folder: Path, capsys: pytest.CaptureFixture[str], intruder: object
) -> None:
    assert main(["import", str(folder), "--as", clerk.username, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert {k: said[k] for k in ("imported", "present", "held", "refused")} == {
        "imported": 2,
        "present": 1,
        "held": 0,
        "refused": 4,
    }
    secret = [i for i in said["items"] if i["reason"] and i["reason"]["code"] == "secret"]
    assert len(secret) == 1 and secret[0]["name"] is None
    assert not Document.objects.exclude(status=ReadingStatus.READ).exists()
    assert main(["import", str(folder), "--as", clerk.username, "--unit", "X-TINH"]) == 1
    assert "Đã nhập 0, đã có 3" in capsys.readouterr().out
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()
    assert main(["import", str(folder), "--as", clerk.username, "--lang", "en"]) == 0
    assert "0 imported, 3 here already" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["/khong/co", "--as", "u1"], "không phải thư mục"),
        (["FOLDER", "--as", "khong-ai"], "Không có văn thư"),
        (["FOLDER", "--as", "u1", "--unit", "Y"], "Hãy chọn một cơ quan nhận"),
    ],
)
def test_the_command_says_what_is_wrong(
    clerk: User, folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    code = main(["import", *[str(folder) if a == "FOLDER" else a for a in arguments]])
    said = capsys.readouterr()
    assert code == 2 and sentence in said.err and said.err.count("\n") == 1 and not said.out
    assert not Document.objects.exists()
