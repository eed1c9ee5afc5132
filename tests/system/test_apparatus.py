"""The apparatus: the national register as records, the map and the units of a day, search, corrections."""

import datetime as dt
import html
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from lxml import etree
from openpyxl import load_workbook

from bonhoa_web.apparatus import today
from bonhoa_web.apparatus.loading import load_national
from bonhoa_web.apparatus.models import Succession, Unit, UnitLife, UnitName, UnitParent
from bonhoa_web.apparatus.queries import existing
from bonhoa_web.apparatus.tilemap import TILES, TILES_OF_63
from bonhoa_web.foundation import audit
from bonhoa_web.foundation.models import AuditEntry, User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db
UNITS, SUGGEST, CHART = "/bo-may/", "/bo-may/goi-y/", "/bo-may/so-do/"
BEFORE, AFTER = dt.date(2025, 6, 30), dt.date(2025, 7, 1)


@pytest.fixture(scope="module")
def loaded(kept: None) -> int:
    """The national register; how many units it added."""
    return load_national()


@pytest.fixture
def client(loaded: int, person: Callable[..., User], province: Unit, signed_in: Callable[[User], Client]) -> Client:
    """A viewer of some unit."""
    return signed_in(person(Role.VIEWER, province))


def words(page: HttpResponse) -> str:
    return html.unescape(re.sub(r"\s+", " ", page.content.decode()))


def territories(day: dt.date, level: str) -> int:
    return existing(day).filter(kind="territory", level=level).count()


# --- the register as records -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "provinces", "communes"), [(AFTER, 34, 3321), (BEFORE, 63, 10047), (dt.date(2026, 1, 1), 34, 3321)]
)
def test_as_many_provinces_and_communes_as_the_acts_say(
    loaded: int, day: dt.date, provinces: int, communes: int
) -> None:
    assert (territories(day, "province"), territories(day, "commune")) == (provinces, communes)


def test_no_district_outlives_the_reform(loaded: int) -> None:
    assert territories(BEFORE, "district") == 696 and territories(AFTER, "district") == 0


def test_loading_again_adds_nothing(loaded: int) -> None:
    before = (Unit.objects.count(), Succession.objects.count(), AuditEntry.objects.count())
    assert loaded == before[0] > 10000
    assert load_national() == 0
    assert before == (Unit.objects.count(), Succession.objects.count(), AuditEntry.objects.count())
    assert AuditEntry.objects.get(action="register.load").detail == {"added": loaded} and audit.verify() is None


def test_the_records_hang_together(loaded: int) -> None:
    communes = existing(AFTER).filter(kind="territory", level="commune")
    assert not communes.exclude(parent__level="province", parent__valid_to=None).exists()
    ended = Unit.objects.filter(kind="territory", level__in=["province", "commune"], valid_to=AFTER)
    assert not ended.filter(successions=None).exists(), "every territory that ended has who followed it"
    assert not Succession.objects.exclude(new__level__in=["province", "commune", "central"]).exists()
    for one in Succession.objects.select_related("old", "new").order_by("?")[:300]:
        assert one.on == one.old.valid_to and one.new.exists_on(one.on), f"{one.old} → {one.new}"


def test_the_columns_say_what_the_dated_rows_say(loaded: int) -> None:
    before = {row["id"]: row for row in Unit.objects.values()}
    today.refresh(on=AFTER)
    changed = [row["name"] for row in Unit.objects.values() if row != before[row["id"]]]
    assert changed == [] and UnitLife.objects.count() == len(before) == UnitName.objects.count()
    outlived = UnitParent.objects.filter(parent__level="district", unit__valid_to=None)
    assert outlived.count() == 121 and not outlived.exclude(valid_to=AFTER).exists()


