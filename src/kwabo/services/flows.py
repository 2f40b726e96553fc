"""Flows: drafted, checked, published, compared, rolled back.

A draft may be wrong; it is kept with what is wrong told. Only what meets no finding and passes its
own tests is published. A roll back publishes an older version's document again, whatever has
changed around it: it must work when it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any
from uuid import UUID

from kwabo.domain.flows.check import check, size_problem
from kwabo.domain.flows.compare import Difference, differences
from kwabo.domain.flows.flow_tests import TestResult, check_tests, run_tests
from kwabo.domain.flows.noted import noted
from kwabo.domain.flows.problems import Finding
from kwabo.domain.flows.references import references
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.flows import FlowUser, FlowVersion, KeptFlow
from kwabo.ports.speech import Speech
from kwabo.services.flow_bundles import drafted_flow, newest_flow
from kwabo.services.flow_notes import check_campaigns_of
from kwabo.services.flow_surroundings import surroundings_of
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused
from kwabo.services.versions import check_version, checked_note

Tests = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowChange:
    """What of a flow changes; None: stays."""

    name: str | None = None
    draft: Mapping[str, Any] | None = None
    tests: Tests | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFlow:
    """A flow and everything wrong with its draft and its tests."""

    flow: KeptFlow
    findings: Sequence[Finding]
    users: Sequence[FlowUser] = ()
    notes: Mapping[str, frozenset[str]] = dataclass_field(default_factory=dict)
    """Name → types of values, of what calls note in it and in flows that it runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFlow:
    """A flow, whether its draft is another document than the published one, and who needs it."""

    flow: KeptFlow
    draft_changed: bool
    users: Sequence[FlowUser]


