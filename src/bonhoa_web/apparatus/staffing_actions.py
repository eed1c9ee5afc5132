"""Writes of a unit's mandates, job positions with their posts, holdings and head, and of people."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bonhoa.apparatus.vocabulary import HoldingMode, MandateRole, PositionGroup
from bonhoa.common.errors import InputError
from bonhoa.common.folding import fold
from bonhoa_web.apparatus import rights
from bonhoa_web.apparatus.dated import Dated, withdraw
from bonhoa_web.apparatus.keeping import correct, within_life, words, write
from bonhoa_web.apparatus.models import (
    Function,
    FunctionVersion,
    Holding,
    JobPosition,
    Mandate,
    Person,
    PositionVersion,
    Post,
    PostVersion,
    Unit,
)
from bonhoa_web.foundation.actions import Trail, action
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.rights import holds

MOST_NAMED = 5
"""So many people are named in a refusal."""


@dataclass(frozen=True, slots=True)
class Term:
    """From when to before when something holds, and on which act it rests."""

    start: dt.date | None
    end: dt.date | None
    act: str = ""
    provision: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns of a dated row."""
        return {"valid_from": self.start, "valid_to": self.end, "act": self.act, "provision": self.provision}


def _of_unit(actor: User, *, unit: Unit, **_: Any) -> bool:
    return rights.may_keep(actor, unit)


def _of_row(actor: User, *, row: Mandate | PositionVersion, **_: Any) -> bool:
    return rights.may_keep(actor, row.unit)


def _of_post(actor: User, *, post: Post, **_: Any) -> bool:
    units = rights.units_of_post(post.pk)
    return bool(units) and all(rights.may_keep(actor, unit) for unit in units)


def _of_holding(actor: User, *, row: Holding, post: Post | None = None, **_: Any) -> bool:
    return _of_post(actor, post=row.post) and (post is None or _of_post(actor, post=post))


def _within(row: Dated, term: Term, **same: Any) -> bool:
    """True if the row stays as it is in the columns `same` and holds no longer than it did: that asks for no more right
    than over the row."""
    start = row.valid_from is None or (term.start is not None and row.valid_from <= term.start)
    end = row.valid_to is None or (term.end is not None and term.end <= row.valid_to)
    return start and end and all(getattr(row, column) == value for column, value in same.items())


def _identity(model: Any, prefix: str) -> Any:
    """A new identity with a code of its own."""
    made = model.objects.create(code=uuid.uuid4().hex)
    made.code = f"{prefix}.{made.pk}"
    made.save(update_fields=["code"])
    return made


# --- mandates --------------------------------------------------------------------------------------------------------


@action("mandate.add", may=_of_unit)
def add_mandate(
    *, actor: User, trail: Trail, unit: Unit, statement: str, scope: Unit | None, role: MandateRole, term: Term
) -> Mandate:
    """`unit` holds a function in a place; a function in the same words is the same one."""
    within_life(unit, term.start, term.end)
    _reaches(actor, unit, scope)
    trail.detail = {"unit": unit.name, "text": statement, "act": term.act, "on": term.start}
    function = _function(statement, term, actor)
    return write(
        Mandate(unit=unit, function=function, scope=scope, role=str(role), recorded_by=actor, **term.columns())
    )


@action("mandate.correct", may=_of_row)
def correct_mandate(
    *, actor: User, trail: Trail, row: Mandate, statement: str, scope: Unit | None, role: MandateRole, term: Term
) -> Mandate:
    """What was written of a mandate was wrong, or it ends."""
    within_life(row.unit, term.start, term.end)
    trail.detail = {"unit": row.unit.name, "text": statement, "act": term.act, "on": term.start}
    function = _function(statement, term, actor)
    if not _within(row, term, function=function, scope=scope, role=str(role)):
        _reaches(actor, row.unit, scope)
    return correct(row, actor, function=function, scope=scope, role=str(role), **term.columns())


@action("mandate.withdraw", may=_of_row)
def withdraw_mandate(*, actor: User, trail: Trail, row: Mandate) -> Mandate:
    """A mandate was never so; it stays on record but counts no more."""
    trail.detail = {"text": words(row)}
    withdraw([row])
    return row


