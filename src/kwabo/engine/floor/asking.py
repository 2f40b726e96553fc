"""Asks the world outside the floor what flows and queues want to know, and brings it back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import structlog

from kwabo.domain.flows.actions import (
    AskHours,
    AskIncidents,
    DropRecording,
    KeepRecording,
    LookUp,
    NextRecording,
    OpenRecordings,
    Say,
)
from kwabo.domain.flows.cursor import Facts
from kwabo.domain.flows.inputs import HoursTold, IncidentsTold, Input, LookedUp, RecordingTold
from kwabo.engine.floor.closing import GroupHours
from kwabo.engine.floor.flow_run import FlowTold, MediaReady, Question
from kwabo.kernel.clock import Clock
from kwabo.ports.flow_world import FlowWorld

log = structlog.get_logger(__name__)


class Asker:
    """See the module. Each question is asked in a task of its own."""

    def __init__(
        self,
        world: FlowWorld,
        organisation_id: UUID,
        clock: Clock,
        tell: Callable[[FlowTold | GroupHours | MediaReady], None],
    ) -> None:
        self._world = world
        self._organisation_id = organisation_id
        self._clock = clock
        self._tell = tell

    def at_once(self, question: Question) -> MediaReady | None:
        """What is to be said, when its sounds are known already; None: it must be asked for."""
        action = question.action
        if not isinstance(action, Say):
            return None
        media = self._world.media_known(self._organisation_id, action.parts, action.language)
        return None if media is None else _media(question, action, tuple(media))

    async def ask(self, question: Question, facts: Facts) -> None:
        """Have a question answered. An error of the world is an answer too: the call goes on."""
        try:
            answer = await self._answer(question, facts)
        except Exception:
            log.exception("a flow's question failed", action=type(question.action).__name__)
            answer = _failed(question)
        if answer is not None:
            self._tell(answer)

    async def ask_hours(self, schedule_group_id: UUID) -> None:
        """Have a queue's hours told; an error leaves them unknown."""
        action = AskHours(question="queue", schedule_id=str(schedule_group_id))
        try:
            told = await self._world.hours(self._organisation_id, action, self._clock.now())
        except Exception:
            log.exception("the hours of a queue could not be asked")
            told = HoursTold(question=action.question, state="")
        self._tell(GroupHours(schedule_group_id=schedule_group_id, state=told.state))

    async def _answer(self, question: Question, facts: Facts) -> FlowTold | MediaReady | None:
        world, organisation_id, action = self._world, self._organisation_id, question.action
        match action:
            case Say():
                media = await world.media(organisation_id, action.parts, action.language)
                return _media(question, action, tuple(media))
            case LookUp():
                told: Input | None = await world.look_up(organisation_id, action, facts)
            case AskHours():
                told = await world.hours(organisation_id, action, self._clock.now())
            case AskIncidents():
                told = await world.incidents(organisation_id, action, facts, self._clock.now())
            case OpenRecordings() | NextRecording() | KeepRecording() | DropRecording():
                told = await world.recordings(organisation_id, question.attempt_id, action, facts)
            case _:
                raise TypeError(f"nobody answers {type(action).__name__}")
        return None if told is None else FlowTold(attempt_id=question.attempt_id, told=told)


def _media(question: Question, action: Say, media: tuple[str, ...]) -> MediaReady:
    return MediaReady(attempt_id=question.attempt_id, playback=action.playback, media=media)


def _failed(question: Question) -> FlowTold | MediaReady | None:
    action = question.action
    match action:
        case Say():
            return _media(question, action, ())
        case LookUp():
            told: Input = LookedUp(lookup=action.lookup, failure="SOURCE_FAILED")
        case AskHours():
            told = HoursTold(question=action.question, state="")
        case AskIncidents():
            told = IncidentsTold(question=action.question)
        case OpenRecordings() | NextRecording() | KeepRecording():
            told = RecordingTold(question=action.question, failure="FAILED")
        case DropRecording():
            return None
        case _:
            raise TypeError(f"nobody answers {type(action).__name__}")
    return FlowTold(attempt_id=question.attempt_id, told=told)
