"""Callbacks: the machine, and whose a callback is as time goes by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.callbacks.lifecycle import MACHINE, STORED, CallbackState, phase_of, stored
from kwabo.domain.callbacks.ownership import free_at, latest_of, over, takeover_at, takers
from kwabo.domain.callbacks.terms import AFTER_OWNED, TAKEOVERS, CallbackTerms
from kwabo.domain.compliance.candidate import Candidate, CandidateCallback, CandidateCourse

DUE = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
OWNER, DEPUTY = UUID(int=1), UUID(int=2)

terms = st.builds(
    CallbackTerms,
    owned_hours=st.integers(1, 168),
    after_owned=st.sampled_from(AFTER_OWNED),
    takeover=st.sampled_from(TAKEOVERS),
    takeover_minutes=st.integers(0, 1440),
    deputy_user_id=st.sampled_from([None, DEPUTY]),
    latest_hours=st.integers(1, 720),
)
moments = st.integers(-60, 60 * 24 * 40).map(lambda minutes: DUE + timedelta(minutes=minutes))
callbacks = st.builds(
    CandidateCallback,
    callback_id=st.just(UUID(int=9)),
    due_at=st.just(DUE),
    number=st.just("+2290197000001"),
    owner_user_id=st.sampled_from([None, OWNER]),
    owner_active=st.booleans(),
    latest_at=st.none() | st.integers(1, 6000).map(lambda m: DUE + timedelta(minutes=m)),
)


@given(st.lists(st.sampled_from(sorted({event for _, event in MACHINE.transitions})), max_size=30))
def test_every_way_through_the_machine_ends_where_it_says(events: list[str]) -> None:
    state: str = MACHINE.initial
    for event in events:
        following = MACHINE.after(state, event)
        if following is None:
            continue
        assert state not in MACHINE.final
        state = following
    assert state in MACHINE.states
    assert (state in MACHINE.final) == (not MACHINE.allowed(state))


def test_each_state_can_be_reached_and_left_unless_it_is_final() -> None:
    reached = {MACHINE.initial}
    for _ in MACHINE.states:
        reached |= {to for (at, _), to in MACHINE.transitions.items() if at in reached}
    assert reached == MACHINE.states == frozenset(CallbackState)


@given(
    st.sampled_from(sorted(CallbackState)), moments, st.sampled_from([None, "offered", "ringing"])
)
def test_what_is_stored_and_the_call_tell_the_state(
    state: CallbackState, now: datetime, attempt: str | None
) -> None:
    seen = phase_of(stored(state), due_at=DUE, attempt_state=attempt, now=now)
    if state in STORED and state != CallbackState.OPEN:
        assert seen == state
    else:
        assert stored(seen) == CallbackState.OPEN
        assert (seen == CallbackState.DUE) == (attempt is None and now >= DUE)


@given(callbacks, terms, moments, moments)
def test_who_may_take_it_only_grows(
    callback: CandidateCallback, terms: CallbackTerms, one: datetime, other: datetime
) -> None:
    early, late = sorted((one, other))
    before, after = takers(callback, terms, early), takers(callback, terms, late)
    assert after is None or (before is not None and before <= after)
    assert before is None or OWNER in before


@given(callbacks, terms, moments)
def test_it_is_anyones_from_the_instant_told(
    callback: CandidateCallback, terms: CallbackTerms, now: datetime
) -> None:
    free = free_at(callback, terms)
    anyone = takers(callback, terms, now) is None
    if callback.owner_user_id is None:
        assert anyone
    else:
        assert anyone == (free is not None and free <= now)


@given(callbacks, terms, moments, moments)
def test_what_has_ended_stays_so(
    callback: CandidateCallback, terms: CallbackTerms, one: datetime, other: datetime
) -> None:
    early, late = sorted((one, other))
    if over(callback, terms, early) is not None:
        assert over(callback, terms, late) is not None
    assert (over(callback, terms, late) == CallbackState.EXPIRED) == (
        late >= latest_of(callback, terms)
    )


@given(callbacks, terms)
def test_nobody_waits_for_a_callback_for_ever(
    callback: CandidateCallback, terms: CallbackTerms
) -> None:
    assert takeover_at(callback, terms) <= DUE + timedelta(days=1)
    assert over(callback, terms, latest_of(callback, terms)) is not None
    free = free_at(callback, terms)
    assert (free is None) <= (terms.after_owned == "missed")


@pytest.mark.parametrize(
    ("last_result", "owed"),
    [("no_answer", False), ("person", False), ("cancelled", True), ("skipped", True)],
)
def test_a_callback_is_owed_until_somebody_was_really_called(last_result: str, owed: bool) -> None:
    candidate = Candidate(
        contact_id=UUID(int=3),
        numbers=(),
        callable=True,
        uncallable_reason=None,
        time_zone=None,
        course=CandidateCourse(
            state="open",
            attempts=2,
            last_attempt_at=DUE + timedelta(seconds=8),
            last_result=last_result,
            next_attempt_at=None,
            reason="",
        ),
        live_elsewhere=False,
        dialled_at=DUE + timedelta(seconds=8),
        dnc=(),
        callback=CandidateCallback(
            callback_id=UUID(int=9), due_at=DUE, number="+2290197000001", owner_user_id=OWNER
        ),
    )
    assert candidate.owed is owed
