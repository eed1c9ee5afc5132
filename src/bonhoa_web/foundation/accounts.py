"""How sign-in behaves: no public sign-up, no e-mail; a changed password is no longer temporary."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """allauth's hooks."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the first page: the empty form again would look as if nothing had happened."""
        return "/"

    def set_password(self, user: Any, password: str) -> None:
        """A password that its owner chose is not temporary any more."""
        user.password_is_temporary = False
        super().set_password(user, password)
