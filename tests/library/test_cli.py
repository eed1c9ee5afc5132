"""The command line as people and programs meet it: exit codes, one JSON object, one line of complaint."""

import json
from pathlib import Path

import pytest

import bonhoa.execution
from bonhoa import cli
from bonhoa.documents.model import Document
from bonhoa.execution.model import TaskDraft

TEXT = """ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 77/KH-UBND
Nghệ An, ngày 03 tháng 11 năm 2025

KẾ HOẠCH
Kiểm tra cầu treo dân sinh

1. Sở Xây dựng chủ trì, phối hợp với Công an tỉnh lập danh mục cầu treo yếu, báo cáo trước ngày 30/11/2025.
2. UBND cấp xã rà soát cầu treo trên địa bàn.
"""


def two_tasks(document: Document) -> tuple[TaskDraft, ...]:
    """What any extraction finds in TEXT; these tests are about the command line."""
    first, second = document.text.index("Sở Xây dựng"), document.text.index("UBND cấp xã")
    return (
        TaskDraft(first, document.text.index("\n", first), ("Sở Xây dựng",), ("Công an tỉnh",), None, "danh mục"),
        TaskDraft(second, document.text.index("\n", second), ("UBND cấp xã",)),
    )


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bonhoa.execution, "extract", two_tasks, raising=False)
    path = tmp_path / "kh-77.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    assert " / " in line and "Traceback" not in line
    return line


def test_read_prints_one_object(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "text.txt"
    assert cli.main(["read", str(file), "--json", "--text", str(out)]) == cli.DONE
    found = json.loads(capsys.readouterr().out)
    text = out.read_text(encoding="utf-8")
    assert found["metadata"]["number"] == "77/KH-UBND" and found["metadata"]["date"] == "2025-11-03"
    assert found["structure"]["kind"] == "document"
    assert text[found["tasks"][0]["start"] : found["tasks"][0]["end"]].startswith("Sở Xây dựng chủ trì")
    assert {"citations", "references", "notices"} <= found.keys()


def test_read_of_several_files_lists_them_and_names_the_bad_one(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "khong-co.txt"
    assert cli.main(["read", str(file), str(missing), "--json"]) == cli.UNUSABLE
    captured = capsys.readouterr()
    good, bad = json.loads(captured.out)["files"]
    assert good["file"] == str(file) and len(good["tasks"]) == 2
    assert bad["error"]["code"] == "cannot_open" and str(missing) in captured.err


def test_plan_prints_owners_and_problems(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plan", str(file), "--json"]) == cli.PROBLEMS
    found = json.loads(capsys.readouterr().out)
    first, second = found["tasks"]
    assert found["on"] == "2025-11-03"
    assert first["owner"] == {"code": "vn-40/so-xay-dung", "name": "Sở Xây dựng tỉnh Nghệ An", "office": None}
    assert first["problems"] == ["no_deadline"]
    assert second["owner"] is None and second["problems"][0] == "collective_lead"
    assert len(second["suggestions"][0]["members"]) == 130


def test_plan_on_another_day_reads_the_names_of_that_day(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["plan", str(file), "--on", "2025-06-30", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert len(found["tasks"][1]["suggestions"][0]["members"]) == 412


@pytest.mark.parametrize(("lang", "word"), [("vi", "chủ trì"), ("en", "Lead")])
def test_plan_for_a_person_and_its_files(
    file: Path, tmp_path: Path, lang: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    xlsx, docx = tmp_path / "a.xlsx", tmp_path / "a.docx"
    arguments = ["plan", str(file), "--lang", lang, "--xlsx", str(xlsx), "--docx", str(docx)]
    assert cli.main(arguments) == cli.PROBLEMS
    assert word in capsys.readouterr().out
    assert xlsx.read_bytes()[:2] == docx.read_bytes()[:2] == b"PK"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.docx", "a.xlsx", "kh-77.txt"]


def test_plan_without_a_date_asks_for_one(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(TEXT.replace("Nghệ An, ngày 03 tháng 11 năm 2025\n", ""), encoding="utf-8")
    assert cli.main(["plan", str(file), "--json"]) == cli.UNUSABLE
    assert "--on" in complaint(capsys)


def test_files_that_cannot_be_used_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", str(tmp_path / "khong-co.docx")]) == cli.UNUSABLE
    assert "khong-co.docx" in complaint(capsys)
    empty = tmp_path / "rong.txt"
    empty.touch()
    assert cli.main(["read", str(empty)]) == cli.UNUSABLE
    complaint(capsys)


def test_an_output_that_cannot_be_written_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = file.parent / "khong-co" / "a.xlsx"
    assert cli.main(["plan", str(file), "--json", "--xlsx", str(target)]) == cli.UNUSABLE
    assert "a.xlsx" in complaint(capsys)


@pytest.mark.parametrize(
    "arguments", [[], ["doc"], ["plan"], ["plan", "x", "--on", "31/02/2025"], ["units", "--level", "x"]]
)
def test_wrong_commands_get_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == cli.UNUSABLE
    complaint(capsys)


@pytest.mark.parametrize("command", ["read", "plan", "units"])
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main([command, "--help"])
    assert stop.value.code == 0
    assert f"bonhoa {command} " in capsys.readouterr().out.split("example:")[1]


def test_units_by_day_level_and_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["units", "--on", "2025-07-01", "--level", "province", "--code", "08", "--json"]) == cli.DONE
    found = json.loads(capsys.readouterr().out)
    (unit,) = found["units"]
    assert found["count"] == 1
    assert (unit["code"], unit["name"], unit["parent"]) == ("08", "Tỉnh Tuyên Quang", None)
    assert (unit["valid_from"], unit["valid_to"]) == ("2025-07-01", None)
    assert {p["code"] for p in unit["predecessors"]} == {"02", "08"} and unit["successors"] == []


def test_units_of_a_commune_name_their_province(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["units", "--on", "2025-07-01", "--level", "commune", "--name", "kim lien", "--json"])
    units = json.loads(capsys.readouterr().out)["units"]
    assert {(unit["name"], unit["parent"]) for unit in units} >= {("Xã Kim Liên", "40"), ("Phường Kim Liên", "01")}
