"""What stands against rows of a file: codes that nobody has, units of others, rules of the map, circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from bonhoa.apparatus.forms.reading import Fault, Row
from bonhoa.apparatus.forms.sheets import sheet
from bonhoa.apparatus.forms.timeline import EVER, NEVER, Outcome, Piece, clashes
from bonhoa.apparatus.vocabulary import MandateRole
from bonhoa_web.apparatus.models import (
    Function,
    FunctionVersion,
    JobPosition,
    Mandate,
    Person,
    PositionVersion,
    Post,
    PostVersion,
    Unit,
    UnitLife,
    UnitParent,
)
from bonhoa_web.apparatus.refusals import RULES
from bonhoa_web.apparatus.workbook.facts import DAY, SPECS, Fact
from bonhoa_web.apparatus.workbook.stored import Key, Stored, rules_of

Faults = dict[int, Fault]
Outcomes = Mapping[type, Mapping[Key, Outcome]]
MayReach = Callable[[Unit, Unit | None], bool]
"""Whether the importer may record a mandate of a unit in a place (None: the whole country)."""

# column → (identity, sheet and column in which a file makes it)
_MADE_IN: dict[str, tuple[type, str, str]] = {
    "unit": (Unit, "units", "code"),
    "scope": (Unit, "units", "code"),
    "parent": (Unit, "units", "code"),
    "position": (JobPosition, "positions", "position"),
    "post": (Post, "posts", "post"),
    "person": (Person, "people", "person"),
}
_POINTS: dict[str, tuple[str, ...]] = {
    "units": ("parent",),
    "mandates": ("unit", "scope"),
    "positions": ("unit",),
    "posts": ("unit", "position"),
    "people": ("post",),
    "skills": ("person",),
}
_CELL_OF_RULE = {  # where to look first; else the first column of the sheet
    "code_names_one_unit": "identifier",
    "one_head_of_a_unit": "standing",
    "one_number_of_a_post": "number",
    "one_official_holder": "post",
    "one_holding_of_a_person": "post",
    "one_lead_per_function": "role",
    "one_line_parent": "parent",
    "parent_once": "parent",
}


def references(
    rows: Mapping[int, Row], everything: Mapping[int, Row], stored: Stored, people: Collection[str]
) -> Faults:
    """Rows that name a code which is neither stored nor made by a row that stands, or a unit of somebody else."""
    standing = dict(rows)
    found: Faults = {}
    while True:
        made: dict[type, set[str]] = defaultdict(set)
        for row in standing.values():
            for kind, made_in, column in _MADE_IN.values():
                if row.sheet == made_in and row.values.get(column):
                    made[kind].add(row.values[column])
        made[Person] |= set(people)
        inside = _in_charge(standing, stored)
        fresh: Faults = {}
        for number, row in standing.items():
            if fresh and row.sheet != everything[max(fresh)].sheet:
                break  # rows of the next sheet are asked when it is clear which units, positions and posts stand
            fault = _unknown(row, made, everything, stored) or _outside(row, inside, stored)
            if fault:
                fresh[number] = fault
        if not fresh:
            return found
        found |= fresh
        standing = {n: row for n, row in standing.items() if n not in fresh}


def _in_charge(rows: Mapping[int, Row], stored: Stored) -> set[str]:
    """The units in charge, and the new ones that the file puts below them."""
    below: dict[str, set[str]] = defaultdict(set)
    for row in rows.values():
        if row.sheet == "units" and row.values.get("parent") and row.values["code"] not in stored.codes[Unit]:
            below[row.values["parent"]].add(row.values["code"])
    inside = set(stored.inside)
    waiting = [code for code in below if code in inside]
    while waiting:
        fresh = below[waiting.pop()] - inside
        inside |= fresh
        waiting += [code for code in fresh if code in below]
    return inside


def _unknown(row: Row, made: Mapping[type, set[str]], everything: Mapping[int, Row], stored: Stored) -> Fault | None:
    for key in _POINTS[row.sheet]:
        code = row.values.get(key)
        kind, made_in, column = _MADE_IN[key]
        if code is None or code in made[kind] or code in stored.codes[kind]:
            continue
        refused = next((r for r in everything.values() if r.sheet == made_in and r.values.get(column) == code), None)
        name, english = sheet(row.sheet).column(key).vi, sheet(row.sheet).column(key).en
        if refused is not None:
            return Fault(
                row.cell(key),
                f"{name} {code}: dòng {refused.number} trang “{refused.title}” của mã này chưa ghi được; sửa dòng đó "
                "trước.",
                f'{english} {code}: row {refused.number} of sheet "{refused.title}" cannot be stored; correct that row '
                "first.",
            )
        where = sheet(made_in)
        return Fault(
            row.cell(key),
            f"{name} {code} chưa có; hãy kiểm tra mã, hoặc thêm dòng ở trang “{where.vi}”.",
            f'{english} {code} is not known; check the code, or add a row to the sheet "{where.en}".',
        )
    return None


def _outside(row: Row, inside: set[str], stored: Stored) -> Fault | None:
    """A row about a unit that is not the importer's."""
    if row.sheet == "units":
        code = row.values["code"]
        if code in inside:
            parent = row.values.get("parent")
            mine = parent is None or parent in inside
            same = any(p.values == {"parent": parent} for p in stored.of(UnitParent, (code, "line")))
            return None if mine or same else _not_yours(row, "parent", parent)
        if code not in stored.codes[Unit] and not row.values.get("parent"):
            return Fault(
                row.cell("parent") or row.cell("code"),
                f"Đơn vị mới {code} chưa có Mã đơn vị cấp trên; hãy ghi đơn vị mà nó trực thuộc.",
                f"The new unit {code} has no parent; write the code of the unit that it belongs to.",
            )
        return _not_yours(row, "code", code)
    unit = row.values.get("unit")
    return _not_yours(row, "unit", unit) if unit is not None and unit not in inside else None


