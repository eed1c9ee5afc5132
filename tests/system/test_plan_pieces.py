"""Rows cut and joined: spans, limits and products stay where their words stand; every step comes back."""

import datetime as dt
from copy import deepcopy
from typing import Any

import pytest
from tests.system.test_plan_pages import HTMX, address, signed, words
from tests.system.world_of_plans import PlanWorld, make_plan

from bonhoa.common.errors import InputError
from bonhoa_web.execution import plan_actions as actions
from bonhoa_web.execution import plan_pieces as pieces
from bonhoa_web.execution.models import Draft, Plan, PlanChange

pytestmark = pytest.mark.django_db

TASKS = """1. Sở Y tế kiểm tra các chợ ven sông và lập Danh sách cơ sở không phép trước ngày 12/12/2026.
2. Sở Xây dựng rà soát các bến thuyền dân sinh trước ngày 15/12/2026.
3. Sở Xây dựng khảo sát luồng lạch trước ngày 01/12/2026.
4. Sở Tài chính bố trí kinh phí thực hiện các nội dung trên.
"""


@pytest.fixture(scope="module")
def kept_world(kept: None) -> PlanWorld:
    return make_plan(TASKS)


@pytest.fixture
def world(db: None, kept_world: PlanWorld) -> PlanWorld:
    return deepcopy(kept_world)


def printed(draft: Draft) -> str:
    return draft.plan.document.text[draft.start : draft.end]


def place(draft: Draft, beginning: str) -> int:
    return next(at for at, words in pieces.places_to_split(draft) if words.startswith(beginning))


def test_places_to_split_lie_behind_signs_and_have_words_on_both_sides(world: PlanWorld) -> None:
    row = world.row("chợ ven sông")
    assert [w for _, w in pieces.places_to_split(row)] == ["và lập Danh sách cơ sở không phép trước ngày 12/12/2026"]
    assert pieces.places_to_split(world.row("luồng lạch")) == []


def test_a_row_is_cut_where_a_person_says(world: PlanWorld) -> None:
    row = world.row("chợ ven sông")
    assert row.due_on == dt.date(2026, 12, 12)
    first, second = pieces.split(actor=world.specialist, draft=row, at=place(row, "và lập"))
    assert printed(first) == first.title == "Sở Y tế kiểm tra các chợ ven sông"
    assert printed(second) == second.title == "lập Danh sách cơ sở không phép trước ngày 12/12/2026"
    assert first.due_on is None and second.due_on == dt.date(2026, 12, 12)
    assert "no_deadline" in first.problems and "no_deadline" not in second.problems
    assert first.lead == second.lead is not None
    order = [d.pk for d in actions.live(world.plan)]
    assert order.index(second.pk) == order.index(first.pk) + 1
    assert all(r["start"] is None or not (second.start <= r["start"] < second.end) for r in first.reasons)


def test_a_cut_comes_back_as_one_step_and_keeps_its_words(world: PlanWorld) -> None:
    row = world.row("chợ ven sông")
    pieces.split(actor=world.specialist, draft=row, at=place(row, "và lập"))
    kept = PlanChange.objects.latest("pk")
    assert kept.kind == "split" and kept.words[0]["words"] == "Sở Y tế kiểm tra các chợ ven sông"
    assert kept.words[0]["fields"]["due_on"] == ["2026-12-12", None]
    assert actions.undo(actor=world.specialist, plan=world.plan)
    assert world.row("chợ ven sông").title.endswith("12/12/2026") and world.plan.drafts.count() == 4


@pytest.mark.parametrize("offset", [-5, 0, 1_000_000])
def test_a_cut_outside_of_the_words_is_refused(world: PlanWorld, offset: int) -> None:
    row = world.row("chợ ven sông")
    with pytest.raises(InputError) as refused:
        pieces.split(actor=world.specialist, draft=row, at=row.start + offset)
    assert refused.value.code == "split" and world.plan.drafts.count() == 4


def test_a_row_without_a_span_is_cut_in_its_title(world: PlanWorld) -> None:
    row = actions.add(actor=world.specialist, plan=world.plan, title="Họp dân; ký cam kết", reason="thiếu")
    first, second = pieces.split(actor=world.specialist, draft=row, at=place(row, "ký"))
    assert (first.title, second.title, second.start) == ("Họp dân", "ký cam kết", None)


def test_neighbours_become_one_stretch_of_the_document(world: PlanWorld) -> None:
    into, draft = world.row("bến thuyền"), world.row("luồng lạch")
    merged = pieces.merge(actor=world.specialist, draft=draft, into=into)
    assert printed(merged).startswith("Sở Xây dựng rà soát") and printed(merged).rstrip(".").endswith("01/12/2026")
    assert merged.due_on == dt.date(2026, 12, 1)
    assert Draft.objects.get(pk=draft.pk).note == "gộp vào dòng 2"


NO_LIMIT = {"due_on": None, "deadline_text": "", "recurrence": "", "event": ""}
EARLY = NO_LIMIT | {"due_on": dt.date(2026, 12, 1), "deadline_text": "trước 01/12/2026"}
LATE = NO_LIMIT | {"due_on": dt.date(2026, 12, 15), "deadline_text": "trước Hội nghị", "event": "Hội nghị"}
QUARTERLY = NO_LIMIT | {"deadline_text": "hằng quý", "recurrence": "quarterly"}
LIMITS = [  # limit of the row above, of the row put into it, of both as one
    (LATE, EARLY, EARLY),
    (EARLY, LATE, EARLY),
    (QUARTERLY, EARLY, EARLY),
    (LATE, QUARTERLY, LATE),
    (NO_LIMIT, QUARTERLY, QUARTERLY),
    (QUARTERLY, NO_LIMIT, QUARTERLY),
    (EARLY, EARLY | {"deadline_text": "đầu tháng 12"}, EARLY),
    (NO_LIMIT, NO_LIMIT, NO_LIMIT),
]


