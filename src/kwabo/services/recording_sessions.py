"""Recording prompts by telephone, from the office: codes are made, followed and cancelled.

Whoever makes a code reads it to the speaker, who calls one of the numbers whose flow asks for it.
What the call does with it is in `telephone_recordings.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from kwabo.domain.flows.nodes.record_prompts import RecordPrompts
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.speech.recording_codes import (
    GOOD_FOR,
    MOST_LIVING,
    MOST_PROMPTS,
    End,
    State,
    new_code,
    state_of,
)
from kwabo.domain.speech.values import all_fragments
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.prompts import Prompt
from kwabo.ports.recording_sessions import RecordingSession, SessionPrompt
from kwabo.ports.secret_box import SecretBox, SecretUnreadable
from kwabo.ports.secret_source import SecretSource
from kwabo.services.flow_bundles import published_flow
from kwabo.services.prompt_variants import check_language
from kwabo.services.unit_of_work import Stores, UnitOfWork

SHOWN_FOR: Final = timedelta(days=1)  # in the list, from its making on
MOST_SHOWN: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingNumber:
    """A number on which a code can be keyed."""

    number: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """A recording by telephone as people see it."""

    session: RecordingSession
    state: State
    code: str | None  # None: it is good no more


class RecordingSessionService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        secrets: SecretSource,
        secret_box: SecretBox,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._secrets = secrets
        self._secret_box = secret_box
        self._ids = ids
        self._clock = clock

    async def numbers(self, asker: Asker) -> Sequence[RecordingNumber]:
        """The active numbers whose published flow records prompts, itself or by another."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await _numbers(stores)

    async def newest(self, asker: Asker) -> Sequence[SessionView]:
        """Those of the last day, the newest first."""
        since = self._clock.now() - SHOWN_FOR
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = await stores.recording_sessions.newest(since, MOST_SHOWN)
        return [self._view(one) for one in found]

    async def get(self, asker: Asker, session_id: UUID) -> SessionView:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return self._view(_found(await stores.recording_sessions.get(session_id)))

    async def make(self, asker: Asker, language: str, keys: Sequence[str]) -> SessionView:
        """A code for these prompts and fragments, in this order, each once.

        Raises Invalid `LANGUAGE_UNKNOWN`, `RECORDING_KEYS`, `RECORDING_KEY_UNKNOWN`; Conflict
        `RECORDING_CODES_MANY`.
        """
        check_language(language)
        keys = list(dict.fromkeys(keys))
        if not 1 <= len(keys) <= MOST_PROMPTS:
            raise Invalid(
                "RECORDING_KEYS",
                f"Name 1 to {MOST_PROMPTS} prompts to be recorded.",
                field="keys",
                details={"most": str(MOST_PROMPTS)},
            )
        now = self._clock.now()
        session_id = self._ids.new()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            prompts = await _listed(stores, language, keys)
            await stores.recording_sessions.lock_codes()
            await stores.recording_sessions.expire(now)
            living = await stores.recording_sessions.living(now)
            if len(living) >= MOST_LIVING:
                raise Conflict(
                    "RECORDING_CODES_MANY",
                    f"There are {MOST_LIVING} codes already. Cancel one that nobody needs.",
                    details={"most": str(MOST_LIVING)},
                )
            code = new_code(self._secrets.token, [self._code(one) or "" for one in living])
            session = RecordingSession(
                session_id=session_id,
                language=language,
                sealed_code=self._secret_box.seal(code, purpose_of(session_id)),
                made_by=asker.user_id,
                made_by_name=asker.display_name,
                made_at=now,
                expires_at=now + GOOD_FOR,
                prompts=prompts,
            )
            await stores.recording_sessions.add(session)
            await self._note(stores, asker, "recording_session.made", session)
        return self._view(session)

    async def cancel(self, asker: Asker, session_id: UUID) -> SessionView:
        """The code is good no more; a call under way keeps nothing more. Raises NotFound."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            session = _found(await stores.recording_sessions.get_for_change(session_id))
            if session.end not in (End.DONE, End.CANCELLED):
                await stores.recording_sessions.finish(session_id, End.CANCELLED, now)
                await self._note(stores, asker, "recording_session.cancelled", session)
            return self._view(_found(await stores.recording_sessions.get(session_id)))

    def _view(self, session: RecordingSession) -> SessionView:
        state = state_of(
            session.end, session.expires_at, self._clock.now(), in_call=session.in_call
        )
        good = session.ended_at is None and session.expires_at > self._clock.now()
        return SessionView(session=session, state=state, code=self._code(session) if good else None)

    def _code(self, session: RecordingSession) -> str | None:
        return code_of(self._secret_box, session)

    async def _note(
        self, stores: Stores, asker: Asker, action: str, session: RecordingSession
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="recording_session",
            subject_id=session.session_id,
            at=self._clock.now(),
            details={"language": session.language, "prompts": len(session.prompts)},
        )


def purpose_of(session_id: UUID) -> str:
    """What a sealed code opens for."""
    return f"recording code {session_id}"


def code_of(box: SecretBox, session: RecordingSession) -> str | None:
    """The code; None: there is none any more, or the key of the installation is another."""
    if session.sealed_code is None:
        return None
    try:
        return box.open(session.sealed_code, purpose_of(session.session_id))
    except SecretUnreadable:
        return None


def written_words(prompt: Prompt, language: str) -> str:
    """What somebody has written of it in this language, the approved words first; '': nothing."""
    written = [
        one for one in prompt.variants if one.language == language and one.medium != "recorded"
    ]
    best = min(written, key=lambda one: (one.state != "approved", -one.version), default=None)
    return "" if best is None else best.words


async def _listed(stores: Stores, language: str, keys: Sequence[str]) -> tuple[SessionPrompt, ...]:
    """The prompts of these keys, with the words to be read. Raises Invalid."""
    fragments = all_fragments(language)
    prompts = {one.key: one for one in await stores.prompts.all()}
    unknown = [key for key in keys if key not in fragments and key not in prompts]
    if unknown:
        raise Invalid(
            "RECORDING_KEY_UNKNOWN",
            f"There is no prompt '{unknown[0]}' and the numbers of this language do not need it.",
            field="keys",
            details={"key": unknown[0]},
        )
    return tuple(
        SessionPrompt(position=position, key=key, name=key, fragment=True, words=fragments[key])
        if key in fragments
        else SessionPrompt(
            position=position,
            key=key,
            name=prompts[key].name,
            fragment=False,
            words=written_words(prompts[key], language) or prompts[key].description,
        )
        for position, key in enumerate(keys, 1)
    )


async def _numbers(stores: Stores) -> list[RecordingNumber]:
    recording: dict[UUID, bool] = {}
    found: list[RecordingNumber] = []
    for one in await stores.inbound_numbers.all():
        if not one.active:
            continue
        if one.flow_id not in recording:
            flow = await published_flow(stores, one.flow_id)
            recording[one.flow_id] = flow is not None and any(
                isinstance(node.type, RecordPrompts)
                for document in flow.documents.values()
                for node in document.nodes.values()
            )
        if recording[one.flow_id]:
            found.append(RecordingNumber(number=one.number, label=one.label))
    return found


def _found(session: RecordingSession | None) -> RecordingSession:
    if session is None:
        raise NotFound("NOT_FOUND", "There is no such recording by telephone.")
    return session
