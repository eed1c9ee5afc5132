"""Documents as people meet them: read again, registered, noted, listed; and the marked text that pages show."""

import datetime as dt
import html
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.system.test_documents_bad_input import PICTURE, lines, pdf

from bonhoa.common.errors import InputError
from bonhoa.common.folding import fold
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.documents import actions
from bonhoa_web.documents.markup import Mark, render
from bonhoa_web.documents.models import Document, LeaderNote, ReadingStatus
from bonhoa_web.foundation import jobs
from bonhoa_web.foundation.models import Attachment, AuditEntry, Grant, Job, User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db
People = Callable[..., User]
SignedIn = Callable[[User], Client]
Commit = Callable[..., object]
UPLOAD, LIST = "/van-ban/tai-len/", "/van-ban/"
YEAR = timezone.localdate().year
TODAY = timezone.localdate()
SOON, YESTERDAY = TODAY + dt.timedelta(days=30), TODAY - dt.timedelta(days=1)
LETTER = """ỦY BAN NHÂN DÂN TỈNH NGHỆ AN
Số: {number}/{kind}-UBND
Nghệ An, ngày {day:02} tháng 3 năm 2026
{title}
Về việc {subject}
1. Sở Nội vụ thực hiện Kế hoạch số 1/KH-UBND trước ngày 30 tháng 6 năm 2026.
"""


@pytest.fixture
def clerk(person: People, province: Unit) -> User:
    return person(Role.CLERK, province, "Văn thư X")


@pytest.fixture
def client(clerk: User, signed_in: SignedIn) -> Client:
    return signed_in(clerk)


@pytest.fixture
def arrive(clerk: User, province: Unit, django_capture_on_commit_callbacks: Commit) -> Callable[..., Document]:
    """`arrive(number, …)`: an act that came in and was read."""

    def make(number: int, subject: str = "rà soát", day: int = 5, kind: str = "KH", read: bool = True) -> Document:
        title = {"KH": "KẾ HOẠCH", "QĐ": "QUYẾT ĐỊNH"}[kind]
        text = LETTER.format(number=number, kind=kind, day=day, title=title, subject=subject)
        with django_capture_on_commit_callbacks(execute=read):
            made = actions.bring_in(actor=clerk, receiver=province, data=text.encode(), name=f"{number}.txt")
        made.refresh_from_db()
        return made

    return make


def words(page: HttpResponse) -> str:
    return html.unescape(re.sub(r"\s+", " ", page.content.decode()))


def register(client: Client, document: Document, **changes: object) -> HttpResponse:
    fields = ("type", "number", "issuer", "issued_on", "signer", "subject")
    sent = {k: getattr(document, k) or "" for k in fields} | {"arrived_on": f"{YEAR}-01-15"} | changes
    return client.post(f"{LIST}{document.pk}/vao-so/", sent)


# --- reading ---------------------------------------------------------------------------------------------------------


def test_reading_twice_gives_the_same(arrive: Callable[..., Document]) -> None:
    document = arrive(12)
    first = (document.text, document.content, document.folded)
    logged = AuditEntry.objects.count()
    actions.read_job(document.job)
    assert AuditEntry.objects.count() == logged, "what is read is not read again"
    Document.objects.update(status=ReadingStatus.WAITING)
    actions.read_job(document.job)
    document.refresh_from_db()
    assert (document.text, document.content, document.folded) == first and document.status == ReadingStatus.READ


def test_what_was_left_half_read_is_read_at_the_next_run(arrive: Callable[..., Document], client: Client) -> None:
    document = arrive(12, read=False)
    Document.objects.update(status=ReadingStatus.READING)  # as a process leaves it that was killed
    Job.objects.update(status="running", done=1, total=3)
    assert "đang chạy" in words(client.get(f"{LIST}{document.pk}/"))
    jobs.run(document.job_id)
    document.refresh_from_db()
    document.job.refresh_from_db()
    assert (document.status, document.job.status) == (ReadingStatus.READ, "done") and "Sở Nội vụ" in document.text


