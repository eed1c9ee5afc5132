"""A plan is written: new identities, rows that count no more, and the rows that count instead."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils import timezone

from bonhoa.apparatus.forms.timeline import Piece
from bonhoa.common.folding import fold
from bonhoa_web.apparatus import today
from bonhoa_web.apparatus.dated import withdraw
from bonhoa_web.apparatus.models import Person, Unit
from bonhoa_web.apparatus.workbook.checks import made_codes
from bonhoa_web.apparatus.workbook.facts import IDENTITIES, SPECS, Spec
from bonhoa_web.apparatus.workbook.plan import Plan
from bonhoa_web.apparatus.workbook.stored import Key, open_day
from bonhoa_web.foundation.models import User

_BATCH = 1000


def write(plan: Plan, actor: User) -> int:
    """Write a plan inside the running transaction; how many dated rows are new. The database's guard holds as always:
    what was changed by others since the plan was made raises IntegrityError, and nothing is written."""
    _make_identities(plan)
    ids = {kind: _ids(kind, plan) for kind in IDENTITIES}
    now, written = timezone.now(), 0
    for model, spec in SPECS.items():
        outcomes = plan.outcomes.get(model, {})
        withdraw([spec.model(pk=p.origin[0]) for outcome in outcomes.values() for p in outcome.gone], at=now)
        rows = []
        for key, outcome in outcomes.items():
            for piece in outcome.new:
                before = next((old for old in outcome.gone if old.meets(piece)), None)
                rows.append(_record(spec, key, piece, before, ids, actor))
        spec.model.objects.bulk_create(rows, batch_size=_BATCH)
        written += len(rows)
    touched = {
        key[0]
        for model, of_model in plan.outcomes.items()
        for key, o in of_model.items()
        if o.new and SPECS[model].key[0] == "unit"
    }
    today.refresh([ids[Unit][str(code)] for code in touched])
    return written


def _make_identities(plan: Plan) -> None:
    fresh: dict[type, dict[str, Model]] = {kind: {} for kind in IDENTITIES}
    units = {row.values["code"]: row for row in plan.rows.values() if row.sheet == "units"}
    for kind, code in made_codes(plan.rows):
        if code in plan.stored.codes[kind] or code in fresh[kind]:
            continue
        if kind is Unit:
            told = units[code].values
            name, short = told["name"], told.get("short_name") or ""
            fresh[kind][code] = Unit(
                code=code,
                name=name,
                short_name=short,
                folded=fold(f"{name} {short}")[:400],
                level=str(told["level"]),
                kind=str(told["kind"]),
                source=(told.get("act") or "")[:255],
            )
        else:
            fresh[kind][code] = kind(code=code)
    used = {plan.persons.of_row[n] for n in plan.rows if n in plan.persons.of_row}
    for code in sorted(used):
        person = plan.persons.known[code]
        if person.pk is None:
            fresh[Person][code] = person
        elif code in plan.persons.filled:
            person.save(update_fields=["born", "identity_number"])
    for kind, records in fresh.items():
        kind.objects.bulk_create(records.values(), batch_size=_BATCH)  # type: ignore[attr-defined]


def _ids(kind: type, plan: Plan) -> dict[str, int]:
    """Code → id of the identities of a kind that the plan points at."""
    wanted: set[str] = set()
    for model, of_model in plan.outcomes.items():
        spec = SPECS[model]
        columns = [c for c in (*spec.key, *spec.fields) if spec.points_at(c) is kind]
        for key, outcome in of_model.items():
            for piece in outcome.new:
                values = dict(zip(spec.key, key, strict=True)) | (piece.values or {})
                wanted.update(str(values[c]) for c in columns if values[c] is not None)
    chosen, found = sorted(wanted), {}
    for start in range(0, len(chosen), _BATCH // 2):
        some = kind.objects.filter(code__in=chosen[start : start + _BATCH // 2])  # type: ignore[attr-defined]
        found |= dict(some.order_by().values_list("code", "pk"))
    return found


def _record(
    spec: Spec, key: Key, piece: Piece, before: Piece | None, ids: dict[type, dict[str, int]], actor: User
) -> Any:
    values = dict(zip(spec.key, key, strict=True)) | (piece.values or {})
    columns: dict[str, Any] = {name: derive(values) for name, derive in spec.derived.items()}
    for column, value in values.items():
        identity = spec.points_at(column)
        if identity is None:
            columns[column] = value
        else:
            columns[f"{column}_id"] = None if value is None else ids[identity][value]
    return spec.model(
        **columns,
        valid_from=open_day(piece.start),
        valid_to=open_day(piece.end),
        act=piece.act[:255],
        provision=piece.provision,
        recorded_by=actor,
        supersedes_id=before.origin[0] if before else None,
    )
