"""What is asked of a what-if, and what is wrong with it.

A value that is left out means "as it is": the campaign's present setting for tomorrow, the recorded
one for a day played again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Final

from kwabo.domain.campaigns.agentless import AGENTLESS
from kwabo.domain.campaigns.settings import (
    PACED_MODES,
    CampaignSettings,
    Objection,
    Surroundings,
    objections,
)

KINDS: Final = ("tomorrow", "replay")
MOST_AGENTS: Final = 500
MOST_RUNS: Final = 50

# Setting of a what-if → setting of a campaign.
CAMPAIGN_SETTINGS: Final[Mapping[str, str]] = {
    "from": "callable_from",
    "until": "callable_until",
    "mode": "mode",
    "calls_per_agent": "calls_per_agent",
    "calls_per_agent_ceiling": "calls_per_agent_ceiling",
    "abandon_target": "abandon_target",
    "lines": "lines_most",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfSettings:
    """See the module."""

    kind: str  # tomorrow | replay
    agents: int | None = None  # who are at work all the hours long
    begins: time | None = None  # local to the contact list; `from` in JSON
    ends: time | None = None  # exclusive; `until` in JSON
    mode: str | None = None
    calls_per_agent: float | None = None
    calls_per_agent_ceiling: float | None = None
    abandon_target: float | None = None
    lines: int | None = None  # without agents: calls at once
    runs: int = 10  # days simulated, each with its own draws
    day: date | None = None  # replay: the day, local to the contact list

    def as_json(self) -> dict[str, Any]:
        """The settings with the names of the API."""
        return {
            "kind": self.kind,
            "agents": self.agents,
            "from": None if self.begins is None else f"{self.begins:%H:%M}",
            "until": None if self.ends is None else f"{self.ends:%H:%M}",
            "mode": self.mode,
            "calls_per_agent": self.calls_per_agent,
            "calls_per_agent_ceiling": self.calls_per_agent_ceiling,
            "abandon_target": self.abandon_target,
            "lines": self.lines,
            "runs": self.runs,
            "day": None if self.day is None else self.day.isoformat(),
        }

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> WhatIfSettings:
        """The settings that `as_json` wrote."""
        rest = {name: value[name] for name in value if name not in ("from", "until", "day")}
        return cls(
            begins=time.fromisoformat(value["from"]) if value["from"] else None,
            ends=time.fromisoformat(value["until"]) if value["until"] else None,
            day=date.fromisoformat(value["day"]) if value["day"] else None,
            **rest,
        )

    @property
    def given(self) -> dict[str, Any]:
        """The campaign's settings that are named, by the campaign's names."""
        ours = {
            "callable_from": self.begins,
            "callable_until": self.ends,
            "mode": self.mode,
            "calls_per_agent": self.calls_per_agent,
            "calls_per_agent_ceiling": self.calls_per_agent_ceiling,
            "abandon_target": self.abandon_target,
            "lines_most": self.lines,
        }
        return {name: value for name, value in ours.items() if value is not None}


def asked_settings(campaign: CampaignSettings, what_if: WhatIfSettings) -> CampaignSettings:
    """The campaign's settings with those that the what-if changes."""
    return replace(campaign, **what_if.given)


def changed_settings(
    campaign: CampaignSettings, what_if: WhatIfSettings, *, agents: int
) -> list[str]:
    """Names of the what-if's settings that differ from the campaign's, `agents` being there."""
    given = what_if.given
    changed = [] if what_if.agents in (None, agents) else ["agents"]
    return changed + [
        name
        for name, of_campaign in CAMPAIGN_SETTINGS.items()
        if of_campaign in given and given[of_campaign] != getattr(campaign, of_campaign)
    ]


def what_if_objections(campaign: CampaignSettings, what_if: WhatIfSettings) -> list[Objection]:
    """Everything wrong with a what-if of a campaign, in the order of the form."""
    found = [
        _range(name, value, most)
        for name, value, most in (
            ("agents", what_if.agents, MOST_AGENTS),
            ("runs", what_if.runs, MOST_RUNS),
        )
        if value is not None and not 1 <= value <= most
    ]
    asked = asked_settings(campaign, what_if)
    names = {of_campaign: name for name, of_campaign in CAMPAIGN_SETTINGS.items()}
    names["callable_weekdays"] = "from"
    found += [
        replace(objection, field=names[objection.field])
        for objection in objections(asked, _ANY)
        if objection.field in names
    ]
    if asked.mode == "preview":
        found.append(
            Objection(
                field="mode",
                code="WHAT_IF_MODE",
                message="In preview mode agents decide when to call, so there is nothing to "
                f"simulate. Choose one of: {', '.join(PACED_MODES)}.",
                details={"modes": ", ".join(PACED_MODES)},
            )
        )
    found += _without_agents(campaign, what_if)
    if what_if.kind == "replay" and what_if.day is None:
        found.append(
            Objection(
                field="day",
                code="WHAT_IF_DAY_MISSING",
                message="Choose the day that is to be played again.",
            )
        )
    return found


def _without_agents(campaign: CampaignSettings, what_if: WhatIfSettings) -> list[Objection]:
    """What cannot be told of campaigns whose calls a flow has."""
    if (campaign.mode == AGENTLESS) != ((what_if.mode or campaign.mode) == AGENTLESS):
        return [
            Objection(
                field="mode",
                code="WHAT_IF_FLOW_MODE",
                message="How long people stay in a flow says nothing of conversations with agents, "
                "nor the other way round: a campaign without agents is simulated in its own mode.",
            )
        ]
    if campaign.mode == AGENTLESS and what_if.kind == "replay":
        return [
            Objection(
                field="kind",
                code="WHAT_IF_FLOW_DAY",
                message="What people did in a flow is not kept step by step, so such a day cannot "
                "be played again. Simulate tomorrow instead.",
            )
        ]
    if campaign.mode != AGENTLESS and what_if.lines is not None:
        return [
            Objection(
                field="lines",
                code="WHAT_IF_LINES",
                message="Agents are this campaign's pace, not lines: leave them out.",
            )
        ]
    return []


# What a what-if cannot change is not its matter.
_ANY: Final = Surroundings(
    list_columns=None,
    queue_exists=True,
    trunk_caller_ids=None,
    unknown_dnc_lists=frozenset(),
    unknown_wrap_up_codes=frozenset(),
)


def _range(name: str, value: int, most: int) -> Objection:
    return Objection(
        field=name,
        code="RANGE",
        message=f"Give a value between 1 and {most}.",
        details={"least": "1", "most": str(most)},
    )