@pytest.mark.parametrize(
    ("fault", "vi", "en"),
    [
        (InputError("x", "Câu nói lỗi.", "What was wrong."), "Câu nói lỗi.", "What was wrong."),
        (RuntimeError("secret detail"), "Hệ thống gặp lỗi khi đọc", "The system met a fault while reading"),
    ],
)
def test_what_could_not_be_read_is_told_and_read_again(
    arrive: Callable[..., Document],
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Commit,
    fault: Exception,
    vi: str,
    en: str,
) -> None:
    def fail(source: object) -> None:
        raise fault

    document = arrive(12, read=False)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "read_text", fail)
        if isinstance(fault, InputError):
            jobs.run(document.job_id)
        else:
            with pytest.raises(RuntimeError):
                jobs.run(document.job_id)
    page = f"{LIST}{document.pk}/"
    for language, sentence in (("en", en), ("vi", vi)):
        client.cookies["django_language"] = language
        shown = words(client.get(page))
        assert sentence in shown and "secret detail" not in shown and f'action="{page}doc-lai/"' in shown
    assert "không đọc được" in words(client.get("/"))
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{page}doc-lai/").status_code == 302
    document.refresh_from_db()
    assert document.status == ReadingStatus.READ and not document.error_vi and vi not in words(client.get(page))
    assert AuditEntry.objects.filter(action="document.retry").count() == 1


def test_a_job_that_was_given_up_leaves_a_way_on(arrive: Callable[..., Document], client: Client) -> None:
    document = arrive(12, read=False)
    Document.objects.update(status=ReadingStatus.READING)
    Job.objects.update(status="failed", message_vi="Việc nền làm sập hệ thống nhiều lần.")
    page = words(client.get(f"{LIST}{document.pk}/"))
    assert "làm sập hệ thống" in page and f'action="{LIST}{document.pk}/doc-lai/"' in page


def test_a_citation_links_to_the_act_if_the_person_sees_it(arrive: Callable[..., Document], client: Client) -> None:
    cited, document = arrive(1), arrive(12)
    page = client.get(f"{LIST}{document.pk}/").content.decode()
    assert re.search(rf'<a href="{LIST}{cited.pk}/"[^>]*class="m m-citation"', page)


# --- register, note --------------------------------------------------------------------------------------------------


def test_the_next_number_is_proposed_and_a_taken_one_refused(arrive: Callable[..., Document], client: Client) -> None:
    first, second = arrive(12), arrive(13)
    assert 'name="arrival_number" value="1"' in words(client.get(f"{LIST}{first.pk}/"))
    assert register(client, first, arrival_number=7).status_code == 302
    assert 'name="arrival_number" value="8"' in words(client.get(f"{LIST}{second.pk}/"))
    for language, sentence in (("en", "is taken; take 8"), ("vi", "đã dùng cho văn bản khác; hãy lấy số 8")):
        client.cookies["django_language"] = language
        page = register(client, second, arrival_number=7)
        assert page.status_code == 422 and sentence in words(page)
    assert register(client, second, arrival_number=7, arrived_on=f"{YEAR - 1}-12-31").status_code == 302
    second.refresh_from_db()
    assert (second.arrival_year, second.arrival_number) == (YEAR - 1, 7), "each year has numbers of its own"
    assert register(client, first, arrival_number=7, remark="gấp").status_code == 302, "its own number is not taken"
    entry = AuditEntry.objects.filter(action="document.register").latest("seq")
    assert entry.object_id == str(first.pk) and entry.detail == {"remark": " → gấp"}


