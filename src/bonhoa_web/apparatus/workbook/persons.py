"""Which person a row is about: by code, else by what tells people of one name apart, else the importer is asked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from bonhoa.apparatus.forms.reading import Fault, Row
from bonhoa.common.folding import fold
from bonhoa_web.apparatus.models import Person
from bonhoa_web.apparatus.workbook.stored import Stored

_MARKS = ("identity_number", "born")  # what tells people of one name apart
NEW = "+"
"""The answer "somebody who is not recorded yet"."""


@dataclass
class Persons:
    """Row number → code; who is new; and the rows that cannot be told yet, with the codes to choose from."""

    of_row: dict[int, str] = field(default_factory=dict)
    known: dict[str, Person] = field(default_factory=dict)  # code → record, unsaved for a new one
    filled: set[str] = field(default_factory=set)  # codes of those of whom the file tells what was not recorded
    faults: dict[int, Fault] = field(default_factory=dict)
    asked: dict[int, tuple[Fault, list[str]]] = field(default_factory=dict)


def tell_apart(rows: Mapping[int, Row], stored: Stored, answers: Mapping[str, str], prefix: str) -> Persons:
    """Who the rows of the sheet of people are about. `answers`: row number as text → a code or NEW; a new person
    without a code gets one of `prefix` and the row."""
    persons = Persons(known=dict(stored.people))
    named: dict[str, dict[str, Person]] = defaultdict(dict)
    for name, namesakes in stored.namesakes.items():
        named[name] = {person.code: person for person in namesakes}
    coded = [n for n, row in rows.items() if row.values.get("person")]
    for number in (*coded, *(n for n in rows if n not in set(coded))):
        row = rows[number]
        here = _described(row)
        code = row.values.get("person")
        if fault := _not_theirs(row, here, stored):
            persons.faults[number] = fault
            continue
        if code is None:
            code = _by_marks(here, named[here.folded]) or answers.get(str(number))
            if code is None and named[here.folded]:
                persons.asked[number] = (
                    _namesakes(row, here, len(named[here.folded])),
                    [*named[here.folded], NEW],
                )
                continue
            if code in (None, NEW):
                code = f"{prefix}-{number}"
        person = persons.known.get(code) or named[here.folded].get(code)
        if person is None:
            here.code = code
            person = here
        elif fault := _differs(row, here, person):
            persons.faults[number] = fault
            continue
        for mark in _MARKS:
            if getattr(here, mark) and not getattr(person, mark):
                setattr(person, mark, getattr(here, mark))
                persons.filled.add(code)
        persons.known[code] = named[here.folded][code] = person
        persons.of_row[number] = code
    return persons


def _not_theirs(row: Row, here: Person, stored: Stored) -> Fault | None:
    """What this importer may not write: people of other units, and sealed data unless a personnel officer does."""
    if row.values.get("person") in stored.elsewhere:
        code = row.values["person"]
        return Fault(
            row.cell("person"),
            f"Người có mã {code} đang giữ vị trí chính thức ở đơn vị khác; việc điều động do đơn vị đó ghi trước.",
            f"The person of code {code} officially holds a post in another unit; that unit records the transfer first.",
        )
    mark = next((m for m in _MARKS if getattr(here, m)), None)
    if mark is not None and not stored.seals:
        return Fault(
            row.cell(mark),
            "Ngày sinh, số định danh chỉ cán bộ tổ chức của đơn vị mới được ghi; hãy để trống hoặc nhờ người đó nhập.",
            "Day of birth and identity number are written by the unit's personnel officer only; leave them empty or "
            "let that officer import.",
        )
    return None


def _described(row: Row) -> Person:
    born, name = row.values.get("born"), row.values["full_name"]
    return Person(
        full_name=name,
        folded=fold(name)[:120],
        born=born.isoformat() if isinstance(born, dt.date) else "",
        identity_number=row.values.get("identity_number") or "",
    )


def _by_marks(here: Person, namesakes: Mapping[str, Person]) -> str | None:
    """The code of the namesake with this identity number or day of birth; NEW if both are known of all and differ."""
    for mark in _MARKS:
        value = getattr(here, mark)
        alike = [code for code, person in namesakes.items() if value and getattr(person, mark) == value]
        if len(alike) == 1:
            return alike[0]
        if value and namesakes and not alike and all(getattr(person, mark) for person in namesakes.values()):
            return NEW
    return None


def _differs(row: Row, here: Person, person: Person) -> Fault | None:
    """What makes the person of this code somebody else."""
    if person.folded != here.folded:
        return Fault(
            row.cell("person"),
            f"Mã {person.code} là của {person.full_name}, không phải {here.full_name}; hãy sửa mã hoặc họ tên.",
            f"The code {person.code} is {person.full_name}'s, not {here.full_name}'s; correct the code or the name.",
        )
    for mark in _MARKS:
        if getattr(here, mark) and getattr(person, mark) and getattr(here, mark) != getattr(person, mark):
            return Fault(
                row.cell(mark),
                f"Người có mã {person.code} đã ghi {'ngày sinh' if mark == 'born' else 'số định danh'} khác; nếu là "
                "người khác cùng tên hãy ghi mã khác.",
                f"The person of code {person.code} is recorded with another {mark.replace('_', ' ')}; give somebody "
                "else of that name another code.",
            )
    return None


def _namesakes(row: Row, here: Person, count: int) -> Fault:
    return Fault(
        row.cell("full_name"),
        f"Đã có {count} người tên {here.full_name}; hãy chọn đúng người, hoặc ghi Mã cán bộ trong tệp.",
        f"{count} of the name {here.full_name} are known; choose who it is, or write the staff code in the file.",
    )