# --- search ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "name", "found_before", "found_after"),
    [
        ("nghe an", "Tỉnh Nghệ An", True, True),
        ("TỈNH NGHỆ AN", "Tỉnh Nghệ An", True, True),
        ("an nghe tinh", "Tỉnh Nghệ An", True, True),
        ("tinh ha giang", "Tỉnh Hà Giang", True, False),
        ("thanh pho hue", "Thành phố Huế", True, True),
        ("quan ba dinh", "Quận Ba Đình", True, False),
        ("bo ke hoach va dau tu", "Bộ Kế hoạch và Đầu tư", False, False),
        ("bo tai chinh", "Bộ Tài chính", True, True),
        ("khong co ten nay", "", False, False),
    ],
)
def test_names_are_found_without_diacritics_among_the_units_of_the_day(
    client: Client, query: str, name: str, found_before: bool, found_after: bool
) -> None:
    for day, found in ((BEFORE, found_before), (AFTER, found_after)):
        units = client.get(SUGGEST, {"q": query, "ngay": day.isoformat()}).json()["units"]
        assert (name in [u["name"] for u in units]) is found and len(units) <= 12
        assert all(Unit.objects.get(code=u["code"]).exists_on(day) for u in units)


@pytest.mark.parametrize("query", ["", "a", " "])
def test_too_little_to_search_for_finds_nothing(client: Client, query: str) -> None:
    assert client.get(SUGGEST, {"q": query}).json() == {"units": []}


def test_the_search_box_of_the_frame_finds_ended_units_too(client: Client) -> None:
    page = words(client.get("/tim/", {"q": "tinh ha giang"}))
    assert "Tỉnh Hà Giang" in page and "đến 01/07/2025" in page


@pytest.mark.parametrize("address", [UNITS, SUGGEST])
def test_nobody_looks_without_signing_in(address: str) -> None:
    assert Client().get(address).status_code == 302


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "filters", "count"),
    [
        (AFTER, {"cap": "province", "loai": "territory"}, "34"),
        (BEFORE, {"cap": "province", "loai": "territory"}, "63"),
        (AFTER, {"cap": "commune"}, "3.321"),
        (BEFORE, {"cap": "commune"}, "10.047"),
        (BEFORE, {"cap": "district"}, "696"),
        (AFTER, {"cap": "district"}, "0"),
        (AFTER, {"ten": "binh duong", "cap": "province", "loai": "territory"}, "0"),
        (BEFORE, {"ten": "binh duong", "cap": "province", "loai": "territory"}, "1"),
    ],
)
def test_the_list_holds_the_units_of_the_day(client: Client, day: dt.date, filters: dict[str, str], count: str) -> None:
    for written in (day.isoformat(), f"{day:%d/%m/%Y}"):
        assert f"<span>{count} dòng</span>" in words(client.get(UNITS, {"ngay": written, **filters}))


def test_a_day_that_is_none_is_told_and_today_is_shown(client: Client) -> None:
    page = words(client.get(UNITS, {"ngay": "hom-qua", "cap": "province", "loai": "territory"}))
    assert "“hom-qua” không phải là một ngày" in page and "<span>34 dòng</span>" in page


def test_the_workbook_holds_the_filtered_list(client: Client) -> None:
    query = {"ngay": AFTER.isoformat(), "cap": "province", "loai": "territory", "sap-xep": "ma", "xuat": "xlsx"}
    sheet = load_workbook(io.BytesIO(client.get(UNITS, query).content)).active
    names = [str(c) for row in sheet.iter_rows(values_only=True) for c in row if c]
    found = [n for n in names if n.startswith(("Tỉnh ", "Thành phố "))]
    assert len(found) == 34 and found[0] == "Thành phố Hà Nội" and found[-1] == "Tỉnh Cà Mau"


def test_the_map_has_a_tile_for_every_province_with_its_communes(client: Client) -> None:
    page = client.get(UNITS, {"ngay": AFTER.isoformat()}).content.decode()
    tiles = re.findall(
        r'<a href="/bo-may/(\d+)/\?ngay=2025-07-01"><rect class="tile"[^>]*/><text class="tile-name"[^>]*>([^<]+)</text>'
        r'<text class="tile-value"[^>]*>(\d+)</text></a>',
        page,
    )
    assert len(tiles) == 34 == len({(x, y) for x, y, _ in TILES.values()})
    assert sum(int(n) for *_, n in tiles) == 3321
    for pk, name, communes in tiles:
        unit = Unit.objects.get(pk=pk)
        assert name.replace("TP.HCM", "Hồ Chí Minh") in unit.name
        assert int(communes) == existing(AFTER).filter(parent=unit, level="commune").count()


