"""The frame as it is laid out: on a telephone everything is in sight, and buttons stand level. Needs Chromium."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bonhoa_web.apparatus.models import Unit
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.roles import Role

STATIC = Path(__file__).resolve().parents[2] / "src/bonhoa_web/foundation/static"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
People = Callable[..., User]

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]

PARTS_OF_BUTTONS = """[...document.querySelectorAll('.btn')].filter(b => b.offsetParent && b.textContent.trim()).map(b => {
  const words = document.createRange(); words.selectNodeContents(b);
  const inner = words.getBoundingClientRect(), outer = b.getBoundingClientRect();
  return Math.abs((inner.top - outer.top) - (outer.bottom - inner.bottom)); })"""
OUT_OF_SIGHT = """[...document.querySelectorAll('.bh-nav a, .bh-stack tbody td')].filter(e => e.offsetParent &&
  (e.getBoundingClientRect().right > innerWidth || e.getBoundingClientRect().left < 0)).map(e => e.textContent)"""
LABELS = """[...document.querySelectorAll('.bh-stack tbody tr:first-child td')].filter(e => e.offsetParent)
  .map(e => getComputedStyle(e, '::before').content)"""


def measured(html: str, width: int, *questions: str) -> list[Any]:
    """What scripts answer about a page of ours, laid out without a server (and without touching the database)."""
    from playwright.sync_api import sync_playwright

    styles = "".join(
        f"<style>{(STATIC / p).read_text('utf-8')}</style>" for p in ("vendor/tabler.min.css", "bonhoa/bonhoa.css")
    )
    plain = re.sub(r"<script\b.*?</script>|<link\b[^>]*>", "", html, flags=re.S).replace("</head>", styles + "</head>")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.set_content(plain)
        answers = [page.evaluate(q) for q in ("document.documentElement.scrollWidth", *questions)]
        browser.close()
    return answers


@pytest.fixture
def lists(person: People, province: Unit) -> str:
    client = Client()
    client.force_login(person(Role.ADMIN, province, "Quản trị X"))
    client.post("/quan-tri/them/", {"username": "binh", "full_name": "Bình"})
    return client.get("/quan-tri/nhat-ky/").content.decode()


def test_on_a_telephone_rooms_and_rows_are_in_sight(lists: str) -> None:
    wide, hidden, labels = measured(lists, 390, OUT_OF_SIGHT, LABELS)
    assert wide <= 390 and hidden == []
    assert labels == ['"Số"', '"Lúc"', '"Ai"', '"Việc"', '"Đối tượng"', '"Chi tiết"']


@pytest.mark.parametrize("width", [390, 1280])
def test_links_that_look_like_buttons_stand_level_with_buttons(lists: str, width: int) -> None:
    wide, off = measured(lists, width, PARTS_OF_BUTTONS)
    assert wide <= width and len(off) >= 5 and max(off) <= 1.5


def test_on_a_desk_a_list_is_a_table(lists: str) -> None:
    _wide, labels = measured(lists, 1280, LABELS)
    assert set(labels) == {"none"}


def test_a_very_long_cell_leaves_room_for_the_others(lists: str) -> None:
    long = re.sub(r'(data-label="Chi tiết">)', r"\1" + "rất nhiều chữ " * 300, lists, count=1)
    question = """document.querySelector('td[data-label="Việc"]').getBoundingClientRect().width"""
    _wide, width = measured(long, 1280, question)
    assert width > 120
