"""What may be done to a task in which state, as one table. Done means verified by the issuer: the only way there."""

from __future__ import annotations

from bonhoa.common.errors import InputError
from bonhoa.common.labels import Labelled
from bonhoa.execution.progress import State


class Side(Labelled):
    """Who an act belongs to."""

    UNIT = "unit", "cơ quan chủ trì", "the lead body"
    ISSUER = "issuer", "cơ quan giao nhiệm vụ", "the issuer"
    ANYONE = "anyone", "người được xem nhiệm vụ", "whoever may see the task"


class Act(Labelled):
    """What a person does to a task."""

    RECEIVE = "receive", "tiếp nhận", "receive"
    DECLINE = "decline", "chuyển trả", "decline"
    ASSIGN = "assign", "phân công người thực hiện", "assign a person"
    REPORT = "report", "báo cáo tiến độ", "report progress"
    COMPLETE = "complete", "báo cáo hoàn thành", "report completion"
    VERIFY = "verify", "xác nhận hoàn thành", "verify"
    REWORK = "rework", "yêu cầu thực hiện lại", "send back for rework"
    PAUSE = "pause", "tạm dừng", "pause"
    RESUME = "resume", "tiếp tục", "resume"
    WITHDRAW = "withdraw", "thu hồi", "withdraw"
    REASSIGN = "reassign", "giao lại", "reassign"
    COMMENT = "comment", "trao đổi", "comment"


SIDE: dict[Act, Side] = {
    Act.RECEIVE: Side.UNIT,
    Act.DECLINE: Side.UNIT,
    Act.ASSIGN: Side.UNIT,
    Act.REPORT: Side.UNIT,
    Act.COMPLETE: Side.UNIT,
    Act.VERIFY: Side.ISSUER,
    Act.REWORK: Side.ISSUER,
    Act.PAUSE: Side.ISSUER,
    Act.RESUME: Side.ISSUER,
    Act.WITHDRAW: Side.ISSUER,
    Act.REASSIGN: Side.ISSUER,
    Act.COMMENT: Side.ANYONE,
}

NEEDS_REASON = frozenset({Act.DECLINE, Act.REWORK, Act.PAUSE, Act.WITHDRAW, Act.REASSIGN})
"""Acts that go against what was agreed, and are refused without a reason."""

ALLOWED: dict[tuple[State, Act], State] = {
    (State.NEW, Act.RECEIVE): State.RECEIVED,
    (State.NEW, Act.DECLINE): State.DECLINED,
    (State.RECEIVED, Act.DECLINE): State.DECLINED,
    (State.RECEIVED, Act.ASSIGN): State.RECEIVED,
    (State.REWORK, Act.ASSIGN): State.REWORK,
    (State.RECEIVED, Act.REPORT): State.RECEIVED,
    (State.REWORK, Act.REPORT): State.REWORK,
    (State.RECEIVED, Act.COMPLETE): State.REPORTED,
    (State.REWORK, Act.COMPLETE): State.REPORTED,
    (State.REPORTED, Act.VERIFY): State.VERIFIED,
    (State.REPORTED, Act.REWORK): State.REWORK,
    (State.NEW, Act.PAUSE): State.PAUSED,
    (State.RECEIVED, Act.PAUSE): State.PAUSED,
    (State.REWORK, Act.PAUSE): State.PAUSED,
    (State.PAUSED, Act.RESUME): State.RECEIVED,  # `after` refines it: back to where the pause found it
    (State.DECLINED, Act.REASSIGN): State.NEW,
    **{(s, Act.WITHDRAW): State.WITHDRAWN for s in State if s not in {State.VERIFIED, State.WITHDRAWN}},
    **{(s, Act.COMMENT): s for s in State},
}


def after(state: State, act: Act, *, received: bool = True, sent_back: bool = False) -> State:
    """The state that `act` leads to from `state`; an act that is not allowed there raises InputError.

    A resumed task goes back to where the pause found it: `received` says whether the unit had received it,
    `sent_back` whether its last completion report was sent back for rework.
    """
    target = ALLOWED.get((state, act))
    if target is None:
        raise InputError(
            "act-not-allowed",
            f"Không thể {act.vi} khi nhiệm vụ ở trạng thái “{state.vi}”; việc này {_open_to(act, 'vi')}.",
            f"Cannot {act.en} while the task is “{state.en}”; this is possible {_open_to(act, 'en')}.",
        )
    if act is Act.RESUME:
        return State.REWORK if sent_back else State.RECEIVED if received else State.NEW
    return target


def acts(state: State) -> frozenset[Act]:
    """The acts that are possible in `state`, whoever does them."""
    return frozenset(act for (s, act) in ALLOWED if s == state)


def _open_to(act: Act, language: str) -> str:
    names = ", ".join(f"“{s.label(language)}”" for s in State if (s, act) in ALLOWED)
    return f"chỉ làm được khi ở trạng thái {names}" if language == "vi" else f"only in {names}"
