"""The task pages by person: who sees what, which buttons, how many queries, and that figures lead to their tasks."""

import datetime as dt
import io
import re
from copy import deepcopy
from pathlib import Path

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.system.world_of_tasks import World, cooperate, make_world

from bonhoa.execution.progress import State, Status
from bonhoa_web.execution import task_actions
from bonhoa_web.execution.models import Draft, Event
from bonhoa_web.execution.progress_chart import LOOKS, ORDER
from bonhoa_web.execution.task_queries import TaskFilter as Wanted
from bonhoa_web.execution.task_queries import find_tasks, visible_tasks

pytestmark = pytest.mark.django_db
TASK, LIST, DIRECTIVE = "/thuc-hien/nhiem-vu/{}/", "/thuc-hien/nhiem-vu/", "/thuc-hien/chi-dao/{}/"


@pytest.fixture(scope="module")
def kept_world(kept: None) -> World:
    return make_world()


@pytest.fixture
def world(db: None, kept_world: World) -> World:
    return deepcopy(kept_world)


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def shown(response: object) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def one_of_each(world: World) -> None:
    event = Event.objects.create(plan=world.plan, name="kỳ họp")
    for state in State:
        world.task(state=state)
    world.task(state=State.RECEIVED, due=-3)
    world.task(state=State.RECEIVED, due=2)
    world.task(state=State.VERIFIED, due=-3)
    world.task(state=State.RECEIVED, due=None, event=event)
    world.task(state=State.RECEIVED, due=None)


def test_a_stranger_finds_nothing(world: World) -> None:
    task = world.task()
    assert Client().get(TASK.format(task.pk)).status_code == 302
    assert signed_in(world, "không vai").get(TASK.format(task.pk)).status_code == 403
    assert signed_in(world, "cán bộ C").get(TASK.format(task.pk)).status_code == 404
    assert signed_in(world, "cán bộ C").get(DIRECTIVE.format(world.plan.pk)).status_code == 404
    assert f"/nhiem-vu/{task.pk}/" not in shown(signed_in(world, "cán bộ C").get(LIST))


@pytest.mark.parametrize(
    ("name", "buttons"),
    [
        ("cán bộ A", ["receive", "decline", "comment"]),
        ("lãnh đạo", ["pause", "withdraw", "comment"]),
        ("người xem", ["comment"]),
        ("văn thư", ["comment"]),
    ],
)
def test_the_page_offers_what_the_person_may_do(world: World, name: str, buttons: list[str]) -> None:
    task = world.task(start=0, end=4)
    page = shown(signed_in(world, name).get(TASK.format(task.pk)))
    assert sorted(re.findall(rf'action="/thuc-hien/nhiem-vu/{task.pk}/([a-z]+)/"', page)) == sorted(buttons)
    assert "<blockquote>Sở A</blockquote>" in page  # the words of the directive, by their span


def test_from_received_to_verified_by_the_pages(world: World) -> None:
    task = world.task()
    officer, leader = signed_in(world, "cán bộ A"), signed_in(world, "lãnh đạo")
    page = TASK.format(task.pk)
    assert officer.post(f"{page}receive/").status_code == 302
    file = SimpleUploadedFile("minh-chung.txt", "kết quả".encode())
    sent = officer.post(
        f"{page}report/",
        {"report-text": "Đã xong", "report-percent": "90", "report-completes": "on", "report-evidence": file},
    )
    assert sent.status_code == 302, shown(sent)
    assert "minh-chung.txt" in shown(leader.get(page))
    assert leader.post(f"{page}verify/", {"verify-note": "đạt"}).status_code == 302
    task.refresh_from_db()
    assert task.state == "verified"
    told = shown(leader.get(page))
    for words in ("tiếp nhận nhiệm vụ", "báo cáo hoàn thành (1 tệp minh chứng)", "xác nhận hoàn thành"):
        assert words in told
    assert '<strong id="verified-count">1/1</strong>' in shown(leader.get(DIRECTIVE.format(world.plan.pk)))


