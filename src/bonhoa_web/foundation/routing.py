"""Routes that say who may call them. A route without `who` cannot be written; a test walks all routes x roles."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from bonhoa_web.foundation.rights import holds
from bonhoa_web.foundation.roles import Role

PUBLIC = frozenset({"public"})
SIGNED_IN = frozenset(Role)

Who = frozenset[str] | frozenset[Role]


def route(pattern: str, view: Callable[..., HttpResponseBase], *, name: str, who: Who) -> URLPattern:
    """A URL pattern whose view only answers people who hold one of the roles `who` for some unit (or everybody).

    What a person may do to one record is decided by the action or query, with the record's unit.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if who != PUBLIC:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not holds(request.user, *who):  # type: ignore[arg-type]
                raise PermissionDenied(name)
        return view(request, *args, **kwargs)

    guarded.who = who  # type: ignore[attr-defined]
    return path(pattern, guarded, name=name)
