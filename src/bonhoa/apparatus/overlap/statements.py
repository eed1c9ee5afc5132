"""A statement of a function or a mandate taken apart: role, actions, object, fields, places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from bonhoa.apparatus.model import UnitKind, UnitLevel
from bonhoa.apparatus.names import fold_word
from bonhoa.apparatus.register import load_register, read_yaml, split_territory_name
from bonhoa.apparatus.vocabulary import MandateRole

_TOKEN = re.compile(r"\w+|[.;:|()]")
_STOPS = frozenset(".;:|()")
_JOIN = "_"
_LONGEST_PLACE = 5  # words of a place's name: "Bà Rịa - Vũng Tàu" has four
_Y = re.compile(r"(?<=[bcdđghklmnpqrstvx])y(?=\W*[ʰʲʳʷʸ]?$)|(?<=qu)y(?=[ʰʲʳʷʸ]?$)")


class Parts(NamedTuple):
    """What a statement says. Words are folded for comparison: those of one group of mandate_words.yaml are one word."""

    role: MandateRole | None  # as read where the statement begins; None: it does not say
    actions: tuple[str, ...]  # names of groups of verbs, in the order of the text
    words: tuple[str, ...]  # of the object, each once, in the order of the text
    fields: frozenset[str]  # codes of fields of state management
    places: tuple[str, ...]  # named places, sorted
    own_affairs: bool  # a duty that every unit has towards itself


_ROLES = {str(role): role for role in (MandateRole.LEAD, MandateRole.COOPERATING)}


class _Words(dict[str, str]):
    """Each printed word as it is compared, computed once: case, Unicode form, place of the tone mark, i and y."""

    def __missing__(self, word: str) -> str:
        self[word] = folded = _Y.sub("i", fold_word(word))
        return folded


_WORDS = _Words()


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a phrase is: "bảo vệ" is a verb, "bảo vệ môi trường" a thing."""

    kind: str  # strike above lead cooperating with own place light action thing
    name: str  # of the group
    fields: frozenset[str] = frozenset()


_Node = dict[str | None, Any]  # word → node, None → _Entry


class Lexicon:
    """The vocabularies of mandate_words.yaml and the names of the provinces, as trees of words.

    `fields` and `actions` give the labels and the order in which their bits are numbered.
    """

    def __init__(self, data: Mapping[str, Any], provinces: Iterable[str]) -> None:
        self.fields: dict[str, tuple[str, str]] = {c: (f["vi"], f["en"]) for c, f in data["fields"].items()}
        self.actions: dict[str, str] = {}  # compared name → as printed
        self.root: _Node = {}
        self.provinces: _Node = {}
        entries: dict[str, _Entry] = {}
        for kind, lines in (
            ("strike", data["boilerplate"] + data["glue"]),
            ("above", data["above"]),
            *((role, data["roles"][role]) for role in ("lead", "cooperating", "with")),
            ("own", data["own_affairs"]),
            ("place", data["place_kinds"]),
        ):
            entries |= {phrase: _Entry(kind, "") for line in lines for phrase in line.split("|")}
        named: dict[str, str] = {}
        for line in data["things"]:
            first, *others = line.split("|")
            named |= dict.fromkeys((first, *others), first)
        of_field: dict[str, set[str]] = {}
        for code, field in data["fields"].items():
            for phrase in field["words"].split("|"):
                of_field.setdefault(named.setdefault(phrase, phrase), set()).add(code)
        named |= {phrase: phrase for line in data["kept"] for phrase in line.split("|")} | named
        entries |= {p: _Entry("thing", _name(n), frozenset(of_field.get(n, ()))) for p, n in named.items()}
        for kind, lines in (("light", data["light"]), ("action", data["actions"])):
            for line in lines:
                group = line.split("|")[0]
                self.actions[_name(group)] = group
                entries |= {phrase: _Entry(kind, _name(group)) for phrase in line.split("|") if phrase not in named}
        for phrase, entry in entries.items():
            _plant(self.root, phrase, entry)
        for name in provinces:
            _plant(self.provinces, name, _Entry("place", _name(name)))


def _name(phrase: str) -> str:
    """A phrase as one word of comparison."""
    return _JOIN.join(_WORDS[word] for word in re.findall(r"\w+", phrase))


