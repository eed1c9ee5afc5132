"""Extraction over the shared documents: spans with their verbs, and few tasks where there are none."""

import datetime as dt
import re
from pathlib import Path

import pytest

from bonhoa.apparatus import load_register
from bonhoa.common.errors import InputError
from bonhoa.documents import read
from bonhoa.execution.extract import extract
from bonhoa.execution.model import OWNER_PROBLEMS
from bonhoa.execution.plan import make_plan

PAGE = 3000


@pytest.mark.shared
def test_documents_that_give_no_tasks(shared: Path) -> None:
    """60 laws, circulars, consolidated texts and decisions of publication: at most one draft in ten pages."""
    listed = Path(__file__).with_name("no_tasks.txt").read_text("utf-8").split()
    assert len(listed) == 60
    pages = found = 0.0
    for name in listed:
        path = shared / "data/documents" / name
        try:
            document = read(path.read_bytes(), path.name)
        except InputError:
            continue
        pages += len(document.text) / PAGE
        found += len(extract(document))
    assert pages > 200
    assert found <= pages / 10


@pytest.mark.shared
def test_every_task_has_a_span_and_its_verb(shared: Path) -> None:
    """No draft without words; the verb it rests on stands inside its span (every ninth document of two folders)."""
    for folder in ("late-2025", "cong-bao"):
        paths = [p for p in sorted((shared / "data/documents" / folder).iterdir()) if p.suffix in {".md", ".txt"}]
        for path in [p for p in paths[::9] if p.stat().st_size < 90_000]:
            try:
                document = read(path.read_bytes(), path.name)
            except InputError:
                continue
            for draft in extract(document):
                assert 0 <= draft.start < draft.end <= len(document.text), path.name
                assert document.text[draft.start : draft.end].strip(), path.name
                task = next(r for r in draft.reasons if r.field == "task")
                assert task.start is not None and draft.start <= task.start < draft.end, path.name
                assert draft.certainty is not None and 0 < draft.confidence < 1


@pytest.mark.shared
def test_the_table_of_resolution_03(shared: Path) -> None:
    """All 140 rows: leads, cooperating bodies, product and time equal the cells; 12 several, 31 collective, 2 both."""
    path = shared / "data/documents/nq03-2025/NQCP03__NQ03_PL2_Nhiem_vu.md"
    rows = [[c.strip() for c in line.strip().strip("|").split("|")] for line in path.read_text("utf-8").splitlines()]
    printed = [row for row in rows if re.match(r"\d+\.?$", row[0])]
    document = read(path.read_bytes(), path.name)
    drafts = extract(document)

    def words(text: str) -> list[str]:
        return re.findall(r"\w+", text.lower().replace(" và ", " "))

    def plain(text: str | None) -> str:
        return " ".join((text or "").split()).strip(" .;")

    assert len(printed) == len(drafts) == 140
    for row, draft in zip(printed, drafts, strict=True):
        assert words(row[2]) == words(" ".join(draft.lead))
        assert words(row[3]) == words(" ".join(draft.coordinate))
        assert plain(row[4]) == plain(draft.deliverable)
        assert plain(row[5]) == (draft.deadline.text if draft.deadline else "")
    plan = make_plan(document, drafts, load_register(), dt.date(2025, 1, 9))
    problems = [{str(p) for p in row.problems if p in OWNER_PROBLEMS} for row in plan.rows]
    assert sum("several_leads" in p for p in problems) == 12
    assert sum("collective_lead" in p for p in problems) == 31
    assert sum({"several_leads", "collective_lead"} <= p for p in problems) == 2
