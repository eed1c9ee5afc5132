"""The hash-chained audit: who did what to which record, in an order that cannot be changed unseen."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from bonhoa_web.foundation.models import AuditEntry, User

GENESIS = "0" * 64


def append(actor: User | None, action: str, target: models.Model | None, detail: dict[str, Any]) -> AuditEntry:
    """Append one entry; must run inside the transaction of the write it records.

    `detail` is kept as plain JSON: days and times as ISO text; what JSON cannot hold raises TypeError.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("audit.append outside a transaction")
    detail = json.loads(json.dumps(detail, cls=DjangoJSONEncoder, sort_keys=True))
    last = _last_locked()
    entry = AuditEntry(
        seq=last.seq + 1 if last else 1,
        at=timezone.now(),
        actor=actor,
        action=action,
        object_type=target._meta.label_lower if target is not None else "",
        object_id=str(target.pk) if target is not None else "",
        detail=detail,
        prev_hash=last.hash if last else GENESIS,
    )
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    return entry


def _last_locked() -> AuditEntry | None:
    """The newest entry. Writers come one by one: IMMEDIATE transactions on SQLite, an advisory lock on PostgreSQL."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('bonhoa.audit'))")
    return AuditEntry.objects.order_by("-seq").first()


def digest(entry: AuditEntry) -> str:
    """SHA-256 of the previous hash and the canonical JSON of this entry."""
    body = json.dumps(
        [
            entry.seq,
            entry.at.isoformat(),
            entry.actor_id,
            entry.action,
            entry.object_type,
            entry.object_id,
            entry.detail,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256((entry.prev_hash + body).encode()).hexdigest()


def verify() -> int | None:
    """Walk the chain; the sequence number of the first broken entry, or None if it is whole."""
    prev, expected = GENESIS, 1
    for entry in AuditEntry.objects.order_by("seq").iterator():
        if entry.seq != expected or entry.prev_hash != prev or digest(entry) != entry.hash:
            return entry.seq
        prev, expected = entry.hash, expected + 1
    return None
