"""Task drafts and the plan made of them. Nothing here is a task yet: a person approves the plan first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from bonhoa.common.labels import Labelled


class Recurrence(Labelled):
    """How often a standing duty falls due."""

    DAILY = "daily", "hằng ngày", "daily"
    WEEKLY = "weekly", "hằng tuần", "weekly"
    MONTHLY = "monthly", "hằng tháng", "monthly"
    QUARTERLY = "quarterly", "hằng quý", "quarterly"
    HALF_YEARLY = "half-yearly", "6 tháng", "half-yearly"
    YEARLY = "yearly", "hằng năm", "yearly"
    CONTINUOUS = "continuous", "thường xuyên", "continuous"


class Problem(Labelled):
    """Why a draft is not yet a task: the gaps in the "5 rõ" (QĐ 42/2014/QĐ-TTg)."""

    NO_LEAD = "no_lead", "chưa rõ cơ quan chủ trì", "no lead"
    SEVERAL_LEADS = "several_leads", "nhiều cơ quan chủ trì", "several leads"
    COLLECTIVE_LEAD = "collective_lead", "chủ trì là một nhóm cơ quan", "collective lead"
    UNKNOWN_BODY = "unknown_body", "không nhận ra cơ quan", "unknown body"
    ENDED_BODY = "ended_body", "cơ quan không còn tồn tại", "body no longer exists"
    NO_DEADLINE = "no_deadline", "chưa rõ thời hạn", "no deadline"
    PAST_DEADLINE = "past_deadline", "thời hạn đã qua", "deadline already past"
    NO_DELIVERABLE = "no_deliverable", "chưa rõ sản phẩm", "no deliverable"
    DUPLICATE = "duplicate", "trùng nhiệm vụ", "duplicate"
    BEFORE_DOCUMENT = "before_document", "thời hạn trước ngày văn bản", "deadline before the document's date"
    ALREADY_GIVEN = "already_given", "văn bản khác đã giao", "already given by another directive"
    OUTSIDE_MANDATE = "outside_mandate", "ngoài chức năng của cơ quan", "outside the body's mandate"


OWNER_PROBLEMS = frozenset(
    {Problem.NO_LEAD, Problem.SEVERAL_LEADS, Problem.COLLECTIVE_LEAD, Problem.UNKNOWN_BODY, Problem.ENDED_BODY}
)
"""`PlanRow.owner` is None exactly when one of these stands."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The limit of a task. `date` is the last day allowed; `start`/`end` locate `text` in the document."""

    text: str
    date: dt.date | None = None
    recurrence: Recurrence | None = None
    event: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field of a draft has its value: the rule and the words it rests on."""

    field: str  # "task" | "lead" | "coordinate" | "deadline" | "deliverable"
    rule: str  # stable id, e.g. "lead.heading"
    vi: str
    en: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure each field is, from 0 to 1: the share of right readings on the same grounds (`certainty.py`)."""

    lead: float
    coordinate: float
    deadline: float
    deliverable: float

    @property
    def whole(self) -> float:
        """That the task stands there, with this lead and this limit."""
        return round(self.lead * self.deadline, 2)


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What the document asks of somebody: evidence span, who, with whom, until when, what to hand over."""

    start: int
    end: int
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    deadline: Deadline | None = None
    deliverable: str | None = None
    parent: int | None = None
    confidence: float = 1.0
    reasons: tuple[Reason, ...] = ()
    certainty: Certainty | None = None


class SuggestedAction(Labelled):
    """What a person can do with one click about a problem."""

    CHOOSE = "choose", "chọn một cơ quan chủ trì, các cơ quan khác phối hợp", "choose one lead, the others cooperate"
    SPLIT = "split", "tách mỗi cơ quan một nhiệm vụ", "one task per body"
    EXPAND = "expand", "giao cho từng cơ quan trong nhóm", "expand the group into its members"
    REPLACE = "replace", "thay bằng cơ quan kế thừa hoặc gần đúng", "replace by the successor or nearest name"
    GIVEN = "given", "bỏ dòng này vì việc đã được giao", "leave this row out, the work is given already"
    DISTINCT = "distinct", "không trùng, giữ dòng này", "not the same work, keep this row"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal about `problem`; `code`/`name` say which unit it would make the lead (None for split and expand)."""

    problem: Problem
    action: SuggestedAction
    code: str | None
    name: str
    vi: str
    en: str
    members: tuple[str, ...] = ()  # unit codes that split or expand would create one task for


@dataclass(frozen=True, slots=True)
class Owner:
    """The one accountable body; `office` is set where the text names an office-holder of it."""

    code: str
    name: str
    office: str | None = None


@dataclass(frozen=True, slots=True)
class GivenTask:
    """A task as a document gives it, in words: what plans are compared by and overlaps found with.

    `lead` is the unit's code where it has one, `lead_name` what to print of it. `aside` are the printed words inside
    `title` that say who and until when. `document`, `number`: the document that gives it; `key`: the caller's own id.
    """

    title: str
    lead: str | None = None
    lead_name: str = ""
    cooperating: tuple[str, ...] = ()
    deadline: str = ""
    deliverable: str = ""
    aside: tuple[str, ...] = ()
    document: str = ""
    number: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """`task` of another directive asks for the same work; `likeness` 0–1, `same_lead` None if one has no lead.

    `cited`: the plan's document cites that directive, so that its task may only be carried out here.
    """

    task: GivenTask
    likeness: float
    same_lead: bool | None
    cited: bool
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class OutsideMandate:
    """Why a task is not the body's business, and the codes of those whose it is, if that is known."""

    vi: str
    en: str
    rather: tuple[str, ...] = ()


class Mandates(Protocol):
    """What bodies are for (chức năng, nhiệm vụ), as far as somebody knows it."""

    def outside(self, code: str, words: str, on: dt.date) -> OutsideMandate | None:
        """Why the task `words` is outside the mandate that body `code` has on the day; None if it is inside or if the
        mandate is not known."""
        ...


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A draft with its owner or the problems that keep it from having one."""

    draft: TaskDraft
    owner: Owner | None
    cooperating: tuple[Owner | None, ...]  # parallel to draft.coordinate; None where the name is unknown or a group
    problems: tuple[Problem, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    outside: OutsideMandate | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan proposed for a document, its names read as of the day `on`."""

    on: dt.date
    rows: tuple[PlanRow, ...]
