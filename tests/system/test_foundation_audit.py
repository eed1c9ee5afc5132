"""Every write is checked, done and told in one transaction; what was told cannot be changed unseen."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from bonhoa_web.foundation import audit
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import AuditEntry, AuditIsFixed, User


@action("test.rename", may=lambda actor, **_: actor.username != "stranger")
def rename(*, actor: User, trail: Trail, user: User, name: str, fault: Exception | None = None) -> User:
    user.full_name = name
    user.save()
    trail.detail = {"name": name, "on": dt.date(2026, 1, 2)}
    if fault is not None:
        raise fault
    return user


@pytest.fixture
def an(db: None) -> User:
    return User.objects.create(username="an", full_name="An")


def test_an_action_writes_and_tells(an: User) -> None:
    rename(actor=an, user=an, name="An Bình")
    entry = AuditEntry.objects.get()
    assert (entry.seq, entry.action, entry.actor, entry.object_type, entry.object_id) == (
        1,
        "test.rename",
        an,
        "foundation.user",
        str(an.pk),
    )
    assert entry.detail == {"name": "An Bình", "on": "2026-01-02"} and entry.prev_hash == audit.GENESIS
    assert audit.verify() is None


def test_a_failure_leaves_neither_write_nor_line(an: User) -> None:
    with pytest.raises(ValueError, match="half way"):
        rename(actor=an, user=an, name="An Bình", fault=ValueError("half way"))
    an.refresh_from_db()
    assert an.full_name == "An" and not AuditEntry.objects.exists()


@pytest.mark.parametrize("who", ["may", "function"])
def test_a_refusal_writes_nothing_but_is_told(an: User, who: str) -> None:
    actor = an if who == "function" else User.objects.create(username="stranger", full_name="Lạ")
    with pytest.raises(PermissionDenied):
        rename(actor=actor, user=an, name="Khác", fault=PermissionDenied() if who == "function" else None)
    an.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert an.full_name == "An"
    assert (entry.action, entry.actor, entry.object_id) == ("refused:test.rename", actor, str(an.pk))


def test_a_failed_action_takes_back_what_it_did_outside_the_database(an: User) -> None:
    taken: list[str] = []

    @action("test.file", may=lambda actor, **_: True)
    def write_file(*, actor: User, trail: Trail) -> None:
        trail.undo.append(lambda: taken.append("file"))
        raise ValueError("disk")

    with pytest.raises(ValueError, match="disk"):
        write_file(actor=an)
    assert taken == ["file"]


def test_lines_cannot_be_changed_through_the_orm(an: User) -> None:
    rename(actor=an, user=an, name="An Bình")
    entry = AuditEntry.objects.get()
    entry.action = "test.other"
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(action="test.other"),
    ):
        with pytest.raises(AuditIsFixed):
            attempt()
    assert AuditEntry.objects.get().action == "test.rename"


@pytest.mark.parametrize(
    "statement", ["UPDATE foundation_auditentry SET action = 'x'", "DELETE FROM foundation_auditentry"]
)
def test_lines_cannot_be_changed_by_sql_either(an: User, statement: str) -> None:
    rename(actor=an, user=an, name="An Bình")
    with pytest.raises(DatabaseError, match="only grow"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.get().action == "test.rename"


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE foundation_auditentry SET action = 'test.other' WHERE seq = 2", 2),
        ("UPDATE foundation_auditentry SET detail = '{}' WHERE seq = 3", 3),
        ("UPDATE foundation_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE seq = 1", 1),
        ("UPDATE foundation_auditentry SET actor_id = NULL WHERE seq = 2", 2),
        ("DELETE FROM foundation_auditentry WHERE seq = 2", 3),
        ("UPDATE foundation_auditentry SET hash = 'f' WHERE seq = 4", 4),
    ],
)
def test_an_intruder_in_the_database_is_found(intruder: Callable[[], None], statement: str, broken_at: int) -> None:
    an = User.objects.create(username="an", full_name="An")
    for number in range(4):
        rename(actor=an, user=an, name=f"An {number}")
    assert audit.verify() is None
    intruder()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert audit.verify() == broken_at


def test_a_line_outside_a_transaction_is_refused(intruder: Any) -> None:
    with pytest.raises(TransactionManagementError):
        audit.append(None, "test.loose", None, {})
