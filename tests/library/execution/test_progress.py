"""(state, dates, today) → the word on the page and the group in the report."""

import datetime as dt

import pytest

from bonhoa.execution.progress import Category, State, Status, TaskSnapshot, category_of, status_of

ASSIGNED = dt.date(2025, 11, 1)
DUE = dt.date(2025, 11, 11)  # ten days given: due soon from two days left


def day(number: int) -> dt.date:
    return dt.date(2025, 11, number)


@pytest.mark.parametrize(
    ("state", "today", "status", "category"),
    [
        (State.NEW, 2, Status.NOT_RECEIVED, Category.OPEN_IN_TIME),
        (State.NEW, 11, Status.NOT_RECEIVED, Category.OPEN_IN_TIME),
        (State.NEW, 12, Status.OVERDUE, Category.OPEN_OVERDUE),
        (State.RECEIVED, 2, Status.IN_PROGRESS, Category.OPEN_IN_TIME),
        (State.RECEIVED, 8, Status.IN_PROGRESS, Category.OPEN_IN_TIME),
        (State.RECEIVED, 9, Status.DUE_SOON, Category.OPEN_IN_TIME),
        (State.RECEIVED, 11, Status.DUE_SOON, Category.OPEN_IN_TIME),
        (State.RECEIVED, 12, Status.OVERDUE, Category.OPEN_OVERDUE),
        (State.REWORK, 5, Status.REWORK, Category.OPEN_IN_TIME),
        (State.REWORK, 12, Status.OVERDUE, Category.OPEN_OVERDUE),
        (State.DECLINED, 12, Status.DECLINED, None),
        (State.PAUSED, 12, Status.PAUSED, None),
        (State.WITHDRAWN, 12, Status.WITHDRAWN, None),
    ],
)
def test_open_task(state: State, today: int, status: Status, category: Category | None) -> None:
    snapshot = TaskSnapshot(state=state, assigned_on=ASSIGNED, due=DUE)
    assert status_of(snapshot, day(today)) is status
    assert category_of(snapshot, day(today)) is category


@pytest.mark.parametrize(
    ("state", "reported", "verified", "today", "status", "category"),
    [
        (State.REPORTED, 10, None, 10, Status.AWAITING_VERIFICATION, Category.OPEN_IN_TIME),
        # the issuer is slow, the unit was in time
        (State.REPORTED, 11, None, 20, Status.AWAITING_VERIFICATION, Category.OPEN_IN_TIME),
        (State.REPORTED, 12, None, 12, Status.AWAITING_VERIFICATION, Category.OPEN_OVERDUE),
        (State.VERIFIED, 11, 20, 25, Status.DONE_ON_TIME, Category.DONE_ON_TIME),
        (State.VERIFIED, 12, 12, 25, Status.DONE_LATE, Category.DONE_LATE),
        # verified without a report: the day of verification counts
        (State.VERIFIED, None, 11, 25, Status.DONE_ON_TIME, Category.DONE_ON_TIME),
        (State.VERIFIED, None, 12, 25, Status.DONE_LATE, Category.DONE_LATE),
    ],
)
def test_reported_task(
    state: State, reported: int | None, verified: int | None, today: int, status: Status, category: Category
) -> None:
    snapshot = TaskSnapshot(
        state=state,
        assigned_on=ASSIGNED,
        due=DUE,
        reported_on=day(reported) if reported else None,
        verified_on=day(verified) if verified else None,
    )
    assert status_of(snapshot, day(today)) is status
    assert category_of(snapshot, day(today)) is category


@pytest.mark.parametrize(
    ("state", "waits", "status"),
    [
        (State.NEW, True, Status.NOT_RECEIVED),
        (State.RECEIVED, True, Status.WAITING_FOR_EVENT),
        (State.RECEIVED, False, Status.IN_PROGRESS),
        (State.VERIFIED, True, Status.DONE_ON_TIME),
    ],
)
def test_task_without_a_date(state: State, waits: bool, status: Status) -> None:
    snapshot = TaskSnapshot(state=state, assigned_on=ASSIGNED, waits_for_event=waits)
    assert status_of(snapshot, day(28)) is status


def test_event_with_a_date_behaves_like_a_date() -> None:
    snapshot = TaskSnapshot(state=State.RECEIVED, assigned_on=ASSIGNED, due=DUE, waits_for_event=True)
    assert status_of(snapshot, day(12)) is Status.OVERDUE


def test_due_on_the_day_of_assignment_is_due_soon_and_then_overdue() -> None:
    snapshot = TaskSnapshot(state=State.RECEIVED, assigned_on=ASSIGNED, due=ASSIGNED)
    assert status_of(snapshot, day(1)) is Status.DUE_SOON
    assert status_of(snapshot, day(2)) is Status.OVERDUE


def test_every_status_has_words_in_both_languages() -> None:
    for member in [*Status, *Category, *State]:
        assert member.vi and member.en and member.vi != member.en
