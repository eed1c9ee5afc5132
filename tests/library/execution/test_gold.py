"""Gold: quotes that point to one place of the text, and the words that print a name or a limit."""

import datetime as dt

import pytest

from bonhoa.documents.model import Citation, Document, Metadata, Node, NodeKind
from bonhoa.execution.gold import find_printed, gold_object, main_line, printed_limit, spans_above
from bonhoa.execution.model import Deadline, Recurrence, TaskDraft

TEXT = "Sở Y tế báo cáo.\nSở Y tế báo cáo.\nCông an tỉnh:\nkiểm tra các bến đò\nngang ven sông Lam;\n"


def document(*drafts: TaskDraft, citations: tuple[Citation, ...] = ()) -> dict:
    structure = Node(NodeKind.DOCUMENT, None, None, 0, len(TEXT))
    return gold_object(Document(TEXT, Metadata("Kế hoạch", "1/KH"), structure, citations), drafts, "kh.txt")


def test_a_quote_says_which_occurrence_is_meant() -> None:
    second = TEXT.index("Sở", 5)
    found = document(TaskDraft(second, second + 16, ("Sở Y tế",)))
    assert [(t["quote"], t["nth"]) for t in found["tasks"]] == [("Sở Y tế báo cáo", 2)]


def test_a_span_of_several_lines_is_quoted_by_its_longest() -> None:
    start = TEXT.index("Công an")
    begin, end = main_line(TEXT, start, len(TEXT))
    assert TEXT[begin:end] == "kiểm tra các bến đò" or TEXT[begin:end] == "ngang ven sông Lam"
    assert "\n" not in TEXT[begin:end]


def test_rows_with_one_span_are_one_task_of_the_document() -> None:
    draft = TaskDraft(0, 16, ("Sở Y tế",))
    assert len(document(draft, draft)["tasks"]) == 1


def test_the_form_is_that_of_the_rule_book() -> None:
    limit = Deadline("trước ngày 1/2/2026", dt.date(2026, 2, 1), Recurrence.YEARLY)
    found = document(TaskDraft(0, 16, ("Sở Y tế",), ("Công an tỉnh",), limit, "báo cáo"))
    assert found["file"] == "kh.txt" and set(found) == {"file", "metadata", "citations", "tasks"}
    assert found["tasks"][0] == {
        "quote": "Sở Y tế báo cáo",
        "nth": 1,
        "lead": ["Sở Y tế"],
        "coordinate": ["Công an tỉnh"],
        "deadline": {"text": "trước ngày 1/2/2026", "date": "2026-02-01", "recurrence": "yearly", "event": None},
        "deliverable": "báo cáo",
    }


@pytest.mark.parametrize(
    ("names", "printed"),
    [
        (["CÔNG AN", "công an tỉnh"], "Công an tỉnh"),
        (["bến  đò ngang"], "bến đò ngang"),  # across the line
        (["Sở Tài chính"], None),
        (["", " "], None),
    ],
)
def test_names_as_they_are_printed(names: list[str], printed: str | None) -> None:
    assert find_printed(TEXT, names) == printed


def test_the_words_above_an_item_are_its_headings_only() -> None:
    leaf = Node(NodeKind.DIEM, "a", None, 30, 60)
    item = Node(NodeKind.KHOAN, "1", None, 20, 60, (leaf,))
    root = Node(NodeKind.DOCUMENT, None, None, 0, 90, (item, Node(NodeKind.KHOAN, "2", None, 60, 90)))
    assert spans_above(root, 40) == [(30, 60), (20, 30)]


def test_a_limit_is_printed_where_the_words_say_the_same_day() -> None:
    words = "hoàn thành trước ngày 30/11/2025"
    assert printed_limit(words, 0, len(words), Deadline("", dt.date(2025, 11, 30)), None) is not None
    assert printed_limit(words, 0, len(words), Deadline("", dt.date(2025, 12, 30)), None) is None
