"""What the tests of the system share: people of every role around one unit, and clients signed in as them."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from bonhoa_web.apparatus.founding import found
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.foundation import audit_guard
from bonhoa_web.foundation.models import Grant, User
from bonhoa_web.foundation.roles import Role


def founded(unit: Unit) -> Unit:
    """`unit`, stored with its first dated rows."""
    found([unit])
    return unit


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What fixtures of a module store after this one stands for all its tests, each of which sees it as it was made:
    a transaction around theirs, rolled back at the end. Not beside tests that commit, which empty the tables.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def province(db: None) -> Unit:
    return founded(
        Unit(code="X-TINH", name="UBND tỉnh X", folded="ubnd tinh x", level="province", kind="people_committee")
    )


@pytest.fixture
def department(province: Unit) -> Unit:
    return founded(Unit(code="X-SO", name="Sở X", folded="so x", level="province", kind="department", parent=province))


@pytest.fixture
def elsewhere(db: None) -> Unit:
    return founded(
        Unit(code="Y-TINH", name="UBND tỉnh Y", folded="ubnd tinh y", level="province", kind="people_committee")
    )


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """`person(role, unit)`: a new user who holds one role for one unit."""

    def make(role: Role | None, unit: Unit | None, name: str = "") -> User:
        number = User.objects.count() + 1
        user = User.objects.create_user(
            f"u{number}", password="mat-khau-rat-dai-1", full_name=name or f"Người {number}"
        )
        if role is not None and unit is not None:
            Grant.objects.create(user=user, role=str(role), unit=unit, valid_from=dt.date(2020, 1, 1))
        return user

    return make


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def make(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def intruder(transactional_db: None) -> Iterator[Callable[[], None]]:
    """Call it to get past the guard of the audit, as who owns the database can. The guard stands again afterwards.

    Tests that commit empty all tables at their end, which the guard refuses on SQLite: it is away for that moment, and
    the `post_migrate` of that emptying puts it back.
    """
    yield audit_guard.remove
    audit_guard.remove()
