"""Settings, rows, spans and results of what-ifs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.compliance.attempt_limits import AttemptLimit, EarlierCall
from kwabo.domain.compliance.callable_time_set import (
    CallableTimeRules,
    CallableTimeSet,
    DateException,
    HolidayRule,
    Slot,
    WeekSlot,
    Window,
)
from kwabo.domain.what_ifs.history import RecordedStatus, WaitingContact
from kwabo.domain.what_ifs.hours import open_day
from kwabo.domain.what_ifs.presence_spans import spans_at_work
from kwabo.domain.what_ifs.recorded_day import Here, Presence
from kwabo.domain.what_ifs.rows import as_row, of_row
from kwabo.domain.what_ifs.rules import RULE_SETS, KeptRules, NumberPast
from kwabo.domain.what_ifs.settings import WhatIfSettings, asked_settings, changed_settings
from kwabo.services.what_if_basis import RULES, campaign_as_json
from kwabo.simulation.what_if_basis import campaign_of_json
from kwabo.simulation.what_if_result import WAIT_EDGES, _band, _last_of_steps, _steps

AT = datetime(2026, 11, 24, 8, 0, 0, 123457, tzinfo=UTC)
CAMPAIGN = CampaignSettings(
    name="Relance",
    contact_list_id=UUID(int=1),
    mode="progressive",
    queue_id=UUID(int=2),
    trunk_id=UUID(int=3),
    caller_id="+22901000000",
    callable_weekdays=(1, 2, 3, 4, 5),
    callable_from=time(8, 30),
)


def test_rows_lose_nothing() -> None:
    contact = WaitingContact(
        contact_id=UUID(int=7),
        numbers=("+22901", "+22902"),
        time_zone=None,
        attempts=2,
        next_attempt_at=AT,
        labels=("mobile", "fixe"),
        number_zones={"+22902": "Africa/Lagos"},
        last_attempt_at=AT - timedelta(days=1),
        last_result="busy",
        result_counts={"busy": 2},
    )
    assert of_row(WaitingContact, as_row(contact)) == contact
    status = RecordedStatus(
        position=5,
        at=AT,
        user_id=UUID(int=8),
        status="ready",
        attempt_id=None,
        pause_after=False,
        in_queue=True,
        adopted=False,
    )
    assert of_row(RecordedStatus, as_row(status)) == status


def test_settings_of_campaigns_and_what_ifs_survive_json() -> None:
    again = campaign_of_json(campaign_as_json(CAMPAIGN))
    assert again == replace(CAMPAIGN, name="campaign")
    asked = WhatIfSettings(
        kind="replay",
        begins=time(9),
        ends=time(17, 30),
        day=date(2026, 11, 24),
        abandon_target=0.02,
    )
    assert WhatIfSettings.of_json(asked.as_json()) == asked


def test_only_what_differs_is_changed() -> None:
    asked = WhatIfSettings(kind="tomorrow", agents=4, begins=time(8, 30), mode="power")
    assert changed_settings(CAMPAIGN, asked, agents=4) == ["mode"]
    assert changed_settings(CAMPAIGN, asked, agents=5) == ["agents", "mode"]
    assert asked_settings(CAMPAIGN, asked) == replace(CAMPAIGN, mode="power")
    assert changed_settings(CAMPAIGN, WhatIfSettings(kind="replay"), agents=5) == []


EIGHT_TO_NOON = tuple(
    WeekSlot(weekday=weekday, start=8 * 3600, until=12 * 3600) for weekday in (1, 2, 3, 4, 5)
)
HALF_DAYS = CallableTimeSet(
    callable_time_set_id=UUID(int=9),
    version=1,
    rules=CallableTimeRules(
        windows=(Window(kind="mapped", slots=EIGHT_TO_NOON),),
        exceptions=(
            DateException(month=11, day=25, slots=(Slot(start=9 * 3600, until=10 * 3600),)),
            DateException(month=11, day=26),
        ),
        holidays=(HolidayRule(country="BJ"),),
    ),
)


@pytest.mark.parametrize(
    ("first", "time_set", "expected"),
    [
        (date(2026, 11, 25), None, (date(2026, 11, 25), 8.5 * 3600, 20 * 3600)),
        (date(2026, 11, 28), None, (date(2026, 11, 30), 8.5 * 3600, 20 * 3600)),  # Saturday
        (date(2026, 11, 25), HALF_DAYS, (date(2026, 11, 25), 9 * 3600, 10 * 3600)),
        (date(2026, 11, 26), HALF_DAYS, (date(2026, 11, 27), 8 * 3600, 12 * 3600)),  # closed
        (date(2026, 12, 25), HALF_DAYS, (date(2026, 12, 28), 8 * 3600, 12 * 3600)),  # holiday
    ],
)
def test_tomorrow_is_the_next_day_with_callable_hours(
    first: date, time_set: CallableTimeSet | None, expected: tuple[date, float, float]
) -> None:
    assert open_day(CAMPAIGN, time_set, "Africa/Porto-Novo", first) == expected


def test_without_callable_hours_there_is_no_tomorrow() -> None:
    never = replace(HALF_DAYS, rules=CallableTimeRules(windows=()))
    assert open_day(CAMPAIGN, never, "Africa/Porto-Novo", date(2026, 11, 25)) is None


def test_rules_lose_nothing_on_their_way() -> None:
    rules = KeptRules(
        callable_time_set=HALF_DAYS,
        attempt_limits=(
            AttemptLimit(
                attempt_limit_id=UUID(int=4),
                name="Trois par jour",
                per="person",
                scope="organisation",
                most=3,
                reset="days",
                reset_at=time(6, 30),
                time_zone="Africa/Porto-Novo",
            ),
        ),
        preset_id="france",
        zone_source="number",
        left_out=(RULE_SETS,),
    )
    assert RULES.validate_python(json.loads(json.dumps(RULES.dump_python(rules, mode="json")))) == (
        rules
    )
    past = NumberPast(
        number="+22901",
        dialled_at=(AT, AT + timedelta(hours=1)),
        abandoned_at=None,
        machine_at=AT,
        refused_at=None,
    )
    assert of_row(NumberPast, json.loads(json.dumps(as_row(past)))) == past
    call = EarlierCall(
        contact_id=UUID(int=1),
        campaign_id=UUID(int=2),
        number="+22901",
        person_id=None,
        dialled_at=AT,
        result="busy",
        ringing=True,
        answered=False,
    )
    assert of_row(EarlierCall, json.loads(json.dumps(as_row(call)))) == call


def presence(minutes: int, here: Here, *, pause_after: bool = False) -> Presence:
    """What an agent is from so many minutes after eight."""
    return Presence(
        at=AT + timedelta(minutes=minutes),
        user_id=UUID(int=1),
        here=here,
        pause_after=pause_after,
        adopted=False,
    )


def test_spans_at_work() -> None:
    inputs = [
        presence(0, Here.CONNECTING),
        presence(1, Here.PAUSED),
        presence(2, Here.AT_WORK),
        presence(5, Here.AT_WORK),
        presence(10, Here.AT_WORK, pause_after=True),
        presence(12, Here.PAUSED),
        presence(20, Here.AT_WORK),
        presence(30, Here.LOST),
        presence(31, Here.AT_WORK),
    ]
    minutes = [
        ((begin - AT) / timedelta(minutes=1), (end - AT) / timedelta(minutes=1))
        for begin, end in spans_at_work(inputs, AT + timedelta(minutes=60))[UUID(int=1)]
    ]
    assert minutes == [(2, 10), (20, 30), (31, 60)]


def test_steps_and_bands() -> None:
    assert _steps([1.0] * 5 + [3.0] * 3, 3) == [1.0, 3.0, 0.0]
    assert _last_of_steps([None, 0.1, None, None, None, 0.2], 3) == [0.1, 0.2, 0.2]
    days = [[float(day), 2.0 * day] for day in range(21)]
    assert _band(days) == {"mean": [10.0, 20.0], "low": [1.0, 2.0], "high": [19.0, 38.0]}
    assert list(WAIT_EDGES) == sorted(WAIT_EDGES)
