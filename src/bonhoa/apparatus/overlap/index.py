"""Many statements, taken apart once; how alike two of them are, part by part; the like of one while it is typed."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from bonhoa.apparatus.audit.words import Grade
from bonhoa.apparatus.overlap.sketch import Floats, Ints, hashed
from bonhoa.apparatus.overlap.statements import Parts, load_lexicon, take_apart
from bonhoa.common.labels import Labelled

SAME_OBJECT, NEAR_OBJECT, SAME_ACTIONS = 0.55, 0.25, 0.5  # shares of weight (objects) and of number (actions) in common
_LONGEST = 24  # words of an object that are compared: the heaviest
_NOBODY = np.uint32(0xFFFFFFFF)
_CHUNK = 1 << 15  # pairs compared at a time: what fits into the processor's cache
_CANDIDATES = 200


class Part(Labelled):
    """What of two statements may agree."""

    ACTION = "action", "hành động", "action"
    OBJECT = "object", "đối tượng", "object"
    FIELD = "field", "lĩnh vực", "field"
    PLACE = "place", "địa bàn", "place"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two statements are: `score` in [0, 1], the parts that agree, the grade by GAO-15-49SP."""

    grade: Grade
    score: float
    agree: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """A statement of the index like the one asked for: its position and how alike."""

    position: int
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Compared:
    """Likeness of many pairs: arrays of one length."""

    score: Floats
    action: npt.NDArray[np.bool_]
    object: npt.NDArray[np.bool_]
    field: npt.NDArray[np.bool_]
    grade: npt.NDArray[np.int8]  # 0: none, else 1 + the position in `GRADES`

    def at(self, chosen: npt.NDArray[Any]) -> Compared:
        """The pairs at those positions."""
        return Compared(*(getattr(self, name)[chosen] for name in Compared.__slots__))

    def likeness(self, i: int, *also: Part) -> Likeness:
        """The pair at position i, which must have a grade; `also` are parts that agree by what the asker knows."""
        parts = ((Part.ACTION, self.action), (Part.OBJECT, self.object), (Part.FIELD, self.field))
        agree = (*(part for part, holds in parts if holds[i]), *also)
        return Likeness(GRADES[int(self.grade[i]) - 1], round(float(self.score[i]), 3), agree)


