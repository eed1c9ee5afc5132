"""Does this duty already exist? The answer to the form of a mandate, and the page for those without JavaScript."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from bonhoa_web.apparatus.models import Function, FunctionVersion, Mandate, Unit
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db
ADDRESS = "/bo-may/nhiem-vu/tuong-tu/"


@pytest.fixture
def page(person: Callable[..., User], province: Unit, signed_in: Callable[[User], Client]) -> Client:
    """Signed in, in a province that looks after the land records."""
    from_ = {"valid_from": dt.date(2025, 7, 1)}
    function = Function.objects.create(code="f1")
    FunctionVersion.objects.create(function=function, statement="Quản lý cơ sở dữ liệu đất đai", folded="", **from_)
    Mandate.objects.create(function=function, unit=province, role="lead", scope=province, **from_)
    return signed_in(person(Role.PERSONNEL, province))


def test_htmx_gets_the_list_with_who_holds_it(page: Client, province: Unit) -> None:
    asked = {"statement": "Điều hành kho dữ liệu đất đai theo quy định"}
    told = page.get(ADDRESS, asked, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in told
    assert "Quản lý cơ sở dữ liệu đất đai" in told
    assert "trùng lặp; giống về hành động, đối tượng, lĩnh vực<" in told
    assert f"{province.name}</a> (chủ trì; {province.name})" in told


def test_without_javascript_it_is_a_page(page: Client) -> None:
    told = page.get(ADDRESS, {"statement": "Nuôi ong lấy mật"}).content.decode()
    assert "<html" in told
    assert "Chưa có nhiệm vụ nào gần giống." in told
    assert "Chưa có nhiệm vụ" not in page.get(ADDRESS).content.decode()  # nothing was asked yet


def test_the_day_and_what_changed_since_count(page: Client) -> None:
    asked = {"statement": "Quản lý đất đai", "ngay": "2025-06-30"}
    assert "Chưa có nhiệm vụ nào" in page.get(ADDRESS, asked).content.decode()
    asked["ngay"] = "2025-07-02"
    assert "dữ liệu đất đai" in page.get(ADDRESS, asked).content.decode()
    FunctionVersion.objects.create(
        function=Function.objects.create(code="f2"),
        statement="Quản lý đất",
        folded="",
        valid_from=dt.date(2025, 7, 1),
    )
    told = page.get(ADDRESS, asked).content.decode()
    assert told.index("Quản lý đất ") < told.index("Quản lý cơ sở")
    assert "Chưa cơ quan nào được giao." in told


def test_the_form_of_a_mandate_asks_while_one_types(page: Client, province: Unit) -> None:
    form = page.get(f"/bo-may/{province.pk}/them/nhiem-vu/").content.decode()
    assert f'hx-get="{ADDRESS}"' in form
    assert f'href="{ADDRESS}"' in form
