"""The map that is stored here as the tables that the rules audit reads (`bonhoa.apparatus.audit.tables`).

Rows that count now, whatever their period; codes are those of the identities, ids of rows are their primary keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from bonhoa.apparatus.audit.limits import load_limits
from bonhoa.apparatus.audit.tables import PostRank, arrow_schema
from bonhoa_web.apparatus.models import (
    FunctionVersion,
    Holding,
    JobConflict,
    JobPosition,
    Mandate,
    PostVersion,
    UnitLife,
    UnitName,
    UnitParent,
)

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 20_000


def map_tables() -> dict[str, pa.Table]:
    """Every table of the audit from the database; `parameters` are the limits that come with the software."""
    return {name: _table(name, rows) for name, rows in _queries().items()} | {"parameters": load_limits()}


def _queries() -> dict[str, QuerySet[Any]]:
    """One query for each table, its values in the order of the table's columns."""
    # a unit must have a head if its posts are kept here; of one whose posts nobody recorded nothing can be said
    staffed = Exists(PostVersion.objects.filter(unit=OuterRef("unit")))
    rank = Case(
        When(is_head=True, then=Value(str(PostRank.HEAD))),
        When(is_deputy=True, then=Value(str(PostRank.DEPUTY))),
        default=Value(str(PostRank.OTHER)),
        output_field=CharField(),
    )
    row = Cast("pk", TextField())
    period = ("valid_from", "valid_to")
    return {
        "units": UnitLife.objects.annotate(
            needs_head=Case(When(staffed, then=True), default=False, output_field=BooleanField())
        ).values_list("unit__code", "kind", "level", "needs_head", *period),
        "names": UnitName.objects.filter(language="vi").values_list("unit__code", "name", *period),
        "parents": UnitParent.objects.values_list("unit__code", "parent__code", "relation", *period),
        "functions": FunctionVersion.objects.values_list("function__code", "statement", *period),
        "mandates": Mandate.objects.values_list(
            row, "function__code", Coalesce(F("scope__code"), Value("")), "unit__code", "role", *period
        ),
        "positions": JobPosition.objects.annotate(job=F("code")).values_list("code", "job"),
        "posts": PostVersion.objects.values_list("post__code", "position__code", "unit__code", rank, "title", *period),
        "holdings": Holding.objects.values_list(row, "post__code", "person__code", "mode", "load", *period),
        "job_conflicts": JobConflict.objects.values_list("first__code", "second__code", "reason", *period),
    }


def _table(name: str, rows: QuerySet[Any]) -> pa.Table:
    import pyarrow as pa

    schema = arrow_schema(name)
    batches = [_batch(chunk, schema) for chunk in _chunks(rows.order_by().iterator(chunk_size=_BATCH))]
    return pa.Table.from_batches(batches, schema=schema)


def _chunks(rows: Iterable[tuple[Any, ...]]) -> Iterable[list[tuple[Any, ...]]]:
    chunk: list[tuple[Any, ...]] = []
    for one in rows:
        chunk.append(one)
        if len(chunk) == _BATCH:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _batch(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    columns = zip(*rows, strict=True)
    return pa.record_batch([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