GRADES = (Grade.DUPLICATION, Grade.OVERLAP, Grade.FRAGMENTATION)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of many comparisons: arrays whose last axis are the pairs (of length 1: the same side in all pairs)."""

    words: npt.NDArray[np.uint32]  # (words, pairs), heaviest first, `_NOBODY` where there is none
    whole: Floats  # the weight of all words
    actions: npt.NDArray[np.uint64]
    fields: npt.NDArray[np.uint64]
    places: Ints  # 0: none named


class StatementIndex:
    """The statements of mandates in memory: equal ones are held once.

    `rows[i]` is the row of statement i; rows are the distinct statements. Memory: about 400 bytes a distinct statement.
    """

    def __init__(self, statements: Iterable[str]) -> None:
        self._lexicon = load_lexicon()
        self._action_bit = {name: np.uint64(1 << i) for i, name in enumerate(self._lexicon.actions)}
        self._field_bit = {code: np.uint64(1 << i) for i, code in enumerate(self._lexicon.fields)}
        self._number: dict[str, int] = {}  # word → number
        self._place_number: dict[tuple[str, ...], int] = {(): 0}
        row_of: dict[str, int] = {}
        self.rows = np.array([row_of.setdefault(text, len(row_of)) for text in statements], np.int64)
        self._read(row_of)

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def first_of_row(self) -> Ints:
        """The position of the first statement of each row."""
        first = np.empty(len(self.sizes), np.int64)
        first[self.rows[::-1]] = np.arange(len(self.rows))[::-1]
        return first

    def _read(self, texts: Iterable[str]) -> None:
        flat, sizes = array("I"), array("I")
        actions, fields, places, roles, own = array("Q"), array("Q"), array("I"), [], []
        number, lexicon = self._number, self._lexicon
        field_bits: dict[frozenset[str], int] = {}
        action_bits: dict[tuple[str, ...], int] = {}
        for text in texts:
            parts = take_apart(text, lexicon)
            flat.extend([number.setdefault(word, len(number)) for word in parts.words])
            sizes.append(len(parts.words))
            if (bits := action_bits.get(parts.actions)) is None:
                bits = action_bits[parts.actions] = self._bits(parts.actions, self._action_bit)
            actions.append(bits)
            if (bits := field_bits.get(parts.fields)) is None:
                bits = field_bits[parts.fields] = self._bits(parts.fields, self._field_bit)
            fields.append(bits)
            places.append(self._place_number.setdefault(parts.places, len(self._place_number)))
            roles.append(parts.role)
            own.append(parts.own_affairs)
        self.flat, self.sizes = np.array(flat, np.uint32), np.array(sizes, np.int64)
        self.starts = np.r_[0, np.cumsum(self.sizes)][:-1]
        self.actions, self.fields = np.array(actions, np.uint64), np.array(fields, np.uint64)
        self.places, self.roles, self.own = np.array(places, np.int64), roles, np.array(own, bool)
        often = np.bincount(self.flat, minlength=len(number))
        self.weights = self._weight(often)
        self._pad()

    @staticmethod
    def _bits(names: Iterable[str], bit: dict[str, np.uint64]) -> int:
        bits = 0
        for name in names:
            bits |= int(bit[name])
        return bits

    def _weight(self, often: Ints) -> Floats:
        """How much a word tells: the logarithm of how rare it is, by the number of statements that have it."""
        return np.log1p((1 + len(self.sizes)) / np.maximum(often, 1)).astype(np.float32)

    def _pad(self) -> None:
        """The words of each row, heaviest first, in a table of `_LONGEST` columns."""
        row = np.repeat(np.arange(len(self.sizes)), self.sizes)
        order = np.lexsort((self.flat, -self.weights[self.flat], row))
        column = np.arange(len(self.flat)) - np.repeat(self.starts, self.sizes)
        kept = column < _LONGEST
        self.table = np.full((len(self.sizes), min(_LONGEST, max(1, int(self.sizes.max(initial=1))))), _NOBODY)
        self.table[row[kept], column[kept]] = self.flat[order][kept]
        nobody = self.table == _NOBODY
        self.heft = np.where(
            nobody, np.float32(0), self.weights[np.where(nobody, 0, self.table)] if len(self.weights) else 0
        )
        self.whole = self.heft.sum(axis=1)

    def sketched(self) -> tuple[Ints, Ints, Floats, npt.NDArray[np.uint64]]:
        """Words and actions of each row for candidates, as `sketch.band_keys` takes them; a row that says nothing is a
        word of its own kind."""
        bits = np.arange(len(self._action_bit), dtype=np.uint64)
        row, action = np.nonzero(self.actions[:, None] >> bits & np.uint64(1))
        silent = np.flatnonzero((self.sizes == 0) & (self.actions == 0))
        words = len(self.weights)
        rows = np.r_[np.repeat(np.arange(len(self.sizes)), self.sizes), row, silent]
        said = np.r_[self.flat, words + action, np.full(len(silent), words + len(bits))].astype(np.uint32)
        weights = np.r_[self.weights, self._weight(np.bincount(action, minlength=len(bits) + 1))]
        order = np.argsort(rows, kind="stable")
        named = hashed((*self._number, *(f"!{action}" for action in self._action_bit), ""))
        return said[order], np.bincount(rows, minlength=len(self.sizes)), weights, named

    def side(self, rows: Ints, width: int = _LONGEST) -> Side:
        """Rows as one side of comparisons, of each the `width` heaviest words."""
        return Side(
            np.ascontiguousarray(self.table[:, :width][rows].T),
            self.whole[rows],
            self.actions[rows],
            self.fields[rows],
            self.places[rows],
        )

    def compare_rows(self, a: Ints, b: Ints) -> Compared:
        """Pairs of rows, compared in chunks of pairs of about the same length: most are short."""
        longer = np.minimum(np.maximum(self.sizes[a], self.sizes[b]), self.table.shape[1]).astype(np.uint8)
        order = np.argsort(longer, kind="stable")
        chunks = []
        for i in range(0, max(1, len(a)), _CHUNK):
            at = order[i : i + _CHUNK]
            width = int(longer[at[-1]]) if len(at) else 0
            weights = np.ascontiguousarray(self.heft[:, :width][a[at]].T)
            chunks.append(compare(self.side(a[at], width), self.side(b[at], width), weights))
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        return Compared(*(np.concatenate([getattr(c, f) for c in chunks])[back] for f in Compared.__slots__))

    # --- one statement against all -----------------------------------------------------------------------------------

    @cached_property
    def _postings(self) -> tuple[Ints, Ints]:
        """Rows by word: those of word w are rows[starts[w]:starts[w + 1]]."""
        row = np.repeat(np.arange(len(self.sizes), dtype=np.uint32), self.sizes)
        order = np.argsort(self.flat, kind="stable")
        return row[order], np.r_[0, np.cumsum(np.bincount(self.flat, minlength=len(self._number)))]

    def asked(self, parts: Parts) -> tuple[Side, Floats]:
        """A statement that is not in the index as one side of comparisons, and the weights of its words.

        A word that nobody uses weighs most.
        """
        fresh = [w for w in parts.words if w not in self._number]
        numbers = [self._number[w] for w in parts.words if w in self._number]
        numbers.sort(key=lambda n: -self.weights[n])
        heaviest = float(self._weight(np.array([1]))[0])
        unknown = range(len(self._number), len(self._number) + len(fresh))
        heavy = [*((w, heaviest) for w in unknown), *((n, float(self.weights[n])) for n in numbers)][:_LONGEST]
        words = np.array([[word] for word, _ in heavy], np.uint32).reshape(-1, 1)
        weights = np.array([[weight] for _, weight in heavy], np.float32).reshape(-1, 1)
        actions = self._bits(parts.actions, self._action_bit)
        fields = self._bits(parts.fields, self._field_bit)
        place = self._place_number.get(parts.places, len(self._place_number))
        side = Side(
            words,
            weights.sum(axis=0),
            np.array([actions], np.uint64),
            np.array([fields], np.uint64),
            np.array([place], np.int64),
        )
        return side, weights

    def like(self, parts: Parts, among: npt.NDArray[np.bool_] | None = None) -> tuple[Ints, Compared]:
        """The rows most like a statement, best first; `among` (by row) says which may be answered."""
        rows, starts = self._postings
        score = np.zeros(len(self.sizes), np.float32)
        for number in (self._number[w] for w in parts.words if w in self._number):
            score[rows[starts[number] : starts[number + 1]]] += self.weights[number]
        if among is not None:
            score[~among] = 0
        found = np.argpartition(-score, min(_CANDIDATES, len(score) - 1))[:_CANDIDATES] if len(score) else rows[:0]
        found = found[score[found] > 0]
        asked, weights = self.asked(parts)
        compared = compare(asked, self.side(found), weights)
        order = np.lexsort((found, -compared.score))
        order = order[compared.grade[order] > 0]
        return found[order], compared.at(order)


def compare(a: Side, b: Side, weights: Floats) -> Compared:
    """Part by part; it does not matter which side is `a`. `weights` are those of its words, 0 where there is none."""
    shared = np.zeros(np.broadcast_shapes(a.whole.shape, b.whole.shape), np.float32)
    others = [other for other in b.words if (other != _NOBODY).any()]
    for word, weight in zip(a.words, weights, strict=True):
        found = np.zeros(shared.shape, bool)
        for other in others:
            found |= word == other
        shared += weight * found  # where there is no word, the weight is 0
    whole = a.whole + b.whole - shared
    same = np.divide(shared, whole, out=np.zeros_like(shared), where=whole > 0)
    either = np.bitwise_count(a.actions | b.actions)
    acting = np.divide(np.bitwise_count(a.actions & b.actions), either, out=np.zeros(same.shape), where=either > 0)
    acting = acting.astype(np.float32)
    field = (a.fields & b.fields) > 0
    placed = (a.places == b.places) | (a.places == 0) | (b.places == 0)
    action, object_ = acting >= SAME_ACTIONS, same >= SAME_OBJECT
    near = same >= NEAR_OBJECT
    grade = np.select([object_ & action, object_ | near & action & field, near & (action | field)], [1, 2, 3])
    grade = np.where(placed, grade, 0).astype(np.int8)
    score = np.minimum(0.75 * same + 0.2 * acting + 0.05 * field, 1)
    return Compared(score, action, object_, np.broadcast_to(field, score.shape), grade)


def similar(
    statement: str, index: StatementIndex, k: int = 5, among: npt.NDArray[np.bool_] | None = None
) -> list[Similar]:
    """Statements of the index that say what `statement` says, best first: "đã có nhiệm vụ này chưa?".

    Of equal statements the first stands for all. `among` (one truth value for each row) narrows the answer.
    """
    rows, compared = index.like(take_apart(statement), among)
    first = index.first_of_row
    return [Similar(int(first[row]), compared.likeness(i)) for i, row in enumerate(rows[:k].tolist())]
