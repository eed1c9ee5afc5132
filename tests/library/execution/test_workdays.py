"""Working days and limits that count from a day."""

import datetime as dt

import pytest

from bonhoa.common.errors import InputError
from bonhoa.execution.workdays import after_working_days, due_after, due_from_act, is_working


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (dt.date(2025, 3, 5), True),
        (dt.date(2025, 3, 8), False),  # Saturday
        (dt.date(2025, 9, 2), False),  # National Day
        (dt.date(2025, 4, 26), True),  # a Saturday worked for Friday 2 May
        (dt.date(2025, 5, 2), False),
    ],
)
def test_working(day: dt.date, working: bool) -> None:
    assert is_working(day) is working


def test_working_days_skip_the_holidays() -> None:
    assert after_working_days(dt.date(2025, 8, 29), 1) == dt.date(2025, 9, 3)
    assert after_working_days(dt.date(2025, 3, 5), 0) == dt.date(2025, 3, 5)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("trong thời hạn 05 ngày làm việc kể từ ngày ký", dt.date(2025, 3, 12)),
        ("trong 10 ngày kể từ ngày nhận", dt.date(2025, 3, 15)),
        ("trong vòng 02 tuần sau khi ban hành", dt.date(2025, 3, 19)),
        ("trong 06 tháng kể từ ngày có hiệu lực", dt.date(2025, 9, 5)),
        ("sau khi Nghị định được ban hành", None),
    ],
)
def test_due_after(words: str, due: dt.date | None) -> None:
    assert due_after(words, dt.date(2025, 3, 5)) == due


def test_the_end_of_a_shorter_month() -> None:
    assert due_after("trong 01 tháng kể từ ngày ký", dt.date(2025, 1, 31)) == dt.date(2025, 2, 28)


def test_a_year_without_a_calendar_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        is_working(dt.date(1999, 1, 4))
    assert refused.value.code == "no_calendar"


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("trong thời hạn 05 ngày làm việc kể từ ngày ký", dt.date(2025, 3, 12)),
        ("trong 05 ngày kể từ ngày ban hành Kế hoạch này", dt.date(2025, 3, 10)),
        ("trong 07 ngày kể từ ngày nhận được Công văn này", dt.date(2025, 3, 17)),  # it arrived on the tenth
        ("trong 10 ngày kể từ ngày Chỉ thị này được ban hành", dt.date(2025, 3, 15)),
        ("trong 10 ngày kể từ ngày nhận đủ hồ sơ", None),
        ("trong 30 ngày kể từ ngày Nghị định có hiệu lực", None),
        ("trong 10 ngày kể từ ngày ký hợp đồng", None),
    ],
)
def test_limits_that_count_from_the_act_itself(words: str, due: dt.date | None) -> None:
    assert due_from_act(words, dt.date(2025, 3, 5), dt.date(2025, 3, 10)) == due
