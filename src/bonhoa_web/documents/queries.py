"""Reads of the documents room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from bonhoa_web.documents.models import Document
from bonhoa_web.foundation.models import Attachment, User
from bonhoa_web.foundation.rights import grants

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


def may_read_file(user: User, attachment: Attachment) -> bool:
    """True if the attachment is the file or the scan of a document that `user` sees."""
    return visible_documents(user).filter(Q(file=attachment) | Q(scan=attachment)).exists()


def by_numbers(user: User, numbers: set[str]) -> dict[str, Any]:
    """The visible documents with one of these numbers."""
    return {d.number: d for d in visible_documents(user).filter(number__in=numbers)} if numbers else {}
