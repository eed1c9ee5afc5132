"""Mandates, positions with posts, holdings, heads and people: written by who may, corrected, refused in a sentence."""

import datetime as dt
import html
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from bonhoa.apparatus.vocabulary import HoldingMode
from bonhoa_web.apparatus import staffing_actions as acts
from bonhoa_web.apparatus.founding import found
from bonhoa_web.apparatus.models import (
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
START = {"valid_from": "2026-01-01", "act": "12/QĐ-UBND", "provision": "Điều 2"}
MANDATE = {**START, "statement": "Quản lý nhà nước về giá", "role": "lead", "scope": "X-TINH"}
POSITION = {**START, "title": "Chuyên viên", "group": "professional", "grade": "", "quota": "2", "standing": "plain"}
KEEPERS = [Role.ADMIN, Role.PERSONNEL]


@pytest.fixture
def an(db: None) -> Person:
    return Person.objects.create(
        code="A1", full_name="Nguyễn Văn An", folded="nguyen van an", born="1980-02-29", identity_number="001080"
    )


@pytest.fixture
def keeper(person: Callable[..., User], province: Unit, signed_in: Callable[[User], Client]) -> Client:
    """A personnel officer of the province."""
    return signed_in(person(Role.PERSONNEL, province))


def said(page: HttpResponse) -> str:
    return html.unescape(re.sub(r"\s+", " ", page.content.decode()))


def refused(page: HttpResponse) -> str:
    """The sentences beside a form that was refused."""
    assert page.status_code == 422, page.status_code
    return " | ".join(re.findall(r'role="alert">(.*?)</p>', said(page)))


def new(unit: Unit, kind: str) -> str:
    return f"/bo-may/{unit.pk}/them/{kind}/"


def edit(row: Any, kind: str) -> str:
    return f"/bo-may/sua/{kind}/{row.pk}/"


def seat(unit: Unit, keeper: Client, **more: str) -> PostVersion:
    assert keeper.post(new(unit, "vi-tri"), {**POSITION, "quota": "1", **more}).status_code == 302
    return PostVersion.objects.filter(unit=unit).latest("pk")


def held(post: PostVersion, **more: str) -> dict[str, str]:
    return {**START, "post": str(post.post_id), "person": "A1", "mode": "official", "load": "100", **more}


# --- mandates --------------------------------------------------------------------------------------------------------


def test_a_mandate_is_written_shown_corrected_and_withdrawn(keeper: Client, department: Unit) -> None:
    page, there = f"/bo-may/{department.pk}/", "Quản lý nhà nước về giá"
    assert keeper.post(new(department, "nhiem-vu"), MANDATE).status_code == 302
    row = Mandate.objects.get()
    assert (row.unit, row.role, row.act, row.provision) == (department, "lead", "12/QĐ-UBND", "Điều 2")
    assert AuditEntry.objects.latest("seq").action == "mandate.add" and row.recorded_by is not None
    shown = said(keeper.get(page, {"ngay": "2026-01-01"}))
    assert there in shown and "Điều 2, 12/QĐ-UBND" in shown and "UBND tỉnh X" in shown
    assert there not in said(keeper.get(page, {"ngay": "2025-12-31"}))
    assert there in said(keeper.get(edit(row, "nhiem-vu")))

    assert keeper.post(edit(row, "nhiem-vu"), {**MANDATE, "valid_to": "2026-02-01"}).status_code == 302
    fresh = Mandate.objects.get()
    assert fresh.valid_to == dt.date(2026, 2, 1) and fresh.supersedes_id == row.pk and fresh.function == row.function
    assert Mandate.everything.count() == 2, "what was written stays"
    assert there not in said(keeper.get(page, {"ngay": "2026-02-01"}))

    asked = keeper.post(edit(fresh, "nhiem-vu"), {"rut": "1"})
    assert "Rút dòng" in said(asked) and Mandate.objects.count() == 1, "it asks first"
    assert keeper.post(edit(fresh, "nhiem-vu"), {"rut": "1", "sure": "1"}).status_code == 302
    assert Mandate.objects.count() == 0 and Mandate.everything.count() == 2
    assert AuditEntry.objects.latest("seq").action == "mandate.withdraw"
    assert keeper.get(edit(fresh, "nhiem-vu")).status_code == 302
    assert "vừa được người khác sửa hoặc rút" in refused(keeper.post(edit(fresh, "nhiem-vu"), MANDATE))


def test_a_second_lead_is_refused_in_a_sentence_that_names_the_first(
    keeper: Client, department: Unit, province: Unit
) -> None:
    keeper.post(new(department, "nhiem-vu"), MANDATE)
    again = {**MANDATE, "statement": "quan ly nha nuoc ve gia", "valid_from": "2026-06-01"}
    text = refused(keeper.post(new(province, "nhiem-vu"), again))
    assert (
        "mỗi nhiệm vụ chỉ một chủ trì" in text and "Sở X – chủ trì: Quản lý nhà nước về giá, 01/01/2026 – nay" in text
    )
    assert Mandate.objects.count() == 1 and FunctionVersion.objects.count() == 1
    assert keeper.post(new(province, "nhiem-vu"), {**again, "role": "cooperating"}).status_code == 302


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"valid_to": "2026-01-01"}, "Ngày kết thúc phải sau ngày bắt đầu"),
        ({"valid_from": "2025-02-29"}, "ngày"),
        ({"valid_from": ""}, "bắt buộc"),
        ({"statement": " "}, "bắt buộc"),
        ({"act": ""}, "bắt buộc"),
        ({"role": "chief"}, "chief"),
        ({"scope": "Huyện Không Có"}, "Không có cơ quan nào tên hoặc mã"),
    ],
)
def test_what_cannot_be_is_said_beside_the_form_and_nothing_is_written(
    keeper: Client, department: Unit, change: dict[str, str], sentence: str
) -> None:
    assert sentence in refused(keeper.post(new(department, "nhiem-vu"), MANDATE | change))
    assert not Mandate.objects.exists() and not FunctionVersion.objects.exists()


