"""The days in which callers are told how long they will wait.

A tenth of the callers never give up, so that what a caller was told can be compared with the whole
wait; the rest have the patience of people.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from kwabo.simulation import Scenario, scenario_of

ENDLESS: Final = 20_000.0  # seconds: longer than a day
OBSERVERS: Final = 0.1

_TALK: Final = {"shape": "lognormal", "mean": 160, "cv": 0.8}
_AFTER: Final = {"shape": "lognormal", "mean": 20, "cv": 0.6}


def _patience(mean: float) -> dict[str, Any]:
    parts = [
        {"share": 1 - OBSERVERS, "shape": "lognormal", "mean": mean, "cv": 1},
        {"share": OBSERVERS, "shape": "constant", "seconds": ENDLESS},
    ]
    return {"shape": "mixture", "parts": parts}


def _rates(*points: tuple[str, float]) -> list[dict[str, Any]]:
    return [{"at": at, "calls_per_hour": rate} for at, rate in points]


def _day(**changes: Any) -> dict[str, Any]:
    """Ten agents, one queue, 95 % of what they can do offered, for an hour and three quarters."""
    team = {"name": "team", "agents": 10, "pace_spread": 0.1, "log_in_spread_seconds": 30}
    queue = {"name": "calls", "members": [{"team": "team"}], "announce": "at_most"}
    callers = {"queue": "calls", "talk": _TALK, "after_call": _AFTER, "patience": _patience(240)}
    return {
        "begins": "09:00",
        "ends": "10:45",
        "teams": [{**team, **changes.get("team", {})}, *changes.get("teams", ())],
        "queues": [{**queue, **changes.get("queue", {})}, *changes.get("queues", ())],
        "inbound": [
            {**callers, **one}
            for one in changes.get("inbound", [{"rates": _rates(("09:00", 200))}])
        ],
    }


_LUNCH: Final = [{"at": "09:40", "seconds": 1500, "spread_seconds": 1800}]

DAYS: Final[Mapping[str, Mapping[str, Any]]] = {
    "steady": _day(),
    "peak": _day(inbound=[{"rates": _rates(("09:00", 150), ("09:30", 300), ("10:00", 150))}]),
    "lunch": _day(team={"breaks": _LUNCH}, inbound=[{"rates": _rates(("09:00", 165))}]),
    "few agents": _day(team={"agents": 2}, inbound=[{"rates": _rates(("09:00", 38))}]),
    "long talk": _day(
        inbound=[
            {
                "rates": _rates(("09:00", 52)),
                "talk": {"shape": "lognormal", "mean": 600, "cv": 1.3},
                "patience": _patience(600),
            }
        ]
    ),
    "shared agents": _day(
        queues=[{"name": "other", "members": [{"team": "team"}], "announce": "at_most"}],
        inbound=[
            {"rates": _rates(("09:00", 110))},
            {"queue": "other", "rates": _rates(("09:00", 90))},
        ],
    ),
    "others first": _day(
        inbound=[
            {"rates": _rates(("09:00", 130))},
            {"rates": _rates(("09:00", 65)), "priority": 3},
        ],
    ),
}


def scenario(name: str) -> Scenario:
    """The day of that name."""
    return scenario_of({"name": name, **DAYS[name]}, Path())
