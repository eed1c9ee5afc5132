"""What the right over a unit does not give: people of other units, sealed data, wider places; and old pages."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from tests.system.conftest import founded
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
from bonhoa_web.apparatus.models import (
    Function,
    FunctionVersion,
    Holding,
    Mandate,
    Person,
    PositionVersion,
    PostVersion,
    Unit,
)
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


# --- wider places ----------------------------------------------------------------------------------------------------


@pytest.fixture
def places(db: None) -> dict[str, Unit]:
    """A ministry; two provinces, each with its committee; a commune of the first with its committee and an office."""
    rows = [
        ("BO", "central", "ministry", ""),
        ("P", "province", "territory", ""),
        ("P/ubnd", "province", "people_committee", "P"),
        ("Q", "province", "territory", ""),
        ("P/c", "commune", "territory", "P"),
        ("P/c/ubnd", "commune", "people_committee", "P/c"),
        ("P/c/phong", "commune", "department", "P/c/ubnd"),
        ("P/d", "commune", "territory", "P"),
    ]
    made: dict[str, Unit] = {}
    for code, level, kind, parent in rows:
        made[code] = founded(
            Unit(code=code, name=f"Nơi {code}", folded=code, level=level, kind=kind, parent=made.get(parent))
        )
    return made


@pytest.mark.parametrize(
    ("keeps", "unit", "scope", "may"),
    [
        ("P/c", "P/c/phong", "P/c", True),
        ("P/c/phong", "P/c/phong", "P/c", True),
        ("P/c", "P/c/phong", "", False),
        ("P/c", "P/c/phong", "P", False),
        ("P/c", "P/c/phong", "P/d", False),
        ("P", "P/c/phong", "P", True),
        ("P", "P/c/phong", "P/d", True),
        ("P", "P/ubnd", "P/c", True),
        ("P", "P/ubnd", "Q", False),
        ("P", "P/ubnd", "", False),
        ("BO", "BO", "", True),
        ("BO", "BO", "Q", True),
    ],
)
def test_a_mandate_reaches_no_wider_than_the_right(
    person: Callable[..., User],
    signed_in: Callable[[User], Client],
    places: dict[str, Unit],
    keeps: str,
    unit: str,
    scope: str,
    may: bool,
) -> None:
    client = signed_in(person(Role.PERSONNEL, places[keeps]))
    answer = client.post(new(places[unit], "nhiem-vu"), MANDATE | {"scope": scope})
    if may:
        row = Mandate.objects.get()
        assert answer.status_code == 302 and row.scope == places.get(scope)
        shown = client.get(edit(row, "nhiem-vu"))
        assert shown.context["form"].initial["scope"] == (f"Nơi {scope} ({scope})" if scope else "")
    else:
        assert "chỉ ghi được nhiệm vụ trong địa bàn" in refused(answer) and not Mandate.objects.exists()


def test_a_wide_mandate_recorded_by_others_is_ended_but_not_turned_into_another(
    person: Callable[..., User], signed_in: Callable[[User], Client], places: dict[str, Unit]
) -> None:
    function = Function.objects.create(code="f")
    FunctionVersion.objects.create(function=function, statement="Quản lý giá", folded="quan ly gia")
    since = dt.date(2026, 1, 1)
    row = Mandate.objects.create(unit=places["P/ubnd"], function=function, role="support", valid_from=since)
    client = signed_in(person(Role.PERSONNEL, places["P"]))
    form = client.get(new(places["P/c/phong"], "nhiem-vu")).context["form"]
    assert form.initial["scope"] == "Nơi P/c (P/c)", "the place of the unit is proposed"
    same = MANDATE | {"scope": "", "statement": "Quản lý giá", "role": "support"}
    for change in ({"role": "lead"}, {"statement": "Quản lý đất đai"}):
        assert "trong địa bàn" in refused(client.post(edit(row, "nhiem-vu"), same | change))
    assert client.post(edit(row, "nhiem-vu"), same | {"valid_to": "2026-05-01"}).status_code == 302


# --- positions and who holds their posts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "stays"),
    [
        ({"valid_to": "2026-09-01"}, True),
        ({"valid_to": "2026-08-31"}, False),
        ({"valid_from": "2026-03-02"}, False),
        ({"valid_from": "2026-03-01", "valid_to": "2026-09-01"}, True),
    ],
)
def test_a_position_is_not_shortened_under_who_holds_its_posts(
    keeper: Client, department: Unit, an: Person, term: dict[str, str], stays: bool
) -> None:
    period = {"valid_from": "2026-03-01", "valid_to": "2026-09-01"}
    keeper.post(new(department, "nguoi-giu"), held(seat(department, keeper)) | period)
    answer = keeper.post(edit(PositionVersion.objects.get(), "vi-tri"), {**POSITION, "quota": "1", **term})
    if stays:
        assert answer.status_code == 302
    else:
        assert "vẫn có người giữ: Nguyễn Văn An (A1); hãy sửa thời gian" in refused(answer)
        assert PositionVersion.objects.get().valid_from == PostVersion.objects.get().valid_from == dt.date(2026, 1, 1)


def test_a_post_turned_into_that_of_the_head_comes_first(keeper: Client, department: Unit) -> None:
    seat(department, keeper, title="A chuyên viên")
    seat(department, keeper, title="B phó", standing="deputy")
    row = PositionVersion.objects.get(pk=seat(department, keeper, title="C trưởng").position.versions.get().pk)
    values = {**POSITION, "quota": "1", "title": "C trưởng", "standing": "head"}
    assert keeper.post(edit(row, "vi-tri"), values).status_code == 302
    form = keeper.get(new(department, "nguoi-giu")).context["form"]
    assert [label for _pk, label in form.fields["post"].choices] == ["C trưởng – 1", "B phó – 1", "A chuyên viên – 1"]
    shown = said(keeper.get(f"/bo-may/{department.pk}/", {"ngay": "2026-02-01"}))
    assert shown.index("C trưởng") < shown.index("B phó") < shown.index("A chuyên viên")


# --- sealed data -----------------------------------------------------------------------------------------------------

SEALED = {"born": "1980-02-29", "identity_number": "001080000001", "joined_party": "2005-05-19"}


@pytest.mark.parametrize(
    ("role", "where", "may"),
    [
        (Role.PERSONNEL, "X-TINH", True),
        (Role.ADMIN, "X-TINH", False),
        (Role.LEADER, "X-TINH", False),
        (Role.PERSONNEL, "Y-TINH", False),
    ],
)
def test_sealed_data_is_written_by_the_personnel_officers_of_the_person(
    keeper: Client,
    person: Callable[..., User],
    signed_in: Callable[[User], Client],
    department: Unit,
    elsewhere: Unit,
    an: Person,
    role: Role,
    where: str,
    may: bool,
) -> None:
    keeper.post(new(department, "nguoi-giu"), held(seat(department, keeper)))
    client, address = signed_in(person(role, Unit.objects.get(code=where))), f"/bo-may/nguoi/{an.pk}/"
    answer = client.post(address, {"ghi": "1", **SEALED})
    fresh = Person.objects.get(pk=an.pk)
    stored = {name: getattr(fresh, name) for name in SEALED}
    entry = AuditEntry.objects.latest("seq")
    if may:
        assert answer.status_code == 302 and stored == SEALED
        assert entry.action == "person.seal" and "1980" not in str(entry.detail)
        assert all(f'value="{value}"' in said(client.post(address)) for value in SEALED.values())
    else:
        assert answer.status_code in {403, 404} and stored == {
            "born": "1980-02-29",
            "identity_number": "",
            "joined_party": "",
        }


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"identity_number": "123"}, "có 12 chữ số"),
        ({"born": "1980-02-30"}, "ngày"),
        ({"born": "2999-01-01", "joined_party": ""}, "chưa đến"),
        ({"joined_party": "1979-01-01"}, "phải sau ngày sinh"),
    ],
)
def test_sealed_data_that_cannot_be_is_refused(
    keeper: Client, department: Unit, an: Person, change: dict[str, str], sentence: str
) -> None:
    keeper.post(new(department, "nguoi-giu"), held(seat(department, keeper)))
    assert sentence in refused(keeper.post(f"/bo-may/nguoi/{an.pk}/", {"ghi": "1", **SEALED, **change}))
    assert Person.objects.get(pk=an.pk).identity_number == ""


def test_who_sees_only_oneself_writes_nothing(
    person: Callable[..., User], signed_in: Callable[[User], Client], elsewhere: Unit, an: Person
) -> None:
    an.user = person(Role.VIEWER, elsewhere)
    an.save()
    client, address = signed_in(an.user), f"/bo-may/nguoi/{an.pk}/"
    assert "1980-02-29" in said(client.post(address)) and 'name="ghi"' not in said(client.post(address))
    assert client.post(address, {"ghi": "1", **SEALED}).status_code == 403


def test_lists_open_nothing_sealed(keeper: Client, department: Unit, an: Person, settings: Any) -> None:
    keeper.post(new(department, "nguoi-giu"), held(seat(department, keeper)))
    settings.BONHOA_DATA_KEYS = ["bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleTE="]  # opens nothing that is stored
    for address in ("/bo-may/nguoi/", f"/bo-may/nguoi/{an.pk}/", f"/bo-may/{department.pk}/"):
        assert "Nguyễn Văn An" in said(keeper.get(address))
    with pytest.raises(ImproperlyConfigured):
        _ = Holding.objects.select_related("person").get().person.born