def _not_yours(row: Row, key: str, code: object) -> Fault:
    return Fault(
        row.cell(key),
        f"Đơn vị {code} ngoài phạm vi bạn quản trị; bỏ dòng này hoặc nhờ quản trị của đơn vị đó nhập.",
        f"The unit {code} is not one that you administer; drop this row or ask its administrator to import it.",
    )


def rules(outcomes: Outcomes, rows: Mapping[int, Row], stored: Stored) -> Faults:
    """Rows of which the result would break a rule of the map; of two rows of the file the later one."""
    found: Faults = {}
    for model, by_key in outcomes.items():
        spec = SPECS[model]
        after = [(key, p, True) for key, o in by_key.items() for p in o.new]
        if not after:
            continue
        after += [(key, p, False) for key, o in by_key.items() for p in o.kept]
        after += [(k, p, False) for k, pieces in stored.pieces[model].items() if k not in by_key for p in pieces]
        for rule in rules_of(spec):
            groups: dict[tuple[Any, ...], list[Piece]] = defaultdict(list)
            own: dict[int, tuple[Key, bool]] = {}
            for key, piece, new in after:
                values = dict(zip(spec.key, key, strict=True)) | (piece.values or {})
                if rule.where and values[rule.where[0]] != rule.where[1]:
                    continue
                groups[tuple(values[c] for c in (*rule.same, *rule.same_or_empty))].append(piece)
                own[id(piece)] = (key, new)
            for pieces in groups.values():
                for one, other in clashes(pieces) if len(pieces) > 1 else ():
                    _refuse(found, one, other, own, rule.name, rows)
    return found


def _refuse(
    found: Faults,
    one: Piece,
    other: Piece,
    own: Mapping[int, tuple[Key, bool]],
    rule: str,
    rows: Mapping[int, Row],
) -> None:
    """Of two pieces that cannot stand together, refuse the one of the file, of two of the file the later."""
    sides = sorted(
        ((max(p.origin), key, p) for p in (one, other) for key, new in [own[id(p)]] if new and _by_file(p, rows)),
        key=lambda side: side[0],
    )
    if not sides:
        return
    number, _key, piece = sides[-1]
    rival = other if piece is one else one
    row = rows[number]
    key, new = own[id(rival)]
    vi, en = RULES[rule]
    if new and _by_file(rival, rows):
        there = rows[max(rival.origin)]
        vi += f" Xem dòng {there.number} trang “{there.title}”; hãy sửa một trong hai dòng."
        en += f' See row {there.number} of sheet "{there.title}"; correct one of the two.'
    else:
        thing = " · ".join(str(part) for part in (*key, *(rival.values or {}).values()) if part and part is not True)
        vi += f" Đang có: {thing[:120]}, {period(rival)}; hãy ghi ngày kết thúc của dòng ấy trong cùng tệp."
        en += f" Stored: {thing[:120]}, {period(rival)}; end that row in the same file."
    found.setdefault(number, Fault(row.cell(_CELL_OF_RULE.get(rule, "")) or _first(row), vi, en))


