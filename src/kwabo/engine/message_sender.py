"""Sends messages by a channel: those that calls have asked for, and notices of incidents' ends.

A message is taken for a while, sent, and what became of it is written. A process that dies between
leaves it waiting; it is sent again with the same id, which the channel takes no second time. Right
before a notice is sent its number is looked up on the DNC lists: a listed one gets nothing. What a
caller has asked for in the call itself is sent to them whatever lists say.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from kwabo.domain.flows.parts import PromptPart
from kwabo.domain.incidents.incident import notice_text
from kwabo.domain.speech.book import PromptBook
from kwabo.domain.speech.rendering import render_text
from kwabo.domain.webhooks.retries import wait_after
from kwabo.engine.leased_work import LeasedWork
from kwabo.kernel.clock import Clock
from kwabo.ports.message_channels import Message, MessageChannel, Taken
from kwabo.ports.speech import Speech
from kwabo.ports.wanted_messages import WantedMessage
from kwabo.services.languages import book_of
from kwabo.services.unit_of_work import Stores, UnitOfWork

AT_ONCE: Final = 50  # taken together
LEASE: Final = timedelta(seconds=60)
MOST_TRIES: Final = 12  # about two days with waits that grow
ON_DNC_LIST: Final = "ON_DNC_LIST"
log = structlog.get_logger(__name__)


class MessageSender(LeasedWork):
    """See the module."""

    name = "messages"

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        channel: MessageChannel,
        speech: Speech,
        clock: Clock,
        chance: Callable[[], float],
        lease: timedelta = LEASE,
    ) -> None:
        super().__init__(clock)
        self._unit_of_work = unit_of_work
        self._channel = channel
        self._speech = speech
        self._chance = chance
        self._lease = lease

    async def work_once(self) -> bool:
        """Send what is due now; False when there was nothing."""
        async with self._unit_of_work.begin_outside() as stores:
            due = await stores.wanted_messages.organisations(self._clock.now())
        for organisation_id in due:
            await self._messages(organisation_id)
        return bool(due)

    async def _messages(self, organisation_id: UUID) -> None:
        now = self._clock.now()
        async with self._unit_of_work.begin(organisation_id) as stores:
            taken = await stores.wanted_messages.take(AT_ONCE, now, now + self._lease)
            if not taken:
                return
            book = await book_of(stores, self._speech)
        for one in taken:
            async with self._unit_of_work.begin(organisation_id) as stores:
                if one.incident_id and await _listed(stores, one.recipient, self._clock.now()):
                    await stores.wanted_messages.note_failed(one.message_id, ON_DNC_LIST, None)
                    continue
                language, words = await _written(stores, one, book)
            answer = await self._send(
                Message(
                    message_id=one.message_id,
                    organisation_id=organisation_id,
                    channel=one.channel,
                    recipient=one.recipient,
                    language=language,
                    text=words,
                )
            )
            await self._note(organisation_id, one, answer)

    async def _send(self, message: Message) -> Taken:
        try:
            return await self._channel.send(message)
        except Exception:  # a channel that breaks its word holds up nobody else's messages
            log.exception("message.channel_failed", message_id=str(message.message_id))
            return Taken(failure="CHANNEL_FAILED", again=True)

    async def _note(self, organisation_id: UUID, one: WantedMessage, answer: Taken) -> None:
        now = self._clock.now()
        async with self._unit_of_work.begin(organisation_id) as stores:
            if not answer.failure:
                await stores.wanted_messages.note_sent(one.message_id, now)
                return
            again = answer.again and one.tries < MOST_TRIES
            next_at = now + wait_after(one.tries, self._chance()) if again else None
            await stores.wanted_messages.note_failed(one.message_id, answer.failure, next_at)


async def _written(stores: Stores, one: WantedMessage, book: PromptBook) -> tuple[str, str]:
    """The language and the words of a message: of an incident's notice, else of its template."""
    if one.incident_id is None:
        part = PromptPart(key=one.template, values=one.filled_in)
        return one.language, render_text((part,), one.language, book)
    kept = await stores.incidents.get(one.incident_id)
    return notice_text(kept.incident, one.language) if kept else (one.language, "")


async def _listed(stores: Stores, number: str, now: datetime) -> bool:
    """Whether the number stands on any DNC list now."""
    return any(
        one.expires_at is None or one.expires_at > now
        for one in await stores.dnc_lists.listings(number, "")
    )