def test_correcting_data_into_those_of_another_act_is_refused(arrive: Callable[..., Document], client: Client) -> None:
    first, second = arrive(12), arrive(13)
    page = register(client, second, number=first.number, arrival_number=2)
    assert page.status_code == 422 and "đã có trong hệ thống" in words(page)
    second.refresh_from_db()
    assert (second.number, second.arrival_number) == ("13/KH-UBND", None)


@pytest.mark.parametrize(
    ("field", "value"), [("arrived_on", "hôm qua"), ("issued_on", "2026-02-30"), ("arrival_number", "-1")]
)
def test_nonsense_in_the_register_comes_back_beside_its_field(
    arrive: Callable[..., Document], client: Client, field: str, value: str
) -> None:
    page = register(client, arrive(12), **{field: value})
    assert page.status_code == 422 and page.context["register"].errors.keys() == {field}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n...", None),
        (pdf(PICTURE), None),
        (pdf(lines("MËT\nCéng hßa x· héi chñ nghÜa ViÖt Nam"), PICTURE), "dấu chỉ độ mật"),
        ("MẬT\nBáo cáo riêng của tỉnh.".encode(), "không phải PDF hay ảnh"),
        (b"", "rỗng"),
    ],
)
def test_the_stamped_scan_is_a_picture_or_a_pdf(
    arrive: Callable[..., Document], client: Client, data: bytes, sentence: str | None
) -> None:
    document, before = arrive(12), Attachment.objects.count()
    page = register(client, document, arrival_number=1, scan=SimpleUploadedFile("quet.pdf", data))
    document.refresh_from_db()
    if sentence is None:
        assert page.status_code == 302 and b"".join(client.get(f"/tep/{document.scan_id}/")) == data
    else:
        assert page.status_code == 422 and sentence in words(page)
        assert Attachment.objects.count() == before and document.arrival_number is None


def test_a_note_names_who_leads_who_cooperates_and_until_when(
    arrive: Callable[..., Document],
    person: People,
    province: Unit,
    department: Unit,
    elsewhere: Unit,
    signed_in: SignedIn,
) -> None:
    document, leader = arrive(12), signed_in(person(Role.LEADER, province, "Chủ tịch X"))
    where = f"{LIST}{document.pk}/but-phe/"
    note = {
        "lead": department.pk,
        "cooperating": [department.pk, province.pk],
        "due_on": SOON.isoformat(),
        "text": "Gấp",
    }
    assert leader.post(where, note).status_code == 302
    page = words(leader.get(f"{LIST}{document.pk}/"))
    assert (
        f"Chủ trì: <strong>Sở X</strong>; phối hợp: UBND tỉnh X; hạn {SOON:%d/%m/%Y}" in page and "Chủ tịch X" in page
    )
    document.refresh_from_db()
    assert document.due_on == SOON
    entry = AuditEntry.objects.get(action="document.note")
    assert entry.object_id == str(document.pk) and entry.detail == {"lead": "X-SO", "due_on": SOON.isoformat()}
    for wrong in ({"lead": elsewhere.pk}, {"lead": ""}, {**note, "due_on": "mai"}):
        assert leader.post(where, wrong).status_code == 422
    assert LeaderNote.objects.count() == 1
    seen = signed_in(person(Role.OFFICER, department)).get(f"{LIST}{document.pk}/")
    assert seen.status_code == 200, "who is to lead sees the document"


def unit(name: str, parent: Unit | None, kind: str, **more: object) -> Unit:
    return Unit.objects.create(
        code=name, name=name, folded=fold(name), level="province", kind=kind, parent=parent, **more
    )


