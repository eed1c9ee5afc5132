"""A real server process with its own data, and Debian's Chromium."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Background requests of the browser itself would only knock at a closed network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    """A running installation: its address and the demo's accounts (role → (username, password))."""

    url: str
    accounts: dict[str, tuple[str, str]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(code: str, env: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`bonhoa serve` over a fresh SQLite database with the demo in it."""
    var = tmp_path_factory.mktemp("var")
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {
        "BONHOA_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "bonhoa_web.settings.dev",
    }
    run(
        "import django; django.setup(); from django.core.management import call_command; "
        "call_command('prepare', no_demo=True)",
        env,
    )
    accounts = json.loads(run(ACCOUNTS, env).splitlines()[-1])
    port = free_port()
    log = (var / "serve.log").open("w")
    server = subprocess.Popen(
        [str(Path(sys.executable).parent / "bonhoa"), "serve", "--port", str(port)],
        cwd=ROOT,
        env=env,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(150):
        assert server.poll() is None, (var / "serve.log").read_text()
        try:
            urllib.request.urlopen(url + "/tai-khoan/login/", timeout=2)
            break
        except OSError:
            time.sleep(0.2)
    yield Site(url, {k: tuple(v) for k, v in accounts.items()})
    server.terminate()
    server.wait(20)


# The accounts by role; the demo decides the names, this only asks for them.
ACCOUNTS = """
import json, django
django.setup()
from bonhoa_web.demo.story import load
print(json.dumps({a.key: [a.username, a.password] for a in load().accounts}))
"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, site: Site) -> Iterator:
    """Open a page at a width, signed in as the demo's account for `who`."""
    contexts = []

    def open_as(who: str | None, width: int = 1280, *, javascript: bool = True, language: str = "vi") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            base_url=site.url,
            locale=language,
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if who:
            username, password = site.accounts[who]
            page.goto("/tai-khoan/login/")
            page.fill("input[name=login]", username)
            page.fill("input[name=password]", password)
            page.click("main button[type=submit]")
            page.wait_for_url(lambda url: "login" not in url)
        return page

    yield open_as
    for context in contexts:
        context.close()
