"""What an import would do: each row added, changed, unchanged, asked about or refused, and the rows to be written.

Nothing is written here. Rows are refused until what is left can stand: by itself, beside what is stored, and together
with the others; a row that rests on a refused one is refused with it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bonhoa.apparatus.forms.reading import Book, Fault, Row
from bonhoa.apparatus.forms.sheets import Sheet, sheet
from bonhoa.apparatus.forms.timeline import EVER, NEVER, Outcome, Piece, overlay, without
from bonhoa.common.folding import fold
from bonhoa.common.labels import Labelled
from bonhoa_web.apparatus.models import JobNeed, PositionVersion, PostVersion, Unit
from bonhoa_web.apparatus.models.imports import Verdict
from bonhoa_web.apparatus.workbook import checks
from bonhoa_web.apparatus.workbook.facts import PRINCIPAL, SKILLS, SPECS, Fact, facts_of
from bonhoa_web.apparatus.workbook.persons import Persons, tell_apart
from bonhoa_web.apparatus.workbook.stored import Key, Stored, canonical, load_people, load_rows

Tell = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of a row: in words, with the cell where something is wrong and the choices of a question."""

    number: int
    row: Row
    verdict: Verdict
    cell: str = ""
    vi: str = ""
    en: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass
class Plan:
    """Every row of the file with its verdict, and what is to be written if it goes ahead."""

    lines: list[Line]
    outcomes: dict[type, dict[Key, Outcome]]
    rows: dict[int, Row]  # those that stand
    persons: Persons
    stored: Stored

    def count(self, verdict: Verdict) -> int:
        """How many rows have that verdict."""
        return sum(1 for line in self.lines if line.verdict is verdict)


def make(
    book: Book,
    unit: Unit,
    answers: Mapping[str, str],
    prefix: str,
    tell: Tell = lambda vi, en: None,
    seals: bool = False,
    *,
    may_reach: checks.MayReach,
) -> Plan:
    """The plan for a book, imported for `unit` and those below it; `answers` say who is meant where it was asked;
    `seals`: the importer may write what is stored sealed of people; `may_reach`: in which places mandates."""
    everything = dict(enumerate(book.rows, start=1))
    faults: dict[int, Fault] = {n: row.faults[0] for n, row in everything.items() if row.faults}
    more = {n: row.faults[1:] for n, row in everything.items() if len(row.faults) > 1}
    rows = {n: row for n, row in everything.items() if n not in faults}
    people = {n: row for n, row in rows.items() if row.sheet == "people"}
    stored = load_people(
        {row.values["person"] for row in rows.values() if row.values.get("person")},
        {fold(row.values["full_name"])[:120] for row in people.values()},
        unit,
        seals,
    )
    persons = tell_apart(people, stored, answers, prefix)
    faults |= persons.faults
    rows = {n: row for n, row in rows.items() if n not in faults and n not in persons.asked}
    facts = {n: list(facts_of(row, n, persons.of_row.get(n))) for n, row in rows.items()}
    tell("đối chiếu với dữ liệu đã có", "comparing with what is stored")
    load_rows([fact for of_row in facts.values() for fact in of_row], stored)
    _add_needs(facts, rows, stored)
    outcomes: dict[type, dict[Key, Outcome]] = {}
    while True:
        used = {persons.of_row[n] for n in rows if n in persons.of_row}
        fresh = checks.references(rows, everything, stored, used)
        if not fresh:
            standing = [fact for n in rows for fact in facts[n]]
            outcomes, fresh = _laid_over(standing, rows, stored)
            fresh = fresh or checks.others(outcomes, standing, rows, stored, may_reach)
            fresh = fresh or checks.rules(outcomes, rows, stored) | checks.circles(outcomes, rows, stored)
        if not fresh:
            break
        faults |= fresh
        rows = {n: row for n, row in rows.items() if n not in fresh}
    tell("soạn bản xem trước", "writing the preview")
    lines = []
    for number, row in everything.items():
        if number in faults:
            every = [faults[number], *more.get(number, [])]
            lines.append(
                Line(
                    number,
                    row,
                    Verdict.REFUSED,
                    every[0].cell,
                    " ".join(_placed(f, every, f.vi) for f in every),
                    " ".join(_placed(f, every, f.en) for f in every),
                )
            )
        elif number in persons.asked:
            fault, choices = persons.asked[number]
            lines.append(Line(number, row, Verdict.ASKED, fault.cell, fault.vi, fault.en, choices))
        else:
            lines.append(_told(number, row, facts[number], outcomes, stored))
    return Plan(lines, outcomes, rows, persons, stored)


