"""Fixtures for every level of test."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material beside the clone; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared (real documents) is not beside this clone")
    return SHARED