def test_a_form_without_a_reason_comes_back_with_a_sentence(world: World) -> None:
    task = world.task()
    answer = signed_in(world, "cán bộ A").post(f"{TASK.format(task.pk)}decline/", {"decline-reason": ""})
    assert answer.status_code == 422 and 'role="alert"' in shown(answer)
    task.refresh_from_db()
    assert task.state == "new"


def test_an_act_that_is_not_open_is_refused_in_words(world: World) -> None:
    task = world.task(state=State.VERIFIED)
    page = TASK.format(task.pk)
    answer = signed_in(world, "cán bộ A").post(f"{page}receive/", follow=True)
    assert "Không thể tiếp nhận khi nhiệm vụ ở trạng thái “đã xác nhận”" in shown(answer)
    assert signed_in(world, "cán bộ A").post(f"{page}no-such-act/").status_code == 404
    assert signed_in(world, "người xem").post(f"{page}receive/").status_code == 403


def test_refused_reports_leave_no_file(world: World) -> None:
    from bonhoa_web.foundation.models import Attachment

    task = world.task(state=State.RECEIVED)
    before = Attachment.objects.count()
    for name, status in (("người xem", 403), ("cán bộ A", 422)):
        file = SimpleUploadedFile("a.txt", b"x")
        data = {"report-text": "" if name == "cán bộ A" else "x", "report-evidence": file}
        assert signed_in(world, name).post(f"{TASK.format(task.pk)}report/", data).status_code == status
    assert Attachment.objects.count() == before


def test_evidence_with_a_mark_of_secrecy_is_refused(world: World) -> None:
    from bonhoa_web.foundation.models import Attachment

    task, before = world.task(state=State.RECEIVED), Attachment.objects.count()
    file = SimpleUploadedFile("bao-cao.txt", "MẬT\nBÁO CÁO\nKết quả thực hiện.".encode())
    answer = signed_in(world, "cán bộ A").post(
        f"{TASK.format(task.pk)}report/", {"report-text": "x", "report-evidence": file}
    )
    assert answer.status_code == 422 and Attachment.objects.count() == before and not task.reports.exists()


def test_reassigning_by_name(world: World) -> None:
    task, client = world.task(state=State.DECLINED), signed_in(world, "lãnh đạo")
    url = f"{TASK.format(task.pk)}reassign/"
    for name in ("Sở Không Có", "Sở"):
        answer = client.post(url, {"reassign-unit": name, "reassign-reason": "đúng chức năng"})
        assert answer.status_code == 422 and name in shown(answer)
    assert client.post(url, {"reassign-unit": "so b", "reassign-reason": "đúng chức năng"}).status_code == 302
    task.refresh_from_db()
    assert (task.lead.name, task.state) == ("Sở B", "new")


def test_every_figure_of_the_directive_leads_to_as_many_tasks(world: World) -> None:
    one_of_each(world)
    client = signed_in(world, "chuyên viên")
    page = shown(client.get(DIRECTIVE.format(world.plan.pk)))
    link = r'href="(/thuc-hien/nhiem-vu/\?chidao=[^"]+)"[^>]*>(?:<span.*?</span> )?(?:<strong>)?(\d+)'
    links = re.findall(link, page)
    assert len(links) > 12
    for address, figure in links:
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.context["count"] == int(figure), address


def test_the_list_filters_sorts_and_counts(world: World) -> None:
    one_of_each(world)
    client, today = signed_in(world, "chuyên viên"), timezone.localdate()
    everything = find_tasks(visible_tasks(world.people["chuyên viên"]), Wanted(), today)
    assert set(everything.counts) == set(Status)
    for status, n in everything.counts.items():
        answer = client.get(LIST, {"trangthai": str(status)})
        assert answer.context["count"] == n and answer.context["total"] == len(everything.ids)
    dues = [t.due_current for t, _ in client.get(LIST, {"sapxep": "-han"}).context["rows"] if t.due_current]
    assert dues == sorted(dues, reverse=True)
    wanted = {"tu": today.isoformat(), "den": (today + dt.timedelta(days=5)).isoformat()}
    assert client.get(LIST, wanted).context["count"] == 1
    assert client.get(LIST, {"tim": "NHIỆM vụ"}).context["count"] == len(everything.ids)
    assert client.get(LIST, {"tim": "không có chữ này"}).context["count"] == 0
    assert client.get(LIST, {"tu": "hôm qua"}).context["form"].errors["tu"]


