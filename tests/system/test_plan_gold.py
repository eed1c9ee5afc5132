"""Corrections become gold: what the document says is, what a person decided on top of it is not."""

import datetime as dt
import io
import json
import subprocess
import sys
import zipfile
from copy import deepcopy
from pathlib import Path

import pytest
from tests.system.test_plan_pages import address, signed, words
from tests.system.world_of_plans import PlanWorld, make_plan, second_plan

from bonhoa import cli
from bonhoa_web.execution import plan_actions as actions
from bonhoa_web.execution import plan_decisions as decisions
from bonhoa_web.execution import plan_gold as gold
from bonhoa_web.execution import plan_resolve as resolving
from bonhoa_web.execution.models import Plan, PlanChange
from bonhoa_web.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]

TASKS = """1. Giao Sở Nội vụ và Sở Tài chính xây dựng Phương án bố trí kinh phí, hoàn thành trước ngày 12/12/2026.
2. Sở Y tế chủ trì, phối hợp với Công an tỉnh và các cơ quan liên quan kiểm tra vệ sinh các chợ ven sông hằng quý.
3. Yêu cầu Ủy ban nhân dân các xã, phường tổ chức ra quân dọn dẹp vỉa hè trước ngày 20/12/2026.
4. Sở Xây dựng xây dựng Đề án hè phố, trình Ủy ban nhân dân tỉnh trước ngày 01/02/2027.
"""


@pytest.fixture(scope="module")
def kept_world(kept: None) -> PlanWorld:
    return make_plan(TASKS)


@pytest.fixture
def world(db: None, kept_world: PlanWorld) -> PlanWorld:
    return deepcopy(kept_world)


def tasks(world: PlanWorld) -> dict[str, dict]:
    name, files = gold.gold_files(Plan.objects.get(pk=world.plan.pk))
    found = json.loads(files[f"{name}.json"])
    text = files[f"{name}.txt"]
    assert found["file"] == f"{name}.txt" and found["metadata"]["number"] == "912/KH-UBND"
    for task in found["tasks"]:
        at = -1
        for _ in range(task["nth"]):
            at = text.index(task["quote"], at + 1)
        assert "\n" not in task["quote"]
    return {
        next(w for w in ("Phương án", "chợ", "vỉa hè", "Đề án", "Phố") if w in t["quote"]): t for t in found["tasks"]
    }


def test_what_nobody_touched_is_gold_as_it_was_read(world: PlanWorld) -> None:
    found = tasks(world)
    assert found["Phương án"]["lead"] == ["Sở Nội vụ", "Sở Tài chính"]
    assert found["chợ"]["coordinate"] == ["Công an tỉnh", "các cơ quan liên quan"]
    assert found["chợ"]["deadline"]["recurrence"] == "quarterly"
    assert found["Đề án"]["deadline"]["date"] == "2027-02-01"


def test_a_choice_among_printed_leads_is_a_decision_not_a_reading(world: PlanWorld) -> None:
    row = world.row("Phương án")
    code = next(s["code"] for s in row.suggestions if s["action"] == "choose")
    resolving.resolve(actor=world.specialist, draft=row, act="choose", code=code)
    resolving.resolve(actor=world.specialist, draft=world.row("vỉa hè"), act="expand")
    found = tasks(world)
    assert found["Phương án"]["lead"] == ["Sở Nội vụ", "Sở Tài chính"] and found["Phương án"]["coordinate"] == []
    assert found["vỉa hè"]["lead"] == ["Ủy ban nhân dân các xã, phường"]  # 130 rows, one task of the document
    assert len(found) == 4


def test_a_lead_that_the_document_prints_is_a_correction(world: PlanWorld) -> None:
    police = world.row("chợ").cooperating.get()
    actions.edit(actor=world.specialist, draft=world.row("chợ"), lead=police.code, cooperating=[])
    found = tasks(world)["chợ"]
    assert found["lead"] == ["Công an tỉnh"] and found["coordinate"] == ["các cơ quan liên quan"]


def test_a_lead_that_no_word_prints_is_a_decision(world: PlanWorld) -> None:
    actions.edit(actor=world.specialist, draft=world.row("chợ"), lead="vn-40/so-tu-phap")
    assert tasks(world)["chợ"]["lead"] == ["Sở Y tế"]