def _reaches(actor: User, unit: Unit, scope: Unit | None) -> None:
    """InputError if the place is wider than the actor may record of the unit."""
    if not rights.may_reach(actor, unit, scope):
        own = rights.territory_of(unit)
        raise InputError(
            "scope_outside",
            f"{unit.name} chỉ ghi được nhiệm vụ trong địa bàn {own.name} ({own.code}); hãy ghi địa bàn đó hoặc nơi bên "
            "trong, còn địa bàn khác thì người có quyền ở nơi đó ghi.",
            f"Mandates of {unit.name} are recorded within {own.name} ({own.code}); write that place or one inside it, "
            "others are recorded by somebody with the right there.",
        )


def _function(statement: str, term: Term, actor: User) -> Function:
    """The function in these words, with or without diacritics; a new one if there is none."""
    folded = fold(statement).strip()
    known = FunctionVersion.objects.filter(folded=folded).select_related("function").first()
    if known is not None:
        return known.function
    function: Function = _identity(Function, "cn")
    FunctionVersion.objects.create(
        function=function, statement=statement.strip(), folded=folded, act=term.act, recorded_by=actor
    )
    return function


# --- job positions and their posts -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PositionData:
    """What a job position is; `head` and `deputy` say what its posts are."""

    title: str
    group: PositionGroup
    grade: str
    quota: int
    head: bool = False
    deputy: bool = False

    def columns(self) -> dict[str, Any]:
        """The columns of a version of the position."""
        return {"title": self.title, "group": str(self.group), "grade": self.grade, "quota": self.quota}


@action("position.add", may=_of_unit)
def add_position(*, actor: User, trail: Trail, unit: Unit, data: PositionData, term: Term) -> PositionVersion:
    """A job position of the unit, with as many posts as its quota says."""
    within_life(unit, term.start, term.end)
    _one_head(data)
    trail.detail = {"unit": unit.name, "name": data.title, "count": data.quota, "act": term.act, "on": term.start}
    position = _identity(JobPosition, "vt")
    version = write(
        PositionVersion(position=position, unit=unit, recorded_by=actor, **data.columns(), **term.columns())
    )
    for number in range(1, data.quota + 1):
        _add_post(version, data, number, term, actor)
    return version


@action("position.correct", may=_of_row)
def correct_position(
    *, actor: User, trail: Trail, row: PositionVersion, data: PositionData, term: Term
) -> PositionVersion:
    """Correct a job position and its posts: a higher quota adds posts, a lower one takes vacant ones away."""
    within_life(row.unit, term.start, term.end)
    _one_head(data)
    trail.detail = {"unit": row.unit.name, "name": data.title, "count": data.quota, "act": term.act, "on": term.start}
    fresh = correct(row, actor, **data.columns(), **term.columns())
    posts = list(posts_of(row))
    surplus = _surplus(posts, data.quota)
    without = _without_post(posts)
    withdraw(surplus)
    for post in posts:
        if post not in surplus:
            correct(post, actor, title=data.title, is_head=data.head, is_deputy=data.deputy, **term.columns())
    free = (n for n in range(1, data.quota + len(posts) + 1) if n not in {p.number for p in posts if p not in surplus})
    for number in [next(free) for _ in range(data.quota - len(posts) + len(surplus))]:
        _add_post(fresh, data, number, term, actor)
    left = [held for held in _without_post(posts) if held not in without]
    if left:
        names = "; ".join(f"{held.person.full_name} ({held.person.code})" for held in left[:MOST_NAMED])
        more = "; …" if len(left) > MOST_NAMED else ""
        raise InputError(
            "holders_left",
            f"Ngoài thời gian đã ghi, biên chế của vị trí này vẫn có người giữ: {names}{more}; hãy sửa thời gian giữ "
            "của họ trước.",
            f"Outside that period posts of this position are still held: {names}{more}; correct the periods of these "
            "holdings first.",
        )
    return fresh


@action("position.withdraw", may=_of_row)
def withdraw_position(*, actor: User, trail: Trail, row: PositionVersion) -> PositionVersion:
    """A job position was never so; its posts count no more either. Refused while somebody holds one."""
    withdraw([row])
    posts = list(posts_of(row))
    trail.detail = {"name": row.title, "count": len(posts)}
    _surplus(posts, 0)
    withdraw(posts)
    return row


def posts_of(row: PositionVersion) -> Any:
    """The posts of a job position in its unit in the period of this version."""
    found = PostVersion.objects.filter(position=row.position, unit=row.unit).during(row.valid_from, row.valid_to)
    return found.order_by("number")


def _one_head(data: PositionData) -> None:
    if data.head and data.quota > 1:
        raise InputError(
            "one_head",
            "Vị trí người đứng đầu chỉ có một biên chế; hãy ghi số người là 1.",
            "The position of the head has one post only; write 1 as its number of people.",
        )


