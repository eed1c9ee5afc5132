"""`manage.py load_demo`: the synthetic province and its story, and the accounts with one-time passwords."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bonhoa.common.errors import InputError
from bonhoa_web.demo.story import load


class Command(BaseCommand):
    """Load the demo into an empty database and print its accounts once."""

    help = "Nạp dữ liệu mô phỏng vào cơ sở dữ liệu trống và in tài khoản một lần / load the demo, print its accounts"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=dt.date.fromisoformat, help="ngày kể chuyện, yyyy-mm-dd; mặc định hôm nay")
        parser.add_argument("--force", action="store_true", help="nạp cả khi đã có người dùng")
        parser.add_argument("--json", action="store_true", help="in tài khoản dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = load(options["today"], force=options["force"]).accounts
        except InputError as error:
            raise CommandError(f"{error.vi} / {error.en}") from None
        if options["json"]:
            self.stdout.write(json.dumps([asdict(account) for account in accounts], ensure_ascii=False))
            return
        widths = [max(len(x) for x in column) for column in zip(*(_cells(a) for a in accounts), strict=True)]
        for account in accounts:
            line = "  ".join(cell.ljust(w) for cell, w in zip(_cells(account), widths, strict=True))
            self.stdout.write(line.rstrip())


def _cells(account: Any) -> tuple[str, str, str, str]:
    return account.username, account.password, account.full_name, account.roles
