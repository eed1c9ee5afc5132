"""A whole review by keys, the link between row and words, saving on leaving a form, and what assistive tools need."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

LINES = """ỦY BAN NHÂN DÂN
TỈNH SÔNG TRĂNG
Số: {number}/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Trăng, ngày {day:%d} tháng {day:%m} năm {day:%Y}
KẾ HOẠCH
Chống sạt lở bờ sông
Ủy ban nhân dân tỉnh ban hành Kế hoạch chống sạt lở bờ sông với các nội dung sau:
I. MỤC ĐÍCH
1. Bờ sông an toàn.
II. NHIỆM VỤ
1. Sở Xây dựng xây dựng Đề án kè chống sạt lở, trình Ủy ban nhân dân tỉnh trước ngày {due:%d/%m/%Y}.
2. Giao Sở Nội vụ và Sở Tài chính xây dựng Phương án bố trí kinh phí, hoàn thành trước ngày {due:%d/%m/%Y}.
3. Sở Y tế kiểm tra các trạm y tế ven sông và lập Danh sách trạm phải di dời trước ngày {due:%d/%m/%Y}.
4. Sở Xây dựng rà soát các bến thuyền không phép trước ngày {due:%d/%m/%Y}.
5. Công an tỉnh kiểm tra tàu khai thác cát hằng tháng.
"""


def plan_of(page: Page, tmp_path: Path, number: int) -> str:
    """Upload the directive, make its plan; the address of the review."""
    today = dt.date.today()
    path = tmp_path / f"ke-hoach-{number}.txt"
    path.write_text(LINES.format(number=number, day=today, due=today + dt.timedelta(days=40)), encoding="utf-8")
    page.goto("/van-ban/tai-len/")
    page.set_input_files("input[name=files]", str(path))
    page.click("main form[enctype] button[type=submit]")
    page.wait_for_url(re.compile(r"/van-ban/\d+/$"))
    button = page.get_by_role("button", name="Lập bảng phân công")
    for _ in range(40):
        if button.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    button.click()
    page.wait_for_url(re.compile(r"/thuc-hien/ke-hoach/\d+/$"))
    return page.url


def row(page: Page, words: str):
    """The row whose task has these words; other rows may quote them where they tell of work given alike."""
    return page.locator(".rv-row", has=page.locator(".rv-what", has_text=words))


def test_a_whole_review_by_keys(open_page, tmp_path: Path) -> None:
    page = open_page("specialist")
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    plan_of(page, tmp_path, 931)
    keys = page.keyboard

    keys.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    keys.press("Escape")

    # j to the first row: its words light up beside it
    keys.press("j")
    expect(row(page, "Đề án kè")).to_be_focused()
    expect(page.locator("#van-ban .m-task.on").first).to_contain_text("Sở Xây dựng")
    keys.press("a")  # agreed; the focus goes on
    expect(row(page, "Đề án kè").locator(".rv-sure-seen")).to_be_visible()
    expect(row(page, "Phương án bố trí")).to_be_focused()

    # two leads: the first way out
    keys.press("1")
    expect(page.locator(".rv-blocking")).to_have_count(0)
    expect(row(page, "Phương án bố trí")).to_be_focused()

    # split at a place of the words; limit and product stay with theirs
    keys.press("j")
    keys.press("s")
    place = row(page, "trạm y tế").locator(".rv-split-form input[name=at]")
    expect(place.first).to_be_focused()
    keys.press("Space")
    keys.press("Enter")
    expect(page.locator(".rv-row")).to_have_count(6)
    expect(page.locator("#van-ban .m-task[data-task]").nth(3)).to_be_visible()

    # merged again, then undone and redone
    row(page, "lập Danh sách trạm").focus()
    keys.press("m")
    expect(page.locator(".rv-row")).to_have_count(5)
    keys.press("u")
    expect(page.locator(".rv-row")).to_have_count(6)
    keys.press("r")
    expect(page.locator(".rv-row")).to_have_count(5)

    # a deadline, saved by leaving the form
    row(page, "bến thuyền").focus()
    keys.press("d")
    due = row(page, "bến thuyền").locator("input[name=due_on]")
    expect(due).to_be_focused()
    due.fill("2030-03-31")
    page.locator("#van-ban").focus()
    expect(row(page, "bến thuyền")).to_contain_text("31/03/2030")

    # a lead typed, left by Escape: nothing is saved
    row(page, "bến thuyền").focus()
    keys.press("l")
    lead = row(page, "bến thuyền").locator("input[name=lead]")
    expect(lead).to_be_focused()
    lead.fill("Sở Y tế")
    keys.press("Escape")
    expect(row(page, "bến thuyền").locator("form.rv-edit-form")).to_have_count(0)
    expect(row(page, "bến thuyền")).to_contain_text("Sở Xây dựng")

    # dropped with its reason
    row(page, "tàu khai thác cát").focus()
    keys.press("x")
    keys.type("đã giao ở văn bản khác")
    keys.press("Enter")
    expect(page.locator(".rv-row")).to_have_count(4)

    # search, from the keyboard
    keys.press("/")
    keys.type("ben thuyen")
    keys.press("Enter")
    expect(page.locator(".rv-row")).to_have_count(1)
    assert not faults


def test_words_and_rows_light_up_together(open_page, tmp_path: Path) -> None:
    page = open_page("specialist")
    plan_of(page, tmp_path, 932)
    words = page.locator("#van-ban .m-task", has_text="bến thuyền").first
    words.hover()
    expect(row(page, "bến thuyền")).to_have_class(re.compile("near"))
    row(page, "Đề án kè").hover()
    expect(page.locator("#van-ban .m-task.near").first).to_be_visible()
    words.click()
    expect(row(page, "bến thuyền")).to_be_focused()


def test_two_people_and_one_row(open_page, tmp_path: Path) -> None:
    first = open_page("specialist")
    address = plan_of(first, tmp_path, 933)
    second = open_page("leader")
    second.goto(address)
    row(second, "bến thuyền").locator(".rv-edit").click()
    row(second, "bến thuyền").locator("textarea[name=deliverable]").fill("Danh mục bến thuyền")
    row(first, "bến thuyền").locator(".rv-edit").click()
    row(first, "bến thuyền").locator("textarea[name=deliverable]").fill("Báo cáo rà soát")
    row(first, "bến thuyền").get_by_role("button", name="Lưu").click()
    expect(row(first, "bến thuyền")).to_contain_text("Báo cáo rà soát")
    row(second, "bến thuyền").get_by_role("button", name="Lưu").click()
    expect(row(second, "bến thuyền").locator("[role=alert]")).to_contain_text("vừa sửa dòng này")
    expect(row(second, "bến thuyền").locator("textarea[name=deliverable]")).to_have_value("Danh mục bến thuyền")


# What axe-core checks first, asked of the page itself: names, labels, roles, one main heading, unique ids.
BASICS = """() => {
  const faults = [], seen = new Set(), named = (e) => (e.getAttribute("aria-label") || e.title || e.textContent || "").trim()
    || (e.getAttribute("aria-labelledby") && document.getElementById(e.getAttribute("aria-labelledby")));
  for (const e of document.querySelectorAll("[id]")) { if (seen.has(e.id)) faults.push("id twice: " + e.id); seen.add(e.id); }
  for (const e of document.querySelectorAll("button, a[href], summary")) if (!named(e) && !e.querySelector("img[alt]")) faults.push("no name: " + e.outerHTML.slice(0, 90));
  for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (!(e.labels && e.labels.length) && !e.getAttribute("aria-label")) faults.push("no label: " + e.outerHTML.slice(0, 90));
  if (document.querySelectorAll("h1").length !== 1) faults.push("h1: " + document.querySelectorAll("h1").length);
  for (const e of document.querySelectorAll("nav, dialog, [role=search]")) if (!e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby") && e.getAttribute("role") !== "search") faults.push("nav without a name");
  for (const e of document.querySelectorAll("ol, ul")) for (const c of e.children) if (c.tagName !== "LI") faults.push("list with " + c.tagName);
  for (const e of document.querySelectorAll("label[for]")) if (!document.getElementById(e.htmlFor)) faults.push("label for nothing: " + e.htmlFor);
  return faults;
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_basics_for_assistive_tools(open_page, tmp_path: Path, width: int) -> None:
    page = open_page("specialist", width)
    address = plan_of(page, tmp_path, 940 + width % 7)
    for tail in ("", "?loc=chua-chac", "hang-loat/", "so-sanh/"):
        page.goto(address + tail)
        assert page.evaluate(BASICS) == [], tail
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tail
    page.goto(address)
    first = page.locator(".rv-row").first
    first.locator(".rv-edit").click()
    expect(first.locator("form.rv-edit-form")).to_be_visible()
    assert page.evaluate(BASICS) == []
    first.focus()
    outline = first.evaluate("e => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth")
    assert outline == "solid3px"  # where the focus is can be seen


def test_the_review_works_without_scripts(open_page, tmp_path: Path) -> None:
    page = open_page("specialist", javascript=False)
    address = plan_of(page, tmp_path, 951)
    row(page, "trạm y tế").locator(".rv-split").click()
    page.locator("input[name=at]").first.check()
    page.get_by_role("button", name="Tách làm hai").click()
    expect(page.locator(".rv-row")).to_have_count(6)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".rv-row")).to_have_count(5)
    page.goto(address + "hang-loat/")
    expect(page.locator("h1")).to_contain_text("Xử lý hàng loạt")