def _surplus(posts: list[PostVersion], quota: int) -> list[PostVersion]:
    """The posts past `quota`, vacant ones with the highest numbers. InputError if too few are vacant."""
    held = set(Holding.objects.filter(post__in=[p.post_id for p in posts]).values_list("post_id", flat=True))
    vacant = [post for post in reversed(posts) if post.post_id not in held]
    wanted = max(len(posts) - quota, 0)
    if wanted > len(vacant):
        raise InputError(
            "posts_held",
            f"Còn {len(posts) - len(vacant)} biên chế của vị trí này có người giữ, không giảm xuống {quota} được; "
            "hãy sửa hoặc rút dòng bố trí người trước.",
            f"{len(posts) - len(vacant)} posts of this position have holders, so it cannot be cut to {quota}; "
            "correct or withdraw the holdings first.",
        )
    return vacant[:wanted]


def _add_post(version: PositionVersion, data: PositionData, number: int, term: Term, actor: User) -> PostVersion:
    return write(
        PostVersion(
            post=_identity(Post, "bc"),
            position=version.position,
            unit=version.unit,
            number=number,
            title=data.title,
            is_head=data.head,
            is_deputy=data.deputy,
            recorded_by=actor,
            **term.columns(),
        )
    )


# --- who fills the posts ---------------------------------------------------------------------------------------------


@action("holding.add", may=_of_post)
def add_holding(
    *, actor: User, trail: Trail, post: Post, person: Person, mode: HoldingMode, load: int, term: Term
) -> Holding:
    """`person` fills `post`."""
    _while_there(post, term)
    _belongs_here(actor, person, term)
    trail.detail = {"person": person.full_name, "name": _title(post), "act": term.act, "on": term.start}
    return write(Holding(post=post, person=person, mode=str(mode), load=load, recorded_by=actor, **term.columns()))


@action("holding.correct", may=_of_holding)
def correct_holding(
    *, actor: User, trail: Trail, row: Holding, post: Post, person: Person, mode: HoldingMode, load: int, term: Term
) -> Holding:
    """What was written of a holding was wrong, or it ends."""
    _while_there(post, term)
    if not _within(row, term, person=person, post=post, mode=str(mode)):
        _belongs_here(actor, person, term)
    trail.detail = {"person": person.full_name, "name": _title(post), "act": term.act, "on": term.start}
    return correct(row, actor, post=post, person=person, mode=str(mode), load=load, **term.columns())


@action("holding.withdraw", may=_of_holding)
def withdraw_holding(*, actor: User, trail: Trail, row: Holding) -> Holding:
    """A holding was never so."""
    trail.detail = {"person": row.person.full_name, "name": _title(row.post)}
    withdraw([row])
    return row


def _title(post: Post) -> str:
    version = PostVersion.objects.filter(post=post).select_related("unit").last_begun()
    return words(version) if version else post.code


def _while_there(post: Post, term: Term) -> None:
    """InputError if the post is not there on some day of the term."""
    if _cover(PostVersion.objects.filter(post=post), term.start, term.end):
        return
    raise InputError(
        "post_not_there",
        f"Biên chế “{_title(post)}” không có suốt thời gian đã ghi; hãy chọn thời gian khác hoặc sửa vị trí việc làm.",
        f'The post "{_title(post)}" is not there all that time; choose another period or correct the job position.',
    )


def _cover(rows: Iterable[PostVersion], start: dt.date | None, end: dt.date | None) -> bool:
    """True if on every day of [start, end) one of the rows holds."""
    day = start
    for row in sorted(rows, key=lambda row: row.valid_from or dt.date.min):
        if row.valid_from is None or (day is not None and row.valid_from <= day):
            if row.valid_to is None:
                return True
            day = max(day or row.valid_to, row.valid_to)
            if end is not None and day >= end:
                return True
    return False


def _without_post(posts: list[PostVersion]) -> list[Holding]:
    """The holdings of these posts that hold on some day on which the post is not there."""
    ids = [post.post_id for post in posts]
    places: dict[int, list[PostVersion]] = {pk: [] for pk in ids}
    for place in PostVersion.objects.filter(post__in=ids):
        places[place.post_id].append(place)
    held = Holding.objects.filter(post__in=ids).select_related("person").order_by("person__full_name", "pk")
    return [h for h in held if not _cover(places[h.post_id], h.valid_from, h.valid_to)]


