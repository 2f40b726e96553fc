"""Callers from outside at a floor that is driven by hand, and a world in which all can be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.adapters.memory.floor_data import MemoryInboundNumber
from kwabo.adapters.switch.simulator import Caller
from kwabo.domain.flows.actions import AskHours, AskIncidents, DropRecording, LookUp
from kwabo.domain.flows.cursor import Facts
from kwabo.domain.flows.inputs import HoursTold, IncidentsTold, LookedUp, RecordingTold
from kwabo.domain.flows.parts import Part, PromptPart
from kwabo.ports.floor_rows import FlowRow
from kwabo.ports.flow_world import RecordingAction
from unit.floor.desk import Desk

NUMBER = "+2290121000099"  # called
CALLER = "+2290197001122"
FLOW_ID = UUID(int=77)
# Nodes of a flow whose callers wait and may keep their place instead.
WAIT = {
    "id": "wait",
    "type": "queue",
    "queue_id": "QUEUE",
    "seconds": 600,
    "offers": [{"key": "2"}],
    "ways": {"2": "offer", "timeout": "bye"},
}
OFFER = {
    "id": "offer",
    "type": "callback",
    "queue_id": "QUEUE",
    "say": [{"prompt": "rappel"}],
    "key": "1",
    "ways": {"accepted": "bye", "declined": "wait"},
}
BYE = {"id": "bye", "type": "hang_up"}
KEEPS = ((5.0, "2"), (9.0, "1"))  # the keys of a caller who takes the offer


@dataclass
class SpokenWorld:
    """Every prompt is a sound of its name; data sources answer what the test says."""

    outputs: dict[str, str] = field(default_factory=dict)
    hours_state: str = "open"
    asks: bool = True  # prompts are known only when they were asked for
    asked: list[LookUp] = field(default_factory=list)
    to_be_recorded: int = 2  # prompts that any code lets be recorded
    asked_to_record: list[tuple[UUID, RecordingAction]] = field(default_factory=list)

    async def media(self, organisation_id: UUID, parts: Sequence[Part], language: str) -> list[str]:
        assert self.asks
        return [f"sound:{language}-{_name(part)}" for part in parts]

    def media_known(
        self, organisation_id: UUID, parts: Sequence[Part], language: str
    ) -> list[str] | None:
        return None if self.asks else [f"sound:{language}-{_name(part)}" for part in parts]

    async def look_up(self, organisation_id: UUID, action: LookUp, facts: Facts) -> LookedUp:
        self.asked.append(action)
        return LookedUp(lookup=action.lookup, outputs=self.outputs)

    async def hours(self, organisation_id: UUID, action: AskHours, now: datetime) -> HoursTold:
        return HoursTold(question=action.question, state=self.hours_state)

    async def incidents(
        self, organisation_id: UUID, action: AskIncidents, facts: Facts, now: datetime
    ) -> IncidentsTold:
        return IncidentsTold(question=action.question)

    async def recordings(
        self, organisation_id: UUID, attempt_id: UUID, action: RecordingAction, facts: Facts
    ) -> RecordingTold | None:
        self.asked_to_record.append((attempt_id, action))
        if isinstance(action, DropRecording):
            return None
        after = getattr(action, "after", getattr(action, "position", 0))
        position = after + 1 if after < self.to_be_recorded else 0
        return RecordingTold(
            question=action.question,
            session_id="session",
            position=position,
            of=self.to_be_recorded,
            prompt=f"prompt-{position}",
        )


def _name(part: Part) -> str:
    return part.key if isinstance(part, PromptPart) else type(part).__name__


def flow(desk: Desk, *nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A flow that begins with its first node; `QUEUE` stands for the campaign's queue."""
    queue_id = str(desk.data.campaigns[desk.campaign_id].queue_id)
    written = [
        {name: queue_id if value == "QUEUE" else value for name, value in node.items()}
        for node in nodes
    ]
    return {"languages": ["fr", "fon"], "start": nodes[0]["id"], "nodes": written, **more}


def answers(desk: Desk, document: dict[str, Any], world: SpokenWorld | None = None) -> None:
    """The number is answered by this flow from now on; its calls are an inbound campaign's."""
    desk.world.flow_world = world or SpokenWorld()
    data = desk.data
    row = data.campaigns[desk.campaign_id]
    data.campaigns.put(row.campaign_id, replace(row, mode="inbound"))
    data.flows.put(FLOW_ID, FlowRow(flow_id=FLOW_ID, version=1, document=document))
    data.inbound_numbers.put(
        NUMBER, MemoryInboundNumber(flow_id=FLOW_ID, campaign_id=desk.campaign_id)
    )


def call_in(desk: Desk, **values: Any) -> str:
    """Somebody calls; the switch's id of the channel."""
    trunk = next(iter(desk.data.trunks)).endpoint
    given = {"number": NUMBER, "caller": CALLER, "trunk_endpoint": trunk, **values}
    return str(desk.node.call_in(Caller(**given)))
