"""The table of acts: written out here a second time, by hand, so that a slip in either shows."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonhoa.common.errors import InputError
from bonhoa.execution.progress import State, Status, TaskSnapshot, status_of
from bonhoa.execution.transitions import ALLOWED, SIDE, Act, Side, acts, after

OPEN_TO = {
    State.NEW: "receive decline pause withdraw comment",
    State.RECEIVED: "decline assign report complete pause withdraw comment",
    State.REPORTED: "verify rework withdraw comment",
    State.REWORK: "assign report complete pause withdraw comment",
    State.VERIFIED: "comment",
    State.DECLINED: "reassign withdraw comment",
    State.PAUSED: "resume withdraw comment",
    State.WITHDRAWN: "comment",
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_every_act_in_every_state(state: State, act: Act) -> None:
    if str(act) in OPEN_TO[state].split():
        assert isinstance(after(state, act), State)
        assert act in acts(state)
    else:
        with pytest.raises(InputError) as refused:
            after(state, act)
        assert act.vi in refused.value.vi and state.vi in refused.value.vi
        assert act.en in refused.value.en and "Traceback" not in refused.value.en


def test_only_verification_leads_to_done_and_it_belongs_to_the_issuer() -> None:
    assert {act for (_, act), to in ALLOWED.items() if to is State.VERIFIED and act is not Act.COMMENT} == {Act.VERIFY}
    assert SIDE[Act.VERIFY] is Side.ISSUER


def test_a_resumed_task_goes_back_to_where_the_pause_found_it() -> None:
    assert after(State.PAUSED, Act.RESUME, received=False) is State.NEW
    assert after(State.PAUSED, Act.RESUME) is State.RECEIVED
    assert after(State.PAUSED, Act.RESUME, sent_back=True) is State.REWORK


def test_every_act_belongs_to_a_side() -> None:
    assert set(SIDE) == set(Act)


@given(st.sampled_from(list(State)), st.integers(-60, 0), st.none() | st.integers(-60, 60), st.booleans())
def test_done_is_what_the_issuer_verified_and_nothing_else(
    state: State, assigned: int, due: int | None, event: bool
) -> None:
    today = dt.date(2026, 11, 24)
    snapshot = TaskSnapshot(
        state,
        today + dt.timedelta(days=assigned),
        None if due is None else today + dt.timedelta(days=due),
        event,
        reported_on=today,
        verified_on=today,
    )
    got = status_of(snapshot, today)
    assert (got in {Status.DONE_ON_TIME, Status.DONE_LATE}) == (state is State.VERIFIED)
