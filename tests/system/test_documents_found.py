"""Finding among five decisions: words with and without diacritics on both databases, filters, few queries."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from openpyxl import load_workbook
from tests.system.test_documents_search import DAY, LIST, numbers
from tests.system.world_of_documents import act, kept_bring, kept_clerk

from bonhoa_web.documents.models import Document
from bonhoa_web.foundation.models import User

__all__ = ["kept_bring", "kept_clerk"]
pytestmark = pytest.mark.django_db
Bring = Callable[..., Document]


@pytest.fixture
def client(kept_clerk: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(kept_clerk)


@pytest.fixture(scope="module")
def five(kept_bring: Bring) -> None:
    day = DAY
    kept_bring(act("1/QĐ-UBND", day, "Quy định về đất đai", body="Việc giao đất, cho thuê đất theo quy hoạch."))
    kept_bring(act("2/QĐ-UBND", day, "Quy định về tài sản công", body="Cơ quan nào được giao đất thì quản lý đất đó."))
    kept_bring(act("3/QĐ-UBND", day, "Quy định về công tác dân vận", body="Người dân ma sát với chính quyền; dat dai."))
    kept_bring(act("4/QĐ-UBND", day, "Quy định về chợ", body="Má, mạ, mả; mua bán tại chợ đêm, chợ nổi."))
    kept_bring(act("5/QĐ-UBND", dt.date(2025, 6, 1), "Quy định về đồng phục", body="Đồng phục của học sinh."))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("đất đai", ["1", "3"]),  # the accented hit above the folded one
        ("dat dai", ["1", "3"]),  # its data say it: above the text of another
        ("ĐẤT ĐAI", ["1", "3"]),
        ("giao đất", ["1", "2"]),
        ('"giao đất, cho"', ["1"]),
        ('"dat cho"', ["1"]),
        ("cho dem", ["4"]),
        ("đồng phục học", ["5"]),
        ("dong ph", ["5"]),  # the beginning of a word
        ("ong phuc", []),  # not its middle
        ("4/QĐ-UBND", ["4"]),
        ("4/qd-ubnd chợ", ["4"]),
        ("UBND 5", ["5"]),
        ("nguyen van an dong phuc", ["5"]),  # the signer is found too
        ("không có chữ này", []),
        ("%", []),
        ('"', []),
        ("đất AND OR NOT *", []),
        ("a' OR 1=1 --", []),
        ("(đồng:* & phục) | <-> !", ["5"]),
    ],
)
def test_words_find_documents(five: None, query: str, found: list[str]) -> None:
    assert list(numbers(query)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("nam=2025", ["5"]),
        ("nam=2026&sap-xep=so", ["1", "2", "3", "4"]),
        ("nam=1999", ["5", "4", "3", "2", "1"]),  # no such choice: reported, the list stays whole
        ("co-quan=Ủy ban nhân dân tỉnh X&nam=2025", ["5"]),
        ("loai=Quyết định&tu-khoa=đất đai", ["1", "3"]),
        ("tu-khoa=dat&sap-xep=-so", ["3", "2", "1"]),
    ],
)
def test_filters_stand_in_the_address(five: None, client: Client, query: str, found: list[str]) -> None:
    page = client.get(f"{LIST}?{query}")
    assert [r[0].value.split()[-1].split("/")[0] for r in page.context["rows"]] == found
    sheet = load_workbook(io.BytesIO(client.get(f"{LIST}?{query}&xuat=xlsx").content)).active
    exported = [str(r[0]).split()[-1].split("/")[0] for r in sheet.iter_rows(min_row=4, values_only=True)]
    assert exported == found


def test_the_list_takes_few_queries(
    five: None, client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for query, most in (("", 19), ("?tu-khoa=dat", 19), ("?hieu-luc=in_force&nam=2026", 19), ("?xuat=xlsx", 12)):
        with django_assert_max_num_queries(most, connection=connection):
            client.get(f"{LIST}{query}")
