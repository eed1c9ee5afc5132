"""The figures add up to the tasks that the person may see; the book has its seven columns; exports hold the page."""

import datetime as dt
import io

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.system.world_of_tasks import World, make_world

from bonhoa.execution.progress import State
from bonhoa.reports.figures import Figure
from bonhoa_web.documents.models import LeaderNote
from bonhoa_web.execution.models import Event

pytestmark = pytest.mark.django_db
FIGURES, BOOK = "/bao-cao/", "/bao-cao/so-van-ban-den/"


@pytest.fixture
def world() -> World:
    world = make_world()
    for state in State:
        world.task(state=state)
    world.task(lead="Sở B", state=State.RECEIVED, due=-2)
    world.task(lead="Sở B", state=State.RECEIVED, due=None, event=Event.objects.create(plan=world.plan, name="kỳ họp"))
    return world


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("by", ["donvi", "chidao"])
def test_the_figures_add_up(world: World, by: str) -> None:
    answer = signed_in(world, "chuyên viên").get(FIGURES, {"theo": by})
    total = answer.context["total"]
    assert total.total == len(State) - 1 + 2  # every task but the withdrawn one
    assert sum(row.line.total for row, _ in answer.context["rows"]) == total.total
    assert total.counts[Figure.OPEN_OVERDUE] == 1 and total.counts[Figure.SET_ASIDE] == 2
    assert total.counts[Figure.DONE_ON_TIME] == 1 and total.counts[Figure.OPEN_UNDATED] == 1


def test_each_person_counts_what_they_may_see(world: World) -> None:
    names = [row.name for row, _ in signed_in(world, "cán bộ B").get(FIGURES).context["rows"]]
    assert names == ["Sở B"]
    assert signed_in(world, "cán bộ C").get(FIGURES).context["total"].total == 0
    assert signed_in(world, "không vai").get(FIGURES).status_code == 403


def test_a_period_that_ends_before_it_starts_is_told_in_words(world: World) -> None:
    page = signed_in(world, "chuyên viên").get(FIGURES, {"tu": "2026-05-02", "den": "2026-05-01"})
    assert "Kỳ báo cáo có ngày cuối trước ngày đầu" in page.content.decode()


def test_a_period_before_the_tasks_is_empty(world: World) -> None:
    before = (timezone.localdate() - dt.timedelta(days=31)).isoformat()
    assert signed_in(world, "chuyên viên").get(FIGURES, {"den": before}).context["total"].total == 0


def test_the_figures_are_exported_with_their_sum(world: World) -> None:
    client = signed_in(world, "chuyên viên")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(FIGURES, {"xuat": "xlsx"}).content)).active
    cells = [[c for c in row if c is not None] for row in sheet.iter_rows(values_only=True)]
    assert any(row and row[0] == "Tổng" and row[-1] == len(State) + 1 for row in cells)
    assert docx.Document(io.BytesIO(client.get(FIGURES, {"xuat": "docx"}).content)).tables


def test_the_book_has_seven_columns_and_tells_the_progress(world: World) -> None:
    document = world.plan.document
    document.arrival_number, document.arrived_on = 12, timezone.localdate()
    document.arrival_year = timezone.localdate().year
    document.save()
    LeaderNote.objects.create(
        document=document, author=world.people["lãnh đạo"], lead=world.units["Sở A"], due_on=dt.date(2026, 12, 31)
    )
    client = signed_in(world, "văn thư")
    answer = client.get(BOOK)
    assert len(answer.context["columns"]) == 7
    (line,) = answer.context["lines"]
    assert line.cells()[0] == 12 and line.receiver == "Sở A" and line.due_on == dt.date(2026, 12, 31)
    assert line.book_of == str(document.receiver) == answer.context["book_of"]
    assert line.progress == f"đã xác nhận 1/{len(State) + 1} nhiệm vụ; 1 quá hạn"
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(BOOK, {"xuat": "xlsx"}).content)).active
    assert any(12 in row and "Sở A" in row for row in sheet.iter_rows(values_only=True))
    assert "Kế hoạch 01/KH-UBND" in "".join(
        c.text
        for row in docx.Document(io.BytesIO(client.get(BOOK, {"xuat": "docx"}).content)).tables[-1].rows
        for c in row.cells
    )
    assert not signed_in(world, "cán bộ A").get(BOOK).context["lines"]  # the book of the province is not theirs


@pytest.mark.parametrize("address", [FIGURES, BOOK])
def test_queries_are_few(world: World, address: str) -> None:
    client = signed_in(world, "chuyên viên")
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    assert len(caught) <= 30


def test_what_has_no_number_yet_is_named_but_not_in_the_book(world: World) -> None:
    document = world.plan.document
    document.arrival_year = timezone.localdate().year
    document.save()
    client = signed_in(world, "văn thư")
    answer = client.get(BOOK)
    assert answer.context["lines"] == [] and "1 văn bản chưa vào sổ" in answer.content.decode()
    document.arrival_number = 7
    document.save()
    answer = client.get(BOOK)
    assert len(answer.context["lines"]) == 1 and "chưa vào sổ" not in answer.content.decode()
