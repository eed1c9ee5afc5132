"""The workbook of the organisation department: what a file does to the stored map, row by row."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from bonhoa.apparatus.forms import sheets
from bonhoa.apparatus.positions import Skill
from bonhoa.reports.apparatus_book import book_csv, book_xlsx
from bonhoa_web.apparatus.models import (
    Competence,
    Function,
    FunctionVersion,
    Holding,
    JobNeed,
    JobPosition,
    Mandate,
    Person,
    PositionVersion,
    Post,
    PostVersion,
    SheetImport,
    Unit,
    UnitCode,
    UnitLife,
    UnitName,
    UnitParent,
)
from bonhoa_web.apparatus.workbook import actions
from bonhoa_web.apparatus.workbook.export import rows_below
from bonhoa_web.foundation import jobs
from bonhoa_web.foundation.models import AuditEntry, JobStatus, User
from bonhoa_web.foundation.roles import Role

pytestmark = pytest.mark.django_db
Rows = dict[str, list[dict[str, Any]]]
Y20, Y23, Y25 = dt.date(2020, 1, 1), dt.date(2023, 1, 1), dt.date(2025, 1, 1)
PROVINCE, DEPARTMENT = sheets.UnitLevel.PROVINCE, sheets.UnitKind.DEPARTMENT
LEAD, COOPERATING = sheets.MandateRole.LEAD, sheets.MandateRole.COOPERATING
PROFESSIONAL = sheets.PositionGroup.PROFESSIONAL
OFFICIAL, CONCURRENT = sheets.HoldingMode.OFFICIAL, sheets.HoldingMode.CONCURRENT
HEAD = sheets.Standing.HEAD


@pytest.fixture
def admin(person: Callable[..., User], province: Unit) -> User:
    return person(Role.PERSONNEL, province)


@pytest.fixture
def bring(admin: User, province: Unit) -> Callable[..., SheetImport]:
    """`bring(rows)`: upload them and read; `go` says whether they are written, whole or the good ones."""

    def do(rows: Rows | bytes, go: str = "", name: str = "bang.xlsx", answers: dict[str, str] | None = None) -> Any:
        data = rows if isinstance(rows, bytes) else book_xlsx(rows)
        record = actions.upload(actor=admin, unit=province, data=data, name=name)
        jobs.run(record.job.pk)
        record.refresh_from_db()
        if answers:
            numbers = {str(line.number): a for line in record.lines.all() for c, a in answers.items() if c == line.cell}
            actions.answer(actor=admin, record=record, answers=numbers)
            jobs.run(record.job.pk)
            record.refresh_from_db()
        if go:
            actions.go(actor=admin, record=record, whole=go == "whole")
            jobs.run(record.job.pk)
            record.refresh_from_db()
        return record

    return do


def unit(code: str = "A", name: str = "Phòng A", parent: str | None = "X-TINH", **more: Any) -> dict[str, Any]:
    return {"code": code, "name": name, "level": PROVINCE, "kind": DEPARTMENT, "parent": parent, **more}


def mandate(function: str = "F1", unit: str = "A", role: Any = LEAD, **more: Any) -> dict[str, Any]:
    return {
        "function": function,
        "statement": f"Quản lý {function}",
        "unit": unit,
        "scope": "X-TINH",
        "role": role,
        **more,
    }


def position(code: str = "J1", unit: str = "A", **more: Any) -> dict[str, Any]:
    return {"position": code, "title": "Chuyên viên", "unit": unit, "group": PROFESSIONAL, **more}


def post(code: str = "P1", position: str = "J1", unit: str = "A", **more: Any) -> dict[str, Any]:
    return {"post": code, "position": position, "unit": unit, "title": "Chuyên viên", **more}


def holder(code: str | None = "C1", name: str = "Nguyễn Văn An", post: str = "P1", **more: Any) -> dict[str, Any]:
    return {"person": code, "full_name": name, "post": post, "mode": OFFICIAL, **more}


SKILLS = {"general_skills": (Skill("Soạn thảo", 3),)}
WORLD: Rows = {
    "units": [unit(valid_from=Y20, identifier="H01.1", act="QĐ 1/QĐ-UBND"), unit("B", "Phòng B", "A", valid_from=Y20)],
    "mandates": [mandate(valid_from=Y20, act="QĐ 1/QĐ-UBND", provision="Điều 2"), mandate(unit="B", role=COOPERATING)],
    "positions": [position(valid_from=Y20, goal="Soạn văn bản", **SKILLS)],
    "posts": [post(valid_from=Y20, standing=HEAD), post("P2", valid_from=Y20)],
    "people": [
        holder(born=dt.date(1980, 2, 29), valid_from=Y20, load=60),
        holder("C2", "Trần Thị Bình", "P2", valid_from=Y20),
    ],
    "skills": [{"person": "C1", "skill": "Soạn thảo", "level": 2, "valid_from": Y20}],
}
COUNTED = (UnitLife, UnitName, UnitCode, UnitParent, FunctionVersion, Mandate, PositionVersion, JobNeed, PostVersion)


def verdicts(record: SheetImport) -> list[tuple[str, str]]:
    return [(line.cell, line.verdict) for line in record.lines.all()]


def test_a_preview_writes_nothing_and_a_go_writes_all(bring: Callable[..., SheetImport]) -> None:
    record = bring(WORLD)
    assert record.state == "preview" and record.counts == {"added": 10}
    assert not Unit.objects.filter(code="A").exists() and not Person.objects.exists()
    record = bring(WORLD, "whole")
    assert record.state == "written" and record.file.size == 0
    a = Unit.objects.get(code="A")
    assert (a.name, a.parent.code, a.valid_from) == ("Phòng A", "X-TINH", Y20)
    assert UnitCode.objects.get(unit=a).code == "H01.1"
    assert Mandate.objects.get(unit=a).provision == "Điều 2"
    assert PositionVersion.objects.get().described.goal == "Soạn văn bản"
    assert JobNeed.objects.get().level == 3 and Competence.objects.get().level == 2
    assert [p.number for p in PostVersion.objects.order_by("pk")] == [1, 2]
    assert Holding.objects.get(person__code="C1").load == 60
    assert Person.objects.get(code="C1").born == "1980-02-29"
    entry = AuditEntry.objects.filter(action="apparatus.import_write").get()
    assert entry.detail["rows"] == {"added": 10}


@pytest.mark.parametrize("write", [book_xlsx, book_csv], ids=["xlsx", "csv"])
def test_what_is_exported_and_read_again_changes_nothing(
    bring: Callable[..., SheetImport], province: Unit, write: Callable[..., bytes]
) -> None:
    bring(WORLD, "whole")
    before = {m: m.everything.count() for m in COUNTED}
    record = bring(write(rows_below(province, personal=True, sealed=True)), "whole", name="b.xlsx")
    assert record.counts == {"unchanged": 11}
    assert {m: m.everything.count() for m in COUNTED} == before


def test_a_new_day_cuts_and_the_same_day_corrects(bring: Callable[..., SheetImport]) -> None:
    bring(WORLD, "whole")
    record = bring({"units": [unit(name="Phòng A mới", valid_from=Y25, act="QĐ 2")]}, "whole")
    assert verdicts(record) == [("", "changed")] and "Phòng A → Phòng A mới" in record.lines.get().message_vi
    names = UnitName.objects.filter(unit__code="A").order_by("valid_from")
    assert [(n.name, n.valid_from, n.valid_to) for n in names] == [
        ("Phòng A", Y20, Y25),
        ("Phòng A mới", Y25, None),
    ]
    assert UnitName.everything.filter(unit__code="A").count() == 3
    bring({"positions": [position(valid_from=Y20, title="Chuyên viên chính")]}, "whole")
    version = PositionVersion.objects.get()
    assert version.title == "Chuyên viên chính" and version.supersedes.title == "Chuyên viên"
    assert version.described.goal == "Soạn văn bản"  # an empty cell says nothing
    assert [n.skill for n in JobNeed.objects.all()] == ["Soạn thảo"]
    skills = (Skill("Tin học", 2),)
    bring({"positions": [position(valid_from=Y20, professional_skills=skills)]}, "whole")
    assert {n.skill for n in JobNeed.objects.all()} == {"Soạn thảo", "Tin học"}
    bring({"positions": [position(valid_from=Y20, general_skills=(Skill("Ngoại ngữ", 1),))]}, "whole")
    assert {n.skill for n in JobNeed.objects.all()} == {"Ngoại ngữ", "Tin học"}


# what the file says beside WORLD, which is stored; the rows that are refused (sheet, cell) and words of the reason
BAD: list[tuple[str, Rows, list[tuple[str, str]], str]] = [
    ("a lead too many", {"mandates": [mandate(unit="B", valid_from=Y20)]}, [("Chức năng nhiệm vụ", "G4")], "chủ trì"),
    (
        "two leads in the file",
        {"mandates": [mandate("F2", "A"), mandate("F2", "B")]},
        [("Chức năng nhiệm vụ", "G5")],
        "Xem dòng 4",
    ),
    (
        "one thing twice at a time",
        {"units": [unit("C", valid_from=Y20), unit("C", "Phòng C", valid_from=Y23)]},
        [("Đơn vị", "H5")],
        "dòng 4",
    ),
    ("a circle", {"units": [unit(parent="B", valid_from=Y23)]}, [("Đơn vị", "F4")], "chính mình"),
    (
        "a circle on some days only",
        {"units": [unit(parent="B", valid_from=Y23, valid_to=dt.date(2024, 2, 29))]},
        [("Đơn vị", "F4")],
        "chính mình",
    ),
    ("an identifier of another unit", {"units": [unit("C", identifier="H01.1")]}, [("Đơn vị", "G4")], "cơ quan khác"),
    ("an unknown unit", {"positions": [position("J2", "Z")]}, [("Vị trí việc làm", "C4")], "Z chưa có"),
    (
        "what rests on a refused row",
        {"units": [unit("C", parent=None)], "positions": [position("J2", "C")], "posts": [post("P9", "J2", "C")]},
        [("Đơn vị", "F4"), ("Vị trí việc làm", "C4"), ("Ghế, biên chế", "C4")],
        "chưa ghi được",
    ),
    ("a unit elsewhere", {"units": [unit("C", parent="Y-TINH")]}, [("Đơn vị", "A4")], "ngoài phạm vi"),
    ("a second head", {"posts": [post("P3", standing=HEAD, valid_from=Y23)]}, [("Ghế, biên chế", "F4")], "đứng đầu"),
    ("a second holder", {"people": [holder("C3", "Lê C", valid_from=Y23)]}, [("Người, nắm giữ", "E4")], "chính thức"),
    ("a code of another person", {"people": [holder("C1", "Lê C", "P2")]}, [("Người, nắm giữ", "A4")], "Nguyễn Văn An"),
    ("another day of birth", {"people": [holder(born=Y20)]}, [("Người, nắm giữ", "C4")], "ngày sinh"),
    ("the whole country", {"mandates": [mandate("F9", scope=None)]}, [("Chức năng nhiệm vụ", "H4")], "địa bàn"),
    ("another province", {"mandates": [mandate("F9", scope="Y-TINH")]}, [("Chức năng nhiệm vụ", "H4")], "địa bàn"),
    (
        "a new unit in another province",
        {"units": [unit("C", "Phòng C", valid_from=Y20)], "mandates": [mandate("F9", "C", scope="Y-TINH")]},
        [("Chức năng nhiệm vụ", "H4")],
        "địa bàn",
    ),
    ("the end of a unit", {"units": [unit(valid_from=Y20, valid_to=Y25)]}, [("Đơn vị", "I4")], "thay đổi tổ chức"),
    (
        "before its birth",
        {"positions": [position("J2", valid_from=dt.date(2010, 1, 1), valid_to=dt.date(2011, 1, 1))]},
        [("Vị trí việc làm", "Y4")],
        "chỉ tồn tại",
    ),
]


@pytest.fixture
def world(bring: Callable[..., SheetImport], elsewhere: Unit) -> None:
    assert bring(WORLD, "whole").state == "written"


@pytest.mark.parametrize(("rows", "refused", "words"), [c[1:] for c in BAD], ids=[c[0] for c in BAD])
def test_bad_rows_are_named_with_cell_and_reason(
    world: None, bring: Callable[..., SheetImport], rows: Rows, refused: list[tuple[str, str]], words: str
) -> None:
    record = bring(rows)
    lines = list(record.lines.filter(verdict="refused"))
    assert [(line.sheet, line.cell) for line in lines] == refused
    assert any(words in line.message_vi for line in lines) and all(line.message_en for line in lines)
    before = {m: m.everything.count() for m in COUNTED}
    record = bring(rows, "whole")
    assert record.state == "preview" and record.job.status == JobStatus.FAILED
    assert {m: m.everything.count() for m in COUNTED} == before


def test_good_rows_are_kept_or_none_as_was_chosen(world: None, bring: Callable[..., SheetImport]) -> None:
    rows = {"mandates": [mandate("F2"), mandate(unit="B", valid_from=Y20), mandate("F3", "B")]}
    assert bring(rows, "whole").counts == {"added": 2, "refused": 1}
    assert not Mandate.objects.filter(function__code="F2").exists()
    record = bring(rows, "good")
    assert record.state == "written" and record.counts == {"added": 2, "refused": 1}
    assert set(Mandate.objects.values_list("function__code", flat=True)) == {"F1", "F2", "F3"}


def test_two_people_of_one_name_are_told_apart_or_asked_about(world: None, bring: Callable[..., SheetImport]) -> None:
    born = dt.date(1980, 2, 29)
    same = holder(None, post="P2", born=born, mode=CONCURRENT, load=40)
    assert bring({"people": [same]}, "whole").state == "written"  # the day of birth tells
    assert {h.person.code for h in Holding.objects.filter(post__code="P2")} == {"C1", "C2"}
    asks = {"posts": [post("P3")], "people": [holder(None, post="P3")]}
    record = bring(asks, "whole")
    assert record.counts == {"added": 1, "asked": 1} and record.state == "preview"
    assert record.lines.get(verdict="asked").choices == ["C1", "+"]
    record = bring(asks, "whole", answers={"B4": "+"})
    assert record.state == "written" and Person.objects.filter(full_name="Nguyễn Văn An").count() == 2
    assert Holding.objects.get(post__code="P3").person.code.startswith("NB")


def test_a_change_by_another_since_the_preview_writes_nothing(
    world: None, bring: Callable[..., SheetImport], admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard of the database holds what the plan could not see."""
    record = bring({"posts": [post("P3", standing=HEAD, valid_from=Y23)]})
    monkeypatch.setattr(actions.make.__globals__["checks"], "rules", lambda *_: {})
    actions.go(actor=admin, record=record, whole=False)
    jobs.run(record.job.pk)
    record.refresh_from_db()
    assert record.state == "preview" and "người khác sửa" in record.job.message_vi
    assert not PostVersion.objects.filter(post__code="P3").exists()


