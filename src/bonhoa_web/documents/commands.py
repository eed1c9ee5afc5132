"""The command that imports a folder of documents (entry point "bonhoa.commands")."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from bonhoa.common.errors import InputError
from bonhoa_web.foundation.commands import command, setup


def _what(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="thư mục, kể cả thư mục con (with its subfolders)")
    parser.add_argument(
        "--as", dest="username", required=True, metavar="NAME", help="tên đăng nhập của văn thư (clerk)"
    )
    parser.add_argument("--unit", metavar="CODE", help="mã cơ quan nhận, nếu văn thư có nhiều cơ quan (receiving body)")


@command(
    """nhập mọi văn bản của một thư mục; chạy lại thì chỉ thêm văn bản mới
(import every document of a folder; run again, it adds only what is new)

ví dụ / example:
  bonhoa import ./van-ban-den-2026 --as vanthu --unit vn-40/ubnd""",
    _what,
)
def import_(arguments: argparse.Namespace) -> int:
    """Import a folder and wait until it is read. 0: all is in; 1: something was refused or waits for a decision."""
    setup()
    from bonhoa_web.documents import batches, unpacking
    from bonhoa_web.documents.models import Outcome

    english = arguments.lang == "en"
    sheets = unpacking.of_folder(arguments.folder)
    actor, receiver = _actor(arguments.username, arguments.unit)

    def tell(item: Any) -> None:
        if not arguments.json and item.outcome != Outcome.IMPORTED:
            reason = item.reason_en if english else item.reason_vi
            print(f"{item.place}/{len(sheets)} {item.name}: {item.get_outcome_display()}. {reason}", flush=True)

    batch = batches.run(
        actor=actor, receiver=receiver, source=arguments.folder.resolve().name, sheets=sheets, tell=tell
    )
    _wait_for(batch.job, quiet=arguments.json, english=english)
    items = list(batch.items.all())
    counts = {str(outcome): sum(i.outcome == outcome for i in items) for outcome in Outcome}
    if arguments.json:
        print(json.dumps({"batch": batch.pk, **counts, "items": [_item(i) for i in items]}, ensure_ascii=False))
    else:
        print(_summary(counts, english))
    return 1 if counts["refused"] or counts["held"] else 0


def _actor(username: str, code: str | None) -> tuple[Any, Any]:
    """The person who imports and the receiving body. Raises InputError."""
    from bonhoa_web.documents import rights
    from bonhoa_web.foundation.models import User
    from bonhoa_web.foundation.rights import units_of

    actor = User.objects.filter(username=username, is_active=True).first()
    units = units_of(actor, *rights.IMPORTERS) if actor else []
    if not units:
        raise InputError(
            "no_clerk",
            f"Không có văn thư hay quản trị nào tên đăng nhập “{username}”.",
            f'There is no clerk or administrator who signs in as "{username}".',
        )
    chosen = [u for u in units if u.code == code] if code else units
    if len(chosen) != 1:
        known = ", ".join(f"{u.code} ({u.name})" for u in units)
        raise InputError(
            "which_unit",
            f"Hãy chọn một cơ quan nhận bằng --unit CODE, trong: {known}.",
            f"Choose one receiving body with --unit CODE, of: {known}.",
        )
    return actor, chosen[0]


def _wait_for(job: Any, *, quiet: bool, english: bool) -> None:
    """Until the documents are read: by the running system if there is one, else by this process."""
    from django.conf import settings

    from bonhoa_web.foundation import jobs

    ours = settings.BONHOA_JOBS == "engine" and jobs.start()
    told = ""
    try:
        while True:
            job.refresh_from_db()
            words = job.message_en if english else job.message_vi
            if words and words != told and not quiet:
                print(words, file=sys.stderr, flush=True)
                told = words
            if job.finished_at is not None:
                return
            time.sleep(0.5)
    finally:
        if ours:
            jobs.stop()


def _item(item: Any) -> dict[str, Any]:
    reason = {"code": item.code, "vi": item.reason_vi, "en": item.reason_en} if item.code else None
    return {
        "place": item.place,
        "name": item.name or None,
        "outcome": item.outcome,
        "reason": reason,
        "document": item.document_id,
    }


def _summary(counts: dict[str, int], english: bool) -> str:
    if english:
        words = "{imported} imported, {present} here already, {held} held (near-duplicates), {refused} refused."
    else:
        words = "Đã nhập {imported}, đã có {present}, chờ quyết định (gần giống) {held}, bị từ chối {refused}."
    return words.format(**counts)