@pytest.mark.parametrize(("above", "below", "wanted"), LIMITS)
def test_the_limit_of_a_joined_row_is_whole_that_of_one_row(
    world: PlanWorld, above: dict[str, Any], below: dict[str, Any], wanted: dict[str, Any]
) -> None:
    into, draft = world.row("bến thuyền"), world.row("luồng lạch")
    for row, limit in ((into, above), (draft, below)):
        Draft.objects.filter(pk=row.pk).update(**limit)
    pieces.merge(actor=world.specialist, draft=draft, into=into)
    now = Draft.objects.get(pk=into.pk)
    assert {key: getattr(now, key) for key in NO_LIMIT} == wanted


def test_rows_far_apart_keep_the_span_of_the_first(world: PlanWorld) -> None:
    into, draft = world.row("chợ ven sông"), world.row("luồng lạch")
    span = (into.start, into.end)
    merged = pieces.merge(actor=world.specialist, draft=draft, into=into)
    assert (merged.start, merged.end) == span and "luồng lạch" in merged.title


def test_split_by_plain_forms_and_by_htmx(world: PlanWorld) -> None:
    client, row = signed(world.specialist), world.row("chợ ven sông")
    tool = f"/thuc-hien/dong/{row.pk}/tach/"
    page = words(client.get(tool))
    assert "<html" in page and "lập Danh sách" in page and 'type="radio"' in page
    refused = client.post(tool, {"seen": 1})
    assert refused.status_code == 422 and "Hãy chọn chỗ bắt đầu" in words(refused)
    assert "<html" not in words(client.get(tool, headers=HTMX))
    answer = client.post(tool, {"at": place(row, "và lập"), "seen": 1}, headers=HTMX)
    assert words(answer).count('class="card rv-row') == 5 and 'id="van-ban" hx-swap-oob' in words(answer)
    second = Draft.objects.latest("pk")
    assert f'id="w{second.pk}"' in words(answer)  # the words are marked anew


def test_merging_upwards_skips_dropped_rows(world: PlanWorld) -> None:
    actions.drop(actor=world.specialist, draft=world.row("bến thuyền"), reason="thôi")
    row = world.row("luồng lạch")
    assert pieces.row_above(row) == world.row("chợ ven sông")
    assert signed(world.specialist).post(f"/thuc-hien/dong/{row.pk}/gop/").status_code == 302
    assert "luồng lạch" in world.row("chợ ven sông").title


# --- two people at once ----------------------------------------------------------------------------------------------


STEPS = ["dong-y", "gop", "tach", "bo", "giai-quyet", ""]


@pytest.mark.parametrize("step", STEPS)
def test_what_somebody_else_has_just_changed_is_refused_and_what_was_typed_stays(world: PlanWorld, step: str) -> None:
    row, seen = world.row("bến thuyền"), world.plan.version
    actions.edit(actor=world.colleague, draft=world.row("bến thuyền"), deliverable="Danh mục bến")
    typed = {"seen": seen, "reason": "không thuộc tỉnh", "at": row.start + 30, "suggestion": "split:"}
    typed |= {"title": "Chữ tôi vừa gõ", "lead": "Sở Xây dựng", "cooperating": ""}
    page = words(
        signed(world.specialist).post(f"/thuc-hien/dong/{row.pk}/{step}{'/' if step else ''}", typed, headers=HTMX)
    )
    assert step in {"tach"} or "Người colleague vừa sửa dòng này" in page
    assert step != "bo" or "không thuộc tỉnh" in page
    assert step != "" or "Chữ tôi vừa gõ" in page
    now = world.row("bến thuyền")
    assert now.deliverable == "Danh mục bến" and not now.dropped and now.title == row.title


def test_undo_never_takes_back_a_step_that_was_not_seen(world: PlanWorld) -> None:
    actions.edit(actor=world.specialist, draft=world.row("bến thuyền"), deliverable="Của tôi")
    seen = Plan.objects.get(pk=world.plan.pk).version
    actions.edit(actor=world.colleague, draft=world.row("luồng lạch"), deliverable="Của đồng nghiệp")
    with pytest.raises(InputError) as refused:
        actions.undo(actor=world.specialist, plan=world.plan, seen=seen)
    assert refused.value.code == "stale" and "Người colleague" in refused.value.vi
    assert world.row("luồng lạch").deliverable == "Của đồng nghiệp"
    page = words(signed(world.specialist).post(address(world.plan, "buoc/hoan-tac/"), {"seen": seen}, headers=HTMX))
    assert "chưa hoàn tác gì" in page and world.row("luồng lạch").deliverable == "Của đồng nghiệp"


def test_a_row_that_was_undone_meanwhile_is_told(world: PlanWorld) -> None:
    row = world.row("chợ ven sông")
    _, second = pieces.split(actor=world.specialist, draft=row, at=place(row, "và lập"))
    actions.undo(actor=world.colleague, plan=world.plan)
    with pytest.raises(InputError) as refused:
        actions.edit(actor=world.specialist, draft=second, title="X")
    assert refused.value.code == "gone"


def test_an_old_copy_in_memory_overwrites_nothing(world: PlanWorld) -> None:
    mine, theirs = world.row("bến thuyền"), world.row("bến thuyền")
    actions.edit(actor=world.colleague, draft=theirs, deliverable="Danh mục bến")
    actions.edit(actor=world.specialist, draft=mine, due_on=dt.date(2026, 12, 20))  # has not seen the other's step
    now = world.row("bến thuyền")
    assert (now.deliverable, now.due_on) == ("Danh mục bến", dt.date(2026, 12, 20))