def test_nothing_is_written_outside_the_life_of_the_unit(keeper: Client, province: Unit) -> None:
    begin, end = dt.date(2025, 3, 1), dt.date(2026, 7, 1)
    words = {"code": "X-PHONG", "name": "Phòng X", "folded": "phong x", "level": "province", "kind": "department"}
    short = Unit(**words, parent=province, valid_from=begin, valid_to=end)
    found([short])
    assert "kết thúc ngày 01/07/2026" in refused(keeper.post(new(short, "nhiem-vu"), MANDATE))
    early = MANDATE | {"valid_from": "2025-01-01", "valid_to": "2026-07-01"}
    assert "chỉ có từ 01/03/2025" in refused(keeper.post(new(short, "nhiem-vu"), early))
    assert keeper.post(new(short, "nhiem-vu"), MANDATE | {"valid_to": "2026-07-01"}).status_code == 302


# --- positions, posts, holdings --------------------------------------------------------------------------------------


def test_a_position_brings_its_posts_and_a_correction_adds_and_takes_vacant_ones(
    keeper: Client, department: Unit, an: Person
) -> None:
    assert keeper.post(new(department, "vi-tri"), POSITION).status_code == 302
    assert sorted(PostVersion.objects.values_list("number", flat=True)) == [1, 2]
    first = PostVersion.objects.get(number=1)
    assert keeper.post(new(department, "nguoi-giu"), held(first)).status_code == 302
    for quota, numbers in (("4", [1, 2, 3, 4]), ("1", [1])):
        row = PositionVersion.objects.get()
        assert keeper.post(edit(row, "vi-tri"), {**POSITION, "quota": quota}).status_code == 302
        assert sorted(PostVersion.objects.values_list("number", flat=True)) == numbers
    row = PositionVersion.objects.get()
    withdrawn = keeper.post(edit(row, "vi-tri"), {"rut": "1", "sure": "1"}, follow=True)
    assert "Còn 1 biên chế của vị trí này có người giữ" in said(withdrawn) and PositionVersion.objects.exists()
    shown = said(keeper.get(f"/bo-may/{department.pk}/", {"ngay": "2026-03-01"}))
    assert "Nguyễn Văn An" in shown and "1 biên chế, 1 người" in shown and "bản mô tả còn thiếu mục" in shown


