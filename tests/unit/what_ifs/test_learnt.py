"""What past calls tell: known answers, and what stands where there is little."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from kwabo.adapters.switch.simulator import BehaviourKind
from kwabo.domain.what_ifs.history import PastCall
from kwabo.simulation.learnt import USUAL_ANSWERED, Learnt
from kwabo.simulation.learnt_people import LearntPeople

ZONE = ZoneInfo("Africa/Porto-Novo")  # an hour before UTC's clock
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # 12:00 there


def call(
    number: int = 0,
    *,
    at: datetime = NOON,
    prefix: str = "+2290161",
    result: str = "no_answer",
    ring: float | None = None,
    talk: float | None = None,
    after_call: float | None = None,
    machine: bool = False,
) -> PastCall:
    """A call that rang after two seconds; `ring`: seconds until it was answered."""
    rang = at + timedelta(seconds=2)
    answered = None if ring is None else rang + timedelta(seconds=ring)
    connected = None if answered is None or talk is None else answered
    closed = rang + timedelta(seconds=20 if ring is None else ring + (talk or 0.0))
    return PastCall(
        attempt_id=UUID(int=number),
        campaign_id=UUID(int=1),
        contact_id=UUID(int=number),
        number=f"{prefix}{number % 1_000_000:06d}",
        mode="power",
        dialling_at=at,
        ringing_at=rang,
        answered_at=answered,
        connected_at=connected,
        closed_at=closed,
        result=result,
        cause=None,
        sip_code=None,
        hung_up_by=None,
        abandoned=False,
        transferred=False,
        after_call_seconds=after_call,
        wrapped_up_at=None,
        machine=machine,
    )


def learnt(calls: list[PastCall]) -> Learnt:
    """Learnt from these."""
    return Learnt(calls, where=ZONE, after_call_limit=60.0)


def mixed(count: int, answered: int, **values: object) -> Iterator[PastCall]:
    """So many calls, of which the first are answered."""
    for number in range(count):
        if number < answered:
            yield call(number, result="person", ring=8.0, talk=100.0, **values)  # type: ignore[arg-type]
        else:
            yield call(number, **values)  # type: ignore[arg-type]


def test_without_a_past_there_is_the_usual_list() -> None:
    nothing = learnt([])
    assert (nothing.calls, nothing.conversations) == (0, 0)
    assert nothing.answered_share("+2290161000000", 12) == pytest.approx(USUAL_ANSWERED)
    assert 60 < nothing.talk.mean < 200
    assert sum(share for _, share in nothing.unanswered) == pytest.approx(1.0)


def test_with_many_calls_the_usual_list_is_forgotten() -> None:
    known = learnt(list(mixed(4000, 400)))
    assert known.answered_share("+2290161000000", 12) == pytest.approx(0.1, abs=0.01)
    assert known.conversations == 400
    assert known.talk.at(0.5) == pytest.approx(100.0)
    assert known.ring.at(0.5) == pytest.approx(8.0)


def test_hours_and_number_ranges_have_their_own_shares() -> None:
    morning = list(mixed(2000, 200, at=NOON - timedelta(hours=3)))
    noon = list(mixed(2000, 1000))
    hours = learnt(morning + noon)
    assert hours.answered_share("+2290161000000", 9) == pytest.approx(0.1, abs=0.02)
    assert hours.answered_share("+2290161000000", 12) == pytest.approx(0.5, abs=0.02)
    average = hours.answered_share("+2290161000000", 15)
    assert average == pytest.approx(0.3, abs=0.02)
    ranges = learnt([*mixed(2000, 200), *mixed(2000, 1000, prefix="+2290195")])
    assert ranges.answered_share("+2290161000000", 12) == pytest.approx(0.1, abs=0.02)
    assert ranges.answered_share("+2290195000000", 12) == pytest.approx(0.5, abs=0.02)
    assert ranges.answered_share("+2290199000000", 12) == pytest.approx(0.3, abs=0.02)


def test_a_few_calls_of_an_hour_say_little() -> None:
    few = learnt([*mixed(2000, 600), *mixed(3, 3, at=NOON + timedelta(hours=4))])
    assert few.answered_share("+2290161000000", 16) == pytest.approx(0.33, abs=0.02)


def test_calls_that_were_taken_back_are_no_evidence() -> None:
    calls = list(mixed(1000, 500)) + [call(n, result="cancelled") for n in range(1000)]
    assert learnt(calls).calls == 1000
    assert learnt(calls).answered_share("+2290161000000", 12) == pytest.approx(0.5, abs=0.01)


def test_machines_and_those_that_pass() -> None:
    told = [call(n, result="machine", ring=15.0) for n in range(300)]
    passed = [call(n, result="person", ring=15.0, talk=6.0, machine=True) for n in range(100)]
    persons = list(mixed(400, 400))
    known = learnt([*told, *passed, *persons])
    assert known.machine_share == pytest.approx(0.5, abs=0.02)
    assert known.passed_share == pytest.approx(0.25, abs=0.01)
    assert known.talk.at(0.5) == pytest.approx(100.0), "a machine's talk is nobody's"
    assert known.machine_ring.at(0.5) == pytest.approx(15.0)


def test_people_are_the_same_whatever_was_called_before_them() -> None:
    known = learnt(list(mixed(1000, 400)))
    one = LearntPeople(7, known, lambda: NOON, analysis=True)
    other = LearntPeople(7, known, lambda: NOON, analysis=True)
    other.behaviour("+2290161000009")
    numbers = [f"+2290161{n:06d}" for n in range(100, 300)]
    forwards = {number: one.behaviour(number) for number in numbers}
    backwards = {number: other.behaviour(number) for number in reversed(numbers)}
    assert forwards == backwards
    assert len({behaviour.kind for behaviour in forwards.values()}) > 2


def test_the_share_that_answers_is_the_learnt_one() -> None:
    known = learnt(list(mixed(4000, 1200)))
    people = LearntPeople(1, known, lambda: NOON, analysis=False)
    met = [people.behaviour(f"+2290161{n:06d}").kind for n in range(4000)]
    answering = sum(kind in (BehaviourKind.PERSON, BehaviourKind.MACHINE) for kind in met)
    assert answering / 4000 == pytest.approx(0.3, abs=0.03)


def test_recorded_calls_come_first_and_in_their_order() -> None:
    recorded = [
        call(5, result="busy"),
        call(5, at=NOON + timedelta(hours=1), result="person", ring=7.0, talk=42.0),
    ]
    people = LearntPeople(1, learnt([]), lambda: NOON, analysis=False, recorded=recorded)
    first, second = people.behaviour("+2290161000005"), people.behaviour("+2290161000005")
    assert first.kind is BehaviourKind.BUSY
    assert second.kind is BehaviourKind.PERSON
    assert (second.rings_after_seconds, second.answers_after_seconds) == (2.0, 7.0)
    assert second.talks_seconds == 42.0
    drawn = LearntPeople(1, learnt([]), lambda: NOON, analysis=False)
    drawn.behaviour("+2290161000005")
    drawn.behaviour("+2290161000005")
    assert people.behaviour("+2290161000005") == drawn.behaviour("+2290161000005")