@pytest.mark.parametrize("address", [LIST, DIRECTIVE])
def test_exports_open_and_hold_the_rows_of_the_page(world: World, address: str) -> None:
    one_of_each(world)
    client, where = signed_in(world, "chuyên viên"), address.format(world.plan.pk)
    rows = visible_tasks(world.people["chuyên viên"]).count()
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(where, {"xuat": "xlsx"}).content)).active
    cells = [[str(c) for c in row if c is not None] for row in sheet.iter_rows(values_only=True)]
    assert sum(1 for row in cells if any(c.startswith("Nhiệm vụ số") for c in row)) == rows
    table = docx.Document(io.BytesIO(client.get(where, {"xuat": "docx"}).content)).tables[-1]
    assert sum(1 for row in table.rows if any(c.text.startswith("Nhiệm vụ số") for c in row.cells)) == rows
    assert client.get(where, {"xuat": "exe"}).status_code == 404


@pytest.mark.parametrize(
    ("words", "recurrence", "shown"),
    [("trước ngày 25/12 hằng năm", "yearly", "trước ngày 25/12 hằng năm"), ("", "continuous", "thường xuyên")],
)
def test_an_exported_limit_that_is_no_day_keeps_its_words(
    world: World, words: str, recurrence: str, shown: str
) -> None:
    world.task(due=None, deadline_text=words, recurrence=recurrence)
    data = signed_in(world, "chuyên viên").get(LIST, {"xuat": "xlsx"}).content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert any(shown in row for row in sheet.iter_rows(values_only=True))


def test_setting_the_event_on_the_page(world: World) -> None:
    event = Event.objects.create(plan=world.plan, name="kỳ họp")
    task = world.task(state=State.RECEIVED, due=None, event=event)
    on = timezone.localdate() + dt.timedelta(days=9)
    url = f"{TASK.format(task.pk)}moc/"
    assert signed_in(world, "cán bộ A").post(url, {"on": on.isoformat()}).status_code == 403
    assert signed_in(world, "chuyên viên").post(url, {"on": on.isoformat()}).status_code == 302
    assert signed_in(world, "chuyên viên").post(url, {"on": on.isoformat()}).status_code == 422  # no reason
    task.refresh_from_db()
    assert task.due_current == on