def _placed(fault: Fault, every: list[Fault], words: str) -> str:
    return f"[{fault.cell}] {words}" if len(every) > 1 and fault.cell else words


def _add_needs(facts: dict[int, list[Fact]], rows: Mapping[int, Row], stored: Stored) -> None:
    """Section VI of a position's description is also what its holder needs; a skill that it names no longer ends."""
    needed: dict[str, list[Key]] = defaultdict(list)
    for key in stored.pieces[JobNeed]:
        needed[str(key[0])].append(key)
    for number, row in rows.items():
        if row.sheet != "positions" or all(row.values.get(key) is None for key in SKILLS):
            continue
        whole = facts[number][0]
        near = _near(stored.of(PositionVersion, whole.key), whole.start or EVER)
        before = ((near.values if near else None) or {}).get("description") or {}
        told = (whole.values or {}).get("description", {})
        levels = {skill["name"]: skill["level"] for key in SKILLS for skill in told.get(key, before.get(key, []))}
        for name, level in levels.items():
            facts[number].append(replace(whole, model=JobNeed, key=(whole.key[0], name), values={"level": level}))
        for key in needed.get(str(whole.key[0]), ()):
            if key[1] not in levels:
                facts[number].append(replace(whole, model=JobNeed, key=key, values=None))


def _near(before: list[Piece], start: dt.date) -> Piece | None:
    """What is stored on a day or was last before it, else what comes first."""
    earlier = sorted((p for p in before if p.start <= start), key=lambda p: p.start)
    return earlier[-1] if earlier else min(before, key=lambda p: p.start, default=None)