def test_a_note_offers_bodies_and_no_territories(
    arrive: Callable[..., Document], person: People, province: Unit, department: Unit, signed_in: SignedIn
) -> None:
    land = unit("Tỉnh X", None, "territory")
    Unit.objects.filter(pk=province.pk).update(parent=land)
    commune = unit("Thôn xã Y", land, "territory")
    unit("UBND xã Y", commune, "people_committee")
    unit("HĐND xã Y", commune, "people_council")
    unit("Sở Cũ", province, "department", valid_to=YESTERDAY)
    unit("Sở Sắp có", province, "department", valid_from=SOON)
    document, leader = arrive(12), signed_in(person(Role.LEADER, province))
    form = leader.get(f"{LIST}{document.pk}/").context["note"]
    for field in ("lead", "cooperating"):
        assert [u.name for u in form.fields[field].queryset] == ["Sở X", "UBND tỉnh X", "UBND xã Y"]
    assert leader.post(f"{LIST}{document.pk}/but-phe/", {"lead": commune.pk}).status_code == 422
    assert not LeaderNote.objects.exists()


@pytest.mark.parametrize(
    ("due_on", "issued_on", "vi", "en"),
    [
        (YESTERDAY, None, "ở trước hôm nay", "is before today"),
        (YESTERDAY, SOON, "ở trước hôm nay", "is before today"),
        (TODAY, SOON, "ở trước ngày của văn bản", "is before the date of the document"),
        (TODAY, TODAY, "", ""),
        (SOON, None, "", ""),
    ],
)
def test_a_limit_in_the_past_is_refused(
    arrive: Callable[..., Document], person: People, province: Unit, signed_in: SignedIn,
    due_on: dt.date, issued_on: dt.date | None, vi: str, en: str,
) -> None:  # fmt: skip
    document, leader = arrive(12), signed_in(person(Role.LEADER, province))
    Document.objects.update(issued_on=issued_on)
    for language, sentence in (("en", en), ("vi", vi)) if vi else ():
        leader.cookies["django_language"] = language
        page = leader.post(f"{LIST}{document.pk}/but-phe/", {"lead": province.pk, "due_on": due_on.isoformat()})
        assert page.status_code == 422 and sentence in words(page) and page.context["note"].errors.keys() == {"due_on"}
    if not vi:
        note = {"lead": province.pk, "due_on": due_on.isoformat()}
        assert leader.post(f"{LIST}{document.pk}/but-phe/", note).status_code == 302
    document.refresh_from_db()
    assert (document.due_on, LeaderNote.objects.count()) == ((None, 0) if vi else (due_on, 1))


def test_a_noted_document_waits_at_the_specialists_for_its_plan(
    arrive: Callable[..., Document], person: People, province: Unit, department: Unit, signed_in: SignedIn
) -> None:
    document = arrive(12)
    leader, specialist = signed_in(person(Role.LEADER, province)), signed_in(person(Role.SPECIALIST, province))
    waits, where = "chờ lập bảng phân công", f"{LIST}{document.pk}/"
    assert waits not in words(specialist.get("/")), "nobody asked for a plan yet"
    note = {"lead": department.pk}
    assert leader.post(f"{where}but-phe/", note | {"wants_plan": "on"}).status_code == 302
    assert f'{waits}</span> <a href="{where}">' in words(specialist.get("/"))
    assert waits not in words(leader.get("/"))
    assert waits not in words(signed_in(person(Role.SPECIALIST, department)).get("/")), "who may not make the plan"
    assert leader.post(f"{where}but-phe/", note).status_code == 302
    assert waits not in words(specialist.get("/")), "the last note wants none"
    assert "không cần lập bảng phân công" in words(leader.get(where))
    leader.post(f"{where}but-phe/", note | {"wants_plan": "on"})
    assert specialist.post(f"/thuc-hien/lap/{document.pk}/").status_code == 302
    assert waits not in words(specialist.get("/")), "it has its plan"


