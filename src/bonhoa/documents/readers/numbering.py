"""Automatic numbers of a docx, computed as Word shows them: numbering.xml, style chains, counters, overrides.

Sources: ECMA-376 part 1, §17.9 (numbering) and §17.7 (styles); what Word does beyond it is said where it is done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL, _PSTYLE, _NUMPR = f"{W}val", f"{W}pStyle", f"{W}numPr"
_MARKS = {"-": "- ", "–": "- ", "—": "- ", "+": "+ ", "*": "* "}  # bullets that mean something; the rest is "-"
_LARGEST_ROMAN, _LONGEST_LETTERS = 32767, 30  # beyond them Word itself shows nothing sensible


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: tuple[str, ...] = ()
    """lvlText cut at its places: literal, level, literal, level …, literal."""
    start: int = 1
    suffix: str = "tab"
    restart: int | None = None
    """The counter restarts after this level (1-based) or a higher one; None: after any higher one; 0: never."""
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _Number:
    """One w:num: its levels with the overrides in place, and the starts it overrides."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the paragraphs of a document in order; `label` gives the text that Word puts before one."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._style_numbers: dict[str, tuple[str | None, int | None]] = {}
        self._parents: dict[str, str] = {}
        self._default: str | None = None
        for style in () if styles is None else styles.iterfind(f"{W}style"):
            name = style.get(f"{W}styleId") or ""
            if parent := _child(style, "basedOn"):
                self._parents[name] = parent
            if (properties := style.find(f"{W}pPr/{W}numPr")) is not None:
                self._style_numbers[name] = _number_of(properties)
            if style.get(f"{W}default") in {"1", "true", "on"} and style.get(f"{W}type") == "paragraph":
                self._default = name
        self._numbers = {} if numbering is None else _numbers(numbering, self._style_numbers)
        self._found: dict[tuple[str | None, str | None, int | None], tuple[str, int] | None] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: etree._Element | None) -> str:
        """The number of the paragraph with these properties (w:pPr) and what stands behind it; "" if it has none.

        Advances the counters: call it once per paragraph that is shown, in order.
        """
        if not self._numbers:
            return ""
        style = number = depth = None
        for child in () if properties is None else properties.iterchildren(_PSTYLE, _NUMPR):
            if child.tag == _PSTYLE:
                style = child.get(_VAL)
            else:
                number, depth = _number_of(child)
        key = (style, number, depth)
        if key not in self._found:
            self._found[key] = self._place(*key)
        found = self._found[key]
        return "" if found is None else self._count(*found)

    def _place(self, style: str | None, number: str | None, depth: int | None) -> tuple[str, int] | None:
        """The num and level that apply: the paragraph's own, else those of the nearest style that has some."""
        style = style or self._default
        seen: list[str] = []
        while style and style not in seen and (number is None or depth is None):
            seen.append(style)
            inherited, inherited_depth = self._style_numbers.get(style, (None, None))
            if number is None and inherited is not None:
                number = inherited
                levels = self._numbers[number].levels if number in self._numbers else {}
                # Word goes by the level that names the style, not by the ilvl in the style
                by_style = next((d for d, level in levels.items() if level.style in seen), None)
                depth = by_style if depth is None else depth
            depth = inherited_depth if depth is None else depth
            style = self._parents.get(style)
        found = self._numbers.get(number or "")
        if found is None or number is None or (depth or 0) not in found.levels:
            return None
        return number, depth or 0

    def _count(self, name: str, depth: int) -> str:
        number = self._numbers[name]
        level = number.levels[depth]
        counters = self._counters.setdefault(number.abstract, {})
        first = (name, depth) not in self._begun and depth in number.starts
        self._begun.add((name, depth))
        start = number.starts.get(depth, level.start)
        counters[depth] = start if first or depth not in counters else counters[depth] + 1
        for deeper in [d for d in counters if d > depth]:
            restart = number.levels[deeper].restart if deeper in number.levels else None
            if restart is None or depth < restart:
                del counters[deeper]
        if level.form == "bullet":
            return _MARKS.get("".join(level.text[:1]).strip(), "- ")
        shown = "".join(
            self._shown(number, counters, int(piece) - 1, level.legal) if i % 2 else piece
            for i, piece in enumerate(level.text)
        ).strip()
        return shown + ("" if level.suffix == "nothing" else " ") if shown else ""

    def _shown(self, number: _Number, counters: dict[int, int], depth: int, legal: bool) -> str:
        level = number.levels.get(depth) or _Level()
        count = counters.get(depth, number.starts.get(depth, level.start))
        return str(count) if legal else formatted(count, level.form)


def _numbers(root: etree._Element, style_numbers: dict[str, tuple[str | None, int | None]]) -> dict[str, _Number]:
    """num id → what it counts with; a list defined by a list style is looked up through that style."""
    abstracts: dict[str, dict[int, _Level]] = {}
    linked: dict[str, str] = {}  # abstract → the list style it stands for
    for abstract in root.iterfind(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId") or ""
        abstracts[name] = {_integer(lvl.get(f"{W}ilvl")) or 0: _level(lvl) for lvl in abstract.iterfind(f"{W}lvl")}
        if link := _child(abstract, "numStyleLink"):
            linked[name] = link
    nums = {num.get(f"{W}numId") or "": num for num in root.iterfind(f"{W}num")}
    found: dict[str, _Number] = {}
    for name, num in nums.items():
        abstract_id = _child(num, "abstractNumId") or ""
        if abstract_id in linked:
            other = nums.get(style_numbers.get(linked[abstract_id], (None, None))[0] or "")
            abstract_id = (other is not None and _child(other, "abstractNumId")) or abstract_id
        number = _Number(abstract_id, abstracts.get(abstract_id, {}))
        for override in num.iterfind(f"{W}lvlOverride"):
            depth = _integer(override.get(f"{W}ilvl")) or 0
            if (own := override.find(f"{W}lvl")) is not None:
                number.levels = number.levels | {depth: _level(own)}
            if (start := _integer(_child(override, "startOverride"))) is not None:
                number.starts[depth] = start
        found[name] = number
    return found


def _level(element: etree._Element) -> _Level:
    values = {child.tag: child.get(_VAL) for child in element if isinstance(child.tag, str)}
    start = _integer(values.get(f"{W}start"))
    return _Level(
        values.get(f"{W}numFmt") or "decimal",
        tuple(re.split(r"%([1-9])", values.get(f"{W}lvlText") or "")),
        1 if start is None else start,
        values.get(f"{W}suff") or "tab",
        _integer(values.get(f"{W}lvlRestart")),
        f"{W}isLgl" in values and values[f"{W}isLgl"] not in {"0", "false", "off"},
        values.get(f"{W}pStyle"),
    )


def formatted(count: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"} and 0 < count <= 26 * _LONGEST_LETTERS:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < count <= _LARGEST_ROMAN:
        roman = _roman(count)
        return roman.lower() if form == "lowerRoman" else roman
    if form == "decimalZero":
        return f"{count:02d}"
    return "" if form == "none" else str(count)


def _roman(count: int) -> str:
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += sign * (count // value)
        count %= value
    return out


def _number_of(properties: etree._Element) -> tuple[str | None, int | None]:
    return _child(properties, "numId"), _integer(_child(properties, "ilvl"))


def _integer(text: str | None) -> int | None:
    """A number of at most nine digits, or None; what is longer is no number of a list."""
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,9}", text) else None


def _child(element: etree._Element, name: str) -> str | None:
    for child in element.iterchildren(f"{W}{name}"):
        return child.get(_VAL)
    return None
