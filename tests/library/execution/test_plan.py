"""Drafts → one owner per row, or the named problems and the ways out."""

import datetime as dt
import itertools
import re
from collections import Counter
from pathlib import Path

import pytest

from bonhoa.apparatus import load_register
from bonhoa.documents.model import Document, Metadata, Node, NodeKind
from bonhoa.execution.model import (
    OWNER_PROBLEMS,
    Deadline,
    GivenTask,
    OutsideMandate,
    PlanRow,
    Problem,
    Recurrence,
    SuggestedAction,
    TaskDraft,
)
from bonhoa.execution.plan import make_plan

ON = dt.date(2025, 11, 20)
LATER = Deadline("trước ngày 30/11/2025", dt.date(2025, 11, 30))


def document(text: str, issuer: str = "Thủ tướng Chính phủ") -> Document:
    return Document(text, Metadata(issuer=issuer, date=ON), Node(NodeKind.DOCUMENT, None, None, 0, len(text)))


def planned(*leads: str, issuer: str = "Thủ tướng Chính phủ", on: dt.date = ON, **fields: object) -> PlanRow:
    text = "Xây dựng kế hoạch kiểm tra cầu treo"
    values = {"deadline": LATER, "deliverable": "kế hoạch", **fields}
    draft = TaskDraft(0, len(text), leads, **values)  # type: ignore[arg-type]
    return make_plan(document(text, issuer), [draft], load_register(), on).rows[0]


@pytest.mark.parametrize(
    ("leads", "problems"),
    [
        (("Bộ Xây dựng",), []),
        (("Bộ trưởng Bộ Xây dựng",), []),
        (("Bộ Xây dựng", "Bộ Xây dựng"), []),  # one body printed twice
        ((), ["no_lead"]),
        (("Bộ Xây dựng", "Bộ Tài chính"), ["several_leads"]),
        (("các địa phương",), ["collective_lead"]),
        (("các bộ, cơ quan ngang bộ", "UBND các tỉnh, thành phố trực thuộc Trung ương"), ["collective_lead"]),
        (("Bộ Xây dựng", "các địa phương"), ["several_leads", "collective_lead"]),
        (("Bộ Cầu đường",), ["unknown_body"]),
        (("Bộ Giao thông vận tải",), ["ended_body"]),
        (("Bộ Xây dựng", "Bộ Giao thông vận tải"), ["several_leads", "ended_body"]),
    ],
)
def test_leads(leads: tuple[str, ...], problems: list[str]) -> None:
    row = planned(*leads)
    assert [str(problem) for problem in row.problems] == problems
    assert (row.owner is None) == bool(OWNER_PROBLEMS & set(row.problems))


def test_an_office_holder_is_the_body_with_the_office() -> None:
    owner = planned("Bộ trưởng Bộ Y tế").owner
    assert owner is not None and (owner.code, owner.office) == ("bo-y-te", "Bộ trưởng")


@pytest.mark.parametrize(
    ("deadline", "problem"),
    [
        (None, Problem.NO_DEADLINE),
        (Deadline("sớm"), Problem.NO_DEADLINE),
        (Deadline("trước 19/11/2025", dt.date(2025, 11, 19)), Problem.PAST_DEADLINE),
        (Deadline("trong ngày", ON), None),
        (Deadline("hằng quý", recurrence=Recurrence.QUARTERLY), None),
        (Deadline("trình Hội nghị Trung ương 15", event="Hội nghị Trung ương 15"), None),
    ],
)
def test_deadlines_do_not_take_the_owner_away(deadline: Deadline | None, problem: Problem | None) -> None:
    row = planned("Bộ Xây dựng", deadline=deadline)
    assert list(row.problems) == ([problem] if problem else [])
    assert row.owner is not None


def test_no_deliverable() -> None:
    assert planned("Bộ Xây dựng", deliverable=None).problems == (Problem.NO_DELIVERABLE,)


def test_the_second_print_of_a_task_is_a_duplicate() -> None:
    text = "Báo cáo tình hình cầu treo.\nBáo cáo  tình hình, cầu treo\nBáo cáo tình hình đò ngang"
    ends = [0, *(m.end() for m in re.finditer("\n", text)), len(text)]
    drafts = [
        TaskDraft(start, end, ("Bộ Xây dựng",), deadline=LATER, deliverable="báo cáo")
        for start, end in itertools.pairwise(ends)
    ]
    rows = make_plan(document(text), drafts, load_register(), ON).rows
    assert [Problem.DUPLICATE in row.problems for row in rows] == [False, True, False]
    assert all(row.owner for row in rows)


def test_several_leads_can_be_chosen_or_split() -> None:
    suggestions = planned("Bộ Xây dựng", "Bộ Tài chính").suggestions
    assert [s.code for s in suggestions if s.action is SuggestedAction.CHOOSE] == ["bo-xay-dung", "bo-tai-chinh"]
    (split,) = (s for s in suggestions if s.action is SuggestedAction.SPLIT)
    assert split.members == ("bo-xay-dung", "bo-tai-chinh")


