"""Scripts: drafted, checked, published, compared, rolled back, taken over from campaigns.

A draft may be wrong; it is kept with what is wrong told. Only what meets no objection is published,
on the script's own list and on those of all campaigns that use it. A roll back publishes an older
version's document again, whatever has changed around it: it must work when it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.scripts.check import size_problem
from kwabo.domain.scripts.document import of_markdown
from kwabo.domain.scripts.problems import problem
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.scripts import Script, ScriptVersion
from kwabo.services.campaigns import found_campaign
from kwabo.services.names import checked_name
from kwabo.services.objections import details_of, refuse
from kwabo.services.script_uses import problems_of
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused
from kwabo.services.versions import check_version, checked_note


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptChange:
    """What of a script changes; None: stays."""

    name: str | None = None
    draft: Mapping[str, Any] | None = None
    contact_list_id: UUID | None = None
    without_list: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedScript:
    """A script and everything wrong with its draft."""

    script: Script
    problems: Sequence[Objection]


class ScriptService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[Script]:
        """Every script, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.scripts.all()

    async def get(self, asker: Asker, script_id: UUID) -> CheckedScript:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await _checked(stores, found_script(await stores.scripts.get(script_id)))

    async def check(
        self, asker: Asker, contact_list_id: UUID | None, document: Mapping[str, Any]
    ) -> Sequence[Objection]:
        """Everything wrong with a document that is not kept."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await _check_list(stores, contact_list_id)
            return await problems_of(stores, contact_list_id, document)

    async def add(
        self, asker: Asker, name: str, contact_list_id: UUID | None, draft: Mapping[str, Any]
    ) -> CheckedScript:
        """Raises Invalid, Conflict `NAME_TAKEN`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await _check_list(stores, contact_list_id)
            script = await self._insert(stores, asker, name, contact_list_id, draft)
            return await _checked(stores, script)

    async def change(
        self, asker: Asker, script_id: UUID, version: int, change: ScriptChange
    ) -> CheckedScript:
        """Raises NotFound, Invalid, Conflict `STALE_VERSION`, `NAME_TAKEN`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_script(await stores.scripts.get_for_change(script_id))
            check_version(version, old.version)
            await _check_list(stores, change.contact_list_id)
            draft = old.draft if change.draft is None else change.draft
            refuse(size_problem(draft))
            list_id = None if change.without_list else change.contact_list_id or old.contact_list_id
            new = replace(
                old,
                name=old.name if change.name is None else checked_name(change.name),
                contact_list_id=list_id,
                draft=draft,
                version=old.version + 1,
                updated_at=self._clock.now(),
            )
            await stores.scripts.change(new)
            await self._audit(stores, asker, "script.changed", new)
            return await _checked(stores, new)

    async def delete(self, asker: Asker, script_id: UUID) -> None:
        """Raises NotFound, Conflict `SCRIPT_IN_USE`, `SCRIPT_HAS_ANSWERS`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_script(await stores.scripts.get_for_change(script_id))
            check_unused(
                "SCRIPT_IN_USE",
                old.campaigns,
                "These campaigns use the script: {names}. Give them another one first.",
            )
            if await stores.scripts.has_runs(script_id):
                raise Conflict(
                    "SCRIPT_HAS_ANSWERS",
                    "Calls were made with this script; their answers are kept with its versions, "
                    "so it cannot be deleted.",
                )
            await stores.scripts.delete(script_id)
            await self._audit(stores, asker, "script.deleted", old)

    # ── Versions ─────────────────────────────────────────────────────────────────────────────────

    async def versions(self, asker: Asker, script_id: UUID) -> Sequence[ScriptVersion]:
        """The newest first. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_script(await stores.scripts.get(script_id))
            return await stores.scripts.versions(script_id)

    async def publish(
        self, asker: Asker, script_id: UUID, version: int, note: str
    ) -> CheckedScript:
        """Campaigns use the draft from their next call on.

        Raises NotFound, Invalid with every place, Conflict `STALE_VERSION`, `SCRIPT_SAME`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            script = found_script(await stores.scripts.get_for_change(script_id))
            check_version(version, script.version)
            refuse(await _all_problems(stores, script))
            before = await stores.scripts.published(script_id)
            if before is not None and before.document == script.draft:
                raise Conflict(
                    "SCRIPT_SAME", "The draft is the same as the published version already."
                )
            new = await self._publish(stores, asker, script, script.draft, note, None)
            return CheckedScript(script=new, problems=())

    async def roll_back(
        self, asker: Asker, script_id: UUID, version: int, to_version: int, note: str
    ) -> CheckedScript:
        """Publish an older version's document again; the draft stays.

        Raises NotFound, Conflict `STALE_VERSION`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            script = found_script(await stores.scripts.get_for_change(script_id))
            check_version(version, script.version)
            old = await stores.scripts.version(script_id, to_version)
            if old is None:
                raise NotFound("NOT_FOUND", "The script has no such version.", field="to_version")
            new = await self._publish(stores, asker, script, old.document, note, to_version)
            return await _checked(stores, new)

    async def _publish(
        self,
        stores: Stores,
        asker: Asker,
        script: Script,
        document: Mapping[str, Any],
        note: str,
        restored_from: int | None,
    ) -> Script:
        note = checked_note(note)
        now = self._clock.now()
        known = await stores.scripts.versions(script.script_id)
        number = max((one.version for one in known), default=0) + 1
        await stores.scripts.publish(
            ScriptVersion(
                script_id=script.script_id,
                version=number,
                document=document,
                note=note,
                restored_from=restored_from,
                user_id=asker.user_id,
                user_name=asker.display_name,
                published_at=now,
            )
        )
        new = replace(script, published_version=number, version=script.version + 1, updated_at=now)
        await stores.scripts.change(new)
        action = "script.published" if restored_from is None else "script.rolled_back"
        await self._audit(
            stores, asker, action, new,
            published=number, note=note, **({"to": restored_from} if restored_from else {}),
        )  # fmt: skip
        return new

    # ── Campaigns ────────────────────────────────────────────────────────────────────────────────

    async def of_campaign(self, asker: Asker, campaign_id: UUID, name: str) -> CheckedScript:
        """A new script, published, from a campaign's Markdown; the campaign uses it.

        Raises NotFound, Invalid, Conflict `SCRIPT_SET`, `SCRIPT_EMPTY`, `NAME_TAKEN`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            campaign = found_campaign(await stores.campaigns.get_for_change(campaign_id))
            settings = campaign.settings
            if settings.script_id is not None:
                raise Conflict("SCRIPT_SET", "The campaign uses a script with pages already.")
            if not settings.script.strip():
                raise Conflict("SCRIPT_EMPTY", "The campaign has no text to make a script of.")
            script = await self._insert(
                stores, asker, name, settings.contact_list_id,
                of_markdown(settings.script, checked_name(name)),
            )  # fmt: skip
            refuse(await _all_problems(stores, script))
            script = await self._publish(stores, asker, script, script.draft, "", None)
            changed = replace(settings, script_id=script.script_id)
            now = self._clock.now()
            await stores.campaigns.change(replace(campaign, settings=changed, updated_at=now))
            await stores.audit.record(
                "campaign.changed",
                actor_user_id=asker.user_id,
                subject_kind="campaign",
                subject_id=campaign_id,
                at=now,
                details={"fields": ["script_id"]},
            )
            return await _checked(stores, found_script(await stores.scripts.get(script.script_id)))

    async def _insert(
        self,
        stores: Stores,
        asker: Asker,
        name: str,
        contact_list_id: UUID | None,
        draft: Mapping[str, Any],
    ) -> Script:
        refuse(size_problem(draft))
        now = self._clock.now()
        script = Script(
            script_id=self._ids.new(),
            name=checked_name(name),
            contact_list_id=contact_list_id,
            draft=draft,
            published_version=None,
            version=1,
            created_at=now,
            updated_at=now,
        )
        await stores.scripts.add(script)
        await self._audit(stores, asker, "script.created", script)
        return script

    async def _audit(
        self, stores: Stores, asker: Asker, action: str, script: Script, **details: object
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="script",
            subject_id=script.script_id,
            at=self._clock.now(),
            details={"name": script.name, "version": script.version, **details},
        )


