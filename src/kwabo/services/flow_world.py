"""What flows ask of: prompts and speech, data actions, hours and incidents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog

from kwabo.domain.flows.actions import AskHours, AskIncidents, LookUp
from kwabo.domain.flows.cursor import Facts
from kwabo.domain.flows.inputs import HoursTold, IncidentsTold, LookedUp, RecordingTold
from kwabo.domain.flows.parts import Part
from kwabo.domain.speech.book import PromptBook
from kwabo.domain.speech.media import media_of
from kwabo.domain.speech.rendering import Recorded, Rendering, Synthesised, render
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import KwaboError
from kwabo.ports.dnc_providers import SecretFiles
from kwabo.ports.flow_world import RecordingAction
from kwabo.ports.outgoing import QuestionClient
from kwabo.ports.speech import Speech
from kwabo.services.flow_sources import FlowSources
from kwabo.services.incidents import IncidentService
from kwabo.services.languages import book_of
from kwabo.services.opening_hours import OpeningHoursService
from kwabo.services.prompt_books import PromptBooks
from kwabo.services.telephone_recordings import TelephoneRecordings
from kwabo.services.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)


class FlowWorldService:
    """See `kwabo.ports.flow_world.FlowWorld`."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        speech: Speech,
        client: QuestionClient,
        secret_files: SecretFiles,
        opening_hours: OpeningHoursService,
        incidents: IncidentService,
        recordings: TelephoneRecordings,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._speech = speech
        self._sources = FlowSources(
            unit_of_work, client=client, secret_files=secret_files, clock=clock
        )
        self._opening_hours = opening_hours
        self._incidents = incidents
        self._recordings = recordings
        self._clock = clock
        self._books = PromptBooks(self._read_book, clock)

    async def media(
        self, organisation_id: UUID, parts: Sequence[Part], language: str
    ) -> Sequence[str]:
        """See `FlowWorld`."""
        rendering = render(parts, language, await self._books.of(organisation_id))
        _warn(rendering)
        found: list[str] = []
        for piece in rendering.pieces:
            match piece:
                case Recorded():
                    found.append(piece.media)
                case Synthesised():
                    found += await self._synthesised(piece)
        return found

    def media_known(
        self, organisation_id: UUID, parts: Sequence[Part], language: str
    ) -> Sequence[str] | None:
        """See `FlowWorld`."""
        book = self._books.known(organisation_id)
        if book is None:
            return None
        rendering = render(parts, language, book)
        found = [piece.media for piece in rendering.pieces if isinstance(piece, Recorded)]
        if len(found) < len(rendering.pieces):
            return None
        _warn(rendering)
        return found

    async def _synthesised(self, piece: Synthesised) -> list[str]:
        try:
            return [media_of(await self._speech.file(piece.text, piece.language))]
        except KwaboError as error:
            log.warning("text could not be synthesised", code=error.code, language=piece.language)
            return []

    async def _read_book(self, organisation_id: UUID) -> PromptBook:
        async with self._unit_of_work.begin(organisation_id) as stores:
            return await book_of(stores, self._speech)

    async def look_up(self, organisation_id: UUID, action: LookUp, facts: Facts) -> LookedUp:
        """See `FlowWorld`."""
        found = await self._sources.ask(
            organisation_id, _id(action.source_id), action.parameters, action.seconds
        )
        return LookedUp(lookup=action.lookup, outputs=found.outputs, failure=found.failure)

    async def hours(self, organisation_id: UUID, action: AskHours, now: datetime) -> HoursTold:
        """See `FlowWorld`."""
        return await self._opening_hours.hours(organisation_id, action, now)

    async def incidents(
        self, organisation_id: UUID, action: AskIncidents, facts: Facts, now: datetime
    ) -> IncidentsTold:
        """See `FlowWorld`."""
        return await self._incidents.incidents(organisation_id, action, facts, now)

    async def recordings(
        self, organisation_id: UUID, attempt_id: UUID, action: RecordingAction, facts: Facts
    ) -> RecordingTold | None:
        """See `FlowWorld`."""
        return await self._recordings.answer(organisation_id, attempt_id, action, facts)


def _warn(rendering: Rendering) -> None:
    for missing in rendering.missing:
        log.warning("a flow cannot say this", what=missing.what, language=missing.language)


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        return UUID(int=0)
