"""Loading the demo: a province settles in an empty database.

The documents (`directives`) and what happens to their tasks (`plots.tell`) join here once the documents room and the
review have their actions: upload, read, plan, resolve, submit, approve, then `tell`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from bonhoa.common.errors import InputError
from bonhoa.execution.model import SuggestedAction
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.demo.acts_on_file import acts_on_file
from bonhoa_web.demo.clock import story_time
from bonhoa_web.demo.directives import DemoDocument, main_directive, second_directive, third_directive
from bonhoa_web.demo.plots import Cast, tell
from bonhoa_web.demo.settling import Account, settle_people, settle_units
from bonhoa_web.documents import actions as documents
from bonhoa_web.documents.models import Document
from bonhoa_web.execution import plan_actions as plans
from bonhoa_web.execution import plan_decisions as decisions
from bonhoa_web.execution import plan_resolve
from bonhoa_web.execution.models import Draft, Plan
from bonhoa_web.foundation import jobs
from bonhoa_web.foundation.models import User


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading hands back to the launcher and the browser tests."""

    accounts: list[Account]


SETTLED = 60  # days before today on which the province's units and people begin


def load(today: dt.date | None = None, *, force: bool = False) -> Loaded:
    """Fill the database with the demo as of `today` (None: the day it is); the accounts that can sign in.

    Raises InputError("demo-not-empty") if there are people already, unless `force`, and InputError("demo-loaded") if
    the demo itself is there: nothing is ever loaded twice.
    """
    if User.objects.filter(username="chuyenvien").exists():
        raise InputError(
            "demo-loaded",
            "Dữ liệu mô phỏng đã được nạp; không nạp lần nữa.",
            "The demo is loaded already; it is not loaded twice.",
        )
    if User.objects.exists() and not force:
        raise InputError(
            "demo-not-empty",
            "Cơ sở dữ liệu đã có người dùng; muốn nạp dữ liệu mô phỏng vào đó thì thêm --force.",
            "The database has users already; to load the demo into it, add --force.",
        )
    today = today or timezone.localdate()
    settled = today - dt.timedelta(days=SETTLED)
    with story_time(settled):
        accounts = settle_people(settle_units(), settled)
    cast = _Cast.of(accounts)
    _on_file(cast, today)
    tell(_carried_out(cast, today), Cast(cast.leader, cast.specialist), today)
    _under_review(cast, today)
    _just_arrived(cast, today)
    return Loaded(accounts)


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who brings a document in, who prepares its plan, who decides; and for which body."""

    clerk: User
    specialist: User
    leader: User
    body: Unit

    @classmethod
    def of(cls, accounts: list[Account]) -> _Cast:
        people = {a.key: User.objects.get(username=a.username) for a in accounts}
        return cls(people["clerk"], people["specialist"], people["leader"], Unit.objects.get(code="st/ubnd"))


def _on_file(cast: _Cast, today: dt.date) -> None:
    """The acts that the library holds: they change and replace each other; the office keeps them at hand."""
    office = Unit.objects.get(code="st/van-phong-ubnd")
    for days, act in enumerate(acts_on_file(today)):
        with story_time(today - dt.timedelta(days=SETTLED - 2 - days)):
            document = _arrives(cast, act)
            documents.note(
                actor=cast.leader,
                document=document,
                lead=office,
                text="Văn phòng lưu để tra cứu.",
                wants_plan=False,
            )


def _carried_out(cast: _Cast, today: dt.date) -> Plan:
    """The main directive, from its arrival to the approval of its plan."""
    with story_time(today - dt.timedelta(days=44)):
        document = _arrives(cast, main_directive(today), due_on=today + dt.timedelta(days=30))
        office = Unit.objects.get(code="st/van-phong-ubnd")
        documents.note(
            actor=cast.leader, document=document, lead=office, text="Văn phòng lập bảng phân công, trình duyệt."
        )
    with story_time(today - dt.timedelta(days=43)):
        plan = plans.make_plan(actor=cast.specialist, document=document)
        for draft in plan.drafts.filter(lead=None):
            wanted = _way_out(draft)
            plan_resolve.resolve(actor=cast.specialist, draft=draft, act=wanted["action"], code=wanted["code"])
        plan.refresh_from_db()
        plans.accept_all(actor=cast.specialist, plan=plan)
        decisions.submit(actor=cast.specialist, plan=plan)
    with story_time(today - dt.timedelta(days=42)):
        return decisions.approve(actor=cast.leader, plan=plan)


def _way_out(draft: Draft) -> dict[str, Any]:
    """What the specialist of the story does about a row without an owner: expand a group, else take the first offer."""
    offers: list[dict[str, Any]] = draft.suggestions
    return next((s for s in offers if s["action"] == SuggestedAction.EXPAND), offers[0])


def _under_review(cast: _Cast, today: dt.date) -> None:
    """The second directive: its plan is made, some rows still ask for a decision."""
    with story_time(today - dt.timedelta(days=1), 15):
        document = _arrives(cast, second_directive(today))
        plans.make_plan(actor=cast.specialist, document=document)


def _just_arrived(cast: _Cast, today: dt.date) -> None:
    """The third directive: registered, nobody has looked at it yet."""
    with story_time(today - dt.timedelta(days=1), 16):
        _arrives(cast, third_directive(today))


def _arrives(cast: _Cast, directive: DemoDocument, due_on: dt.date | None = None) -> Document:
    """The clerk brings a document in and registers it; it is read at once, since no worker runs beside the loading."""
    document = documents.bring_in(actor=cast.clerk, receiver=cast.body, data=directive.data, name=directive.filename)
    if document.job is not None:
        jobs.run(document.job.pk)
    document.refresh_from_db()
    number = documents.next_arrival_number(cast.body, timezone.localdate().year)
    fields = {key: getattr(document, key) for key in documents.REGISTERED}
    fields |= {"arrival_number": number, "arrived_on": timezone.localdate(), "due_on": due_on}
    documents.register(actor=cast.clerk, document=document, **fields)
    return document
