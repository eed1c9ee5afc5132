"""`bonhoa rules`: over a folder of Parquet files, in JSON and in words."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.library.apparatus.maps import tables

from bonhoa.apparatus.audit.limits import load_limits
from bonhoa.cli import main

MAP = {
    "units": [{"unit": "a", "valid_from": "2020-01-01"}, {"unit": "b", "valid_from": "2020-01-01"}],
    "functions": [{"function": "f", "valid_from": "2020-01-01"}],
    "mandates": [
        {"function": "f", "unit": "a", "valid_from": "2020-01-01", "valid_to": "2024-03-01"},
        {"function": "f", "unit": "b", "valid_from": "2024-02-29"},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tables(**MAP)
    folder = tmp_path / "bản đồ [1]'s *"
    (folder / "mandates.parquet").mkdir(parents=True)  # a folder of parts, as Spark writes it
    for name in ("units", "functions"):
        pq.write_table(made[name], folder / f"{name}.parquet")
    for part in range(2):
        pq.write_table(made["mandates"].slice(part, 1), folder / f"mandates.parquet/part-{part}.parquet")
    return folder


def test_json_tells_findings_what_was_not_run_and_the_limits(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", str(folder), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"mandate_overlap": 1}
    assert told["findings"][0] | {"vi": "", "en": ""} == {
        "key": "mandate_overlap|f||2024-02-29",
        "rule": "mandate_overlap",
        "grade": "duplication",
        "codes": [{"kind": "function", "code": "f"}, {"kind": "scope", "code": ""}],
        "valid_from": "2024-02-29",
        "valid_to": "2024-03-01",
        "value": 2,
        "bound": 1,
        "evidence": ["m0", "m1"],
        "vi": "",
        "en": "",
    }
    assert {"rule": "overload", "vi": "thiếu bảng holdings", "en": "no table holdings"} in told["not_run"]
    assert [one["rule"] for one in told["limits"]] == load_limits().column("name").to_pylist()


def test_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "1 phát hiện" in out and "Quản lý thi đua (f) (cả nước): 2 cơ quan cùng chủ trì" in out
    assert "không kiểm tra: thiếu bảng holdings" in out and "chưa kiểm chứng" in out
    assert main(["rules", str(folder), "--lang", "en"]) == 1
    assert "2 units lead it at once, from 2024-02-29 to 2024-02-29." in capsys.readouterr().out


def test_a_sound_map_ends_with_0(tmp_path: Path) -> None:
    pq.write_table(tables(**MAP)["units"], tmp_path / "units.parquet")
    assert main(["rules", str(tmp_path)]) == 0


@pytest.mark.parametrize("what", ["nowhere", "empty", "text", "strange"])
def test_what_cannot_be_used_is_one_sentence(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if what == "text":
        (tmp_path / "units.parquet").write_text("unit,name")
    elif what == "strange":
        made = tables(mandates=[{"function": "f", "unit": "a", "role": "chủ trì"}])
        pq.write_table(made["mandates"], tmp_path / "mandates.parquet")
    assert main(["rules", str(tmp_path / what if what == "nowhere" else tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and len(told.err) > 60
