"""A province's own directive, read and planned on the real path: what the tests of plans stand on."""

import datetime as dt
from dataclasses import dataclass

from bonhoa.documents.metadata import find_metadata
from bonhoa.documents.model import SourceText
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.documents import actions as documents
from bonhoa_web.documents.models import Document
from bonhoa_web.execution import plan_actions
from bonhoa_web.execution.models import Draft, Plan
from bonhoa_web.foundation.models import Grant, User
from bonhoa_web.foundation.roles import Role

HEAD = """ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
Số: {number}/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Nghệ An, ngày 05 tháng 10 năm 2026
KẾ HOẠCH
Chỉnh trang hè phố
Ủy ban nhân dân tỉnh ban hành Kế hoạch chỉnh trang hè phố với các nội dung sau:
I. MỤC ĐÍCH
1. Phố phường sạch đẹp.
II. NHIỆM VỤ
"""
TASKS = """1. Giao Sở Nội vụ và Sở Tài chính xây dựng Phương án bố trí kinh phí, hoàn thành trước ngày 12/12/2026.
2. Sở Y tế chủ trì, phối hợp với Công an tỉnh và các cơ quan liên quan kiểm tra vệ sinh các chợ ven sông hằng quý.
3. Giao Sở Kế hoạch và Đầu tư rà soát các dự án dở dang, báo cáo trước ngày 15/12/2026.
4. Yêu cầu Ủy ban nhân dân các xã, phường tổ chức ra quân dọn dẹp vỉa hè trước ngày 20/12/2026.
5. Giao Sở Nội vụ và Sở Tài chính lập Danh sách người hưởng hỗ trợ.
6. Sở Xây dựng xây dựng Đề án hè phố, trình Ủy ban nhân dân tỉnh trước ngày 01/02/2027.
"""


@dataclass
class PlanWorld:
    """The province, its people and the plan of its directive."""

    province: Unit
    specialist: User
    colleague: User
    leader: User
    viewer: User
    stranger: User
    plan: Plan

    def row(self, words: str) -> Draft:
        """The row whose task contains `words`, as it is now."""
        return self.plan.drafts.select_related("plan__unit", "plan__document", "lead").get(title__contains=words)

    def settle(self) -> None:
        """Give every row an owner, as the tests do that begin behind the review."""
        province = self.province.code
        for draft in self.plan.drafts.filter(lead=None, dropped=False):
            plan_actions.edit(actor=self.specialist, draft=draft, lead=province)


def make_plan(tasks: str = TASKS, number: int = 912) -> PlanWorld:
    """Read and plan a directive of tỉnh Nghệ An with these task lines."""
    province = Unit.objects.create(
        code="vn-40/ubnd",
        name="Ủy ban nhân dân tỉnh Nghệ An",
        folded="uy ban nhan dan tinh nghe an",
        level="province",
        kind="people_committee",
    )
    elsewhere = Unit.objects.create(
        code="Z", name="Sở Z", folded="so z", level="province", kind="department", parent=None
    )
    people = {
        name: _person(name, role, unit)
        for name, role, unit in (
            ("specialist", Role.SPECIALIST, province),
            ("colleague", Role.SPECIALIST, province),
            ("leader", Role.LEADER, province),
            ("viewer", Role.VIEWER, province),
            ("stranger", Role.OFFICER, elsewhere),
        )
    }
    text = HEAD.format(number=number) + tasks
    document = documents.store(
        actor=people["specialist"],
        receiver=province,
        data=text.encode(),
        name="ke-hoach.txt",
        metadata=find_metadata(SourceText(text, "txt")),
    )
    read(document)
    plan = plan_actions.make_plan(actor=people["specialist"], document=Document.objects.get(pk=document.pk))
    return PlanWorld(province=province, plan=plan, **people)


def second_plan(world: PlanWorld, tasks: str, number: int = 913) -> Plan:
    """The plan of one more directive of the same province."""
    text = HEAD.format(number=number) + tasks
    document = documents.store(
        actor=world.specialist,
        receiver=world.province,
        data=text.encode(),
        name="ke-hoach-2.txt",
        metadata=find_metadata(SourceText(text, "txt")),
    )
    read(document)
    return plan_actions.make_plan(actor=world.specialist, document=Document.objects.get(pk=document.pk))


def read(document: Document) -> None:
    """Do the reading job of a document, as the engine does after the commit."""
    from bonhoa_web.foundation import jobs

    if document.job_id is not None:
        jobs.run(document.job_id)


def _person(name: str, role: Role, unit: Unit) -> User:
    user = User.objects.create_user(name, password="mat-khau-rat-dai-1", full_name=f"Người {name}")
    Grant.objects.create(user=user, role=str(role), unit=unit, valid_from=dt.date(2020, 1, 1))
    return user
