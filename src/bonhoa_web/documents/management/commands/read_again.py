"""`manage.py read_again`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bonhoa_web.documents.rereading import Reread, read_again, read_documents


class Command(BaseCommand):
    """Read stored documents again; safe to run again, and to stop at any time."""

    help = "Đọc lại các văn bản đã lưu, nối lại trích dẫn / read stored documents again and join their citations anew"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", default="", metavar="MÃ", help="chỉ của cơ quan nhận này / of this receiver only")
        parser.add_argument(
            "--old", action="store_true", help="chỉ văn bản lưu từ trước khi có kho / only those older than the library"
        )

    def handle(self, *args: Any, unit: str, old: bool, **options: Any) -> None:
        found = read_documents(unit, old=old)
        count, told = found.count(), list[Reread]()
        if unit and not count and not read_documents(unit).exists():
            raise CommandError(
                f"Cơ quan nhận mã “{unit}” không có văn bản đã đọc nào; hãy xem lại mã ở trang Bộ máy. / "
                f'The receiver "{unit}" has no document that was read; check its code on the page Apparatus.'
            )

        def tell(done: Reread) -> None:
            told.append(done)
            said = ""
            if done.error_vi:
                said = f": {done.error_vi} / {done.error_en}"
            elif done.kept:
                said = ": giữ nguyên chữ vì đã lập bảng phân công / the text stays, for its plan points into it"
            if said or len(told) % 50 == 0 or len(told) == count:
                self.stdout.write(f"{len(told)}/{count} {done.document} (#{done.document.pk}){said}")

        read_again(found, tell)
        faults = sum(bool(done.error_vi) for done in told)
        self.stdout.write(f"đã đọc lại {len(told) - faults} văn bản / {len(told) - faults} documents read again")
        if faults:
            raise CommandError(
                f"{faults} văn bản không đọc lại được, giữ nguyên như cũ; xem lý do từng văn bản ở trên. / "
                f"{faults} documents could not be read again and stayed as they were; the reasons stand above."
            )