def test_two_official_holders_two_heads_and_a_head_of_many_posts_are_refused(
    keeper: Client, department: Unit, an: Person
) -> None:
    Person.objects.create(code="B1", full_name="Trần Thị Bình", folded="tran thi binh")
    post = seat(department, keeper, title="Giám đốc", standing="head")
    keeper.post(new(department, "nguoi-giu"), held(post))
    text = refused(keeper.post(new(department, "nguoi-giu"), held(post, person="B1")))
    assert "mỗi việc chỉ một người làm" in text and "Nguyễn Văn An (chính thức), 01/01/2026 – nay" in text
    assert keeper.post(new(department, "nguoi-giu"), held(post, person="B1", mode="acting")).status_code == 302
    head = {**POSITION, "quota": "1", "standing": "head"}
    assert "đã có chức vụ đứng đầu" in refused(keeper.post(new(department, "vi-tri"), head))
    assert "chỉ có một biên chế" in refused(keeper.post(new(department, "vi-tri"), head | {"quota": "2"}))
    assert "không có suốt thời gian" in refused(
        keeper.post(new(department, "nguoi-giu"), held(post, person="B1", valid_from="2020-01-01"))
    )
    assert (PositionVersion.objects.count(), Holding.objects.count()) == (1, 2)


def test_an_overload_is_told_but_not_refused(keeper: Client, department: Unit, province: Unit, an: Person) -> None:
    posts = seat(department, keeper), seat(province, keeper)
    keeper.post(new(department, "nguoi-giu"), held(posts[0]))
    done = keeper.post(new(province, "nguoi-giu"), held(posts[1], mode="concurrent", load="50"), follow=True)
    assert "giữ việc đến 150% thời gian" in said(done) and Holding.objects.count() == 2
    assert "quá tải" in said(keeper.get(f"/bo-may/nguoi/{an.pk}/"))
    chart = said(keeper.get("/bo-may/so-do/", {"goc": province.pk}))
    assert "1 người / 1 biên chế" in chart and "có người giữ việc đến 150% thời gian" in chart


def test_people_of_one_name_are_told_apart_by_code(keeper: Client, department: Unit, an: Person) -> None:
    Person.objects.create(code="A2", full_name="Nguyễn Văn An", folded="nguyen van an")
    post = seat(department, keeper)
    text = refused(keeper.post(new(department, "nguoi-giu"), held(post, person="nguyen van an")))
    assert "A1" in text and "A2" in text and "hãy gõ mã" in text
    assert "Không thấy người" in refused(keeper.post(new(department, "nguoi-giu"), held(post, person="Ai Đó")))
    assert keeper.post(new(department, "nguoi-giu"), held(post, person="Nguyễn Văn An (a2)")).status_code == 302
    assert Holding.objects.get().person.code == "A2"


def test_a_new_head_ends_the_old_one_and_the_unit_gets_the_post(
    keeper: Client, department: Unit, an: Person, person: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    Person.objects.create(code="B1", full_name="Trần Thị Bình", folded="tran thi binh")
    where, page = f"/bo-may/{department.pk}/nguoi-dung-dau/", f"/bo-may/{department.pk}/"
    head = {**START, "title": "Giám đốc", "mode": "official", "load": "100"}
    assert keeper.post(where, head | {"person": "A1"}).status_code == 302
    assert PostVersion.objects.get().is_head and PostVersion.objects.get().title == "Giám đốc"
    assert "giữ chức vụ này từ chính ngày 01/01/2026" in refused(keeper.post(where, head | {"person": "B1"}))
    assert keeper.post(where, head | {"person": "B1", "valid_from": "2026-05-01"}).status_code == 302
    assert AuditEntry.objects.latest("seq").action == "head.set"
    rows = {h.person.code: (h.valid_from, h.valid_to) for h in Holding.objects.select_related("person")}
    may = dt.date(2026, 5, 1)
    assert rows == {"A1": (dt.date(2026, 1, 1), may), "B1": (may, None)} and PostVersion.objects.count() == 1
    viewer = signed_in(person(Role.VIEWER, department))
    assert "Nguyễn Văn An (chính thức)" in said(viewer.get(page, {"ngay": "2026-04-30"})), "a head is known to all"
    assert "Trần Thị Bình (chính thức)" in said(viewer.get(page, {"ngay": "2026-05-01"}))


# --- who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_only_keepers_of_the_unit_write(
    role: Role,
    person: Callable[..., User],
    province: Unit,
    department: Unit,
    elsewhere: Unit,
    signed_in: Callable[[User], Client],
) -> None:
    client = signed_in(person(role, province))
    addresses = [new(department, "nhiem-vu"), new(department, "vi-tri"), f"/bo-may/{department.pk}/nguoi-dung-dau/"]
    for address in addresses:
        assert client.get(address).status_code == (200 if role in KEEPERS else 403)
    assert client.post(new(department, "nhiem-vu"), MANDATE).status_code == (302 if role in KEEPERS else 403)
    assert client.post(new(elsewhere, "nhiem-vu"), MANDATE | {"statement": "x"}).status_code == 403
    assert Mandate.objects.count() == (1 if role in KEEPERS else 0)
    assert ("Thêm nhiệm vụ" in said(client.get(f"/bo-may/{department.pk}/"))) is (role in KEEPERS)
    assert "Thêm nhiệm vụ" not in said(client.get(f"/bo-may/{elsewhere.pk}/"))


