"""Records → library values."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bonhoa.documents.model import (
    Cell,
    Citation,
    Document,
    Metadata,
    Node,
    NodeKind,
    Notice,
    Reference,
    Relation,
    RelationKind,
    Table,
)
from bonhoa_web.documents import linking, models


def document_value(record: models.Document) -> Document:
    """The document as it was read, with the metadata as corrected in the register; its citations name the acts, and its
    notices those that applied no longer, that are known today (the stored ones those that were known at reading)."""
    content: dict[str, Any] = record.content or {}
    value = Document(
        text=record.text,
        metadata=Metadata(
            record.type or None,
            record.number or None,
            record.issued_on,
            record.issuer or None,
            record.signer or None,
            record.subject or None,
            **_further(content.get("metadata", {})),
        ),
        structure=node_value(content["structure"]),
        citations=tuple(Citation(**{**c, "date": _date(c["date"])}) for c in content.get("citations", ())),
        references=tuple(Reference(**r) for r in content.get("references", ())),
        relations=tuple(
            Relation(RelationKind.of(r["kind"]), r["citation"], _date(r["effective"]))
            for r in content.get("relations", ())
        ),
        tables=tuple(
            Table(t["start"], t["end"], tuple(Cell(**c) for c in t["cells"])) for t in content.get("tables", ())
        ),
        notices=tuple(Notice(**n) for n in content.get("notices", ())),
    )
    return linking.with_targets(record, value)


def _further(data: dict[str, Any]) -> dict[str, Any]:
    """What reading found of the metadata beyond the columns of the register."""
    return {
        "authority": data.get("authority"),
        "office": data.get("office"),
        "urgency": data.get("urgency"),
        "recipients": tuple(data.get("recipients", ())),
        "effective": _date(data.get("effective")),
        "expires": _date(data.get("expires")),
    }


def node_value(data: dict[str, Any]) -> Node:
    """A structure node out of its JSON."""
    return Node(
        NodeKind.of(data["kind"]),
        data["number"],
        data["heading"],
        data["start"],
        data["end"],
        tuple(node_value(c) for c in data["children"]),
    )


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
