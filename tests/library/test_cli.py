"""The command line as people and programs meet it: exit codes, one JSON object, one line of complaint."""

import errno
import json
import re
from pathlib import Path

import docx as python_docx
import pytest

import bonhoa.execution
from bonhoa import cli, cli_words
from bonhoa.documents.model import Document
from bonhoa.execution.extract import extract as real_extract
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
    printed = capsys.readouterr().out
    assert word in printed
    assert all(f"{'Đã ghi' if lang == 'vi' else 'Written'}: {path}" in printed for path in (xlsx, docx))
    assert xlsx.read_bytes()[:2] == docx.read_bytes()[:2] == b"PK"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.docx", "a.xlsx", "kh-77.txt"]


@pytest.mark.parametrize(("lang", "sentence"), [("vi", "Không tìm thấy nhiệm vụ nào"), ("en", "No task was found")])
def test_a_document_without_tasks_is_told_so(
    file: Path, lang: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bonhoa.execution, "extract", lambda document: ())
    assert cli.main(["plan", str(file), "--lang", lang]) == cli.DONE
    assert sentence in capsys.readouterr().out


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


# --- what is said of another period ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--name", "Bộ Giao thông vận tải"], ["có đến 01/03/2025", "tiếp theo là Bộ Xây dựng"]),
        (["--name", "huyen nam dan"], ["Huyện Nam Đàn có đến 01/07/2025", "Xã Kim Liên"]),
        (["--code", "bo-gtvt"], ["có đến 01/03/2025"]),
        (["--name", "quận"], ["đơn vị khác"]),
    ],
)
def test_a_name_of_another_period_is_explained(
    arguments: list[str], told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["units", *arguments, "--on", "2026-06-30", "--json"]) == cli.DONE
    found = json.loads(capsys.readouterr().out)
    assert found["count"] == 0 and all(part in found["hint"]["vi"] for part in told), found["hint"]["vi"]
    assert 1 <= len(found["hint"]["units"]) <= 5 and found["hint"]["units"][0]["unit"]["valid_to"]
    cli.main(["units", *arguments, "--on", "2026-06-30"])
    assert told[0] in " ".join(capsys.readouterr().out.split())


def test_a_name_of_the_future_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["units", "--name", "Bộ Dân tộc và Tôn giáo", "--on", "2020-06-30", "--lang", "en"])
    assert "begins on 01/03/2025" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("arguments", [["--name", "zzzz", "--on", "2026-06-30"], ["--name", "Bộ Xây dựng"]])
def test_there_is_no_hint_where_nothing_is_to_be_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["units", *arguments, "--json"]) == cli.DONE
    assert json.loads(capsys.readouterr().out)["hint"] is None


# --- complaints are Vietnamese in their Vietnamese half --------------------------------------------------------------

ENGLISH = re.compile(r"\b(argument|arguments|invalid|choose|required|expected|No such|directory|denied|date)\b")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["units", "--foo"], "không có tham số “--foo”"),
        (["doc"], "COMMAND không nhận “doc”; chọn trong: "),
        (["plan"], "thiếu FILE"),
        (["plan", "x", "--on"], "--on cần một giá trị"),
        (["plan", "x", "--on", "31/02/2025"], "“31/02/2025” không phải ngày (YYYY-MM-DD)"),
        (["units", "--level", "x"], "--level không nhận “x”"),
        (["units", "--json=3"], "--json không nhận giá trị “3”"),
        (["serve", "--port", "abc"], "--port không nhận giá trị “abc”"),
        (["plan", "a", "b"], "không có tham số “b”"),
    ],
)
def test_wrong_commands_are_told_in_vietnamese(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(arguments)
    vietnamese, english = complaint(capsys).split(" / ")
    assert words in vietnamese and not ENGLISH.search(vietnamese) and ENGLISH.search(english)


def test_a_message_that_we_do_not_know_stays_as_it_is() -> None:
    assert cli_words.usage_words("something new") == ("something new", "something new")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "không có tệp"),
        (errno.EISDIR, "thư mục"),
        (errno.EACCES, "không có quyền"),
        (errno.EIO, "lỗi số"),
    ],
)
def test_the_system_speaks_vietnamese(number: int, words: str) -> None:
    vi, en = cli_words.os_reason(OSError(number, "English words"))
    assert words in vi and en == "English words"


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", str(tmp_path)]) == cli.UNUSABLE
    vietnamese = complaint(capsys).split(" / ")[0]
    assert "đây là thư mục" in vietnamese or "không có quyền" in vietnamese  # Windows says the latter


# --- files, days, reasons --------------------------------------------------------------------------------------------


def test_files_are_named_in_json_and_carry_the_issuer(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.docx"
    cli.main(["plan", str(file), "--json", "--docx", str(out)])
    assert json.loads(capsys.readouterr().out)["written"] == [str(out)]
    issuer = python_docx.Document(str(out)).tables[0].rows[0].cells[0].text
    assert issuer == "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN"


@pytest.mark.parametrize("columns", ["80", "100", "200"])
def test_days_are_not_broken(
    file: Path, columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    cli.main(["units", "--name", "Bộ Giao thông vận tải"])
    assert "01/03/2025" in capsys.readouterr().out
    file.write_text(TEXT.replace("trước ngày 30/11/2025", "trước ngày 30 tháng 11 năm 2025"), encoding="utf-8")
    monkeypatch.setattr(bonhoa.execution, "extract", real_extract)
    cli.main(["plan", str(file)])
    assert "30/11/2025" in capsys.readouterr().out


def test_what_is_no_task_is_explained_on_request(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(
        TEXT.replace("1. Sở Xây dựng", "1. Cầu treo là phương tiện đi lại của bà con.\n2. Sở Xây dựng"),
        encoding="utf-8",
    )
    for command in ("read", "plan"):
        cli.main([command, str(file), "--json", "--explain"])
        parts = json.loads(capsys.readouterr().out)["not_tasks"]
        assert parts and all(part["vi"] and part["en"] and part["start"] < part["end"] for part in parts)
        cli.main([command, str(file), "--json"])
        assert "not_tasks" not in json.loads(capsys.readouterr().out)
        cli.main([command, str(file), "--explain"])
        assert "không lấy làm nhiệm vụ" in capsys.readouterr().out


def test_a_plan_is_compared_with_that_of_the_earlier_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, table = tmp_path / "kh-77.txt", tmp_path / "kh-78.txt", tmp_path / "thay-doi.xlsx"
    old.write_text(TEXT, encoding="utf-8")
    later = TEXT.replace("77/KH", "78/KH").replace("30/11/2025", "31/12/2025")
    new.write_text(later + "3. Sở Y tế kiểm tra các trạm y tế ven sông.\n", encoding="utf-8")
    assert cli.main(["plan", str(new), "--compare", str(old), "--json", "--xlsx", str(table)]) == cli.PROBLEMS
    found = json.loads(capsys.readouterr().out)
    assert found["counts"] == {"kept": 1, "changed": 1, "new": 1, "dropped": 0}
    assert found["tasks"][0]["fields"] == [{"field": "deadline", "before": "30/11/2025", "after": "31/12/2025"}]
    assert table.exists() and found["written"] == [str(table)]
    assert cli.main(["plan", str(new), "--compare", str(old)]) == cli.PROBLEMS
    assert "31/12/2025" in capsys.readouterr().out
    assert cli.main(["plan", str(old), "--compare", str(old)]) == cli.DONE
    capsys.readouterr()
    assert cli.main(["plan", str(new), "--compare", str(old), "--docx", str(table)]) == cli.UNUSABLE
    assert "--compare" in complaint(capsys)
