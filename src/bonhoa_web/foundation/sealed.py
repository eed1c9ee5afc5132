"""Columns that are stored encrypted: what a copy of the database must not give away.

The keys are the setting BONHOA_DATA_KEYS, newest first: new values are sealed with the first, old ones are opened with
whichever fits, so a key is changed by putting a new one before it. A sealed column cannot be searched.
"""

from __future__ import annotations

import functools
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.query_utils import DeferredAttribute


@functools.lru_cache(maxsize=4)
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise ImproperlyConfigured("BONHOA_DATA_KEY is no key of Fernet; see docs/en/running.md") from error


def seal(text: str) -> str:
    """`text` encrypted and signed."""
    return _keys(tuple(settings.BONHOA_DATA_KEYS)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed. ImproperlyConfigured if none of the keys fits."""
    try:
        return _keys(tuple(settings.BONHOA_DATA_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ImproperlyConfigured("BONHOA_DATA_KEY does not open what is stored; give the old key too") from error


class _Sealed(str):
    """A text as it is stored."""


class _Opening(DeferredAttribute):
    """Opens the text when somebody asks for it: a list of records that shows others of their columns opens nothing."""

    field: Any

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, _Sealed):
            value = instance.__dict__[self.field.attname] = unseal(value)
        return value

    def __set__(self, instance: Any, value: Any) -> None:  # with it Python asks `__get__` also for what is loaded
        instance.__dict__[self.field.attname] = value


class SealedField(models.TextField):  # type: ignore[type-arg]
    """A text column that only ever reaches the database sealed; empty stays empty. A record opens it when it is asked
    for; `values()` and `values_list()` give it as it is stored."""

    descriptor_class = _Opening

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return seal(text) if text else text

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return _Sealed(value) if value else value
