"""Loading the demo: a province settles in an empty database.

The documents (`directives`) and what happens to their tasks (`plots.tell`) join here once the documents room and the
review have their actions: upload, read, plan, resolve, submit, approve, then `tell`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from bonhoa.common.errors import InputError
from bonhoa_web.demo.clock import story_time
from bonhoa_web.demo.settling import Account, settle_people, settle_units
from bonhoa_web.foundation.models import User


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading hands back to the launcher and the browser tests."""

    accounts: list[Account]


SETTLED = 60  # days before today on which the province's units and people begin


def load(today: dt.date | None = None, *, force: bool = False) -> Loaded:
    """Fill the database with the demo as of `today` (None: the day it is); the accounts that can sign in.

    Raises InputError("demo-not-empty") if there are people already, unless `force`, and InputError("demo-loaded") if
    the demo itself is there: nothing is ever loaded twice.
    """
    if User.objects.filter(username="chuyenvien").exists():
        raise InputError(
            "demo-loaded",
            "Dữ liệu mô phỏng đã được nạp; không nạp lần nữa.",
            "The demo is loaded already; it is not loaded twice.",
        )
    if User.objects.exists() and not force:
        raise InputError(
            "demo-not-empty",
            "Cơ sở dữ liệu đã có người dùng; muốn nạp dữ liệu mô phỏng vào đó thì thêm --force.",
            "The database has users already; to load the demo into it, add --force.",
        )
    settled = (today or timezone.localdate()) - dt.timedelta(days=SETTLED)
    with story_time(settled):
        return Loaded(settle_people(settle_units(), settled))
