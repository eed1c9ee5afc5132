"""The register loaded again over what an earlier release had stored: the history becomes that of a first load."""

import datetime as dt
import importlib
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from bonhoa.apparatus import Register, load_register
from bonhoa_web.apparatus import loading, today
from bonhoa_web.apparatus.actions import record_of
from bonhoa_web.apparatus.dated import guarded_models
from bonhoa_web.apparatus.models import (
    ChangeEvent,
    EventUnit,
    Succession,
    Unit,
    UnitCode,
    UnitLife,
    UnitName,
    UnitParent,
)
from bonhoa_web.foundation import audit
from bonhoa_web.foundation.models import AuditEntry, User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db
REFORM = dt.date(2025, 7, 1)
OUTLIVED = "vn-00922"  # the earlier register had it begin on the day of the reform, after "vn-00922-to-2025"
KINDS = ((UnitLife, "level"), (UnitName, "name"), (UnitCode, "code"), (UnitParent, "parent__code"))


@pytest.fixture(scope="module")
def some() -> Register:
    """A piece of the register: a province of 2025 with what passed into its communes, and one commune that went on."""
    whole = load_register()
    chosen = {"vn-030", OUTLIVED}
    territories = whole.territories
    for unit in territories.values():
        if unit.parent == "vn-030" or unit.code in chosen:
            chosen |= {unit.code, *(link.code for link in unit.successors)}
    while True:
        above = {p for c in chosen for p, _, _ in whole.parents_of(territories[c])}
        above |= {link.code for c in chosen for link in territories[c].successors}
        if above - {None} <= chosen:
            break
        chosen |= {code for code in above if code}
    return Register({}, {}, {c: u for c, u in territories.items() if c in chosen}, whole._former_parents, ())


@pytest.fixture
def register(some: Register, monkeypatch: pytest.MonkeyPatch) -> Callable[[Register], Register]:
    def use(one: Register) -> Register:
        monkeypatch.setattr(loading, "load_register", lambda: one)
        return one

    use(some)
    return use


def told() -> dict[str, set[tuple[Any, ...]]]:
    """What counts, by codes."""
    rows = {
        model.__name__: set(model.objects.values_list("unit__code", column, "valid_from", "valid_to", "act"))
        for model, column in KINDS
    }
    rows["events"] = set(ChangeEvent.objects.values_list("kind", "effective", "act", "order"))
    rows["parts"] = set(
        EventUnit.objects.values_list("event__kind", "event__act", "unit__code", "goes_in", "comes_out")
    )
    rows["followed"] = set(
        Succession.objects.values_list("old__code", "new__code", "on", "whole", "act", "provision", "event__kind")
    )
    return rows


def columns() -> set[tuple[Any, ...]]:
    return set(Unit.objects.values_list("code", "name", "parent__code", "official_code", "valid_from", "valid_to"))


@pytest.fixture
def first(register: Callable[[Register], Register]) -> tuple[Any, Any]:
    """What a first load writes; nothing of it is left."""
    with transaction.atomic():
        loading.load_national()
        today.refresh()
        said = told(), columns()
        transaction.set_rollback(True)
    assert not Unit.objects.exists()
    return said


@pytest.fixture
def earlier(first: tuple[Any, Any], some: Register) -> None:
    """The rows that commit e9ea9a7 stored, and what migration 0004 made of them."""
    values = {u.code: u for u in some.units()}
    values[OUTLIVED], gone = replace(values[OUTLIVED], valid_from=REFORM), values[OUTLIVED]
    gone = replace(gone, code=f"{OUTLIVED}-to-2025", parent="vn-030", valid_to=REFORM)
    records = {code: record_of(u, None) for code, u in (values | {gone.code: gone}).items()}
    Unit.objects.bulk_create(records.values())
    for u in (*values.values(), gone):
        Unit.objects.filter(code=u.code).update(parent=records[u.parent] if u.parent else None)
    dating = importlib.import_module("bonhoa_web.apparatus.migrations.0004_succession")
    with connection.cursor() as cursor:
        dating.date_what_is_stored(None, SimpleNamespace(execute=cursor.execute))
    links = [(u.code, s.code, u.basis) for u in values.values() for s in u.successors]
    Succession.objects.bulk_create(
        Succession(old=records[old], new=records[new], on=REFORM, act=act[:255])
        for old, new, act in (*links, (gone.code, OUTLIVED, gone.basis))
    )


def test_what_an_earlier_release_stored_becomes_what_a_first_load_writes(first: tuple[Any, Any], earlier: None) -> None:
    assert told() != first[0]
    assert loading.load_national() == 0
    assert told() == first[0]
    gone = Unit.objects.get(code=f"{OUTLIVED}-to-2025")
    assert not gone.exists_on(dt.date(2025, 1, 1)) and UnitName.everything.filter(unit=gone).exists()
    assert {row for row in columns() if row[0] != gone.code} == first[1]
    assert AuditEntry.objects.latest("seq").detail["mended"] > 100 and audit.verify() is None

    before = {model: model.everything.count() for model in guarded_models()}, AuditEntry.objects.count()
    assert loading.load_national() == 0
    assert before == ({model: model.everything.count() for model in guarded_models()}, AuditEntry.objects.count())


def test_what_a_person_wrote_stays(earlier: None, person: Callable[..., User]) -> None:
    unit = Unit.objects.get(code=OUTLIVED)
    admin = person(Role.ADMIN, unit)
    with transaction.atomic():  # as e9ea9a7 corrected a name: the column, told by the audit only
        audit.append(admin, "unit.edit", unit, {"from": unit.name, "to": "Xã Thuận Hòa cũ"})
    row = UnitName.objects.get(unit=unit)
    other = Unit.objects.filter(level="commune", valid_to=REFORM).exclude(pk=unit.pk).first()
    assert other is not None
    loading.load_national()
    row.refresh_from_db()
    assert row.superseded_at is None
    UnitParent.objects.get(unit=other).supersede(recorded_by=admin, valid_to=dt.date(2024, 1, 1))
    loading.load_national()
    assert UnitParent.objects.get(unit=other).valid_to == dt.date(2024, 1, 1)


def test_a_unit_that_comes_later_joins_the_event_that_is_told(
    some: Register, register: Callable[[Register], Register]
) -> None:
    late = next(u for u in some.units() if u.level == "commune" and u.successors and u.valid_to == REFORM)
    fewer = Register({}, {}, {c: u for c, u in some.territories.items() if c != late.code}, some._former_parents, ())
    register(fewer)
    loading.load_national()
    events = ChangeEvent.objects.count()
    register(some)
    assert loading.load_national() == 1
    assert ChangeEvent.objects.count() == events and EventUnit.objects.get(unit__code=late.code).goes_in
    assert Succession.objects.filter(old__code=late.code, event__isnull=False).count() == len(late.successors)
