"""The sandbox: where messages appear as on a telephone, while no real channel is connected."""

from __future__ import annotations

from typing import Final

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.ports.message_channels import Capabilities, Message, SandboxMessage, Taken
from kwabo.services.pages import Page, moment_behind, page_token
from kwabo.services.unit_of_work import UnitOfWork

SANDBOX: Final = Capabilities(
    channels=frozenset({"sms", "whatsapp", "messenger", "email"}), longest_text=4000, real=False
)


class SandboxService:
    """The messages that it keeps, and a channel that puts them there."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    @property
    def capabilities(self) -> Capabilities:
        """See `MessageChannel`."""
        return SANDBOX

    async def send(self, message: Message) -> Taken:
        """See `MessageChannel`."""
        if message.channel not in SANDBOX.channels:
            return Taken(failure="CHANNEL_UNKNOWN")
        if not message.text:
            return Taken(failure="TEXT_MISSING")
        if len(message.text) > SANDBOX.longest_text:
            return Taken(failure="TEXT_TOO_LONG")
        async with self._unit_of_work.begin(message.organisation_id) as stores:
            await stores.sandbox.put(message, self._clock.now())
        return Taken()

    async def page(
        self, asker: Asker, *, recipient: str | None, page_token_: str | None, limit: int
    ) -> Page[SandboxMessage]:
        """The newest first. Raises Invalid `PAGE_TOKEN`."""
        before = moment_behind(page_token_)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = await stores.sandbox.page(recipient=recipient, before=before, limit=limit + 1)
        items = found[:limit]
        token = None
        if len(found) > limit:
            token = page_token(items[-1].created_at.isoformat(), str(items[-1].message_id))
        return Page(items=items, next_page_token=token, total=None)