def test_a_group_expands_to_its_members_of_the_day() -> None:
    (expand,) = planned("UBND cấp xã", issuer="Ủy ban nhân dân tỉnh Nghệ An").suggestions
    assert expand.action is SuggestedAction.EXPAND and len(expand.members) == 130
    assert not planned("các cơ quan liên quan").suggestions


def test_an_ended_body_is_replaced_by_its_successor() -> None:
    (suggestion,) = planned("Bộ Giao thông vận tải").suggestions
    assert (suggestion.action, suggestion.code) == (SuggestedAction.REPLACE, "bo-xay-dung")
    assert planned("Bộ Giao thông vận tải", on=dt.date(2025, 1, 9)).owner is not None


def test_cooperating_bodies_stand_beside_their_print() -> None:
    row = planned("Bộ Xây dựng", coordinate=("Bộ Tài chính", "các địa phương", "Bộ Cầu đường"))
    assert [owner.code if owner else None for owner in row.cooperating] == ["bo-tai-chinh", None, None]
    assert not row.problems


@pytest.mark.shared
def test_the_140_tasks_of_resolution_03(shared: Path) -> None:
    """99 with one lead, 10 with several, 29 with a collective one, 2 with both (counted by hand)."""
    path = shared / "data/documents/nq03-2025/NQCP03__NQ03_PL2_Nhiem_vu.md"
    drafts = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if re.match(r"\d+\.?$", cells[0]):
            collective = re.match(r"(Các |Bộ, ngành|Tập đoàn, )", cells[2])
            starts = r"(?:; |, )(?=(?:Bộ|Viện|Ngân hàng|VOV|TTXVN|các) ?)| và (?=các )"
            leads = (cells[2],) if collective else tuple(re.split(starts, cells[2]))
            drafts.append(TaskDraft(0, 0, leads))
    rows = make_plan(document("", "Chính phủ"), drafts, load_register(), dt.date(2025, 1, 9)).rows
    found = Counter(tuple(str(p) for p in row.problems if p in OWNER_PROBLEMS) for row in rows)
    assert found == {(): 99, ("several_leads",): 10, ("collective_lead",): 29, ("several_leads", "collective_lead"): 2}


# --- what only others know: tasks in force, mandates, the day of the document ------------------------------------------


def test_a_limit_before_the_documents_own_date_is_said_apart_from_one_that_has_passed_since() -> None:
    early = Deadline("trước ngày 01/11/2025", dt.date(2025, 11, 1))
    later = dt.date(2025, 12, 24)
    assert planned("Bộ Xây dựng", deadline=early).problems == (Problem.PAST_DEADLINE,)  # on its own day they are one
    assert planned("Bộ Xây dựng", deadline=early, on=later).problems == (Problem.PAST_DEADLINE, Problem.BEFORE_DOCUMENT)
    assert planned("Bộ Xây dựng", deadline=LATER, on=later).problems == (Problem.PAST_DEADLINE,)


def test_work_that_another_directive_gave_is_named_with_its_ways_out() -> None:
    text = "Bộ Xây dựng xây dựng kế hoạch kiểm tra cầu treo dân sinh miền núi"
    draft = TaskDraft(0, len(text), ("Bộ Xây dựng",), deadline=LATER, deliverable="kế hoạch")
    known = GivenTask(text, "bo-cong-an", "Bộ Công an", document="9/CĐ-TTg", key="31")
    row = make_plan(document(text), [draft], load_register(), ON, in_force=[known]).rows[0]
    assert row.problems == (Problem.ALREADY_GIVEN,) and row.owner is not None
    assert [o.task.key for o in row.overlaps] == ["31"] and row.overlaps[0].same_lead is False
    assert [s.action for s in row.suggestions] == [SuggestedAction.GIVEN, SuggestedAction.DISTINCT]


def test_a_task_outside_the_mandate_is_said_where_mandates_are_known() -> None:
    class OnlyRoads:
        """Knows one body's mandate."""

        def outside(self, code: str, words: str, on: dt.date) -> OutsideMandate | None:
            known = code == "bo-xay-dung" and on == ON
            return OutsideMandate("chỉ lo đường", "roads only") if known and "đường" not in words else None

    text = "Xây dựng kế hoạch kiểm tra cầu treo"
    drafts = [TaskDraft(0, len(text), (lead,), (), LATER, "kế hoạch") for lead in ("Bộ Xây dựng", "Bộ Y tế", "Bộ Mây")]
    plan = make_plan(document(text), drafts, load_register(), ON, mandates=OnlyRoads())
    assert [Problem.OUTSIDE_MANDATE in row.problems for row in plan.rows] == [True, False, False]
    assert plan.rows[0].owner is not None and plan.rows[0].outside == OutsideMandate("chỉ lo đường", "roads only")
