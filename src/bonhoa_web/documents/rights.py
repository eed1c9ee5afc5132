"""Who may do what with a document: decided by roles for the unit that received it."""

from __future__ import annotations

from typing import Any

from bonhoa_web.documents.models import Document
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.rights import holds
from bonhoa_web.foundation.roles import Role

UPLOADERS = (Role.CLERK, Role.SPECIALIST, Role.LEADER)


def may_upload(actor: User, *, receiver: Any, **_: Any) -> bool:
    """Clerks, specialists and leaders of the receiving unit bring documents in."""
    return holds(actor, *UPLOADERS, unit=receiver)


def may_register(actor: User, *, document: Document, **_: Any) -> bool:
    """Clerks register; specialists may correct."""
    return holds(actor, Role.CLERK, Role.SPECIALIST, unit=document.receiver)


def may_note(actor: User, *, document: Document, **_: Any) -> bool:
    """Leaders write notes."""
    return holds(actor, Role.LEADER, unit=document.receiver)


def may_retry(actor: User, *, document: Document, **_: Any) -> bool:
    """Whoever may upload may try again."""
    return holds(actor, *UPLOADERS, unit=document.receiver)