def test_actions_check_the_right_themselves(
    keeper: Client, person: Callable[..., User], province: Unit, elsewhere: Unit, department: Unit, an: Person
) -> None:
    post = seat(department, keeper)
    stranger = person(Role.ADMIN, elsewhere)
    term = acts.Term(dt.date(2026, 1, 1), None)
    with pytest.raises(PermissionDenied):
        acts.add_holding(actor=stranger, post=post.post, person=an, mode=HoldingMode.OFFICIAL, load=100, term=term)
    with pytest.raises(PermissionDenied):
        acts.reveal(actor=stranger, person=an)
    assert not Holding.objects.exists()


@pytest.mark.parametrize(
    ("role", "where", "sees", "unseals"),
    [
        (Role.PERSONNEL, "province", True, True),
        (Role.ADMIN, "province", True, False),
        (Role.LEADER, "department", True, False),
        (Role.VIEWER, "department", False, False),
        (Role.OFFICER, "department", False, False),
        (Role.PERSONNEL, "elsewhere", False, False),
    ],
)
def test_a_person_is_seen_by_those_with_the_right_and_sealed_data_only_on_asking(
    keeper: Client,
    person: Callable[..., User],
    signed_in: Callable[[User], Client],
    province: Unit,
    department: Unit,
    elsewhere: Unit,
    an: Person,
    role: Role,
    where: str,
    sees: bool,
    unseals: bool,
) -> None:
    keeper.post(new(department, "nguoi-giu"), held(seat(department, keeper)))
    units = {"province": province, "department": department, "elsewhere": elsewhere}
    client, address = signed_in(person(role, units[where])), f"/bo-may/nguoi/{an.pk}/"
    page = client.get(address)
    assert page.status_code == (200 if sees else 404) and "001080" not in said(page)
    assert ("Nguyễn Văn An" in said(client.get(f"/bo-may/{department.pk}/"))) is sees, "not the head"
    asked = client.post(address)
    assert ("001080" in said(asked)) is unseals
    assert AuditEntry.objects.filter(action="person.reveal").exists() is unseals
    listed = client.get("/bo-may/nguoi/")
    if role in {Role.ADMIN, Role.PERSONNEL, Role.LEADER}:
        assert ("Nguyễn Văn An" in said(listed)) is sees
        book = load_workbook(io.BytesIO(client.get("/bo-may/nguoi/", {"xuat": "xlsx"}).content)).active
        cells = [c for row in book.iter_rows(values_only=True) for c in row]
        assert ("Chuyên viên, Sở X" in cells) is sees and "001080" not in cells
    else:
        assert listed.status_code == 403


def test_one_sees_oneself(
    person: Callable[..., User], signed_in: Callable[[User], Client], elsewhere: Unit, an: Person
) -> None:
    an.user = person(Role.VIEWER, elsewhere)
    an.save()
    client = signed_in(an.user)
    assert client.get(f"/bo-may/nguoi/{an.pk}/").status_code == 200
    assert "001080" in said(client.post(f"/bo-may/nguoi/{an.pk}/"))


def test_a_person_is_added_once(keeper: Client, an: Person) -> None:
    assert "đã có người mang" in refused(keeper.post("/bo-may/nguoi/them/", {"code": "a1", "full_name": "Ai"}))
    assert keeper.post("/bo-may/nguoi/them/", {"code": "C1", "full_name": "Lê Cường"}).status_code == 302
    assert Person.objects.get(code="C1").folded == "le cuong"


@pytest.mark.parametrize(
    "address", ["/bo-may/1/them/khong-co/", "/bo-may/sua/khong-co/1/", "/bo-may/sua/nhiem-vu/999/"]
)
def test_unknown_kinds_and_rows_are_not_found(keeper: Client, address: str) -> None:
    assert keeper.get(address).status_code == 404
