"""The documents of the demo have the faults they are written with."""

import datetime as dt
from collections import Counter

import pytest

from bonhoa.apparatus import load_register
from bonhoa.documents import read
from bonhoa.execution import extract, make_plan
from bonhoa.execution.model import Plan as ProposedPlan
from bonhoa.execution.model import Problem
from bonhoa_web.demo.directives import DemoDocument, main_directive, second_directive, third_directive
from bonhoa_web.demo.province import territories

TODAY = dt.date(2026, 11, 24)


def proposed(document: DemoDocument) -> ProposedPlan:
    found = read(document.data, document.filename)
    register = load_register().with_territories(territories())
    return make_plan(found, extract(found), register, document.issued_on)


@pytest.mark.parametrize("today", [TODAY, dt.date(2027, 2, 1), dt.date(2028, 2, 29)])
def test_the_main_directive_has_the_faults_of_a_real_one(today: dt.date) -> None:
    plan = proposed(main_directive(today))
    assert len(plan.rows) == 16
    problems = Counter(problem for row in plan.rows for problem in row.problems)
    for problem in (Problem.SEVERAL_LEADS, Problem.COLLECTIVE_LEAD, Problem.ENDED_BODY):
        assert problems[problem] == 1
    assert problems[Problem.NO_DEADLINE] >= 1 and problems[Problem.UNKNOWN_BODY] == 0
    deadlines = [row.draft.deadline for row in plan.rows if row.draft.deadline]
    assert [d.event for d in deadlines if d.event] and [d.recurrence for d in deadlines if d.recurrence]
    assert sum(row.owner is not None for row in plan.rows) == 13


def test_the_other_documents_have_something_to_review() -> None:
    assert sum(row.owner is None for row in proposed(second_directive(TODAY)).rows) == 3
    assert all(row.owner for row in proposed(third_directive(TODAY)).rows)
