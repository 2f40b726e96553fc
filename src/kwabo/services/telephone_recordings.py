"""Recording prompts by telephone, from the call: a code opens a list, and takes become drafts.

A take is kept in one transaction, once: the same take told again, by an engine that took the call
over, changes nothing. The newest call with a code records; an earlier one keeps nothing more.
"""

from __future__ import annotations

import hashlib
from typing import Final
from uuid import UUID

import structlog

from kwabo.domain.flows.actions import DropRecording, KeepRecording, NextRecording, OpenRecordings
from kwabo.domain.flows.cursor import Facts
from kwabo.domain.flows.inputs import RecordingTold
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.speech.recording_codes import (
    TRIES_PER_CALLER,
    TRIES_PER_ORGANISATION,
    End,
    following,
    is_code,
    same,
)
from kwabo.domain.speech.values import all_fragments
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import KwaboError, NotFound, TooMany
from kwabo.kernel.ids import IdFactory
from kwabo.ports.flow_world import RecordingAction
from kwabo.ports.prompts import PromptFiles, PromptVariant
from kwabo.ports.recording_sessions import RecordingSession, SessionPrompt
from kwabo.ports.secret_box import SecretBox
from kwabo.services.guessing import take_attempt
from kwabo.services.prompt_variants import PromptVariantService, Take
from kwabo.services.recording_sessions import code_of, written_words
from kwabo.services.unit_of_work import Stores, UnitOfWork

log = structlog.get_logger(__name__)

WRONG_CODE: Final = "CODE"  # the node asks again
TOO_MANY_TRIES: Final = "TOO_MANY_TRIES"
OVER: Final = "RECORDING_OVER"  # cancelled, or recorded by another call
FILE_NAME: Final = "telephone.wav"


class TelephoneRecordings:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        files: PromptFiles,
        secret_box: SecretBox,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._files = files
        self._secret_box = secret_box
        self._ids = ids
        self._clock = clock

    async def answer(
        self, organisation_id: UUID, attempt_id: UUID, action: RecordingAction, facts: Facts
    ) -> RecordingTold | None:
        """What a flow asks; None: nothing is to be told."""
        match action:
            case OpenRecordings():
                return await self._open(organisation_id, attempt_id, action, facts.caller)
            case NextRecording():
                return await self._next(organisation_id, attempt_id, action)
            case KeepRecording():
                return await self._keep(organisation_id, attempt_id, action)
            case DropRecording(media=media):
                await self._files.remove(media)
                return None

    # ── The code ─────────────────────────────────────────────────────────────────────────────────

    async def _open(
        self, organisation_id: UUID, attempt_id: UUID, action: OpenRecordings, caller: str
    ) -> RecordingTold:
        now = self._clock.now()
        keys = _keys(organisation_id, caller)
        limits = dict(zip(keys, (TRIES_PER_CALLER, TRIES_PER_ORGANISATION), strict=True))
        async with self._unit_of_work.begin(organisation_id) as stores:
            try:
                await take_attempt(stores, limits, now)
            except TooMany:
                log.warning("too many wrong codes for recording", attempt_id=str(attempt_id))
                return RecordingTold(question=action.question, failure=TOO_MANY_TRIES)
        async with self._unit_of_work.begin(organisation_id) as stores:
            session = await self._of_code(stores, action.code)
            if session is None:
                return RecordingTold(question=action.question, failure=WRONG_CODE)
            await stores.access.forget_login_attempts(keys[0])
            await stores.access.take_back_login_attempt(keys[1], now)
            await stores.recording_sessions.take_over(session.session_id, attempt_id, now)
            await stores.audit.record(
                "recording_session.used",
                actor_user_id=None,
                subject_kind="recording_session",
                subject_id=session.session_id,
                at=now,
                details={"number": caller, "attempt_id": str(attempt_id)},
            )
            return await _told(stores, action.question, session, 0)

    async def _of_code(self, stores: Stores, keyed: str) -> RecordingSession | None:
        """The session of a code that is good, locked. All are compared, whichever it is."""
        living = await stores.recording_sessions.living(self._clock.now())
        right = [
            one
            for one in living
            if same(code_of(self._secret_box, one) or "", keyed) and is_code(keyed)
        ]
        if not right:
            return None
        session = await stores.recording_sessions.get_for_change(right[0].session_id)
        return session if session is not None and session.ended_at is None else None

    # ── The prompts ──────────────────────────────────────────────────────────────────────────────

    async def _next(
        self, organisation_id: UUID, attempt_id: UUID, action: NextRecording
    ) -> RecordingTold:
        async with self._unit_of_work.begin(organisation_id) as stores:
            session = await stores.recording_sessions.get(_id(action.session_id))
            if session is None or not _goes_on(session, attempt_id):
                return RecordingTold(question=action.question, failure=OVER)
            return await _told(stores, action.question, session, action.after)

    async def _keep(
        self, organisation_id: UUID, attempt_id: UUID, action: KeepRecording
    ) -> RecordingTold:
        take = f"{attempt_id}/{action.take}"
        try:
            audio = await self._files.read(action.media)
        except NotFound:
            audio = b""  # kept before, else it is refused below
        try:
            variant = await self._kept(organisation_id, attempt_id, action, take, audio)
        except KwaboError as error:
            log.info("a take was not kept", code=error.code, attempt_id=str(attempt_id))
            return RecordingTold(question=action.question, failure=error.code)
        if variant is not None:
            await self._files.remove(action.media)
        following_one = NextRecording(
            question=action.question, session_id=action.session_id, after=action.position
        )
        return await self._next(organisation_id, attempt_id, following_one)

    async def _kept(
        self,
        organisation_id: UUID,
        attempt_id: UUID,
        action: KeepRecording,
        take: str,
        audio: bytes,
    ) -> PromptVariant | None:
        """The draft; None: this take was kept before. Raises KwaboError."""
        now = self._clock.now()
        session_id = _id(action.session_id)
        variant: PromptVariant | None = None
        try:
            async with self._unit_of_work.begin_joined(organisation_id) as joined:
                async with joined.begin(organisation_id) as stores:
                    session = await stores.recording_sessions.get_for_change(session_id)
                    prompt = _prompt(session, action.position)
                    if session is None or prompt is None:
                        raise NotFound("NOT_FOUND", "There is no such prompt to be recorded.")
                    if prompt.take == take:
                        return None
                    if not _goes_on(session, attempt_id):
                        raise NotFound(OVER, "This code is good no more.")
                    words = await _words(stores, session, prompt)
                variant = await self._draft(joined, organisation_id, session, prompt, words, audio)
                async with joined.begin(organisation_id) as stores:
                    position, variant_id = action.position, variant.variant_id
                    await stores.recording_sessions.keep(session_id, position, take, variant_id)
                    if all(one.kept or one.position == position for one in session.prompts):
                        await stores.recording_sessions.finish(session_id, End.DONE, now)
        except BaseException:
            if variant is not None and variant.path is not None:
                await self._files.remove(variant.path)
            raise
        return variant

    async def _draft(
        self,
        joined: UnitOfWork,
        organisation_id: UUID,
        session: RecordingSession,
        prompt: SessionPrompt,
        words: str,
        audio: bytes,
    ) -> PromptVariant:
        """A draft as an upload makes it, by whoever made the code."""
        variants = PromptVariantService(joined, files=self._files, ids=self._ids, clock=self._clock)
        maker = Asker(
            user_id=session.made_by,
            organisation_id=organisation_id,
            display_name="",
            language="fr",
            role="",
            permissions=frozenset(),
        )
        take = Take(
            language=session.language, words=words, file_name=FILE_NAME, trim=True, level=True
        )
        if prompt.fragment:
            return await variants.take_fragment(maker, prompt.key, take, audio)
        async with joined.begin(organisation_id) as stores:
            found = await stores.prompts.get_by_key(prompt.key)
        if found is None:
            raise NotFound("NOT_FOUND", "The prompt was deleted or has got another key.")
        return await variants.take_recording(maker, found.prompt_id, take, audio)


