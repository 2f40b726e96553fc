"""Judges the live views: what a reader got by events is what a reader would get now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kwabo.engine.floor import writing
from kwabo.engine.floor.state import Floor
from simulation.tables import Tables


class Views:
    """After each step."""

    def __init__(self, tables: Tables, problem: Callable[[str], None]) -> None:
        self._tables = tables
        self._problem = problem

    def step(self, floor: Floor) -> None:
        """Agents and attempts, and how far each campaign is."""
        told = self._tables.snapshot
        for campaign in floor.campaigns.values():
            known = told.campaigns.get(str(campaign.row.campaign_id))
            now = {"state": str(campaign.state), "state_reason": campaign.state_reason}
            if known is not None and (wrong := difference(known, now)):
                self._problem(f"views: campaign {wrong}")
        for agent in floor.agents.values():
            view = writing.agent_view(floor, agent)
            if told.agents.get(str(agent.user_id), view) != view:
                self._problem(f"views: agent {difference(told.agents[str(agent.user_id)], view)}")
        for call in floor.calls.values():
            view = writing.attempt_view(floor, call)
            if told.attempts.get(str(call.attempt_id), view) != view:
                before = told.attempts[str(call.attempt_id)]
                self._problem(f"views: attempt {difference(before, view)}")


def difference(told: Any, view: Any) -> dict[str, Any]:
    """Fields that differ, as told and as they are."""
    return {k: (told.get(k), view.get(k)) for k in view if told.get(k) != view.get(k)}
