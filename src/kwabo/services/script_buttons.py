"""What buttons of a script do to DNC lists and contacts, at once and in one transaction.

Callbacks, transfers and outcomes are the desktop's own commands: a button only fills them in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from kwabo.domain.dnc_lists.values import CALL_CHANNELS, canonical_value
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.attempts import Attempt
from kwabo.ports.contacts import Contact
from kwabo.ports.dnc_lists import DncEntry, DncList
from kwabo.services.dnc_lists import tell_floor
from kwabo.services.unit_of_work import Stores

REASON: Final = "SCRIPT"


async def act(
    stores: Stores,
    asker: Asker,
    attempt: Attempt,
    action: Mapping[str, Any],
    *,
    ids: IdFactory,
    clock: Clock,
) -> str:
    """Do it: `DNC_LISTED`, `CONTACT_UNCALLABLE`, `NUMBER_UNCALLABLE`. Raises Invalid, NotFound."""
    if action.get("type") == "uncallable":
        return await _uncallable(stores, asker, attempt, action, clock)
    if action.get("type") != "do_not_call":
        raise Invalid(
            "SCRIPT_BUTTON",
            "This button works on the agent's desktop, not here.",
            field="button_id",
        )
    now = clock.now()
    contact = await stores.scripts.contact_for_change(attempt.contact_id)
    dnc_list = await _list_for(stores, attempt, action.get("dnc_list_id"))
    if dnc_list is None:
        await _set_uncallable(stores, contact, "DO_NOT_CALL", now)
        return "CONTACT_UNCALLABLE"
    values = _values(dnc_list, attempt, contact)
    if not values:
        raise Invalid(
            "DNC_VALUE_EMPTY",
            "The contact has no value for this DNC list.",
            field="button_id",
        )
    days = action.get("days")
    expires_at = None if days is None else now + timedelta(days=int(days))
    entries = [await _entry(stores, dnc_list, value, asker, now, expires_at) for value in values]
    await stores.dnc_lists.put_entries(dnc_list.dnc_list_id, entries)
    await stores.audit.record(
        "dnc_entries.added",
        actor_user_id=asker.user_id,
        subject_kind="dnc_list",
        subject_id=dnc_list.dnc_list_id,
        at=now,
        details={
            "numbers" if dnc_list.key_column is None else "values": values,
            "attempt_id": str(attempt.attempt_id),
        },
    )
    await tell_floor(stores, ids, clock, dnc_list.dnc_list_id, asker.user_id)
    return "DNC_LISTED"


async def _list_for(stores: Stores, attempt: Attempt, wanted: object) -> DncList | None:
    """The list that is named; else the campaign's first one by number, else an organisation-wide
    one; None: there is none."""
    if wanted is not None:
        named = await stores.dnc_lists.get(UUID(str(wanted)))
        if named is None or named.provider is not None:
            raise NotFound("NOT_FOUND", "The button's DNC list does not exist any more.")
        return named
    campaign = await stores.campaigns.get(attempt.campaign_id)
    own = campaign.settings.dnc_list_ids if campaign else ()
    fitting = [
        one
        for one in await stores.dnc_lists.all()
        if one.provider is None
        and one.key_column is None
        and one.channel in CALL_CHANNELS
        and (one.organisation_wide or one.dnc_list_id in own)
    ]
    place = {dnc_list_id: index for index, dnc_list_id in enumerate(own)}
    fitting.sort(key=lambda one: (place.get(one.dnc_list_id, len(place)), one.name))
    return fitting[0] if fitting else None


def _values(dnc_list: DncList, attempt: Attempt, contact: Contact | None) -> list[str]:
    if dnc_list.key_column is None:
        return sorted({attempt.number, *(contact.numbers if contact else ())})
    held = contact.data.get(dnc_list.key_column) if contact else None
    value = canonical_value(str(held or ""))
    return [value] if value else []


async def _entry(
    stores: Stores,
    dnc_list: DncList,
    value: str,
    asker: Asker,
    now: datetime,
    expires_at: datetime | None,
) -> DncEntry:
    """A new entry; one that counts for longer already is not shortened."""
    known = await stores.dnc_lists.entries(
        dnc_list.dnc_list_id, exact=value, after_value=None, limit=1
    )
    entry = DncEntry(
        value=value,
        reason=REASON,
        source="agent",
        user_id=asker.user_id,
        created_at=now,
        expires_at=expires_at,
    )
    if not known:
        return entry
    until = known[0].expires_at
    longer = None if until is None or expires_at is None else max(until, expires_at)
    return replace(entry, expires_at=longer)


async def _uncallable(
    stores: Stores, asker: Asker, attempt: Attempt, action: Mapping[str, Any], clock: Clock
) -> str:
    contact = await stores.scripts.contact_for_change(attempt.contact_id)
    if contact is None:
        raise NotFound("NOT_FOUND", "This contact has been deleted meanwhile.")
    number = action.get("what") == "number"
    if number:
        await stores.scripts.mark_number(contact.contact_id, attempt.number, REASON)
    else:
        await _set_uncallable(stores, contact, REASON, clock.now())
    await stores.audit.record(
        "contact.uncallable",
        actor_user_id=asker.user_id,
        subject_kind="contact",
        subject_id=contact.contact_id,
        at=clock.now(),
        details={"what": "number" if number else "contact", "attempt_id": str(attempt.attempt_id)},
    )
    return "NUMBER_UNCALLABLE" if number else "CONTACT_UNCALLABLE"


async def _set_uncallable(
    stores: Stores, contact: Contact | None, reason: str, now: datetime
) -> None:
    if contact is not None and contact.callable:
        await stores.contacts.change(
            [replace(contact, callable=False, uncallable_reason=reason, updated_at=now)]
        )
