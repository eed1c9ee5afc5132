"""A workbook, a CSV or a zip of CSVs as rows: heads in any order, merged cells filled, every fault with its cell."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from bonhoa.apparatus.forms import cells
from bonhoa.apparatus.forms.sheets import GUIDES, SHEETS, Column, Sheet, recognise
from bonhoa.common.errors import InputError

MOST_ROWS = 200_000
MOST_BYTES = 400 * 1024 * 1024  # of all parts together when unpacked
_HEAD_WITHIN = 30  # rows at the top of a sheet in which its head is looked for
_WIDEST = 200  # columns that are looked at
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_CHUNK = 1 << 20
Grid = Iterable[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell (`cell` as "C12", "" = the whole row)."""

    cell: str
    vi: str
    en: str


@dataclass(slots=True)
class Row:
    """A row as read: `values` has a key for each column that the head names, None where the cell is empty."""

    sheet: str
    title: str  # what the file calls the sheet
    number: int
    values: dict[str, Any]
    letters: dict[str, str]  # column → its letter
    faults: list[Fault] = field(default_factory=list)

    def cell(self, key: str) -> str:
        """The address of the cell of a column; "" if the head has no such column."""
        return f"{self.letters[key]}{self.number}" if key in self.letters else ""


@dataclass(slots=True)
class Book:
    """All rows of a file, in its order, and what was passed over (Vietnamese, English)."""

    rows: list[Row] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def read_book(data: bytes, name: str, tell: Callable[[int], None] = lambda rows: None) -> Book:
    """The rows of an uploaded file; `tell` hears how many were read, now and then.

    Raises InputError, one sentence, for what is no xlsx, CSV or zip of CSVs, unpacks without bound, holds no sheet that
    is recognised, or too many rows."""
    book = Book()
    if data[:4] == b"PK\x03\x04":
        names = _members(data, name)
        if "xl/workbook.xml" in names:
            _read_xlsx(data, name, book, tell)
        elif any(n.lower().endswith(".csv") for n in names):
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                for n in names:
                    if n.lower().endswith(".csv"):
                        _read_sheet(_csv(package.read(n), n), n.rsplit("/", 1)[-1].removesuffix(".csv"), book, tell)
        else:
            raise _no_table(name)
    elif data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise InputError(
            "old_excel",
            f"Tệp “{name}” là Excel kiểu cũ (.xls) hoặc có mật khẩu; hãy mở bằng Excel, bỏ mật khẩu và lưu dạng .xlsx.",
            f'"{name}" is an old .xls or has a password; open it in Excel, remove the password and save it as .xlsx.',
        )
    elif name.lower().endswith((".csv", ".txt", ".tsv")):
        _read_sheet(_csv(data, name), name.rsplit(".", 1)[0], book, tell)
    else:
        raise _no_table(name)
    if not book.rows:
        wanted = ", ".join(f"“{s.vi}”" for s in SHEETS)
        raise InputError(
            "no_rows",
            f"Tệp “{name}” không có dòng dữ liệu nào dưới hàng tiêu đề của các trang {wanted}; hãy dùng mẫu để nhập.",
            f'"{name}" has no row of data under a head of the sheets that are known; fill in the template.',
        )
    return book


def _no_table(name: str) -> InputError:
    return InputError(
        "not_xlsx",
        f"Tệp “{name}” không phải bảng Excel (.xlsx) hay CSV; hãy tải mẫu, điền rồi tải lên.",
        f'"{name}" is no Excel workbook (.xlsx) and no CSV; take the template, fill it in and upload it.',
    )


def _damaged(name: str) -> InputError:
    return InputError(
        "damaged",
        f"Tệp “{name}” bị hỏng, không mở được; hãy mở bằng Excel, lưu lại rồi tải lên.",
        f'"{name}" is damaged and cannot be opened; open it in Excel, save it again and upload it.',
    )


def _members(data: bytes, name: str) -> list[str]:
    """The names in a zip, whose parts are unpacked once to see that they are as small as they say."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for member in package.infolist():
                if member.flag_bits & 1:
                    raise _damaged(name)
                with package.open(member) as part:
                    while chunk := part.read(_CHUNK):
                        total += len(chunk)
                        if total > MOST_BYTES:
                            raise InputError(
                                "bomb",
                                f"Tệp “{name}” bung ra quá {MOST_BYTES >> 20} MB nên không mở; hãy chia nhỏ tệp.",
                                f'"{name}" unpacks to more than {MOST_BYTES >> 20} MB and was not opened; split it.',
                            )
            return package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise _damaged(name) from None


def _read_xlsx(data: bytes, name: str, book: Book, tell: Callable[[int], None]) -> None:
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception:  # noqa: BLE001 (openpyxl raises whatever its parsers do)
        raise _damaged(name) from None
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for sheet in workbook.worksheets:
            if sheet.title in GUIDES:
                continue
            sheet.reset_dimensions()  # what a file says of its size may be wrong
            merged = _merged(package, sheet._worksheet_path)  # type: ignore[attr-defined]
            _read_sheet(_rows(sheet, name), sheet.title, book, tell, merged)


def _rows(sheet: Any, name: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet; only a fault while they are parsed is the file's, one while they are used is ours."""
    try:
        yield from sheet.iter_rows(max_col=_WIDEST, values_only=True)
    except Exception:  # noqa: BLE001 (openpyxl raises whatever its parsers do)
        raise _damaged(name) from None


