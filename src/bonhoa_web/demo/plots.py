"""What happened to the tasks of the demo's directive between its approval and today, told through the actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.core.files.base import ContentFile
from django.utils import timezone

from bonhoa_web.demo.clock import story_time
from bonhoa_web.demo.directives import evidence_file
from bonhoa_web.execution import task_actions
from bonhoa_web.execution.models import Plan, Task
from bonhoa_web.execution.task_rights import people_of
from bonhoa_web.foundation.models import User


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the issuer who act in the story."""

    leader: User
    specialist: User


@dataclass(frozen=True, slots=True)
class Step:
    """One act, `day` days before today; steps run in the order of their days, so that the audit is in order."""

    day: int
    act: Callable[[Task, User, Cast], object]
    task: Task
    officer: User


def tell(plan: Plan, cast: Cast, today: dt.date) -> None:
    """Play the story of the tasks of `plan`."""
    steps = sorted(_steps(plan), key=lambda step: step.day)
    for day, of_the_day in groupby(steps, key=lambda step: step.day):
        with story_time(today + dt.timedelta(days=day), 10):
            for step in of_the_day:
                step.act(step.task, step.officer, cast)


_Plot = list[tuple[int, Callable[[Task, User, Cast], object]]]


def _receive(task: Task, officer: User, cast: Cast) -> object:
    return task_actions.receive(actor=officer, task=task)


def _take(task: Task, officer: User, cast: Cast) -> object:
    return task_actions.assign_person(actor=officer, task=task, person=officer)


def _progress(percent: int, text: str) -> Callable[[Task, User, Cast], object]:
    return lambda task, officer, cast: task_actions.report(actor=officer, task=task, text=text, percent=percent)


def _complete(task: Task, officer: User, cast: Cast) -> object:
    file = ContentFile(evidence_file(task.title, timezone.localdate()), name="bao-cao-ket-qua.docx")
    return task_actions.report(
        actor=officer,
        task=task,
        text="Đã hoàn thành, xin gửi sản phẩm kèm theo.",
        percent=100,
        completes=True,
        evidence=[file],
    )


def _verify(task: Task, officer: User, cast: Cast) -> object:
    return task_actions.verify(actor=cast.leader, task=task, note="Sản phẩm đạt yêu cầu.")


def _rework(task: Task, officer: User, cast: Cast) -> object:
    return task_actions.rework(
        actor=cast.specialist, task=task, reason="Hướng dẫn chưa quy định trường hợp học sinh chuyển đến giữa năm học."
    )


def _decline(task: Task, officer: User, cast: Cast) -> object:
    return task_actions.decline(
        actor=officer, task=task, reason="Việc kiểm tra thủ tục hành chính thuộc nhiệm vụ của Văn phòng UBND tỉnh."
    )


def _pause(task: Task, officer: User, cast: Cast) -> object:
    return task_actions.pause(actor=cast.leader, task=task, reason="Chờ hướng dẫn mới của bộ quản lý ngành.")


def _withdraw(task: Task, officer: User, cast: Cast) -> object:
    return task_actions.withdraw(actor=cast.leader, task=task, reason="Đã giao trong một kế hoạch khác của tỉnh.")


def _talk(text: str) -> Callable[[Task, User, Cast], object]:
    return lambda task, officer, cast: task_actions.comment(actor=cast.specialist, task=task, text=text)


PLOTS: list[tuple[str, str, _Plot]] = [
    ("so-noi-vu", "", [(-40, _receive), (-39, _take), (-8, _complete), (-6, _verify)]),
    (
        "so-tai-chinh",
        "đầu tư công",
        [
            (-38, _receive),
            (-15, _progress(80, "Còn thiếu số liệu của hai chủ đầu tư.")),
            (-3, _talk("Đề nghị gửi số liệu hiện có, bổ sung sau.")),
        ],
    ),
    ("so-tai-chinh", "", [(-41, _receive), (-24, _complete), (-22, _verify)]),
    ("so-xay-dung", "", [(-39, _receive), (-38, _take), (-5, _progress(60, "Đã rà soát 41 thủ tục."))]),
    ("so-khcn", "", [(-40, _receive), (-12, _progress(30, "Đã chọn phương án kỹ thuật."))]),
    ("so-y-te", "", [(-40, _receive), (-39, _take), (-1, _complete)]),
    ("so-gddt", "", [(-40, _receive), (-9, _complete), (-7, _rework)]),
    ("so-vhttdl", "", [(-36, _receive)]),
    ("so-tu-phap", "", [(-41, _receive)]),
    ("thanh-tra", "", [(-30, _decline)]),
    ("so-ngoai-vu", "", [(-37, _receive), (-20, _pause)]),
    ("bql-kcn", "", [(-25, _withdraw)]),
    ("van-phong-ubnd", "", [(-41, _receive)]),
]
"""(lead body by its slug, words of the title, what happened): the first line that fits a task is its story. What has
no line here (Sở Công Thương, some communes) was not received yet."""


def _steps(plan: Plan) -> Iterator[Step]:
    communes = 0
    for task in plan.tasks.select_related("lead", "plan__unit").order_by("path"):
        officer = people_of(task).first()
        if officer is None:
            continue
        plot = next((p for slug, words, p in PLOTS if task.lead.code.endswith(f"/{slug}") and words in task.title), [])
        if task.lead.level == "commune":
            plot = _commune(communes)
            communes += 1
        yield from (Step(day, act, task, officer) for day, act in plot)


def _commune(number: int) -> _Plot:
    """The communes do as well as communes do: most have received, some are done, a few have not looked."""
    match number % 10:
        case 0 | 1 | 2:
            return [(-38, _receive), (-12, _complete), (-10, _verify)]
        case 3:
            return [(-36, _receive), (-2, _complete)]
        case 4 | 5 | 6 | 7:
            return [(-35 + number % 7, _receive)]
        case _:
            return []
