"""The rules audit over the stored map: what is found is kept, a decision stays, what is gone is told so."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bonhoa.apparatus.audit.words import Decision
from bonhoa.common.errors import InputError
from bonhoa_web.apparatus import finding_actions
from bonhoa_web.apparatus.audit_snapshot import map_tables
from bonhoa_web.apparatus.dated import withdraw
from bonhoa_web.apparatus.founding import found
from bonhoa_web.apparatus.models import (
    Finding,
    Function,
    FunctionVersion,
    Holding,
    JobConflict,
    JobPosition,
    Mandate,
    Person,
    Post,
    PostVersion,
    Unit,
)
from bonhoa_web.foundation.models import AuditEntry, Grant, User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db
Y20, Y21, Y22 = (dt.date(year, 1, 1) for year in (2020, 2021, 2022))


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """Two units; a function that A leads but for 2021; a head's post of A that nobody fills since 2021."""
    units = [
        Unit(code=c, name=f"Sở {c}", folded=f"so {c}", level="province", kind="department", valid_from=Y20)
        for c in "AB"
    ]
    found(units)
    function, position, post = Function.objects.create(code="f"), JobPosition(code="j"), Post.objects.create(code="p")
    position.save()
    FunctionVersion.objects.create(function=function, statement="Thi đua", folded="thi dua", valid_from=Y20)
    Mandate.objects.create(function=function, unit=units[0], role="lead", valid_from=Y20, valid_to=Y21)
    Mandate.objects.create(function=function, unit=units[1], role="lead", valid_from=Y22)
    PostVersion.objects.create(
        post=post, position=position, unit=units[0], title="Giám đốc", is_head=True, valid_from=Y20
    )
    person = Person.objects.create(code="x", full_name="Nguyễn Văn An", folded="nguyen van an")
    Holding.objects.create(post=post, person=person, mode="official", valid_from=Y20, valid_to=Y21)
    return {"A": units[0], "B": units[1], "f": function, "j": position, "x": person}


@pytest.fixture
def admin(world: dict[str, Any]) -> Callable[..., User]:
    def make(*codes: str) -> User:
        user = User.objects.create_user("-".join(codes).lower() or "ai", full_name="Ai")
        for code in codes:
            Grant.objects.create(user=user, role=str(Role.ADMIN), unit=world[code], valid_from=Y20)
        return user

    return make


GAP, HEADLESS = "mandate_gap|f||2021-01-01", "head_missing|A|2021-01-01"


def test_every_table_of_the_stored_map(world: dict[str, Any]) -> None:
    other = JobPosition.objects.create(code="k")
    JobConflict.objects.create(first=world["j"], second=other, reason="Luật", valid_from=Y20)
    tables = {name: table.to_pylist() for name, table in map_tables().items()}
    by_code = {row["unit"]: row for row in tables["units"]}
    assert by_code["A"]["needs_head"] and not by_code["B"]["needs_head"]  # no posts of B are kept here
    assert tables["mandates"][0] | {"mandate": ""} == {
        "mandate": "", "function": "f", "scope": "", "unit": "A", "role": "lead", "valid_from": Y20, "valid_to": Y21,
    }  # fmt: skip
    assert tables["posts"][0]["rank"] == "head" and tables["posts"][0]["name"] == "Giám đốc"
    assert tables["positions"] == [{"position": "j", "job": "j"}, {"position": "k", "job": "k"}]
    assert tables["holdings"][0]["person"] == "x" and tables["holdings"][0]["load"] == 100
    assert tables["job_conflicts"][0]["basis"] == "Luật" and tables["functions"] and tables["parameters"]


def test_a_decided_finding_does_not_reopen_and_one_that_is_gone_comes_back_decided(
    world: dict[str, Any], admin: Callable[..., User]
) -> None:
    actor = admin("A", "B")
    assert finding_actions.run(actor=actor) == 2
    assert set(Finding.objects.values_list("key", flat=True)) == {GAP, HEADLESS}
    gap = Finding.objects.get(key=GAP)
    assert gap.vi == "Thi đua (f) (cả nước): không cơ quan nào chủ trì, từ ngày 01/01/2021 đến hết ngày 31/12/2021."
    finding_actions.decide(actor=actor, finding=gap, decision=Decision.ACCEPTED, reason="Chờ sắp xếp")

    cover = Mandate.objects.create(function=world["f"], unit=world["A"], role="lead", valid_from=Y21, valid_to=Y22)
    assert finding_actions.run(actor=actor) == 1
    gap.refresh_from_db()
    assert gap.gone and gap.decision == "accepted"

    withdraw([cover])
    assert finding_actions.run(actor=actor) == 2
    gap.refresh_from_db()
    assert (gap.gone, gap.decision, gap.reason, gap.decided_by) == (None, "accepted", "Chờ sắp xếp", actor)
    assert gap.first_found < gap.last_found
    finding_actions.reopen(actor=actor, finding=gap)
    assert Finding.objects.get(key=GAP).decision == ""
    assert [e.action for e in AuditEntry.objects.order_by("pk")][-1] == "finding.reopen"


def test_who_may_and_what_a_decision_needs(world: dict[str, Any], admin: Callable[..., User]) -> None:
    of_a, of_none = admin("A"), admin()
    with pytest.raises(PermissionDenied):
        finding_actions.run(actor=of_none)
    finding_actions.run(actor=of_a)
    gap, headless = Finding.objects.get(key=GAP), Finding.objects.get(key=HEADLESS)
    with pytest.raises(PermissionDenied):  # the function is a matter of B, too
        finding_actions.decide(actor=of_a, finding=gap, decision=Decision.NO_FAULT, reason="x")
    with pytest.raises(InputError) as refused:
        finding_actions.decide(actor=of_a, finding=headless, decision=Decision.TO_CORRECT, reason=" ")
    assert refused.value.code == "no_reason"
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=headless.pk).update(decision="accepted")
    assert finding_actions.decide(actor=of_a, finding=headless, decision=Decision.TO_CORRECT, reason="Đang tìm").reason


def test_what_concerns_the_whole_map_needs_an_administrator_at_its_top(
    world: dict[str, Any], admin: Callable[..., User]
) -> None:
    """Found by review: with nobody concerned anybody who administered anything was let in."""
    room = Unit(code="R", name="Phòng R", folded="phong r", level="province", kind="department", parent=world["A"])
    found([room])
    world["R"] = room
    of_room, of_top = admin("R"), admin("A")
    with pytest.raises(PermissionDenied):
        finding_actions.run(actor=of_room)
    orphan = Function.objects.create(code="g")
    FunctionVersion.objects.create(function=orphan, statement="Lưu trữ", folded="luu tru", valid_from=Y20)
    finding_actions.run(actor=of_top)
    nobodys = Finding.objects.get(codes__0="g")
    assert finding_actions.concerned(nobodys) == []
    for actor in (of_room, admin()):
        with pytest.raises(PermissionDenied):
            finding_actions.decide(actor=actor, finding=nobodys, decision=Decision.NO_FAULT, reason="x")
    assert finding_actions.decide(actor=of_top, finding=nobodys, decision=Decision.NO_FAULT, reason="x").decision
