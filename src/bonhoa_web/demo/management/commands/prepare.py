"""Make an installation ready to serve: migrate, collect static files, load the register, tell the demo if empty."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from bonhoa_web.apparatus.models import Unit
from bonhoa_web.foundation.models import User


class Command(BaseCommand):
    """`manage.py prepare [--no-demo]`; safe to run again: each part is skipped when it is done."""

    help = "Migrate, collect static files, load the national register, and load the demo into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, no_demo: bool, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if not Unit.objects.exists():
            self.stdout.write("• nạp danh mục cơ quan, đơn vị hành chính / loading the national register")
            call_command("load_register")
        if not no_demo and not User.objects.exists():
            self.stdout.write("• nạp dữ liệu minh họa; tài khoản và mật khẩu dùng một lần, chỉ in lần này:")
            self.stdout.write("  loading the demo; its accounts with one-time passwords, printed this once:")
            call_command("load_demo")
