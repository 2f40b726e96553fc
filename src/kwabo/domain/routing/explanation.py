"""Why this call went to this agent: a value that can be stored and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from kwabo.domain.routing.eligibility import Passed
from kwabo.domain.routing.skills import Need, Skill


class Chosen(StrEnum):
    """What decided for the agent, against the next one who could have taken the call."""

    ONLY_ONE = "ONLY_ONE"
    PREFERRED = "PREFERRED"
    LAST_AGENT = "LAST_AGENT"
    INNER_RING = "INNER_RING"
    HIGHER_RANK = "HIGHER_RANK"
    BEST_SKILL = "BEST_SKILL"
    LONGEST_IDLE = "LONGEST_IDLE"
    SAME = "SAME"


@dataclass(frozen=True, slots=True)
class PassedAgent:
    """An agent who was looked at and not chosen."""

    user_id: UUID
    code: Passed


@dataclass(frozen=True, slots=True)
class PassedCall:
    """A more urgent call that the agent could not take."""

    call_id: UUID
    code: Passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One choice. Waits in milliseconds."""

    call_id: UUID
    queue_id: UUID
    user_id: UUID
    waited: int
    idle: int
    urgency: int
    base_priority: int
    ring: int
    needs: tuple[Need, ...]  # asked for in this ring
    score: int
    chosen: Chosen
    runner_up: UUID | None
    agents: tuple[PassedAgent, ...]
    calls: tuple[PassedCall, ...]

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return str(value) if isinstance(value, StrEnum) else value


def explanation_of(document: Mapping[str, Any]) -> Explanation:
    """The explanation that was stored."""
    runner_up = document["runner_up"]
    return Explanation(
        call_id=UUID(document["call_id"]),
        queue_id=UUID(document["queue_id"]),
        user_id=UUID(document["user_id"]),
        waited=document["waited"],
        idle=document["idle"],
        urgency=document["urgency"],
        base_priority=document["base_priority"],
        ring=document["ring"],
        needs=tuple(Need(Skill(need["skill"]), need["level"]) for need in document["needs"]),
        score=document["score"],
        chosen=Chosen(document["chosen"]),
        runner_up=UUID(runner_up) if runner_up else None,
        agents=tuple(
            PassedAgent(UUID(one["user_id"]), Passed(one["code"])) for one in document["agents"]
        ),
        calls=tuple(
            PassedCall(UUID(one["call_id"]), Passed(one["code"])) for one in document["calls"]
        ),
    )
