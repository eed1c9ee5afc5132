"""One machine, loopback only: `make run`."""

from bonhoa_web.settings.base import *  # noqa: F403
from bonhoa_web.settings.base import VAR

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]


def _secret() -> str:
    """A key made once per installation and kept beside its data."""
    import secrets

    path = VAR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = _secret()
