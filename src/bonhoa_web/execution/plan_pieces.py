"""Rows cut and joined: a task split at a place of its words, two rows put together. Spans stay true to the document."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from bonhoa.common.errors import InputError
from bonhoa_web.execution import plan_changes as changes
from bonhoa_web.execution import plan_rights as rights
from bonhoa_web.execution.models import ChangeKind, Draft, Plan
from bonhoa_web.execution.plan_actions import keep, live, order_after, title_of
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import User

_EDGE = " \t\n\r;,.:-–"  # what stands between two tasks of one sentence and belongs to neither
_NEAR = 40  # characters between two spans that may lie in a joined one: an item's number, not another sentence
_CUT = re.compile(r"(?<=[;,.:\n])\s+|\s+(?=(?:và|đồng thời)\s)")
_HEAD = re.compile(r"[\s;,.:\-–]*(?:(?:và|đồng thời)\s+)?")


def words_of(draft: Draft) -> tuple[str, int]:
    """(the words that a row can be cut in, where they begin in the document); a row by hand has its title, at 0."""
    if draft.start is None or draft.end is None:
        return draft.title, 0
    return draft.plan.document.text[draft.start : draft.end], draft.start


def places_to_split(draft: Draft) -> list[tuple[int, str]]:
    """(place, the words from there to the next place) for every place where a row may be cut, in the order of the
    words: after a sign, a line or before "và", "đồng thời". Places count in the document, or in the title of a row
    without a span."""
    words, begin = words_of(draft)
    cuts = [m.end() for m in _CUT.finditer(words) if words[: m.start()].strip(_EDGE) and words[m.end() :].strip(_EDGE)]
    ends = [*cuts[1:], len(words)] if cuts else []
    return [(begin + cut, " ".join(words[cut:end].split())) for cut, end in zip(cuts, ends, strict=True)]


@action("plan.split", may=rights.may_prepare)
def split(*, actor: User, trail: Trail, draft: Draft, at: int, seen: int | None = None) -> list[Draft]:
    """Cut a row in two at a place of its words (an offset as `places_to_split` gives it).

    Both keep lead and cooperating bodies; limit, product and reasons stay where their words stand, with both if they
    stand outside of the row (a heading gave them).
    """
    plan = changes.lock(draft.plan, actor, [draft], seen)
    words, begin = words_of(draft)
    cut = at - begin
    left, right = words[: max(cut, 0)], words[max(cut, 0) :]
    if not left.strip(_EDGE) or not right.strip(_EDGE):
        raise InputError(
            "split",
            "Chỗ tách phải nằm giữa câu chữ của nhiệm vụ, hai bên đều còn chữ; hãy chọn chỗ khác.",
            "The place to split must lie inside the words of the task, with words on both sides; choose another.",
        )
    before = [changes.image(draft)]
    second = Draft.objects.get(pk=draft.pk)
    second.pk, second.order, second.plan = None, order_after(draft), plan
    second._state.adding = True
    _narrow(draft, begin, begin + len(left.rstrip(_EDGE)), words, begin)
    _narrow(
        second,
        at + _HEAD.match(right).end(),  # type: ignore[union-attr] # it matches nothing at least
        begin + len(words),
        words,
        begin,
    )
    for row in (draft, second):
        row.reviewed = False
        changes.recheck(row)
        row.save()
    second.cooperating.set(draft.cooperating.all())
    keep(plan, actor, trail, ChangeKind.SPLIT, "tách dòng làm hai", before, [draft, second])
    return [draft, second]


def _narrow(row: Draft, start: int, end: int, words: str, begin: int) -> None:
    """Make `row` the part [start, end) of `words`, which begin at `begin`."""
    part, rest = words[start - begin : end - begin], words[: start - begin] + " " + words[end - begin :]
    if row.start is not None:
        row.start, row.end = start, end
        whole = range(begin, begin + len(words))
        row.reasons = [r for r in row.reasons if r["start"] not in whole or start <= r["start"] < end]
    row.title = title_of(part, 0, len(part))
    if _only_in(row.deadline_text, rest, part):
        row.deadline_text, row.due_on, row.recurrence, row.event = "", None, "", ""
    if _only_in(row.deliverable, rest, part):
        row.deliverable = ""


def _only_in(words: str, rest: str, part: str) -> bool:
    return bool(words) and words in rest and words not in part


@action("plan.merge", may=rights.may_prepare)
def merge(*, actor: User, trail: Trail, draft: Draft, into: Draft | None, seen: int | None = None) -> Draft:
    """Put a row into another: its words are added, its bodies cooperate, the row itself is dropped.

    The span becomes one where the two stand side by side in the document; else it stays that of `into`. Day, words,
    recurrence and event of the limit are those of one of the two rows, see `_first_due`.
    """
    if into is None:
        raise InputError(
            "merge", "Không có dòng nào ở trên để gộp vào.", "There is no row above to merge this one into."
        )
    plan = changes.lock(draft.plan, actor, [draft, into], seen)
    if into.plan_id != plan.pk or into.pk == draft.pk or into.dropped or draft.dropped:
        raise InputError(
            "merge",
            "Chỉ gộp được với một dòng khác còn hiệu lực của cùng bảng.",
            "A row can only be merged into another live row of the same plan.",
        )
    before = [changes.image(into), changes.image(draft)]
    number = [row.pk for row in live(plan)].index(into.pk) + 1
    _join(plan, into, draft)
    into.deliverable = into.deliverable or draft.deliverable
    due = _first_due(into, draft)
    into.due_on, into.deadline_text, into.recurrence, into.event = (
        due.due_on,
        due.deadline_text,
        due.recurrence,
        due.event,
    )
    into.reasons = [*into.reasons, *(r for r in draft.reasons if r not in into.reasons)]
    changes.recheck(into)
    into.save()
    extra = [u for u in [*draft.cooperating.all(), *([draft.lead] if draft.lead else [])] if u.pk != into.lead_id]
    into.cooperating.add(*extra)
    draft.dropped, draft.note = True, f"gộp vào dòng {number}"
    draft.save(update_fields=["dropped", "note"])
    keep(plan, actor, trail, ChangeKind.MERGE, "gộp hai dòng", before, [into, draft])
    return into


def _first_due(into: Draft, draft: Draft) -> Draft:
    """The row whose limit holds for both: the earlier day, a day before words alone, words before none; else `into`."""

    def rank(row: Draft) -> tuple[dt.date, bool]:
        return row.due_on or dt.date.max, not (row.deadline_text or row.recurrence or row.event)

    return min(into, draft, key=rank)


def _join(plan: Plan, into: Draft, draft: Draft) -> None:
    """Title and span of the two rows as one."""
    text: str = plan.document.text
    joined = f"{into.title.rstrip(_EDGE)}; {draft.title}"
    spans: list[Any] = [into.start, into.end, draft.start, draft.end]
    if None not in spans:
        first, second = sorted([(into.start, into.end), (draft.start, draft.end)])
        if second[0] - first[1] <= _NEAR:
            printed = all(r.title == title_of(text, r.start, r.end) for r in (into, draft))
            into.start, into.end = first[0], max(first[1], second[1])
            joined = title_of(text, into.start, into.end) if printed else joined
    into.title = joined


def row_above(draft: Draft) -> Draft | None:
    """The live row that stands right above."""
    rows = list(draft.plan.drafts.filter(dropped=False).only("pk", "order"))
    place = next((n for n, row in enumerate(rows) if row.pk == draft.pk), 0)
    return Draft.objects.get(pk=rows[place - 1].pk) if place else None
