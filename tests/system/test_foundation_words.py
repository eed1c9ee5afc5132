"""What was done is told in words: every action, job, kind of record and detail has them, in both languages."""

import ast
import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from openpyxl import load_workbook

from bonhoa_web.apparatus.models import Unit
from bonhoa_web.foundation import action_words, audit, audit_words, jobs, lists, search
from bonhoa_web.foundation.formats import shown
from bonhoa_web.foundation.models import AuditEntry, Job, User
from bonhoa_web.foundation.roles import Role

ROOT = Path(__file__).resolve().parents[2] / "src/bonhoa_web"
People = Callable[..., User]
SignedIn = Callable[[User], Client]


def nodes() -> Iterator[ast.AST]:
    for path in sorted(ROOT.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from ast.walk(ast.parse(path.read_text("utf-8")))


def names_of_actions() -> set[str]:
    """Every `@action("…")` and `audit.append(who, "…", …)` of the rooms."""
    found = set()
    for node in nodes():
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            place = {"action": 0, "audit.append": 1}.get(called)
            if place is not None and isinstance(node.args[place], ast.Constant):
                found.add(node.args[place].value)
    return found


def keys_of_details() -> set[str]:
    """The keys that actions write as literals into `trail.detail`, and the details of `audit.append`."""
    found = set()
    for node in nodes():
        values: list[ast.AST] = []
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                written = ast.unparse(target)
                if written.startswith("trail.detail["):
                    found.add(ast.literal_eval(target.slice))
                elif "trail.detail" in written:
                    values.append(node.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.append":
            values.append(node)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "trail.detail.setdefault":
            found.add(ast.literal_eval(node.args[0]))
        for value in values:
            for inner in ast.walk(value):
                if isinstance(inner, ast.Dict):
                    found |= {k.value for k in inner.keys if isinstance(k, ast.Constant)}
    return found


def test_every_action_has_words_and_no_words_are_left_over() -> None:
    assert len(names_of_actions()) > 30
    assert names_of_actions() == action_words.ACTIONS.keys()


def test_every_job_and_every_kind_of_record_has_words() -> None:
    assert jobs._kinds.keys() <= action_words.JOBS.keys()
    assert {label for _words, label in action_words.JOBS.values()} <= action_words.KINDS.keys()
    for label, kind in action_words.KINDS.items():
        fields = {f.name for f in apps.get_model(label)._meta.get_fields()}
        assert {kind.named_by, kind.linked_by} - {""} <= fields, label


def test_every_detail_has_words() -> None:
    from bonhoa_web.documents.actions import REGISTERED

    paired = {"from", "to", "before", "lead_before"}
    keys = keys_of_details() | set(REGISTERED)
    assert len(keys) > 25
    assert keys - paired - audit_words._SILENT - action_words.FIELDS.keys() == set()


def test_all_words_are_in_both_languages() -> None:
    words = [*action_words.ACTIONS.values(), *action_words.FIELDS.values(), *action_words.VALUES.values()]
    words += [w for w, _label in action_words.JOBS.values()] + [k.words for k in action_words.KINDS.values()]
    assert all(vi and en and vi != en for vi, en in words)


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("vi", "task.decline", "chuyển trả nhiệm vụ"),
        ("en", "task.decline", "decline a task"),
        ("vi", "refused:grant.give", "bị từ chối: giao vai trò"),
        ("vi", "old.action", "old.action"),
    ],
)
def test_the_filter_for_templates(language: str, name: str, words: str) -> None:
    with translation.override(language):
        template = Template("{% load foundation %}{{ name|action_words }}")
        assert template.render(Context({"name": name})) == words


@pytest.mark.parametrize(
    ("action", "detail", "vi", "en"),
    [
        (
            "task.decline",
            {"from": "new", "to": "declined", "reason": "không thuộc thẩm quyền"},
            "trạng thái: đã giao → chuyển trả; lý do: không thuộc thẩm quyền",
            "state: assigned → declined; reason: không thuộc thẩm quyền",
        ),
        ("task.assign", {"before": None, "person": "An"}, "người thực hiện: — → An", "assignee: — → An"),
        ("unit.edit", {"from": "Sở A", "to": "Sở B"}, "tên: Sở A → Sở B", "name: Sở A → Sở B"),
        (
            "task.report",
            {"report": 3, "percent": 50, "completes": True, "text": "", "evidence": ["2f89" * 16]},
            "tự đánh giá tiến độ: 50%; hoàn thành: có; minh chứng: 1 tệp",
            "own estimate of progress: 50%; completion: yes; evidence: 1 file",
        ),
        (
            "event.move",
            {"event": "Kỳ họp", "before": None, "on": "2026-11-20", "reason": "", "tasks": [1, 2]},
            "ngày: — → 20/11/2026; mốc: Kỳ họp; 2 nhiệm vụ",
            "date: — → 20/11/2026; event: Kỳ họp; 2 tasks",
        ),
        ("plan.make", {"tasks": 1}, "1 nhiệm vụ", "1 task"),
        (
            "document.register",
            {"due_on": "2026-01-02 → 2026-01-09", "signer": " → Lê An"},
            "thời hạn: 02/01/2026 → 09/01/2026; người ký: — → Lê An",
            "deadline: 02/01/2026 → 09/01/2026; signer: — → Lê An",
        ),
        ("grant.give", {"role": "clerk"}, "vai trò: văn thư", "role: clerk"),
        (
            "old.action",
            {"strange": [1, 2], "when": "2026-99-99"},
            "strange: 1, 2; when: 2026-99-99",
            "strange: 1, 2; when: 2026-99-99",
        ),
    ],
)
def test_details_say_what_changed(action: str, detail: dict[str, object], vi: str, en: str) -> None:
    entry = AuditEntry(action=action, detail=detail)
    for language, words in (("vi", vi), ("en", en)):
        with translation.override(language):
            assert audit_words.detail_words(entry) == words


