"""Records with a period of validity, and the database's own guard over them.

A dated row is written once. It is true in the world from `valid_from` to before `valid_to` (an empty end: unknown or
open), and it *counts* until another row supersedes it; then it stays, with the moment at which it stopped counting. So
the map can be asked for any day, and also for what was known on any day. The rules that no two rows may overlap
(`NoOverlap`) and that nothing is overwritten are held by the database, whoever writes and by whatever tool:
exclusion constraints and triggers on PostgreSQL, triggers on SQLite (see docs/decisions/0008). That nothing is deleted
is held by the models only: emptying the tables between tests is a DELETE like others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import connections, models, transaction
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from bonhoa.common.errors import InputError


class WrittenOnce(TypeError):
    """Somebody wrote code that changes a dated row; it is to be superseded by another."""


class DatedRows(models.QuerySet[Any]):
    """Dated rows of one kind."""

    def on(self, day: dt.date) -> Self:
        """Those that are valid on `day`."""
        return self.filter(valid_on(day))

    def during(self, start: dt.date | None, end: dt.date | None) -> Self:
        """Those that are valid on some day of [start, end); None is unbounded."""
        found = self if end is None else self.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=end))
        return found if start is None else found.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start))

    def in_order(self) -> Self:
        """By their beginnings, the open ones first: left to themselves PostgreSQL and SQLite disagree about those."""
        return self.order_by(F("valid_from").asc(nulls_first=True), "pk")

    def last_begun(self) -> Any:
        """The row that began last; None if there is none."""
        return self.order_by(F("valid_from").desc(nulls_last=True), "-pk").first()

    def delete(self) -> tuple[int, dict[str, int]]:
        """Never."""
        raise WrittenOnce(f"{self.model._meta.label}: withdraw() them")

    def known_at(self, moment: dt.datetime) -> Self:
        """Those that counted at `moment`; to be asked of `everything`."""
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment))


class Counting(models.Manager.from_queryset(DatedRows)):  # type: ignore[misc]
    """The rows that are not superseded."""

    def get_queryset(self) -> DatedRows:
        return super().get_queryset().filter(superseded_at__isnull=True)  # type: ignore[no-any-return]


def valid_on(day: dt.date, prefix: str = "") -> Q:
    """The condition that a dated row (reached by `prefix`, as "names__") counts and is valid on `day`."""
    start, end = f"{prefix}valid_from", f"{prefix}valid_to"
    return (
        Q(**{f"{prefix}superseded_at__isnull": True})
        & (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": day}))
        & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day}))
    )


class Recorded(models.Model):
    """What was written down once: by which act, in which change event, when, by whom, and what it supersedes."""

    act = models.CharField("căn cứ", max_length=255, blank=True, help_text="số, ký hiệu hoặc tên văn bản")
    provision = models.TextField("điều khoản", blank=True, help_text="nơi trong văn bản, hoặc nguyên văn")
    event = models.ForeignKey(
        "apparatus.ChangeEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    superseded_at = models.DateTimeField("thôi tính từ", null=True, editable=False)

    objects = Counting()
    everything = DatedRows.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "everything"
        indexes = [
            models.Index(fields=["event"], condition=Q(event__isnull=False), name="%(class)s_of_event"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only the first time."""
        if not self._state.adding:
            raise WrittenOnce(f"{self._meta.label}: supersede() it")
        super().save(*args, **kwargs)

    def supersede(self, *, at: dt.datetime | None = None, **changes: Any) -> Self:
        """Write a row that is this one with `changes`, and let it count instead; it is returned.

        `event`, `act`, `provision` and `recorded_by` are not taken over: a correction has its own."""
        withdraw([self], at=at)
        row = self.copy(**changes, supersedes=self)
        row.save()
        return row

    def copy(self, **changes: Any) -> Self:
        """An unsaved row that is this one with `changes`; what was recorded about it is its own."""
        own = {"id", "event", "act", "provision", "recorded_at", "recorded_by", "supersedes", "superseded_at"}
        kept = {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields if f.name not in own}
        for name in changes:  # given as "unit" or as "unit_id"
            kept.pop(f"{name}_id", None)
        return type(self)(**kept | changes)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise WrittenOnce(f"{self._meta.label}: withdraw() it")


def withdraw(rows: list[Any], *, at: dt.datetime | None = None) -> None:
    """Let these rows of one kind count no more; they stay. InputError, and nothing is written, if one of them had
    ceased to count meanwhile: who asks saw an old page."""
    if rows:
        ids = list({row.pk for row in rows})
        moment = at or timezone.now()
        with transaction.atomic():
            ceased = sum(
                type(rows[0])
                .everything.filter(pk__in=ids[start : start + 500], superseded_at=None)
                .update(superseded_at=moment)
                for start in range(0, len(ids), 500)
            )
            if ceased != len(ids):
                raise InputError(
                    "superseded",
                    "Dòng này vừa được người khác sửa hoặc rút; hãy mở lại trang để thấy những gì đang ghi.",
                    "Somebody has just corrected or withdrawn this row; open the page again to see what is recorded.",
                )