@pytest.mark.parametrize(
    ("role", "offered"),
    [(Role.CLERK, False), (Role.VIEWER, False), (Role.SPECIALIST, True), (Role.LEADER, True)],
)
def test_the_plan_is_offered_to_who_may_make_it(
    arrive: Callable[..., Document], person: People, province: Unit, elsewhere: Unit, signed_in: SignedIn,
    role: Role, offered: bool,
) -> None:  # fmt: skip
    document, who = arrive(12), person(role, province)
    if not offered:  # the role for another body gives no right here
        Grant.objects.create(user=who, role=str(Role.SPECIALIST), unit=elsewhere, valid_from=dt.date(2020, 1, 1))
    client = signed_in(who)
    assert ("Lập bảng phân công" in words(client.get(f"{LIST}{document.pk}/"))) == offered
    assert client.post(f"/thuc-hien/lap/{document.pk}/").status_code == (302 if offered else 403)


@pytest.mark.parametrize(
    ("address", "roles"),
    [
        ("but-phe", [Role.CLERK, Role.SPECIALIST, Role.OFFICER, Role.VIEWER, Role.ADMIN]),
        ("vao-so", [Role.LEADER, Role.OFFICER, Role.VIEWER, Role.ADMIN]),
        ("doc-lai", [Role.OFFICER, Role.VIEWER, Role.ADMIN]),
    ],
)
def test_only_who_may(
    arrive: Callable[..., Document],
    person: People,
    province: Unit,
    signed_in: SignedIn,
    address: str,
    roles: list[Role],
) -> None:
    where = f"{LIST}{arrive(12).pk}/{address}/"
    assert [signed_in(person(r, province)).post(where, {"lead": province.pk}).status_code for r in roles] == [
        403
    ] * len(roles)
    assert not LeaderNote.objects.exists()


# --- who sees --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.CLERK, Role.SPECIALIST, Role.LEADER, Role.VIEWER, Role.ADMIN])
def test_strangers_find_nothing(
    arrive: Callable[..., Document], person: People, elsewhere: Unit, signed_in: SignedIn, role: Role
) -> None:
    document, stranger = arrive(12, subject="chuyện riêng"), signed_in(person(role, elsewhere))
    for where in (f"{LIST}{document.pk}/", f"/tep/{document.file_id}/", f"{LIST}{document.pk + 1}/"):
        assert stranger.get(where).status_code == 404
    for act in ("vao-so", "but-phe", "doc-lai"):
        assert stranger.post(f"{LIST}{document.pk}/{act}/").status_code in {403, 404}
    for where in (LIST, "/tim/?q=chuyen+rieng", f"{LIST}?tu-khoa=rieng", f"{LIST}?xuat=xlsx"):
        assert "chuyện riêng" not in words_of_any(stranger.get(where))
    assert Client().get(f"{LIST}{document.pk}/").status_code == 302
    document.refresh_from_db()
    assert document.arrival_number is None and document.status == ReadingStatus.READ


def words_of_any(page: HttpResponse) -> str:
    if "html" in page["Content-Type"]:
        return words(page)
    rows = load_workbook(io.BytesIO(page.content)).active.iter_rows(values_only=True)
    return " ".join(str(c) for row in rows for c in row)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OFFICER, Role.ADMIN])
def test_only_uploaders_upload(person: People, province: Unit, signed_in: SignedIn, role: Role) -> None:
    client = signed_in(person(role, province))
    assert client.get(UPLOAD).status_code == 403
    assert client.post(UPLOAD, {"files": SimpleUploadedFile("a.txt", b"Van ban")}).status_code == 403
    assert not Document.objects.exists() and not Attachment.objects.exists()


@pytest.mark.parametrize("role", [Role.CLERK, Role.SPECIALIST, Role.LEADER])
def test_uploaders_upload_for_their_own_unit_only(
    person: People, province: Unit, elsewhere: Unit, signed_in: SignedIn, role: Role
) -> None:
    data = {"receiver": elsewhere.pk, "files": SimpleUploadedFile("a.txt", "Văn bản của tỉnh".encode())}
    assert signed_in(person(role, province)).post(UPLOAD, data).status_code == 302
    assert Document.objects.get().receiver == province


