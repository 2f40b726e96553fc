"""Announcements, blending, ways onward and a queue's figures, as properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import ceil
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.reporting.queue_alarms import LEAST_JUDGED, AlarmTerms, QueueAlarm, alarms
from kwabo.domain.reporting.queue_figures import (
    QueueCall,
    QueueCounts,
    QueueOutcome,
    QueueTarget,
    counted,
    figures,
    period_of,
    waiting_by_minute,
)
from kwabo.domain.routing.announced_words import words_of
from kwabo.domain.routing.announcements import (
    MOST_MINUTES,
    Announcement,
    AnnouncementKind,
    Told,
    announcement,
    rounded_minutes,
)
from kwabo.domain.routing.blending import BlendState, BlendTerms, for_outbound
from kwabo.domain.routing.expected_wait import (
    ExpectedWait,
    Handled,
    Line,
    Unknown,
    expected_wait,
)
from kwabo.domain.routing.onward import OnwardCode, by_expected_wait
from kwabo.domain.routing.values import FreeAgent, OverflowWhen
from kwabo.domain.speech.book import PromptBook
from kwabo.domain.speech.rendering import Synthesised, render
from property.routing_cases import QUEUES, Case, agents, cases

lines = st.builds(
    Line,
    before=st.integers(0, 500),
    agents=st.floats(0, 200),
    free=st.booleans(),
    handled=st.builds(Handled, st.integers(0, 500), st.floats(0, 200_000)),
    prior=st.builds(Handled, st.floats(0, 50), st.floats(0, 20_000)),
    gave_up=st.integers(0, 100),
    waited_seconds=st.floats(0, 100_000),
)
stays = st.lists(
    st.builds(QueueCall, st.sampled_from(QueueOutcome), st.integers(0, 900).map(float))
)
targets = st.builds(QueueTarget, st.integers(1, 60).map(float), st.floats(0, 1), st.just(5.0))


@given(lines)
def test_a_wait_is_bounded_and_ordered_or_unknown(line: Line) -> None:
    found = expected_wait(line)
    if isinstance(found, ExpectedWait):
        assert 0 <= found.low <= found.high <= 7200
        assert found.mean >= 0
    else:
        assert found in set(Unknown)


@given(lines, st.integers(1, 50))
def test_who_stands_further_back_waits_longer(line: Line, more: int) -> None:
    near, far = expected_wait(line), expected_wait(replace(line, before=line.before + more))
    if isinstance(near, ExpectedWait) and isinstance(far, ExpectedWait) and not line.free:
        assert far.mean > near.mean


@given(
    st.sampled_from([AnnouncementKind.ABOUT, AnnouncementKind.AT_MOST]),
    st.lists(st.tuples(st.integers(1, 300_000), st.floats(0, 7200)), min_size=1, max_size=8),
)
def test_no_announcement_promises_an_earlier_answer_than_the_last(
    kind: AnnouncementKind, course: list[tuple[int, float]]
) -> None:
    now, last = 0, None
    for after, seconds in course:
        now += after
        wait = ExpectedWait(seconds, seconds / 2, seconds * 1.5)
        said = announcement(kind, position=1, wait=wait, now=now, last=last)
        assert said is not None
        assert 1 <= said.value <= MOST_MINUTES
        assert said.more_than or said.value * 60 >= seconds
        if last is not None:
            assert now + said.value * 60_000 >= last.at + last.minutes * 60_000
        last = Told(said.value, now)


@given(st.sampled_from(Unknown), st.integers(1, 50))
def test_without_a_wait_only_the_position_is_said(unknown: Unknown, position: int) -> None:
    for kind in AnnouncementKind:
        said = announcement(kind, position=position, wait=unknown, now=0)
        if kind is AnnouncementKind.POSITION:
            assert said is not None
            assert said.value == position
        elif kind is not AnnouncementKind.NONE and unknown is Unknown.TOO_LONG:
            assert said is not None
            assert (said.value, said.more_than) == (MOST_MINUTES, True)
        else:
            assert said is None


@given(st.sampled_from([AnnouncementKind.ABOUT, AnnouncementKind.AT_MOST]), st.floats(0, 7200))
def test_no_more_than_the_bound_is_promised_and_more_only_above_it(
    kind: AnnouncementKind, seconds: float
) -> None:
    wait = ExpectedWait(seconds, seconds, seconds)
    said = announcement(kind, position=1, wait=wait, now=0)
    assert said is not None
    assert said.value <= MOST_MINUTES
    assert said.more_than == (rounded_minutes(seconds) > MOST_MINUTES)


@given(
    st.sampled_from([kind for kind in AnnouncementKind if kind is not AnnouncementKind.NONE]),
    st.integers(1, MOST_MINUTES),
    st.booleans(),
)
def test_every_announcement_has_words_in_french_and_english(
    kind: AnnouncementKind, value: int, more_than: bool
) -> None:
    book = PromptBook(engines=frozenset({"fr", "en"}))
    parts = words_of(Announcement(kind, value, more_than))
    for language in ("fr", "en"):
        rendering = render(parts, language, book)
        assert not rendering.missing
        assert all(isinstance(one, Synthesised) for one in rendering.pieces)
        assert {one.language for one in rendering.pieces} == {language}


@given(st.floats(0, 20_000))
def test_minutes_are_rounded_up_by_less_than_five(seconds: float) -> None:
    minutes = rounded_minutes(seconds)
    assert max(60.0, seconds) <= minutes * 60 < seconds + 300.001
    assert minutes <= 10 or minutes % 5 == 0


@given(
    agents,
    st.dictionaries(
        st.sampled_from(QUEUES),
        st.builds(BlendTerms, st.integers(0, 4), st.none() | st.integers(0, 60)),
    ),
    st.dictionaries(
        st.sampled_from(QUEUES),
        st.builds(BlendState, st.sampled_from([0, 0, 2]), st.none() | st.floats(0, 90)),
    ),
)
def test_outbound_never_takes_whom_a_queue_keeps(
    idle: list[FreeAgent], terms: dict[UUID, BlendTerms], states: dict[UUID, BlendState]
) -> None:
    given_away = for_outbound(idle, terms, states)
    assert all(agent in idle for agent in given_away)
    for queue_id, own in terms.items():
        state = states.get(queue_id, BlendState())
        members = [agent for agent in idle if queue_id in agent.queues]
        out = [agent for agent in given_away if queue_id in agent.queues]
        assert len(members) - len(out) >= min(own.keep_free, len(members))
        below = own.outbound_below_seconds
        wait = state.expected_wait_seconds
        if state.waiting or (below is not None and (wait is None or wait >= below)):
            assert not out
    if not any(set(agent.queues) & set(terms) for agent in idle):
        assert len(given_away) == len(idle)


@given(cases.filter(lambda case: bool(case.calls)), st.none() | st.floats(0, 200))
def test_a_long_expected_wait_sends_newcomers_by_the_first_open_way(
    case: Case, wait: float | None
) -> None:
    call = case.calls[0]
    queues = {one.queue_id: one for one in case.queues}
    terms = queues[call.queue_id]
    found = by_expected_wait(call, terms, wait, queues)
    ways = [
        rule
        for rule in terms.overflow
        if rule.when is OverflowWhen.EXPECTED_WAIT
        and rule.to_queue_id not in {call.queue_id, *call.been_in}
        and wait is not None
        and wait >= rule.seconds
    ]
    if ways:
        assert found is not None
        assert found.to_queue_id == ways[0].to_queue_id
        assert found.code is OnwardCode.OVERFLOW_EXPECTED_WAIT
    else:
        assert found is None


@given(stays, stays, targets)
def test_counts_add_up_whatever_is_counted_first(
    some: list[QueueCall], others: list[QueueCall], target: QueueTarget
) -> None:
    whole = counted(some + others, target)
    assert counted(some, target) + counted(others, target) == whole
    assert whole.offered == len(some) + len(others)
    left = sum(whole.left.values())
    assert whole.offered == whole.answered + whole.abandoned + left + whole.waiting
    assert whole.answered_in_time <= whole.answered
    assert whole.short_abandoned <= whole.abandoned
    longest = max((call.waited_seconds for call in some + others), default=0.0)
    assert whole.longest_wait_seconds == longest
    found = figures(whole, target)
    assert found.waiting == sum(c.outcome is QueueOutcome.WAITING for c in some + others)
    for rate in (found.service_level, found.abandon_rate):
        assert rate is None or 0 <= rate <= 1
    answered = [c.waited_seconds for c in some + others if c.outcome is QueueOutcome.ANSWERED]
    assert (found.average_speed_of_answer is None) == (not answered)
    if answered:
        assert found.average_speed_of_answer == sum(answered) / len(answered)


@given(stays, targets)
def test_no_more_than_one_in_twenty_of_the_answered_waited_longer_than_the_slow_ones(
    calls: list[QueueCall], target: QueueTarget
) -> None:
    found = period_of(calls, target)
    assert found.counts == counted(calls, target)
    answered = [c.waited_seconds for c in calls if c.outcome is QueueOutcome.ANSWERED]
    if not answered:
        assert found.slow_answer_seconds is None
        return
    slow = found.slow_answer_seconds
    assert slow is not None
    assert min(answered) <= slow <= max(answered)
    assert sum(wait > slow for wait in answered) <= ceil(0.05 * (len(answered) - 1))


MOMENT = datetime(2026, 11, 27, 10, 30, 20, tzinfo=UTC)
comings = st.lists(
    st.tuples(st.integers(0, 7200), st.none() | st.integers(0, 7200)), max_size=40
)  # seconds ago at which somebody came, and how long they stayed; None: still there


@given(comings, st.integers(1, 90))
def test_who_waited_by_the_minute_is_who_had_come_and_not_gone(
    calls: list[tuple[int, int | None]], minutes: int
) -> None:
    spans = [
        (
            MOMENT - timedelta(seconds=ago),
            None if stayed is None or stayed > ago else MOMENT - timedelta(seconds=ago - stayed),
        )
        for ago, stayed in calls
    ]
    changes: dict[datetime, int] = {}
    for came, went in spans:
        for at, step in ((came, 1), (went, -1)):
            if at is not None:
                minute = at.replace(second=0, microsecond=0)
                changes[minute] = changes.get(minute, 0) + step
    now = sum(went is None for _, went in spans)
    found = waiting_by_minute(now, changes, MOMENT, minutes)
    assert len(found) == minutes
    begun = MOMENT.replace(second=0)
    for back, count in enumerate(reversed(found)):
        end = begun - timedelta(minutes=back - 1)  # of that minute
        there = [1 for came, went in spans if came < end and (went is None or went >= end)]
        assert count == len(there)


@given(stays, targets, st.none() | st.floats(0, 900), st.booleans(), st.none() | st.integers(1, 60))
def test_an_alarm_holds_only_for_what_is_beyond_its_threshold(
    calls: list[QueueCall],
    target: QueueTarget,
    longest: float | None,
    level: bool,
    wait: int | None,
) -> None:
    counts = counted(calls, target)
    terms = AlarmTerms(service_level=level, wait_seconds=wait)
    share = figures(counts, target).service_level
    below = share is not None and share < target.share
    found = alarms(counts, longest, target, terms, frozenset())
    again = alarms(counts, longest, target, terms, found)
    assert again == found
    assert (QueueAlarm.LONGEST_WAIT in found) == (
        wait is not None and longest is not None and longest > wait
    )
    enough = counts.answered + counts.abandoned - counts.short_abandoned >= LEAST_JUDGED
    assert (QueueAlarm.SERVICE_LEVEL in found) == (level and below and enough)
    held = alarms(counts, longest, target, terms, frozenset(QueueAlarm))
    assert (QueueAlarm.SERVICE_LEVEL in held) == (level and below)


def test_figures_of_a_morning() -> None:
    calls = [
        *[QueueCall(QueueOutcome.ANSWERED, 10.0)] * 70,
        *[QueueCall(QueueOutcome.ANSWERED, 40.0)] * 20,
        *[QueueCall(QueueOutcome.ABANDONED, 60.0)] * 10,
        *[QueueCall(QueueOutcome.ABANDONED, 2.0)] * 5,
        *[QueueCall(QueueOutcome.MOVED, 120.0)] * 3,
    ]
    found = figures(counted(calls, QueueTarget()), QueueTarget())
    assert found.service_level == 0.7
    assert found.abandon_rate == 0.1
    assert found.average_speed_of_answer == (700 + 800) / 90
    assert found.target_met is False
    assert figures(QueueCounts(), QueueTarget()).service_level is None
