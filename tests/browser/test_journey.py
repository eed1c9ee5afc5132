"""The whole way in Chromium: a directive comes in, becomes a plan, is approved, carried out, verified and counted."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
# `BONHOA_PICTURES=1 make browser` renews the pictures of the docs; otherwise a run leaves no trace in the tree.
PICTURES = ROOT / "docs/images" if os.environ.get("BONHOA_PICTURES") else None


def directive(today: dt.date) -> bytes:
    """A plan of the demo's province, written for this test: three rows are clear, one has two leads."""
    due = today + dt.timedelta(days=30)
    lines = [
        "ỦY BAN NHÂN DÂN",
        "TỈNH SÔNG TRĂNG",
        "Số: 912/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        f"Sông Trăng, ngày {today.day:02d} tháng {today.month:02d} năm {today.year}",
        "KẾ HOẠCH",
        "Chỉnh trang hè phố và bến thuyền trên địa bàn tỉnh",
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch chỉnh trang hè phố và bến thuyền với các nội dung sau:",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Phố phường sạch đẹp, bến thuyền an toàn.",
        "II. NHIỆM VỤ",
        "1. Sở Xây dựng",
        f"a) Chủ trì, phối hợp với Công an tỉnh xây dựng Đề án chỉnh trang hè phố, trình Ủy ban nhân dân tỉnh "
        f"trước ngày {due:%d/%m/%Y}.",
        "b) Rà soát các bến thuyền không phép trên địa bàn tỉnh.",
        f"2. Sở Y tế tổ chức kiểm tra vệ sinh các chợ ven sông, hoàn thành trước ngày {due:%d/%m/%Y}.",
        f"3. Giao Sở Nội vụ và Sở Tài chính xây dựng Phương án bố trí kinh phí, hoàn thành trước ngày {due:%d/%m/%Y}.",
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Văn phòng Ủy ban nhân dân tỉnh theo dõi, đôn đốc việc thực hiện Kế hoạch này./.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Nguyễn Hữu Vinh",
    ]
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def picture(page: Page, name: str) -> None:
    if PICTURES is not None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png")


@pytest.fixture(scope="module")
def today() -> dt.date:
    return dt.date.today()