class Dated(Recorded):
    """A recorded row that is true in a period, [valid_from, valid_to)."""

    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta(Recorded.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(class)s_period_not_empty",
            )
        ]

    def valid_on(self, day: dt.date) -> bool:
        """True if the row is true on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class NoOverlap(ExclusionConstraint):
    """No two counting rows that agree in the columns `same` (and fulfil `where`) may share a day.

    An emptiness in one of the columns `same_or_empty` is a value like others (a mandate without a place holds in the
    whole country).
    """

    def __init__(
        self,
        *,
        name: str,
        same: tuple[str, ...],
        same_or_empty: tuple[str, ...] = (),
        where: tuple[str, Any] | None = None,
    ) -> None:
        self.same, self.same_or_empty, self.where = tuple(same), tuple(same_or_empty), where
        agree: list[Any] = [F(column) for column in same]
        agree += [Coalesce(F(column), Value(0)) for column in same_or_empty]
        period = Func(F("valid_from"), F("valid_to"), function="daterange")
        counts = Q(superseded_at__isnull=True) & (Q(**dict([where])) if where else Q())
        super().__init__(name=name, expressions=[*((one, "=") for one in agree), (period, "&&")], condition=counts)

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        path = f"{type(self).__module__}.{type(self).__qualname__}"
        told = {"same_or_empty": self.same_or_empty, "where": self.where}
        return path, (), {"name": self.name, "same": self.same} | {key: value for key, value in told.items() if value}

    def check(self, model: Any, connection: Any) -> list[Any]:
        return super().check(model, connection) if connection.vendor == "postgresql" else []  # type: ignore[no-any-return]

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Nothing where the rule is held by triggers instead."""
        if schema_editor.connection.vendor != "postgresql":
            return None
        return super().constraint_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        return super().create_sql(model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        return super().remove_sql(model, schema_editor)

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """The same rule for forms, by a plain query."""
        if instance.superseded_at or (self.where and getattr(instance, self.where[0]) != self.where[1]):
            return
        alike: dict[str, Any] = dict([self.where]) if self.where else {}
        for column in (*self.same, *self.same_or_empty):
            value = getattr(instance, model._meta.get_field(column).attname)
            alike |= {f"{column}__isnull": True} if value is None else {column: value}
        rivals = model.objects.using(using).filter(**alike)
        if rivals.exclude(pk=instance.pk).during(instance.valid_from, instance.valid_to).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def trigger(self, table: str, columns: dict[str, str]) -> str:
        """The body of SQLite's trigger: what a new row is refused for."""
        conditions = [f"r.{columns[column]} = NEW.{columns[column]}" for column in self.same]
        conditions += [f"r.{columns[column]} IS NEW.{columns[column]}" for column in self.same_or_empty]
        if self.where:
            column, value = self.where
            wanted = str(int(value)) if isinstance(value, bool) else f"'{value}'"
            conditions += [f"{row}.{columns[column]} = {wanted}" for row in ("r", "NEW")]
        far_past, far_future = "'0001-01-01'", "'9999-12-31'"
        return f"""SELECT RAISE(ABORT, '{self.name}') WHERE NEW.superseded_at IS NULL AND EXISTS (
            SELECT 1 FROM {table} r WHERE {" AND ".join(conditions)} AND r.superseded_at IS NULL
            AND coalesce(r.valid_from, {far_past}) < coalesce(NEW.valid_to, {far_future})
            AND coalesce(NEW.valid_from, {far_past}) < coalesce(r.valid_to, {far_future}));"""  # noqa: S608


# --- the guard -------------------------------------------------------------------------------------------------------

# Whoever is reached by going up from the parents of the new rows, and when; a circle comes back to where it began.
_CYCLE = """WITH RECURSIVE up(start, unit, lo, hi) AS (
      SELECT n.unit_id, n.parent_id, coalesce(n.valid_from, {past}), coalesce(n.valid_to, {future}) FROM {fresh} n
      WHERE n.relation = 'line' AND n.superseded_at IS NULL
      UNION
      SELECT up.start, p.parent_id, {greatest}(up.lo, coalesce(p.valid_from, {past})),
             {least}(up.hi, coalesce(p.valid_to, {future}))
      FROM up JOIN apparatus_unitparent p ON p.unit_id = up.unit
      WHERE up.unit <> up.start AND p.relation = 'line' AND p.superseded_at IS NULL
        AND up.lo < coalesce(p.valid_to, {future}) AND coalesce(p.valid_from, {past}) < up.hi)
    SELECT 1 FROM up WHERE unit = start"""
_FAR = {"past": "'0001-01-01'", "future": "'9999-12-31'"}
_NEW_ROW = """(SELECT NEW.unit_id AS unit_id, NEW.parent_id AS parent_id, NEW.relation AS relation,
    NEW.superseded_at AS superseded_at, NEW.valid_from AS valid_from, NEW.valid_to AS valid_to)"""


def guarded_models() -> Iterator[type[Recorded]]:
    """Every concrete model of recorded rows."""
    from django.apps import apps

    yield from (m for m in apps.get_app_config("apparatus").get_models() if issubclass(m, Recorded))


def install(using: str = "default", **_: Any) -> None:
    """Put the triggers in place; a receiver of `post_migrate`, so that they also stand where a table was made anew."""
    connection = connections[using]
    for model in _as_stored(using):
        with connection.cursor() as cursor:
            for statement in _statements(model, connection.vendor):
                cursor.execute(statement)


def remove(using: str = "default", **_: Any) -> None:
    """Take the triggers away: a receiver of `pre_migrate` (a migration may have to write what stands), and for tests
    that play the intruder."""
    connection = connections[using]
    for model in _as_stored(using):
        table = model._meta.db_table
        names = [f"{table}_{what}" for what in ("fixed", "back", "cycle")]
        if connection.vendor == "sqlite":
            names += [constraint.name for constraint in model._meta.constraints if isinstance(constraint, NoOverlap)]
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(
                    f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if connection.vendor == "postgresql" else "")
                )


