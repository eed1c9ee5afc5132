"""Tests: SQLite in memory unless DATABASE_URL names a PostgreSQL server."""

import os
import tempfile
from pathlib import Path

from bonhoa_web.settings.base import *  # noqa: F403
from bonhoa_web.settings.base import database

SECRET_KEY = "only-for-tests"  # noqa: S105
BONHOA_DATA_KEYS = ["b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMTI="]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
VAR = Path(tempfile.mkdtemp(prefix="bonhoa-test-"))
MEDIA_ROOT = VAR / "media"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir()
DATABASES = {"default": database(os.environ.get("BONHOA_TEST_DATABASE_URL") or f"sqlite:///{VAR / 'test.sqlite3'}")}
BONHOA_JOBS = "inline"
WHITENOISE_AUTOREFRESH = True  # looks a file up when it is asked for, where each Client() would list them all
ACCOUNT_RATE_LIMITS = False