def test_from_upload_to_a_verified_task(open_page, tmp_path: Path, today: dt.date) -> None:
    path = tmp_path / "ke-hoach-912.docx"
    path.write_bytes(directive(today))

    # the specialist brings the directive in, and the server's own worker reads it
    page = open_page("specialist")
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
    review = page.url
    expect(page.locator("#counters")).to_contain_text("nhiệm vụ")
    expect(page.locator("#van-ban .m-lead").first).to_be_visible()

    # words and rows are linked both ways
    page.locator("#van-ban .m-task").first.click()
    expect(page.locator(".rv-row.on")).to_have_count(1)

    # one click makes one lead of two; the other cooperates
    blocked = page.locator(".rv-blocking", has_text="Phương án bố trí kinh phí")
    picture(page, "review")
    blocked.get_by_role("button", name=re.compile("Sở Tài chính")).first.click()
    expect(page.locator(".rv-blocking")).to_have_count(0)
    solved = page.locator(".rv-row", has_text="Phương án bố trí kinh phí")
    expect(solved).to_contain_text("Sở Nội vụ")

    # a row is corrected in place: its deadline
    row = page.locator(".rv-row", has_text="bến thuyền không phép")
    row.locator(".rv-edit").click()
    row.locator("input[name=due_on]").fill((today + dt.timedelta(days=45)).isoformat())
    row.locator("textarea[name=deliverable]").fill("Danh sách bến thuyền không phép")
    row.get_by_role("button", name="Lưu").click()
    expect(page.locator(".rv-row", has_text="bến thuyền không phép")).to_contain_text(
        (today + dt.timedelta(days=45)).strftime("%d/%m/%Y")
    )
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.locator(".badge", has_text="chờ duyệt").first).to_be_visible()

    # the leader finds it among the work of the day and approves
    leader = open_page("leader")
    leader.goto("/")
    expect(leader.locator("main")).to_contain_text("912/KH-UBND")
    leader.goto(review)
    leader.get_by_label("Tôi đã xem các dòng của bảng").check()
    leader.get_by_role("button", name="Duyệt và giao nhiệm vụ").click()
    leader.wait_for_url(re.compile(r"/thuc-hien/chi-dao/\d+/$"))
    directive_url = leader.url
    before = leader.locator("main").inner_text()

    # the unit's officer receives and reports with a file
    officer = open_page("officer")
    officer.goto("/")
    officer.get_by_role("link", name=re.compile("Đề án chỉnh trang hè phố")).first.click()
    officer.wait_for_url(re.compile(r"/thuc-hien/nhiem-vu/\d+/"))
    task_url = officer.url
    officer.get_by_role("button", name="Tiếp nhận").click()
    report = officer.locator("form", has=officer.locator("textarea[name$=text]"), has_not_text="Gửi ý kiến")
    summary = officer.locator("summary", has_text="Báo cáo").first
    summary.click()
    evidence = tmp_path / "de-an.txt"
    evidence.write_text("Đề án chỉnh trang hè phố, bản trình.", encoding="utf-8")
    report.locator("textarea").first.fill("Đã trình Đề án ngày hôm nay.")
    report.locator("input[type=file]").first.set_input_files(str(evidence))
    report.locator("input[type=checkbox][name$=completes]").check()
    report.get_by_role("button", name="Ghi nhận").click()
    expect(officer.locator("main")).to_contain_text("de-an.txt")
    expect(officer.locator("main")).to_contain_text("chờ xác nhận")

    # the leader verifies; only now does the directive's figure change
    leader.goto(task_url)
    leader.locator("summary", has_text="Xác nhận").first.click()
    leader.locator("details[open] form").get_by_role("button", name="Ghi nhận").click()
    expect(leader.locator("main")).to_contain_text("hoàn thành đúng hạn")
    picture(leader, "task")
    leader.goto(directive_url)
    assert leader.locator("main").inner_text() != before
    expect(leader.locator("main")).to_contain_text("hoàn thành đúng hạn")
    picture(leader, "directive")

    # and the table goes out as a workbook
    with leader.expect_download() as download:
        leader.evaluate(
            "url => { const a = document.createElement('a'); a.href = url; a.download = '';"
            " document.body.append(a); a.click(); }",
            f"{directive_url}?xuat=xlsx",
        )
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    cells = [str(c.value) for line in book.active.iter_rows() for c in line if c.value]
    assert any("Đề án chỉnh trang hè phố" in c for c in cells)


PAGES = [
    "/",
    "/van-ban/",
    "/van-ban/tai-len/",
    "/bo-may/",
    "/thuc-hien/",
    "/thuc-hien/ke-hoach/",
    "/thuc-hien/nhiem-vu/",
    "/bao-cao/",
    "/bao-cao/so-van-ban-den/",
]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("javascript", [True, False])
def test_pages_fit_and_speak(open_page, width: int, javascript: bool) -> None:
    """No page scrolls sideways, fails, or logs an error, wide and narrow, with and without JavaScript."""
    page = open_page("specialist", width, javascript=javascript)
    faults: list[str] = []
    page.on("console", lambda m: faults.append(f"{page.url}: {m.text}") if m.type == "error" else None)
    page.on("response", lambda r: faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    for address in PAGES:
        page.goto(address)
        expect(page.locator("h1")).not_to_be_empty()
        if javascript:
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert not faults


def test_english_is_one_click_away(open_page) -> None:
    page = open_page("specialist", language="en")  # what the browser prefers is not asked
    page.goto("/thuc-hien/nhiem-vu/")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("nav[aria-label]").first).to_contain_text("Documents")