async def _told(
    stores: Stores, question: str, session: RecordingSession, after: int
) -> RecordingTold:
    """The prompt that comes next, and what it says where nothing has been recorded yet."""
    prompt = following(session.prompts, after)
    if prompt is None:
        return RecordingTold(question=question, session_id=str(session.session_id))
    if prompt.fragment:
        of_language = {one: all_fragments(one) for one in (session.language, "fr", "en")}
        texts = {one: said[prompt.key] for one, said in of_language.items() if prompt.key in said}
    else:
        organisation = await stores.organisations.get()
        found = await stores.prompts.get_by_key(prompt.key)
        described = found.description if found is not None else ""
        texts = {organisation.language: described} if organisation and described else {}
    return RecordingTold(
        question=question,
        session_id=str(session.session_id),
        position=prompt.position,
        of=len(session.prompts),
        prompt=prompt.key,
        texts=texts,
    )


async def _words(stores: Stores, session: RecordingSession, prompt: SessionPrompt) -> str:
    """What stands with the draft: words in its own language alone."""
    if prompt.fragment:
        return prompt.words
    found = await stores.prompts.get_by_key(prompt.key)
    return "" if found is None else written_words(found, session.language)


def _goes_on(session: RecordingSession, attempt_id: UUID) -> bool:
    """Whether this call records: a code that has run out meanwhile stops nobody."""
    return session.attempt_id == attempt_id and session.end is not End.CANCELLED


def _prompt(session: RecordingSession | None, position: int) -> SessionPrompt | None:
    prompts = () if session is None else session.prompts
    return next((one for one in prompts if one.position == position), None)


def _keys(organisation_id: UUID, caller: str) -> tuple[str, str]:
    """Under which wrong tries are counted: the caller's number, hashed, and the organisation."""
    number = hashlib.sha256(f"{organisation_id} {caller}".encode()).hexdigest()
    return f"recording caller {number}", f"recording codes {organisation_id}"


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        return UUID(int=0)
