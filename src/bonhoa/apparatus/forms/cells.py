"""What officials type into cells, as values; what cannot be read is refused with what to do."""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from typing import Any

from bonhoa.apparatus.forms.sheets import Column, Kind
from bonhoa.apparatus.positions import Skill, WorkLine
from bonhoa.common.errors import InputError
from bonhoa.common.folding import fold
from bonhoa.common.labels import Labelled

EARLIEST = 1900
DASHES = {"-", "–", "—"}
_EMPTIED: dict[Kind, str | tuple[()]] = {Kind.TEXT: ""} | dict.fromkeys((Kind.LINES, Kind.WORK, Kind.SKILLS), ())
_WORDS = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*(?:năm\s*)?(\d{4})", re.IGNORECASE)
_DMY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
_YMD = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_SKILL = re.compile(r"(.+?)\s*[:\-–|]\s*(?:mức|bậc|cấp độ)?\s*([1-5])", re.IGNORECASE)


def read(column: Column, raw: object) -> Any:
    """The value of a cell: text (NFC, one space between words), dt.date, int, member of the vocabulary, tuple; None for
    an empty cell, "" or () for a lone dash, by which a text is emptied. Raises InputError for what cannot be read."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if isinstance(raw, str) and raw.strip() in DASHES and column.kind in _EMPTIED:
        return _EMPTIED[column.kind]
    return _READERS[column.kind](column, raw)


def clean(raw: object) -> str:
    """The words of a cell on one line; a number without the ".0" that spreadsheets add."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, dt.date):
        return f"{raw:%d/%m/%Y}"
    return unicodedata.normalize("NFC", " ".join(str(raw).split()))


def _text(column: Column, raw: object) -> str:
    text = clean(raw)
    if column.longest and len(text) > column.longest:
        raise InputError(
            "long",
            f"dài {len(text)} ký tự, nhiều nhất {column.longest}; hãy viết gọn lại",
            f"has {len(text)} characters, {column.longest} at most; shorten it",
        )
    return text


def _code(column: Column, raw: object) -> str:
    text = _text(column, raw)
    if " " in text:
        raise InputError(
            "spaces",
            f"mã “{text[:40]}” có khoảng trắng; hãy ghi mã, không ghi tên",
            f'the code "{text[:40]}" has spaces; write the code, not the name',
        )
    return text


def _day(column: Column, raw: object) -> dt.date:
    if isinstance(raw, dt.datetime):
        raw = raw.date()
    if isinstance(raw, dt.date):
        return _sane(raw)
    text = clean(raw)
    if found := _YMD.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DMY.fullmatch(text) or _WORDS.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        raise InputError(
            "day",
            f"“{text[:40]}” không phải một ngày; hãy ghi như 01/7/2025",
            f'"{text[:40]}" is no day; write it as 01/7/2025',
        )
    try:
        typed = dt.date(year, month, day)
    except ValueError:
        raise InputError(
            "day",
            f"không có ngày {day:02}/{month:02}/{year}; hãy kiểm tra ngày và tháng",
            f"there is no day {day:02}/{month:02}/{year}; check day and month",
        ) from None
    return _sane(typed)


def _sane(day: dt.date) -> dt.date:
    if not EARLIEST <= day.year < 2200:
        raise InputError(
            "year",
            f"năm {day.year} không hợp lý; hãy kiểm tra lại ngày",
            f"the year {day.year} makes no sense; check the day",
        )
    return day


def _whole(column: Column, raw: object) -> int:
    text = clean(raw).removesuffix("%").strip()
    low, high = column.between
    if not re.fullmatch(r"\d{1,9}", text) or not low <= int(text) <= high:
        raise InputError(
            "whole",
            f"“{text[:40]}” phải là số nguyên từ {low} đến {high}",
            f'"{text[:40]}" must be a whole number from {low} to {high}',
        )
    return int(text)


@functools.cache
def _labels(vocabulary: type[Labelled]) -> dict[str, Labelled]:
    return {fold(text): member for member in vocabulary for text in (member.vi, member.en, str(member))}


def _choice(column: Column, raw: object) -> Labelled:
    assert column.vocabulary is not None  # noqa: S101 (every column of this kind has one)
    text = clean(raw)
    known = _labels(column.vocabulary)
    if fold(text) not in known:
        few = list(column.vocabulary)[:6]
        more = "…" if len(column.vocabulary) > len(few) else ""
        raise InputError(
            "choice",
            f"“{text[:40]}” không có trong danh mục; chọn một trong: {', '.join(m.vi for m in few)}{more}",
            f'"{text[:40]}" is not on the list; choose one of: {", ".join(m.en for m in few)}{more}',
        )
    return known[fold(text)]


def _lines(column: Column, raw: object) -> tuple[str, ...]:
    return tuple(line for one in str(raw).splitlines() if (line := clean(one).lstrip("-+• ")))


def _work(column: Column, raw: object) -> tuple[WorkLine, ...]:
    out = []
    for line in _lines(column, raw):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) > 4:
            raise InputError(
                "work",
                f"dòng “{line[:40]}…” có {len(parts)} phần; ghi: bậc | công việc | sản phẩm | tiêu chí",
                f'the line "{line[:40]}…" has {len(parts)} parts; write: grade | work | product | criterion',
            )
        if len(parts) == 1:
            out.append(WorkLine(parts[0]))
        else:
            grade, work, product, criterion = (*parts, "", "")[:4]
            out.append(WorkLine(work, product, criterion, grade))
    return tuple(out)


def _skills(column: Column, raw: object) -> tuple[Skill, ...]:
    out = []
    for line in _lines(column, raw):
        found = _SKILL.fullmatch(line)
        if found is None:
            raise InputError(
                "skill",
                f"dòng “{line[:40]}” thiếu mức; ghi như: Soạn thảo văn bản: 3",
                f'the line "{line[:40]}" has no level; write as: Drafting: 3',
            )
        out.append(Skill(found[1][:120], int(found[2])))
    names = [skill.name for skill in out]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise InputError(
            "skill_twice",
            f"năng lực “{twice}” ghi hai lần; giữ một dòng",
            f'the skill "{twice}" is written twice; keep one line',
        )
    return tuple(out)


_READERS: dict[Kind, Any] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.DAY: _day,
    Kind.WHOLE: _whole,
    Kind.CHOICE: _choice,
    Kind.LINES: _lines,
    Kind.WORK: _work,
    Kind.SKILLS: _skills,
}


def write(column: Column, value: Any, language: str = "vi") -> str | int | dt.date | None:
    """The cell that is read as `value`; None for nothing."""
    if value is None or value == "" or value == ():
        return None
    match column.kind:
        case Kind.CHOICE:
            return value.label(language)  # type: ignore[no-any-return]
        case Kind.LINES:
            return "\n".join(value)
        case Kind.WORK:
            return "\n".join(" | ".join((w.grade, w.work, w.product, w.criterion)) for w in value)
        case Kind.SKILLS:
            return "\n".join(f"{skill.name}: {skill.level}" for skill in value)
    return value  # type: ignore[no-any-return]
