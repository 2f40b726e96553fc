"""What the tables say, read as readers read them: event by event, row by row (I14)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from kwabo.adapters.memory.floor_constraints import RANKS
from kwabo.domain.reporting.live_snapshot import LiveEvent, LiveSnapshot
from kwabo.ports.floor_changes import PresenceWritten
from kwabo.ports.floor_rows import AttemptRow
from simulation.world import World

AT_WORK = frozenset({"ready", "reserved", "previewing", "alerting", "on_call", "after_call"})


class Tables:
    """Attempts that are not closed, and who is there."""

    def __init__(self, world: World, problem: Callable[[str], None]) -> None:
        self._world = world
        self._problem = problem
        self.snapshot = LiveSnapshot(position=0)
        self.live: dict[UUID, AttemptRow] = {}
        self._ranks: dict[str, int] = {}  # attempt → rank of its newest state
        self._told: dict[UUID, int] = {}  # of the last reading: subject → place of its newest event

    def read(self) -> list[AttemptRow]:
        """Attempts that have changed since the last reading."""
        world = self._world
        changed: dict[UUID, None] = {}
        self._told = {}
        while (event := world.data.events.get(self.snapshot.position + 1)) is not None:
            position = self.snapshot.position + 1
            self.snapshot.apply(
                LiveEvent(
                    position=position,
                    at=event.at,
                    kind=event.kind,
                    entity=event.entity,
                    data=dict(event.data),
                )
            )
            self._told[event.subject_id] = position
            if event.entity == "attempt":
                self._goes_forward(event.data["attempt_id"], event.data["state"])
                changed[event.subject_id] = None
        rows = [world.data.attempts[attempt_id].row for attempt_id in changed]
        for row in rows:
            if row.state == "closed":
                self.live.pop(row.attempt_id, None)
            else:
                self.live[row.attempt_id] = row
        return rows

    def was_told_first(self, subject_id: UUID, other_id: UUID) -> bool:
        """Whether the last reading told of both, and of this one before the other."""
        other = self._told.get(other_id)
        return other is not None and self._told.get(subject_id, other) < other

    def _goes_forward(self, attempt_id: str, state: str) -> None:
        rank = RANKS.index(state)
        if rank < self._ranks.get(attempt_id, 0):
            self._problem(f"I14: an attempt goes back to {state}")
        self._ranks[attempt_id] = rank

    # ── Agents ───────────────────────────────────────────────────────────────────────────────────

    def team(self, queue_id: UUID) -> list[PresenceWritten]:
        """Agents of a queue who have ever been here."""
        data = self._world.data
        return [
            presence
            for user_id in self._world.agent_ids
            if queue_id in data.users[user_id].queue_ids
            and (presence := data.presence.get(user_id)) is not None
        ]

    def queue_of(self, row: AttemptRow) -> UUID:
        return self._world.data.campaigns[row.campaign_id].queue_id


def waits(row: AttemptRow) -> bool:
    """Whether a person has answered whom no agent has, and who has not been told so yet."""
    nobodys = row.state == "answered" and row.agent_user_id is None
    return nobodys and not row.abandoned and not hears_a_message(row)


def hears_a_message(row: AttemptRow) -> bool:
    """Whether call analysis found what is to hear a message, and no agent."""
    return row.call_analysis.get("reaction") in ("play_file", "flow")


def in_the_air(row: AttemptRow) -> bool:
    """Whether the call was started for nobody in particular and nobody has answered."""
    return row.state in ("dialling", "ringing") and row.agent_user_id is None
