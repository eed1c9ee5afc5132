"""The chart in Chromium: first paint, a branch by htmx with the address following, the slider, and all without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

CHART = "/bo-may/so-do/"
PAINT = "performance.getEntriesByName('first-contentful-paint').map(e => e.startTime)[0] || 0"


def painted(page: Page) -> float:
    """Milliseconds to the first contentful paint of the page that is open."""
    for _ in range(100):
        if taken := page.evaluate(PAINT):
            return float(taken)
        page.wait_for_timeout(50)
    raise AssertionError("nothing was painted")


@pytest.mark.parametrize("day", ["2025-06-30", "2025-07-01"])
def test_the_chart_of_the_nation_is_painted_within_a_second(open_page, day: str) -> None:
    page = open_page("viewer")
    page.goto(CHART)
    page.goto(f"{CHART}?ngay={day}")
    assert painted(page) <= 1000


def test_a_branch_opens_in_place_and_the_day_keeps_it(open_page) -> None:
    page = open_page("viewer")
    page.goto(f"{CHART}?ngay=2025-06-30")
    page.get_by_label("Mở Tỉnh Hà Giang").click()
    expect(page.get_by_text("Huyện Mèo Vạc")).to_be_visible()
    expect(page).to_have_url(re.compile(r"ngay=2025-06-30&mo=\d+$"))
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true", "the focus stays"
    page.locator(".ap-slider input").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"mo=\d+&ngay=2025-07-01$"))


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("javascript", [True, False])
def test_the_pages_of_the_room_fit_and_work(open_page, width: int, javascript: bool) -> None:
    page = open_page("viewer", width, javascript=javascript)
    for address in (f"{CHART}?ngay=2025-06-30", "/bo-may/?ngay=2025-06-30&ten=ha+giang", f"{CHART}ban-ve/?he=party"):
        page.goto(address)
        assert page.locator("main").bounding_box()["width"] <= width
    page.goto(f"{CHART}?ngay=2025-06-30")
    page.get_by_label("Mở Tỉnh Hà Giang").click()
    expect(page.get_by_text("Huyện Mèo Vạc")).to_be_visible()
    page.get_by_role("link", name="Huyện Mèo Vạc", exact=True).click()
    expect(page.locator("h1")).to_have_text("Huyện Mèo Vạc")
    expect(page.locator("main")).to_contain_text("Tỉnh Hà Giang")
