"""Predictive plans in situations that can be thought through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kwabo.domain.pacing.learning import Ended, Learner, Segment
from kwabo.domain.pacing.modes import plan
from kwabo.domain.pacing.situation import CallInAir, Limits, Mode, Reason, Situation, Tally

WHERE = Segment("229", 10)


def _taught(answered_of_ten: int = 3) -> Learner:
    """Answers 10 s after the dial, talk of 100 s, after-call work of 10 s."""
    learner = Learner()
    for n in range(600):
        if n % 10 < answered_of_ten:
            learner.answered(WHERE, 8.0 + n % 5)
            learner.talked(80.0 + n % 40)
            learner.wrapped_up(8.0 + n % 5)
        else:
            learner.ended(WHERE, 30.0, Ended.GAVE_UP)
    return learner


def _situation(**more: object) -> Situation:
    base = Situation(
        mode=Mode.PREDICTIVE,
        limits=Limits(calls_per_agent=0.0),
        tally=Tally(live=2000, abandoned=20, dialled=6000),
        ready=0,
        room=100,
        curves=_taught(),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def test_nothing_is_known_yet() -> None:
    found = plan(_situation(ready=3, curves=Learner()))
    assert (found.dials, found.reason) == (3, Reason.LEARNING)


def test_more_calls_than_agents_when_few_answer() -> None:
    found = plan(_situation(ready=10, curves=_taught(1)))
    assert found.dials > 20
    assert found.reason is Reason.DIALLING


def test_a_large_idle_team_gets_no_more_answers_than_agents() -> None:
    for ready in (10, 34, 100, 400):
        found = plan(_situation(ready=ready, room=10_000))
        assert ready < found.dials * 0.3 + 0.2 * ready + 10
        assert found.dials * 0.3 < ready


def test_an_agent_in_after_call_work_is_expected_soon() -> None:
    # Work of 9 s that usually lasts 8 to 12: free well before a call is answered.
    assert plan(_situation(after_call=[9.0])).dials >= 1
    assert plan(_situation(after_call=[0.5])).dials <= plan(_situation(after_call=[9.0])).dials


def test_a_conversation_that_has_begun_is_not_over_soon() -> None:
    found = plan(_situation(talking=[5.0]))
    assert (found.dials, found.reason) == (0, Reason.ENOUGH)


def test_calls_about_to_be_answered_hold_back() -> None:
    ringing = [CallInAir(9.0)] * 8
    assert plan(_situation(ready=2, in_air=ringing)).reason is Reason.ENOUGH


def test_calls_that_have_rung_too_long_do_not() -> None:
    late = [CallInAir(20.0)] * 8
    assert plan(_situation(ready=2, in_air=late)).dials > 0


def test_unlikely_contacts_are_dialled_in_greater_number() -> None:
    likely = plan(_situation(ready=5, upcoming=[2.0] * 100)).dials
    unlikely = plan(_situation(ready=5, upcoming=[0.2] * 100)).dials
    assert unlikely > likely


def test_callers_from_outside_take_their_share() -> None:
    alone = plan(_situation(ready=6)).dials
    assert plan(_situation(ready=6, inbound_per_second=0.2)).dials < alone


def test_the_budget_is_spent() -> None:
    found = plan(_situation(ready=2, tally=Tally(live=100, abandoned=3)))
    assert (found.dials, found.reason) == (2, Reason.BUDGET_SPENT)


def test_there_is_no_room() -> None:
    found = plan(_situation(ready=2, room=0))
    assert (found.dials, found.reason) == (0, Reason.NO_ROOM)


@pytest.mark.parametrize("curves", [_taught(), Learner(), None])
def test_nobody_works(curves: Learner | None) -> None:
    """Whatever is known: "one call for each agent" would tell of agents who are not there."""
    found = plan(_situation(curves=curves))
    assert (found.dials, found.reason) == (0, Reason.NO_AGENTS)


def test_the_ceiling_is_reached() -> None:
    low = Limits(calls_per_agent=1.5)
    found = plan(_situation(ready=4, limits=low, in_air=[CallInAir(25.0)] * 6))
    assert (found.dials, found.reason) == (0, Reason.CEILING)


def test_people_wait() -> None:
    found = plan(_situation(waiting=2, talking=[90.0] * 4))
    assert (found.dials, found.reason) == (0, Reason.CALLERS_WAIT)


def test_figures_tell_what_is_expected() -> None:
    figures = plan(_situation(ready=1, after_call=[9.0, 9.5], in_air=[CallInAir(7.0)] * 3)).figures
    assert 1.0 < figures.free_soon <= 2.0
    assert 0.3 < figures.answers_expected < 1.5
    assert 8.0 < figures.horizon < 13.0
    assert abs(figures.answer_rate - 0.3) < 0.06
    assert figures.budget == 40.0
    assert figures.in_air == 3
