"""The limits that the rules measure by, as dated data: those of limits.yaml, where a map brings none of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bonhoa.apparatus.audit.tables import arrow_schema
from bonhoa.apparatus.audit.words import Rule
from bonhoa.apparatus.model import CheckStatus
from bonhoa.apparatus.register import read_yaml

if TYPE_CHECKING:
    import pyarrow as pa


def load_limits() -> pa.Table:
    """limits.yaml as the table `parameters`."""
    import pyarrow as pa

    rows = [
        {
            "name": str(Rule.of(one["rule"])),
            "kind": one["kind"] or "",
            "level": one["level"] or "",
            "value": one["value"],
            "source": one["source"],
            "status": str(CheckStatus.of(one["status"])),
            "valid_from": one["effective_from"],
            "valid_to": one["effective_to"],
        }
        for one in read_yaml("limits.yaml")["limits"]
    ]
    return pa.Table.from_pylist(rows, schema=arrow_schema("parameters"))
