"""What a call in a flow asks of the world outside the floor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kwabo.domain.flows.actions import (
    AskHours,
    AskIncidents,
    DropRecording,
    KeepRecording,
    LookUp,
    NextRecording,
    OpenRecordings,
)
from kwabo.domain.flows.cursor import Facts
from kwabo.domain.flows.inputs import HoursTold, IncidentsTold, LookedUp, RecordingTold
from kwabo.domain.flows.parts import Part

RecordingAction = OpenRecordings | NextRecording | KeepRecording | DropRecording


class FlowWorld(Protocol):
    """Answers the questions of flows. Nothing here raises: a failure is an answer."""

    async def media(
        self, organisation_id: UUID, parts: Sequence[Part], language: str
    ) -> Sequence[str]:
        """The sounds that say these parts, as the switch plays them; none when it cannot be said.

        What is missing in the language is said in those that stand in for it.
        """
        ...

    def media_known(
        self, organisation_id: UUID, parts: Sequence[Part], language: str
    ) -> Sequence[str] | None:
        """What `media` answers, when it is known without waiting; else None."""
        ...

    async def look_up(self, organisation_id: UUID, action: LookUp, facts: Facts) -> LookedUp:
        """A data source's answer, within the action's seconds."""
        ...

    async def hours(self, organisation_id: UUID, action: AskHours, now: datetime) -> HoursTold:
        """Whether a schedule is open."""
        ...

    async def incidents(
        self, organisation_id: UUID, action: AskIncidents, facts: Facts, now: datetime
    ) -> IncidentsTold:
        """The incidents that concern a caller."""
        ...

    async def recordings(
        self, organisation_id: UUID, attempt_id: UUID, action: RecordingAction, facts: Facts
    ) -> RecordingTold | None:
        """Which prompt a caller records next; None: nothing was asked."""
        ...


class NoWorld:
    """A world in which nothing is known and nothing can be said: for floors without flows."""

    async def media(
        self, organisation_id: UUID, parts: Sequence[Part], language: str
    ) -> Sequence[str]:
        """See `FlowWorld`."""
        return ()

    def media_known(
        self, organisation_id: UUID, parts: Sequence[Part], language: str
    ) -> Sequence[str] | None:
        """See `FlowWorld`."""
        return None

    async def look_up(self, organisation_id: UUID, action: LookUp, facts: Facts) -> LookedUp:
        """See `FlowWorld`."""
        return LookedUp(lookup=action.lookup, failure="NO_SOURCE")

    async def hours(self, organisation_id: UUID, action: AskHours, now: datetime) -> HoursTold:
        """See `FlowWorld`."""
        return HoursTold(question=action.question, state="")

    async def incidents(
        self, organisation_id: UUID, action: AskIncidents, facts: Facts, now: datetime
    ) -> IncidentsTold:
        """See `FlowWorld`."""
        return IncidentsTold(question=action.question)

    async def recordings(
        self, organisation_id: UUID, attempt_id: UUID, action: RecordingAction, facts: Facts
    ) -> RecordingTold | None:
        """See `FlowWorld`."""
        if isinstance(action, DropRecording):
            return None
        return RecordingTold(question=action.question, failure="NO_RECORDINGS")
