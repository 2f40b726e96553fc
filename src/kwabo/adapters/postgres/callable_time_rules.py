"""The rules of a callable time set as JSON; times are seconds of the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kwabo.domain.compliance.callable_time_set import (
    CallableTimeRules,
    DateException,
    HolidayRule,
    Slot,
    WeekSlot,
    Window,
)


def rules_as_json(rules: CallableTimeRules) -> dict[str, Any]:
    """Read again by `rules_of_json`."""
    return asdict(rules)


def rules_of_json(data: Mapping[str, Any]) -> CallableTimeRules:
    """The rules that `rules_as_json` wrote."""
    return CallableTimeRules(
        windows=tuple(
            Window(**{**one, "slots": tuple(WeekSlot(**slot) for slot in one["slots"])})
            for one in data["windows"]
        ),
        exceptions=tuple(
            DateException(**{**one, "slots": tuple(Slot(**slot) for slot in one["slots"])})
            for one in data["exceptions"]
        ),
        holidays=tuple(HolidayRule(**one) for one in data["holidays"]),
    )
