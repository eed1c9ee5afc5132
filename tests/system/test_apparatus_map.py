"""The map on any day: tree, branch, one unit, history, old names and their heirs."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from bonhoa.common.errors import InputError
from bonhoa_web.apparatus import event_records, map_queries
from bonhoa_web.apparatus.loading import load_national
from bonhoa_web.apparatus.models import (
    ChangeEvent,
    Holding,
    JobPosition,
    Mandate,
    Person,
    Post,
    PostVersion,
    Succession,
    Unit,
)

pytestmark = pytest.mark.django_db
BEFORE, AFTER = dt.date(2025, 6, 30), dt.date(2025, 7, 1)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: object) -> Iterator[int]:
    """The national register, loaded once for the module inside a transaction that is rolled back at its end."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        yield load_national()
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


@pytest.mark.parametrize(
    ("day", "provinces", "districts", "communes"), [(BEFORE, 63, 696, 10047), (AFTER, 34, 0, 3321)]
)
def test_the_tree_of_a_day(
    loaded: int,
    day: dt.date,
    provinces: int,
    districts: int,
    communes: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        nodes = map_queries.tree(day)
    territories = [n for n in nodes.values() if n.kind == "territory"]
    counted = [sum(n.level == level for n in territories) for level in ("province", "district", "commune")]
    assert counted == [provinces, districts, communes]
    assert all(n.parent_id in nodes for n in territories if n.level != "province")
    assert sum(n.children for n in territories if n.level == "province") == (districts or communes)
    with django_assert_num_queries(3):
        top = map_queries.branch(day)
    assert {n.id: n.children for n in top} == {n.id: n.children for n in nodes.values() if n.parent_id is None}
    one = next(n for n in top if n.name == "Thành phố Hà Nội")
    assert len(map_queries.branch(day, one.id)) == one.children == {BEFORE: 30, AFTER: 126}[day]


def test_the_same_code_names_another_unit_before_and_after(loaded: int) -> None:
    for day, name in ((BEFORE, "vn-08-to-2025"), (AFTER, "vn-08")):
        card = map_queries.card(unit(name), day)
        assert card.exists and [c.code for c in card.codes] == ["08"] and card.name == "Tỉnh Tuyên Quang"
    assert not map_queries.card(unit("vn-08"), BEFORE).exists and not map_queries.card(unit("vn-08"), BEFORE).codes


def test_a_card_tells_head_and_mandates(loaded: int) -> None:
    post, position = Post.objects.create(code="p"), JobPosition.objects.create(code="j")
    PostVersion.objects.create(post=post, position=position, unit=unit("vn-08"), title="Chủ tịch", is_head=True)
    for code, mode in (("a", "acting"), ("b", "official")):
        person = Person.objects.create(code=code, full_name=f"Ông {code}", folded="ong")
        Holding.objects.create(post=post, person=person, mode=mode, valid_from=AFTER)
    card = map_queries.card(unit("vn-08"), AFTER)
    assert card.head is not None and card.head.person.full_name == "Ông b" and card.mandates == []
    node = next(n for n in map_queries.branch(AFTER) if n.id == unit("vn-08").pk)
    assert (node.head, node.posts) == ("Ông b", 1)
    assert map_queries.card(unit("vn-08"), BEFORE).head is None and not Mandate.objects.exists()


def test_old_names_find_their_heirs_also_of_a_divided_unit(loaded: int) -> None:
    one = next(f for f in map_queries.search_over_time("phường cống vị", AFTER) if not f.exists)
    assert {h.name for h in one.heirs} == {"Phường Ngọc Hà", "Phường Giảng Võ"}
    assert map_queries.search_over_time("phuong cong vi", BEFORE)[0].exists
    assert map_queries.search_over_time("bo giao thong van tai", AFTER)[0].heirs == (unit("bo-xay-dung"),)
    assert map_queries.search_over_time("khong co ten nay", AFTER) == []
    followed = Succession.objects.get(old__code="vn-00007-to-2025", new__code="vn-00025")
    assert (followed.act, followed.provision, followed.whole) == ("1656/NQ-UBTVQH15", "khoản 5 Điều 1", False)


def test_a_history_names_events_with_their_acts(loaded: int) -> None:
    told = map_queries.history(unit("vn-00025"))
    assert [e.act for e in told.events] == ["1656/NQ-UBTVQH15"] and told.after == []
    assert [s.old.level for s in told.before].count("commune") == 7 and len(told.before) == 9, "and of two districts"
    assert [(p.parent.code, p.valid_from) for p in told.parents] == [("vn-01", AFTER)]
    district = map_queries.history(unit("vn-001"))
    assert [e.act for e in district.events] == ["203/2025/QH15"] and district.lives[0].valid_to == AFTER


def test_what_was_loaded_with_its_result_is_not_reversed(loaded: int) -> None:
    event = ChangeEvent.objects.get(act="203/2025/QH15")
    with pytest.raises(InputError, match="danh mục quốc gia"):
        event_records.reverse(event, "1", "", None)
