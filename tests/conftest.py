"""Fixtures for every level of test."""

from pathlib import Path

import pytest

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