@pytest.mark.parametrize("address", [LIST, DIRECTIVE, "/thuc-hien/"])
def test_queries_do_not_grow_with_the_tasks(world: World, address: str) -> None:
    client, where = signed_in(world, "chuyên viên"), address.format(world.plan.pk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(where).status_code == 200
        return len(caught)

    cooperate(world.task(), world.units["Sở B"])
    few = queries()
    for _ in range(12):
        cooperate(world.task(), world.units["Sở B"])
    assert queries() <= few <= 40


def test_the_pages_speak_english(world: World) -> None:
    task, client = world.task(), signed_in(world, "lãnh đạo")
    client.cookies["django_language"] = "en"
    for where in (TASK.format(task.pk), LIST, DIRECTIVE.format(world.plan.pk), "/thuc-hien/"):
        page = client.get(where).content.decode()
        assert "Lead body" in page or "Verified" in page, where


def test_every_status_has_a_look_of_its_own() -> None:
    assert set(LOOKS) == set(Status) == set(ORDER)
    assert len({look.colour for look in LOOKS.values()}) == len({look.icon for look in LOOKS.values()}) == len(Status)
    from django.contrib.staticfiles import finders

    css = Path(finders.find("execution/tasks.css")).read_text("utf-8")
    for status, look in LOOKS.items():
        assert f".status-{status} {{ background: {look.colour}; }}" in css
        assert contrast_with_white(look.colour) >= 4.5, status  # WCAG 2.2 AA


def contrast_with_white(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def test_my_work_by_person(world: World) -> None:
    from bonhoa_web.execution.task_home import last_worked, my_tasks

    one_of_each(world)
    today = timezone.localdate()
    officer = my_tasks(world.people["cán bộ A"], today, None)
    assert [t.due_current for t, _ in officer.overdue] == [today - dt.timedelta(days=3)]
    assert not officer.to_verify and not officer.declined
    assert all(t.lead.name == "Sở A" for t, _ in officer.later + officer.this_week + officer.today)
    leader = my_tasks(world.people["lãnh đạo"], today, None)
    assert len(leader.to_verify) == len(leader.declined) == 1 and not leader.overdue
    assert my_tasks(world.people["cán bộ C"], today, None).empty
    since = last_worked(world.people["lãnh đạo"], today)
    assert signed_in(world, "cán bộ A").post(f"{TASK.format(world.task().pk)}receive/").status_code == 302
    assert [c.words for c in my_tasks(world.people["lãnh đạo"], today, since).changes] == ["tiếp nhận nhiệm vụ"]
    assert not my_tasks(world.people["cán bộ A"], today, since).changes  # what one does oneself is no news


def test_evidence_is_given_to_those_who_see_the_task(world: World) -> None:
    task = world.task(state=State.RECEIVED)
    file = SimpleUploadedFile("minh-chung.txt", "kết quả".encode())
    data = {"report-text": "xong", "report-evidence": file}
    assert signed_in(world, "cán bộ A").post(f"{TASK.format(task.pk)}report/", data).status_code == 302
    where = f"/tep/{task.reports.get().evidence.get().pk}/"
    for name in ("cán bộ A", "lãnh đạo", "người xem"):
        assert b"".join(signed_in(world, name).get(where)) == "kết quả".encode()
    assert signed_in(world, "cán bộ C").get(where).status_code in {403, 404}


def test_the_task_page_asks_few_queries_whatever_its_history(world: World) -> None:
    task, client = world.task(state=State.RECEIVED), signed_in(world, "lãnh đạo")
    for i in range(12):
        task_actions.report(actor=world.people["cán bộ A"], task=task, text=f"lần {i}")
        task_actions.comment(actor=world.people["lãnh đạo"], task=task, text=f"ý {i}")
    with CaptureQueriesContext(connection) as caught:
        assert client.get(TASK.format(task.pk)).status_code == 200
    assert len(caught) <= 40


def test_a_withdrawn_task_no_longer_counts(world: World) -> None:
    for state in (State.VERIFIED, State.RECEIVED, State.WITHDRAWN):
        world.task(state=state)
    page = shown(signed_in(world, "chuyên viên").get(DIRECTIVE.format(world.plan.pk)))
    assert '<strong id="verified-count">1/2</strong>' in page and "chỉ tính nhiệm vụ bạn được xem" not in page
    assert "chỉ tính nhiệm vụ bạn được xem" in shown(signed_in(world, "cán bộ A").get(DIRECTIVE.format(world.plan.pk)))


def test_news_names_its_task(world: World) -> None:
    task = world.task()
    assert signed_in(world, "cán bộ A").post(f"{TASK.format(task.pk)}receive/").status_code == 302
    page = signed_in(world, "lãnh đạo").get("/").content.decode()
    news = page.split("Thay đổi từ lần xem trước")[1]
    assert "tiếp nhận nhiệm vụ: <a" in news and f">{task.title}</a>" in news


def test_cooperating_names_that_are_no_unit_are_not_lost(world: World) -> None:
    draft = Draft.objects.create(plan=world.plan, order=1, title="Việc", coordinate_names=["các hội, đoàn thể"])
    task = world.task(draft=draft)
    cooperate(task, world.units["Sở B"])
    client = signed_in(world, "chuyên viên")
    for where in (LIST, DIRECTIVE.format(world.plan.pk)):
        sheet = openpyxl.load_workbook(io.BytesIO(client.get(where, {"xuat": "xlsx"}).content)).active
        assert any("Sở B; các hội, đoàn thể" in row for row in sheet.iter_rows(values_only=True)), where
    assert "Sở B; các hội, đoàn thể" in client.get(TASK.format(task.pk)).content.decode()


def test_the_heading_of_the_list_counts_many(world: World) -> None:
    client = signed_in(world, "chuyên viên")
    client.cookies["django_language"] = "en"
    assert re.search(r"<h1[^>]*>\s*Tasks\s*</h1>", client.get(LIST).content.decode())
