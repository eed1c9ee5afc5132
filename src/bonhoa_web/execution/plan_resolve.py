"""Problems settled: one row by a click, or all rows of a kind in one step with its numbers told before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bonhoa.apparatus.model import MatchKind
from bonhoa.common.errors import InputError
from bonhoa.common.labels import Labelled
from bonhoa.execution.model import Problem, SuggestedAction
from bonhoa_web.apparatus import snapshots as apparatus_snapshots
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.execution import plan_changes as changes
from bonhoa_web.execution import plan_rights as rights
from bonhoa_web.execution.models import ChangeKind, Draft, Plan
from bonhoa_web.execution.plan_actions import Units, keep, live
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import User

_EACH = {SuggestedAction.SPLIT, SuggestedAction.EXPAND}

# --- one row ---------------------------------------------------------------------------------------------------------


@action("plan.resolve", may=rights.may_prepare)
def resolve(
    *,
    actor: User,
    trail: Trail,
    draft: Draft,
    act: str,
    code: str | None = None,
    alike: bool = False,
    seen: int | None = None,
) -> list[Draft]:
    """Carry out a suggestion of a row: choose one lead, split, expand, replace, leave out as given, keep as distinct.

    `alike`: a choice of one lead holds for all rows that print the same leads and offer it.
    """
    plan = changes.lock(draft.plan, actor, [draft], seen)
    wanted = next((s for s in draft.suggestions if s["action"] == act and (code is None or s["code"] == code)), None)
    if wanted is None:
        raise InputError(
            "no_suggestion",
            "Đề xuất này không còn áp dụng cho dòng; hãy tải lại trang.",
            "This suggestion does not apply to the row any more; reload the page.",
        )
    rows = [draft, *(d for d in alike_rows(draft) if alike and act not in _EACH and _offers(d, wanted))]
    before = [changes.image(row) for row in rows]
    units = Units(trail)
    after = [made for row in rows for made in _carry_out(row, wanted, units)]
    trail.target = plan
    several = f" ({len(rows)} dòng)" if len(rows) > 1 else ""
    keep(plan, actor, trail, ChangeKind.RESOLVE, _label(wanted, len(after)) + several, before, after)
    return after


def alike_rows(draft: Draft) -> list[Draft]:
    """The other live rows without an owner that print the same leads."""
    others = draft.plan.drafts.filter(dropped=False, lead=None).exclude(pk=draft.pk)
    return [d for d in others if d.lead_names == draft.lead_names]


def _offers(draft: Draft, wanted: dict[str, Any]) -> bool:
    return any(s["action"] == wanted["action"] and s["code"] == wanted["code"] for s in draft.suggestions)


def _label(wanted: dict[str, Any], made: int) -> str:
    act = wanted["action"]
    if act in _EACH:
        return f"tách mỗi cơ quan một nhiệm vụ: {made}"
    return SuggestedAction.of(act).label("vi") if wanted["code"] is None else f"chủ trì: {wanted['name']}"


def _carry_out(draft: Draft, wanted: dict[str, Any], units: Units) -> list[Draft]:
    """Do what the suggestion says; the rows that came of it, saved."""
    act = wanted["action"]
    if act in _EACH:
        return _divide(draft, units.all(wanted["members"]))
    if act == SuggestedAction.GIVEN:
        draft.dropped = True
        draft.note = draft.overlaps[0]["vi"] if draft.overlaps else "trùng với một dòng ở trên"
        draft.save()
        return [draft]
    if act == SuggestedAction.DISTINCT:
        draft.problems = [p for p in draft.problems if p not in {Problem.ALREADY_GIVEN, Problem.DUPLICATE}]
        draft.reviewed = True
        changes.recheck(draft)
        draft.save()
        return [draft]
    lead = units(wanted["code"])
    others = [units(s["code"]) for s in draft.suggestions if _chooses(s) and s["code"] != lead.code]
    if _chooses(wanted):
        draft.coordinate_names = [*draft.coordinate_names, *_groups_among(draft)]
        draft.cooperating.add(*others)
    draft.lead = lead
    draft.cooperating.remove(lead)
    _settle(draft)
    draft.save()
    return [draft]


def _chooses(suggestion: dict[str, Any]) -> bool:
    """True if it makes one of several named bodies the lead, so that the others cooperate."""
    return bool(
        suggestion["action"] == SuggestedAction.CHOOSE
        and suggestion["problem"] == Problem.SEVERAL_LEADS
        and suggestion["code"]
    )


def _groups_among(draft: Draft) -> list[str]:
    """The printed leads of a row that are groups: they cooperate as they are printed."""
    register, issuer = apparatus_snapshots.register(), draft.plan.document.issuer or None
    kinds = {n: register.resolve(n, on=draft.plan.on, issuer=issuer).kind for n in draft.lead_names}
    return [n for n, kind in kinds.items() if kind is MatchKind.GROUP and n not in draft.coordinate_names]


def _settle(draft: Draft) -> None:
    draft.reviewed, draft.office = True, ""
    changes.recheck(draft)


def _divide(draft: Draft, units: Sequence[Unit]) -> list[Draft]:
    """One row per unit; the first takes the row itself, so that its links stay. The printed leads stay known."""
    if not units:
        raise InputError(
            "no_members",
            "Nhóm này không có danh sách thành viên trong danh mục; hãy chọn cơ quan cụ thể.",
            "The register has no members of this group; choose a body.",
        )
    members = {u.pk for u in units}
    shared = [u for u in draft.cooperating.all() if u.pk not in members]
    draft.lead = units[0]
    _settle(draft)
    draft.save()
    draft.cooperating.set(shared)
    copies = []
    for unit in units[1:]:
        copy = Draft(**{f.attname: getattr(draft, f.attname) for f in Draft._meta.concrete_fields if f.name != "id"})
        copy.plan, copy.lead = draft.plan, unit
        _settle(copy)
        copies.append(copy)
    Draft.objects.bulk_create(copies, batch_size=500)
    link = Draft.cooperating.through
    link.objects.bulk_create([link(draft_id=c.pk, unit_id=u.pk) for c in copies for u in shared], batch_size=1000)
    return [draft, *copies]


# --- many rows in one step -------------------------------------------------------------------------------------------


class Batch(Labelled):
    """A way to settle all rows of a kind alike."""

    EACH = "each", "mỗi cơ quan một nhiệm vụ", "one task per body"
    FIRST = "first", "cơ quan nêu đầu chủ trì, các cơ quan khác phối hợp", "the first named leads, the others cooperate"
    OWN = "own", "chỉ lập phần việc của cơ quan mình", "only the part of our own body"
    SUCCESSOR = "successor", "giao cho cơ quan kế thừa", "give it to the successor"
    ABOVE = "above", "giao cho cơ quan chủ trì của nhiệm vụ cấp trên", "give it to the lead of the task above"
    GIVEN = "given", "bỏ các dòng đã được giao", "leave out what is given already"
    DISTINCT = "distinct", "không trùng, giữ các dòng này", "not the same work, keep these rows"


def _pick(draft: Draft, batch: Batch) -> dict[str, Any] | None:
    """The suggestion of the row that `batch` would carry out; None if it says nothing about this row."""

    def offered(problem: Problem | None, *acts: SuggestedAction) -> list[dict[str, Any]]:
        return [s for s in draft.suggestions if s["action"] in acts and (problem is None or s["problem"] == problem)]

    match batch:
        case Batch.EACH:
            found = offered(None, SuggestedAction.SPLIT, SuggestedAction.EXPAND)
        case Batch.FIRST:
            found = offered(Problem.SEVERAL_LEADS, SuggestedAction.CHOOSE)
        case Batch.OWN:
            found = offered(Problem.COLLECTIVE_LEAD, SuggestedAction.CHOOSE)
        case Batch.SUCCESSOR:
            found = offered(Problem.ENDED_BODY, SuggestedAction.REPLACE)
            found = found if len(found) == 1 == len(draft.lead_names) else []  # two heirs: a person chooses
        case Batch.ABOVE:
            found = offered(Problem.NO_LEAD, SuggestedAction.CHOOSE)
        case Batch.GIVEN:
            found = offered(None, SuggestedAction.GIVEN)
        case Batch.DISTINCT:
            found = offered(None, SuggestedAction.DISTINCT)
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a batch would do, in numbers. `leads`: only the rows that print these leads; () for all rows.

    `rows` → `made`: how many rows become how many; `tasks`: of the whole plan afterwards; `left`: rows without an
    owner afterwards. `examples`: the first rows and who would get them.
    """

    batch: Batch
    leads: tuple[str, ...]
    rows: tuple[Draft, ...]
    made: int
    tasks: int
    left: int
    examples: tuple[tuple[Draft, str], ...] = ()

    @property
    def key(self) -> str:
        """What the address calls the rows: "" for all, else the printed leads."""
        return "; ".join(self.leads)


