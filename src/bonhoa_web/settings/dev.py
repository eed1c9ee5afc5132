"""One machine, loopback only: `make run`."""

import secrets
from collections.abc import Callable

from cryptography.fernet import Fernet

from bonhoa_web.settings.base import *  # noqa: F403
from bonhoa_web.settings.base import VAR

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]


def _kept(name: str, make: Callable[[], str]) -> str:
    """A key made once per installation and kept beside its data."""
    path = VAR / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make(), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = _kept("secret_key", lambda: secrets.token_urlsafe(50))
BONHOA_DATA_KEYS = [_kept("data_key", lambda: Fernet.generate_key().decode())]
