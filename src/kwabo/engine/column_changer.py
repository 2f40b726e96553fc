"""Rewrites contacts for changes of columns, one small batch per transaction.

A batch never waits for a row that somebody else holds: it ends before that row and goes on from
there, so the floor waits for a batch at most, and never in a circle. The place among the contacts
is part of each batch's transaction: killed at any moment, the change goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile
from typing import Final
from uuid import UUID

import structlog

from kwabo.domain.contacts.column_change import (
    ChangeKind,
    ChangeReport,
    changed_columns,
    converted,
    has_number,
    left_over_name,
    rewrites_contacts,
    touches_numbers,
    with_left_overs,
)
from kwabo.domain.contacts.columns import Column, ColumnKind
from kwabo.engine.leased_work import LeasedWork
from kwabo.kernel.clock import Clock
from kwabo.ports.column_changes import ColumnChange, NewValue, ValueAt
from kwabo.ports.contact_lists import ContactList
from kwabo.services.unit_of_work import Stores, UnitOfWork

LEASE_SECONDS: Final = 15.0
BATCH: Final = 500
CHECK_BATCH: Final = 1000
HELD_SECONDS: Final = 0.2
PAUSE_SECONDS: Final = 0.005  # between batches: the floor's turn
_SINCE_MARGIN: Final = timedelta(minutes=1)

log = structlog.get_logger(__name__)


class LostChange(Exception):
    """The change was cancelled, or another worker has it."""


class ColumnChanger(LeasedWork):
    """See the module. `worker` names this process among all that share the database."""

    name = "column_changes"

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        clock: Clock,
        worker: str,
        lease_seconds: float = LEASE_SECONDS,
        batch: int = BATCH,
    ) -> None:
        super().__init__(clock)
        self._unit_of_work = unit_of_work
        self._worker = worker
        self._lease_seconds = lease_seconds
        self._batch = batch

    async def work_once(self) -> bool:
        """Bring every open change on as far as it goes."""
        async with self._unit_of_work.begin_outside() as stores:
            waiting = await stores.column_changes.waiting()
        worked = False
        for column_change_id, organisation_id in waiting:
            try:
                while await self._step(column_change_id, organisation_id):
                    worked = True
                    await self._clock.sleep(PAUSE_SECONDS)
            except LostChange:
                continue
            except Exception as error:
                log.exception("column_change.failed", column_change_id=str(column_change_id))
                await self._note_error(column_change_id, organisation_id, error)
        return worked

    async def _step(self, column_change_id: UUID, organisation_id: UUID) -> bool:
        """One transaction; False when the change needs no more of it now."""
        async with self._unit_of_work.begin(organisation_id) as stores:
            change = await stores.column_changes.claim(
                column_change_id, self._worker, self._lease_seconds
            )
            if change is None:
                return False
            contact_list = await stores.contact_lists.get(change.contact_list_id)
            if contact_list is None:
                return False
            if change.state == "checking":
                after: ColumnChange | None = await self._check(stores, change, contact_list)
            else:
                after = await self._rewrite(stores, change, contact_list)
            if after is None:
                held = True
            else:
                held = False
                await stores.column_changes.change(replace(after, error=None))
                if after.state not in ("checking", "running", "cleaning"):
                    await stores.column_changes.release(column_change_id, self._worker)
        if held:
            await self._clock.sleep(HELD_SECONDS)
        return True

    async def _note_error(
        self, column_change_id: UUID, organisation_id: UUID, error: Exception
    ) -> None:
        """It is tried again when the lease has lapsed."""
        async with self._unit_of_work.begin(organisation_id) as stores:
            change = await stores.column_changes.get_for_change(column_change_id)
            if change is not None:
                said = f"{type(error).__name__}: see the server's log; it is tried again"
                await stores.column_changes.change(replace(change, error=said))

    # ── Looking ──────────────────────────────────────────────────────────────────────────────────

    async def _check(
        self, stores: Stores, change: ColumnChange, contact_list: ContactList
    ) -> ColumnChange:
        """Count the next contacts."""
        others = _phones_left(change, contact_list)
        values = await stores.column_changes.values_after(change, others, limit=CHECK_BATCH)
        report = ChangeReport.from_json(change.report)
        for row, found in enumerate(values, start=change.contacts_done + 1):
            code = ""
            if change.kind is ChangeKind.KIND and found.value:
                new = converted(found.value, change.settings.kind, contact_list.region, keep=True)
                code = new.code
                gains = change.settings.kind is ColumnKind.PHONE and has_number(new.value)
            else:
                gains = False
            if found.value:
                report.note(row, str(found.contact_id), found.value, code)
            if found.numbers and not gains and not any(map(has_number, found.phones)):
                report.without_number += 1
        moved = _moved(change, values)
        if len(values) == CHECK_BATCH:
            return replace(moved, report=report.as_json())
        return replace(moved, state="checked", report=report.as_json())

    # ── Rewriting ────────────────────────────────────────────────────────────────────────────────

    async def _rewrite(
        self, stores: Stores, change: ColumnChange, contact_list: ContactList
    ) -> ColumnChange | None:
        """The next batch, or the end of this pass; None when the next contact is held."""
        values: Sequence[ValueAt] = ()
        if change.state == "cleaning" or rewrites_contacts(
            change.kind, _before(change, contact_list), change.settings
        ):
            values = await stores.column_changes.values_after(change, (), limit=self._batch)
        if not values:
            return await self._end_pass(stores, change, contact_list)
        free = await stores.column_changes.lock([value.contact_id for value in values])
        mine = list(takewhile(lambda value: value.contact_id in free, values))
        if not mine:
            return None
        await _apply(stores, change, contact_list, mine)
        return _moved(change, mine)

    async def _end_pass(
        self, stores: Stores, change: ColumnChange, contact_list: ContactList
    ) -> ColumnChange:
        now = self._clock.now()
        if change.state == "cleaning":
            return replace(change, state="complete", ended_at=now)
        await stores.contacts.lock_list(change.contact_list_id)
        locked = await stores.contact_lists.get_for_change(change.contact_list_id)
        assert locked is not None
        writes = rewrites_contacts(change.kind, _before(change, locked), change.settings)
        if writes and change.started_at is not None:
            since = change.started_at - _SINCE_MARGIN
            late = await stores.column_changes.values_since(change, (), since)
            if late:  # what agents wrote meanwhile
                await _apply(stores, change, locked, late)
        await stores.contact_lists.change(
            replace(
                locked,
                columns=_columns_after(change, locked),
                key_columns=_keys_after(change, locked),
                updated_at=now,
            )
        )
        if change.kind is ChangeKind.RENAME:
            await stores.column_changes.rename_in_uses(
                change.contact_list_id, change.column_name, change.settings.name
            )
        if change.kind in (ChangeKind.RENAME, ChangeKind.REMOVE):
            return replace(
                change, state="cleaning", after_added_in=0, after_position=0, contacts_done=0
            )
        return replace(change, state="complete", ended_at=now)


def _moved(change: ColumnChange, values: Sequence[ValueAt]) -> ColumnChange:
    if not values:
        return change
    return replace(
        change,
        after_added_in=values[-1].added_in,
        after_position=values[-1].position,
        contacts_done=change.contacts_done + len(values),
        contacts_total=max(change.contacts_total, change.contacts_done + len(values)),
    )


def _before(change: ColumnChange, contact_list: ContactList) -> Column | None:
    return next((c for c in contact_list.columns if c.name == change.column_name), None)


def _phones_left(change: ColumnChange, contact_list: ContactList) -> list[str]:
    """The phone columns that the change does not touch."""
    return [
        column.name
        for column in contact_list.columns
        if column.kind is ColumnKind.PHONE and column.name != change.column_name
    ]


def _columns_after(change: ColumnChange, contact_list: ContactList) -> tuple[Column, ...]:
    columns = changed_columns(
        contact_list.columns, change.kind, change.column_name, change.settings
    )
    left_over = _left_over(change, contact_list)
    return with_left_overs(columns, change.column_name, left_over) if left_over else columns


def _keys_after(change: ColumnChange, contact_list: ContactList) -> tuple[str, ...]:
    if change.kind is not ChangeKind.RENAME:
        return contact_list.key_columns
    return tuple(
        change.settings.name if name == change.column_name else name
        for name in contact_list.key_columns
    )


def _left_over(change: ColumnChange, contact_list: ContactList) -> str:
    """The column for values that do not fit; "" when there is none."""
    settings = change.settings
    if change.kind is not ChangeKind.KIND or settings.kind is ColumnKind.PHONE:
        return ""
    unfit = ChangeReport.from_json(change.report).unfit
    if settings.unfit != "keep" or not unfit:
        return ""
    return left_over_name(contact_list.columns, change.column_name)


async def _apply(
    stores: Stores, change: ColumnChange, contact_list: ContactList, values: Sequence[ValueAt]
) -> None:
    """Rewrite these contacts."""
    store, settings = stores.column_changes, change.settings
    ids = [value.contact_id for value in values]
    columns = contact_list.columns
    if change.state != "cleaning":
        columns = changed_columns(columns, change.kind, change.column_name, settings)
    if change.kind is ChangeKind.ADD:
        if settings.default:
            await store.fill(ids, settings.name, settings.default)
    elif change.kind is ChangeKind.RENAME:
        if change.state == "cleaning":
            await store.drop(ids, change.column_name)
        else:
            await store.copy(ids, change.column_name, settings.name)
    elif change.kind is ChangeKind.REMOVE:
        if change.state != "cleaning":
            return
        await store.drop(ids, change.column_name)
    elif change.kind is ChangeKind.KIND:
        await _convert(stores, change, contact_list, values)
    before = _before(change, contact_list)
    if touches_numbers(change.kind, before, settings):
        await store.derive(ids, columns)


async def _convert(
    stores: Stores, change: ColumnChange, contact_list: ContactList, values: Sequence[ValueAt]
) -> None:
    left_over = _left_over(change, contact_list)
    made = []
    for found in values:
        if not found.value:
            continue
        new = converted(
            found.value,
            change.settings.kind,
            contact_list.region,
            keep=change.settings.unfit == "keep",
        )
        if new.value != found.value or new.left_over:
            kept = new.left_over if left_over and new.left_over else None
            made.append(NewValue(found.contact_id, new.value, kept))
    if made:
        await stores.column_changes.put(made, change.column_name, left_over)
