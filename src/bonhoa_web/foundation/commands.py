"""Commands that `bonhoa` offers where the system is installed (entry points "bonhoa.commands")."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable

Run = Callable[[argparse.Namespace], int]
Define = Callable[[argparse.ArgumentParser], object]


def command(text: str, define: Define = lambda parser: None) -> Callable[[Run], Run]:
    """Give a command the words of its `--help` and its arguments; `bonhoa.cli` reads both."""

    def mark(run: Run) -> Run:
        run.text, run.define = text, define  # type: ignore[attr-defined]
        return run

    return mark


def setup() -> None:
    """Django, for a command."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bonhoa_web.settings.dev")
    django.setup()


def _place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (address), mặc định 127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="cổng (port), mặc định 8000")


@command(
    """phục vụ các trang và chạy việc nền
(serve the pages and do the background jobs)

ví dụ / example:
  bonhoa serve --port 8000""",
    _place,
)
def serve(arguments: argparse.Namespace) -> int:
    """Serve the pages until interrupted, and do the background jobs unless a `worker` of this installation does."""
    setup()
    import uvicorn

    from bonhoa_web.foundation import jobs

    # WhiteNoise streams files from disk; under ASGI Django says so at each of them.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
    jobs.start()
    print(f"Bốn Hóa: http://{arguments.host}:{arguments.port}/  (Ctrl+C để dừng / to stop)", flush=True)
    try:
        uvicorn.run(
            "bonhoa_web.asgi:application",
            host=arguments.host,
            port=arguments.port,
            log_level="warning",
            lifespan="off",
            access_log=False,
        )
    finally:
        jobs.stop()
    return 0


@command(
    """chỉ chạy việc nền
(do background jobs only)

ví dụ / example:
  bonhoa worker"""
)
def worker(arguments: argparse.Namespace) -> int:
    """Do background jobs only, until interrupted; 2 if another process of this installation does them."""
    setup()
    from bonhoa_web.foundation import jobs

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if not jobs.start():
        print(
            "Một tiến trình khác đang chạy việc nền; hãy dừng tiến trình đó trước. / "
            "Another process does the background jobs; stop it first.",
            file=sys.stderr,
        )
        return 2
    print("Bốn Hóa: worker", flush=True)
    stop.wait()
    jobs.stop()
    return 0


@command(
    """kiểm tra chuỗi băm của nhật ký
(verify the hash chain of the audit)

ví dụ / example:
  bonhoa audit verify""",
    lambda parser: parser.add_argument("what", choices=["verify"], help="verify: đi hết chuỗi"),
)
def audit(arguments: argparse.Namespace) -> int:
    """Walk the hash chain; 0 if whole, 1 if broken."""
    setup()
    from bonhoa_web.foundation.audit import verify

    broken = verify()
    if arguments.json:
        print(json.dumps({"whole": broken is None, "broken_at": broken}))
    elif broken is None:
        print("Chuỗi nhật ký nguyên vẹn. / The audit chain is whole.")
    else:
        print(f"Chuỗi nhật ký đứt ở dòng {broken}. / The audit chain is broken at entry {broken}.", file=sys.stderr)
    return 0 if broken is None else 1
