"""Voicemail: who may hear what callers have left, and what is done about it.

Whoever has `voicemails.handle` sees the boxes of all queues and gives messages to others; an agent
sees those of the own queues, and what was given to them. Each listening is noted in the audit log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from kwabo.domain.campaigns.explanation import sentence
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.organisations.permissions import permissions_of
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.callbacks import NewCallback
from kwabo.ports.prompts import PromptFiles
from kwabo.ports.voicemails import Voicemail, VoicemailCounts, VoicemailQuery
from kwabo.services.callbacks import HINT, CallbackService
from kwabo.services.pages import Page, moment_behind, page_token
from kwabo.services.unit_of_work import Stores, UnitOfWork

HANDLE: Final = "voicemails.handle"
LONGEST_NOTE: Final = 1000
NOTED_AGAIN_AFTER: Final = timedelta(minutes=1)  # a player asks for a recording part by part
FILES_AT_ONCE: Final = 1000


class VoicemailService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        callbacks: CallbackService,
        files: PromptFiles,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._callbacks = callbacks
        self._files = files
        self._ids = ids
        self._clock = clock

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────

    async def find(self, asker: Asker, query: VoicemailQuery, token: str | None) -> Page[Voicemail]:
        """A page. `query`: all but whose and the place. Raises Invalid `PAGE_TOKEN`."""
        limit = query.limit
        query = replace(
            query, of_user=_own_alone(asker), before=moment_behind(token), limit=limit + 1
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = await stores.voicemails.find(query)
        last = found[limit - 1] if len(found) > limit else None
        return Page(
            items=found[:limit],
            next_page_token=page_token(last.created_at.isoformat(), str(last.voicemail_id))
            if last
            else None,
            total=None,
        )

    async def counts(self, asker: Asker) -> VoicemailCounts:
        """How many wait, of those that the asker may hear."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.voicemails.counts(_own_alone(asker), asker.user_id)

    async def get(self, asker: Asker, voicemail_id: UUID) -> Voicemail:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.voicemails.get(voicemail_id, _own_alone(asker)))

    async def audio(self, asker: Asker, voicemail_id: UUID) -> bytes:
        """The recording, as WAV; it counts as heard. Raises NotFound (`NOT_FOUND`, `FILE_GONE`,
        `VOICEMAIL_IN_WRITING`)."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = _found(await stores.voicemails.get_for_change(voicemail_id, _own_alone(asker)))
            if not found.path:
                raise NotFound(
                    "VOICEMAIL_IN_WRITING", "This message was written, not spoken: read its text."
                )
            audio = await self._files.read(found.path)
            noted = (
                found.played_by == asker.user_id
                and found.played_at is not None
                and now - found.played_at < NOTED_AGAIN_AFTER
            )
            if not noted:
                await stores.voicemails.mark_heard(voicemail_id, asker.user_id, now)
                await self._note(stores, asker, "voicemail.listened", found)
        return audio

    # ── Changing ─────────────────────────────────────────────────────────────────────────────────

    async def assign(
        self, asker: Asker, voicemail_id: UUID, owner_user_id: UUID | None
    ) -> Voicemail:
        """Give it to somebody, to oneself, or to anyone (None).

        Raises NotFound, Invalid `VOICEMAIL_OWNER`; Conflict `VOICEMAIL_TAKEN` when it is somebody
        else's and the asker may not give messages to others, `VOICEMAIL_DONE`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = await self._undone(stores, asker, voicemail_id)
            mine = owner_user_id in (None, asker.user_id)
            if not asker.may(HANDLE):
                if not mine:
                    message = "Only a supervisor gives messages to others. Take it yourself."
                    raise Invalid("VOICEMAIL_OWNER", message, field="owner_user_id")
                _check_free(found, asker)
            if owner_user_id is not None:
                await _check_owner(stores, owner_user_id)
            await stores.voicemails.assign(voicemail_id, owner_user_id)
            owner = None if owner_user_id is None else str(owner_user_id)
            await self._note(stores, asker, "voicemail.assigned", found, owner_user_id=owner)
            return _found(await stores.voicemails.get(voicemail_id))

    async def finish(self, asker: Asker, voicemail_id: UUID, note: str) -> Voicemail:
        """It has been dealt with. Raises NotFound, Conflict as `assign`, Invalid
        `VOICEMAIL_NOTE`."""
        note = note.strip()
        if len(note) > LONGEST_NOTE:
            message = f"Say what was done in at most {LONGEST_NOTE:,} characters."
            raise Invalid(
                "VOICEMAIL_NOTE", message, field="note", details={"most": f"{LONGEST_NOTE:,}"}
            )
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = await self._undone(stores, asker, voicemail_id)
            if not asker.may(HANDLE):
                _check_free(found, asker)
            await stores.voicemails.finish(voicemail_id, asker.user_id, now, note)
            await self._note(stores, asker, "voicemail.done", found)
            return _found(await stores.voicemails.get(voicemail_id))

    async def reopen(self, asker: Asker, voicemail_id: UUID) -> Voicemail:
        """It has to be dealt with again. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = _found(await stores.voicemails.get_for_change(voicemail_id, _own_alone(asker)))
            if found.done_at is not None:
                await stores.voicemails.reopen(voicemail_id)
                await self._note(stores, asker, "voicemail.reopened", found)
            return _found(await stores.voicemails.get(voicemail_id))

    async def call_back(self, asker: Asker, voicemail_id: UUID) -> Voicemail:
        """Have the caller called for the asker, at once or as soon as all rules allow it.

        A callback of the asker's own in the campaign of the message: it is asked about again, and
        dialled, like every other. Raises NotFound, Conflict as `assign`, `VOICEMAIL_NO_NUMBER`,
        `CALL_BACK_REFUSED` (with the rule's code), Invalid `VOICEMAIL_OWNER`.
        """
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = await self._undone(stores, asker, voicemail_id)
            if not asker.may(HANDLE):
                _check_free(found, asker)
            await _check_owner(stores, asker.user_id)
            if not found.number:
                message = "The caller withheld the number: nobody can be called back."
                raise Conflict("VOICEMAIL_NO_NUMBER", message)
            lawful = await self._callbacks.lawful(
                stores, found.campaign_id, found.contact_id, found.number, now
            )
            due_at = now if lawful.allowed else lawful.next_at
            if due_at is None:
                reason = sentence(lawful.code, asker.language) or lawful.code
                raise Conflict(
                    "CALL_BACK_REFUSED",
                    f"This caller may not be called: {reason}",
                    details={"code": lawful.code, "reason": reason},
                )
            callback_id = self._ids.new()
            await stores.callbacks.promise(
                NewCallback(
                    callback_id=callback_id,
                    campaign_id=found.campaign_id,
                    contact_id=found.contact_id,
                    attempt_id=found.attempt_id,
                    owner_user_id=asker.user_id,
                    number=found.number,
                    due_at=due_at,
                    note=found.text[:LONGEST_NOTE],
                    at=now,
                )
            )
            await stores.voicemails.assign(voicemail_id, asker.user_id)
            await stores.voicemails.called_back(voicemail_id, callback_id)
            await self._note(stores, asker, "voicemail.called_back", found)
            await stores.floor_commands.add(
                self._ids.new(),
                HINT,
                {"campaign_id": str(found.campaign_id)},
                user_id=asker.user_id,
                at=now,
            )
            return _found(await stores.voicemails.get(voicemail_id))

    async def _undone(self, stores: Stores, asker: Asker, voicemail_id: UUID) -> Voicemail:
        found = _found(await stores.voicemails.get_for_change(voicemail_id, _own_alone(asker)))
        if found.done_at is not None:
            message = "This message has been dealt with. Open it again first."
            raise Conflict("VOICEMAIL_DONE", message)
        return found

    async def _note(
        self, stores: Stores, asker: Asker, action: str, voicemail: Voicemail, **details: str | None
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="voicemail",
            subject_id=voicemail.voicemail_id,
            at=self._clock.now(),
            details={"contact_id": str(voicemail.contact_id), **details},
        )

    # ── Upkeep ───────────────────────────────────────────────────────────────────────────────────

    async def remove_files(self) -> int:
        """Remove recordings whose messages are gone; how many."""
        async with self._unit_of_work.begin_outside() as stores:
            organisation_ids = await stores.organisations.all_ids()
        removed = 0
        for organisation_id in organisation_ids:
            async with self._unit_of_work.begin(organisation_id) as stores:
                paths: Sequence[str] = await stores.voicemails.unneeded_files(FILES_AT_ONCE)
                for path in paths:
                    await self._files.remove(path)
                if paths:
                    await stores.voicemails.files_removed(paths)
            removed += len(paths)
        return removed


def _own_alone(asker: Asker) -> UUID | None:
    """Whose queues alone are seen; None: everybody's."""
    return None if asker.may(HANDLE) else asker.user_id


def _found(voicemail: Voicemail | None) -> Voicemail:
    if voicemail is None:
        raise NotFound("NOT_FOUND", "There is no such voicemail.")
    return voicemail


def _check_free(voicemail: Voicemail, asker: Asker) -> None:
    if voicemail.owner_user_id not in (None, asker.user_id):
        raise Conflict(
            "VOICEMAIL_TAKEN",
            "Somebody else deals with this message. Ask a supervisor to give it to you.",
            details={"owner_name": voicemail.owner_name},
        )


async def _check_owner(stores: Stores, user_id: UUID) -> None:
    user = await stores.users.get(user_id)
    if user is None:
        raise NotFound("NOT_FOUND", "There is no such person.", field="owner_user_id")
    if not user.active or not permissions_of(user.role, user.permissions) & {
        HANDLE,
        "agent.desktop",
    }:
        raise Invalid(
            "VOICEMAIL_OWNER",
            "This person takes no voicemail. Choose an active agent or supervisor.",
            field="owner_user_id",
        )
