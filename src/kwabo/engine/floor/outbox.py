"""What one step of the floor wants written and, once that is committed, done.

An entity that changed several times in a step is written once, with its last values.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from kwabo.engine.floor.effects import Effect
from kwabo.ports.floor_changes import Change, CommandAnswered

Entity = Literal["agent", "attempt", "campaign", "queue"]


class Outbox:
    """Collects changes, events, effects and answers of a step."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.effects: list[Effect] = []
        # Entity → kind of its newest event; '': its row is written and nothing told.
        self.touched: dict[tuple[Entity, UUID], str] = {}
        self.unchanged: set[tuple[Entity, UUID]] = set()  # of these: their rows are written already

    def write(self, change: Change) -> None:
        """Have a change written."""
        self.changes.append(change)

    def do(self, *effects: Effect) -> None:
        """Have effects done after the commit."""
        self.effects.extend(effects)

    def touch(self, entity: Entity, entity_id: UUID, kind: str) -> None:
        """An entity changed: its row is written and an event of this kind tells its new values."""
        key = (entity, entity_id)
        self.touched.pop(key, None)
        self.touched[key] = kind
        if self.unchanged:
            self.unchanged.discard(key)

    def tell(self, entity: Entity, entity_id: UUID, kind: str) -> None:
        """An event tells the values of an entity whose row was written in this transaction."""
        key = (entity, entity_id)
        if self.touched.pop(key, None) is None:
            self.unchanged.add(key)
        self.touched[key] = kind

    def keep(self, entity: Entity, entity_id: UUID) -> None:
        """An entity changed in what live views do not show: its row is written, no event tells."""
        key = (entity, entity_id)
        self.touched.setdefault(key, "")
        self.unchanged.discard(key)

    def answer(self, command_id: UUID, answer: Mapping[str, Any], at: datetime) -> None:
        """Have a command answered."""
        self.changes.append(CommandAnswered(command_id=command_id, answer=answer, at=at))

    @property
    def to_write(self) -> bool:
        """Whether anything is to be written or told."""
        return bool(self.changes or self.touched)
