"""What a document cites is told alike by its page, by what is stored and by its notices; reading again in bulk."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from tests.system.test_documents_relations import based_on, replacing
from tests.system.world_of_documents import act, bring, cite, clerk

from bonhoa.common.errors import InputError
from bonhoa.documents.resolving import ENDED
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.documents import actions
from bonhoa_web.documents.models import Band, Document, Link
from bonhoa_web.documents.rereading import Reread, read_again
from bonhoa_web.documents.snapshots import document_value
from bonhoa_web.execution.models import Plan
from bonhoa_web.foundation.models import AuditEntry, User

__all__ = ["bring", "clerk"]
pytestmark = pytest.mark.django_db
Bring = Callable[..., Document]
D1, D2, D3 = dt.date(2025, 8, 1), dt.date(2025, 10, 1), dt.date(2026, 2, 1)
CENTRAL = "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ;"


@pytest.fixture
def client(clerk: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(clerk)


def told(client: Client, document: Document) -> tuple[set[str], set[str]]:
    """The acts that the page of a document names, and those flagged, on the document's own day."""
    cited = client.get(f"/van-ban/{document.pk}/?ngay={document.issued_on}").context["cited"]
    return {c.key for c in cited if c.state}, {c.key for c in cited if c.flagged}


def stored(document: Document) -> tuple[set[str], set[str]]:
    """As `told`, by what is stored of the document."""
    document.refresh_from_db()
    citations = document.content["citations"]
    at = {(n["start"], n["end"]) for n in document.content["notices"] if n["code"] == ENDED}
    return (
        {c["target"] for c in citations if c["target"]},
        {c["target"] for c in citations if (c["start"], c["end"]) in at},
    )


LOOSE = "Quyết định số 1/QĐ-UBND của Ủy ban nhân dân tỉnh X"  # its number comes again every year


@pytest.mark.parametrize(
    ("grounds", "known", "ended"),
    [
        (CENTRAL, "61/2018/NĐ-CP", True),
        (based_on("1/QĐ-UBND", D1), "1/QĐ-UBND@2025-08-01", True),
        (f"Căn cứ {LOOSE};", "1/QĐ-UBND@2025-08-01", True),
        (based_on("3/QĐ-UBND", D2), "3/QĐ-UBND@2025-10-01", False),
    ],
)
def test_page_store_and_notices_agree(bring: Bring, client: Client, grounds: str, known: str, ended: bool) -> None:
    bring(act("1/QĐ-UBND", D1, "Quy định về bến phà"))
    bring(act("3/QĐ-UBND", D2, "Quy định mới về bến phà", effect=replacing("1/QĐ-UBND", D1, D2)))
    citing = bring(act("4/QĐ-UBND", D3, "Quy định về thu phí", grounds=grounds))
    assert told(client, citing) == stored(citing) == ({known}, {known} if ended else set())
    said = [c["date"] for c in citing.content["citations"] if c["target"] == known]
    assert said == [None] or grounds.find("ngày") > 0, "what the text does not say is not put into its mouth"


def test_what_came_later_is_told_by_the_value_at_once(bring: Bring, client: Client) -> None:
    """The stored reading knows what was here; the value that other rooms get knows what is here."""
    citing = bring(act("4/QĐ-UBND", D3, "Quy định về thu phí", grounds=f"Căn cứ {LOOSE};"))
    assert stored(citing) == (set(), set())
    old = bring(act("1/QĐ-UBND", D1, "Quy định về bến phà"))
    bring(act("3/QĐ-UBND", D2, "Quy định mới về bến phà", effect=replacing("1/QĐ-UBND", D1, D2)))
    citing.refresh_from_db()
    value = document_value(citing)
    assert {c.target for c in value.citations if c.target} == {old.key} == told(client, citing)[0]
    assert [n.code for n in value.notices if n.code == ENDED] == [ENDED]


# --- reading again ---------------------------------------------------------------------------------------------------


@pytest.fixture
def stored_long_ago(bring: Bring) -> list[Document]:
    """Three documents as they were stored before the library: without key, sketch, rows; citations without targets."""
    made = [
        bring(act("4/QĐ-UBND", D3, "Quy định về thu phí", grounds=f"Căn cứ {LOOSE};")),
        bring(act("3/QĐ-UBND", D2, "Quy định mới về bến phà", effect=replacing("1/QĐ-UBND", D1, D2))),
        bring(act("1/QĐ-UBND", D1, "Quy định về bến phà", body=f"Thực hiện {cite('9/QĐ-UBND', D1)}.")),
    ]
    Link.objects.all().delete()
    Band.objects.all().delete()
    for document in made:
        document.refresh_from_db()
        for citation in document.content["citations"]:
            citation["target"] = None
        document.content["notices"] = []
        document.key, document.sketch, document.head, document.effective_on = "", None, "", None
        Document.objects.bulk_update([document], ["content", "key", "sketch", "head", "effective_on"])
    return made


