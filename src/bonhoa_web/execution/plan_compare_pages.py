"""Two plans side by side: what the later directive kept, changed, added and dropped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bonhoa.common.folding import fold
from bonhoa.execution.compare import ChangeKind, compare_plans, count
from bonhoa.reports.compare_table import ComparisonLine, comparison_columns, comparison_lines
from bonhoa_web.execution import plan_queries as queries
from bonhoa_web.execution.models import Draft, Plan
from bonhoa_web.execution.plan_actions import live
from bonhoa_web.execution.plan_pages import plan_or_404
from bonhoa_web.execution.snapshots import given_draft
from bonhoa_web.foundation.formats import whole_number
from bonhoa_web.foundation.lists import Column, Filter, ListPage

_MOST = 200  # plans to choose from


class _Lines(list[ComparisonLine]):
    """Lines that a list page sorts and exports as it does records."""

    def order_by(self, first: str, *_rest: str) -> _Lines:
        """Sorted by one attribute, "-" before it for the other way; what is empty comes last."""
        name, down = first.lstrip("-"), first.startswith("-")
        filled = [line for line in self if getattr(line, name) not in {None, ""}]
        empty = [line for line in self if getattr(line, name) in {None, ""}]

        def key(line: ComparisonLine) -> Any:
            value = getattr(line, name)
            return fold(str(value)) if isinstance(value, str) else value

        return _Lines([*sorted(filled, key=key, reverse=down), *empty])

    def iterator(self, chunk_size: int = 0) -> Iterator[ComparisonLine]:
        """All of them."""
        return iter(self)

    def of_kind(self, kind: str) -> _Lines:
        """Those of one kind of change."""
        return _Lines(line for line in self if line.kind == kind)


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """This plan and another (`voi`): the earlier document's is the one that was changed."""
    plan = plan_or_404(request, pk)
    back = reverse("execution-review", args=[plan.pk])
    others = _others(request, plan)
    chosen = whole_number(request.GET.get("voi", ""))
    if chosen is None or chosen == plan.pk:
        return render(request, "execution/compare_choose.html", {"plan": plan, "choices": others, "back": back})
    other = get_object_or_404(queries.visible_plans(request.user), pk=chosen)
    language = get_language() or "vi"
    before, after = sorted((plan, other), key=lambda p: (p.document.issued_on or p.on, p.pk))
    old, new = ([given_draft(d) for d in _drafts(p)] for p in (before, after))
    changes = compare_plans(old, new)
    lines = _Lines(comparison_lines(changes, old, new, language))
    counts = [(str(kind), kind.label(language), n) for kind, n in count(changes).items()]
    names = comparison_columns(language)
    return ListPage(
        _("So sánh bảng phân công"),
        [
            Column("stt", names[0], lambda x: x.number, "number"),
            Column("thay-doi", names[1], lambda x: x.kind.label(language), "kind"),
            Column("nhiem-vu", names[2], lambda x: x.title, "title"),
            Column("chu-tri", names[3], lambda x: x.lead, "lead"),
            Column("truong", names[4], lambda x: x.field, "field"),
            Column("truoc", names[5], lambda x: x.before, "before"),
            Column("sau", names[6], lambda x: x.after, "after"),
            Column("dong-truoc", names[7], lambda x: x.row_before, "row_before"),
            Column("dong-sau", names[8], lambda x: x.row_after, "row_after"),
        ],
        lines,  # type: ignore[arg-type]
        [
            Filter("voi", _("So với"), lambda q, v: q, [(str(p.pk), str(p.document)) for p, _near in others]),
            Filter(
                "loai",
                _("Thay đổi"),
                lambda q, v: q.of_kind(v),  # type: ignore[attr-defined]
                [(str(k), k.label(language)) for k in ChangeKind],
            ),
        ],
        template="execution/compare.html",
        context={
            "plan": plan,
            "before": before,
            "after": after,
            "other": other,
            "counts": counts,
            "back": back,
        },
    ).respond(request)


def _drafts(plan: Plan) -> list[Draft]:
    rows = list(live(plan))
    for draft in rows:
        draft.plan = plan
    return rows


def _others(request: HttpRequest, plan: Plan) -> list[tuple[Plan, bool]]:
    """The plans to compare with, and whether the documents cite each other: those first, then the newest."""
    every = queries.visible_plans(request.user).exclude(pk=plan.pk).order_by("-created_at")[:_MOST]
    cited = _cited(plan)
    found = [(p, p.document.number in cited or plan.document.number in _cited(p)) for p in every]
    return sorted(found, key=lambda pair: not pair[1])


def _cited(plan: Plan) -> set[str]:
    return {c["number"] for c in (plan.document.content or {}).get("citations", []) if c["number"]}