def test_the_map_before_the_reform_has_sixty_three_tiles(client: Client) -> None:
    page = client.get(UNITS, {"ngay": BEFORE.isoformat()}).content.decode()
    tiles = re.findall(r'class="tile-name"[^>]*>([^<]+)</text><text class="tile-value"[^>]*>(\d+)</text>', page)
    assert len(tiles) == 63 == len({(x, y) for x, y, _ in TILES_OF_63.values()}) == len(TILES_OF_63)
    assert sum(int(n) for _, n in tiles) == 10047 and ("Bắc Kạn", "108") in tiles
    for code, (_x, _y, name) in TILES_OF_63.items():
        unit = (
            Unit.objects.get(level="province", kind="territory", codes__code=code, valid_to=AFTER)
            if code in {"06", "74"}
            else None
        )
        assert unit is None or name in unit.name


def test_an_ended_unit_shows_who_followed_and_an_heir_whom_it_followed(client: Client) -> None:
    old = Unit.objects.get(name="Tỉnh Hà Giang", kind="territory")
    new = Unit.objects.get(name="Tỉnh Tuyên Quang", kind="territory", valid_to=None)
    page = words(client.get(f"{UNITS}{old.pk}/"))
    assert "Kế thừa bởi" in page and f'<a href="{UNITS}{new.pk}/">Tỉnh Tuyên Quang</a>, 01/07/2025' in page
    assert "– 01/07/2025" in page
    page = words(client.get(f"{UNITS}{new.pk}/", {"ngay": AFTER.isoformat()}))
    assert "Hình thành từ" in page and f'<a href="{UNITS}{old.pk}/?ngay=2025-07-01">Tỉnh Hà Giang</a>' in page
    assert "– nay" in page and "Đơn vị trực thuộc (124)" in page
    assert client.get(f"{UNITS}99999999/").status_code == 404


# --- the organisation chart ------------------------------------------------------------------------------------------


def shown(page: HttpResponse) -> list[str]:
    """The names of the units in the chart, in their order."""
    return re.findall(r'<a href="/bo-may/\d+/[^"]*">([^<]+)</a>', page.content.decode())