def _by_file(piece: Piece, rows: Mapping[int, Row]) -> bool:
    return piece.by_file and max(piece.origin) in rows


def _first(row: Row) -> str:
    return row.cell(next(iter(row.values)))


def period(piece: Piece) -> str:
    """The days of a piece, the last one included."""
    start = "…" if piece.start == EVER else f"{piece.start:%d/%m/%Y}"
    return f"{start} – " + ("…" if piece.end == NEVER else f"{piece.end - DAY:%d/%m/%Y}")


def circles(outcomes: Outcomes, rows: Mapping[int, Row], stored: Stored) -> Faults:
    """Rows by which a unit would stand under itself on some day."""
    up: dict[str, list[Piece]] = {str(key[0]): pieces for key, pieces in stored.pieces[UnitParent].items()}
    for key, outcome in outcomes.get(UnitParent, {}).items():
        up[str(key[0])] = [*outcome.kept, *outcome.new]
    found: Faults = {}
    for key, outcome in outcomes.get(UnitParent, {}).items():
        for piece in outcome.new:
            number = max(piece.origin)
            if piece.by_file and number in rows and _comes_back(str(key[0]), piece, up):
                found[number] = Fault(rows[number].cell("parent"), *RULES["unit_parent_cycle"])
                up[str(key[0])] = list(outcome.kept)  # so that of a circle one row falls, not all
                break
    return found


def _comes_back(unit: str, piece: Piece, up: Mapping[str, list[Piece]]) -> bool:
    waiting = [(str(piece.values["parent"]), piece.start, piece.end)] if piece.values else []
    seen = set()
    while waiting:
        at = waiting.pop()
        if at[0] == unit:
            return True
        if at in seen:
            continue
        seen.add(at)
        for above in up.get(at[0], ()):
            start, end = max(at[1], above.start), min(at[2], above.end)
            if start < end and above.values:
                waiting.append((str(above.values["parent"]), start, end))
    return False


