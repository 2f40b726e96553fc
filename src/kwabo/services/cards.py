"""The call card: everything an agent needs in front of them during a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kwabo.domain.campaigns.script import render
from kwabo.domain.contacts.columns import Column
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.reporting.live_views import View
from kwabo.domain.scripts.shown import shown_values
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.ports.attempts import Attempt
from kwabo.ports.callbacks import Callback
from kwabo.ports.campaigns import Campaign
from kwabo.ports.contacts import Contact
from kwabo.ports.live import LiveStore
from kwabo.ports.scripts import ScriptRun, ScriptVersion
from kwabo.ports.wrap_up_codes import WrapUpCode
from kwabo.services.callers import Caller, caller_of
from kwabo.services.campaigns import found_campaign
from kwabo.services.script_answers import GivenAnswer, of_contact
from kwabo.services.script_runs import begun_run
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.wrap_ups import codes_of, own_attempt

HISTORY: Final = 50  # earlier attempts shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A call, its contact and what may come of it."""

    attempt: View
    contact: Contact
    columns: Sequence[Column]
    campaign: Campaign
    script_html: str
    script: tuple[ScriptRun, ScriptVersion] | None  # with pages; then `script_html` is ''
    answers: Mapping[UUID, Sequence[GivenAnswer]]  # of earlier calls
    history: Sequence[Attempt]  # without this attempt, the newest first
    wrap_up_codes: Sequence[WrapUpCode]
    caller: Caller | None  # None: the call did not come from outside
    callback: Callback | None  # the promise that this call keeps, or the contact's open one


class CardService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, live: LiveStore, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._live = live
        self._clock = clock

    async def card(self, asker: Asker, attempt_id: UUID) -> Card:
        """The card of one's own call. Raises NotFound."""
        attempt_view = await self._live.attempt(asker.organisation_id, attempt_id)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            attempt = await own_attempt(stores, asker, attempt_id)
            campaign = found_campaign(await stores.campaigns.get(attempt.campaign_id))
            contact = await stores.contacts.get(attempt.contact_id)
            if contact is None or attempt_view is None:
                raise NotFound("NOT_FOUND", "This contact has been deleted meanwhile.")
            contact_list = await stores.contact_lists.get(contact.contact_list_id)
            columns = contact_list.columns if contact_list else ()
            kinds = {column.name: column.kind for column in columns}
            script = await begun_run(stores, attempt, self._clock)
            history = await stores.attempts.of_contact(contact.contact_id, HISTORY + 1)
            return Card(
                attempt=attempt_view,
                contact=contact,
                columns=columns,
                campaign=campaign,
                script_html=""
                if script
                else render(
                    campaign.settings.script,
                    contact.data,
                    {column.name: column.label for column in columns},
                    shown=shown_values(contact.data, kinds, asker.language),
                ),
                script=script,
                answers=await of_contact(stores, attempt.contact_id),
                history=[one for one in history if one.attempt_id != attempt_id][:HISTORY],
                wrap_up_codes=await codes_of(stores, campaign),
                caller=await caller_of(stores, attempt_id, asker.language, personal=True),
                callback=await _callback(stores, attempt),
            )


async def _callback(stores: Stores, attempt: Attempt) -> Callback | None:
    if attempt.callback_id is not None:
        return await stores.callbacks.get(attempt.callback_id)
    return await stores.callbacks.open_of_contact(attempt.campaign_id, attempt.contact_id)
