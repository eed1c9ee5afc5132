"""Who may do what with a document: decided by roles for the unit that received it."""

from __future__ import annotations

from typing import Any

from bonhoa_web.documents.models import Document
from bonhoa_web.foundation.models import User
from bonhoa_web.foundation.rights import holds
from bonhoa_web.foundation.roles import Role

UPLOADERS = (Role.CLERK, Role.SPECIALIST, Role.LEADER)
IMPORTERS = (Role.CLERK, Role.ADMIN)


def may_upload(actor: User, *, receiver: Any, batch: Any = None, **_: Any) -> bool:
    """Clerks, specialists and leaders of the receiving unit bring documents in; whoever imports, the documents of the
    import."""
    return holds(actor, *UPLOADERS, unit=receiver) or (batch is not None and may_import(actor, receiver=receiver))


def may_import(actor: User, *, receiver: Any, **_: Any) -> bool:
    """Clerks and administrators of the receiving unit import many documents at once."""
    return holds(actor, *IMPORTERS, unit=receiver)


def may_decide(actor: User, *, document: Document, **_: Any) -> bool:
    """Whoever could have brought a held document in says whether it stays."""
    return holds(actor, *UPLOADERS, *IMPORTERS, unit=document.receiver)


def may_register(actor: User, *, document: Document, **_: Any) -> bool:
    """Clerks register; specialists may correct."""
    return holds(actor, Role.CLERK, Role.SPECIALIST, unit=document.receiver)


def may_note(actor: User, *, document: Document, **_: Any) -> bool:
    """Leaders write notes."""
    return holds(actor, Role.LEADER, unit=document.receiver)


def may_retry(actor: User, *, document: Document, **_: Any) -> bool:
    """Whoever may upload may try again."""
    return holds(actor, *UPLOADERS, unit=document.receiver)
