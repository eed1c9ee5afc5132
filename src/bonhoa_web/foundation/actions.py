"""How every write is made: check the right, do it, audit it, in one transaction."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from bonhoa_web.foundation import audit
from bonhoa_web.foundation.models import User


@dataclass
class Trail:
    """What the audit line of a running action will say; the action fills it."""

    target: models.Model | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    undo: list[Callable[[], None]] = field(default_factory=list)  # what to take back outside the database on failure


def action(name: str, *, may: Callable[..., bool]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a keyword-only function `fn(*, actor, trail, …)` so that it can only run checked and audited.

    `may(actor, **arguments)` decides; a refusal raises PermissionDenied before anything is done. The function returns
    the record it wrote, which is the audit's target unless it set `trail.target`. An exception rolls everything back.
    A refusal, of `may` or of the function itself, leaves an entry "refused:<name>" of its own.
    """

    def wrap(fn: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(fn)
        def run(*, actor: User, **arguments: Any) -> Any:
            trail = Trail()
            try:
                if not may(actor, **arguments):
                    raise PermissionDenied(name)
                with transaction.atomic():
                    result = fn(actor=actor, trail=trail, **arguments)
                    target = trail.target or (result if isinstance(result, models.Model) else None)
                    audit.append(actor, name, target, trail.detail)
            except BaseException as error:
                for take_back in trail.undo:
                    take_back()
                if isinstance(error, PermissionDenied):
                    with transaction.atomic():
                        audit.append(actor, f"refused:{name}", _record_in(arguments), {})
                raise
            return result

        run.action_name = name  # type: ignore[attr-defined]
        return run

    return wrap


def _record_in(arguments: dict[str, Any]) -> models.Model | None:
    """The first record among the arguments: what a refused action was about."""
    return next((value for value in arguments.values() if isinstance(value, models.Model)), None)
