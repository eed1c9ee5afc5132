"""Automatic numbers of a docx, computed as Word shows them: numbering.xml, style chains, counters, overrides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"


@dataclass
class Numbering:
    """Counts the paragraphs of a document in order; `label` gives the text that Word puts before one."""

    levels: dict[str, dict[int, _Level]]  # abstract id → levels
    abstract_of: dict[str, str]  # num id → abstract id
    overrides: dict[str, dict[int, _Level | int]]
    style_numbers: dict[str, tuple[str | None, int | None]]
    style_parents: dict[str, str]
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
        """Read the two parts; both may be absent."""
        levels: dict[str, dict[int, _Level]] = {}
        abstract_of: dict[str, str] = {}
        overrides: dict[str, dict[int, _Level | int]] = {}
        if numbering is not None:
            for abstract in numbering.iterfind(f"{W}abstractNum"):
                levels[_value(abstract, "abstractNumId")] = {
                    int(_value(level, "ilvl") or 0): _level(level) for level in abstract.iterfind(f"{W}lvl")
                }
            for num in numbering.iterfind(f"{W}num"):
                number = _value(num, "numId")
                abstract_of[number] = _child(num, "abstractNumId") or ""
                for override in num.iterfind(f"{W}lvlOverride"):
                    depth = int(_value(override, "ilvl") or 0)
                    own, start = override.find(f"{W}lvl"), _child(override, "startOverride")
                    if own is not None:
                        overrides.setdefault(number, {})[depth] = _level(own)
                    elif start and start.isdigit():
                        overrides.setdefault(number, {})[depth] = int(start)
        style_numbers: dict[str, tuple[str | None, int | None]] = {}
        parents: dict[str, str] = {}
        for style in styles.iterfind(f"{W}style") if styles is not None else ():
            name = _value(style, "styleId")
            if parent := _child(style, "basedOn"):
                parents[name] = parent
            if (properties := style.find(f"{W}pPr/{W}numPr")) is not None:
                style_numbers[name] = _number_of(properties)
        return cls(levels, abstract_of, overrides, style_numbers, parents)

    def label(self, paragraph: etree._Element) -> str:
        """The number of `paragraph` with a blank behind it, or "" if it has none. Advances the counters."""
        number, depth = self._properties(paragraph)
        abstract = self.abstract_of.get(number or "")
        if not number or number == "0" or abstract is None:
            return ""
        level = self._level(number, abstract, depth)
        if level is None:
            return ""
        counters = self.counters.setdefault(abstract, {})
        override = self.overrides.get(number, {}).get(depth)
        if isinstance(override, int) and (number, depth) not in self.started:
            counters[depth] = override
        else:
            counters[depth] = counters[depth] + 1 if depth in counters else level.start
        self.started.add((number, depth))
        for deeper in [d for d in counters if d > depth]:
            del counters[deeper]
        if level.form == "bullet":
            return "- "
        shown = re.sub(r"%(\d)", lambda m: self._shown(number, abstract, int(m[1]) - 1), level.text)
        return f"{shown.strip()} " if shown.strip() else ""

    def _properties(self, paragraph: etree._Element) -> tuple[str | None, int]:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number, depth = _number_of(own) if own is not None else (None, None)
        style: str | None = _child_of(paragraph.find(f"{W}pPr"), "pStyle")
        seen: set[str] = set()
        while style and style not in seen and (number is None or depth is None):
            seen.add(style)
            inherited = self.style_numbers.get(style, (None, None))
            number = inherited[0] if number is None else number
            depth = inherited[1] if depth is None else depth
            style = self.style_parents.get(style)
        return number, depth or 0

    def _level(self, number: str, abstract: str, depth: int) -> _Level | None:
        override = self.overrides.get(number, {}).get(depth)
        return override if isinstance(override, _Level) else self.levels.get(abstract, {}).get(depth)

    def _shown(self, number: str, abstract: str, depth: int) -> str:
        level = self._level(number, abstract, depth) or _Level()
        return _formatted(self.counters.get(abstract, {}).get(depth, level.start), level.form)


def _level(element: etree._Element) -> _Level:
    start = _child(element, "start")
    return _Level(
        _child(element, "numFmt") or "decimal",
        _child(element, "lvlText") or "",
        int(start) if start and start.isdigit() else 1,
        _child(element, "suff") or "tab",
    )


def _formatted(count: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"}:
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
    depth = _child(properties, "ilvl")
    return _child(properties, "numId"), int(depth) if depth and depth.isdigit() else None


def _value(element: etree._Element, name: str) -> str:
    return element.get(f"{W}{name}") or ""


def _child(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def _child_of(element: etree._Element | None, name: str) -> str | None:
    return None if element is None else _child(element, name)
