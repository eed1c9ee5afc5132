"""Units come into the records: the identity with its first dated rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, transaction
from django.utils import timezone

from bonhoa.apparatus.vocabulary import CodeScheme, ParentRelation
from bonhoa_web.apparatus.models import Unit, UnitCode, UnitLife, UnitName, UnitParent

BATCH = 2000

# table, its own columns, what they are filled with from the unit `u`, and which units have one
_FIRST_ROWS: tuple[tuple[str, str, str, str], ...] = (
    (UnitLife._meta.db_table, "level, kind", "u.level, u.kind", "1 = 1"),
    (
        UnitName._meta.db_table,
        "language, name, short_name, folded",
        "'vi', u.name, u.short_name, u.folded",
        "1 = 1",
    ),
    (
        UnitCode._meta.db_table,
        "scheme, code",
        f"'{CodeScheme.STATISTICS}', u.official_code",
        "u.official_code <> ''",
    ),
    (
        UnitParent._meta.db_table,
        "relation, parent_id",
        f"'{ParentRelation.LINE}', u.parent_id",
        "u.parent_id IS NOT NULL",
    ),
)


def found(
    units: Sequence[Unit],
    *,
    acts: Mapping[str, str] | None = None,
    other_parents: Mapping[str, Iterable[UnitParent]] | None = None,
) -> None:
    """Store new units, described by their columns, with the dated rows that say the same for their whole life.

    `acts`: code → the act that the rows rest on. `other_parents`: code → the parents of a unit that had several in
    turn, instead of the one of its column. A parent that is among `units` must be stored or come before its children.
    """
    other_parents = other_parents or {}
    with transaction.atomic():
        for generation in _generations(units):
            Unit.objects.bulk_create(generation, batch_size=BATCH)
        _write_first_rows({u.code: (acts or {}).get(u.code, "") for u in units}, sorted(other_parents))
        UnitParent.objects.bulk_create([row for rows in other_parents.values() for row in rows], batch_size=BATCH)


def _generations(units: Sequence[Unit]) -> Iterable[list[Unit]]:
    """The units so that each comes in a later list than its parent."""
    waiting = list(units)
    while waiting:
        ready = [u for u in waiting if u.parent is None or u.parent.pk is not None]
        if not ready:
            raise ValueError(f"the parent of {waiting[0].code} is not stored and not to be stored")
        yield ready
        waiting = [u for u in waiting if u.pk is None]


def _write_first_rows(acts: dict[str, str], without_parent: list[str]) -> None:
    """One statement per table: tens of thousands of rows never become objects. The database's guard holds as always."""
    if not acts:
        return
    each = "json_each(%s)" if connection.vendor == "sqlite" else "json_each_text(%s::json)"
    kept = {code: act[:255] for code, act in acts.items()}
    with connection.cursor() as cursor:
        for table, columns, values, which in _FIRST_ROWS:
            chosen = kept
            if table == UnitParent._meta.db_table:
                chosen = {code: act for code, act in kept.items() if code not in set(without_parent)}
            cursor.execute(
                f"""INSERT INTO {table} (unit_id, {columns}, valid_from, valid_to, act, provision, recorded_at)
                    SELECT u.id, {values}, u.valid_from, u.valid_to, j.value, '', %s
                    FROM {each} j JOIN {Unit._meta.db_table} u ON u.code = j.key WHERE {which}""",  # noqa: S608
                [timezone.now(), json.dumps(chosen)],
            )
