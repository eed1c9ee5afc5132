"""The database itself refuses to change or delete a line of the audit, whoever asks and by whatever tool.

The triggers are put there after every `migrate`, so that they also stand where migrations were squashed or a table was
made anew. Who owns the database can drop them; then the hash chain (`audit.verify`) still shows what was changed.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

_SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS audit_no_{what} BEFORE {what} ON foundation_auditentry
        BEGIN SELECT RAISE(ABORT, 'the audit can only grow'); END"""
    for what in ("update", "delete")
]
_POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger AS $$
       BEGIN RAISE EXCEPTION 'the audit can only grow'; END $$ LANGUAGE plpgsql""",
    "DROP TRIGGER IF EXISTS audit_no_change ON foundation_auditentry",
    """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON foundation_auditentry
       FOR EACH ROW EXECUTE FUNCTION audit_only_grows()""",
]
_REMOVE = {
    "sqlite": ["DROP TRIGGER IF EXISTS audit_no_update", "DROP TRIGGER IF EXISTS audit_no_delete"],
    "postgresql": ["DROP TRIGGER IF EXISTS audit_no_change ON foundation_auditentry"],
}


def install(using: str = "default", **_: Any) -> None:
    """Put the triggers in place; a receiver of `post_migrate`."""
    connection = connections[using]
    if "foundation_auditentry" not in connection.introspection.table_names():
        return
    _execute(using, _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def remove(using: str = "default") -> None:
    """Take the triggers away: for tests that empty their tables, or that play the intruder."""
    _execute(using, _REMOVE[connections[using].vendor])


def _execute(using: str, statements: list[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
