"""A unit is typed by its name or code; what cannot be undone is asked about first."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from bonhoa.common.folding import fold
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.foundation.models import AuditEntry, Grant, User
from bonhoa_web.foundation.roles import Role
from bonhoa_web.foundation.unit_field import find

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-rat-dai-1"
People = Callable[..., User]
SignedIn = Callable[[User], Client]


def unit(code: str, name: str, short: str = "", **fields: object) -> Unit:
    folded = fold(f"{name} {short}")
    return Unit.objects.create(
        code=code, name=name, short_name=short, folded=folded, level="province", kind="department", **fields
    )


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    made = [
        unit("a/so-y-te", "Sở Y tế tỉnh A", "SYT"),
        unit("a/so-xay-dung", "Sở Xây dựng tỉnh A"),
        unit("xa-1", "Xã Tân Lập"),
        unit("xa-2", "Xã Tân Lập"),
        unit("xa-3", "Xã Mỹ An"),
        unit("xa-4", "Xã Mỹ Ân"),
        unit("cu", "Sở Nông lâm tỉnh A", valid_to=dt.date(2020, 1, 1)),
    ]
    made[2].parent = made[0]
    made[2].save()
    return {u.code: u for u in made}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("a/so-y-te", "a/so-y-te"),
        ("A/SO-Y-TE", "a/so-y-te"),
        ("Sở Y tế tỉnh A", "a/so-y-te"),
        ("  so y te  tinh a ", "a/so-y-te"),
        ("SỞ XÂY DỰNG TỈNH A", "a/so-xay-dung"),
        ("syt", "a/so-y-te"),
        ("Xã Tân Lập (xa-2)", "xa-2"),
        ("Xã Mỹ Ân", "xa-4"),
        ("xã mỹ an", "xa-3"),
    ],
)
def test_a_unit_is_found_by_code_or_name(units: dict[str, Unit], typed: str, code: str) -> None:
    assert find(typed.strip()) == units[code]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Sở Y tế", ["gần nhất là Sở Y tế tỉnh A"]),
        ("So Y tee tinh A", ["gần nhất là Sở Y tế tỉnh A"]),
        ("Xã Tân Lập", ["Có 2 cơ quan tên", "Xã Tân Lập, Sở Y tế tỉnh A (xa-1); Xã Tân Lập (xa-2)"]),
        ("xa my an", ["Có 2 cơ quan tên", "xa-3", "xa-4"]),
        ("tan lap", ["gần nhất là", "xa-1", "xa-2"]),
        ("qqqqqqqq", ["hãy tra ở trang Bộ máy"]),
        ("so nong lam tinh a", ["Sở Nông lâm tỉnh A chỉ có đến 01/01/2020"]),
        ("100% _", ["Không có cơ quan nào"]),
        ("̀", ["Không có cơ quan nào"]),
    ],
)
def test_an_unclear_name_gets_one_sentence(units: dict[str, Unit], typed: str, told: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        find(typed)
    (sentence,) = refused.value.messages
    assert all(part in sentence for part in told), sentence


def test_the_page_takes_a_name_and_offers_suggestions(
    person: People, province: Unit, department: Unit, signed_in: SignedIn
) -> None:
    admin, other = person(Role.ADMIN, province), person(None, None)
    client = signed_in(admin)
    page = client.get(f"/quan-tri/{other.pk}/").content.decode()
    assert 'data-suggest="/bo-may/goi-y/"' in page and "(mã)" not in page
    bad = client.post(f"/quan-tri/{other.pk}/", {"role": "officer", "unit": "So", "valid_from": "2026-01-01"})
    assert (
        bad.status_code == 422 and "gần nhất là Sở X" in bad.content.decode() and 'value="So"' in bad.content.decode()
    )
    client.post(f"/quan-tri/{other.pk}/", {"role": "officer", "unit": "so x", "valid_from": "2026-01-01"})
    assert Grant.objects.get(user=other).unit == department


# --- asked before it is done -----------------------------------------------------------------------------------------


def test_a_role_ends_only_after_a_question(person: People, province: Unit, signed_in: SignedIn) -> None:
    admin, other = person(Role.ADMIN, province), person(Role.CLERK, province, "Lê An")
    grant, client = other.grants.get(), signed_in(admin)
    assert "data-confirm=" in client.get(f"/quan-tri/{other.pk}/").content.decode()
    asked = client.post(f"/quan-tri/vai-tro/{grant.pk}/ket-thuc/").content.decode()
    assert "Kết thúc vai trò văn thư của Lê An tại UBND tỉnh X" in asked
    assert 'name="sure" value="1"' in asked and f'href="/quan-tri/{other.pk}/"' in asked
    grant.refresh_from_db()
    assert grant.valid_to is None and not AuditEntry.objects.exists()
    client.post(f"/quan-tri/vai-tro/{grant.pk}/ket-thuc/", {"sure": "1"})
    grant.refresh_from_db()
    assert grant.valid_to is not None


def test_a_password_is_replaced_only_after_a_question(person: People, province: Unit, signed_in: SignedIn) -> None:
    admin, other = person(Role.ADMIN, province), person(Role.CLERK, province, "Lê An")
    asked = signed_in(admin).post(f"/quan-tri/{other.pk}/mat-khau/").content.decode()
    other.refresh_from_db()
    assert "Đặt mật khẩu mới cho Lê An?" in asked and other.check_password(PASSWORD)
    signed_in(admin).post(f"/quan-tri/{other.pk}/mat-khau/", {"sure": "1"})
    other.refresh_from_db()
    assert not other.check_password(PASSWORD)
