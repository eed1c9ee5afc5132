"""Whether a change makes sense and whether its units exist: what can be said before anything is done."""

from __future__ import annotations

from collections.abc import Iterable

from bonhoa.apparatus.changes import Change
from bonhoa.apparatus.map_state import MapState
from bonhoa.apparatus.vocabulary import EventKind
from bonhoa.common.errors import InputError

# kind → (least inputs, most inputs, least outputs, most outputs, outputs must be new, inputs end)
_SHAPES: dict[EventKind, tuple[int, int | None, int, int | None, bool | None, bool]] = {
    EventKind.CREATE: (0, 0, 1, None, True, False),
    EventKind.RENAME: (1, 1, 0, 0, None, False),
    EventKind.CONSOLIDATE: (2, None, 1, 1, True, True),
    EventKind.ABSORB: (1, None, 1, 1, False, True),
    EventKind.DIVIDE: (1, 1, 2, None, True, True),
    EventKind.SEPARATE: (1, 1, 1, None, True, False),
    EventKind.REARRANGE: (1, None, 1, None, None, True),
    EventKind.DISSOLVE: (1, None, 0, 0, None, True),
    EventKind.REPARENT: (1, None, 0, 0, None, False),
    EventKind.TRANSFER: (1, 1, 1, 1, False, False),
}


def shape_problems(change: Change) -> Iterable[InputError]:
    """What is wrong with the change as such."""
    if change.kind not in _SHAPES:
        yield InputError("kind", "Loại thay đổi này không ghi trực tiếp được.", "This kind is not made directly.")
        return
    least_in, most_in, least_out, most_out, new, _ends = _SHAPES[change.kind]
    for units, least, most, vi, en in (
        (change.inputs, least_in, most_in, "cơ quan trước thay đổi", "units before the change"),
        (change.outputs, least_out, most_out, "cơ quan sau thay đổi", "units after the change"),
    ):
        if len(units) < least or (most is not None and len(units) > most):
            wanted = str(least) if most == least else f"≥ {least}" if most is None else f"{least}–{most}"
            yield InputError(
                "count",
                f"{change.kind.vi.capitalize()}: cần {wanted} {vi}, đang có {len(units)}.",
                f"{change.kind.en.capitalize()}: {wanted} {en} wanted, {len(units)} given.",
            )
    doubled = {c for c in change.inputs if change.inputs.count(c) > 1}
    doubled |= {c for c in change.outputs if change.outputs.count(c) > 1}
    if change.kind is not EventKind.REARRANGE:
        doubled |= set(change.inputs) & set(change.outputs)
    if doubled:
        names = ", ".join(sorted(doubled))
        yield InputError(
            "itself",
            f"{names} được nêu hai lần: một cơ quan không thể nhập vào hay chuyển cho chính nó.",
            f"{names} is named twice: a unit cannot be joined with itself or hand over to itself.",
        )
    fresh = {unit.code for unit in change.new}
    if new is not None and fresh != (set(change.outputs) if new else set()):
        yield InputError(
            "new",
            f"{change.kind.vi.capitalize()}: cơ quan sau thay đổi phải là "
            + ("cơ quan mới lập." if new else "cơ quan đang có."),
            f"{change.kind.en.capitalize()}: the units that come out must be " + ("new." if new else "existing ones."),
        )
    if not fresh <= set(change.outputs):
        yield InputError("new", "Có cơ quan mới không nằm trong kết quả.", "A new unit is not among the outputs.")
    if change.kind is EventKind.RENAME and not change.name.strip():
        yield InputError("name", "Chưa ghi tên mới.", "The new name is missing.")
    for unit in change.new:
        if not unit.name.strip() or not unit.code.strip():
            yield InputError("name", "Cơ quan mới chưa có tên hoặc mã.", "A new unit lacks a name or a code.")
    if change.kind is EventKind.TRANSFER and not change.functions:
        yield InputError("functions", "Chưa chọn chức năng nào để chuyển.", "No function is chosen.")
    if not change.act.strip():
        yield InputError("act", "Chưa ghi căn cứ (số, ký hiệu văn bản).", "The act it rests on is missing.")


def existence_problems(state: MapState, change: Change) -> Iterable[InputError]:
    """What is wrong with it on this map: units, codes and parents that are not there or already taken."""
    day = f"{change.effective:%d/%m/%Y}"
    fresh = {unit.code for unit in change.new}
    for code in dict.fromkeys((*change.inputs, *(c for c in change.outputs if c not in fresh))):
        unit = state.units.get(code)
        if unit is None:
            yield InputError(
                "no_unit", f"Ngày {day} không có cơ quan “{code}”.", f'There is no unit "{code}" on {day}.'
            )
        elif unit.since is not None and unit.since >= change.effective and code in change.inputs:
            yield InputError(
                "before_birth",
                f"{unit.name} có từ {unit.since:%d/%m/%Y}, thay đổi phải có hiệu lực sau ngày đó, không phải {day}.",
                f"{unit.name} began on {unit.since:%d/%m/%Y}; the change must take effect later, not on {day}.",
            )
        elif unit.until is not None and code in ending(change):
            yield InputError(
                "later_change",
                f"{unit.name} đã được ghi là kết thúc ngày {unit.until:%d/%m/%Y}; hãy hủy thay đổi đó trước.",
                f"{unit.name} is already recorded to end on {unit.until:%d/%m/%Y}; reverse that change first.",
            )
    gone = ending(change)
    for new in change.new:
        if new.code in state.taken or new.code in state.units or [u.code for u in change.new].count(new.code) > 1:
            yield InputError(
                "code_taken", f"Mã “{new.code}” đã dùng cho một cơ quan khác.", f'The code "{new.code}" is taken.'
            )
        for scheme, code in new.codes:
            bearer = state.codes.get((scheme, code))
            if bearer is not None and bearer not in gone:
                yield InputError(
                    "code_taken",
                    f"Mã {code} ngày {day} là của {name_of(state, bearer)}.",
                    f"The code {code} is borne by {name_of(state, bearer)} on {day}.",
                )
    for code in dict.fromkeys(end for part in change.parts for end in (part.old, part.new)):
        if code not in fresh and code not in state.units:
            yield InputError(
                "no_unit", f"Ngày {day} không có cơ quan “{code}”.", f'There is no unit "{code}" on {day}.'
            )
    parents = [unit.parent for unit in change.new] + ([change.parent] if change.kind is EventKind.REPARENT else [])
    for parent in dict.fromkeys(p for p in parents if p is not None):
        if parent in gone or (parent not in fresh and parent not in state.units):
            yield InputError(
                "no_parent",
                f"Cơ quan cấp trên “{name_of(state, parent)}” không có sau ngày {day}.",
                f'The parent "{name_of(state, parent)}" does not exist after {day}.',
            )


def ending(change: Change) -> set[str]:
    """The units that the change ends."""
    return set(change.inputs) - set(change.outputs) if _SHAPES[change.kind][5] else set()


def name_of(state: MapState, code: str) -> str:
    """The name of a unit of the map, else its code."""
    return state.units[code].name if code in state.units else code
