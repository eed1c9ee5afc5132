"""The tables that the audit reads: the contract between whoever keeps the map and the rules.

Each table is an Arrow table or a Parquet file of its name. Codes are texts that name one thing for ever; a row holds in
[valid_from, valid_to), an empty end is open. A thing whose properties change has one row for each period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bonhoa.apparatus.vocabulary import HoldingMode, MandateRole, ParentRelation
from bonhoa.common.labels import Labelled

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa


class PostRank(Labelled):
    """What a post is in its unit."""

    HEAD = "head", "người đứng đầu", "head"
    DEPUTY = "deputy", "cấp phó", "deputy"
    OTHER = "other", "vị trí khác", "other"


@dataclass(frozen=True)
class AuditTable:
    """`columns` name → type (string, int64, boolean); `words` column → the vocabulary it is written in.

    `codes` name a row to a person: its first two go into the key of a finding about it.
    """

    columns: Mapping[str, str]
    codes: tuple[str, ...]
    dated: bool = True
    words: Mapping[str, type[Labelled]] = field(default_factory=dict)

    @property
    def types(self) -> dict[str, str]:
        """Every column with its type, the period included."""
        return dict(self.columns) | ({"valid_from": "date", "valid_to": "date"} if self.dated else {})


def _texts(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "string")


TABLES: dict[str, AuditTable] = {
    # a unit exists in the union of its rows; `needs_head`: somebody must be at its head
    "units": AuditTable(_texts("unit", "kind", "level") | {"needs_head": "boolean"}, ("unit",)),
    "names": AuditTable(_texts("unit", "name"), ("unit",)),
    "parents": AuditTable(_texts("unit", "parent", "relation"), ("unit", "parent"), words={"relation": ParentRelation}),
    # a function wants one lead wherever some mandate for it stands, as long as it exists
    "functions": AuditTable(_texts("function", "statement"), ("function",)),
    # scope: the place in which the mandate holds, "" the whole country
    "mandates": AuditTable(
        _texts("mandate", "function", "scope", "unit", "role"), ("function", "unit"), words={"role": MandateRole}
    ),
    # job: the title in the catalogue of job positions, by which incompatibility is said
    "positions": AuditTable(_texts("position", "job"), ("position",), dated=False),
    "posts": AuditTable(_texts("post", "position", "unit", "rank", "name"), ("post", "unit"), words={"rank": PostRank}),
    # load: percent of a full working time
    "holdings": AuditTable(
        _texts("holding", "post", "person", "mode") | {"load": "int64"},
        ("post", "person"),
        words={"mode": HoldingMode},
    ),
    "job_conflicts": AuditTable(_texts("job_a", "job_b", "basis"), ("job_a", "job_b")),
    # a limit of the rule `name` for units of a kind and level ("" any); where several hold, the strictest does
    "parameters": AuditTable(
        _texts("name", "kind", "level") | {"value": "int64"} | _texts("source", "status"), ("name", "kind")
    ),
}


def unbound(name: str) -> ibis.Table:
    """The table as an Ibis expression that is bound to no engine."""
    import ibis

    return ibis.table(TABLES[name].types, name=name)


def arrow_schema(name: str) -> pa.Schema:
    """The table's Arrow schema."""
    return arrow_types(TABLES[name].types)


def arrow_types(types: Mapping[str, str]) -> pa.Schema:
    """Columns with the types of the contract as an Arrow schema."""
    import pyarrow as pa

    kinds = {"string": pa.string(), "int64": pa.int64(), "boolean": pa.bool_(), "date": pa.date32()}
    return pa.schema([(column, kinds[kind]) for column, kind in types.items()])