def _plant(root: _Node, phrase: str, entry: _Entry) -> None:
    words = [_WORDS[word] for word in re.findall(r"\w+", phrase)]
    for path in (words, [_JOIN.join(words)]):  # the joined form is what `normalise` writes
        node = root
        for word in path:
            node = node.setdefault(word, {})
        node[None] = entry


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon that comes with the software."""
    provinces = (
        split_territory_name(unit.name)[1]
        for unit in load_register().territories.values()
        if unit.level is UnitLevel.PROVINCE and unit.kind is UnitKind.TERRITORY
    )
    return Lexicon(read_yaml("mandate_words.yaml"), provinces)


def normalise(statement: str) -> str:
    """What two statements must share to say the same: a key to compare, not a text to show; normalising it again
    changes nothing. Roles, places and boilerplate are not in it."""
    parts = take_apart(statement)
    return " | ".join((*parts.actions, *parts.words))


def take_apart(statement: str, lexicon: Lexicon | None = None) -> Parts:
    """The parts of a statement in Vietnamese, whatever its Unicode form, case and places of tone marks."""
    return _Reading(statement, lexicon or load_lexicon()).parts()


class _Reading:
    """One statement while it is read from left to right, by the longest phrase that begins at each word."""

    __slots__ = ("cased", "folded", "lexicon", "printed")

    def __init__(self, statement: str, lexicon: Lexicon) -> None:
        text = statement if unicodedata.is_normalized("NFC", statement) else unicodedata.normalize("NFC", statement)
        self.lexicon = lexicon
        self.printed = _TOKEN.findall(text)
        self.folded = [_WORDS[word] for word in self.printed]
        self.cased = not (text.isupper() or text.islower())  # whether capitals say anything

    def longest(self, root: _Node, i: int) -> tuple[_Entry | None, int]:
        """The entry of the longest phrase from word i on, and where it ends (after word i if there is none)."""
        folded = self.folded
        node, found, end = root.get(folded[i]), None, i + 1
        for j in range(i + 1, len(folded) + 1):
            if node is None:
                break
            if None in node:
                found, end = node[None], j
            if j < len(folded):
                node = node.get(folded[j])
        return found, end

    def capital(self, i: int) -> bool:
        return self.cased and self.printed[i][0].isupper()

    def parts(self) -> Parts:
        folded, root = self.folded, self.lexicon.root
        role: MandateRole | None = None
        head, own, i = True, False, 0  # head: nothing of the object was read yet
        actions: list[str] = []
        light = later = ""
        words: dict[str, None] = {}
        fields: frozenset[str] = frozenset()
        places: list[str] = []
        while i < len(folded):
            entry, end = self.longest(root, i) if folded[i] in root else (None, i + 1)
            kind = entry.kind if entry else ""
            if entry is None:
                if i and self.capital(i) and (ahead := self.place_name(i)) > i:
                    places.append(_JOIN.join(folded[i:ahead]))
                    end = ahead
                elif folded[i] not in _STOPS:
                    words[folded[i]] = None
                    head = False
            elif kind == "thing":
                words[entry.name] = None
                fields |= entry.fields
                head = False
            elif kind == "action" and not head:
                if end - i > 1:
                    later = later or entry.name
                words[entry.name if end - i > 1 else folded[i]] = None
            elif kind == "action":
                if entry.name not in actions:
                    actions.append(entry.name)
            elif kind == "light":
                light = light or entry.name
            elif kind == "place":
                if (ahead := self.name_after(end)) > end:
                    places.append(_JOIN.join(folded[end:ahead]))
                end = ahead
            elif kind == "with":
                if role is None and head and not actions:
                    role = MandateRole.COOPERATING
                end = self.after_partners(end)
            elif kind in _ROLES:
                if role is None and head and not actions:
                    role = _ROLES[kind]
            elif kind == "own":
                own = True
            i = end
        if not actions and (later or light):
            actions.append(later or light)
            words.pop(later, None)
        return Parts(role, tuple(actions), tuple(words), fields, tuple(sorted(set(places))), own)

    def place_name(self, i: int) -> int:
        """Where the name of a province that begins at word i ends; i if none does."""
        entry, end = self.longest(self.lexicon.provinces, i)
        return end if entry else i

    def name_after(self, i: int) -> int:
        """Where the name after a kind of place ("tỉnh") ends: that of a province, else a run of capitals."""
        if i >= len(self.folded):
            return i
        if (end := self.place_name(i)) > i:
            return end
        end = i
        while end < min(len(self.folded), i + _LONGEST_PLACE) and self.capital(end):
            end += 1
        return end

    def after_partners(self, i: int) -> int:
        """Where the duty goes on after "phối hợp với …": at the next verb that is no part of a name."""
        for j in range(i, len(self.folded)):
            entry, end = self.longest(self.lexicon.root, j)
            if entry and entry.kind in ("action", "light") and not self.capital(j) and end - j > 1:
                return j
        return i
