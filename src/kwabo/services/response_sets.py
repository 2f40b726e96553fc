"""Call analysis response sets: made, checked, used by campaigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from kwabo.domain.call_analysis.document import Known, read_response_set
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.prompts import Prompt
from kwabo.ports.response_sets import KeptResponseSet
from kwabo.services.flow_notes import check_campaigns
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused
from kwabo.services.versions import check_version


class ResponseSetService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[KeptResponseSet]:
        """Every response set, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.response_sets.all()

    async def get(self, asker: Asker, response_set_id: UUID) -> KeptResponseSet:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.response_sets.get(response_set_id))

    async def add(self, asker: Asker, name: str, document: Mapping[str, Any]) -> KeptResponseSet:
        """Raises Invalid with `details.fields`, Conflict `NAME_TAKEN`."""
        now = self._clock.now()
        made = KeptResponseSet(
            response_set_id=self._ids.new(),
            name=checked_name(name),
            document=dict(document),
            version=1,
            created_at=now,
            updated_at=now,
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await _check(stores, document)
            await stores.response_sets.add(made)
            await self._audit(stores, asker, "response_set.created", made)
        return made

    async def change(
        self,
        asker: Asker,
        response_set_id: UUID,
        version: int,
        *,
        name: str | None,
        document: Mapping[str, Any],
    ) -> KeptResponseSet:
        """`document`: the fields that change; the reactions change as a whole.

        Campaigns that use it are told in the same transaction. Raises as `add`, NotFound, Conflict
        `FLOW_NOTES_OF_CAMPAIGN`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.response_sets.get_for_change(response_set_id))
            check_version(version, old.version)
            new = replace(
                old,
                name=old.name if name is None else checked_name(name),
                document={**old.document, **document},
                version=old.version + 1,
                updated_at=self._clock.now(),
            )
            await _check(stores, new.document)
            await stores.response_sets.change(new)
            campaign_ids = await stores.response_sets.campaigns_of(response_set_id)
            await check_campaigns(stores, campaign_ids)
            for campaign_id in campaign_ids:
                await stores.floor_commands.add(
                    self._ids.new(),
                    "campaign.changed",
                    {"campaign_id": str(campaign_id)},
                    user_id=asker.user_id,
                    at=self._clock.now(),
                )
            await self._audit(stores, asker, "response_set.changed", new)
        return new

    async def delete(self, asker: Asker, response_set_id: UUID) -> None:
        """Raises NotFound, Conflict `RESPONSE_SET_IN_USE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.response_sets.get_for_change(response_set_id))
            check_unused(
                "RESPONSE_SET_IN_USE",
                old.campaigns,
                "These campaigns use the response set: {names}. Give them another one first.",
            )
            await stores.response_sets.delete(response_set_id)
            await self._audit(stores, asker, "response_set.deleted", old)

    async def _audit(
        self, stores: Stores, asker: Asker, action: str, response_set: KeptResponseSet
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="response_set",
            subject_id=response_set.response_set_id,
            at=self._clock.now(),
            details={"name": response_set.name, "version": response_set.version},
        )


def _found(response_set: KeptResponseSet | None) -> KeptResponseSet:
    if response_set is None:
        raise NotFound("NOT_FOUND", "There is no such response set.")
    return response_set


async def _check(stores: Stores, document: Mapping[str, Any]) -> None:
    """Raises Invalid with every path."""
    known = Known(
        prompts=frozenset(one.prompt_id for one in await stores.prompts.all() if _playable(one)),
        queues=frozenset(queue.queue_id for queue in await stores.queues.all()),
        flows=frozenset(flow.flow_id for flow in await stores.flows.published()),
    )
    _, objections = read_response_set(document, known)
    refuse(objections)


def _playable(prompt: Prompt) -> bool:
    return prompt.sound is not None and prompt.sound.state == "approved"
