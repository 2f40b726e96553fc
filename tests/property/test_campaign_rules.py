"""Campaign rules: dates of the month against the calendar, and firing against its words."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.campaigns.campaign_rules import Figures, fires, holds

DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def told(condition: dict[str, Any], day: date) -> bool:
    rule = {"time_zone": "UTC", "match": "all", "conditions": [condition]}
    return holds(rule, {}, at(day))


@given(DAYS, st.integers(1, 7), st.integers(1, 5))
def test_the_week_day_of_a_month_is_the_calendar_s(day: date, weekday: int, week: int) -> None:
    month = calendar.monthcalendar(day.year, day.month)
    days = [row[weekday - 1] for row in month if row[weekday - 1]]
    wanted = days[-1] if week == 5 else days[week - 1]
    holds_then = told({"type": "week_day_of_month", "day": weekday, "week": week}, day)
    assert holds_then == (day.day == wanted)


@given(DAYS)
def test_the_last_day_of_a_month_is_the_calendar_s(day: date) -> None:
    last = calendar.monthrange(day.year, day.month)[1]
    assert told({"type": "day_of_month", "days": ["LAST_DAY"]}, day) == (day.day == last)
    odd = told({"type": "day_of_month", "days": ["ODD_DAY"]}, day)
    assert odd != told({"type": "day_of_month", "days": ["EVEN_DAY"]}, day)


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=40),
    st.sampled_from(["on_each_trigger", "once_per_day"]),
)
def test_a_rule_fires_once_for_each_time_it_begins_to_hold(
    looks: list[tuple[bool, int]], frequency: str
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    held, fired_on, days = False, None, []
    begins = []
    for holds_now, hours in looks:
        now += timedelta(hours=hours)
        if holds_now and not held:
            begins.append(now.date())
        if fires(
            holds_now=holds_now,
            held=held,
            frequency=frequency,
            fired_on=fired_on,
            today=now.date(),
        ):
            fired_on = now.date()
            days.append(fired_on)
        held = holds_now
    assert days == (begins if frequency == "on_each_trigger" else list(dict.fromkeys(begins)))


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0, 100), st.sampled_from(["all", "any"]))
def test_progress_is_what_is_finished_of_all(
    finished: int, left: int, value: float, match: str
) -> None:
    campaign_id = UUID(int=1)
    condition = {
        "type": "campaign_progress",
        "campaign_id": str(campaign_id),
        "operator": "GREATER_THAN",
        "value": value,
    }
    rule = {"time_zone": "UTC", "match": match, "conditions": [condition]}
    figures = {campaign_id: Figures(contacts=finished + left, finished=finished)}
    beyond = finished + left > 0 and 100 * finished / (finished + left) > value
    assert holds(rule, figures, at(date(2026, 1, 1))) == beyond
    assert not holds(rule, {}, at(date(2026, 1, 1))), "the campaign is gone"