def offers(plan: Plan) -> list[Offer]:
    """Every batch that settles two rows or more, for all rows and for each group of printed leads."""
    rows = list(live(plan))
    found = []
    for batch in Batch:
        ready = [d for d in rows if _pick(d, batch)]
        groups = Counter(tuple(d.lead_names) for d in ready)
        if len(ready) > 1:
            found.append(_offer(rows, ready, batch, ()))
        if batch in {Batch.EACH, Batch.FIRST, Batch.OWN, Batch.SUCCESSOR} and len(groups) > 1:
            for leads, number in groups.most_common():
                if number > 1:
                    found.append(_offer(rows, [d for d in ready if tuple(d.lead_names) == leads], batch, leads))
    return found


def offer(plan: Plan, batch: Batch, key: str) -> Offer | None:
    """One of `offers`; also of a group with one row. None if it has no row."""
    rows = list(live(plan))
    ready = [d for d in rows if _pick(d, batch) and (not key or "; ".join(d.lead_names) == key)]
    return _offer(rows, ready, batch, tuple(ready[0].lead_names) if key else ()) if ready else None


def _offer(rows: list[Draft], ready: list[Draft], batch: Batch, leads: tuple[str, ...]) -> Offer:
    picked = [(d, _pick(d, batch) or {}) for d in ready]
    gone = batch is Batch.GIVEN
    made = 0 if gone else sum(max(1, len(s["members"])) for _, s in picked)
    settled = 0 if batch in {Batch.GIVEN, Batch.DISTINCT} else sum(changes.blocking(d) for d in ready)
    left = sum(changes.blocking(d) for d in rows) - (sum(changes.blocking(d) for d in ready) if gone else settled)
    return Offer(
        batch,
        leads,
        tuple(ready),
        made,
        len(rows) - len(ready) + made,
        left,
        tuple((d, s["name"] or (d.overlaps[0]["document"] if d.overlaps else "")) for d, s in picked[:20]),
    )


@action("plan.resolve_many", may=rights.may_prepare)
def resolve_many(
    *, actor: User, trail: Trail, plan: Plan, batch: Batch, key: str = "", seen: int | None = None
) -> list[Draft]:
    """Carry out a batch on all its rows, as one step that can be undone; what came of them.

    `seen`: the version of the plan whose numbers the person was told; rows that somebody changed since stop it.
    """
    plan = changes.lock(plan, actor)
    wanted = offer(plan, batch, key)
    if wanted is None:
        raise InputError(
            "no_rows_left",
            "Không còn dòng nào để xử lý theo cách này; hãy xem lại các cách còn lại.",
            "No row is left that can be settled in this way; look at the other ways.",
        )
    changes.require_fresh(plan, wanted.rows, seen)
    before = [changes.image(d) for d in wanted.rows]
    units = Units(trail)
    after: list[Draft] = []
    for draft in wanted.rows:
        draft.plan = plan
        after += _carry_out(draft, _pick(draft, batch) or {}, units)
    trail.target = plan
    keep(plan, actor, trail, ChangeKind.BATCH, f"{batch.label('vi')}: {len(wanted.rows)} dòng", before, after)
    return after