def by_htmx(client: Client, address: str, on_page: str) -> HttpResponse:
    return client.get(address, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{on_page}"})


@pytest.mark.parametrize(
    ("day", "units", "children"),
    [(BEFORE, 63, {"Thành phố Hà Nội": "30"}), (AFTER, 34, {"Thành phố Hà Nội": "126"}), (None, 34, {})],
)
def test_the_chart_of_a_day_shows_the_first_level_only(
    client: Client, day: dt.date | None, units: int, children: dict[str, str], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        page = client.get(CHART, {"ngay": day.isoformat()} if day else {})
    names = shown(page)
    assert len([n for n in names if n.startswith(("Tỉnh ", "Thành phố "))]) == units
    assert names[0] == "Ban Chấp hành Trung ương Đảng" and len(names) < 120 and len(page.content) < 80_000
    for name, count in children.items():
        assert re.search(rf">{name}</a> <span[^>]*>{count}</span>", page.content.decode())


def test_a_branch_opens_by_a_plain_link_and_closes_again(client: Client) -> None:
    pk = Unit.objects.get(name="Tỉnh Hà Giang", kind="territory").pk
    page = client.get(CHART, {"ngay": BEFORE.isoformat()}).content.decode()
    address = html.unescape(re.search(rf'id="t{pk}" href="([^"]+)"', page)[1])
    assert address == f"{CHART}?ngay=2025-06-30&mo={pk}#u{pk}"
    opened = client.get(address.split("#")[0])
    assert "Huyện Mèo Vạc" in shown(opened)
    back = html.unescape(re.search(rf'id="t{pk}" href="([^"]+)"', opened.content.decode())[1])
    assert back == f"{CHART}?ngay=2025-06-30#u{pk}"


def test_a_branch_loads_alone_and_the_address_follows(client: Client) -> None:
    province = Unit.objects.get(name="Tỉnh Hà Giang", kind="territory")
    district = UnitParent.objects.on(BEFORE).filter(parent=province).earliest("pk").unit
    branch = f"{CHART}nhanh/{province.pk}/?ngay=2025-06-30"
    opened = by_htmx(client, branch, f"{CHART}?ngay=2025-06-30")
    assert opened["HX-Replace-Url"] == f"{CHART}?ngay=2025-06-30&mo={province.pk}"
    assert len(shown(opened)) == 12 and f'id="u{province.pk}"' in opened.content.decode()
    assert f"ban-ve/?ngay=2025-06-30&amp;mo={province.pk}" in opened.content.decode(), "the drawing follows too"
    deeper = by_htmx(client, f"{CHART}nhanh/{district.pk}/?ngay=2025-06-30", opened["HX-Replace-Url"])
    assert deeper["HX-Replace-Url"].endswith(f"mo={province.pk}.{district.pk}")
    closed = by_htmx(client, branch, deeper["HX-Replace-Url"])
    assert shown(closed) == ["Tỉnh Hà Giang"] and closed["HX-Replace-Url"].endswith(f"mo={district.pk}")
    assert by_htmx(client, f"{CHART}nhanh/{province.pk}/?ngay=2025-07-01", CHART).status_code == 404
    assert client.get(branch).status_code == 302


@pytest.mark.parametrize(
    ("system", "there", "not_there"),
    [
        ("party", "Ban Chấp hành Trung ương Đảng", "Chính phủ"),
        ("state", "Chính phủ", "Ban Chấp hành Trung ương Đảng"),
        ("front", "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "Tỉnh Nghệ An"),
        ("territory", "Tỉnh Nghệ An", "Chính phủ"),
        ("khong-co", "Chính phủ", "không"),
    ],
)
def test_the_chart_of_one_system(client: Client, system: str, there: str, not_there: str) -> None:
    names = shown(client.get(CHART, {"he": system}))
    assert there in names and not_there not in names


def test_the_chart_from_one_unit(client: Client) -> None:
    pk = Unit.objects.get(name="Bộ Tài chính", valid_to=None).pk
    names = shown(client.get(CHART, {"goc": pk}))
    assert names[0] == "Bộ Tài chính" and len(names) == 7
    page = words(client.get(CHART, {"goc": 99999999}))
    assert "Ngày này không có đơn vị cần xem" in page


@pytest.mark.parametrize("open_ids", ["x", "1.²", "-3", "99999999999999999999999", "." * 50])
def test_nonsense_in_the_address_opens_nothing(client: Client, open_ids: str) -> None:
    assert client.get(CHART, {"mo": open_ids, "goc": open_ids}).status_code == 200


def test_the_drawing_holds_the_open_part(client: Client) -> None:
    pk = Unit.objects.get(name="Tỉnh Hà Giang", kind="territory").pk
    query = {"ngay": BEFORE.isoformat(), "he": "territory", "mo": str(pk)}
    page = client.get(f"{CHART}ban-ve/", query).content.decode()
    assert page.count("<rect") == 63 + 11 and "Huyện Mèo Vạc" in page and "PDF" in page
    file = client.get(f"{CHART}ban-ve/", query | {"xuat": "svg"})
    assert file["Content-Type"] == "image/svg+xml" and "so-do-2025-06-30.svg" in file["Content-Disposition"]
    assert etree.fromstring(file.content).tag.endswith("svg")


# --- days and old names ----------------------------------------------------------------------------------------------


def test_the_date_picker_leads_to_the_changes_around_the_day(client: Client) -> None:
    page = html.unescape(client.get(CHART, {"ngay": "2025-07-01", "he": "party"}).content.decode())
    assert "?ngay=2025-06-30&he=party" in page and 'value="2025-07-01"' in page
    page = html.unescape(client.get(CHART, {"ngay": "2025-06-30"}).content.decode())
    assert "?ngay=2025-07-01" in page and "01/07/2025 →" in page


def test_every_link_of_the_room_keeps_the_day(client: Client) -> None:
    unit = Unit.objects.get(name="Tỉnh Hà Giang", kind="territory")
    for address in (UNITS, CHART, f"{UNITS}{unit.pk}/"):
        page = html.unescape(client.get(address, {"ngay": BEFORE.isoformat()}).content.decode())
        links = [a for a in re.findall(r'href="(/bo-may/[^"]+)"', page) if a != UNITS]
        assert links and not [a for a in links if "ngay=2025-06-30" not in a]


def test_the_list_tells_names_and_parents_of_the_day(client: Client) -> None:
    query = {"cap": "commune", "ten": "xa dong van", "sap-xep": "thuoc"}
    assert "Huyện Đồng Văn" in words(client.get(UNITS, {**query, "ten": "sung la", "ngay": BEFORE.isoformat()}))
    page = words(client.get(UNITS, {**query, "ngay": AFTER.isoformat()}))
    assert "Tỉnh Tuyên Quang" in page and "Huyện" not in page.split("<tbody>")[1]


@pytest.mark.parametrize(
    ("query", "words_"),
    [
        ("tinh ha giang", "nay thuộc Tỉnh Tuyên Quang (202/2025/QH15)"),
        ("xa sung la", "nay thuộc Xã Sà Phìn (khoản 46 Điều 1, 1684/NQ-UBTVQH15)"),
        ("bo ke hoach va dau tu", "nay thuộc Bộ Tài chính"),
    ],
)
def test_an_old_name_says_whose_it_is_now_and_by_which_act(client: Client, query: str, words_: str) -> None:
    for page in (words(client.get("/tim/", {"q": query})), words(client.get(UNITS, {"ten": query}))):
        assert words_ in page
    if "ha giang" not in query:
        return
    assert "nay thuộc" not in words(client.get(UNITS, {"ten": query, "ngay": BEFORE.isoformat()}))


def test_a_unit_that_is_not_there_on_the_day_says_so(client: Client) -> None:
    old = Unit.objects.get(name="Tỉnh Hà Giang", kind="territory")
    assert "không có cơ quan này" not in words(client.get(f"{UNITS}{old.pk}/", {"ngay": BEFORE.isoformat()}))
    page = words(client.get(f"{UNITS}{old.pk}/", {"ngay": AFTER.isoformat()}))
    assert "Ngày 01/07/2025 không có cơ quan này: đến 01/07/2025; nay thuộc Tỉnh Tuyên Quang (202/2025/QH15)" in page


# --- corrections -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CLERK, Role.SPECIALIST, Role.LEADER, Role.OFFICER])
def test_only_an_administrator_corrects_a_name(
    person: Callable[..., User], province: Unit, signed_in: Callable[[User], Client], role: Role
) -> None:
    client, where = signed_in(person(role, province)), f"{UNITS}{province.pk}/"
    assert "Sửa tên" not in words(client.get(where))
    assert client.post(where, {"name": "Tên khác"}).status_code == 403
    province.refresh_from_db()
    assert province.name == "UBND tỉnh X"
    assert AuditEntry.objects.latest("seq").action == "refused:unit.edit"


def test_a_correction_is_audited_and_found(
    person: Callable[..., User],
    province: Unit,
    department: Unit,
    elsewhere: Unit,
    signed_in: Callable[[User], Client],
) -> None:
    client, where = signed_in(person(Role.ADMIN, province)), f"{UNITS}{department.pk}/"
    assert "Sửa tên" in words(client.get(where))
    assert client.post(where, {"name": "Sở Đồng ý X", "short_name": "SĐY"}).status_code == 302
    entry = AuditEntry.objects.latest("seq")
    assert (entry.action, entry.object_id) == ("unit.edit", str(department.pk))
    assert entry.detail == {"from": "Sở X", "to": "Sở Đồng ý X"}
    for query in ("so dong y x", "sdy"):
        assert client.get(SUGGEST, {"q": query}).json()["units"] == [{"code": "X-SO", "name": "Sở Đồng ý X"}]
    assert client.post(where, {"name": " ", "short_name": ""}).status_code == 422
    assert client.post(f"{UNITS}{elsewhere.pk}/", {"name": "Của tôi"}).status_code == 403
    department.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (department.name, elsewhere.name) == ("Sở Đồng ý X", "UBND tỉnh Y")
