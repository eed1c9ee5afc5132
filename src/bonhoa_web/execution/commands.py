"""The command that writes corrected plans as gold (entry point "bonhoa.commands")."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bonhoa.common.errors import InputError
from bonhoa_web.foundation.commands import command, setup


def _what(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["export"], help="export: ghi mẫu chuẩn ra thư mục (write gold)")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="thư mục ghi ra (where to write)")
    parser.add_argument(
        "--plan", type=int, metavar="ID", help="chỉ một bảng, kể cả chưa duyệt (one plan, approved or not)"
    )


@command(
    """ghi các văn bản cùng nhiệm vụ đã được người sửa thành mẫu chuẩn để đo việc đọc
(write documents with their corrected tasks as gold, to measure the reading on them)

ví dụ / example:
  bonhoa gold export --out mau-chuan
  make gold GOLD=mau-chuan""",
    _what,
)
def gold(arguments: argparse.Namespace) -> int:
    """Write the gold of every approved plan, or of one. Whoever may run commands on the machine may do this; the audit
    says that it was done."""
    setup()
    from django.db import transaction

    from bonhoa_web.execution import plan_gold
    from bonhoa_web.execution.models import Plan
    from bonhoa_web.foundation import audit

    if arguments.plan is None:
        plans = list(plan_gold.settled_plans())
    else:
        plans = list(Plan.objects.filter(pk=arguments.plan).select_related("document", "unit"))
    if not plans:
        raise InputError(
            "no_plan",
            "Chưa có bảng phân công nào đã duyệt (hoặc không có bảng số này) để ghi mẫu chuẩn.",
            "There is no approved plan yet (or no plan with this id) to write gold of.",
        )
    files = []
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        for plan in plans:
            with transaction.atomic():
                files += plan_gold.write(plan, arguments.out)
                audit.append(None, "gold.export", plan, {"folder": str(arguments.out)})
    except OSError as error:
        raise InputError(
            "cannot_write",
            f"Không ghi được vào {arguments.out} ({error.strerror}); chọn thư mục khác.",
            f"Cannot write into {arguments.out} ({error.strerror}); choose another folder.",
        ) from error
    if arguments.json:
        print(json.dumps({"plans": len(plans), "files": [str(f) for f in files]}, ensure_ascii=False))
    else:
        print(f"Đã ghi {len(plans)} văn bản vào {arguments.out}. / {len(plans)} documents written to {arguments.out}.")
    return 0
