"""Acts that we wrote ourselves, for the tests of the library: they base on, amend, replace and repeal each other."""

import datetime as dt
from collections.abc import Callable

import pytest

from bonhoa_web.apparatus.models import Unit
from bonhoa_web.documents import actions
from bonhoa_web.documents.models import Document
from bonhoa_web.foundation import jobs
from bonhoa_web.foundation.models import Grant, User
from bonhoa_web.foundation.roles import Role

People = Callable[..., User]
Commit = Callable[..., object]

ACT = """ỦY BAN NHÂN DÂN TỈNH X
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
X, ngày {day:%d} tháng {day:%m} năm {day:%Y}

{kind}
{subject}

{grounds}
Điều 1. Phạm vi điều chỉnh
{body}
Điều 2. Tổ chức thực hiện
1. Các cơ quan thực hiện Điều 1 Quyết định này.
2. Người đứng đầu chịu trách nhiệm thực hiện khoản 1 Điều này.
Điều 3. Hiệu lực thi hành
{effect}

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nguyễn Văn An
"""


def act(
    number: str,
    day: dt.date,
    subject: str = "Ban hành Quy định về quản lý tài sản công",
    *,
    grounds: str = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    body: str = "Quyết định này quy định việc quản lý tài sản công của các cơ quan thuộc tỉnh.",
    effect: str = "",
    kind: str = "QUYẾT ĐỊNH",
) -> str:
    effect = effect or f"Quyết định này có hiệu lực từ ngày {day:%d} tháng {day:%m} năm {day:%Y}."
    return ACT.format(number=number, day=day, kind=kind, subject=subject, grounds=grounds, body=body, effect=effect)


def cite(number: str, day: dt.date) -> str:
    return f"Quyết định số {number} ngày {day:%d} tháng {day:%m} năm {day:%Y} của Ủy ban nhân dân tỉnh X"


@pytest.fixture
def clerk(person: People, province: Unit) -> User:
    return person(Role.CLERK, province, "Văn thư X")


@pytest.fixture
def bring(clerk: User, province: Unit, django_capture_on_commit_callbacks: Commit) -> Callable[..., Document]:
    """`bring(text, name)`: a document that came in and was read."""

    def make(text: str | bytes, name: str = "van-ban.txt", *, actor: User | None = None) -> Document:
        data = text if isinstance(text, bytes) else text.encode()
        with django_capture_on_commit_callbacks(execute=True):
            made = actions.bring_in(actor=actor or clerk, receiver=province, data=data, name=name)
        made.refresh_from_db()
        return made

    return make


@pytest.fixture(scope="module")
def kept_clerk(kept: None) -> User:
    """The clerk of a body whose documents stand for all tests of a module."""
    body = Unit.objects.create(
        code="K-TINH", name="UBND tỉnh X", folded="ubnd tinh x", level="province", kind="people_committee"
    )
    user = User.objects.create_user("van-thu", password="mat-khau-rat-dai-1", full_name="Văn thư X")
    Grant.objects.create(user=user, role=str(Role.CLERK), unit=body, valid_from=dt.date(2020, 1, 1))
    return user


@pytest.fixture(scope="module")
def kept_bring(kept_clerk: User) -> Callable[..., Document]:
    """`bring` for the fixtures of a module."""
    body = Unit.objects.get(code="K-TINH")

    def make(text: str, name: str = "van-ban.txt") -> Document:
        made = actions.bring_in(actor=kept_clerk, receiver=body, data=text.encode(), name=name)
        jobs.run(made.job_id)
        made.refresh_from_db()
        return made

    return make
