"""The command that makes the first administrator: a body by its name or its code; else one sentence and nothing made."""

import argparse
import json

import pytest

from bonhoa.common.errors import InputError
from bonhoa_web.apparatus.commands import admin
from bonhoa_web.foundation.models import Grant, User

pytestmark = pytest.mark.django_db


def asked(unit: str) -> argparse.Namespace:
    return argparse.Namespace(username="qt", name="Nguyễn Văn A", unit=unit, json=True)


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("vn-40/ubnd", "vn-40/ubnd"),
        ("UBND tỉnh Nghệ An", "vn-40/ubnd"),
        ("ủy ban nhân dân tỉnh nghệ an", "vn-40/ubnd"),
        ("Bộ Nội vụ", "bo-noi-vu"),
    ],
)
def test_a_body_by_its_name_or_its_code(unit: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert admin(asked(unit)) == 0
    assert json.loads(capsys.readouterr().out)["unit"] == code
    assert Grant.objects.get(user__username="qt").unit.code == code


@pytest.mark.parametrize(
    ("unit", "near"),
    [("Bộ Giao thông vận tải", "Bộ Xây dựng"), ("các bộ, cơ quan ngang bộ", ""), ("không có cơ quan này", "")],
)
def test_a_name_that_is_no_one_body_is_told(unit: str, near: str) -> None:
    with pytest.raises(InputError) as caught:
        admin(asked(unit))
    assert unit in caught.value.vi and near in caught.value.vi and unit in caught.value.en
    assert not User.objects.exists()
