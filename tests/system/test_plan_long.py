"""A directive with a 200-page annex: its page stays light and quick, rows and words stay linked, also without scripts."""

import re
import time
from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.system.test_plan_pages import HTMX, address, signed, words
from tests.system.world_of_plans import PlanWorld, make_plan

from bonhoa_web.execution import plan_queries as queries
from bonhoa_web.execution import plan_text as texts
from bonhoa_web.execution.models import Draft

pytestmark = pytest.mark.django_db

PAGES, ON_A_PAGE = 200, 6  # 1,200 tasks, about 3,000 characters a page
PROSE = "Hiện trạng bến bãi, cầu cảng và luồng lạch trên địa bàn được mô tả để tham khảo khi thực hiện. " * 22


@pytest.fixture(scope="module")
def kept_world(kept: None) -> PlanWorld:
    """A plan whose document is made long behind the reading: the page, not the reading, is measured here."""
    made = make_plan()
    document = made.plan.document
    row = made.row("Đề án hè phố")
    text, drafts = document.text, []
    for page in range(PAGES):
        text += f"\nPhụ lục trang {page}\n{PROSE}\n"
        for n in range(ON_A_PAGE):
            start = len(text)
            text += f"{n + 1}. Sở Xây dựng sửa bến số {page}-{n} trước ngày 01/02/2027.\n"
            end = len(text) - 1
            reason = {
                "field": "lead",
                "rule": "x",
                "vi": "đầu câu",
                "en": "head",
                "start": start + 3,
                "end": start + 14,
            }
            drafts.append(
                Draft(
                    plan=made.plan,
                    order=10_000 + len(drafts) * 1000,
                    title=text[start + 3 : end],
                    start=start + 3,
                    end=end,
                    lead=row.lead,
                    confidence=0.3 + (len(drafts) % 7) / 10,
                    reasons=[reason],
                    problems=["no_deliverable"],
                )
            )
    document.text = text
    document.save(update_fields=["text"])
    Draft.objects.bulk_create(drafts)
    made.plan.refresh_from_db()
    return made


@pytest.fixture
def world(db: None, kept_world: PlanWorld) -> PlanWorld:
    return deepcopy(kept_world)


def test_a_page_is_light_and_quick(world: PlanWorld) -> None:
    client = signed(world.specialist)
    client.get(address(world.plan))
    assert len(world.plan.document.text) > 450_000
    best = 9.0
    for _ in range(3):
        began = time.process_time()
        page = client.get(address(world.plan))
        best = min(best, time.process_time() - began)
    assert len(page.content) < 400_000  # the text alone has 600 kB, and a row of the table 5 kB
    assert best < 1.5  # 0.2 s on a quiet machine


def test_a_step_sends_one_row_and_asks_few_questions(world: PlanWorld) -> None:
    client, row = signed(world.specialist), world.row("bến số 100-3")
    here = f"http://testserver{address(world.plan)}?dong={row.pk}"
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(f"/thuc-hien/dong/{row.pk}/dong-y/", {"seen": 1}, headers={**HTMX, "HX-Current-URL": here})
    assert len(answer.content) < 20_000 and len(asked) < 45, len(asked)
    assert words(answer).count('class="card rv-row') == 1


def test_every_row_of_a_page_has_its_words_beside_it(world: PlanWorld) -> None:
    client = signed(world.specialist)
    for query in ("", "?trang=2", "?trang=17", "?trang=31", "?loc=chua-chac", "?tim=bến số 150"):
        page = words(client.get(address(world.plan) + query))
        rows = set(re.findall(r'id="row-(\d+)"', page))
        assert 0 < len(rows) <= queries.PER_PAGE
        assert rows <= set(re.findall(r'id="w(\d+)"', page)), query


def test_the_words_of_any_row_lead_to_it_without_scripts(world: PlanWorld) -> None:
    client, row = signed(world.specialist), world.row("bến số 100-3")
    assert f'id="row-{row.pk}"' not in words(client.get(address(world.plan)))
    page = words(client.get(f"{address(world.plan)}?dong={row.pk}"))
    assert f'id="row-{row.pk}"' in page and f'id="w{row.pk}"' in page
    number = texts.part_at(world.plan.document.text, row.start)
    assert f'id="w{row.pk}"' in words(client.get(f"{address(world.plan)}?phan={number}"))
    fragment = words(client.get(address(world.plan, f"phan/{number}/"), headers=HTMX))
    assert f'id="w{row.pk}"' in fragment and "<html" not in fragment
    assert client.get(address(world.plan, "phan/9999/")).status_code == 404
    assert signed(world.stranger).get(address(world.plan, f"phan/{number}/")).status_code == 404


def test_the_parts_are_the_text_and_cut_at_lines(world: PlanWorld) -> None:
    text = world.plan.document.text
    cuts = texts.bounds(text)
    assert cuts[0] == 0 and cuts[-1] == len(text) and all(text[c - 1] == "\n" for c in cuts[1:-1])
    assert all(texts.part_at(text, c) == n for n, c in enumerate(cuts[:-1]))
    assert texts.bounds("ngắn") == (0, 4)


def test_unsure_rows_come_first_and_sureness_is_a_word(world: PlanWorld) -> None:
    page = words(signed(world.specialist).get(address(world.plan, "?loc=chua-chac")))
    order = [int(pk) for pk in re.findall(r'id="row-(\d+)"', page)]
    found = Draft.objects.filter(pk__in=order).values_list("pk", "confidence", "confidences")
    sure = {pk: queries.lowest(whole, each) for pk, whole, each in found}
    assert [sure[pk] for pk in order] == sorted(sure[pk] for pk in order) and "○ chưa chắc" in page


def test_after_a_plain_step_the_same_filter_is_shown(world: PlanWorld) -> None:
    client, row = signed(world.specialist), world.row("bến số 100-3")
    here = f"http://testserver{address(world.plan)}?loc=no_deliverable&trang=15"
    answer = client.post(f"/thuc-hien/dong/{row.pk}/dong-y/", {"seen": 1}, headers={"Referer": here})
    assert answer["Location"] == f"{address(world.plan)}?loc=no_deliverable&dong={row.pk}#row-{row.pk}"
    assert f'id="row-{row.pk}"' in words(client.get(answer["Location"]))
