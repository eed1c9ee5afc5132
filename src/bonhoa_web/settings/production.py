"""Production: everything that differs comes from the environment; without it the system does not start."""

import os

from django.core.exceptions import ImproperlyConfigured

from bonhoa_web.settings.base import *  # noqa: F403


def _required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set; see docs/en/running.md")
    return value


SECRET_KEY = _required("BONHOA_SECRET_KEY")
BONHOA_DATA_KEYS = _required("BONHOA_DATA_KEY").split(",")  # newest first: foundation/sealed.py
_required("DATABASE_URL")  # read by base; the embedded database is for one person's machine
ALLOWED_HOSTS = _required("BONHOA_HOSTS").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the limits on sign-in count the visitor's address, not the proxy's
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
