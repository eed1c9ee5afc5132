"""What we stand on is permissively licensed; psycopg (LGPL, unmodified) is the one exception, named in NOTICE."""

import re
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXCEPTION = {"psycopg", "psycopg-binary"}
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|GNU (Affero |Lesser )?General Public|EUPL|SSPL)", re.I)


def pinned(name: str) -> set[str]:
    text = (ROOT / "requirements" / name).read_text()
    return {m.lower().replace("_", "-") for m in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==", text, re.M)}


def licence_of(metadata) -> str:
    expression = metadata.get("License-Expression")
    if expression:
        return expression
    classifiers = [c for c in metadata.get_all("Classifier") or [] if c.startswith("License ::")]
    return "; ".join(classifiers) or (metadata.get("License") or "").splitlines()[0:1].__str__()


def test_every_pinned_package_is_permissive() -> None:
    installed = {d.metadata["Name"].lower().replace("_", "-"): d for d in distributions()}
    checked = 0
    for name in sorted(pinned("dev.txt") & installed.keys()):
        licence = licence_of(installed[name].metadata)
        assert licence.strip("[]"), f"{name} states no licence"
        # a choice ("MPL-2.0 OR GPL-2.0") is fine when one side is permissive
        if COPYLEFT.search(licence) and " OR " not in licence:
            assert name in EXCEPTION, f"{name}: {licence}"
        checked += 1
    assert checked > 40


@pytest.mark.parametrize("name", sorted(EXCEPTION))
def test_the_exception_is_named(name: str) -> None:
    assert name.split("-")[0] in (ROOT / "NOTICE").read_text()


def test_the_licence_is_apache() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text()[:300]
