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
from kwabo.domain.reporting.queue_views import queue_for_agents

Entity = Literal["agent", "campaign", "attempt", "queue"]
ID_NAMES: Mapping[str, str] = {
    "agent": "user_id",
    "campaign": "campaign_id",
    "attempt": "attempt_id",
    "queue": "queue_id",
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
    queues: dict[str, View] = field(default_factory=dict)

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
            "queues": list(self.queues.values()),
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
    """Who may see what: everything of the floor, or only one's own work and queues."""

    user_id: UUID
    sees_all: bool  # has live.read
    shown_attempts: set[str] = field(default_factory=set)  # told about, so their end is told too
    queue_ids: frozenset[str] = frozenset()  # one's own, by the newest view of oneself

    def part_of_view(self, entity: str, data: View) -> View | None:
        """What they may see of this view, None: nothing; remembers what was."""
        if self.sees_all:
            return data
        me = str(self.user_id)
        if entity == "agent" and data["user_id"] == me:
            self.queue_ids = frozenset(data["queue_ids"])
            return data
        if entity == "queue" and data["queue_id"] in self.queue_ids:
            return queue_for_agents(data)
        if entity == "attempt" and self._may_see_attempt(data):
            return data
        return None

    def _may_see_attempt(self, data: View) -> bool:
        attempt_id = str(data["attempt_id"])
        if data["agent_user_id"] == str(self.user_id):
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
            agents=self._parts("agent", snapshot),  # first: it tells one's queues
            campaigns=self._parts("campaign", snapshot),
            attempts=self._parts("attempt", snapshot),
            queues=self._parts("queue", snapshot),
        )

    def _parts(self, entity: str, snapshot: LiveSnapshot) -> dict[str, View]:
        parts = {key: self.part_of_view(entity, view) for key, view in snapshot.of(entity).items()}
        return {key: part for key, part in parts.items() if part is not None}