def _laid_over(
    facts: list[Fact], rows: Mapping[int, Row], stored: Stored
) -> tuple[dict[type, dict[Key, Outcome]], dict[int, Fault]]:
    """What each thing becomes, and the rows that contradict an earlier row of the file."""
    given: dict[type, dict[Key, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    faults: dict[int, Fault] = {}
    numbers = _numbers(facts, stored)
    for fact in facts:
        spec, before = SPECS[fact.model], stored.of(fact.model, fact.key)
        piece = _piece(fact, before, numbers)
        accepted = given[fact.model][fact.key]
        rivals = [p for p in accepted if p.meets(piece)]
        if rivals and not spec.exact and all(p.values == piece.values for p in rivals):
            accepted += without(piece, rivals)
        elif rivals:
            row, rival = rows[fact.row], rows[max(rivals[0].origin)]
            faults.setdefault(
                fact.row,
                Fault(
                    row.cell("valid_from") or row.cell(next(iter(row.values))),
                    f"{_name(row)} đã có ở dòng {rival.number} trang “{rival.title}” trong thời gian chồng lên nhau; "
                    "hãy sửa thời gian hoặc mã của một trong hai dòng.",
                    f'{_name(row)} stands in row {rival.number} of sheet "{rival.title}" for a period that overlaps; '
                    "correct the period or the code of one of them.",
                ),
            )
        else:
            accepted.append(piece)
    if faults:
        return {}, faults
    return {
        model: {
            key: overlay(stored.of(model, key), pieces, by_act=SPECS[model].by_act) for key, pieces in by_key.items()
        }
        for model, by_key in given.items()
    }, {}


def _name(row: Row) -> str:
    """What a row is about, in the words of its first cells."""
    said = [str(v) for k, v in row.values.items() if v is not None][:1]
    return said[0][:80]


def _numbers(facts: list[Fact], stored: Stored) -> dict[str, int]:
    """Position → the highest number of a post of it, stored or told by the file."""
    highest: dict[str, int] = defaultdict(int)
    told = [(f.values["position"], f.values.get("number", 0)) for f in facts if f.model is PostVersion and f.values]
    there = [p.values for pieces in stored.pieces[PostVersion].values() for p in pieces if p.values]
    for position, number in (*told, *((v["position"], v["number"]) for v in there)):
        highest[position] = max(highest[position], number)
    return highest


def _piece(fact: Fact, before: list[Piece], numbers: dict[str, int]) -> Piece:
    """A fact as a piece: an empty beginning is the stored one, values that are not told are the stored ones."""
    spec = SPECS[fact.model]
    end = fact.end or NEVER
    start = fact.start
    if start is None:
        earlier = sorted(p.start for p in before if p.start < end)
        start = earlier[-1] if earlier and EVER not in earlier else EVER
    values: dict[str, Any] | None = None
    if fact.values is not None:
        near = _near(before, start)
        base: dict[str, Any] = (near.values or {}) if near else spec.defaults
        values = {c: fact.values.get(c, base.get(c)) for c in spec.fields}
        if fact.model is PostVersion and values["number"] is None:
            numbers[values["position"]] += 1
            values["number"] = numbers[values["position"]]
        if fact.model is PositionVersion:
            merged = {**(base.get("description") or {}), **(fact.values.get("description") or {})}
            values["description"] = canonical("description", merged)
    return Piece(start, end, values, fact.act, fact.provision, spec.exact, (fact.row,), by_file=True)


# --- what a row does, in words ---------------------------------------------------------------------------------------


def _told(
    number: int, row: Row, facts: list[Fact], outcomes: Mapping[type, Mapping[Key, Outcome]], stored: Stored
) -> Line:
    """The verdict of a row that stands: whether it adds, changes or says what is stored."""
    principal, changes_vi, changes_en = Verdict.UNCHANGED, [], []
    news = False
    for fact in facts:
        outcome = outcomes[fact.model][fact.key]
        mine = [p for p in outcome.new if p.by_file and number in p.origin]
        gone = _gone(fact, outcome, mine)
        if mine or gone:
            news = True
        if fact.model is PRINCIPAL[row.sheet] and mine:
            principal = Verdict.CHANGED if gone else Verdict.ADDED
        for old in gone[:1]:
            vi, en = _difference(sheet(row.sheet), fact, old, mine[0] if mine else None)
            changes_vi += vi
            changes_en += en
    verdict = principal if principal is not Verdict.UNCHANGED else Verdict.CHANGED if news else Verdict.UNCHANGED
    return Line(number, row, verdict, "", "; ".join(changes_vi), "; ".join(changes_en))


def _gone(fact: Fact, outcome: Outcome, mine: list[Piece]) -> list[Piece]:
    if fact.values is None:
        return list(outcome.gone)
    return [p for p in outcome.gone if any(p.meets(n) for n in mine)]


_COLUMN = {"code": "identifier", "is_head": "standing", "is_deputy": "standing"}
_WORDS = {"description": ("Bản mô tả", "Description"), "level": ("Mức", "Level")}


def _difference(of: Sheet, fact: Fact, old: Piece, new: Piece | None) -> tuple[list[str], list[str]]:
    """What a change changes: "Tên: cũ → mới", in both languages."""
    if new is None or new.values is None or old.values is None:
        return [f"thôi cần {fact.key[-1]}"], [f"{fact.key[-1]} is needed no more"]
    vi, en = [], []
    columns = {c.key: c for c in of.columns}
    for name, value in new.values.items():
        before = old.values.get(name)
        if before == value:
            continue
        column = columns.get(_COLUMN.get(name, name))
        words = (column.vi, column.en) if column else _WORDS.get(name, (name, name))
        if name == "description":
            vi.append(words[0])
            en.append(words[1])
            continue
        vocabulary = column.vocabulary if column else None
        vi.append(f"{words[0]}: {_said(before, vocabulary, 'vi')} → {_said(value, vocabulary, 'vi')}")
        en.append(f"{words[1]}: {_said(before, vocabulary, 'en')} → {_said(value, vocabulary, 'en')}")
    if not vi and (old.start, old.end) != (new.start, new.end):
        vi.append(f"thời gian: {checks.period(old)} → {checks.period(new)}")
        en.append(f"period: {checks.period(old)} → {checks.period(new)}")
    elif not vi:
        vi.append(f"căn cứ: {old.act or '–'} → {new.act or '–'} {new.provision}".rstrip())
        en.append(f"basis: {old.act or '–'} → {new.act or '–'} {new.provision}".rstrip())
    return vi, en


def _said(value: Any, vocabulary: type[Labelled] | None, language: str) -> str:
    if value is None or value == "":
        return "–"
    if vocabulary is not None and not isinstance(value, bool):
        return vocabulary.of(value).label(language)
    if isinstance(value, bool):
        return ("có", "yes")[language == "en"] if value else ("không", "no")[language == "en"]
    return str(value)[:80]
