"""Fixtures for every level of test."""

from pathlib import Path
from typing import Any

import pytest
from tests.migrated import copy_into

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests over real documents bear the mark `shared`: `make test` leaves them to `make check`."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker("shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material beside the clone; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared (real documents) is not beside this clone")
    return SHARED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On SQLite the test database is a copy of a migrated one, made once for all workers."""
    from django.conf import settings
    from django.db.backends.sqlite3.creation import DatabaseCreation

    def create_test_db(self: Any, verbosity: int = 1, autoclobber: bool = False, *_: object, **__: object) -> str:
        name: str = self._create_test_db(verbosity, autoclobber)
        self.connection.close()
        settings.DATABASES[self.connection.alias]["NAME"] = self.connection.settings_dict["NAME"] = name
        self.connection.ensure_connection()
        copy_into(self.connection.connection)
        return name

    DatabaseCreation.create_test_db = create_test_db
