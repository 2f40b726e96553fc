"""Settings, rows, spans and results of what-ifs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.what_ifs.history import RecordedStatus, WaitingContact
from kwabo.domain.what_ifs.presence_spans import spans_at_work
from kwabo.domain.what_ifs.recorded_day import Here, Presence
from kwabo.domain.what_ifs.rows import as_row, of_row
from kwabo.domain.what_ifs.settings import WhatIfSettings, asked_settings, changed_settings
from kwabo.services.what_if_basis import campaign_as_json
from kwabo.simulation.what_if import next_callable_day
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


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 24, 12, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 27, 12, tzinfo=UTC), date(2026, 11, 30)),  # Friday → Monday
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), date(2026, 11, 26)),  # it is the 25th there
    ],
)
def test_tomorrow_is_the_next_day_on_which_the_campaign_calls(
    now: datetime, expected: date
) -> None:
    assert next_callable_day(CAMPAIGN, now, ZoneInfo("Africa/Porto-Novo")) == expected


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
