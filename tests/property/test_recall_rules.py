"""Recall rules: each wait is the step's, never in the part of the day of the last call."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwabo.domain.campaigns.recall import Ended, after_attempt
from kwabo.domain.campaigns.recall_rules import (
    RecallRule,
    RecallRuleWrong,
    RecallStep,
    as_json,
    part_of_day,
    recall_at,
    rule_of,
)
from kwabo.domain.interactions.attempt import Result

NOW = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)  # the day before clocks change in Europe
ZONES = ("Africa/Porto-Novo", "Europe/Paris", "America/New_York")
times = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30)))
steps = st.one_of(
    st.builds(RecallStep, after_seconds=st.integers(5, 3 * 86400)),
    st.builds(RecallStep, days=st.integers(0, 3), at=times),
)
rules = st.builds(
    RecallRule,
    steps=st.lists(steps, min_size=1, max_size=4).map(tuple),
    other_hours=st.booleans(),
    afterwards=st.sampled_from(("repeat", "finish")),
    most=st.none() | st.integers(1, 6),
)


@given(rules, st.integers(0, 3 * 1440), st.sampled_from(ZONES))
@settings(max_examples=400, deadline=None)
def test_a_recall_is_later_and_at_other_hours_where_the_rule_wants_that(
    rule: RecallRule, minutes: int, zone: str
) -> None:
    ended_at = NOW + timedelta(minutes=minutes)
    where = ZoneInfo(zone)
    step = rule.steps[0]
    due = recall_at(
        step,
        rule,
        ended_at=ended_at,
        dialled_at=ended_at,
        time_zone=zone,
        day_begins=time(8),
    )
    assert due > ended_at
    if rule.other_hours:
        assert part_of_day(due, where) != part_of_day(ended_at, where)
    elif step.after_seconds is not None:
        assert due == ended_at + timedelta(seconds=step.after_seconds)
    else:
        assert step.days is not None
        local = due.astimezone(where)
        days = (local.date() - ended_at.astimezone(where).date()).days
        assert days in (step.days, 1 if step.days == 0 else step.days)
        wanted = datetime.combine(local.date(), step.at or time(0), tzinfo=where)
        assert due == wanted.astimezone(UTC)


@given(rules, st.integers(1, 9))
def test_steps_are_taken_in_turn(rule: RecallRule, count: int) -> None:
    step = rule.step_for(count)
    if rule.most is not None and count > rule.most:
        assert step is None
    elif count <= len(rule.steps):
        assert step == rule.steps[count - 1]
    else:
        assert step == (rule.steps[-1] if rule.afterwards == "repeat" else None)


@given(rules)
def test_a_rule_is_read_as_it_was_kept(rule: RecallRule) -> None:
    assert rule_of(as_json(rule)) == rule


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({}, "RECALL_STEPS"),
        ({"steps": []}, "RECALL_STEPS"),
        ({"steps": [{"after_seconds": 1}]}, "RECALL_STEP_SECONDS"),
        ({"steps": [{"days": 91, "at": "10:00"}]}, "RECALL_STEP_DAYS"),
        ({"steps": [{"days": 1, "at": "ten"}]}, "RECALL_STEP_TIME"),
        ({"steps": [{"days": 1}]}, "RECALL_STEP"),
        ({"steps": [{"after_seconds": 60}], "most": 0}, "RECALL_MOST"),
        ({"steps": [{"after_seconds": 60}], "afterwards": "stop"}, "RECALL_AFTERWARDS"),
        ({"steps": [{"after_seconds": 60}], "colour": "red"}, "RECALL_FIELDS"),
    ],
)
def test_what_is_wrong_is_named(value: dict[str, object], code: str) -> None:
    with pytest.raises(RecallRuleWrong) as refused:
        rule_of(value)
    assert refused.value.code == code


@given(
    st.sampled_from(list(Result)),
    st.integers(1, 4),
    st.integers(0, 2),
    st.integers(0, 2),
    st.integers(0, 600),
)
def test_other_numbers_keep_a_contact_open(
    result: Result, attempts: int, others: int, left: int, gap: int
) -> None:
    course = after_attempt(
        result=result,
        attempts=attempts,
        max_attempts=3,
        recall_seconds={},
        minimum_gap_seconds=gap,
        at=NOW,
        ended=Ended(
            result=result,
            at=NOW,
            dialled_at=NOW,
            time_zone="Africa/Porto-Novo",
            other_numbers=max(others, left),
            round_left=left,
        ),
    )
    if attempts >= 3:
        assert course.state == "finished" or result is Result.SKIPPED
    elif course.reason == "NEXT_NUMBER":
        assert left > 0
        assert course.next_attempt_at == NOW
    elif result in (Result.INVALID, Result.SIT):
        open_ = max(others, left) > 0
        assert course.state == ("open" if open_ else "finished")
        assert course.next_attempt_at == (NOW + timedelta(seconds=gap) if open_ else None)
