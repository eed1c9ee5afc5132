"""The register of acts on a date: which act a citation names, whether it is in force that day, and what came after it.

The shipped register is `data/acts.csv`; an organisation's own documents extend it (`Acts.with_documents`), by what
they say of themselves and of the acts they replace, repeal or amend. What is not known stays unknown: where two acts
fit a citation none is chosen.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Protocol

import regex

from bonhoa.common.folding import fold
from bonhoa.common.labels import Labelled
from bonhoa.documents.model import Citation, Metadata, Relation, RelationKind
from bonhoa.documents.numbers import canonical

CHECKED, UNVERIFIED = "checked", "unverified"


class ActState(Labelled):
    """Whether an act applies on a day."""

    IN_FORCE = "in_force", "còn hiệu lực", "in force"
    NOT_YET = "not_yet", "chưa có hiệu lực", "not yet in force"
    ENDED = "ended", "hết hiệu lực", "no longer in force"
    UNKNOWN = "unknown", "chưa rõ hiệu lực", "not known"


@dataclass(frozen=True, slots=True)
class Act:
    """What is known of one act. `status`: "checked" where its source states the facts, else "unverified"."""

    key: str
    """Stable: the canonical number, with the date where numbers repeat; kind and name of an act without a number."""
    kind: str | None = None
    number: str | None = None
    name: str | None = None
    """The name or subject, without the kind: "Tổ chức chính quyền địa phương"."""
    issuer: str | None = None
    date: dt.date | None = None
    effective: dt.date | None = None
    """The first day on which it applies."""
    ended: dt.date | None = None
    """The first day on which it applies no longer."""
    ended_by: tuple[str, ...] = ()
    """Keys of the acts that replaced or repealed it."""
    amended_by: tuple[str, ...] = ()
    source: str = ""
    status: str = UNVERIFIED

    def title(self) -> str:
        """How a person names it: "Luật Đất đai số 31/2024/QH15", "Nghị định số 30/2020/NĐ-CP"."""
        if not self.number:
            return f"{self.kind or ''} {self.name or ''}".strip()
        named = f"{self.kind} {self.name}" if self.kind in _NAMED_KINDS and self.name else self.kind or "Văn bản"
        return f"{named} số {self.number}"


@dataclass(frozen=True, slots=True)
class Standing:
    """An act on a day. `successors`: of an ended act, the acts that apply in its stead, followed to the last."""

    act: Act
    state: ActState
    successors: tuple[Act, ...] = ()


class ReadAct(Protocol):
    """What the register takes from a document that was read; `Document` is one."""

    @property
    def metadata(self) -> Metadata: ...
    @property
    def citations(self) -> Sequence[Citation]: ...
    @property
    def relations(self) -> Sequence[Relation]: ...


_NAMED_KINDS = frozenset({"Luật", "Bộ luật", "Pháp lệnh"})
_CENTRAL = regex.compile(r"[\d.]+\p{L}?/\d{4}/(?!.*(?:UBND|HĐND|UB$)).+")
_PARTY = regex.compile(r"\d+\p{L}?-\p{L}+/.+")
_WORD = regex.compile(r"\w+")
_YEAR = regex.compile(r",? *(?:năm )?(?P<year>(?:19|20)\d\d)$")
_TERM = {True: dt.timedelta(days=5 * 366), False: dt.timedelta(days=366)}
"""After how long a number without a year comes again: five years in the Party, one in the state."""


def act_key(number: str, date: dt.date | None) -> str:
    """The key of an act by its number.

    The number of a central act with its year ("30/2020/NĐ-CP") is given once; any other is told by its date.

    >>> act_key("01/CT-UBND", dt.date(2025, 2, 3))
    '1/CT-UBND@2025-02-03'
    """
    plain = canonical(number)
    return plain if date is None or _CENTRAL.fullmatch(plain) else f"{plain}@{date.isoformat()}"


def name_key(kind: str | None, name: str) -> str:
    """The key of an act that is cited by its name, and under which it is found: no diacritics, no signs.

    >>> name_key("Luật", "Chất lượng sản phẩm, hàng hoá")
    'luat-chat-luong-san-pham-hang-hoa'
    """
    return "-".join(_WORD.findall(fold(f"{kind or ''} {name}")))


class Acts:
    """A register of acts; building it takes time and space linear in their number, a look-up none that grows.

    Over another register it holds only what is added to that one or known better: of one key its own act counts.
    """

    def __init__(self, acts: Iterable[Act], over: Acts | None = None) -> None:
        self._over = over
        self._acts = {act.key: act for act in acts}
        self._numbers: dict[str, list[Act]] = defaultdict(list)
        self._names: dict[str, list[Act]] = defaultdict(list)
        for act in self._acts.values():
            if act.number:
                self._numbers[canonical(act.number)].append(act)
            if act.name:
                self._names[name_key(act.kind, act.name)].append(act)

    @staticmethod
    @cache
    def shipped() -> Acts:
        """The register of `data/acts.csv`."""
        return Acts(_rows())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[Act]:
        under = self._over or ()
        yield from (act for act in under if act.key not in self._acts)
        yield from self._acts.values()

    def get(self, key: str) -> Act | None:
        """The act of that key."""
        return self._acts.get(key) or (self._over.get(key) if self._over else None)

    def _by_number(self, plain: str) -> list[Act]:
        under = self._over._by_number(plain) if self._over else []
        return [act for act in under if act.key not in self._acts] + self._numbers.get(plain, [])

    def _by_name(self, key: str) -> list[Act]:
        under = self._over._by_name(key) if self._over else []
        return [act for act in under if act.key not in self._acts] + self._names.get(key, [])

    # --- which act a citation names

    def resolve(self, citation: Citation, on: dt.date | None) -> Act | None:
        """The act that a citation in a document of the day `on` names; None if none, or more than one, fits."""
        if citation.number:
            return self._numbered(citation.number, citation.date, on)
        return self._named(citation.kind, citation.name, on) if citation.name else None

    def _numbered(self, number: str, date: dt.date | None, on: dt.date | None) -> Act | None:
        plain = canonical(number)
        found = self._by_number(plain)
        if _CENTRAL.fullmatch(plain):
            return found[0] if len(found) == 1 else None
        if date is not None:
            return _only(act for act in found if act.date == date)
        if on is None or "UBND" in plain or "HĐND" in plain:  # every province has its own
            return None
        term = _TERM[bool(_PARTY.fullmatch(plain))]
        return _only(act for act in found if act.date and act.date <= on < act.date + term)

    def _named(self, kind: str | None, name: str, on: dt.date | None) -> Act | None:
        year = _YEAR.search(name)
        found = self._by_name(name_key(kind, name[: year.start()] if year else name))
        if year:
            return _only(act for act in found if act.date and act.date.year == int(year["year"]))
        if on is None:
            return None
        fits = [act for act in found if self.state(act, on).state in (ActState.IN_FORCE, ActState.UNKNOWN)]
        if fits:
            return _only(fits)
        # Cited after its end under a name that no later act bears: that one is meant.
        past = [act for act in found if act.ended and act.ended <= on and act.ended_by]
        return _only(past) if len(found) == len(past) else None

    # --- what it is on a day

    def state(self, act: Act, on: dt.date) -> Standing:
        """Whether `act` applies on the day; of an ended one also what applies in its stead (cycles end there)."""
        if act.ended and act.ended <= on:
            return Standing(act, ActState.ENDED, self._successors(act, on))
        begins = act.effective or act.date or _first_day(act.number)
        if begins and on < begins:
            return Standing(act, ActState.NOT_YET)
        known = act.ended or (act.effective and not act.ended_by)
        return Standing(act, ActState.IN_FORCE if known else ActState.UNKNOWN)

    def _successors(self, act: Act, on: dt.date) -> tuple[Act, ...]:
        seen, found = {act.key}, []
        waiting = list(act.ended_by)
        while waiting:
            key = waiting.pop(0)
            after = self.get(key)
            if after is None or key in seen:
                continue
            seen.add(key)
            if after.ended and after.ended <= on:
                waiting += after.ended_by
            else:
                found.append(after)
        return tuple(found)

    # --- what an organisation's documents add

    def with_documents(self, documents: Iterable[ReadAct]) -> Acts:
        """This register and what `documents` say: each is an act, and ends or amends those it says it does.

        What was known stays: a document only adds what is missing. All that it adds is unverified.
        """
        read = sorted((d for d in documents if d.metadata.number), key=lambda d: d.metadata.date or dt.date.min)
        added: dict[str, Act] = {}
        for document in read:
            own = _of_document(document.metadata)
            known = added.get(own.key) or self.get(own.key)
            added[own.key] = _completed(known, own) if known else own
        register = Acts(added.values(), over=self)
        for document in read:
            own = _of_document(document.metadata)
            for relation in document.relations:
                if relation.kind not in _CHANGES:
                    continue
                cited = document.citations[relation.citation]
                known = register.resolve(cited, document.metadata.date) or _of_citation(cited)
                if known and known.key != own.key:
                    before = added.get(known.key) or self.get(known.key) or known
                    added[known.key] = _changed(before, own.key, relation)
        return Acts(added.values(), over=self)


_CHANGES = frozenset({RelationKind.AMENDS, RelationKind.REPLACES, RelationKind.REPEALS})


def _only(acts: Iterable[Act]) -> Act | None:
    found = list(acts)
    return found[0] if len(found) == 1 else None


def _first_day(number: str | None) -> dt.date | None:
    """The first day of the year that a number names."""
    year = regex.search(r"/((?:19|20)\d\d)/", number or "")
    return dt.date(int(year[1]), 1, 1) if year else None


def _of_document(metadata: Metadata) -> Act:
    return Act(
        key=act_key(metadata.number or "", metadata.date),
        kind=metadata.type,
        number=metadata.number,
        name=metadata.subject,
        issuer=metadata.issuer,
        date=metadata.date,
        effective=metadata.effective,
        ended=metadata.expires,
        source="document",
    )


def _of_citation(citation: Citation) -> Act | None:
    """An act known only from being cited; by its number alone, a name may be any of several."""
    if not citation.number or not regex.search(r"\p{L}", citation.number):
        return None
    return Act(
        key=act_key(citation.number, citation.date),
        kind=citation.kind,
        number=citation.number,
        date=citation.date,
        source="citation",
    )


def _completed(known: Act, read: Act) -> Act:
    """`known` with what it lacks from `read`; an end that is added makes the whole unverified."""
    ended = known.ended or read.ended
    return replace(
        known,
        kind=known.kind or read.kind,
        name=known.name or read.name,
        issuer=known.issuer or read.issuer,
        date=known.date or read.date,
        effective=known.effective or read.effective,
        ended=ended,
        status=known.status if ended == known.ended else UNVERIFIED,
    )


def _changed(act: Act, by: str, relation: Relation) -> Act:
    """`act` after the act of the key `by` amended or ended it."""
    if relation.kind is RelationKind.AMENDS:
        return act if by in act.amended_by else replace(act, amended_by=(*act.amended_by, by))
    if act.ended and act.ended_by:
        return act
    return replace(act, ended=act.ended or relation.effective, ended_by=(*act.ended_by, by), status=UNVERIFIED)


@cache
def law_names() -> tuple[str, ...]:
    """Names of the laws of the register, without the kind, the longest first; not of those that amend others."""
    names = {act.name for act in Acts.shipped() if act.kind in _NAMED_KINDS and act.name}
    return tuple(sorted((n for n in names if not n.startswith("sửa đổi")), key=lambda n: (-len(n), n)))


def _rows() -> tuple[Act, ...]:
    """The acts of `data/acts.csv`; its header says what the columns hold."""
    text = files("bonhoa.data").joinpath("acts.csv").read_text("utf-8")
    found = []
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        number, date = row["number"] or None, _day(row["date"])
        found.append(
            Act(
                key=act_key(number, date) if number else name_key(row["kind"], row["name"]),
                kind=row["kind"] or None,
                number=number,
                name=row["name"] or None,
                issuer=row["issuer"] or None,
                date=date,
                effective=_day(row["effective"]),
                ended=_day(row["ended"]),
                ended_by=tuple(row["ended_by"].split()),
                amended_by=tuple(row["amended_by"].split()),
                source=row["source"],
                status=row["status"],
            )
        )
    return tuple(found)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
