"""DNC lists: made, changed, deleted, tried out. What stands on them is for `dnc_entries`.

A list's key and kind stay what they were made as; a list for the whole organisation stands against
the calls of every campaign, whatever the campaign names. The floor is told in the transaction of
every change that may stand against a call under way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.preset import presets
from kwabo.domain.compliance.screening import Screening
from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.contacts.problems import message
from kwabo.domain.dnc_lists.providers import ProviderSettings, objections, tidied
from kwabo.domain.dnc_lists.values import CHANNELS
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.dnc_lists import DncList
from kwabo.ports.dnc_providers import DncProviderClient, ProviderAnswer, SecretFiles
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused
from kwabo.services.versions import check_version

LONGEST_COLUMN: Final = 128
LONGEST_AUTHORITY: Final = 100
MOST_SCREENING_DAYS: Final = 3650
# What pages warn by: the shortest age that any preset allows.
SHORTEST_DAYS: Final = min(
    (one.screening_days for one in presets().values() if one.screening_days is not None),
    default=None,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDncList:
    """A list to be made."""

    name: str
    key_column: str | None = None
    channel: str = "any"
    organisation_wide: bool = False
    provider: ProviderSettings | None = None
    screening_authority: str | None = None  # set: the list of TPS …
    screening_days: int | None = None


class DncListService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        ids: IdFactory,
        clock: Clock,
        provider_client: DncProviderClient,
        secret_files: SecretFiles,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock
        self._provider_client = provider_client
        self._secret_files = secret_files

    async def all(self, asker: Asker) -> Sequence[DncList]:
        """Every list, by name, with how much stands on it."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.dnc_lists.all()

    async def get(self, asker: Asker, dnc_list_id: UUID) -> DncList:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await _counted(stores, await found_dnc_list(stores, dnc_list_id))

    async def add(self, asker: Asker, new: NewDncList) -> DncList:
        """Raises Invalid with `details.fields`, Conflict `NAME_TAKEN`, Forbidden."""
        if new.provider is not None:
            asker.must_have("settings.write")
        dnc_list = _checked(
            DncList(
                dnc_list_id=self._ids.new(),
                name=checked_name(new.name),
                key_column=" ".join((new.key_column or "").split()) or None,
                channel=new.channel,
                organisation_wide=new.organisation_wide,
                provider=None if new.provider is None else tidied(new.provider),
                screening_authority=" ".join((new.screening_authority or "").split()) or None,
                screening_days=new.screening_days,
                created_at=self._clock.now(),
            )
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.dnc_lists.add(dnc_list)
            await self._note(stores, asker, "dnc_list.created", dnc_list, _told(dnc_list))
            await self._tell(stores, asker, dnc_list)
            return await found_dnc_list(stores, dnc_list.dnc_list_id)

    async def change(
        self, asker: Asker, dnc_list_id: UUID, version: int, values: Mapping[str, Any]
    ) -> DncList:
        """`values`: name, channel, organisation_wide, provider. Raises as `add`, NotFound,
        Conflict `STALE_VERSION`, `DNC_LIST_HAS_ENTRIES`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = await stores.dnc_lists.get_for_change(dnc_list_id)
            if old is None:
                raise _unknown()
            check_version(version, old.version)
            if values.get("provider") is not None:
                asker.must_have("settings.write")
                if old.provider is None:
                    raise Conflict(
                        "DNC_LIST_HAS_ENTRIES",
                        "A list with entries has no provider. Make a list for the provider.",
                        field="provider",
                    )
                values = {**values, "provider": tidied(values["provider"])}
            if "name" in values:
                values = {**values, "name": checked_name(values["name"])}
            new = _checked(replace(old, **values))
            changed = [
                name
                for name in ("name", "channel", "organisation_wide", "provider", "screening_days")
                if getattr(old, name) != getattr(new, name)
            ]
            if changed:
                await stores.dnc_lists.change(new)
                details = {"fields": changed, **_told(new)}
                await self._note(stores, asker, "dnc_list.changed", new, details)
                await self._tell(stores, asker, new)
            return await _counted(stores, await found_dnc_list(stores, dnc_list_id))

    async def delete(self, asker: Asker, dnc_list_id: UUID) -> None:
        """With its entries. Raises NotFound, Conflict `DNC_LIST_IN_USE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            dnc_list = await stores.dnc_lists.get_for_change(dnc_list_id)
            if dnc_list is None:
                raise _unknown()
            check_unused(
                "DNC_LIST_IN_USE",
                await stores.dnc_lists.campaigns_using(dnc_list_id),
                "These campaigns keep to the list: {names}. Give them another list first.",
            )
            check_unused(
                "DNC_LIST_IN_FLOW",
                await stores.flows.using("dnc_list", str(dnc_list_id)),
                "These flows add to the list: {names}. Give them another list first.",
                detail="flows",
            )
            details = _told(dnc_list) | {"entries": await stores.dnc_lists.count(dnc_list_id)}
            await stores.dnc_lists.delete(dnc_list_id)
            await self._note(stores, asker, "dnc_list.deleted", dnc_list, details)

    async def ask_provider(self, asker: Asker, dnc_list_id: UUID, number: str) -> ProviderAnswer:
        """Ask a list's provider about a number now; nothing is kept. Raises NotFound, Invalid."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            dnc_list = await found_dnc_list(stores, dnc_list_id)
            organisation = await stores.organisations.get()
        if dnc_list.provider is None or organisation is None:
            raise Conflict(
                "DNC_LIST_HAS_ENTRIES",
                "A list with entries has no provider. Make a list for the provider.",
            )
        read = read_number(number, organisation.region)
        if not isinstance(read, str):
            raise Invalid(read.code, message(read.code, asker.language), field="number")
        name = dnc_list.provider.secret_name
        secret = self._secret_files.read(organisation.slug, name) if name else ""
        if secret is None:
            return ProviderAnswer(listed=None, silence="SECRET_MISSING")
        return await self._provider_client.ask(dnc_list.provider, read, secret)

    async def _tell(self, stores: Stores, asker: Asker, dnc_list: DncList) -> None:
        await tell_floor(stores, self._ids, self._clock, dnc_list.dnc_list_id, asker.user_id)

    async def _note(
        self,
        stores: Stores,
        asker: Asker,
        action: str,
        dnc_list: DncList,
        details: Mapping[str, object],
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="dnc_list",
            subject_id=dnc_list.dnc_list_id,
            at=self._clock.now(),
            details=details,
        )


async def tell_floor(
    stores: Stores, ids: IdFactory, clock: Clock, dnc_list_id: UUID, user_id: UUID | None
) -> None:
    """Have the floor take back calls that nobody has answered and that are listed from now on."""
    await stores.floor_commands.add(
        ids.new(),
        "dnc.added",
        {"dnc_list_id": str(dnc_list_id)},
        user_id=user_id,
        at=clock.now(),
    )


async def found_dnc_list(stores: Stores, dnc_list_id: UUID) -> DncList:
    """Raises NotFound."""
    dnc_list = await stores.dnc_lists.get(dnc_list_id)
    if dnc_list is None:
        raise _unknown()
    return dnc_list


def screening_of(dnc_list: DncList) -> Screening | None:
    """How old an authority's list is; None: it is none."""
    if dnc_list.screening_authority is None:
        return None
    return Screening(
        dnc_list_id=dnc_list.dnc_list_id,
        list_name=dnc_list.name,
        organisation_wide=dnc_list.organisation_wide,
        days=dnc_list.screening_days,
        screened_at=dnc_list.screened_at,
    )


def _unknown() -> NotFound:
    return NotFound("NOT_FOUND", "There is no such DNC list.")


async def _counted(stores: Stores, dnc_list: DncList) -> DncList:
    return replace(
        dnc_list,
        entries=await stores.dnc_lists.count(dnc_list.dnc_list_id),
        campaigns=tuple(await stores.dnc_lists.campaigns_using(dnc_list.dnc_list_id)),
    )


def _told(dnc_list: DncList) -> dict[str, object]:
    """What the audit log keeps of a list."""
    return {
        "name": dnc_list.name,
        "channel": dnc_list.channel,
        "organisation_wide": dnc_list.organisation_wide,
        **(
            {}
            if dnc_list.screening_authority is None
            else {"screening_authority": dnc_list.screening_authority}
        ),
    }


def _about_screening(dnc_list: DncList) -> list[Objection]:
    found = []
    authority, days = dnc_list.screening_authority, dnc_list.screening_days
    if authority is not None and (dnc_list.key_column or dnc_list.provider):
        text = "An authority's list is by number and has entries: leave column and provider out."
        found.append(Objection(field="screening_authority", code="SCREENING_KIND", message=text))
    if authority is not None and len(authority) > LONGEST_AUTHORITY:
        text = f"An authority's name has at most {LONGEST_AUTHORITY} characters."
        found.append(Objection(field="screening_authority", code="SCREENING_NAME", message=text))
    if days is not None and (authority is None or not 1 <= days <= MOST_SCREENING_DAYS):
        text = "Give between 1 and 3,650 days, and only to the list of an authority."
        found.append(Objection(field="screening_days", code="SCREENING_DAYS", message=text))
    return found


def _checked(dnc_list: DncList) -> DncList:
    """Raises Invalid with `details.fields`."""
    found: list[Objection] = []
    if dnc_list.channel not in CHANNELS:
        text = f"Choose one of the channels: {', '.join(CHANNELS)}."
        found.append(Objection(field="channel", code="DNC_CHANNEL", message=text))
    if dnc_list.key_column is not None and len(dnc_list.key_column) > LONGEST_COLUMN:
        text = f"A column's name has at most {LONGEST_COLUMN} characters."
        found.append(Objection(field="key_column", code="COLUMN_NAME", message=text))
    found += _about_screening(dnc_list)
    if dnc_list.provider is not None:
        if dnc_list.key_column is not None:
            text = "A provider is asked about numbers: leave the column out."
            found.append(Objection(field="key_column", code="DNC_PROVIDER_KEY", message=text))
        found += objections(dnc_list.provider)
    refuse(found)
    return dnc_list