def found_script(script: Script | None) -> Script:
    """Raises NotFound for None."""
    if script is None:
        raise NotFound("NOT_FOUND", "There is no such script.")
    return script


async def _checked(stores: Stores, script: Script) -> CheckedScript:
    return CheckedScript(script=script, problems=await _all_problems(stores, script))


async def _all_problems(stores: Stores, script: Script) -> list[Objection]:
    """What is wrong on the script's own list and on those of its campaigns."""
    lists: list[UUID | None] = [script.contact_list_id]
    for campaign_id in await stores.scripts.campaigns_of(script.script_id):
        campaign = found_campaign(await stores.campaigns.get(campaign_id))
        lists.append(campaign.settings.contact_list_id)
    found: dict[tuple[str, str], Objection] = {}
    for list_id in dict.fromkeys(lists):
        for one in await problems_of(stores, list_id, script.draft):
            found.setdefault((one.field, one.code), one)
    return list(found.values())


async def _check_list(stores: Stores, contact_list_id: UUID | None) -> None:
    if contact_list_id is not None and await stores.contact_lists.get(contact_list_id) is None:
        refuse([problem("contact_list_id", "SCRIPT_LIST_UNKNOWN")])


def problems_as_details(problems: Sequence[Objection]) -> list[dict[str, Any]]:
    """Objections as answers tell them."""
    fields: list[dict[str, Any]] = details_of(problems)["fields"]
    return fields
