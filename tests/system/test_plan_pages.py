"""The review page: by plain forms and by htmx, its answers to bad input, its exports, and how it grows."""

import datetime as dt
import io
from copy import deepcopy

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.system.world_of_plans import PlanWorld, make_plan, second_plan

from bonhoa_web.execution.models import Draft, Plan, Task

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def kept_world(kept: None) -> PlanWorld:
    return make_plan()


@pytest.fixture
def world(db: None, kept_world: PlanWorld) -> PlanWorld:
    return deepcopy(kept_world)


def signed(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def address(plan: Plan, tail: str = "") -> str:
    return f"/thuc-hien/ke-hoach/{plan.pk}/{tail}"


def test_each_row_is_linked_to_its_words(world: PlanWorld) -> None:
    page = words(signed(world.specialist).get(address(world.plan)))
    for draft in world.plan.drafts.all():
        assert f'id="w{draft.pk}"' in page and f'href="#w{draft.pk}"' in page and f'id="row-{draft.pk}"' in page
    assert "các cơ quan liên quan" in page  # a cooperating group that has no members is not lost


def test_the_whole_way_without_javascript(world: PlanWorld) -> None:
    client, leader = signed(world.specialist), signed(world.leader)
    row = world.row("Phương án bố trí")
    code = next(s["code"] for s in row.suggestions if s["action"] == "choose")
    answer = client.post(f"/thuc-hien/dong/{row.pk}/giai-quyet/", {"suggestion": f"choose:{code}", "alike": "1"})
    assert answer.status_code == 302 and answer["Location"].endswith(f"#row-{row.pk}")
    assert not Draft.objects.filter(plan=world.plan, title__contains="Danh sách", lead=None).exists()
    world.settle()
    assert client.post(address(world.plan, "buoc/trinh/")).status_code == 302
    page = words(client.get(address(world.plan)))
    assert "chờ duyệt" in page and "Rút lại để sửa" in page and "rv-edit" not in page
    version = Plan.objects.get(pk=world.plan.pk).version
    refused = leader.post(address(world.plan, "duyet/"), {"kind": "leader", "seen": version})
    assert refused.status_code == 422 and "Hãy đánh dấu đã xem" in words(refused) and not Task.objects.exists()
    done = leader.post(address(world.plan, "duyet/"), {"kind": "leader", "read": "on", "seen": version})
    assert done.status_code == 302 and Task.objects.count() == 6


def test_a_refused_approval_says_why_at_the_top(world: PlanWorld) -> None:
    answer = signed(world.leader).post(address(world.plan, "duyet/"), {"kind": "leader", "read": "on"})
    page = words(answer)
    assert answer.status_code == 422
    assert page.index("chưa có đúng một cơ quan chủ trì") < page.index('class="rv-grid"')


def test_htmx_gets_the_row_that_changed_and_the_counts(world: PlanWorld) -> None:
    row = world.row("Đề án hè phố")
    answer = signed(world.specialist).post(f"/thuc-hien/dong/{row.pk}/dong-y/", headers=HTMX)
    page = words(answer)
    assert answer["HX-Retarget"] == f"#row-{row.pk}" and page.count('class="card rv-row') == 1
    assert 'hx-swap-oob="true"' in page and "<html" not in page
    assert f'name="seen" value="{Plan.objects.get(pk=world.plan.pk).version}" form="approve"' in page


def test_a_body_nobody_knows_gets_a_sentence_and_keeps_what_was_typed(world: PlanWorld) -> None:
    row = world.row("Đề án hè phố")
    client = signed(world.specialist)
    typed = {"title": "Tên mới của việc", "lead": "Sở Tào lao", "cooperating": "", "seen": world.plan.version}
    for headers in ({}, HTMX):
        page = words(client.post(f"/thuc-hien/dong/{row.pk}/", typed, headers=headers))
        assert "Không có cơ quan “Sở Tào lao”" in page and "Tên mới của việc" in page
    assert world.row("Đề án hè phố").title == row.title


def test_one_field_of_a_row_whose_lead_is_a_group_can_be_mended(world: PlanWorld) -> None:
    row = world.row("dọn dẹp vỉa hè")
    typed = {
        "title": row.title,
        "lead": "; ".join(row.lead_names),
        "due_on": "2026-12-24",
        "seen": world.plan.version,
        "cooperating": "",
    }
    assert signed(world.specialist).post(f"/thuc-hien/dong/{row.pk}/", typed).status_code == 302
    assert str(world.row("dọn dẹp vỉa hè").due_on) == "2026-12-24" and world.row("dọn dẹp vỉa hè").lead is None


def test_the_first_row_cannot_be_merged_upwards(world: PlanWorld) -> None:
    first = world.plan.drafts.order_by("order").first()
    page = words(signed(world.specialist).post(f"/thuc-hien/dong/{first.pk}/gop/", headers=HTMX))
    assert "Không có dòng nào ở trên để gộp vào." in page


def test_a_document_without_tasks_says_so(world: PlanWorld) -> None:
    plan = second_plan(world, "1. Phố phường của chúng ta đã sạch đẹp.\n")
    assert "Không tìm thấy nhiệm vụ nào" in words(signed(world.specialist).get(address(plan)))


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_the_table_goes_out_as_officials_print_it(world: PlanWorld, form: str) -> None:
    data = signed(world.specialist).get(address(world.plan, f"?xuat={form}")).content
    if form == "xlsx":
        cells = [str(c.value) for line in openpyxl.load_workbook(io.BytesIO(data)).active for c in line if c.value]
    else:
        file = docx.Document(io.BytesIO(data))
        cells = [p.text for p in file.paragraphs] + [c.text for t in file.tables for r in t.rows for c in r.cells]
    for heading in ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Sản phẩm", "Căn cứ"):
        assert heading in cells
    printed = "\n".join(cells).lower()
    assert "dự thảo" in printed and "các cơ quan liên quan" in printed and "[" in printed  # nothing looks final yet
    assert "hằng quý" in printed


def test_strangers_see_nothing(world: PlanWorld) -> None:
    client = signed(world.stranger)
    assert client.get(address(world.plan)).status_code == 404
    assert client.post(f"/thuc-hien/dong/{world.row('Đề án').pk}/dong-y/").status_code in {403, 404}
    assert signed(world.viewer).post(f"/thuc-hien/dong/{world.row('Đề án').pk}/dong-y/").status_code == 403


def test_queries_do_not_grow_with_the_rows(world: PlanWorld) -> None:
    client = signed(world.specialist)
    client.get(address(world.plan))

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address(world.plan)).status_code == 200
        return len(queries)

    few = count()
    row = world.row("Đề án hè phố")
    for n in range(40):
        Draft.objects.create(plan=world.plan, order=900 + n, title=f"Việc {n}", lead=row.lead, problems=[])
    assert count() <= few + 1


