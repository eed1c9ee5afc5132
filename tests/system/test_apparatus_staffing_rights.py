"""What the right over a unit does not give: people of other units, sealed data, wider places; and old pages."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.system.test_apparatus_staffing import (
    MANDATE,
    POSITION,
    START,
    edit,
    held,
    new,
    refused,
    said,
    seat,
)

from bonhoa.apparatus.vocabulary import HoldingMode
from bonhoa.common.errors import InputError
from bonhoa_web.apparatus import rights
from bonhoa_web.apparatus import staffing_actions as acts
from bonhoa_web.apparatus.models import Holding, Mandate, Person, PositionVersion, PostVersion, Unit
from bonhoa_web.foundation.models import AuditEntry, User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(db: None) -> Person:
    return Person.objects.create(code="A1", full_name="Nguyễn Văn An", folded="nguyen van an", born="1980-02-29")


@pytest.fixture
def keeper(person: Callable[..., User], province: Unit, signed_in: Callable[[User], Client]) -> Client:
    """A personnel officer of the province."""
    return signed_in(person(Role.PERSONNEL, province))


@pytest.fixture
def stranger(person: Callable[..., User], elsewhere: Unit) -> User:
    """A personnel officer of another province."""
    return person(Role.PERSONNEL, elsewhere)


# --- whose people ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("here", "there", "refusal"),
    [
        ({}, {}, True),
        ({}, {"mode": "acting", "load": "20"}, True),
        ({"valid_to": "2026-03-01"}, {"valid_from": "2026-02-28"}, True),
        ({"valid_to": "2026-03-01"}, {"valid_from": "2026-03-01"}, False),
        ({"mode": "acting"}, {}, False),
    ],
)
def test_who_officially_belongs_elsewhere_is_not_taken_away(
    keeper: Client,
    signed_in: Callable[[User], Client],
    stranger: User,
    department: Unit,
    elsewhere: Unit,
    an: Person,
    here: dict[str, str],
    there: dict[str, str],
    refusal: bool,
) -> None:
    other = signed_in(stranger)
    keeper.post(new(department, "nguoi-giu"), held(seat(department, keeper)) | here)
    post = seat(elsewhere, other)
    answer = other.post(new(elsewhere, "nguoi-giu"), held(post) | there)
    head = {"title": "Chủ tịch", "person": "A1", "mode": "official", "load": "100", **START} | there
    if refusal:
        assert "chức vụ chính thức ở cơ quan ngoài phạm vi của bạn" in refused(answer)
        assert "ngoài phạm vi của bạn" in refused(other.post(f"/bo-may/{elsewhere.pk}/nguoi-dung-dau/", head))
        assert Holding.objects.count() == 1
        Person.objects.create(code="B1", full_name="Trần Thị Bình", folded="tran thi binh")
        assert other.post(new(elsewhere, "nguoi-giu"), held(post, person="B1")).status_code == 302
        mine = Holding.objects.latest("pk")
        assert "ngoài phạm vi" in refused(other.post(edit(mine, "nguoi-giu"), held(post) | there))
    else:
        assert answer.status_code == 302


def test_what_one_holds_beside_is_ended_without_a_right_over_the_main_post(
    keeper: Client, signed_in: Callable[[User], Client], stranger: User, department: Unit, elsewhere: Unit, an: Person
) -> None:
    other = signed_in(stranger)
    post = seat(elsewhere, other)
    assert other.post(new(elsewhere, "nguoi-giu"), held(post, mode="acting", load="20")).status_code == 302
    keeper.post(new(department, "nguoi-giu"), held(seat(department, keeper)))
    row = Holding.objects.get(mode="acting")
    more = held(post, mode="official", load="20")
    assert "ngoài phạm vi của bạn" in refused(other.post(edit(row, "nguoi-giu"), more))
    ends = held(post, mode="acting", load="20", valid_to="2026-04-01")
    assert other.post(edit(row, "nguoi-giu"), ends).status_code == 302


@pytest.mark.parametrize(
    ("mode", "start", "end", "sees"),
    [
        (HoldingMode.OFFICIAL, -30, None, True),
        (HoldingMode.OFFICIAL, -30, 1, True),
        (HoldingMode.OFFICIAL, -30, 0, False),
        (HoldingMode.OFFICIAL, 1, None, False),
        (HoldingMode.ACTING, -30, None, False),
        (HoldingMode.CONCURRENT, -30, None, False),
        (None, 0, None, False),
    ],
)
def test_sealed_data_is_seen_where_a_person_officially_belongs_today(
    keeper: Client,
    person: Callable[..., User],
    province: Unit,
    department: Unit,
    an: Person,
    mode: HoldingMode | None,
    start: int,
    end: int | None,
    sees: bool,
) -> None:
    today = timezone.localdate()
    post = seat(department, keeper, valid_from="2020-01-01")
    if mode is not None:
        period = [None if d is None else today + dt.timedelta(days=d) for d in (start, end)]
        Holding.objects.create(post=post.post, person=an, mode=str(mode), valid_from=period[0], valid_to=period[1])
    assert rights.may_see_sealed(person(Role.PERSONNEL, province), an) is sees
    assert not rights.may_see_sealed(person(Role.ADMIN, province), an)


# --- old pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["nhiem-vu", "vi-tri", "nguoi-giu"])
@pytest.mark.parametrize("way", ["withdraw", "correct"])
def test_what_was_superseded_meanwhile_is_neither_withdrawn_nor_corrected(
    keeper: Client, province: Unit, department: Unit, an: Person, kind: str, way: str, person: Callable[..., User]
) -> None:
    actor = person(Role.PERSONNEL, province)
    seen: Any
    if kind == "nhiem-vu":
        values = MANDATE
        keeper.post(new(department, kind), values)
        seen = Mandate.objects.get()
    else:
        values = {**POSITION, "quota": "1"}
        post = seat(department, keeper)
        seen = PositionVersion.objects.get()
    if kind == "nguoi-giu":
        values = held(post)
        keeper.post(new(department, kind), values)
        seen = Holding.objects.get()
    assert keeper.post(edit(seen, kind), values | {"provision": "Điều 3"}).status_code == 302
    posts, audited = set(PostVersion.objects.values_list("pk", flat=True)), AuditEntry.objects.count()
    if way == "correct":  # the form was filled in from the row as it was
        assert "vừa được người khác sửa hoặc rút" in refused(keeper.post(edit(seen, kind), values))
    else:
        answer = keeper.post(edit(seen, kind), {"rut": "1", "sure": "1"}, follow=True)
        assert "vừa được người khác sửa hoặc rút" in said(answer) and "Đã rút" not in said(answer)
        withdraw = {
            "nhiem-vu": acts.withdraw_mandate,
            "vi-tri": acts.withdraw_position,
            "nguoi-giu": acts.withdraw_holding,
        }[kind]
        with pytest.raises(InputError, match="vừa được"):
            withdraw(actor=actor, row=seen)
    assert type(seen).objects.get().provision == "Điều 3"
    assert set(PostVersion.objects.values_list("pk", flat=True)) == posts and AuditEntry.objects.count() == audited
