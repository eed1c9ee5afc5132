"""Limits in words → `Deadline`: days, months, quarters, years, recurrences, events. Pure functions of the text.

Reads: a stretch of text in normal form and the day of the document (for "trong năm nay" and days without a year).
Writes: the limits with the offsets of their words, in order. The rule book is shared/gold/README.md.
"""

# ruff: noqa: E501 - patterns are easier to check when an alternative is not broken over lines

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from bonhoa.execution.model import Recurrence
from bonhoa.execution.vocabulary import words as vocabulary

_DAY = r"(?<!\d)(?:\d{1,2}\s*/\s*\d{1,2}(?!\d)(?:\s*/\s*\d{4})?|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\s+tháng\s+\d{1,2}(?:\s*(?:năm\s+|/\s*)\d{4})?)"
_MONTH = r"tháng\s+\d{1,2}(?:\s*(?:/|-|năm)\s*\d{4})?"
_QUARTER = r"[Qq]uý\s+(?:IV|III|II|I|[1-4])(?:\s*(?:/|-|,|[Nn]ăm)?\s*\d{4})?"
_YEAR = r"(?:năm\s+)?\d{4}"
_STARTS = regex.compile(
    r"(?<![\p{L}])(?:ít|tối|một|hai|ba|bốn|từ|khi|báo|đột|cả|trước|chậm|muộn|đến|hết|xong|không|trong|vào|hoàn|hằng|hàng|mỗi|ngày|tháng|thứ|chủ|quý|sau|ngay|trình|tại|định|sáu|thời|vòng|\d)",
    regex.I,
)
_BARE_MONTH = regex.compile(r"(?<![\d/.])(0?[1-9]|1[0-2])\s*/\s*((?:19|20)\d{2})(?!\d)")
_BEFORE = r"(?:[Tt]rước(?:\s+(?:khi\s+)?hết)?|[Cc]hậm\s+nhất(?:\s+(?:là|vào|trong|đến(?:\s+hết)?|trước))?|muộn\s+nhất(?:\s+(?:là|vào|đến))?|đến\s+hết|hết|xong\s+trước|không\s+(?:quá|muộn\s+hơn))"
_IN = r"(?:trong|vào|xong\s+trong|xong\s+vào|hoàn\s+thành(?:\s+(?:trong|vào))?)"
_EVERY = r"(?:[Hh]ằng|[Hh]àng|[Mm]ỗi)"
_CYCLE = rf"(?:{_EVERY}\s+(?:ngày|tuần|tháng|quý|năm)|(?:06|6|sáu)\s+tháng(?:\s+(?:một|01)\s+lần)?(?:,?\s+năm)?|tháng,?\s+quý(?:,?\s+(?:06|6)\s+tháng)?,?\s+năm)"

_UNIT = r"(?:ngày|tuần|tháng|quý|năm)"
_COUNT = r"(?:một|hai|ba|bốn|\d{1,2})"
_TIMES = rf"{_COUNT}\s+(?:lần|kỳ|đợt|buổi|số|chuyên\s+đề|chuyên\s+mục|tin(?:,?\s+bài)?|bài)"
# "02 lần/tháng", "mỗi quý một lần", "03 tháng một lần"
_FREQUENCY = (
    rf"(?:(?:ít\s+nhất|tối\s+thiểu)\s+)?(?:{_EVERY}\s+{_UNIT}\s+(?:(?:ít\s+nhất|tối\s+thiểu)\s+)?{_TIMES}"
    rf"|{_TIMES}\s*(?:/|{_EVERY}|trong\s+(?:mỗi|một|01))\s*{_UNIT}|(?:0?[36]|ba|sáu)\s+tháng(?:\s*/\s*|\s+(?:một|01|1)\s+)lần)"
)
_PERIOD = rf"(?:{_EVERY}\s+)?(?:(?:0?[369]|sáu|ba|chín)\s+tháng(?:\s+(?:đầu|cuối)\s+năm)?|tháng|quý|(?:cả\s+)?năm)"
_BY_DAY = r"(?:\s*\((?![^)]*\d{4})[^)]{3,70}\)|\s*:?\s*(?:trước|chậm\s+nhất(?:\s+là)?|vào)\s+ngày\s+\d{1,2}(?:\s*/\s*\d{1,2}|\s+tháng\s+\d{1,2}|\s+(?:của\s+)?tháng\s+cuối)(?![\s/]*(?:năm\s+)?\d{4}|[\s\p{L}]*hằng|[\s\p{L}]*hàng))"
# "6 tháng (trước ngày 10/6) và năm (trước ngày 10/12)": the days of a period that comes again, no single limit
_PERIODIC = rf"(?:[Đđ]ịnh\s+kỳ\s+)?{_PERIOD}{_BY_DAY}(?:(?:\s*[,;]|\s+và)\s*(?:định\s+kỳ\s+)?{_PERIOD}(?:{_BY_DAY})?(?![\p{{L}}]))*"
_MEETING = r"(?:(?:[Kk]ỳ|[Pp]hiên)\s+họp|[Hh]ội\s+nghị|Đại\s+hội)"

