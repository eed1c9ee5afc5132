"""The figures add up, whatever the tasks are."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonhoa.common.errors import InputError
from bonhoa.reports.figures import DEFINITIONS, DONE, Counted, Figure, figure_of, in_period, progress_table

DAY = dt.date(2026, 6, 1)
dates = st.integers(-400, 400).map(lambda n: DAY + dt.timedelta(days=n))
tasks = st.builds(
    Counted,
    st.sampled_from(["Sở Nội vụ", "Sở Y tế", "Sở Xây dựng"]),
    dates,
    st.none() | dates,
    st.none() | dates,
    st.none() | dates,
    st.booleans(),
    st.booleans(),
)


@given(st.lists(tasks, max_size=60), st.none() | dates, dates)
def test_the_table_adds_up(given_tasks: list[Counted], start: dt.date | None, end: dt.date) -> None:
    if start is not None and end < start:
        with pytest.raises(InputError):
            progress_table(given_tasks, start, end)
        return
    lines, total = progress_table(given_tasks, start, end)
    expected = [t for t in given_tasks if in_period(t, start, end)]
    assert total.total == len(expected) == sum(line.total for line in lines)
    for kind in Figure:
        assert total.counts[kind] == sum(line.counts[kind] for line in lines)
    assert total.done == sum(1 for t in expected if t.verified_on is not None and t.verified_on <= end)
    assert [line.group for line in lines] == sorted({t.group for t in expected})


@given(tasks, dates)
def test_a_task_that_nobody_verified_is_never_done(task: Counted, on: dt.date) -> None:
    assert (figure_of(task, on) in DONE) == (task.verified_on is not None and task.verified_on <= on)


def test_the_day_of_the_deadline_is_in_time() -> None:
    assert figure_of(Counted("x", DAY, DAY), DAY) is Figure.OPEN_IN_TIME
    assert figure_of(Counted("x", DAY, DAY), DAY + dt.timedelta(days=1)) is Figure.OPEN_OVERDUE
    late = Counted("x", DAY, DAY, reported_on=DAY + dt.timedelta(days=1), verified_on=DAY + dt.timedelta(days=1))
    assert figure_of(late, DAY + dt.timedelta(days=2)) is Figure.DONE_LATE


def test_a_slow_verification_is_not_the_units_fault() -> None:
    task = Counted("x", DAY, DAY, reported_on=DAY, verified_on=DAY + dt.timedelta(days=9))
    assert figure_of(task, DAY + dt.timedelta(days=9)) is Figure.DONE_ON_TIME
    assert figure_of(task, DAY + dt.timedelta(days=5)) is Figure.OPEN_IN_TIME  # reported in time, waits


def test_what_is_set_aside_is_counted_apart() -> None:
    assert figure_of(Counted("x", DAY, DAY, set_aside=True), DAY + dt.timedelta(days=9)) is Figure.SET_ASIDE


def test_every_category_is_defined_in_both_languages() -> None:
    assert set(DEFINITIONS) == set(Figure)
    assert all(vi and en for vi, en in DEFINITIONS.values())
