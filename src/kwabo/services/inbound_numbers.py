"""Numbers on which the organisation is called. A change counts from the next call on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from kwabo.domain.contacts.phone_numbers import PhoneProblem, read_number
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.inbound_numbers import InboundNumber
from kwabo.services.flow_notes import check_campaigns
from kwabo.services.names import checked_name
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version


class InboundNumberService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[InboundNumber]:
        """Every number."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.inbound_numbers.all()

    async def get(self, asker: Asker, inbound_number_id: UUID) -> InboundNumber:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.inbound_numbers.get(inbound_number_id))

    async def add(
        self,
        asker: Asker,
        *,
        number: str,
        label: str,
        flow_id: UUID,
        campaign_id: UUID,
        active: bool,
    ) -> InboundNumber:
        """Raises Invalid (number, `FLOW_UNKNOWN`, `FLOW_UNPUBLISHED`, `CAMPAIGN_UNKNOWN`,
        `CAMPAIGN_NOT_INBOUND`) and
        Conflict `INBOUND_NUMBER_TAKEN`."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            made = InboundNumber(
                inbound_number_id=self._ids.new(),
                number=await _read(stores, number),
                label=checked_name(label, field="label", least=0),
                flow_id=flow_id,
                campaign_id=campaign_id,
                active=active,
                version=1,
                created_at=now,
                updated_at=now,
            )
            await _check(stores, made)
            await stores.inbound_numbers.add(made)
            await self._note(stores, asker, "inbound_number.created", made)
        return made

    async def change(
        self, asker: Asker, inbound_number_id: UUID, version: int, changes: Mapping[str, Any]
    ) -> InboundNumber:
        """What is not among the changes stays. Raises what `add` does, NotFound, and Conflict
        `STALE_VERSION`, `FLOW_NOTES_OF_CAMPAIGN`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            before = _found(await stores.inbound_numbers.get(inbound_number_id))
            check_version(version, before.version)
            values = dict(changes)
            if "number" in values:
                values["number"] = await _read(stores, values["number"])
            if "label" in values:
                values["label"] = checked_name(values["label"], field="label", least=0)
            after = replace(
                before, **values, version=before.version + 1, updated_at=self._clock.now()
            )
            await _check(stores, after)
            await stores.inbound_numbers.change(after)
            await check_campaigns(stores, {before.campaign_id})
            await self._note(stores, asker, "inbound_number.changed", after)
        return after

    async def delete(self, asker: Asker, inbound_number_id: UUID) -> None:
        """Callers hear that the number is unknown from then on.

        Raises NotFound, Conflict `FLOW_NOTES_OF_CAMPAIGN`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            number = _found(await stores.inbound_numbers.get(inbound_number_id))
            await stores.inbound_numbers.delete(inbound_number_id)
            await check_campaigns(stores, {number.campaign_id})
            await self._note(stores, asker, "inbound_number.deleted", number)

    async def _note(self, stores: Stores, asker: Asker, action: str, number: InboundNumber) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="inbound_number",
            subject_id=number.inbound_number_id,
            at=self._clock.now(),
            details={"number": number.number, "active": number.active},
        )


async def _read(stores: Stores, written: str) -> str:
    organisation = await stores.organisations.get()
    number = read_number(written, organisation.region if organisation else "BJ")
    if isinstance(number, PhoneProblem):
        raise Invalid(
            number.code,
            "Give the number as carriers bring it to you: with + and the country's code.",
            field="number",
        )
    return number


async def _check(stores: Stores, number: InboundNumber) -> None:
    published = await stores.inbound_numbers.flow_published(number.flow_id)
    if published is None:
        raise Invalid("FLOW_UNKNOWN", "There is no such flow. Choose another.", field="flow_id")
    if number.active and not published:
        raise Invalid(
            "FLOW_UNPUBLISHED",
            "This flow is a draft only: publish it first, or switch the number off.",
            field="flow_id",
        )
    campaign = await stores.campaigns.get(number.campaign_id)
    if campaign is None:
        raise Invalid(
            "CAMPAIGN_UNKNOWN", "There is no such campaign. Choose another.", field="campaign_id"
        )
    if campaign.settings.mode != "inbound":
        raise Invalid(
            "CAMPAIGN_NOT_INBOUND",
            "Choose a campaign whose mode is inbound: its list keeps the callers, its codes and "
            "script are the agents'.",
            field="campaign_id",
        )


def _found(number: InboundNumber | None) -> InboundNumber:
    if number is None:
        raise NotFound("NOT_FOUND", "There is no such number.")
    return number
