"""Reading the workbook: cells as they are typed, heads in any order, merged cells, files that are none; timelines."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from bonhoa.apparatus.forms import reading
from bonhoa.apparatus.forms.cells import read
from bonhoa.apparatus.forms.reading import Row, read_book
from bonhoa.apparatus.forms.sheets import PEOPLE, POSITIONS, SHEETS, UNITS
from bonhoa.apparatus.forms.timeline import EVER, NEVER, Piece, clashes, overlay
from bonhoa.apparatus.positions import Skill, WorkLine
from bonhoa.common.errors import InputError

DAY = UNITS.column("valid_from")
HEAD = ["STT", "Tên đơn vị", "Mã đơn vị", "Loại", "Cấp", "Từ ngày", "Đến hết ngày", "Ghi chú"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("01/7/2025", dt.date(2025, 7, 1)),
        (" 1.7.2025 ", dt.date(2025, 7, 1)),
        ("1-7-2025", dt.date(2025, 7, 1)),
        ("2025-07-01", dt.date(2025, 7, 1)),
        ("2025-07-01 00:00:00", dt.date(2025, 7, 1)),
        ("ngày 01 tháng 7 năm 2025", dt.date(2025, 7, 1)),
        (dt.datetime(2025, 7, 1), dt.date(2025, 7, 1)),
        ("29/02/2024", dt.date(2024, 2, 29)),
        ("  ", None),
    ],
)
def test_days_as_officials_type_them(typed: object, day: dt.date | None) -> None:
    assert read(DAY, typed) == day


@pytest.mark.parametrize(
    ("column", "typed", "words"),
    [
        (DAY, "29/02/2025", "không có ngày 29/02/2025"),
        (DAY, "2025", "01/7/2025"),
        (DAY, "1/7/0225", "năm 225"),
        (UNITS.column("code"), "Sở Y tế", "ghi mã"),
        (UNITS.column("level"), "cấp vụ", "trung ương"),
        (UNITS.column("short_name"), "x" * 81, "nhiều nhất 80"),
        (PEOPLE.column("load"), "120", "0 đến 100"),
        (POSITIONS.column("general_skills"), "Soạn thảo", "thiếu mức"),
        (POSITIONS.column("general_skills"), "Tin học: 2\nTin học: 3", "hai lần"),
        (POSITIONS.column("professional_work"), "a|b|c|d|e", "5 phần"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(column: Any, typed: object, words: str) -> None:
    with pytest.raises(InputError, match=words) as error:
        read(column, typed)
    assert error.value.en


def test_lines_of_a_cell() -> None:
    assert read(POSITIONS.column("general_skills"), "Soạn thảo: mức 3\n- Tin học - 2") == (
        Skill("Soạn thảo", 3),
        Skill("Tin học", 2),
    )
    assert read(POSITIONS.column("professional_work"), "A1 | Soạn | Tờ trình") == (
        WorkLine("Soạn", "Tờ trình", "", "A1"),
    )
    assert read(POSITIONS.column("powers"), "–") == ()
    assert read(UNITS.column("level"), " CẤP TỈNH ").value == "province"


def book(lines: list[list[Any]], merged: tuple[str, ...] = ()) -> bytes:
    made = Workbook()
    for line in lines:
        made.worksheets[0].append(line)
    for area in merged:
        made.worksheets[0].merge_cells(area)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rows(data: bytes, name: str = "a.xlsx") -> list[Row]:
    return read_book(data, name).rows


def test_heads_in_any_order_merged_cells_and_trailing_spaces() -> None:
    data = book(
        [
            ["DANH SÁCH ĐƠN VỊ"],
            HEAD,
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
            ["I. KHỐI NHÀ NƯỚC"],
            [1, "Phòng  A ", " A1 ", "cơ quan chuyên môn ", "Cấp tỉnh", "1/7/2025", None, "x"],
            [],
            [2, "Phòng B", 12.0, None, None, dt.datetime(2025, 7, 1), "30/06/2026", None],
        ],
        ("A1:H1", "A4:H4", "D5:D7", "E5:E7"),
    )
    read_ = read_book(data, "a.xlsx")
    assert [(r.number, r.values["code"], r.values["name"], str(r.values["kind"])) for r in read_.rows] == [
        (5, "A1", "Phòng A", "department"),
        (7, "12", "Phòng B", "department"),
    ]
    assert not any(r.faults for r in read_.rows) and "Ghi chú" in read_.notes[0][0]


def test_faults_name_their_cells() -> None:
    data = book(
        [
            HEAD,
            [1, None, "A", "cơ quan chuyên môn", "x", "29/02/2025", None],
            [2, "B", "B", "báo chí", "cấp tỉnh", "2/1/2025", "1/1/2025"],
        ]
    )
    assert [[f.cell for f in row.faults] for row in rows(data)] == [["B2", "E2", "F2"], ["G3"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_delimiter(delimiter: str) -> None:
    text = "\n".join(delimiter.join(line) for line in (HEAD[1:6], ["Phòng A", "A", "báo chí", "cấp tỉnh", "1/7/2025"]))
    for data in (text.encode("utf-8-sig"), text.encode("utf-16")):
        assert rows(data, "donvi.csv")[0].values["valid_from"] == dt.date(2025, 7, 1)


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"%PDF-1.7", "a.xlsx", "not_xlsx"),
        (zipped("word/document.xml", b"<a/>"), "a.xlsx", "not_xlsx"),
        (zipped("xl/workbook.xml", b"<a"), "a.xlsx", "damaged"),
        (b"PK\x03\x04 broken", "a.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "old_excel"),
        ("Mã đơn vị,Tên".encode("utf-16-le"), "a.csv", "encoding"),
        (book([["Mã", "Gì đó"], ["A", "B"]]), "a.xlsx", "no_rows"),
    ],
)
def test_a_bad_file_is_one_sentence(data: bytes, name: str, code: str) -> None:
    with pytest.raises(InputError) as error:
        read_book(data, name)
    assert error.value.code == code


def test_a_sheet_that_breaks_off_is_the_files_fault_and_what_breaks_in_our_hands_is_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = book([["Mã đơn vị", "Tên"], ["A", "Phòng A"]])
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(broken, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, content[: content.index(b"</row>")] if "worksheets/" in part else content)
    with pytest.raises(InputError) as error:
        read_book(broken.getvalue(), "a.xlsx")
    assert error.value.code == "damaged"

    def fault(*_: Any) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr(reading, "recognise", fault)
    with pytest.raises(RuntimeError):
        read_book(whole, "a.xlsx")


def test_what_unpacks_without_bound_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1 << 20)
    with pytest.raises(InputError) as error:
        read_book(zipped("xl/workbook.xml", bytes(2 << 20)), "a.xlsx")
    assert error.value.code == "bomb"


def test_headings_of_a_sheet_are_its_own() -> None:
    for sheet in SHEETS:
        seen = [heading for column in sheet.columns for heading in column.headings()]
        firsts = [c.vi for c in sheet.columns]
        assert len(firsts) == len(set(firsts)) and seen


def piece(start: int, end: int, value: str | None, exact: bool = True, file: bool = False) -> Piece:
    """Years; 0 and 9999 are open."""
    return Piece(
        dt.date(start, 1, 1) if start else EVER,
        dt.date(end, 1, 1) if end < 9999 else NEVER,
        None if value is None else {"v": value},
        exact=exact,
        by_file=file,
    )


# stored, given → what counts afterwards, as (first year, year of the end, value)
TIMELINES: list[tuple[str, list[tuple[int, int, str]], tuple[int, int, str | None], list[tuple[int, int, str]]]] = [
    ("the same", [(2020, 9999, "a")], (2020, 9999, "a"), [(2020, 9999, "a")]),
    ("a correction", [(2020, 9999, "a")], (2020, 9999, "b"), [(2020, 9999, "b")]),
    ("from a day on", [(2020, 9999, "a")], (2023, 9999, "b"), [(2020, 2023, "a"), (2023, 9999, "b")]),
    ("for a time", [(2020, 9999, "a")], (2023, 2024, "b"), [(2020, 2023, "a"), (2023, 2024, "b"), (2024, 9999, "a")]),
    ("an end", [(2020, 9999, "a")], (2020, 2024, "a"), [(2020, 2024, "a")]),
    ("inside the same", [(2020, 9999, "a")], (2022, 2023, "a"), [(2020, 9999, "a")]),
    ("joins its neighbour", [(2020, 2022, "a")], (2022, 9999, "a"), [(2020, 9999, "a")]),
    ("no longer", [(2020, 9999, "a")], (2023, 9999, None), [(2020, 2023, "a")]),
    ("nothing stored", [], (0, 9999, "a"), [(0, 9999, "a")]),
]


@pytest.mark.parametrize(("stored", "given", "after"), [t[1:] for t in TIMELINES], ids=[t[0] for t in TIMELINES])
def test_a_given_piece_over_stored_ones(stored: Any, given: Any, after: Any) -> None:
    outcome = overlay([piece(*s) for s in stored], [piece(*given, file=True)], by_act=True)
    counted = sorted((*outcome.kept, *outcome.new), key=lambda p: p.start)
    wanted = [piece(*a) for a in after]
    assert [(p.start, p.end, p.values) for p in counted] == [(p.start, p.end, p.values) for p in wanted]
    assert not clashes(counted)
    if stored == after:
        assert not outcome.new and not outcome.gone
