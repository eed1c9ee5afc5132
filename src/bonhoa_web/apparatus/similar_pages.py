"""Does this duty already exist? The mandates most like the words typed, for the form of a mandate and as a page."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bonhoa.apparatus.overlap.index import Likeness, StatementIndex, similar
from bonhoa.apparatus.vocabulary import MandateRole
from bonhoa_web.apparatus import days
from bonhoa_web.apparatus.models import FunctionVersion, Mandate

SHOWN = 5


@require_GET
def similar_mandates(request: HttpRequest) -> HttpResponse:
    """The five functions most like `?statement=` on the day, with who holds them; htmx gets the list only."""
    statement = request.GET.get("statement", "").strip()
    on = days.the_day(request)
    context = {"statement": statement, "on": on, "found": like(statement, on) if statement else []}
    template = "apparatus/similar_list.html" if request.htmx else "apparatus/similar.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def like(statement: str, on: dt.date) -> list[tuple[str, Likeness, list[tuple[Mandate, MandateRole]]]]:
    """Wordings like a statement, best first, each with how alike and its mandates of the day."""
    index, functions = _index(on, _state())
    answer = similar(statement, index, SHOWN)
    asked = [functions[one.position] for one in answer]
    held: dict[int, list[tuple[Mandate, MandateRole]]] = {function: [] for function, _ in asked}
    mandates = Mandate.objects.on(on).filter(function__in=held).select_related("unit", "scope")
    for mandate in mandates.in_order():
        held[mandate.function_id].append((mandate, MandateRole.of(mandate.role)))
    return [(text, one.likeness, held[pk]) for one, (pk, text) in zip(answer, asked, strict=True)]


def _state() -> tuple[Any, ...]:
    """What changes when any wording does: rows are only added and superseded."""
    return tuple(FunctionVersion.everything.aggregate(Max("pk"), Max("recorded_at"), Max("superseded_at")).values())


@functools.lru_cache(maxsize=2)
def _index(on: dt.date, state: tuple[Any, ...]) -> tuple[StatementIndex, list[tuple[int, str]]]:
    """The wordings of a day: read again after a change, which takes about 25 µs a wording."""
    functions = list(FunctionVersion.objects.on(on).order_by("function_id").values_list("function_id", "statement"))
    return StatementIndex(text for _, text in functions), functions
