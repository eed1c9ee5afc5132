"""Commands that `bonhoa` offers where the system is installed (entry points "bonhoa.commands")."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading


def _setup() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bonhoa_web.settings.dev")
    django.setup()


def serve(arguments: argparse.Namespace) -> int:
    """Serve the pages until interrupted, and do the background jobs unless a `worker` of this installation does."""
    _setup()
    import uvicorn

    from bonhoa_web.foundation import jobs

    jobs.start()
    print(f"Bốn Hóa: http://{arguments.host}:{arguments.port}/  (Ctrl+C để dừng / to stop)", flush=True)
    try:
        uvicorn.run("bonhoa_web.asgi:application", host=arguments.host, port=arguments.port, log_level="warning",
                    lifespan="off", access_log=False)
    finally:
        jobs.stop()
    return 0


def worker(arguments: argparse.Namespace) -> int:
    """Do background jobs only, until interrupted; 2 if another process of this installation does them."""
    _setup()
    from bonhoa_web.foundation import jobs

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if not jobs.start():
        print("Một tiến trình khác đang chạy việc nền; hãy dừng tiến trình đó trước. / "
              "Another process does the background jobs; stop it first.", file=sys.stderr)  # fmt: skip
        return 2
    print("Bốn Hóa: worker", flush=True)
    stop.wait()
    jobs.stop()
    return 0


def audit(arguments: argparse.Namespace) -> int:
    """`bonhoa audit verify`: walk the hash chain; 0 if whole, 1 if broken."""
    _setup()
    from bonhoa_web.foundation.audit import verify

    broken = verify()
    if broken is None:
        print("Chuỗi nhật ký nguyên vẹn. / The audit chain is whole.")
        return 0
    print(f"Chuỗi nhật ký đứt ở dòng {broken}. / The audit chain is broken at entry {broken}.", file=sys.stderr)
    return 1