def _merged(package: zipfile.ZipFile, path: str) -> list[tuple[int, int, int, int]]:
    """The merged ranges of a sheet as (first column, first row, last column, last row), which read-only sheets lack."""
    found, tail = [], b""
    with package.open(path.lstrip("/")) as part:
        while chunk := part.read(_CHUNK):
            text = tail + chunk
            found += [m[1].decode() for m in _MERGED.finditer(text)]
            cut = max(text.rfind(b">") + 1, len(text) - 1000)  # an element that is cut is read with what follows
            tail = text[cut:]
    return [range_boundaries(ref) for ref in found]  # type: ignore[misc]


def _csv(data: bytes, name: str) -> Iterator[tuple[Any, ...]]:
    encoding = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise InputError(
            "encoding",
            f"Tệp “{name}” không lưu theo UTF-8; trong Excel hãy chọn lưu dạng “CSV UTF-8” rồi tải lên.",
            f'"{name}" is not saved as UTF-8; choose "CSV UTF-8" when you save it in Excel, then upload it.',
        ) from None
    first = "\n".join(text.splitlines()[:_HEAD_WITHIN])
    delimiter = max(",;\t", key=first.count)
    try:
        yield from (tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise _damaged(name) from None


def _read_sheet(
    grid: Grid,
    title: str,
    book: Book,
    tell: Callable[[int], None],
    merged: list[tuple[int, int, int, int]] | None = None,
) -> None:
    """Add the rows of one sheet to the book; a sheet without a head that is known is told and passed over."""
    head: tuple[Sheet, dict[int, Column]] | None = None
    down, across = _covered(merged or [])
    above: dict[int, Any] = {}  # column → what its merged cell says
    read = 0
    for number, line in enumerate(grid, start=1):
        if head is None:
            if number > _HEAD_WITHIN:
                break
            head = recognise(line)
            if head is not None:
                book.notes += _unknown(title, line, head[1])
            continue
        if (number in across and across[number] * 2 >= len(head[1])) or not any(
            not (v is None or (isinstance(v, str) and not v.strip())) for v in line
        ):
            continue  # a heading across the table, or nothing
        values = list(line)
        for at in down.get(number, ()):
            begins, column = at
            if begins == number:
                above[column] = values[column] if column < len(values) else None
            elif column < len(values):
                values[column] = above.get(column)
        if _is_numbering(values, head[1]):
            continue
        book.rows.append(_row(head[0], head[1], title, number, values))
        read += 1
        if read % 1000 == 0:
            tell(len(book.rows))
        if len(book.rows) > MOST_ROWS:
            raise InputError(
                "too_many",
                f"Tệp có hơn {MOST_ROWS:,} dòng; hãy chia nhỏ.".replace(",", "."),
                f"The file has more than {MOST_ROWS:,} rows; split it.",
            )
    if head is None:
        book.notes.append(
            (
                f"Trang “{title}” không có hàng tiêu đề nhận ra được nên không đọc.",
                f'The sheet "{title}" has no head that is known and was passed over.',
            )
        )


def _covered(
    merged: list[tuple[int, int, int, int]],
) -> tuple[dict[int, list[tuple[int, int]]], dict[int, int]]:
    """Row → (first row, 0-based column) of the merged cells that run down through it; row → the widest one across."""
    down: dict[int, list[tuple[int, int]]] = {}
    across: dict[int, int] = {}
    for left, top, right, bottom in merged:
        if right > left:
            across[top] = max(across.get(top, 0), right - left + 1)
        if bottom > top:
            for number in range(top, min(bottom, top + MOST_ROWS) + 1):
                down.setdefault(number, []).append((top, left - 1))
    return down, across


def _unknown(title: str, line: tuple[Any, ...], known: dict[int, Column]) -> list[tuple[str, str]]:
    others = [cells.clean(c) for i, c in enumerate(line) if i not in known and c is not None and cells.clean(c)]
    others = [c for c in others if c.lower() not in ("stt", "tt", "no.", "no")]
    if not others:
        return []
    listed = ", ".join(f"“{c[:40]}”" for c in others)
    return [(f"Trang “{title}”: không dùng các cột {listed}.", f'Sheet "{title}": the columns {listed} are not used.')]


def _is_numbering(values: list[Any], known: dict[int, Column]) -> bool:
    """True for the row "(1) (2) (3)" that forms print under their head."""
    said = [cells.clean(values[i]) for i in known if i < len(values) and values[i] is not None]
    return len(said) > 2 and all(re.fullmatch(r"\(\d+\)", text) for text in said)


def _row(sheet: Sheet, known: dict[int, Column], title: str, number: int, values: list[Any]) -> Row:
    letters = {column.key: get_column_letter(at + 1) for at, column in known.items()}
    row = Row(sheet.key, title, number, {}, letters)
    for at, column in known.items():
        raw = values[at] if at < len(values) else None
        try:
            row.values[column.key] = cells.read(column, raw)
        except InputError as error:
            row.values[column.key] = None
            row.faults.append(Fault(row.cell(column.key), f"{column.vi}: {error.vi}.", f"{column.en}: {error.en}."))
            continue
        if column.required and row.values[column.key] in (None, "", ()):
            row.faults.append(
                Fault(
                    row.cell(column.key),
                    f"{column.vi}: ô trống; hãy điền.",
                    f"{column.en}: the cell is empty; fill it in.",
                )
            )
    first, last = row.values.get("valid_from"), row.values.get("valid_to")
    if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
        row.faults.append(
            Fault(
                row.cell("valid_to"),
                f"Đến hết ngày {last:%d/%m/%Y} trước Từ ngày {first:%d/%m/%Y}; hãy sửa một trong hai.",
                f"The last day {last:%d/%m/%Y} is before the first, {first:%d/%m/%Y}; correct one of them.",
            )
        )
    return row