class FlowService:
    """See the module."""

    def __init__(
        self, unit_of_work: UnitOfWork, *, speech: Speech, ids: IdFactory, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._speech = speech
        self._ids = ids
        self._clock = clock

    async def checked(self, stores: Stores, flow: KeptFlow) -> CheckedFlow:
        """With what is wrong with it, within the caller's transaction."""
        return await checked(stores, self._speech, flow)

    async def all(self, asker: Asker) -> Sequence[KeptFlow]:
        """Every flow, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.flows.all()

    async def listed(self, asker: Asker) -> Sequence[ListedFlow]:
        """Every flow, by name, with how it stands."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            published = {one.flow_id: one.document for one in await stores.flows.published()}
            return [
                ListedFlow(
                    flow=flow,
                    draft_changed=flow.flow_id in published
                    and bool(differences(published[flow.flow_id], flow.draft)),
                    users=await stores.flows.users(flow.flow_id),
                )
                for flow in await stores.flows.all()
            ]

    async def get(self, asker: Asker, flow_id: UUID) -> CheckedFlow:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await checked(stores, self._speech, found_flow(await stores.flows.get(flow_id)))

    async def check(
        self, asker: Asker, flow_id: UUID | None, document: Mapping[str, Any], tests: Tests
    ) -> Sequence[Finding]:
        """Everything wrong with a document and tests that are not kept. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            if flow_id is not None:
                found_flow(await stores.flows.get(flow_id))
            return await findings_of(stores, self._speech, flow_id, document, tests)

    async def add(
        self, asker: Asker, name: str, draft: Mapping[str, Any], tests: Tests
    ) -> CheckedFlow:
        """Raises Invalid, Conflict `NAME_TAKEN`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            flow = await self.insert(stores, asker, name, draft, tests, "flow.created")
            return await checked(stores, self._speech, flow)

    async def insert(
        self,
        stores: Stores,
        asker: Asker,
        name: str,
        draft: Mapping[str, Any],
        tests: Tests,
        action: str,
    ) -> KeptFlow:
        """A new flow in a transaction that has begun. Raises as `add`."""
        _refuse(size_problem(draft))
        _refuse(size_problem({"tests": tests}))
        now = self._clock.now()
        flow = KeptFlow(
            flow_id=self._ids.new(),
            name=checked_name(name),
            draft=draft,
            tests=tests,
            uses=_uses(draft),
            published_version=None,
            version=1,
            created_at=now,
            updated_at=now,
        )
        await stores.flows.add(flow)
        await self._audit(stores, asker, action, flow)
        return flow

    async def change(
        self, asker: Asker, flow_id: UUID, version: int, change: FlowChange
    ) -> CheckedFlow:
        """Raises NotFound, Invalid, Conflict `STALE_VERSION`, `NAME_TAKEN`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_flow(await stores.flows.get_for_change(flow_id))
            check_version(version, old.version)
            draft = old.draft if change.draft is None else change.draft
            tests = old.tests if change.tests is None else change.tests
            _refuse(size_problem(draft))
            _refuse(size_problem({"tests": tests}))
            new = replace(
                old,
                name=old.name if change.name is None else checked_name(change.name),
                draft=draft,
                tests=tests,
                uses=_uses(draft, await _newest(stores, old)),
                version=old.version + 1,
                updated_at=self._clock.now(),
            )
            await stores.flows.change(new)
            await self._audit(stores, asker, "flow.changed", new)
            return await checked(stores, self._speech, new)

    async def delete(self, asker: Asker, flow_id: UUID) -> None:
        """Raises NotFound, Conflict `FLOW_IN_USE`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = found_flow(await stores.flows.get_for_change(flow_id))
            check_unused(
                "FLOW_IN_USE",
                [one.name for one in await stores.flows.users(flow_id)],
                "These need the flow: {names}. Give them another one first.",
                detail="users",
            )
            await stores.flows.delete(flow_id)
            await self._audit(stores, asker, "flow.deleted", old)

    # ── Versions ─────────────────────────────────────────────────────────────────────────────────

    async def versions(self, asker: Asker, flow_id: UUID) -> Sequence[FlowVersion]:
        """The newest first. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_flow(await stores.flows.get(flow_id))
            return await stores.flows.versions(flow_id)

    async def compare(
        self, asker: Asker, flow_id: UUID, old: int | None, new: int | None
    ) -> Sequence[Difference]:
        """What differs between two versions; None: the draft. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            flow = found_flow(await stores.flows.get(flow_id))

            async def document(number: int | None, field: str) -> Mapping[str, Any]:
                if number is None:
                    return flow.draft
                return found_version(await stores.flows.version(flow_id, number), field).document

            return differences(await document(old, "old"), await document(new, "new"))

    async def publish(self, asker: Asker, flow_id: UUID, version: int, note: str) -> CheckedFlow:
        """Calls use the draft from the next one on.

        Raises NotFound, Invalid with every place and every test that failed, Conflict
        `STALE_VERSION`, `FLOW_SAME`, `FLOW_NOTES_OF_CAMPAIGN`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            flow = found_flow(await stores.flows.get_for_change(flow_id))
            check_version(version, flow.version)
            _refuse(await findings_of(stores, self._speech, flow_id, flow.draft, flow.tests))
            results = await tests_run(stores, self._clock, flow_id, flow.draft, flow.tests)
            _refuse([one for result in results for one in result.differences])
            before = await _newest(stores, flow)
            if before is not None and before.document == flow.draft and before.tests == flow.tests:
                raise Conflict(
                    "FLOW_SAME", "The draft is the same as the published version already."
                )
            new = await self._publish(stores, asker, flow, flow.draft, flow.tests, note, None)
            return await checked(stores, self._speech, new)

    async def roll_back(
        self, asker: Asker, flow_id: UUID, version: int, to_version: int, note: str
    ) -> CheckedFlow:
        """Publish an older version's document again; the draft stays.

        Raises NotFound, Conflict `STALE_VERSION`, `FLOW_NOTES_OF_CAMPAIGN`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            flow = found_flow(await stores.flows.get_for_change(flow_id))
            check_version(version, flow.version)
            old = found_version(await stores.flows.version(flow_id, to_version), "to_version")
            new = await self._publish(
                stores, asker, flow, old.document, old.tests, note, to_version
            )
            return await checked(stores, self._speech, new)

    async def _publish(
        self,
        stores: Stores,
        asker: Asker,
        flow: KeptFlow,
        document: Mapping[str, Any],
        tests: Tests,
        note: str,
        restored_from: int | None,
    ) -> KeptFlow:
        note = checked_note(note)
        now = self._clock.now()
        known = await stores.flows.versions(flow.flow_id)
        number = max((one.version for one in known), default=0) + 1
        version = FlowVersion(
            flow_id=flow.flow_id,
            version=number,
            document=document,
            tests=tests,
            note=note,
            restored_from=restored_from,
            user_id=asker.user_id,
            user_name=asker.display_name,
            published_at=now,
        )
        await stores.flows.publish(version)
        new = replace(
            flow,
            published_version=number,
            uses=_uses(flow.draft, version),
            version=flow.version + 1,
            updated_at=now,
        )
        await stores.flows.change(new)
        await check_campaigns_of(stores, flow.flow_id)
        # Calls that come to the flow from now on have the new version.
        await stores.floor_commands.add(
            self._ids.new(),
            "flow.changed",
            {"flow_id": str(flow.flow_id)},
            user_id=asker.user_id,
            at=now,
        )
        action = "flow.published" if restored_from is None else "flow.rolled_back"
        await self._audit(
            stores, asker, action, new,
            published=number, note=note, **({"to": restored_from} if restored_from else {}),
        )  # fmt: skip
        return new

    async def _audit(
        self, stores: Stores, asker: Asker, action: str, flow: KeptFlow, **details: object
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="flow",
            subject_id=flow.flow_id,
            at=self._clock.now(),
            details={"name": flow.name, "version": flow.version, **details},
        )


def found_flow(flow: KeptFlow | None) -> KeptFlow:
    """Raises NotFound for None."""
    if flow is None:
        raise NotFound("NOT_FOUND", "There is no such flow.")
    return flow


def found_version(version: FlowVersion | None, field: str) -> FlowVersion:
    """Raises NotFound for None."""
    if version is None:
        raise NotFound("NOT_FOUND", "The flow has no such version.", field=field)
    return version


async def checked(stores: Stores, speech: Speech, flow: KeptFlow) -> CheckedFlow:
    """The flow with everything wrong and all that needs it."""
    newest = await newest_flow(stores, flow.flow_id)
    return CheckedFlow(
        flow=flow,
        findings=await findings_of(stores, speech, flow.flow_id, flow.draft, flow.tests),
        users=await stores.flows.users(flow.flow_id),
        notes=noted(newest.documents.values()) if newest else {},
    )


async def findings_of(
    stores: Stores,
    speech: Speech,
    flow_id: UUID | None,
    document: Mapping[str, Any],
    tests: Tests,
) -> list[Finding]:
    """Everything wrong with a document and with how its tests are written."""
    surroundings = await surroundings_of(stores, flow_id, speech)
    return [*check(document, surroundings), *check_tests(tests)]


async def tests_run(
    stores: Stores, clock: Clock, flow_id: UUID, document: Mapping[str, Any], tests: Tests
) -> list[TestResult]:
    """Run tests on a document, by the organisation's clock."""
    organisation = await stores.organisations.get()
    flow = await drafted_flow(stores, flow_id, document)
    time_zone = organisation.time_zone if organisation else "UTC"
    return run_tests(flow, tests, time_zone=time_zone, now=clock.now())


async def _newest(stores: Stores, flow: KeptFlow) -> FlowVersion | None:
    if flow.published_version is None:
        return None
    return await stores.flows.version(flow.flow_id, flow.published_version)


def _uses(draft: Mapping[str, Any], version: FlowVersion | None = None) -> tuple[str, ...]:
    found = references(draft) | (references(version.document) if version else frozenset())
    return tuple(sorted(f"{noun}:{name}" for noun, name in found))


def _refuse(findings: Sequence[Finding]) -> None:
    refuse([one.objection() for one in findings])