# --- the pages -------------------------------------------------------------------------------------------------------


@pytest.fixture
def client(person: People, province: Unit, signed_in: SignedIn) -> Client:
    return signed_in(person(Role.ADMIN, province, "Quản trị X"))


def test_the_audit_names_its_records_with_their_addresses(client: Client, person: People, province: Unit) -> None:
    clerk = person(Role.CLERK, province, "Lê An")
    audit.append(clerk, "grant.give", clerk.grants.get(), {"role": "clerk"})
    audit.append(clerk, "unit.edit", province, {"from": "A", "to": "B"})
    audit.append(clerk, "refused:unit.edit", User(pk=999), {})
    page = client.get("/quan-tri/nhat-ky/").content.decode()
    assert f'<a href="/quan-tri/{clerk.pk}/">vai trò: Lê An</a>' in page
    assert f'<a href="/bo-may/{province.pk}/">cơ quan, đơn vị: UBND tỉnh X</a>' in page
    assert '<td data-label="Đối tượng">người dùng 999</td>' in page
    assert "unit.edit<" not in page and "foundation." not in page
    assert '<option value="unit.edit">sửa tên cơ quan, đơn vị</option>' in page
    assert client.get("/quan-tri/nhat-ky/?viec=unit.edit").content.decode().count('<td data-label="Số">') == 2
    assert client.get("/quan-tri/nhat-ky/?viec=refused:").content.decode().count('<td data-label="Số">') == 1


def test_the_audit_asks_as_often_for_many_as_for_one(client: Client, person: People, province: Unit) -> None:
    def asked(entries: int) -> int:
        for _ in range(entries):
            made = person(Role.CLERK, province)
            audit.append(made, "user.create", made, {})
            audit.append(made, "grant.give", made.grants.get(), {})
        with CaptureQueriesContext(connection) as queries:
            client.get("/quan-tri/nhat-ky/")
        return len(queries)

    asked(1)  # kinds of records are looked up once a process
    assert asked(1) == asked(12) <= 12


def test_jobs_are_told_in_words(client: Client) -> None:
    job = Job.objects.create(kind="documents.read", object_id="8")
    page = client.get("/quan-tri/viec-nen/").content.decode()
    assert "đọc văn bản" in page and "văn bản 8" in page and "documents.read" not in page
    assert "đọc văn bản" in client.get(f"/viec-nen/{job.pk}/").content.decode()


def test_times_are_short_on_the_page_and_whole_in_the_file(client: Client, province: Unit) -> None:
    entry = audit.append(None, "unit.edit", province, {})
    at = timezone.localtime(entry.at)
    for language in ("vi", "en"):
        client.cookies["django_language"] = language
        page = client.get("/quan-tri/nhat-ky/").content.decode()
        assert f">{at:%d/%m/%Y %H:%M}</td>" in page and f"Ngày {at.day}" not in page
    sheet = load_workbook(io.BytesIO(client.get("/quan-tri/nhat-ky/?xuat=xlsx").content)).active
    cell = next(c for row in sheet.iter_rows() for c in row if isinstance(c.value, dt.datetime))
    assert cell.number_format == "dd/mm/yyyy hh:mm"
    assert abs(cell.value - at.replace(tzinfo=None)) < dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (dt.date(2026, 11, 20), "20/11/2026"),
        (dt.datetime(2026, 11, 20, 21, 33), "20/11/2026 21:33"),
        (dt.datetime(2026, 11, 20, 21, 33, tzinfo=dt.UTC), "21/11/2026 04:33"),
        (7, 7),
        ("x", "x"),
        (None, None),
    ],
)
def test_days_and_times_are_written_in_one_way(value: object, words: object) -> None:
    assert shown(value) == words


def test_a_row_is_counted_in_the_grammar_of_the_page(client: Client) -> None:
    assert "<span>1 dòng</span>" in client.get("/quan-tri/").content.decode()


def test_the_button_to_add_is_shown_to_who_may_add(client: Client, rf: object, person: People, province: Unit) -> None:
    request = rf.get("/")  # type: ignore[attr-defined]
    request.user = person(Role.CLERK, province)
    for may_add in (True, False):
        column = lists.Column("ten", "Tên", lambda u: u.full_name)
        context = {"add_url": "/them/", "add_label": "Thêm"}
        page = lists.ListPage("Danh sách", [column], User.objects.order_by("pk"), context=context, may_add=may_add)
        assert ('href="/them/"' in page.respond(request).content.decode()) is may_add


# --- search ----------------------------------------------------------------------------------------------------------


def test_the_nearest_titles_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    titles = [
        "Tế bào y sở",
        "Ban quản lý dự án Sở Y tế tỉnh Sông Trăng",
        "Văn bản khác, chỉ nội dung khớp",
        "Y tế cơ sở",
        "Sở Y tế tỉnh Sông Trăng",
        "Sở Tài chính và Y tế",
        "Sở Y tế tỉnh A",
        "Sở Y tếp",
        "Sở Y tế",
    ]
    hits = [search.Hit("cơ quan", title, "/") for title in titles]
    monkeypatch.setattr(search, "_providers", [lambda user, folded: hits])
    assert [h.title for h in search.find(None, "so y te")] == [
        "Sở Y tế",
        "Sở Y tế tỉnh A",
        "Sở Y tế tỉnh Sông Trăng",
        "Ban quản lý dự án Sở Y tế tỉnh Sông Trăng",
        "Sở Tài chính và Y tế",
        "Y tế cơ sở",
        "Tế bào y sở",
        "Sở Y tếp",
        "Văn bản khác, chỉ nội dung khớp",
    ]
