"""A small province with one approved plan, made straight from records: what the tests of tasks stand on."""

import datetime as dt
import itertools
from dataclasses import dataclass, field

from django.utils import timezone

from bonhoa.common.folding import fold
from bonhoa.execution.progress import State
from bonhoa_web.apparatus.models import Unit
from bonhoa_web.documents.models import Document
from bonhoa_web.execution.models import Cooperation, Event, Plan, Report, Task
from bonhoa_web.foundation.models import Attachment, Grant, User
from bonhoa_web.foundation.roles import Role

_numbers = itertools.count(1)


@dataclass
class World:
    """Units by short name, people by what they are, and the plan."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    plan: Plan | None = None

    def unit(self, name: str, parent: Unit | None = None) -> Unit:
        self.units[name] = Unit.objects.create(
            code=f"T-{next(_numbers)}", name=name, folded=fold(name), level="province", kind="department", parent=parent
        )
        return self.units[name]

    def person(self, name: str, *hats: tuple[Role, Unit]) -> User:
        user = User.objects.create(username=f"{name}{next(_numbers)}", full_name=name)
        for role, unit in hats:
            Grant.objects.create(user=user, role=str(role), unit=unit, valid_from=dt.date(2020, 1, 1))
        self.people[name] = user
        return user

    def task(
        self,
        lead: str = "Sở A",
        state: State = State.NEW,
        due: int | None = 30,
        event: Event | None = None,
        assigned: int = -30,
        **more: object,
    ) -> Task:
        today = timezone.localdate()
        due_on = None if due is None else today + dt.timedelta(days=due)
        number = next(_numbers)
        fields = {
            "plan": self.plan,
            "path": f"{number:05d}",
            "title": f"Nhiệm vụ số {number}",
            "folded": f"nhiem vu so {number}",
            "lead": self.units[lead],
            "due_original": due_on,
            "due_current": due_on,
            "event": event,
            "state": str(state),
            "assigned_on": today + dt.timedelta(days=assigned),
            **more,
        }
        if state not in {State.NEW, State.DECLINED}:
            fields.setdefault("received_on", today)
        if state in {State.REPORTED, State.VERIFIED}:
            fields.setdefault("reported_on", today)
        if state is State.VERIFIED:
            fields.setdefault("verified_on", today)
        task = Task.objects.create(**fields)
        if state is State.REPORTED:
            Report.objects.create(task=task, by=self.people["cán bộ A"], text="xong", completes=True)
        return task


def make_world() -> World:
    """UBND tỉnh gives tasks; Sở A leads, Sở B cooperates, Sở C has nothing to do with them."""
    world = World()
    province = world.unit("UBND tỉnh")
    a, b, c = (world.unit(f"Sở {letter}", province) for letter in "ABC")
    world.person("chuyên viên", (Role.SPECIALIST, province))
    world.person("lãnh đạo", (Role.LEADER, province))
    world.person("văn thư", (Role.CLERK, province))
    world.person("người xem", (Role.VIEWER, province))
    world.person("cán bộ A", (Role.OFFICER, a))
    world.person("giám đốc A", (Role.LEADER, a))
    world.person("cán bộ B", (Role.OFFICER, b))
    world.person("cán bộ C", (Role.OFFICER, c))
    world.person("hai vai", (Role.LEADER, province), (Role.OFFICER, a))
    world.person("không vai")
    file = Attachment.objects.create(
        name="kh.docx", file="kh.docx", size=1, mime="x", sha256="0" * 64, uploaded_by=world.people["văn thư"]
    )
    document = Document.objects.create(
        receiver=province,
        file=file,
        type="Kế hoạch",
        number="01/KH-UBND",
        arrival_year=2026,
        text="Sở A rà soát quy trình.",
        status="read",
        subject="Rà soát quy trình",
        uploaded_by=world.people["văn thư"],
    )
    world.plan = Plan.objects.create(
        document=document,
        unit=province,
        on=timezone.localdate(),
        state="approved",
        prepared_by=world.people["chuyên viên"],
        approved_by=world.people["lãnh đạo"],
        approved_at=timezone.now(),
    )
    return world


def cooperate(task: Task, unit: Unit) -> None:
    Cooperation.objects.create(task=task, unit=unit)