def others(
    outcomes: Outcomes, facts: Collection[Fact], rows: Mapping[int, Row], stored: Stored, may_reach: MayReach
) -> Faults:
    """Rows that end a unit, take what is another body's, reach beyond the importer's places, or lie outside the life
    of their unit."""
    found: Faults = {}
    inside = _in_charge(rows, stored)
    parents = {row.values["code"]: row.values.get("parent") for row in rows.values() if row.sheet == "units"}
    lives = {key[0]: pieces for key, pieces in stored.pieces[UnitLife].items()}
    lives |= {key[0]: [*o.kept, *o.new] for key, o in outcomes.get(UnitLife, {}).items()}
    for fact in facts:
        row, outcome = rows[fact.row], outcomes[fact.model][fact.key]
        before = stored.of(fact.model, fact.key)
        if fact.model is UnitLife and before and before[-1].end == NEVER and outcome.gone:
            if all(p.end != NEVER for p in (*outcome.kept, *outcome.new)):
                found[fact.row] = Fault(
                    row.cell("valid_to"),
                    f"Đơn vị {fact.key[0]} đang hoạt động; kết thúc một đơn vị là một thay đổi tổ chức có nơi kế thừa, "
                    "hãy ghi ở phần thay đổi, không nhập bằng bảng.",
                    f"The unit {fact.key[0]} exists; its end is a change with successors: record it as a change, not "
                    "by a workbook.",
                )
        elif fact.model in (PositionVersion, PostVersion) and any(p.values["unit"] not in inside for p in before):  # type: ignore[index]
            key = "position" if fact.model is PositionVersion else "post"
            code = next(str(p.values["unit"]) for p in before if p.values and p.values["unit"] not in inside)
            found[fact.row] = Fault(
                row.cell(key),
                f"Mã {fact.key[0]} đã dùng cho đơn vị {code} ngoài phạm vi của bạn; hãy dùng mã khác.",
                f"The code {fact.key[0]} is used by the unit {code}, which you do not administer; use another one.",
            )
        elif fact.model is FunctionVersion and outcome.gone and _led_elsewhere(fact.key[0], inside, stored):
            found[fact.row] = Fault(
                row.cell("statement"),
                f"Chức năng {fact.key[0]} đã có lời văn khác và do đơn vị ngoài phạm vi của bạn chủ trì; hãy ghi đúng "
                "lời văn đã có hoặc dùng mã khác.",
                f"The function {fact.key[0]} has another wording and is led by a unit that you do not administer; "
                "write the stored wording or use another code.",
            )
        elif fact.model is Mandate and not _reached(fact, before, outcome, may_reach, parents, stored):
            found[fact.row] = Fault(
                row.cell("scope") or row.cell("unit"),
                f"Đơn vị {fact.key[1]} chỉ ghi được nhiệm vụ trong địa bàn của mình (ô trống là cả nước); hãy ghi mã "
                "địa bàn đó hoặc nơi bên trong, còn địa bàn khác thì người có quyền ở nơi đó nhập.",
                f"Mandates of unit {fact.key[1]} are recorded within its territory (an empty cell is the whole "
                "country); write the code of that place or of one inside it, others are imported by somebody with "
                "the right there.",
            )
        if row.values.get("unit") and fact.model in (Mandate, PositionVersion, PostVersion):
            life = lives.get(row.values["unit"], [])
            mine = [p for p in outcome.new if fact.row in p.origin and p.by_file]
            if mine and life and not any(p.meets(days) for p in mine for days in life):
                found[fact.row] = Fault(
                    row.cell("valid_from") or row.cell("unit"),
                    f"Đơn vị {row.values['unit']} chỉ tồn tại {'; '.join(map(period, life))}; hãy sửa thời gian "
                    "hoặc mã đơn vị.",
                    f"The unit {row.values['unit']} exists {'; '.join(map(period, life))} only; correct the period or "
                    "the unit.",
                )
    return found


def _reached(
    fact: Fact,
    before: list[Piece],
    outcome: Outcome,
    may_reach: MayReach,
    parents: Mapping[str, str | None],
    stored: Stored,
) -> bool:
    """True if the importer may record the mandate in its place, or says no more of it than is stored."""
    mine = [p for p in outcome.new if fact.row in p.origin and p.by_file and p.values is not None]
    if all(any(b.start <= p.start and p.end <= b.end and b.values == p.values for b in before) for p in mine):
        return True
    _function, unit, scope = fact.key
    body, place = _stored_place(unit, parents, stored), _stored_place(scope, parents, stored)
    return body is not None and (scope is None or place is not None) and may_reach(body, place)


def _stored_place(code: str | None, parents: Mapping[str, str | None], stored: Stored) -> Unit | None:
    """The unit of a code; of one that the file makes, the stored one under which it puts it."""
    passed = set[str]()
    while code is not None and code not in stored.places and code not in passed:
        passed.add(code)
        code = parents.get(code)
    return stored.places.get(code) if code is not None else None


def _led_elsewhere(function: str | None, inside: set[str], stored: Stored) -> bool:
    return any(
        key[0] == function and key[1] not in inside and piece.values == {"role": str(MandateRole.LEAD)}
        for key, pieces in stored.pieces[Mandate].items()
        for piece in pieces
    )


def made_codes(rows: Mapping[int, Row]) -> Iterator[tuple[type, str]]:
    """The identities that rows of a file may make: (kind, code)."""
    for row in rows.values():
        for kind, made_in, column in (*_MADE_IN.values(), (Function, "mandates", "function")):
            if row.sheet == made_in and row.values.get(column) and kind is not Person:
                yield kind, row.values[column]
