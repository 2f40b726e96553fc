"""A short day to simulate, as a document that tests change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kwabo.simulation import Scenario, scenario_of

HERE = Path(__file__).parent


def document(**changes: Any) -> dict[str, Any]:
    """Four agents for twenty minutes; the keys given take the place of the day's own."""
    return {
        "name": "A short day",
        "begins": "09:00",
        "ends": "09:20",
        "teams": [
            {
                "name": "team",
                "agents": 4,
                "log_in_spread_seconds": 5,
                "talk": {"shape": "lognormal", "mean": 40, "cv": 0.7},
                "after_call": 8,
            }
        ],
        "trunks": [{"name": "main", "lines": 20, "calls_per_second": 5}],
        "callees": [{"name": "people", "rates": [{"person": 0.4, "machine": 0.2, "busy": 0.1}]}],
        "lists": [{"name": "list", "contacts": 400, "callees": "people"}],
        "campaigns": [{"name": "campaign", "list": "list", "team": "team"}],
        **changes,
    }


def day(**changes: Any) -> Scenario:
    """The scenario of such a document."""
    return scenario_of(document(**changes), HERE)