def _as_stored(using: str) -> Iterator[type[Recorded]]:
    """The models whose tables are there with all columns; others are on the way through older migrations."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for model in guarded_models():
            table = model._meta.db_table
            if table in there:
                columns = {c.name for c in connection.introspection.get_table_description(cursor, table)}
                if columns >= {f.column for f in model._meta.concrete_fields}:
                    yield model


def _statements(model: type[Recorded], vendor: str) -> Iterator[str]:
    table = model._meta.db_table
    columns = {f.name: f'"{f.column}"' for f in model._meta.concrete_fields}
    fixed = ", ".join(c for name, c in columns.items() if name != "superseded_at")
    if vendor == "postgresql":
        yield f"""CREATE OR REPLACE FUNCTION {table}_guard() RETURNS trigger AS $$
            BEGIN RAISE integrity_constraint_violation USING MESSAGE = 'written_once'; END $$ LANGUAGE plpgsql"""
        for name, what, when in (
            ("fixed", f"UPDATE OF {fixed}", ""),
            ("back", "UPDATE OF superseded_at", "WHEN (OLD.superseded_at IS NOT NULL)"),
        ):
            yield f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}"
            yield f"""CREATE TRIGGER {table}_{name} BEFORE {what} ON {table} FOR EACH ROW {when}
                EXECUTE FUNCTION {table}_guard()"""
        if table == "apparatus_unitparent":
            far = {name: f"date {day}" for name, day in _FAR.items()}
            cycle = _CYCLE.format(greatest="greatest", least="least", fresh="fresh", **far)
            # EXECUTE: planned each time, for one new row and for ten thousand
            yield f"""CREATE OR REPLACE FUNCTION {table}_cycle() RETURNS trigger AS $guard$ DECLARE circle int; BEGIN
                PERFORM pg_advisory_xact_lock(hashtext('bonhoa.unit_parent'));
                EXECUTE $look${cycle} LIMIT 1$look$ INTO circle;
                IF circle IS NOT NULL THEN RAISE integrity_constraint_violation USING MESSAGE = 'unit_parent_cycle';
                END IF; RETURN NULL; END $guard$ LANGUAGE plpgsql"""
            yield f"DROP TRIGGER IF EXISTS {table}_cycle ON {table}"
            yield f"""CREATE TRIGGER {table}_cycle AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh
                FOR EACH STATEMENT EXECUTE FUNCTION {table}_cycle()"""
        return
    for name, what, when in (
        ("fixed", f"UPDATE OF {fixed}", ""),
        ("back", "UPDATE OF superseded_at", "WHEN OLD.superseded_at IS NOT NULL"),
    ):
        yield f"DROP TRIGGER IF EXISTS {table}_{name}"
        yield f"""CREATE TRIGGER {table}_{name} BEFORE {what} ON {table} {when}
            BEGIN SELECT RAISE(ABORT, 'written_once'); END"""
    for constraint in model._meta.constraints:
        if isinstance(constraint, NoOverlap):
            yield f"DROP TRIGGER IF EXISTS {constraint.name}"
            yield f"""CREATE TRIGGER {constraint.name} BEFORE INSERT ON {table}
                BEGIN {constraint.trigger(table, columns)} END"""
    if table == "apparatus_unitparent":
        cycle = _CYCLE.format(greatest="max", least="min", fresh=_NEW_ROW, **_FAR)
        yield f"DROP TRIGGER IF EXISTS {table}_cycle"
        yield f"""CREATE TRIGGER {table}_cycle BEFORE INSERT ON {table}
            BEGIN SELECT RAISE(ABORT, 'unit_parent_cycle') WHERE EXISTS (SELECT 1 FROM ({cycle})); END"""  # noqa: S608
