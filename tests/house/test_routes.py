"""Every address says who may call it, and answers each role as it says: never with a fault of the system."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from bonhoa_web.apparatus.models import Unit
from bonhoa_web.foundation import navigation
from bonhoa_web.foundation.models import Grant, User
from bonhoa_web.foundation.roles import Role
from bonhoa_web.foundation.routing import PUBLIC

pytestmark = pytest.mark.django_db


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, address)
        else:
            yield address, entry


ALL = list(patterns(get_resolver()))
OURS = [(a, p) for a, p in ALL if hasattr(p.callback, "who")]
WORDS = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}


def concrete(address: str) -> str:
    """An address with something in the place of each <converter:name>; there is no record 1, so most answer 404."""
    out = address.replace("^", "").replace("$", "")
    while "<" in out:
        before, rest = out.split("<", 1)
        converter, after = rest.split(">", 1)
        out = before + WORDS[converter.split(":")[0] if ":" in converter else "str"] + after
    return "/" + out


def test_only_the_sign_in_of_allauth_has_no_who() -> None:
    assert [a for a, p in ALL if not hasattr(p.callback, "who") and not a.startswith("tai-khoan/")] == []


def test_names_are_unique() -> None:
    names = [p.name for _, p in OURS]
    assert len(names) == len(set(names))


def test_every_room_in_the_frame_has_an_address() -> None:
    names = {p.name for _, p in OURS}
    assert [e.url_name for e in navigation._entries if e.url_name not in names] == []


@pytest.mark.parametrize(("address", "pattern"), OURS, ids=[p.name for _, p in OURS])
def test_a_stranger_is_asked_to_sign_in(address: str, pattern: URLPattern) -> None:
    for method in ("get", "post"):
        response = getattr(Client(), method)(concrete(address))
        if pattern.callback.who == PUBLIC:
            assert response.status_code < 500
        else:
            assert response.status_code == 302 and response["Location"].startswith("/tai-khoan/login/")


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_each_role_gets_what_who_says(role: Role | None) -> None:
    unit = Unit.objects.create(
        code="X", name="UBND tỉnh X", folded="ubnd tinh x", level="province", kind="people_committee"
    )
    user = User.objects.create_user("u", password="x", full_name="U")
    if role is not None:
        Grant.objects.create(user=user, role=str(role), unit=unit, valid_from=timezone.localdate() - dt.timedelta(1))
    client = Client()
    client.force_login(user)
    for address, pattern in OURS:
        who = pattern.callback.who
        for method in ("get", "post"):
            status = getattr(client, method)(concrete(address)).status_code
            if who == PUBLIC or role in who:
                assert status in {200, 302, 400, 403, 404, 405, 422}, (method, address, status)
            else:
                assert status == 403, (method, address, status)


def test_an_ended_role_opens_nothing() -> None:
    unit = Unit.objects.create(
        code="X", name="UBND tỉnh X", folded="ubnd tinh x", level="province", kind="people_committee"
    )
    user = User.objects.create_user("u", password="x", full_name="U")
    today = timezone.localdate()
    Grant.objects.create(user=user, role="admin", unit=unit, valid_from=today - dt.timedelta(9), valid_to=today)
    client = Client()
    client.force_login(user)
    assert client.get("/quan-tri/").status_code == 403
