"""Reads of the documents room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from bonhoa.documents.model import RelationKind
from bonhoa_web.documents.models import Document, LeaderNote, Link, ReadingStatus
from bonhoa_web.foundation.fulltext import FullText, Part
from bonhoa_web.foundation.models import Attachment, User
from bonhoa_web.foundation.rights import grants

WORDS = FullText("documents_document", [Part("head", "folded_head", 8), Part("text", "folded", 1)])
"""The words of the documents: those of their data weigh more than those of their text."""

HEAVY = ("text", "folded", "content", "sketch", "folded_head")
"""What a list does not fetch."""

_widenings: list[Callable[[User], Q]] = []


def register_widening(widening: Callable[[User], Q]) -> None:
    """A higher room says which further documents a person may see (e.g. those behind the tasks of their unit)."""
    if widening not in _widenings:
        _widenings.append(widening)


def visible_documents(user: User) -> QuerySet[Document]:
    """The documents received by units for which `user` holds a role (or a unit below), and what other rooms add."""
    units = {g.unit_id for g in grants(user)}
    wanted = (
        Q(receiver__in=units)
        | Q(receiver__parent__in=units)
        | Q(receiver__parent__parent__in=units)
        | Q(notes__lead__in=units)
    )
    for widening in _widenings:
        wanted |= widening(user)
    return Document.objects.filter(pk__in=Document.objects.filter(wanted).values("pk"))


def library(user: User) -> QuerySet[Document]:
    """The documents of the library that `user` may see: all but those on which somebody must decide first."""
    return visible_documents(user).exclude(status=ReadingStatus.HELD)


def waiting_for_plan(found: QuerySet[Document]) -> QuerySet[Document]:
    """Those of `found` that were read and have no plan yet, though the last note on them asks for one."""
    notes = LeaderNote.objects.filter(document=OuterRef("pk")).order_by("-at", "-pk")
    waiting = found.filter(status=ReadingStatus.READ, plan__isnull=True)
    return waiting.annotate(wants_plan=Subquery(notes.values("wants_plan")[:1])).filter(wants_plan=True)


def may_read_file(user: User, attachment: Attachment) -> bool:
    """True if the attachment is the file or the scan of a document that `user` sees."""
    return visible_documents(user).filter(Q(file=attachment) | Q(scan=attachment)).exists()


# --- validity --------------------------------------------------------------------------------------------------------

ENDINGS = (str(RelationKind.REPLACES), str(RelationKind.REPEALS))


def with_endings(found: QuerySet[Document]) -> QuerySet[Document]:
    """`found` with what other documents here say of their end: `replaced` (is there such a word) and `replaced_on`, its
    first day (None where none is named)."""
    endings = Link.objects.filter(key=OuterRef("key"), relation__in=ENDINGS).exclude(key="")
    named = endings.filter(effective__isnull=False).order_by("effective").values("effective")[:1]
    return found.annotate(replaced=Exists(endings), replaced_on=Subquery(named))


def in_state(found: QuerySet[Document], state: str, on: dt.date) -> QuerySet[Document]:
    """Those of `found` that are in a state (`ActState`) on a day; the same as `state_of` says of each."""
    found = with_endings(found)
    ended = Q(expires_on__lte=on) | Q(ended_on__lte=on) | Q(replaced_on__lte=on)
    not_yet = Q(effective_on__gt=on) | Q(effective_on__isnull=True, issued_on__gt=on)
    known = Q(effective_on__isnull=False, replaced=False) | Q(
        Q(expires_on__isnull=False) | Q(ended_on__isnull=False) | Q(replaced_on__isnull=False)
    )
    return {
        "ended": found.filter(ended),
        "not_yet": found.exclude(_sure(found, ended)).filter(not_yet),
        "in_force": found.exclude(_sure(found, ended | not_yet)).filter(known),
        "unknown": found.exclude(_sure(found, ended | not_yet | known)),
    }[state]


def _sure(found: QuerySet[Document], wanted: Q) -> Q:
    """`wanted` as a set, so that leaving it out keeps the rows where it is neither true nor false."""
    return Q(pk__in=found.filter(wanted).order_by().values("pk"))


def state_of(document: Any, on: dt.date) -> str:
    """The state (`ActState`) of a document `with_endings` on a day."""
    ends = (document.expires_on, document.ended_on, document.replaced_on)
    if any(day and day <= on for day in ends):
        return "ended"
    begins = document.effective_on or document.issued_on
    if begins and on < begins:
        return "not_yet"
    return "in_force" if any(ends) or (document.effective_on and not document.replaced) else "unknown"
