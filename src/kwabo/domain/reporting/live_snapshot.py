"""A live snapshot and what an event does to it: the rule that every reader follows.

Positions of events follow each other without a gap. An event replaces one entity whole. A closed
attempt goes a minute after it closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from kwabo.domain.reporting.live_views import View

Entity = Literal["agent", "campaign", "attempt"]
ID_NAMES: Mapping[str, str] = {
    "agent": "user_id",
    "campaign": "campaign_id",
    "attempt": "attempt_id",
}
CLOSED_ATTEMPT_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEvent:
    """Something that happened on a floor, with the whole entity after it."""

    position: int
    at: datetime
    kind: str
    entity: str
    data: View


@dataclass(slots=True, kw_only=True)
class LiveSnapshot:
    """The entities at a position."""

    position: int
    agents: dict[str, View] = field(default_factory=dict)  # by user id
    campaigns: dict[str, View] = field(default_factory=dict)
    attempts: dict[str, View] = field(default_factory=dict)  # not closed, or closed just now

    def apply(self, event: LiveEvent) -> None:
        """Take the next event. Raises ValueError when one is missing in between."""
        if event.position != self.position + 1:
            raise ValueError(f"event {event.position} does not follow {self.position}")
        entities = self.of(event.entity)
        entities[str(event.data[ID_NAMES[event.entity]])] = event.data
        self.position = event.position

    def forget_closed(self, now: datetime) -> None:
        """Drop attempts that closed more than a minute ago."""
        limit = now - timedelta(seconds=CLOSED_ATTEMPT_SECONDS)
        for attempt_id, attempt in list(self.attempts.items()):
            closed_at = attempt["closed_at"]
            if closed_at is not None and datetime.fromisoformat(closed_at) < limit:
                del self.attempts[attempt_id]

    def of(self, entity: str) -> dict[str, View]:
        """The entities of one kind."""
        if entity not in ID_NAMES:
            raise ValueError(f"unknown kind of entity: {entity}")
        entities: dict[str, View] = getattr(self, f"{entity}s")
        return entities

    def message(self) -> dict[str, Any]:
        """The first message of the live socket."""
        return {
            "type": "snapshot",
            "position": self.position,
            "agents": list(self.agents.values()),
            "campaigns": list(self.campaigns.values()),
            "attempts": list(self.attempts.values()),
        }


def event_message(event: LiveEvent, at: str) -> dict[str, Any]:
    """An event as the live socket sends it; `at` is the API's writing of its instant."""
    return {
        "type": "event",
        "position": event.position,
        "at": at,
        "kind": event.kind,
        "entity": event.entity,
        "data": event.data,
    }


@dataclass(slots=True, kw_only=True)
class Audience:
    """Who may see what: everything of the floor, or only one's own work."""

    user_id: UUID
    sees_all: bool  # has live.read
    shown_attempts: set[str] = field(default_factory=set)  # told about, so their end is told too

    def may_see(self, entity: str, data: View) -> bool:
        """Whether this view is for them; remembers the attempts that were."""
        if self.sees_all:
            return True
        me = str(self.user_id)
        if entity == "agent":
            return bool(data["user_id"] == me)
        if entity != "attempt":
            return False
        attempt_id = str(data["attempt_id"])
        if data["agent_user_id"] == me:
            self.shown_attempts.add(attempt_id)
            return True
        if attempt_id not in self.shown_attempts:
            return False
        if data["agent_user_id"] is not None or data["state"] == "closed":
            self.shown_attempts.discard(
                attempt_id
            )  # it is another's, or over: told for the last time
        return True

    def part_of(self, snapshot: LiveSnapshot) -> LiveSnapshot:
        """The part of a snapshot that is for them."""
        return LiveSnapshot(
            position=snapshot.position,
            agents={k: v for k, v in snapshot.agents.items() if self.may_see("agent", v)},
            campaigns={k: v for k, v in snapshot.campaigns.items() if self.may_see("campaign", v)},
            attempts={k: v for k, v in snapshot.attempts.items() if self.may_see("attempt", v)},
        )
