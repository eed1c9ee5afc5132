"""From when and until when an act applies: a table of closing sentences."""

import datetime as dt

import pytest

from bonhoa.documents.citations_flow import Flow
from bonhoa.documents.validity import find_validity

SIGNED = dt.date(2031, 5, 10)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2031.", "2031-07-01", None),
        ("Thông tư này có hiệu lực kể từ ngày 01/7/2031.", "2031-07-01", None),
        ("Quyết định này có hiệu lực kể từ ngày ký.", "2031-05-10", None),
        ("Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành.", "2031-05-10", None),
        ("Thông tư này có hiệu lực sau 45 ngày kể từ ngày ký.", "2031-06-24", None),
        (
            "Luật này có hiệu lực từ ngày 01 tháng 7 năm 2031 đến hết ngày 30 tháng 6 năm 2033.",
            "2031-07-01",
            "2033-07-01",
        ),
        ("Nghị quyết này hết hiệu lực kể từ ngày 01/01/2034.", None, "2034-01-01"),
        ("Nghị định số 5/2030/NĐ-CP có hiệu lực từ ngày 01/7/2030.", None, None),
        ("Nghị định này quy định hiệu lực của hợp đồng.", None, None),
    ],
)
def test_validity(sentence, first, last):
    found = find_validity(Flow(sentence), SIGNED)
    assert [day and day.isoformat() for day in found] == [first, last]


def test_without_a_date_of_signing_nothing_is_counted():
    assert find_validity(Flow("Quyết định này có hiệu lực kể từ ngày ký."), None) == (None, None)
