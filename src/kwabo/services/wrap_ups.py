"""What an agent says came of a conversation: checked here, written by the floor.

The floor writes outcome, DNC entry, callback and the contact's changes in one transaction; whether
the attempt is in a state to be wrapped up is its decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.domain.campaigns.wrap_up import (
    OutcomeNeeds,
    WantedCallback,
    WantedOutcome,
    read_outcome,
)
from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.reporting.live_views import instant
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid, NotFound
from kwabo.ports.attempts import Attempt
from kwabo.ports.campaigns import Campaign
from kwabo.ports.floor_client import FloorClient
from kwabo.ports.wrap_up_codes import WrapUpCode
from kwabo.services.campaigns import found_campaign
from kwabo.services.objections import refuse
from kwabo.services.script_needs import objections_at_wrap_up
from kwabo.services.unit_of_work import Stores, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWrapUp:
    """An outcome as the agent gives it."""

    attempt_id: UUID
    wrap_up_code_id: UUID
    notes: str = ""
    fields: Mapping[str, str]
    do_not_call: bool = False
    callback_due_at: datetime | None = None
    callback_mine: bool = False
    callback_number: str | None = None  # in any written form
    callback_note: str = ""
    callback_latest_at: datetime | None = None  # not after it; None: the campaign's hours count
    next_status: str = "ready"  # ready | pause


class WrapUpService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, floor: FloorClient, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._floor = floor
        self._clock = clock

    async def wrap_up(self, asker: Asker, new: NewWrapUp) -> dict[str, Any]:
        """The floor's answer. Raises NotFound, Invalid with `details.fields`, and the floor's."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            attempt = await own_attempt(stores, asker, new.attempt_id)
            campaign = found_campaign(await stores.campaigns.get(attempt.campaign_id))
            code = await _code(stores, campaign, new.wrap_up_code_id)
            wanted = await _wanted(stores, new)
            flags = {*code.flags, "do_not_call"} if new.do_not_call else set(code.flags)
            contact_list = await stores.contact_lists.get(campaign.settings.contact_list_id)
            columns = contact_list.columns if contact_list else ()
            fields, objections = read_outcome(
                wanted,
                OutcomeNeeds(
                    flags=frozenset(flags),
                    required_fields=code.required_fields,
                    columns={column.name: column.kind for column in columns},
                    key_columns=frozenset(contact_list.key_columns if contact_list else ()),
                ),
                self._clock.now(),
            )
            objections += await objections_at_wrap_up(
                stores, attempt, campaign.settings.name, asker, frozenset(flags)
            )
            refuse(objections)
        return await self._floor.send(
            asker.organisation_id,
            asker.user_id,
            "call.wrap_up",
            {
                "attempt_id": str(new.attempt_id),
                "wrap_up_code_id": str(new.wrap_up_code_id),
                "notes": wanted.notes.strip(),
                "fields": fields,
                "do_not_call": new.do_not_call,
                "callback": _callback_payload(wanted.callback, attempt),
                "next": new.next_status,
            },
        )

    async def codes(self, asker: Asker, campaign_id: UUID | None) -> Sequence[WrapUpCode]:
        """The active codes, or those of a campaign. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            if campaign_id is None:
                return [code for code in await stores.wrap_up_codes.all() if code.active]
            campaign = found_campaign(await stores.campaigns.get(campaign_id))
            return await codes_of(stores, campaign)


async def own_attempt(stores: Stores, asker: Asker, attempt_id: UUID) -> Attempt:
    """An attempt that is the asker's. Raises NotFound for another's too."""
    attempt = await stores.attempts.get(attempt_id)
    if attempt is None or attempt.agent_user_id != asker.user_id:
        raise NotFound("NOT_FOUND", "There is no such call of yours.")
    return attempt


async def codes_of(stores: Stores, campaign: Campaign) -> list[WrapUpCode]:
    """The active codes that a campaign's agents choose from, with what they mean in it."""
    chosen = campaign.settings.wrap_up_code_ids
    mapped = await stores.wrap_up_mappings.in_campaign(campaign.campaign_id)
    return [
        replace(code, flags=mapped.get(str(code.wrap_up_code_id), code.flags))
        for code in await stores.wrap_up_codes.all()
        if code.active and (not chosen or code.wrap_up_code_id in chosen)
    ]


async def _code(stores: Stores, campaign: Campaign, wrap_up_code_id: UUID) -> WrapUpCode:
    for code in await codes_of(stores, campaign):
        if code.wrap_up_code_id == wrap_up_code_id:
            return code
    raise Invalid(
        "WRAP_UP_CODE_UNKNOWN",
        "This campaign has no such active wrap-up code. Choose one of its codes.",
        field="wrap_up_code_id",
    )


async def _wanted(stores: Stores, new: NewWrapUp) -> WantedOutcome:
    wanted = WantedOutcome(notes=new.notes, fields=new.fields, callback=None)
    if new.callback_due_at is None:
        return wanted
    number = None
    if new.callback_number:
        organisation = await stores.organisations.get()
        read = read_number(new.callback_number, organisation.region if organisation else "BJ")
        if not isinstance(read, str):
            raise Invalid(
                read.code,
                "This number cannot be called: write it with + and the country's code.",
                field="callback.number",
            )
        number = read
    callback = WantedCallback(
        due_at=new.callback_due_at,
        mine=new.callback_mine,
        number=number,
        note=new.callback_note.strip(),
        latest_at=new.callback_latest_at,
    )
    return replace(wanted, callback=callback)


def _callback_payload(callback: WantedCallback | None, attempt: Attempt) -> dict[str, Any] | None:
    if callback is None:
        return None
    return {
        "due_at": instant(callback.due_at),
        "mine": callback.mine,
        "number": callback.number or attempt.number,
        "note": callback.note,
        "latest_at": instant(callback.latest_at),
    }
