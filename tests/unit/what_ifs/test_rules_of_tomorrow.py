"""A simulated tomorrow keeps the campaign's own rules, and knows what was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.compliance.attempt_limits import AttemptLimit, EarlierCall
from kwabo.domain.compliance.callable_time_set import (
    CallableTimeRules,
    CallableTimeSet,
    WeekSlot,
    Window,
)
from kwabo.domain.compliance.consents import ConsentLine
from kwabo.domain.what_ifs.history import WaitingContact
from kwabo.domain.what_ifs.rules import RULE_SETS, Before, KeptRules, NumberPast
from kwabo.domain.what_ifs.settings import WhatIfSettings, what_if_objections
from kwabo.ports.what_ifs import SimulationRefused
from kwabo.simulation.what_if_basis import Basis
from kwabo.simulation.what_if_tomorrow import tomorrow

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
CONTACTS = 30
CAMPAIGN = CampaignSettings(
    name="campaign",
    contact_list_id=UUID(int=1),
    mode="progressive",
    queue_id=UUID(int=2),
    trunk_id=UUID(int=3),
    caller_id="+2290121000000",
    callable_weekdays=(1, 2, 3, 4, 5),
    callable_from=time(9),
    callable_until=time(10),
    max_attempts=5,
    minimum_gap_seconds=0,
    recall_seconds={"no_answer": 60, "busy": 60, "rejected": 60, "congestion": 60, "machine": 60},
)
ONE_A_DAY = AttemptLimit(
    attempt_limit_id=UUID(int=4),
    name="Une fois par jour",
    per="number",
    scope="organisation",
    most=1,
    reset="days",
    time_zone="Africa/Porto-Novo",
    counted="dialled",
)


def number(index: int) -> str:
    """A contact's number."""
    return f"+22901610000{index:02d}"


def basis(**values: Any) -> Basis:
    """Thirty contacts, three agents, an hour."""
    made: dict[str, Any] = {
        "asked": WhatIfSettings(kind="tomorrow", agents=3, runs=1),
        "campaign": CAMPAIGN,
        "campaign_id": UUID(int=5),
        "time_zone": "Africa/Porto-Novo",
        "contacts_in_list": CONTACTS,
        "agents": 3,
        "lines": 10,
        "calls_per_second": 5.0,
        "now": NOW,
        "calls": (),
        "contacts": tuple(
            WaitingContact(
                contact_id=UUID(int=100 + index),
                numbers=(number(index),),
                labels=("mobile",),
                time_zone=None,
                attempts=0,
                next_attempt_at=None,
            )
            for index in range(CONTACTS)
        ),
        "rules": KeptRules(),
        "before": Before(),
        "day": (),
        "statuses": (),
        "steps": (),
    }
    return Basis(**made | values)


def played(of: Basis) -> Mapping[str, Any]:
    """The result of tomorrow."""
    return tomorrow(of, lambda share: None)


def dialled(of: Basis) -> float:
    """How many calls there are tomorrow."""
    return float(played(of)["asked"]["dialled"]["mean"])


def test_without_limits_people_are_called_again() -> None:
    assert dialled(basis()) > CONTACTS


def test_attempt_limits_hold_tomorrow() -> None:
    assert dialled(basis(rules=KeptRules(attempt_limits=(ONE_A_DAY,)))) == CONTACTS


def test_calls_of_before_count_under_a_limit() -> None:
    three_in_a_week = replace(ONE_A_DAY, most=3, days=7)
    calls = tuple(
        EarlierCall(
            contact_id=UUID(int=900),  # of another list: the number counts
            campaign_id=UUID(int=901),
            number=number(index),
            person_id=None,
            dialled_at=NOW - timedelta(days=1, hours=hours),
            result="no_answer",
            ringing=True,
            answered=False,
        )
        for index in range(20)
        for hours in (0, 1, 2)
    )
    rules = KeptRules(attempt_limits=(three_in_a_week,))
    with_past = played(basis(rules=rules, before=Before(calls=calls)))["asked"]["dialled"]["mean"]
    assert 10 <= with_past <= 30  # ten people are left, three calls each at most


def test_breaks_of_a_callable_time_set_are_kept() -> None:
    slots = tuple(
        WeekSlot(weekday=weekday, start=9 * 3600 + begin, until=9 * 3600 + end)
        for weekday in range(1, 6)
        for begin, end in ((0, 300), (2700, 3600))
    )
    time_set = CallableTimeSet(
        callable_time_set_id=UUID(int=6),
        version=1,
        rules=CallableTimeRules(windows=(Window(kind="mapped", slots=slots),)),
    )
    rules = KeptRules(callable_time_set=time_set)
    series = played(basis(rules=rules))["series"]
    in_air = dict(zip(series["minutes"], series["in_air"]["mean"], strict=True))
    assert in_air[0] > 0
    assert all(in_air[minute] == 0 for minute in range(10, 45, 5))
    assert any(in_air[minute] > 0 for minute in (45, 50, 55))
    # Other hours that are asked for stand in place of the set.
    asked = WhatIfSettings(kind="tomorrow", agents=3, runs=1, begins=time(9), ends=time(9, 30))
    series = played(basis(rules=rules, asked=asked))["series"]
    assert any(at > 0 for at in series["in_air"]["mean"][2:])