def test_what_was_stored_before_the_library_is_read_again(
    stored_long_ago: list[Document], client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    citing, _new, old = stored_long_ago
    assert told(client, citing) == (set(), set())
    call_command("read_again", old=True)
    assert "3 documents read again" in capsys.readouterr().out
    assert told(client, citing) == stored(citing) == ({"1/QĐ-UBND@2025-08-01"},) * 2
    old.refresh_from_db()
    assert old.key and old.sketch and old.bands.exists() and old.effective_on == D1
    rows = list(Link.objects.values_list("document", "ordinal", "key"))
    bands = Band.objects.count()
    call_command("read_again", old=True)
    assert "0 documents read again" in capsys.readouterr().out, "nothing old is left"
    call_command("read_again", unit="X-TINH")
    assert (list(Link.objects.values_list("document", "ordinal", "key")), Band.objects.count()) == (rows, bands)
    with pytest.raises(CommandError, match="“KHONG-CO” không có văn bản"):
        call_command("read_again", unit="KHONG-CO")


def test_what_cannot_be_read_again_stays_as_it_was_and_is_told(
    stored_long_ago: list[Document], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = stored_long_ago[1]
    before = Document.objects.filter(pk=gone.pk).values().get()
    Path(gone.file.file.path).unlink()
    with pytest.raises(CommandError, match="1 văn bản không đọc lại được"):
        call_command("read_again")
    said = capsys.readouterr().out
    assert f"#{gone.pk}): Hệ thống gặp lỗi" in said and "2 documents read again" in said
    after = Document.objects.filter(pk=gone.pk).values().get()
    assert after == before | {"key": "3/QĐ-UBND@2025-10-01"}
    assert not Document.objects.exclude(status="read").exists()


def test_a_document_with_a_plan_keeps_its_text(
    bring: Bring, province: Unit, clerk: User, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    planned, free = (
        bring(act("1/QĐ-UBND", D1, "Quy định về bến phà")),
        bring(act("2/QĐ-UBND", D2, "Quy định về bến xe", grounds=based_on("1/QĐ-UBND", D1))),
    )
    Plan.objects.create(document=planned, unit=province, on=D1, prepared_by=clerk)
    text, real = planned.text, actions.read_source
    monkeypatch.setattr(actions, "read_source", lambda data, name, **more: real(b"Phan them.\n" + data, name, **more))
    Link.objects.all().delete()
    call_command("read_again")
    planned.refresh_from_db()
    free.refresh_from_db()
    assert planned.text == text and free.text.startswith("Phan them."), "the rows of a plan point into its text"
    assert "giữ nguyên chữ" in capsys.readouterr().out and Link.objects.filter(document=free, key=planned.key).exists()


# --- a mark of secrecy that was not seen at the door ----------------------------------------------------------------


def refuse(*_: object, **__: object) -> None:
    raise InputError("secret", "không có gì được lưu lại", "nothing was stored")


@pytest.mark.parametrize("way", ["again", "job"])
@pytest.mark.parametrize("planned", [False, True])
def test_of_a_document_found_secret_later_nothing_stays(
    bring: Bring,
    client: Client,
    clerk: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., object],
    way: str,
    planned: bool,
) -> None:
    document = bring(act("1/QĐ-UBND", D1, "Điều riêng tư", grounds=CENTRAL))
    stored_file = document.file
    if planned:
        Plan.objects.create(document=document, unit=document.receiver, on=D1, prepared_by=clerk)
    monkeypatch.setattr(actions, "read_source", refuse)
    told: list[Reread] = []
    with django_capture_on_commit_callbacks(execute=True):
        if way == "again":
            read_again(Document.objects.filter(pk=document.pk), told.append)
        else:
            with pytest.raises(InputError, match="bị xóa"):
                actions.read_stored(document, lambda *_: None)
    assert all("không có gì được lưu" not in t.error_vi and "bị xóa" in t.error_vi for t in told)
    assert not stored_file.file.storage.exists(stored_file.file.name)
    assert not Link.objects.filter(document_id=document.pk).exists()
    assert not Band.objects.filter(document_id=document.pk).exists()
    assert AuditEntry.objects.filter(action="document.refused_secret").count() == 1
    assert Document.objects.filter(pk=document.pk).exists() == planned
    assert client.get(f"/tep/{stored_file.pk}/").status_code == 404
    if planned:
        document.refresh_from_db()
        assert (document.text, document.folded, document.content, document.subject) == ("", "", None, "")
        assert "bảng phân công" in document.error_vi and client.get(f"/van-ban/{document.pk}/").status_code == 200
