"""The synthetic province becomes records: its units and its people, with one-time passwords for those who sign in."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, replace

from django.contrib.auth.hashers import make_password
from django.db import transaction

from bonhoa.apparatus import load_register
from bonhoa_web.apparatus.actions import record_of
from bonhoa_web.apparatus.founding import found
from bonhoa_web.apparatus.models import Succession, Unit
from bonhoa_web.demo.province import SOURCE, local_units, people, territories
from bonhoa_web.foundation import audit
from bonhoa_web.foundation.models import Grant, User

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # without l, o, 0 and 1, which are misread on paper


@dataclass(frozen=True, slots=True)
class Account:
    """What the launcher prints once: who can sign in, with which password, and what they are."""

    key: str  # what the person is in the story: "clerk", "leader", "officer" …
    username: str
    password: str
    full_name: str
    roles: str


@transaction.atomic
def settle_units() -> dict[str, Unit]:
    """Make the territories of the province and all their bodies; the units by code."""
    specs = territories() + local_units(load_register())
    made: dict[str, Unit] = {}
    for spec in specs:
        uncoded = replace(spec, official_code="")  # no statistical office knows a place that is invented
        made[spec.code] = record_of(uncoded, made[spec.parent] if spec.parent else None)
    found(list(made.values()), acts=dict.fromkeys(made, SOURCE))
    Succession.objects.bulk_create(
        [
            Succession(old=made[spec.code], new=made[heir.code], on=spec.valid_to, act=SOURCE)
            for spec in specs
            if spec.valid_to
            for heir in spec.successors
        ]
    )
    audit.append(None, "demo.units", None, {"count": len(made), "source": SOURCE})
    return made


@transaction.atomic
def settle_people(made: dict[str, Unit], since: dt.date) -> list[Account]:
    """Make the people with their roles from `since` on; the accounts of those who can sign in."""
    accounts = []
    for spec in people():
        password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
        user = User.objects.create(
            username=spec.username,
            full_name=spec.full_name,
            password_is_temporary=spec.signs_in,
            password=make_password(password if spec.signs_in else None),
        )
        Grant.objects.bulk_create(
            [
                Grant(user=user, role=str(role), unit=made[code], title=title, valid_from=since)
                for role, code, title in spec.hats
            ]
        )
        if spec.signs_in:
            roles = "; ".join(f"{role.vi}, {made[code]}" for role, code, _ in spec.hats)
            accounts.append(Account(spec.key, spec.username, password, spec.full_name, roles))
    audit.append(None, "demo.people", None, {"count": len(people()), "source": SOURCE})
    return accounts
