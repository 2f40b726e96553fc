"""What is wrong with a campaign's settings, and what its state forbids."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, time
from uuid import UUID

import pytest

from kwabo.domain.campaigns.settings import (
    CampaignSettings,
    Surroundings,
    copy_name,
    forbidden_changes,
    objections,
    with_default_recalls,
)

ID = UUID(int=1)
GOOD = CampaignSettings(
    name="Relance",
    contact_list_id=ID,
    mode="progressive",
    queue_id=ID,
    trunk_id=ID,
    caller_id="+2290121000000",
)
AROUND = Surroundings(
    list_columns={"nom": "text", "tel": "phone"},
    queue_exists=True,
    trunk_caller_ids=("+2290121000000",),
    trunk_lines=30,
    unknown_dnc_lists=frozenset(),
    unknown_wrap_up_codes=frozenset(),
)


def found(settings: CampaignSettings, around: Surroundings = AROUND) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in objections(settings, around)]


def test_good_settings_meet_no_objection() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("change", "objection"),
    [
        ({"name": " "}, ("name", "NAME_LENGTH")),
        ({"name": "x" * 201}, ("name", "NAME_LENGTH")),
        ({"mode": "agentless", "lines_most": 5}, ("flow_id", "AGENTLESS_FLOW")),
        (
            {"mode": "agentless", "flow_id": UUID(int=9)},
            ("lines_most", "AGENTLESS_LINES"),
        ),
        ({"calls_per_agent": 0.9}, ("calls_per_agent", "RANGE")),
        ({"calls_per_agent_ceiling": 51}, ("calls_per_agent_ceiling", "RANGE")),
        ({"abandon_target": 0.0}, ("abandon_target", "RANGE")),
        ({"abandon_window": "week"}, ("abandon_window", "ABANDON_WINDOW")),
        ({"weight": 0}, ("weight", "RANGE")),
        ({"agents_kept_free": -1}, ("agents_kept_free", "RANGE")),
        ({"lines_reserved": -1}, ("lines_reserved", "RANGE")),
        ({"lines_reserved": 31}, ("lines_reserved", "LINES_NOT_THERE")),
        ({"lines_most": -1}, ("lines_most", "RANGE")),
        ({"lines_reserved": 5, "lines_most": 4}, ("lines_most", "LINES_MOST_TOO_FEW")),
        ({"caller_id": "+2290199999999"}, ("caller_id", "CALLER_ID_NOT_OF_TRUNK")),
        ({"caller_name": "a\nb"}, ("caller_name", "CALLER_NAME")),
        ({"callable_weekdays": ()}, ("callable_weekdays", "WEEKDAYS")),
        ({"callable_weekdays": (1, 1)}, ("callable_weekdays", "WEEKDAYS")),
        ({"callable_weekdays": (0, 8)}, ("callable_weekdays", "WEEKDAYS")),
        ({"callable_until": time(8)}, ("callable_until", "WINDOW_EMPTY")),
        ({"callable_from": time(8, tzinfo=UTC)}, ("callable_from", "LOCAL_TIME")),
        ({"recall_seconds": {"busy": 4}}, ("recall_seconds.busy", "RECALL_RANGE")),
        ({"recall_seconds": {"maybe": 600}}, ("recall_seconds.maybe", "UNKNOWN_RESULT")),
        ({"max_attempts": 0}, ("max_attempts", "RANGE")),
        ({"priority": 6}, ("priority", "RANGE")),
        ({"no_answer_timeout_seconds": 4}, ("no_answer_timeout_seconds", "RANGE")),
        ({"after_call_limit_seconds": 3601}, ("after_call_limit_seconds", "RANGE")),
        ({"minimum_gap_seconds": -1}, ("minimum_gap_seconds", "RANGE")),
        ({"preview_timeout_seconds": -1}, ("preview_timeout_seconds", "RANGE")),
        ({"preview_delivery": "pull"}, ("preview_delivery", "PREVIEW_DELIVERY")),
        ({"script": "{{prenom}}"}, ("script", "SCRIPT_COLUMN")),
        ({"script": "x" * 50_001}, ("script", "SCRIPT_TOO_LONG")),
    ],
)
def test_each_wrong_setting_names_its_field(
    change: dict[str, object], objection: tuple[str, str]
) -> None:
    assert found(replace(GOOD, **change)) == [objection]  # type: ignore[arg-type]


def test_every_wrong_field_is_named_at_once() -> None:
    wrong = replace(GOOD, name="", priority=0, max_attempts=0)
    assert {field for field, _ in found(wrong)} == {"name", "priority", "max_attempts"}


def test_what_does_not_exist_is_named() -> None:
    nothing = Surroundings(
        list_columns=None,
        queue_exists=False,
        trunk_caller_ids=None,
        unknown_dnc_lists=frozenset({UUID(int=9)}),
        unknown_wrap_up_codes=frozenset({ID}),
    )
    fields = ["contact_list_id", "queue_id", "trunk_id", "dnc_list_ids", "wrap_up_code_ids"]
    assert found(GOOD, nothing) == [(field, "UNKNOWN") for field in fields]


def test_default_recalls_stand_where_none_is_given() -> None:
    delays = with_default_recalls({"busy": 60, "machine": None})
    assert delays["busy"] == 60
    assert delays["machine"] is None
    assert delays["no_answer"] == 2 * 3600
    assert delays["congestion"] == 600
    assert delays["person"] is None


def test_a_running_campaign_keeps_mode_queue_and_trunk() -> None:
    new = replace(GOOD, mode="preview", queue_id=UUID(int=2), name="Autre", max_attempts=9)
    fields = [one.field for one in forbidden_changes(GOOD, new, state="running", begun=True)]
    assert fields == ["mode", "queue_id"]
    assert forbidden_changes(GOOD, new, state="paused", begun=True) == []


def test_the_pace_of_a_running_campaign_may_change() -> None:
    for mode in ("power", "predictive"):
        new = replace(GOOD, mode=mode, calls_per_agent=3.0, abandon_target=0.01, weight=5)
        assert forbidden_changes(GOOD, new, state="running", begun=True) == []
        back = forbidden_changes(new, replace(new, mode="preview"), state="running", begun=True)
        assert [one.field for one in back] == ["mode"]


def test_a_begun_campaign_keeps_its_list() -> None:
    new = replace(GOOD, contact_list_id=UUID(int=2))
    assert forbidden_changes(GOOD, new, state="paused", begun=False) == []
    found_now = forbidden_changes(GOOD, new, state="paused", begun=True)
    assert [one.code for one in found_now] == ["FIXED_ONCE_BEGUN"]


def test_copies_get_free_names_of_allowed_length() -> None:
    assert copy_name("A", frozenset({"A", "A (2)"})) == "A (3)"
    assert copy_name("x" * 200, frozenset()) == "x" * 196 + " (2)"