def test_english_on_request(world: PlanWorld) -> None:
    client = signed(world.specialist)
    client.cookies["django_language"] = "en"
    assert "Submit for approval" in words(client.get(address(world.plan)))


@pytest.mark.parametrize(
    ("printed", "due", "recurrence", "event", "cell"),
    [
        ("trước ngày 25/12 hằng năm", None, "yearly", "", "trước ngày 25/12 hằng năm"),
        ("", None, "quarterly", "", "hằng quý"),  # a person chose it
        ("trong quý IV", None, "", "", "trong quý IV"),
        ("sau kỳ họp cuối năm", None, "", "kỳ họp cuối năm", "kỳ họp cuối năm"),
        ("chậm nhất ngày 05 sau mỗi kỳ họp", None, "yearly", "kỳ họp", "chậm nhất ngày 05 sau mỗi kỳ họp; kỳ họp"),
        ("trước ngày 12/12/2026", dt.date(2026, 12, 12), "", "", dt.datetime(2026, 12, 12)),
        ("trước 12/12/2026, sau đó hằng năm", dt.date(2026, 12, 12), "yearly", "", "12/12/2026; hằng năm"),
        ("", None, "", "", None),
    ],
)
def test_a_limit_that_is_no_day_keeps_its_words(
    world: PlanWorld, printed: str, due: dt.date | None, recurrence: str, event: str, cell: object
) -> None:
    row = world.row("Đề án hè phố")
    Draft.objects.filter(pk=row.pk).update(deadline_text=printed, due_on=due, recurrence=recurrence, event=event)
    client = signed(world.specialist)
    facts = words(client.get(address(world.plan))).split(f'id="row-{row.pk}"')[1].split("<dt>Thời hạn</dt><dd>")[1]
    shown = facts.split("</dd>")[0]
    if isinstance(cell, str):
        assert all(part in shown for part in cell.split("; ")), shown
        assert ("hằng năm" in shown) is ("hằng năm" in cell)
    else:
        assert ("12/12/2026" if due else "—") in shown
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(address(world.plan), {"xuat": "xlsx"}).content)).active
    line = next(r for r in sheet.iter_rows(values_only=True) if any("Đề án hè phố" in str(v) for v in r))
    head = next(r for r in sheet.iter_rows(values_only=True) if "Thời hạn" in r)
    assert line[head.index("Thời hạn")] == cell