_LIMIT = regex.compile(
    rf"(?P<frequency>{_FREQUENCY})|(?P<periodic>{_PERIODIC})"
    rf"|(?P<annual>{_EVERY}\s+năm,?\s+(?:trước|chậm\s+nhất(?:\s+là)?|vào)\s+(?:ngày\s+)?\d{{1,2}}\s*(?:/|tháng\s+)\s*\d{{1,2}}(?![\s/]*\d))"
    rf"|(?P<weekly>(?:trước\s+|vào\s+)?(?:\d{{1,2}}[h:]\d{{0,2}}\s+)?(?:ngày\s+)?(?:thứ\s+(?:Hai|Ba|Tư|Năm|Sáu|Bảy|\d)|Chủ\s+nhật)\s+{_EVERY}\s+tuần)"
    rf"|(?P<cyclic>(?:{_BEFORE}\s+|vào\s+|trước\s+)?(?:ngày\s+\d{{1,2}}(?:\s*/\s*\d{{1,2}}|\s+tháng\s+\d{{1,2}})?\s+|[Tt]háng\s+\d{{1,2}}\s+){_EVERY}\s+(?:tháng|quý|năm)|{_EVERY}\s+(?:tháng|quý|năm)\s*\((?:trước|vào|chậm\s+nhất)\s[^)]{{1,40}}\)"
    rf"|(?:{_BEFORE}|vào)\s+(?:ngày\s+\d{{1,2}}|(?:ngày\s+|tuần\s+)?(?:cuối|đầu)(?:\s+cùng)?)\s+(?:của\s+)?(?:tháng\s+(?:cuối|đầu)\s+)?(?:của\s+)?(?:{_EVERY}\s+)?(?<=cuối\s+|đầu\s+|hằng\s+|hàng\s+|mỗi\s+|của\s+tháng\s+cuối\s+)(?:tháng|quý)(?!\s*(?:\d|[IVX])))"
    rf"|(?P<within>(?:(?:[Cc]hậm\s+nhất\s+)?(?:[Tt]rong\s+)?(?:thời\s+(?:hạn|gian)|vòng)|(?:[Cc]hậm\s+nhất\s+)?[Tt]rong|[Cc]hậm\s+nhất(?:\s+là)?(?:\s+sau)?|[Kk]hông\s+quá|[Ss]au)\s+(?:tối\s+đa\s+|không\s+quá\s+)?\d{{1,3}}\s*(?:\([^)]*\)\s*)?(?:ngày|giờ|tháng|tuần)[^.;]{{0,20}}?\s*,?\s*(?:kể\s+)?(?:từ|sau)\s+[^.;,]{{3,160}}?(?=\s+(?:phải|có\s+trách|thì|để)\s|[.;,]|$)"
    r"|(?:[Kk]hông\s+quá|[Tt]rong(?:\s+thời\s+hạn)?|[Tt]ối\s+đa)\s+\d{1,3}\s+(?:ngày\s+làm\s+việc|giờ)(?:\s+đối\s+với[^.;]{3,160})?(?=[.;,]|$))"
    rf"|(?P<day>(?:(?:{_BEFORE}|{_IN})\s+(?:\d{{1,2}}\s*(?:giờ(?:\s*\d{{2}})?|[h:]\s*\d{{0,2}})(?:\s*phút)?\s+)?(?:là\s+)?(?:tuần\s+)?(?:(?:từ\s+)?ngày\s+)(?:\d{{1,2}}\s*(?:-|đến(?:\s+ngày)?)\s*)?{_DAY}|(?:{_BEFORE})\s+{_DAY}|(?<!tính\s)(?<!cho\s)đến\s+ngày\s+{_DAY}|(?<=không\s(?:để\s)?[^.;,]{{0,60}})(?:quá|sau)\s+ngày\s+{_DAY}))"
    rf"|(?P<months>(?:{_BEFORE}\s+|{_IN}\s+)?(?:0?6|0?9|sáu|chín)\s+tháng\s+(?:đầu|cuối)\s+năm\s+\d{{4}})"
    rf"|(?P<month>(?:{_BEFORE}|{_IN}|từ\s+nay\s+đến)\s+(?:hết\s+|cuối\s+|đầu\s+)?{_MONTH})"
    rf"|(?P<quarter>(?:(?:{_BEFORE}|{_IN})\s+)(?:hết\s+)?{_QUARTER})"
    rf"|(?P<year>(?:{_BEFORE}|trong|xong\s+trong|hoàn\s+thành\s+(?:trong\s+)?)\s+năm\s+\d{{4}}(?:\s*[-–]\s*\d{{4}})?|(?:vào\s+|trước\s+|đến\s+|từ\s+nay\s+đến\s+)(?:hết\s+|cuối\s+)năm\s+\d{{4}}|trong\s+năm\s+nay|(?<=(?:hoàn\s+thành|xong)\s[^.;,]{{0,60}})trong\s+năm(?=\s*(?:[.;,)]|$)))"
    rf"|(?P<event>(?:ngay\s+)?sau\s+khi\s+[^.;,:]{{5,220}}?(?:ban\s+hành|thông\s+qua|có\s+hiệu\s+lực|phê\s+duyệt|công\s+bố|ký\s+kết|kết\s+thúc|hoàn\s+thành)(?![\p{{L}}])|ngay\s+sau\s+khi\s+[^.;,:]{{3,120}}(?=[.;]|$)|sau\s+khi\s+(?:có|nhận\s+được)\s+[^.;,:]{{3,120}}"
    r"|trình\s+(?:Hội\s+nghị\s+(?:Trung\s+ương|lần\s+thứ)\s+[\p{L}\d]+|[Kk]ỳ\s+họp\s+(?:thứ\s+)?[\p{L}\d]+(?:,?\s+Quốc\s+hội(?:\s+khóa\s+[IVX]+)?)?)"
    r"|(?:ngay\s+)?sau\s+(?:hội\s+nghị|cuộc\s+họp|kỳ\s+họp)(?=,)|trước\s+khi\s+(?:tổng\s+hợp|trình|ban\s+hành|báo\s+cáo|diễn\s+ra|khai\s|bước\s+vào|kết\s+thúc|thi\s+công|nghiệm\s+thu|bàn\s+giao)\s?[^.;,:]{3,160}"
    rf"|(?:[Tt]rước|xong\s+trước)\s+(?:thềm\s+|dịp\s+|ngày\s+(?=khai|diễn))?(?:{_MEETING}|mùa\s|[Tt]ết\s|khai\s|diễn\s+ra\s|năm\s+học|kỳ\s+thi)[^.;,]{{0,90}}"
    rf"|(?P<meeting>(?:tại|vào)\s+(?:các\s+)?{_MEETING}[^.;,]{{0,90}})"
    r"|đột\s+xuất\s+khi\s+có\s+(?:yêu\s+cầu|đề\s+nghị)(?:\s+của\s+[^.;,]{3,60})?(?=[.;,]|$))"
    rf"|(?P<cycle>(?:[Đđ]ịnh\s+kỳ\s+)?{_CYCLE}|[Hh]ằng\s+(?:ngày|tuần|tháng|quý|năm)|[Hh]àng\s+(?:ngày|tuần|tháng|quý|năm))"
)
# who meets decides something there: other meetings are places, not limits
_DECIDED = regex.compile(
    r"(?:trình|báo\s+cáo|thông\s+qua|xem\s+xét|sơ\s+kết|tổng\s+kết|công\s+bố|cho\s+ý\s+kiến|quyết\s+định)[^.;]{0,120}$"
)
# "các nhiệm vụ được giao trong năm 2025", "luật được ban hành tại Kỳ họp thứ 10": when the thing came, not the limit
_OF_A_THING = regex.compile(r"(?:đã|(?<!phải\s)(?<!cần\s)được)\s+(?!hoàn\s)\p{Ll}+(?:\s+\p{Ll}+)?\s+$")
_REPORTING = regex.compile(
    r"báo\s+cáo|gửi|tổng\s+hợp|rà\s+soát|cập\s+nhật|đánh\s+giá|công\s+bố|công\s+khai|sơ\s+kết|giao\s+ban|họp|kiểm\s+tra|thống\s+kê|kiểm\s+điểm",
    regex.I,
)
_BUDGET = regex.compile(
    r"(?:nhiệm\s+vụ|mục\s+tiêu|công\s+tác|chi\s+phí|phát\s+sinh|bình\s+quân|ngân\s+sách|kinh\s+phí|dự\s+toán|kế\s+hoạch|nguồn|vốn|chi|chương\s+trình|chỉ\s+tiêu|thường\s+xuyên)\s*$"
)
_CYCLES = {
    "ngày": Recurrence.DAILY,
    "tuần": Recurrence.WEEKLY,
    "tháng": Recurrence.MONTHLY,
    "quý": Recurrence.QUARTERLY,
    "năm": Recurrence.YEARLY,
}
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_CONTINUOUS = regex.compile(
    r"(?:[^.;:,]{0,60}?(?<!chi)(?<!nhiệm vụ)(?<!kinh phí)(?<!vốn)(?<!không)(?<!công việc)\s+)??(?P<words>(?:tiếp\s+tục\s+)?thường\s+xuyên(?:,?\s+liên\s+tục)?|liên\s+tục)(?=\s|[.;,]|$)",
    regex.I,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit found in a stretch of text; offsets count in that stretch."""

    start: int
    end: int
    text: str
    date: dt.date | None = None
    recurrence: Recurrence | None = None
    event: str | None = None

    @property
    def key(self) -> tuple[dt.date | None, Recurrence | None, bool]:
        """What makes two limits the same."""
        return self.date, self.recurrence, bool(self.event)


def limits_in(text: str, today: dt.date | None) -> list[Limit]:
    """The limits named in running text; a bare year, "từ ngày …" and vague words are none."""
    found = []
    for match in _matches(text):
        if _OF_A_THING.search(text, 0, match.start()):
            continue
        if match["meeting"] and not _DECIDED.search(text, 0, match.start()):
            continue
        limit = _limit(match.lastgroup or "", match.group(), match.start(), text, today)
        if limit is not None:
            found.append(limit)
    return found


def _matches(text: str) -> Iterator[regex.Match[str]]:
    """Where limits stand: the long pattern is tried only where a word stands that one can begin with."""
    end = 0
    for start in _STARTS.finditer(text):
        if start.start() >= end and (match := _LIMIT.match(text, start.start())):
            end = match.end()
            yield match


def limit_of_attribute(text: str, today: dt.date | None) -> Limit | None:
    """The limit that a whole value ("Thời gian thực hiện: …") states; here bare months and years count, and anything
    else is an event in its own words."""
    value = text.strip().rstrip(".;")
    start = text.find(value)
    if not value:
        return None
    if regex.match(r"[Tt]ừ\s+(?:ngày|tháng|năm|quý|\d)(?!.*[-–])(?!.*\bđến\b)", value):
        return None
    if regex.search(r"đến\s+khi\s", value) or regex.match(
        r"[Tt]heo\s+(?:tiến\s+độ|thời\s+hạn|lộ\s+trình|quy\s+định|yêu\s+cầu)\s", value
    ):
        return Limit(start, start + len(value), value, event=value)
    if regex.search(r"theo\s|hoặc\s|khi\s", value, regex.I) and (often := _recurrence_in(value)):
        return Limit(start, start + len(value), value, recurrence=often, event=value)
    if regex.fullmatch(r"(?:[Cc]ả|[Tt]rong)\s+năm", value) and today is not None:
        return Limit(start, start + len(value), value, dt.date(today.year, 12, 31))
    kept_up = regex.search(r"\d.*(?:duy\s+trì|thực\s+hiện)?\s*thường\s+xuyên", value)
    if kept_up and (day := _last_day(value, today)) is not None:
        return Limit(start, start + len(value), value, day, Recurrence.CONTINUOUS)
    following = regex.search(r"(?:và\s+)?(?:các|những)\s+năm\s+(?:tiếp\s+theo|sau)|hằng\s+năm|hàng\s+năm", value)
    if _CONTINUOUS.match(value) or regex.fullmatch(r"(?:[Nn]hiệm\s+vụ|[Cc]ông\s+việc)\s+thường\s+xuyên", value):
        return Limit(start, start + len(value), value, recurrence=Recurrence.CONTINUOUS)
    if regex.match(rf"(?:[Tt]rình\s[^.;]{{0,60}})?(?:[Tt]ại\s+|[Vv]ào\s+|[Tt]rước\s+)?(?:các\s+)?{_MEETING}", value):
        return Limit(start, start + len(value), value, event=value)
    following_range = regex.search(r"\d\s*[-–]\s*(?:(?:[Qq]uý|[Tt]háng)\s|\d{1,2}\s*/\s*\d{4})", value)
    if not following_range and (direct := limits_in(value, today)):
        whole = max(direct, key=lambda limit: (limit.date is not None, limit.date or dt.date.min))
        return Limit(start, start + len(value), value, whole.date, whole.recurrence, whole.event and value)
    day = _last_day(value, today)
    if day is not None:
        return Limit(start, start + len(value), value, day, Recurrence.YEARLY if following else None)
    if following:
        return Limit(start, start + len(value), value, recurrence=Recurrence.YEARLY)
    return Limit(start, start + len(value), value, event=value)


def _recurrence_in(value: str) -> Recurrence | None:
    """How often, in a value that adds a condition ("Thường xuyên, theo yêu cầu")."""
    if regex.search(r"thường\s+xuyên", value, regex.I):
        return Recurrence.CONTINUOUS
    match = regex.search(rf"{_EVERY}\s+(ngày|tuần|tháng|quý|năm)", value, regex.I)
    return _CYCLES[match[1].lower()] if match else None


def _shortest(words: str) -> Recurrence | None:
    """The shortest period that is named: "định kỳ 6 tháng và năm" is half-yearly, "tháng cuối quý" quarterly."""
    lowered = regex.sub(
        r"(?:ngày|tuần|tháng)\s+(?:cuối|đầu)|ngày\s+\d+(?:\s*/\s*\d+|\s+tháng\s+\d+)?|[Tt]háng\s+\d+|ngày làm việc",
        " ",
        words,
    )
    lowered = lowered.lower()
    if regex.search(r"(?:0?3|ba)\s+tháng", lowered):
        return Recurrence.QUARTERLY
    lowered, half = regex.subn(r"(?:0?6|sáu)\s+tháng", " ", lowered)
    for unit in ("ngày", "tuần", "tháng", "quý"):
        if regex.search(rf"(?<![\p{{L}}]){unit}(?![\p{{L}}])", lowered):
            return _CYCLES[unit]
    return Recurrence.HALF_YEARLY if half else Recurrence.YEARLY


def continuous_in(text: str) -> Limit | None:
    """ "Thường xuyên" on the main act: at the head of the requirement, after its subject at most."""
    match = _CONTINUOUS.match(text)
    return Limit(match.start("words"), match.end(), match["words"], recurrence=Recurrence.CONTINUOUS) if match else None


def _limit(kind: str, words: str, start: int, text: str, today: dt.date | None) -> Limit | None:
    end = start + len(words)
    if kind == "weekly":
        return Limit(start, end, words, recurrence=Recurrence.WEEKLY)
    if kind in {"annual", "cyclic", "frequency", "periodic"}:
        return Limit(start, end, words, recurrence=_shortest(words))
    if kind in {"within", "event", "meeting"}:
        return Limit(start, end, words.rstrip(), event=words.rstrip())
    if kind == "cycle":
        return _cycle(words, start, text)
    if regex.fullmatch(r"[Tt]rong\s+năm(?:\s+nay)?", words.strip()):
        return Limit(start, end, words, dt.date(today.year, 12, 31)) if today else None
    day = _last_day(words, today)
    return None if day is None else Limit(start, end, words, day)


def _cycle(words: str, start: int, text: str) -> Limit | None:
    """A recurrence counts when it says how often to do the act, not when it belongs to a budget or a plan."""
    before = text[:start]
    if _BUDGET.search(before) or regex.match(r"\s*(?:của|được\s+giao|theo\s+dự\s+toán)", text[start + len(words) :]):
        return None
    opens = (
        regex.fullmatch(r"[\s\p{P}]*(?:(?:và|đồng thời)\s+)?", before)
        or words[0].isupper()
        or "định kỳ" in words.lower()
    )
    behind = text[start + len(words) :]
    if not opens and (
        regex.match(r"\s*(?:[.;,)]|$|(?:để|nhằm)\s)", behind) or vocabulary().verb.match(behind.lstrip())
    ):
        opens = True  # it says how often to do what stands before, or what follows at once
    if not opens and not _REPORTING.search(before[-160:]):
        return None
    unit = words.split()[-1].rstrip(",")
    lowered = words.lower()
    if regex.search(r"(?:06|6|sáu)\s+tháng", lowered) and not lowered.startswith("tháng"):
        return Limit(start, start + len(words), words, recurrence=Recurrence.HALF_YEARLY)
    if "tháng" in lowered and "quý" in lowered:
        return Limit(start, start + len(words), words, recurrence=Recurrence.MONTHLY)
    return Limit(start, start + len(words), words, recurrence=_CYCLES.get(unit))


def _last_day(words: str, today: dt.date | None) -> dt.date | None:
    """The last day that `words` allow, e.g. "trong tháng 11/2025" → 30 November 2025; None if there is no such day."""
    if part := regex.search(r"(\d+|sáu|chín)\s+tháng\s+(đầu|cuối)\s+năm\s+(\d{4})", words):
        nine = part[1] in {"9", "09", "chín"}
        return _month_end(int(part[3]), 12 if part[2] == "cuối" else 9 if nine else 6)
    if days := list(regex.finditer(_DAY, words)):
        return _day(days[-1].group(), today)
    if quarters := list(regex.finditer(_QUARTER, words)):
        match = quarters[-1]
        year = _year(match.group(), words[match.end() :], today)
        number = _QUARTERS[regex.search(r"IV|III|II|I|[1-4]", match.group()[3:]).group()]
        return None if year is None else _month_end(year, number * 3)
    if months := list(regex.finditer(r"tháng\s+(\d{1,2})(?:\s*(?:/|-|năm)\s*(\d{4}))?", words, regex.I)):
        last = months[-1]
        if bare := list(_BARE_MONTH.finditer(words, last.end())):  # "Tháng 11 - 12/2025"
            return _month_end(int(bare[-1][2]), int(bare[-1][1]))
        month = int(last[1])
        year = int(last[2]) if last[2] else _year("", words[last.end() :], today)
        return _month_end(year, month) if year is not None and 1 <= month <= 12 else None
    if bare := list(_BARE_MONTH.finditer(words)):
        return _month_end(int(bare[-1][2]), int(bare[-1][1]))
    if match := regex.search(r"(?:^|\s|/)(?:(?:19|20)\d{2}\s*[-–]\s*)?((?:19|20)\d{2})(?!\d)", words):
        year = int(match[1])
        begins = regex.match(r"trước\s+năm|đầu\s+năm", words)
        return dt.date(year - 1, 12, 31) if begins else dt.date(year, 12, 31)
    return None


def _day(words: str, today: dt.date | None) -> dt.date | None:
    numbers = [int(n) for n in regex.findall(r"\d+", words)]
    if len(numbers) == 2 and today is not None:
        numbers.append(today.year if (numbers[1], numbers[0]) >= (today.month, today.day) else today.year + 1)
    if len(numbers) != 3:
        return None
    try:
        return dt.date(numbers[2], numbers[1], numbers[0])
    except ValueError:
        return None


def _year(words: str, after: str, today: dt.date | None) -> int | None:
    if match := regex.search(r"\d{4}", words) or regex.match(r"\s*(?:năm|/)?\s*(\d{4})", after):
        return int(regex.search(r"\d{4}", match.group()).group())
    return today.year if today else None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
