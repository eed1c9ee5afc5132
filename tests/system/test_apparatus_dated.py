"""Dated rows: what the database refuses, whoever writes; corrections; the columns of today; sealed columns."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from bonhoa_web.apparatus import today
from bonhoa_web.apparatus.dated import WrittenOnce, withdraw
from bonhoa_web.apparatus.founding import found
from bonhoa_web.apparatus.models import (
    Competence,
    Duty,
    Function,
    FunctionVersion,
    Holding,
    JobConflict,
    JobPosition,
    Mandate,
    Person,
    PositionVersion,
    Post,
    PostVersion,
    Unit,
    UnitCode,
    UnitLife,
    UnitName,
    UnitParent,
)
from bonhoa_web.foundation.sealed import seal, unseal

pytestmark = pytest.mark.django_db
Y20, Y21, Y22, Y23 = (dt.date(year, 1, 1) for year in (2020, 2021, 2022, 2023))
LEAP = dt.date(2024, 2, 29)


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """Three units without a parent, two functions, two positions, two posts, two people of one name."""
    units = [Unit(code=c, name=f"Sở {c}", folded=f"so {c}", level="province", kind="department") for c in "ABC"]
    found(units)
    return {
        **{unit.code: unit for unit in units},
        **{f"f{n}": Function.objects.create(code=f"f{n}") for n in "12"},
        **{f"j{n}": JobPosition.objects.create(code=f"j{n}") for n in "12"},
        **{f"p{n}": Post.objects.create(code=f"p{n}") for n in "12"},
        **{
            f"x{n}": Person.objects.create(code=f"x{n}", full_name="Nguyễn Văn An", folded="nguyen van an")
            for n in "12"
        },
    }


NAME = {"unit": "A", "name": "Sở Khác", "folded": "so khac"}
PLACE = {"position": "j1", "unit": "A", "number": 1, "title": "Giám đốc"}
# what is tried beside itself: model, first row, second row, whether both may stand when their periods share a day
ROWS: list[tuple[str, type, dict[str, Any], dict[str, Any], bool]] = [
    ("one wording", FunctionVersion, {"function": "f1", "statement": "a"}, {"function": "f1", "statement": "b"}, False),
    (
        "two functions",
        FunctionVersion,
        {"function": "f1", "statement": "a"},
        {"function": "f2", "statement": "b"},
        True,
    ),
    (
        "two leads",
        Mandate,
        {"function": "f1", "unit": "A", "role": "lead"},
        {"function": "f1", "unit": "B", "role": "lead"},
        False,
    ),
    (
        "lead and cooperation",
        Mandate,
        {"function": "f1", "unit": "A", "role": "lead"},
        {"function": "f1", "unit": "B", "role": "cooperating"},
        True,
    ),
    (
        "one unit, two functions",
        Mandate,
        {"function": "f1", "unit": "A", "role": "lead"},
        {"function": "f2", "unit": "A", "role": "lead"},
        True,
    ),
    (
        "two leads in two places",
        Mandate,
        {"function": "f1", "unit": "A", "role": "lead", "scope": "B"},
        {"function": "f1", "unit": "A", "role": "lead", "scope": "C"},
        True,
    ),
    (
        "two leads in one place",
        Mandate,
        {"function": "f1", "unit": "A", "role": "lead", "scope": "C"},
        {"function": "f1", "unit": "B", "role": "lead", "scope": "C"},
        False,
    ),
    (
        "two roles",
        Mandate,
        {"function": "f1", "unit": "A", "role": "lead"},
        {"function": "f1", "unit": "A", "role": "support"},
        False,
    ),
    (
        "two official holders",
        Holding,
        {"post": "p1", "person": "x1", "mode": "official"},
        {"post": "p1", "person": "x2", "mode": "official"},
        False,
    ),
    (
        "official and acting",
        Holding,
        {"post": "p1", "person": "x1", "mode": "official"},
        {"post": "p1", "person": "x2", "mode": "acting"},
        True,
    ),
    (
        "one person, two posts",
        Holding,
        {"post": "p1", "person": "x1", "mode": "official"},
        {"post": "p2", "person": "x1", "mode": "official"},
        True,
    ),
    (
        "two heads",
        PostVersion,
        {"post": "p1", **PLACE, "is_head": True},
        {"post": "p2", **PLACE, "number": 2, "is_head": True},
        False,
    ),
    (
        "head and deputy",
        PostVersion,
        {"post": "p1", **PLACE, "is_head": True},
        {"post": "p2", **PLACE, "number": 2, "is_deputy": True},
        True,
    ),
    ("one post in two places", PostVersion, {"post": "p1", **PLACE}, {"post": "p1", **PLACE, "unit": "B"}, False),
    ("one number twice", PostVersion, {"post": "p1", **PLACE}, {"post": "p2", **PLACE}, False),
    ("two line parents", UnitParent, {"unit": "A", "parent": "B"}, {"unit": "A", "parent": "C"}, False),
    (
        "line and guidance",
        UnitParent,
        {"unit": "A", "parent": "B"},
        {"unit": "A", "parent": "C", "relation": "guidance"},
        True,
    ),
    ("two children", UnitParent, {"unit": "A", "parent": "C"}, {"unit": "B", "parent": "C"}, True),
    ("circle of two", UnitParent, {"unit": "A", "parent": "B"}, {"unit": "B", "parent": "A"}, False),
    (
        "a code already used",
        UnitCode,
        {"unit": "A", "scheme": "qd20", "code": "H40"},
        {"unit": "B", "scheme": "qd20", "code": "H40"},
        False,
    ),
    (
        "two codes of a unit",
        UnitCode,
        {"unit": "A", "scheme": "qd20", "code": "H40"},
        {"unit": "A", "scheme": "qd20", "code": "H41"},
        False,
    ),
    (
        "two schemes",
        UnitCode,
        {"unit": "A", "scheme": "qd20", "code": "H40"},
        {"unit": "B", "scheme": "old13", "code": "H40"},
        True,
    ),
    ("two names in two languages", UnitName, NAME | {"language": "en"}, NAME | {"language": "fr"}, True),
    ("two English names", UnitName, NAME | {"language": "en"}, NAME | {"language": "en", "name": "X"}, False),
    (
        "one version of a position",
        PositionVersion,
        {"position": "j1", "unit": "A", "title": "x", "group": "support"},
        {"position": "j1", "unit": "B", "title": "x", "group": "support"},
        False,
    ),
    ("one duty", Duty, {"position": "j1", "function": "f1"}, {"position": "j1", "function": "f1", "share": 20}, False),
    (
        "one level",
        Competence,
        {"person": "x1", "skill": "tin học", "level": 2},
        {"person": "x1", "skill": "tin học", "level": 3},
        False,
    ),
    ("a conflict told twice", JobConflict, {"first": "j1", "second": "j2"}, {"first": "j1", "second": "j2"}, False),
]
# the periods of both and whether they share a day
PERIODS = [
    ((Y20, Y21), (Y21, Y22), False),
    ((Y20, LEAP), (LEAP, None), False),
    ((None, Y21), (Y21, None), False),
    ((Y20, Y22), (Y21, Y23), True),
    ((Y20, None), (Y22, None), True),
    ((None, None), (Y22, Y23), True),
    ((Y20, Y23), (Y21, Y22), True),
    ((Y20, dt.date(2024, 3, 1)), (LEAP, Y23.replace(year=2025)), True),
]


def row(world: dict[str, Any], model: type, fields: dict[str, Any], period: tuple[Any, Any]) -> Any:
    names = {f.name for f in model._meta.fields if f.is_relation}
    values = {k: world[v] if k in names else v for k, v in fields.items()}
    return model(**values, valid_from=period[0], valid_to=period[1])


def refused(write: Any) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(("told", "model", "first", "second", "may"), ROWS, ids=[r[0] for r in ROWS])
def test_the_database_refuses_what_overlaps_and_nothing_else(
    world: dict[str, Any], told: str, model: type, first: dict[str, Any], second: dict[str, Any], may: bool
) -> None:
    for a, b, share in PERIODS:
        for one, other in ((a, b), (b, a)):
            point = transaction.savepoint()
            model.objects.bulk_create([row(world, model, first, one)])
            late = row(world, model, second, other)
            expected = share and not may
            if not told.startswith("circle"):
                try:
                    late.validate_constraints()
                    valid = True
                except ValidationError:
                    valid = False
                assert valid is not expected, ("form", one, other)
            assert refused(lambda late=late, model=model: model.objects.bulk_create([late])) is expected, (one, other)
            transaction.savepoint_rollback(point)
        pair = [row(world, model, first, a), row(world, model, second, b)]
        point = transaction.savepoint()
        assert refused(lambda pair=pair, model=model: model.objects.bulk_create(pair)) is (share and not may), "at once"
        transaction.savepoint_rollback(point)


def test_a_longer_circle_is_refused_on_the_one_day_on_which_it_would_close(world: dict[str, Any]) -> None:
    def under(child: str, parent: str, start: Any, end: Any) -> UnitParent:
        return UnitParent(unit=world[child], parent=world[parent], valid_from=start, valid_to=end)

    UnitParent.objects.bulk_create([under("A", "B", Y20, Y22), under("B", "C", Y21, Y23)])
    day = dt.timedelta(days=1)
    assert refused(under("C", "A", Y22 - day, None).save), "A under B under C under A on 31 December 2021"
    under("C", "A", Y22, None).save()
    assert refused(under("A", "C", Y23, None).save)
    assert refused(under("A", "A", Y20, Y21).save)


@pytest.mark.parametrize("period", [(Y21, Y21), (Y22, Y21)])
def test_a_period_is_not_empty(world: dict[str, Any], period: tuple[dt.date, dt.date]) -> None:
    assert refused(row(world, UnitParent, {"unit": "A", "parent": "B"}, period).save)


def test_nothing_is_overwritten_and_what_is_superseded_stays(world: dict[str, Any]) -> None:
    first = Mandate.objects.create(function=world["f1"], unit=world["A"], role="lead", valid_from=Y20)
    before = timezone.now()
    with pytest.raises(WrittenOnce):
        first.save()
    with pytest.raises(WrittenOnce):
        first.delete()
    with pytest.raises(WrittenOnce):
        Mandate.objects.all().delete()
    assert refused(lambda: Mandate.objects.update(valid_to=Y21))
    assert refused(lambda: Mandate.objects.update(unit=world["B"]))
    assert refused(lambda: Mandate.objects.bulk_update([first], ["role"]))
    second = first.supersede(valid_to=Y21, act="12/QĐ-UBND")
    assert (second.supersedes, second.function, second.valid_from) == (first, world["f1"], Y20)
    assert list(Mandate.objects.all()) == [second] and Mandate.everything.count() == 2
    assert list(Mandate.everything.known_at(before)) == [first]
    assert list(Mandate.everything.known_at(timezone.now())) == [second]
    assert refused(lambda: Mandate.everything.filter(pk=first.pk).update(superseded_at=None)), "it cannot count again"
    withdraw([second])
    assert not Mandate.objects.exists() and not world["A"].mandates.exists()
    Mandate.objects.create(function=world["f1"], unit=world["B"], role="lead", valid_from=Y20)


def test_the_columns_of_a_unit_are_those_of_the_day(world: dict[str, Any]) -> None:
    unit = world["A"]
    UnitLife.objects.get(unit=unit).supersede(valid_from=Y20, valid_to=Y23)
    first = UnitName.objects.get(unit=unit).supersede(valid_from=Y20, valid_to=Y21)
    UnitName.objects.create(unit=unit, name="Sở Mới", folded="so moi", valid_from=Y21, valid_to=Y23)
    UnitParent.objects.create(unit=unit, parent=world["B"], valid_from=Y20, valid_to=Y22)
    day = dt.timedelta(days=1)
    for on, name, parent in (
        (Y20 - day, "Sở A", world["B"]),  # to come: what it will be first
        (Y20, "Sở A", world["B"]),
        (Y21, "Sở Mới", world["B"]),
        (Y22, "Sở Mới", None),
        (Y23, "Sở Mới", None),  # ended: what it was last
    ):
        today.refresh([unit.pk], on=on)
        unit.refresh_from_db()
        assert (unit.name, unit.parent, unit.valid_from, unit.valid_to) == (name, parent, Y20, Y23), on
    assert today.stale(Y20, Y21) == {unit.pk} and today.stale(Y21, Y22 - day) == set()
    assert first.name == "Sở A"


def test_the_first_request_of_a_day_brings_the_columns_to_it(world: dict[str, Any], monkeypatch: Any) -> None:
    unit = world["A"]
    row = UnitName.objects.get(unit=unit).supersede(valid_to=Y21)
    UnitName.objects.create(unit=unit, name="Sở Mới", folded="so moi", valid_from=Y21)
    for on, name in ((Y21 - dt.timedelta(days=1), "Sở A"), (Y21, "Sở Mới")):
        monkeypatch.setattr(timezone, "localdate", lambda on=on: on)
        monkeypatch.setattr(today, "_derived", {})
        today.keep()
        unit.refresh_from_db()
        assert unit.name == name
    assert row.name == "Sở A"


def test_sealed_columns_are_unreadable_in_the_database(world: dict[str, Any], settings: Any) -> None:
    person = Person.objects.create(code="x9", full_name="Lê An", folded="le an", born="1980-02-29")
    with connection.cursor() as cursor:
        cursor.execute("SELECT born, identity_number FROM apparatus_person WHERE code = 'x9'")
        stored, empty = cursor.fetchone()
    assert "1980" not in stored and unseal(stored) == "1980-02-29" and empty == ""
    old = list(settings.BONHOA_DATA_KEYS)
    settings.BONHOA_DATA_KEYS = ["bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleTE=", *old]
    assert Person.objects.get(pk=person.pk).born == "1980-02-29" and unseal(seal("a")) == "a"
    settings.BONHOA_DATA_KEYS = ["bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleTE="]
    with pytest.raises(ImproperlyConfigured):
        _ = Person.objects.get(pk=person.pk).born
    settings.BONHOA_DATA_KEYS = ["x"]
    with pytest.raises(ImproperlyConfigured):
        seal("a")


def test_an_open_beginning_comes_before_every_day(world: dict[str, Any]) -> None:
    """Found by review: PostgreSQL puts NULL last, SQLite first."""
    for name, start, end in (("b", Y21, Y22), ("c", Y22, None), ("a", None, Y21)):
        FunctionVersion.objects.create(
            function=world["f1"], statement=name, folded=name, valid_from=start, valid_to=end
        )
    rows = FunctionVersion.objects.filter(function=world["f1"])
    assert [row.statement for row in rows.in_order()] == ["a", "b", "c"] and rows.last_begun().statement == "c"
    assert "NULLS FIRST" in str(rows.in_order().query)