# --- list ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("sap-xep=so", ["12/KH-UBND", "13/QĐ-UBND", "14/KH-UBND"]),
        ("sap-xep=-ngay", ["14/KH-UBND", "12/KH-UBND", "13/QĐ-UBND"]),
        ("sap-xep=so&loai=Quyết định", ["13/QĐ-UBND"]),
        ("sap-xep=so&tu-khoa=CHUYEN doi", ["13/QĐ-UBND", "14/KH-UBND"]),
        ("sap-xep=so&tu-khoa=14/KH", ["14/KH-UBND"]),
        ("sap-xep=so&tu=2026-03-05", ["12/KH-UBND", "14/KH-UBND"]),
        ("sap-xep=so&den=05/03/2026", ["12/KH-UBND", "13/QĐ-UBND"]),
        ("sap-xep=so&doc=waiting", []),
        ("sap-xep=so&doc=read&tu=hom-qua", ["12/KH-UBND", "13/QĐ-UBND", "14/KH-UBND"]),
    ],
)
def test_the_list_filters_sorts_and_exports(
    arrive: Callable[..., Document], client: Client, query: str, numbers: list[str]
) -> None:
    arrive(13, "chuyển đổi số", day=2, kind="QĐ")
    arrive(12, "rà soát", day=5)
    arrive(14, "chuyển đổi xanh", day=9)
    page = client.get(f"{LIST}?{query}")
    assert [row[0].value.split()[-1] for row in page.context["rows"]] == numbers
    assert f"{len(numbers)} dòng" in words(page)
    sheet = load_workbook(io.BytesIO(client.get(f"{LIST}?{query}&xuat=xlsx").content)).active
    cells = [str(c).split()[-1] for row in sheet.iter_rows(values_only=True) for c in row if c]
    assert [c for c in cells if re.fullmatch(r"1[234]/.*", c)] == numbers


# --- marked text -----------------------------------------------------------------------------------------------------


class Reader(HTMLParser):
    """The text of some HTML; fails on tags that are not well nested, on a link within a link, on an id given twice."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open, self.ids = "", [], []
        self.feed(source)
        self.close()
        assert not self.open
        assert len(self.ids) == len(set(self.ids))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"p", "mark", "a"} and (tag != "a" or "a" not in self.open)
        self.open.append(tag)
        self.ids += [value for key, value in attrs if key == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


nasty = st.text(st.one_of(st.sampled_from("<>&\"'\n \t/;#=aạ"), st.characters(codec="utf-8")), max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(nasty)
    place = st.integers(-1, len(text) + 1)
    links = st.sampled_from(["", "/van-ban/1/", '"><script>'])
    mark = st.builds(Mark, place, place, nasty, st.sampled_from(["", "c0", "c1", 'x"><b>']), nasty, nasty, links)
    return text, draw(st.lists(mark, max_size=8))


@given(marked())
def test_marks_change_nothing_of_the_text_and_are_well_nested(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    assert Reader(render(text, marks)).text == text


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([Mark(0, 2, "x", "i")], '<p><mark class="m m-x" id="i">ab</mark>cd</p>\n<p>ef</p>'),
        ([Mark(3, 6, "x", "i")], '<p>abc<mark class="m m-x" id="i">d</mark></p>\n<p><mark class="m m-x">e</mark>f</p>'),
        (
            [Mark(0, 3, "x"), Mark(1, 4, "y")],
            '<p><mark class="m m-x">a</mark><mark class="m m-x"><mark class="m m-y">bc</mark></mark>'
            '<mark class="m m-y">d</mark></p>\n<p>ef</p>',
        ),
        ([Mark(1, 1, "x"), Mark(-1, 2, "x"), Mark(2, 99, "x")], "<p>abcd</p>\n<p>ef</p>"),
    ],
)
def test_marks_stand_where_they_should(spans: list[Mark], shown: str) -> None:
    assert render("abcd\nef", spans) == shown
