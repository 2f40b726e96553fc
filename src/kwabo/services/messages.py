"""Messages to people: which wait, went out or failed, and sending again what failed."""

from __future__ import annotations

from uuid import UUID

from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, NotFound
from kwabo.ports.wanted_messages import FAILED, KeptMessage
from kwabo.services.pages import Page, moment_behind, page_token
from kwabo.services.unit_of_work import Stores, UnitOfWork


class MessageService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def page(
        self,
        asker: Asker,
        *,
        state: str,
        recipient: str | None,
        page_token_: str | None,
        limit: int,
    ) -> Page[KeptMessage]:
        """The newest first. Raises Invalid `PAGE_TOKEN`."""
        before = moment_behind(page_token_)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found = await stores.wanted_messages.page(
                state=state, recipient=recipient, before=before, limit=limit + 1
            )
        items = found[:limit]
        token = None
        if len(found) > limit:
            token = page_token(items[-1].created_at.isoformat(), str(items[-1].message_id))
        return Page(items=items, next_page_token=token, total=None)

    async def send_again(self, asker: Asker, message_id: UUID) -> KeptMessage:
        """Have one that failed sent now. Raises NotFound, Conflict `MESSAGE_NOT_FAILED`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            if not await stores.wanted_messages.send_again(message_id, self._clock.now()):
                await _kept(stores, message_id)
                raise Conflict(
                    "MESSAGE_NOT_FAILED",
                    "Only a message that failed is sent again. Load the page anew.",
                )
            await self._note(stores, asker, "message.sent_again", message_id)
            return await _kept(stores, message_id)

    async def send_failed_again(self, asker: Asker) -> int:
        """Have all that failed sent now; how many."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            done = await stores.wanted_messages.send_again(None, self._clock.now())
            if done:
                await self._note(stores, asker, "messages.sent_again", None, messages=done)
            return done

    async def _note(
        self, stores: Stores, asker: Asker, action: str, message_id: UUID | None, **details: int
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="message" if message_id else "organisation",
            subject_id=message_id or asker.organisation_id,
            at=self._clock.now(),
            details={"state": FAILED, **details},
        )


async def _kept(stores: Stores, message_id: UUID) -> KeptMessage:
    found = await stores.wanted_messages.get(message_id)
    if found is None:
        raise NotFound("NOT_FOUND", "There is no such message.")
    return found
