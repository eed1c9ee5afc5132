"""What one row of a file does to the dated rows that are stored for the same thing.

A given piece takes the place of the stored one that begins on the same day, wherever that ends; elsewhere it takes only
the days that it names, and what is stored goes on before and after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

EVER, NEVER = dt.date.min, dt.date.max
"""The open beginning and the open end of a period."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something is so in [start, end): `values` (None: nothing is), by an act.

    `origin` is the id of the stored row, or the numbers of the rows of the file (`by_file`) that say it. One that is
    not `exact` says nothing of the days outside.
    """

    start: dt.date
    end: dt.date
    values: dict[str, Any] | None
    act: str = ""
    provision: str = ""
    exact: bool = True
    origin: tuple[int, ...] = ()
    by_file: bool = False

    def meets(self, other: Piece) -> bool:
        """True if the two share a day."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stays as it is stored, what of the stored no longer counts, and what is written instead."""

    kept: tuple[Piece, ...]
    gone: tuple[Piece, ...]
    new: tuple[Piece, ...]


def overlay(stored: Sequence[Piece], given: Sequence[Piece], *, by_act: bool) -> Outcome:
    """`given` laid over `stored`; neither overlaps itself. With `by_act` a difference in the act is a difference."""
    given = [_with_the_act(piece, stored) for piece in given]
    starts = {piece.start for piece in given if piece.exact}
    fresh = [part for piece in given for part in _news(piece, stored, by_act)]
    left = [part for piece in stored if piece.start not in starts for part in without(piece, fresh)]
    target = _joined([*left, *(piece for piece in fresh if piece.values is not None)], by_act)
    ids = {_key(piece, by_act): piece for piece in target}
    kept = tuple(piece for piece in stored if _key(piece, by_act) in ids)
    known = {_key(piece, by_act) for piece in kept}
    return Outcome(
        kept,
        tuple(piece for piece in stored if piece not in kept),
        tuple(piece for piece in target if _key(piece, by_act) not in known),
    )


def _with_the_act(piece: Piece, stored: Iterable[Piece]) -> Piece:
    """A piece that names no act rests on the act of the stored one that says the same."""
    if piece.act or piece.provision:
        return piece
    same = next((s for s in stored if s.meets(piece) and s.values == piece.values), None)
    return replace(piece, act=same.act, provision=same.provision) if same else piece


def _news(piece: Piece, stored: Iterable[Piece], by_act: bool) -> list[Piece]:
    """What of a piece is not stored already; an exact one that begins or ends elsewhere is news as a whole."""
    if piece.exact and any(s.start == piece.start for s in stored):
        return [piece]
    return without(piece, [s for s in stored if _same(s, piece, by_act)])


def without(piece: Piece, others: Iterable[Piece]) -> list[Piece]:
    """The parts of a piece on the days of none of the others."""
    parts = [piece]
    for other in others:
        parts = [
            replace(part, start=start, end=end)
            for part in parts
            for start, end in (
                [(part.start, min(part.end, other.start)), (max(part.start, other.end), part.end)]
                if part.meets(other)
                else [(part.start, part.end)]
            )
            if start < end
        ]
    return parts


def _joined(pieces: Iterable[Piece], by_act: bool) -> list[Piece]:
    """Neighbours that say the same as one."""
    out: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.start):
        if out and out[-1].end == piece.start and _same(out[-1], piece, by_act):
            alike = [p for p in (out[-1], piece) if p.by_file] or [out[-1], piece]  # rows of the file speak for it
            origin = tuple(number for p in alike for number in p.origin)
            out[-1] = replace(out[-1], end=piece.end, origin=origin, by_file=alike[0].by_file)
        else:
            out.append(piece)
    return out


def _same(one: Piece, other: Piece, by_act: bool) -> bool:
    return one.values == other.values and (not by_act or (one.act, one.provision) == (other.act, other.provision))


def _key(piece: Piece, by_act: bool) -> tuple[object, ...]:
    # the values of a stored and a given piece were made by the same code, so their order is the same
    return (piece.start, piece.end, repr(piece.values), *((piece.act, piece.provision) if by_act else ()))


def clashes(pieces: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
    """Pairs of pieces that share a day, each with the one that reaches farthest of those before it."""
    found: list[tuple[Piece, Piece]] = []
    last: Piece | None = None
    for piece in sorted(pieces, key=lambda p: (p.start, p.end)):
        if last is not None and last.meets(piece):
            found.append((last, piece))
        if last is None or piece.end > last.end:
            last = piece
    return found
