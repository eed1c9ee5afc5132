"""The Vietnamese working calendar, and limits that count from a day: "trong thời hạn 05 ngày làm việc kể từ ngày …".

The calendar is dated data (data/holidays.yaml). A year that it does not hold is refused, not guessed: the days of Tết
and the days swapped are announced year by year.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools

import regex

from bonhoa.apparatus.register import read_yaml
from bonhoa.common.errors import InputError

_WITHIN = regex.compile(
    r"(?<!\d)(?P<count>\d{1,3})\s*(?:\([^)]*\)\s*)?(?P<unit>ngày\s+làm\s+việc|ngày|tuần|tháng|năm)(?![\p{L}])", regex.I
)


@functools.cache
def _years() -> dict[int, tuple[frozenset[dt.date], frozenset[dt.date]]]:
    """{year: (days off, Saturdays or Sundays worked)}."""
    years = read_yaml("holidays.yaml")["years"]
    return {year: (frozenset(row["closed"]), frozenset(row["worked"])) for year, row in years.items()}


def is_working(day: dt.date) -> bool:
    """True if offices work on `day`; InputError `no_calendar` for a year whose calendar is not known."""
    if day.year not in _years():
        raise InputError(
            "no_calendar",
            f"chưa có lịch nghỉ lễ, Tết năm {day.year}; hãy bổ sung vào holidays.yaml",
            f"the holidays of {day.year} are not known; add them to holidays.yaml",
        )
    off, worked = _years()[day.year]
    return day in worked or (day.weekday() < 5 and day not in off)


def after_working_days(day: dt.date, count: int) -> dt.date:
    """The last of `count` working days that begin on the day after `day`."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working(day)
    return day


def due_from_act(words: str, signed: dt.date, arrived: dt.date | None = None) -> dt.date | None:
    """The last day of a limit that counts from the very act it stands in ("kể từ ngày ký", "kể từ ngày nhận được Công
    văn này"): from the day it was signed, or, where it counts from its receipt, from the day it arrived. None if it
    counts from anything else. InputError `no_calendar` as `is_working`."""
    if _FROM_RECEIPT.search(words):
        return due_after(words, arrived or signed)
    return due_after(words, signed) if _FROM_SIGNING.search(words) else None


_ACT = (
    r"(?:[Cc]ông văn|[Cc]ông điện|[Cc]hỉ thị|[Kk]ế hoạch|[Tt]hông báo|[Qq]uyết định|[Nn]ghị quyết|[Kk]ết luận"
    r"|[Vv]ăn bản)"
)
_FROM_RECEIPT = regex.compile(rf"(?:từ|sau)\s+(?:ngày|khi)\s+(?:tiếp\s+)?nhận(?:\s+được)?\s+{_ACT}\s+này")
_FROM_SIGNING = regex.compile(
    rf"từ\s+ngày\s+(?:(?:ký|ban\s+hành)(?:,?\s+ban\s+hành)?(?:\s+{_ACT}\s+này)?(?=\s*(?:[.;,)]|$))"
    rf"|{_ACT}\s+này\s+(?:được\s+)?(?:ký|ban\s+hành))"
)


def due_after(words: str, event: dt.date) -> dt.date | None:
    """The last day that a relative limit ("trong 05 ngày làm việc kể từ ngày ký") allows if its event is on `event`;
    None if the words name no period. Plain days, weeks, months and years run on every day of the calendar."""
    match = _WITHIN.search(words)
    if match is None:
        return None
    count, unit = int(match["count"]), " ".join(match["unit"].lower().split())
    if unit == "ngày làm việc":
        return after_working_days(event, count)
    if unit in {"ngày", "tuần"}:
        return event + dt.timedelta(days=count * (7 if unit == "tuần" else 1))
    months = event.year * 12 + event.month - 1 + count * (12 if unit == "năm" else 1)
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(event.day, calendar.monthrange(year, month + 1)[1]))
