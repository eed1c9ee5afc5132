"""What the benches keep of judged misses: well formed, and no new miss passes as judged."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"


@pytest.fixture(scope="module")
def judged() -> ModuleType:
    spec = importlib.util.spec_from_file_location("judged", BENCH / "judged.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules["judged"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(p.stem for p in (BENCH / "judged").glob("*.csv")))
def test_every_judgement_has_one_verdict_and_a_cause(judged: ModuleType, name: str) -> None:
    assert judged.judgements(name)


@pytest.mark.parametrize("row", ["a,1,x,maybe,why", "a,1,x,none,", "a,1,x,none,why\na,1,x,ours,why"])
def test_a_judgement_without_them_is_refused(
    judged: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str
) -> None:
    monkeypatch.setattr(judged, "FOLDER", tmp_path)
    (tmp_path / "some.csv").write_text(f"file,offset,number,verdict,cause\n{row}\n", "utf-8")
    with pytest.raises(ValueError, match="a,1,x"):
        judged.judgements("some")


def test_a_new_miss_is_not_judged_and_counts_as_ours(
    judged: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged, "FOLDER", tmp_path)
    kept = "file,offset,number,verdict,cause\na.txt,1,5/QĐ-A,none,a form\nb.txt,2,6/QĐ-A,ours,why\nc.txt,3,7/QĐ-A,none,gone\n"
    (tmp_path / "some.csv").write_text(kept, "utf-8")
    misses = [(("a.txt", "1", "5/QĐ-A"), ""), (("b.txt", "2", "6/QĐ-A"), ""), (("a.txt", "9", "5/QĐ-A"), "new")]
    said = judged.judge("some", misses)
    assert (said.ours, said.unjudged) == (2, 1)
    assert "not judged: a.txt 9 5/QĐ-A: new" in said.lines
    assert "some: no longer a miss: c.txt 3 7/QĐ-A" in said.lines
    assert not any("no longer" in line for line in judged.judge("some", misses, partly=True).lines)