def test_the_pages_take_a_file_show_what_it_does_and_have_it_written(
    admin: User, province: Unit, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(admin)
    assert client.get("/bo-may/nhap/").status_code == 200
    template = client.get("/bo-may/bang/")
    assert load_workbook(io.BytesIO(template.content)).sheetnames[0] == "Hướng dẫn"
    assert client.post("/bo-may/nhap/", {}).status_code == 422
    bad = client.post("/bo-may/nhap/", {"file": SimpleUploadedFile("bang.xlsx", b"no workbook")}, follow=True)
    record = SheetImport.objects.get()
    jobs.run(record.job.pk)
    page = client.get(f"/bo-may/nhap/{record.pk}/").content.decode()
    assert bad.status_code == 200 and "không phải bảng Excel" in page
    client.post("/bo-may/nhap/", {"file": SimpleUploadedFile("bang.xlsx", book_xlsx(WORLD)), "unit": province.pk})
    record = SheetImport.objects.first()
    jobs.run(record.job.pk)
    page = client.get(f"/bo-may/nhap/{record.pk}/").content.decode()
    assert "thêm mới: 10" in page and "Ghi tất cả" in page
    client.post(f"/bo-may/nhap/{record.pk}/ghi/", {"do": "whole"})
    record.refresh_from_db()
    jobs.run(record.job.pk)
    assert "đã ghi" in client.get(f"/bo-may/nhap/{record.pk}/").content.decode()
    assert Unit.objects.filter(code="A").exists()


def test_people_are_exported_for_those_only_who_may_see_them(
    world: None, province: Unit, person: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    def cells(user: User) -> str:
        answer = signed_in(user).get(f"/bo-may/bang/?don-vi={province.pk}&dang=csv")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
            return "".join(package.read(name).decode() for name in package.namelist())

    viewer, leader, officer = (cells(person(r, province)) for r in (Role.VIEWER, Role.LEADER, Role.PERSONNEL))
    assert "Quản lý F1" in viewer and "Nguyễn Văn An" not in viewer
    assert "Nguyễn Văn An" in leader and "29/02/1980" not in leader
    assert "29/02/1980" in officer


def test_a_wider_mandate_of_old_stays_and_may_only_shrink(world: None, bring: Callable[..., SheetImport]) -> None:
    old = Function.objects.create(code="F7")
    FunctionVersion.objects.create(function=old, statement="Quản lý F7", folded="quan ly f7")
    Mandate.objects.create(function=old, unit=Unit.objects.get(code="A"), role=str(LEAD), valid_from=Y20)
    row = mandate("F7", scope=None, valid_from=Y20)
    assert bring({"mandates": [row]}).counts == {"unchanged": 1}
    assert bring({"mandates": [row | {"valid_to": Y25}]}).counts == {"changed": 1}
    assert bring({"mandates": [row | {"role": COOPERATING}]}).counts == {"refused": 1}
    inside = bring({"units": [unit("C", "Phòng C", valid_from=Y20)], "mandates": [mandate("F9", "C", scope="C")]})
    assert "refused" not in inside.counts  # a place that the file itself makes, within the province


def test_nobody_imports_for_a_unit_of_others(
    bring: Callable[..., SheetImport], elsewhere: Unit, person: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    record = bring(WORLD)
    client = signed_in(person(Role.PERSONNEL, elsewhere))
    assert client.get(f"/bo-may/nhap/{record.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        actions.go(actor=person(Role.ADMIN, elsewhere), record=record, whole=False)


def test_people_of_other_units_and_sealed_data_are_not_written_over(
    world: None, bring: Callable[..., SheetImport], elsewhere: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    chairman = Person.objects.create(code="Z9", full_name="Trần Văn Bình", folded="tran van binh")
    theirs = Post.objects.create(code="P9")
    PostVersion.objects.create(
        post=theirs,
        position=JobPosition.objects.get(code="J1"),
        unit=elsewhere,
        title="Chủ tịch",
        number=1,
        valid_from=Y20,
    )
    Holding.objects.create(post=theirs, person=chairman, mode="official", load=100, valid_from=Y20)
    record = bring({"people": [holder("Z9", "Trần Văn Bình", post="P2", mode=CONCURRENT, load=10)]})
    assert record.counts == {"refused": 1} and "đơn vị khác" in record.lines.get().message_vi
    named = bring({"people": [holder(None, "Trần Văn Bình", post="P2", mode=CONCURRENT, load=10)]})
    assert named.counts == {"added": 1}  # somebody else of that name: the chairman is not shown
    monkeypatch.setattr(actions, "holds", lambda *_, **__: False)  # a keeper who is no personnel officer
    told = bring({"people": [holder("C1", born=dt.date(1980, 2, 29), post="P2", mode=CONCURRENT, load=10)]})
    assert told.counts == {"refused": 1} and "cán bộ tổ chức" in told.lines.get().message_vi