def test_the_hours_of_both_days_are_told() -> None:
    ours = replace(CAMPAIGN, callable_from=time(8), callable_until=time(18, 30))
    asked = WhatIfSettings(kind="tomorrow", agents=3, runs=1, begins=time(9), ends=time(9, 30))
    told = played(basis(campaign=ours, asked=asked))["basis"]
    assert (told["hours"], told["present_hours"]) == (["09:00", "09:30"], ["08:00", "18:30"])
    assert told["day"] == told["present_day"]
    all_day = replace(CAMPAIGN, callable_from=time(0), callable_until=time(23, 59, 59))
    assert played(basis(campaign=all_day))["basis"]["hours"] == ["00:00", "24:00"]


def test_who_has_not_consented_is_not_called() -> None:
    consents = tuple(
        ConsentLine(
            consent_id=UUID(int=700 + index),
            place=index,
            kind="given",
            number=number(index),
            purpose="prospecting",
            channel="voice",
            at=NOW - timedelta(days=3),
        )
        for index in range(4)
    )
    limited = KeptRules(attempt_limits=(ONE_A_DAY,))
    asks = replace(CAMPAIGN, consent_required=True)
    assert dialled(basis(campaign=asks, rules=limited, before=Before(consents=consents))) == 4


def test_redial_gaps_of_the_law_count_calls_of_before() -> None:
    rules = KeptRules(preset_id="GB", attempt_limits=(ONE_A_DAY,))
    abandoned = tuple(
        NumberPast(
            number=number(index),
            dialled_at=(NOW - timedelta(hours=1),),
            abandoned_at=NOW - timedelta(hours=1),
            machine_at=None,
            refused_at=None,
        )
        for index in range(25)
    )
    british = replace(CAMPAIGN, caller_id="+442079460000", no_answer_timeout_seconds=20)
    assert dialled(basis(campaign=british, rules=rules)) == CONTACTS
    assert dialled(basis(campaign=british, rules=rules, before=Before(numbers=abandoned))) == 5


def test_what_no_law_allows_is_refused() -> None:
    asked = WhatIfSettings(kind="tomorrow", agents=3, runs=1, abandon_target=0.2)
    with pytest.raises(SimulationRefused, match="laxer than the law") as refused:
        played(basis(rules=KeptRules(preset_id="GB"), asked=asked))
    assert refused.value.code == "WHAT_IF_NOT_LAWFUL"


def test_recall_rules_decide_when_somebody_is_called_again() -> None:
    in_the_evening = {"steps": [{"days": 0, "at": "20:00"}], "afterwards": "finish"}
    rules = dict.fromkeys(CAMPAIGN.recall_seconds, in_the_evening)
    assert dialled(basis(campaign=replace(CAMPAIGN, recall_rules=rules))) == CONTACTS


def test_what_is_left_out_is_told() -> None:
    assert played(basis(rules=KeptRules(left_out=(RULE_SETS,))))["basis"]["left_out"] == [RULE_SETS]


AGENTLESS = replace(CAMPAIGN, mode="agentless", lines_most=2, flow_id=UUID(int=9), max_attempts=1)


def mean(result: Mapping[str, Any], metric: str, of: str = "asked") -> float | None:
    """A figure of the simulated day."""
    found = result[of][metric]["mean"]
    return None if found is None else float(found)


def test_without_agents_lines_decide_and_the_day_tells_when_the_list_ends() -> None:
    asked = WhatIfSettings(kind="tomorrow", runs=2, mode="agentless", lines=8)
    result = played(basis(campaign=AGENTLESS, asked=asked, agents=0))
    assert mean(result, "dialled") == mean(result, "dialled", "present") == CONTACTS
    assert mean(result, "abandoned") == mean(result, "conversations") == 0
    assert mean(result, "finished") == CONTACTS
    assert (mean(result, "answered") or 0) > 0
    assert (result["basis"]["lines"], result["basis"]["present_lines"]) == (8, 2)
    assert result["basis"]["left_out"] == ["flow"]
    ours, theirs = mean(result, "list_end_seconds"), mean(result, "list_end_seconds", "present")
    assert ours is not None
    assert theirs is not None
    assert ours < theirs  # eight lines are through sooner than two
    used, present = mean(result, "lines_used"), mean(result, "lines_used", "present")
    assert used is not None
    assert present is not None
    assert present <= 2 < used <= 8


def test_a_list_that_is_not_through_has_no_end() -> None:
    settings = replace(AGENTLESS, max_attempts=5, recall_seconds={"no_answer": 24 * 3600})
    asked = WhatIfSettings(kind="tomorrow", runs=1)
    result = played(basis(campaign=settings, asked=asked))
    assert mean(result, "list_end_seconds") is None
    assert (mean(result, "finished") or 0) < CONTACTS


@pytest.mark.parametrize(
    ("mode", "asked", "code"),
    [
        ("progressive", {"mode": "agentless"}, "WHAT_IF_FLOW_MODE"),
        ("agentless", {"mode": "predictive"}, "WHAT_IF_FLOW_MODE"),
        ("agentless", {"kind": "replay", "day": NOW.date()}, "WHAT_IF_FLOW_DAY"),
        ("progressive", {"lines": 3}, "WHAT_IF_LINES"),
        ("agentless", {"lines": 3}, None),
        ("agentless", {"mode": "agentless"}, None),
    ],
)
def test_what_cannot_be_told_of_a_flow_is_refused(
    mode: str, asked: dict[str, Any], code: str | None
) -> None:
    settings = replace(AGENTLESS, mode=mode)
    found = what_if_objections(settings, WhatIfSettings(**{"kind": "tomorrow"} | asked))
    assert [one.code for one in found] == ([code] if code else [])
