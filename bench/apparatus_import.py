"""An import of 10,000 rows of xlsx, from the bytes of the file to the written map, as an administrator waits for it.

    .venv/bin/python bench/apparatus_import.py [whole] [bad] [--record]

500 units, 2,500 mandates, 2,000 positions, 2,500 posts and 2,500 holdings on top of the national register; `bad` has a
fault in every tenth row and keeps the good ones. SQLite in a file; BONHOA_TEST_DATABASE_URL for PostgreSQL. Wall-clock
seconds, jobs run in this process. The bar is 30 s.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bonhoa_web.settings.test")
import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import setup_databases  # noqa: E402

from bonhoa.apparatus.forms import sheets  # noqa: E402
from bonhoa.reports.apparatus_book import book_xlsx  # noqa: E402
from bonhoa_web.apparatus.loading import load_national  # noqa: E402
from bonhoa_web.apparatus.models import SheetImport, Unit  # noqa: E402
from bonhoa_web.apparatus.workbook import actions  # noqa: E402
from bonhoa_web.foundation import jobs  # noqa: E402
from bonhoa_web.foundation.models import Grant, User  # noqa: E402
from frame import Row, main, row  # noqa: E402

UNITS, ROWS = 500, 10_000
SINCE = dt.date(2025, 7, 1)


@functools.cache
def world() -> tuple[User, Unit]:
    """An empty database with the national register and one personnel officer of a province."""
    setup_databases(verbosity=0, interactive=False)
    load_national()
    unit = Unit.objects.filter(level="province", kind="territory", valid_to=None).order_by("code")[0]
    user = User.objects.create_user("bench", password="x", full_name="Bench")
    Grant.objects.create(user=user, role="personnel", unit=unit, valid_from=SINCE)
    return user, unit


def rows_of(prefix: str, top: str, faulty: bool = False) -> dict[str, list[dict[str, Any]]]:
    """10,000 rows; with `faulty` every tenth mandate, position, post and holding names a code that nobody has."""

    def unit(n: int) -> str:
        return f"{prefix}U{n % UNITS}" + ("X" if faulty and n % 10 == 0 else "")

    def post(n: int) -> str:
        return f"{prefix}P{n}"

    common = {"valid_from": SINCE, "act": "QĐ 1/QĐ-UBND"}
    chosen = {"level": sheets.UnitLevel.PROVINCE, "kind": sheets.UnitKind.DEPARTMENT}
    names = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường", "Phạm Thị Dung")
    return {
        "units": [
            {"code": f"{prefix}U{n}", "name": f"Phòng {prefix}{n}", "parent": top if n < 20 else f"{prefix}U{n % 20}"}
            | chosen
            | common
            for n in range(UNITS)
        ],
        "mandates": [
            {"function": f"{prefix}F{n}", "statement": f"Quản lý nhà nước về lĩnh vực {n}", "unit": unit(n)}
            | {"role": sheets.MandateRole.LEAD, "scope": top, "provision": f"Điều {n % 9 + 1}"}
            | common
            for n in range(2500)
        ],
        "positions": [
            {"position": f"{prefix}J{n}", "title": f"Chuyên viên {n}", "unit": unit(n), "goal": "Tham mưu, tổng hợp"}
            | {"group": sheets.PositionGroup.PROFESSIONAL}
            | common
            for n in range(2000)
        ],
        "posts": [
            {"post": post(n), "position": f"{prefix}J{n % 2000}", "unit": unit(n % 2000), "title": "Chuyên viên"}
            | common
            for n in range(2500)
        ],
        "people": [
            {
                "person": f"{prefix}C{n}",
                "full_name": names[n % 4],
                "post": post(n),
                "born": dt.date(1980, 1, n % 28 + 1),
            }
            | {"mode": sheets.HoldingMode.OFFICIAL}
            | common
            for n in range(2500)
        ],
    }


def run(prefix: str, faulty: bool = False) -> tuple[SheetImport, float, float]:
    """An upload with its preview, then the writing; (import, seconds of the first, seconds of the second)."""
    user, unit = world()
    data = book_xlsx(rows_of(prefix, unit.code, faulty))
    begun = time.perf_counter()
    record = actions.upload(actor=user, unit=unit, data=data, name="bang.xlsx")
    jobs.run(record.job.pk)
    previewed = time.perf_counter()
    record.refresh_from_db()
    actions.go(actor=user, record=record, whole=not faulty)
    jobs.run(record.job.pk)
    written = time.perf_counter()
    record.refresh_from_db()
    if record.state != "written":
        raise SystemExit(f"not written: {record.state} {record.counts} {record.job.message_vi}")
    return record, previewed - begun, written - previewed


def whole() -> list[Row]:
    record, preview, writing = run("A")
    kind = connection.vendor
    assert record.counts == {"added": ROWS}, record.counts
    return [
        row(f"10,000 rows, {kind}: upload to preview", preview, "s"),
        row(f"10,000 rows, {kind}: go to written", writing, "s"),
        row(f"10,000 rows, {kind}: both (bar 30)", preview + writing, "s"),
    ]


def bad() -> list[Row]:
    record, preview, writing = run("B", faulty=True)
    kind = connection.vendor
    told = record.lines.filter(verdict="refused").exclude(cell="").exclude(message_vi="").count()
    return [
        row(f"10,000 rows with faults, {kind}: both (bar 30)", preview + writing, "s"),
        row(f"of them refused, {kind}", record.counts["refused"], "rows"),
        row(f"of these with cell and reason, {kind}", told / record.counts["refused"]),
    ]


if __name__ == "__main__":
    main("apparatus_import", __doc__ or "", {"whole": whole, "bad": bad})