def _belongs_here(actor: User, person: Person, term: Term) -> None:
    """InputError if the person officially holds a post in the term in a unit that the actor does not keep: who takes
    somebody into a unit of his own would see what only the officers of that person's unit may."""
    units = rights.official_units(person, term.start, term.end)
    if not all(rights.may_keep(actor, unit) for unit in units):
        raise InputError(
            "belongs_elsewhere",
            f"Người mang mã {person.code} đang giữ chức vụ chính thức ở cơ quan ngoài phạm vi của bạn trong thời gian "
            "đó; hãy đề nghị cơ quan ấy hoặc cấp trên của cả hai nơi ghi.",
            f"The person with the code {person.code} officially holds a post at that time in a unit outside your "
            "right; ask that unit, or one above both, to record it.",
        )


@action("head.set", may=_of_unit)
def set_head(
    *, actor: User, trail: Trail, unit: Unit, person: Person, title: str, mode: HoldingMode, load: int, term: Term
) -> Holding:
    """`person` heads the unit from a day on: who headed it in the same mode ends that day. A unit without a post for
    its head gets one with its job position."""
    within_life(unit, term.start, term.end)
    assert term.start is not None  # noqa: S101 - the form asks for it
    trail.detail = {"unit": unit.name, "person": person.full_name, "act": term.act, "on": term.start}
    place = PostVersion.objects.on(term.start).filter(unit=unit, is_head=True).select_related("post").first()
    if place is None:
        data = PositionData(title, PositionGroup.MANAGEMENT, "", 1, head=True)
        open_term = Term(term.start, unit.valid_to, term.act, term.provision)
        position = _identity(JobPosition, "vt")
        version = write(
            PositionVersion(position=position, unit=unit, recorded_by=actor, **data.columns(), **open_term.columns())
        )
        place = _add_post(version, data, 1, open_term, actor)
    for held in Holding.objects.on(term.start).filter(post=place.post, mode=str(mode)).select_related("person"):
        if held.valid_from == term.start:
            raise InputError(
                "same_day",
                f"{held.person.full_name} được ghi là giữ chức vụ này từ chính ngày {term.start:%d/%m/%Y}; "
                "hãy sửa dòng đó.",
                f"{held.person.full_name} is recorded as its holder from {term.start:%d/%m/%Y} itself; "
                "correct that row.",
            )
        correct(held, actor, valid_to=term.start, act=term.act, provision=term.provision)
    _while_there(place.post, term)
    _belongs_here(actor, person, term)
    return write(
        Holding(post=place.post, person=person, mode=str(mode), load=load, recorded_by=actor, **term.columns())
    )


# --- people ----------------------------------------------------------------------------------------------------------


def _keeper(actor: User, **_: Any) -> bool:
    return holds(actor, *rights.KEEPERS)


@action("person.add", may=_keeper)
def add_person(*, actor: User, trail: Trail, code: str, full_name: str) -> Person:
    """Somebody who may hold posts; no more is asked than a code and a name."""
    known = Person.objects.filter(code__iexact=code).first()
    if known is not None:
        raise InputError(
            "person_code",
            f"Mã {known.code} đã có người mang; mỗi người một mã, hãy kiểm tra lại.",
            f"The code {known.code} is somebody's already; each person has one of their own, check it.",
        )
    trail.detail = {"name": full_name}
    return Person.objects.create(code=code, full_name=full_name, folded=fold(full_name).strip()[:120])


def _sealed(actor: User, *, person: Person, **_: Any) -> bool:
    return rights.may_see_sealed(actor, person)


@action("person.reveal", may=_sealed)
def reveal(*, actor: User, trail: Trail, person: Person) -> Person:
    """Look at the sealed data of a person; that somebody looked stays on record."""
    trail.detail = {}
    return person


def _sealing(actor: User, *, person: Person, **_: Any) -> bool:
    return rights.may_write_sealed(actor, person)


@action("person.seal", may=_sealing)
def seal(
    *,
    actor: User,
    trail: Trail,
    person: Person,
    born: dt.date | None,
    identity_number: str,
    joined_party: dt.date | None,
) -> Person:
    """Write the sealed data of a person, days as in ISO 8601; the audit keeps that it was done, not what."""
    trail.detail = {}
    person.born = born.isoformat() if born else ""
    person.identity_number = identity_number
    person.joined_party = joined_party.isoformat() if joined_party else ""
    person.save(update_fields=["born", "identity_number", "joined_party"])
    return person