def test_limits_and_products_follow_the_words(world: PlanWorld) -> None:
    row = world.row("Đề án")
    actions.edit(actor=world.specialist, draft=row, due_on=dt.date(2027, 1, 15))  # set by hand, printed nowhere
    assert tasks(world)["Đề án"]["deadline"]["date"] == "2027-02-01"
    actions.edit(actor=world.specialist, draft=world.row("Đề án"), due_on=None, deliverable="")
    assert tasks(world)["Đề án"]["deadline"] is None and tasks(world)["Đề án"]["deliverable"] is None
    actions.edit(actor=world.specialist, draft=world.row("vỉa hè"), deliverable="RA QUÂN dọn dẹp vỉa hè")
    assert tasks(world)["vỉa hè"]["deliverable"] == "ra quân dọn dẹp vỉa hè"


def test_rows_dropped_or_without_words_are_left_out_and_added_ones_come_in(world: PlanWorld) -> None:
    actions.drop(actor=world.specialist, draft=world.row("Đề án"), reason="không phải việc")
    actions.add(actor=world.specialist, plan=world.plan, title="Việc miệng", reason="họp giao")
    actions.add(actor=world.specialist, plan=world.plan, title="Phố", reason="sót", words="Phố phường sạch đẹp")
    found = tasks(world)
    assert "Đề án" not in found and found["Phố"]["quote"] == "Phố phường sạch đẹp" and len(found) == 4


def test_a_correction_is_stored_with_its_words(world: PlanWorld) -> None:
    actions.edit(actor=world.specialist, draft=world.row("Đề án"), deliverable="Đề án hè phố văn minh")
    kept = PlanChange.objects.get()
    assert kept.kind == "edit" and "Sở Xây dựng xây dựng Đề án" in kept.words[0]["words"]
    assert kept.words[0]["fields"]["deliverable"][1] == "Đề án hè phố văn minh"
    assert "lead_id" not in kept.words[0]["fields"]


def test_the_button_gives_the_two_files_and_is_audited(world: PlanWorld) -> None:
    answer = signed(world.specialist).post(address(world.plan, "mau-chuan/"))
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert sorted(n.rpartition(".")[2] for n in names) == ["json", "txt"]
    assert AuditEntry.objects.latest("seq").action == "gold.export"
    assert signed(world.viewer).post(address(world.plan, "mau-chuan/")).status_code == 403
    assert signed(world.specialist).get(address(world.plan, "mau-chuan/")).status_code == 405


def test_the_command_writes_approved_plans_and_the_measure_reads_them(
    world: PlanWorld, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["gold", "export", "--out", str(tmp_path / "gold")]) == 2  # nothing is approved yet
    assert "Chưa có bảng phân công nào đã duyệt" in capsys.readouterr().err
    world.settle()
    decisions.approve(actor=world.leader, plan=Plan.objects.get(pk=world.plan.pk))
    assert cli.main(["gold", "export", "--out", str(tmp_path / "gold"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["plans"] == 1
    done = subprocess.run([sys.executable, ROOT / "tools/gold.py", tmp_path / "gold"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    score = json.loads(done.stdout.splitlines()[-1])
    assert score["tasks_f1"] == 1.0 and score["plan_f1"] == 1.0 and score["failed"] == 0  # nobody corrected a reading
    blocked = tmp_path / "tep"
    blocked.write_text("x")
    assert cli.main(["gold", "export", "--out", str(blocked)]) == 2
    assert "Không ghi được" in capsys.readouterr().err


def test_a_folder_that_is_no_gold_gets_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, ROOT / "tools/gold.py", tmp_path], capture_output=True, text=True)
    assert done.returncode == 2 and "bonhoa gold export" in done.stderr and "Traceback" not in done.stderr


def test_a_plan_without_words_says_so(world: PlanWorld) -> None:
    plan = second_plan(world, "1. Phố phường đã sạch đẹp.\n")
    actions.add(actor=world.specialist, plan=plan, title="Việc miệng", reason="họp giao")
    client = signed(world.specialist)
    assert client.post(address(plan, "mau-chuan/")).status_code == 302
    assert "không làm mẫu chuẩn được" in words(client.get(address(plan)))
