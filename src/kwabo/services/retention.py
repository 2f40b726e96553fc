"""Retention: what is kept how long, what is held back, and the removal of what is older.

The removal goes in small transactions with short times for statements and locks, and gives up a
class for this time rather than keep the floor waiting. Totals of campaigns stay. A hold on the
whole organisation stops it altogether; a hold on a number keeps all of that number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from kwabo.domain.compliance.preset import Preset, preset_of
from kwabo.domain.compliance.retention import BY_NAME, Kept, kept, objections
from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.domain.contacts.problems import message
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, KwaboError, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.retention import LegalHold, RetentionRun, RetentionSettings
from kwabo.ports.uploads import UploadStore
from kwabo.services.objections import refuse
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

BATCH: Final = 1_000
MOST_BATCHES: Final = 2_000  # of a class in one run; the next run goes on
BREATH_SECONDS: Final = 0.05  # between batches
EVERY: Final = timedelta(hours=20)
MOST_COUNTED: Final = 100_000
_RUNS_SHOWN: Final = 10
_PAGE: Final = 200
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionView:
    """What is kept how long, and what has been done."""

    settings: RetentionSettings
    classes: Sequence[Kept]
    holds: Sequence[LegalHold]
    runs: Sequence[RetentionRun]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRetention:
    """The last removal of each organisation, taken together; for operators."""

    at: datetime  # begin of the newest
    rows: int
    problems: Sequence[str]  # of removals that gave something up: code and class
    unfinished: int  # removals that have begun and not ended


class RetentionService:
    """See the module."""

    def __init__(
        self, unit_of_work: UnitOfWork, *, uploads: UploadStore, ids: IdFactory, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._uploads = uploads
        self._ids = ids
        self._clock = clock

    async def get(self, asker: Asker) -> RetentionView:
        """The organisation's retention."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await _view(stores)

    async def change(
        self, asker: Asker, version: int, days: Mapping[str, int | None]
    ) -> RetentionView:
        """`days`: of the classes that change; None: for ever. Raises Invalid, Conflict."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = await stores.retention.get_for_change()
            check_version(version, old.version)
            refuse(objections(days, await followed_presets(stores)))
            new = {**old.days, **days}
            await stores.retention.put(replace(old, days=new, updated_at=now))
            await stores.audit.record(
                "retention.changed",
                actor_user_id=asker.user_id,
                subject_kind="retention",
                subject_id=asker.organisation_id,
                at=now,
                details={"days": dict(days)},
            )
            return await _view(stores)

    async def preview(self, asker: Asker) -> Mapping[str, int]:
        """How many rows of each class would go now, counted up to 100,000; nothing is removed."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            classes = (await _view(stores)).classes
        counts = {}
        for one in classes:
            before = one.before(now)
            if before is None:
                continue
            async with self._unit_of_work.begin(asker.organisation_id) as stores:
                counts[one.data_class.name] = await stores.retention.count(
                    one.data_class.name, before, MOST_COUNTED
                )
        return counts

    async def hold(self, asker: Asker, number: str | None, reason: str) -> LegalHold:
        """Keep all of a number, or of the organisation, until the hold ends. Raises Invalid."""
        now = self._clock.now()
        reason = _reason(reason)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            read: str | None = None
            if number is not None:
                organisation = await stores.organisations.get()
                found = read_number(number, organisation.region if organisation else "BJ")
                if not isinstance(found, str):
                    raise Invalid(found.code, message(found.code, asker.language), field="number")
                read = found
            hold = LegalHold(
                legal_hold_id=self._ids.new(),
                number=read,
                reason=reason,
                user_id=asker.user_id,
                user_name=None,
                created_at=now,
                ended_at=None,
            )
            await stores.retention.add_hold(hold)
            await self._note(stores, asker, "legal_hold.added", hold, {"reason": reason})
            return _found(await stores.retention.get_hold(hold.legal_hold_id))

    async def end_hold(self, asker: Asker, legal_hold_id: UUID, reason: str) -> LegalHold:
        """Raises NotFound, Invalid, Conflict `HOLD_ENDED`."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            hold = _found(await stores.retention.get_hold(legal_hold_id))
            reason = _reason(reason)
            if hold.ended_at is not None:
                raise Conflict("HOLD_ENDED", "This hold has ended already.")
            await stores.retention.end_hold(legal_hold_id, asker.user_id, now)
            await self._note(stores, asker, "legal_hold.ended", hold, {"reason": reason})
            return _found(await stores.retention.get_hold(legal_hold_id))

    async def last(self) -> LastRetention | None:
        """What the last removals of all organisations came to; None: there has been none."""
        async with self._unit_of_work.begin_outside() as stores:
            organisation_ids = await stores.organisations.all_ids()
        runs: list[RetentionRun] = []
        for organisation_id in organisation_ids:
            async with self._unit_of_work.begin(organisation_id) as stores:
                runs += await stores.retention.runs(1)
        if not runs:
            return None
        return LastRetention(
            at=max(run.started_at for run in runs),
            rows=sum(sum(run.removed.values()) for run in runs),
            problems=sorted({run.problem for run in runs if run.problem}),
            unfinished=sum(run.ended_at is None for run in runs),
        )

    async def run_due(self) -> int:
        """Remove what is old in every organisation where it was not done lately; rows removed."""
        now = self._clock.now()
        async with self._unit_of_work.begin_outside() as stores:
            organisation_ids = await stores.organisations.all_ids()
        removed = 0
        for organisation_id in organisation_ids:
            async with self._unit_of_work.begin(organisation_id) as stores:
                last = await stores.retention.runs(1)
            if last and now - last[0].started_at < EVERY:
                continue
            run = await self.run(organisation_id, user_id=None)
            removed += sum(run.removed.values())
        return removed

    async def run(self, organisation_id: UUID, *, user_id: UUID | None) -> RetentionRun:
        """Remove what is old in one organisation, and write down what went."""
        now = self._clock.now()
        run = RetentionRun(
            retention_run_id=self._ids.new(),
            user_id=user_id,
            started_at=now,
            ended_at=None,
            removed={},
            problem="",
        )
        async with self._unit_of_work.begin(organisation_id) as stores:
            classes = (await _view(stores)).classes
            await stores.retention.put_run(run)
        removed: dict[str, int] = {}
        problem = ""
        for one in classes:
            try:
                gone = await self._forget(organisation_id, one)
            except KwaboError as error:  # busy: the next run goes on
                log.warning("retention gave a class up", data_class=one.data_class.name)
                problem = f"{error.code}:{one.data_class.name}"
                continue
            if gone:
                removed[one.data_class.name] = gone
        run = replace(run, ended_at=self._clock.now(), removed=removed, problem=problem)
        async with self._unit_of_work.begin(organisation_id) as stores:
            await stores.retention.put_run(run)
            if removed or user_id is not None:
                await stores.audit.record(
                    "retention.run",
                    actor_user_id=user_id,
                    subject_kind="retention",
                    subject_id=run.retention_run_id,
                    at=self._clock.now(),
                    details={"removed": removed, "problem": problem},
                )
        return run

    async def _forget(self, organisation_id: UUID, one: Kept) -> int:
        before = one.before(self._clock.now())
        if before is None:
            return 0
        name = one.data_class.name
        total = 0
        for _ in range(MOST_BATCHES):
            async with self._unit_of_work.begin(organisation_id) as stores:
                files: Sequence[str] = ()
                if name == "imports":
                    files = await stores.retention.import_files(before)
                gone = await stores.retention.forget(name, before, BATCH)
            if not gone:
                break
            for path in files:
                await self._uploads.remove(path)
            total += gone
            await self._clock.sleep(BREATH_SECONDS)
        return total

    async def _note(
        self, stores: Stores, asker: Asker, action: str, hold: LegalHold, details: Mapping[str, str]
    ) -> None:
        await stores.audit.record(
            action,
            actor_user_id=asker.user_id,
            subject_kind="legal_hold",
            subject_id=hold.legal_hold_id,
            at=self._clock.now(),
            details={"number": hold.number, **details},
        )


async def _view(stores: Stores) -> RetentionView:
    settings = await stores.retention.get()
    return RetentionView(
        settings=settings,
        classes=kept(
            {name: days for name, days in settings.days.items() if name in BY_NAME},
            await followed_presets(stores),
        ),
        holds=await stores.retention.holds(),
        runs=await stores.retention.runs(_RUNS_SHOWN),
    )


async def followed_presets(stores: Stores) -> list[Preset]:
    """Of the organisation and of every campaign, also those that have ended."""
    ids: set[str] = {(await stores.compliance.get()).preset}
    before: UUID | None = None
    while True:
        page = await stores.campaigns.find(state=None, before_campaign_id=before, limit=_PAGE)
        ids |= {c.settings.compliance_preset for c in page if c.settings.compliance_preset}
        if len(page) < _PAGE:
            return [preset_of(one) for one in sorted(ids)]
        before = page[-1].campaign_id


def _found(hold: LegalHold | None) -> LegalHold:
    if hold is None:
        raise NotFound("NOT_FOUND", "There is no such legal hold.")
    return hold


def _reason(text: str) -> str:
    reason = text.strip()
    if not 3 <= len(reason) <= 500:
        raise Invalid("HOLD_REASON", "Say why (3 to 500 characters); it is kept.", field="reason")
    return reason