def test_one_choice_for_rows_alike_is_offered_where_there_is_one_body_to_choose(world: PlanWorld) -> None:
    row = world.row("dọn dẹp vỉa hè")
    assert {s["action"] for s in row.suggestions} == {"expand"}
    Draft.objects.create(
        plan=world.plan, order=9000, title="Việc nữa", lead_names=row.lead_names, problems=row.problems
    )
    page = words(signed(world.specialist).get(address(world.plan)))

    def part(draft: Draft) -> str:
        return page.split(f'id="row-{draft.pk}"')[1].split("</li>")[0]

    assert 'name="alike"' not in part(row) and "cach=each&amp;nhom=" in part(row)
    assert "xem trước việc tách cả 1 dòng khác" in part(row)
    several = part(world.row("Phương án bố trí"))
    assert 'name="alike"' in several and "cach=each" in several


def test_the_certainty_of_each_field_is_kept_and_shown(world: PlanWorld) -> None:
    row = world.row("Đề án hè phố")
    assert set(row.confidences) == {"lead", "coordinate", "deadline", "deliverable"}
    assert row.confidence == pytest.approx(row.confidences["lead"] * row.confidences["deadline"], abs=0.01)
    client = signed(world.specialist)
    sure = round(100 * row.confidences["lead"])
    assert f"<strong>chủ trì</strong> (cách đọc này đúng {sure}%)" in words(client.get(address(world.plan)))
    Draft.objects.filter(pk=row.pk).update(confidences={**row.confidences, "lead": 0.41})
    page = words(client.get(address(world.plan, "?loc=chua-chac")))
    first = page.split('class="card rv-row')[1]
    assert f'id="row-{row.pk}"' in first and "cách đọc này đúng 41%" in first and "○ chưa chắc" in first
    Draft.objects.filter(pk=row.pk).update(reviewed=True)  # a person has looked: the reading has no say any more
    assert "đã gán nhãn, cách đọc này đúng 41%" not in words(client.get(address(world.plan)))


NUMBERS = ["²", "٣", "-1", "9" * 19, "9" * 5000, "một"]  # what is no number that an address or a form may hold


@pytest.mark.parametrize("given", NUMBERS)
def test_what_is_no_number_is_never_a_failure(world: PlanWorld, given: str) -> None:
    client, row = signed(world.specialist), world.row("Đề án hè phố")
    for name in ("dong", "phan"):
        assert client.get(address(world.plan), {name: given}).status_code == 200
    assert client.get(address(world.plan, "so-sanh/"), {"voi": given}).status_code == 200
    assert client.post(f"/thuc-hien/dong/{row.pk}/dong-y/", {"seen": given}).status_code == 302
    assert client.post(f"/thuc-hien/dong/{row.pk}/gop/", {"into": given}).status_code == 404
    assert not world.row("Đề án hè phố").dropped  # not put into a row that nobody named


def test_an_approved_plan_is_not_sent_back(world: PlanWorld) -> None:
    world.settle()
    leader = signed(world.leader)
    leader.post(address(world.plan, "duyet/"), {"kind": "leader", "read": "on"})
    answer = leader.post(address(world.plan, "tra-lai/"), {"reason": "sửa lại"})
    assert answer.status_code == 422 and "đã được duyệt nên không sửa được" in words(answer)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("trong thời hạn 05 ngày làm việc kể từ ngày ký", "tính ra 12/10/2026"),  # signed on Monday the 5th
        ("trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ", ""),
        ("trong thời hạn 90 ngày làm việc kể từ ngày ký", "chưa có lịch nghỉ lễ, Tết năm 2027"),
    ],
)
def test_a_limit_that_runs_from_the_document_is_counted(world: PlanWorld, event: str, said: str) -> None:
    draft = world.row("Danh sách")
    draft.event = event
    draft.save(update_fields=["event"])
    page = words(signed(world.specialist).get(address(world.plan)))
    assert event in page and (said in page if said else "tính ra" not in page)
