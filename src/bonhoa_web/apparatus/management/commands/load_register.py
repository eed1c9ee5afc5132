"""`manage.py load_register`."""

from typing import Any

from django.core.management.base import BaseCommand

from bonhoa_web.apparatus.loading import load_national


class Command(BaseCommand):
    """Store the national register; safe to run again."""

    help = "Nạp danh mục cơ quan và đơn vị hành chính / load the national register"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_national()} đơn vị / units")
