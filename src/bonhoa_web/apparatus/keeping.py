"""How a dated row is written, corrected and taken back by a person: the sentence for what the database refuses names
what stands in the way."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from bonhoa.common.errors import InputError
from bonhoa_web.apparatus import refusals
from bonhoa_web.apparatus.dated import Dated, NoOverlap, withdraw
from bonhoa_web.apparatus.models import FunctionVersion, Holding, Mandate, PostVersion, Unit
from bonhoa_web.foundation.models import User

_Row = TypeVar("_Row", bound=Dated)


def write(row: _Row) -> _Row:
    """Store a new row. InputError with one sentence if a rule of the database refuses it."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        refused = refusals.explain(error)
        if refused is None:
            raise
        vi, en = _rival(row, refused.code)
        raise InputError(refused.code, refused.vi + vi, refused.en + en) from error
    return row


def correct(row: _Row, actor: User, **changes: Any) -> _Row:
    """Let a row that is `row` with `changes` count in its place; the old one stays on record. InputError as `withdraw`
    and `write`."""
    fresh = row.copy(**changes, supersedes=row, recorded_by=actor)
    with transaction.atomic():
        withdraw([row])
        return write(fresh)


def within_life(unit: Unit, start: dt.date | None, end: dt.date | None) -> None:
    """InputError if the period [start, end) is not inside that of the unit."""
    if unit.valid_from is not None and start is not None and start < unit.valid_from:
        raise InputError(
            "before_birth",
            f"{unit.name} chỉ có từ {unit.valid_from:%d/%m/%Y}; hãy ghi ngày bắt đầu từ ngày đó trở đi.",
            f"{unit.name} begins on {unit.valid_from:%d/%m/%Y}; let the row begin on that day or later.",
        )
    if unit.valid_to is not None and (end is None or end > unit.valid_to):
        raise InputError(
            "after_end",
            f"{unit.name} kết thúc ngày {unit.valid_to:%d/%m/%Y}; hãy ghi “đến trước ngày” không sau ngày đó.",
            f"{unit.name} ended on {unit.valid_to:%d/%m/%Y}; let the row end on that day or before.",
        )


def _rival(row: Dated, rule: str) -> tuple[str, str]:
    """The row that stands in the way of `row` under a rule, in words: (Vietnamese, English); empty for other rules."""
    constraint = next((c for c in row._meta.constraints if isinstance(c, NoOverlap) and c.name == rule), None)
    if constraint is None:
        return "", ""
    columns = [row._meta.get_field(c).attname for c in (*constraint.same, *constraint.same_or_empty)]  # type: ignore[union-attr]
    alike: dict[str, Any] = {}
    for column in columns:
        value = getattr(row, column)
        alike |= {f"{column}__isnull": True} if value is None else {column: value}
    if constraint.where:
        alike |= dict([constraint.where])
    rival = type(row).objects.filter(**alike).during(row.valid_from, row.valid_to).in_order().first()
    if rival is None:
        return "", ""
    start = f"{rival.valid_from:%d/%m/%Y}" if rival.valid_from else "…"
    end = f"{rival.valid_to:%d/%m/%Y}" if rival.valid_to else "nay"
    end_en = f"{rival.valid_to:%d/%m/%Y}" if rival.valid_to else "now"
    name = words(rival)
    return (
        f" Đang ghi: {name}, {start} – {end}; hãy kết thúc dòng đó trước hoặc chọn thời gian khác.",
        f" Recorded: {name}, {start} – {end_en}; end that row first or choose another period.",
    )


def words(row: Any) -> str:
    """A row in a few words: who or what it is about."""
    if isinstance(row, Mandate):
        return f"{row.unit.name} – {row.get_role_display()}: {wording(row)}"
    if isinstance(row, Holding):
        return f"{row.person.full_name} ({row.get_mode_display()})"
    if isinstance(row, PostVersion):
        return f"{row.title}, {row.unit.name}"
    return str(getattr(row, "title", "") or getattr(row, "name", "") or row.pk)


def wording(mandate: Mandate) -> str:
    """What the function of a mandate says, last known."""
    version = FunctionVersion.objects.filter(function=mandate.function_id).last_begun()
    return version.statement if version else mandate.function.code
