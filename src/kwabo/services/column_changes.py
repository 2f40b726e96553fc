"""Changes of the columns of a list in use: asked for, looked at, confirmed, followed.

What a rename reaches (scripts, required fields, the key, templates of the list's scheduled imports)
follows in the transaction that gives the column its name. What cannot follow refuses the change and
says where the column is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal
from uuid import UUID

from kwabo.domain.campaigns.script import can_be_placeholder
from kwabo.domain.contacts.column_change import (
    COLUMN_CHANGE_STATES,
    ChangeKind,
    ChangeSettings,
    ColumnUse,
    UseKind,
    needs_check,
    objection,
)
from kwabo.domain.contacts.problems import PROBLEMS
from kwabo.domain.organisations.asker import Asker
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.column_changes import ColumnChange
from kwabo.ports.contact_lists import ContactList
from kwabo.services.contact_lists import COLUMN_MESSAGES, found_list, refuse_during_import
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.versions import check_version

SHOWN: Final = 20
_FOLLOWING: Final = {UseKind.SCRIPT, UseKind.REQUIRED_FIELD, UseKind.TEMPLATE}


class ColumnChangeService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def of_list(self, asker: Asker, contact_list_id: UUID) -> Sequence[ColumnChange]:
        """The newest changes. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            found_list(await stores.contact_lists.get(contact_list_id))
            return await stores.column_changes.of_list(contact_list_id, limit=SHOWN)

    async def get(self, asker: Asker, column_change_id: UUID) -> ColumnChange:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.column_changes.get(column_change_id))

    async def uses(self, asker: Asker, contact_list_id: UUID, column: str) -> list[ColumnUse]:
        """Where a column is used. Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact_list = found_list(await stores.contact_lists.get(contact_list_id))
            return await _uses(stores, contact_list, column)

    async def ask(
        self,
        asker: Asker,
        contact_list_id: UUID,
        version: int,
        kind: ChangeKind,
        column: str,
        settings: ChangeSettings,
    ) -> ColumnChange:
        """Begin a change, or the check before it. Raises NotFound, Invalid, Conflict."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            contact_list = found_list(await stores.contact_lists.get_for_change(contact_list_id))
            check_version(version, contact_list.version)
            await _check(stores, contact_list, kind, column, settings)
            before = next((c for c in contact_list.columns if c.name == column), None)
            if kind is ChangeKind.REMOVE and before is not None:
                settings = replace(settings, kind=before.kind)
            counts = await stores.contact_lists.count_contacts([contact_list_id])
            change = ColumnChange(
                column_change_id=self._ids.new(),
                organisation_id=asker.organisation_id,
                contact_list_id=contact_list_id,
                user_id=asker.user_id,
                kind=kind,
                column_name=settings.name if kind is ChangeKind.ADD else column,
                settings=settings,
                state="checking" if needs_check(kind, before) else "running",
                after_added_in=0,
                after_position=0,
                contacts_done=0,
                contacts_total=counts[contact_list_id],
                report={},
                error=None,
                created_at=self._clock.now(),
                started_at=None,
                ended_at=None,
            )
            await stores.column_changes.add(change)
            await self._note(stores, asker, change, "asked")
            return _found(await stores.column_changes.get(change.column_change_id))

    async def apply(
        self, asker: Asker, column_change_id: UUID, unfit: Literal["keep", "clear"]
    ) -> ColumnChange:
        """Do what has been checked. Raises NotFound, Invalid, Conflict."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            change = _found(await stores.column_changes.get_for_change(column_change_id))
            contact_list = found_list(
                await stores.contact_lists.get_for_change(change.contact_list_id)
            )
            state = _after(change, "apply")
            settings = replace(change.settings, unfit=unfit)
            await _check(stores, contact_list, change.kind, change.column_name, settings)
            changed = replace(
                change,
                settings=settings,
                state=state,
                after_added_in=0,
                after_position=0,
                contacts_done=0,
            )
            await stores.column_changes.change(changed)
            await self._note(stores, asker, changed, "applied")
            return _found(await stores.column_changes.get(column_change_id))

    async def cancel(self, asker: Asker, column_change_id: UUID) -> ColumnChange:
        """Give up a change of which nothing has been done. Raises NotFound, Conflict."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            change = _found(await stores.column_changes.get_for_change(column_change_id))
            state = _after(change, "cancel")
            changed = replace(change, state=state, ended_at=self._clock.now())
            await stores.column_changes.change(changed)
            await self._note(stores, asker, changed, "cancelled")
            return changed

    async def _note(self, stores: Stores, asker: Asker, change: ColumnChange, what: str) -> None:
        await stores.audit.record(
            f"column_change.{what}",
            actor_user_id=asker.user_id,
            subject_kind="contact_list",
            subject_id=change.contact_list_id,
            at=self._clock.now(),
            details={"kind": change.kind.value, "column": change.column_name},
        )


def _found(change: ColumnChange | None) -> ColumnChange:
    if change is None:
        raise NotFound("NOT_FOUND", "There is no such change of a column.")
    return change


def _after(change: ColumnChange, event: str) -> str:
    state = COLUMN_CHANGE_STATES.after(change.state, event)
    if state is None:
        raise Conflict(
            "COLUMN_CHANGE_STATE",
            f"A change that is {change.state} cannot be '{event}'. Load the page again.",
            details={"state": change.state, "event": event},
        )
    return state


async def _uses(stores: Stores, contact_list: ContactList, column: str) -> list[ColumnUse]:
    found = await stores.column_changes.uses(contact_list.contact_list_id, column)
    if column in contact_list.key_columns:
        found.insert(0, ColumnUse(UseKind.KEY, contact_list.name))
    return found


async def _check(
    stores: Stores,
    contact_list: ContactList,
    kind: ChangeKind,
    column: str,
    settings: ChangeSettings,
) -> None:
    """Raise Invalid or Conflict when the change cannot be made."""
    field, code = objection(contact_list.columns, contact_list.key_columns, kind, column, settings)
    if code:
        message = COLUMN_CHANGE_MESSAGES.get(code) or COLUMN_MESSAGES.get(code)
        raise Invalid(code, message or PROBLEMS[code][0], field=field, details={"column": column})
    await refuse_during_import(stores, contact_list.contact_list_id)
    if kind in (ChangeKind.ADD, ChangeKind.LABEL, ChangeKind.ORDER):
        return
    uses = await _uses(stores, contact_list, column)
    blocking = [use for use in uses if _blocks(use, kind)]
    if blocking:
        raise Conflict(
            "COLUMN_IN_USE",
            "The column is used elsewhere. Take it out there first: "
            + ", ".join(f"{use.kind.value} “{use.name}”" for use in blocking),
            field="column",
            details={
                "places": ", ".join(f"{use.kind.value} “{use.name}”" for use in blocking),
                "uses": [{"kind": use.kind.value, "name": use.name} for use in blocking],
            },
        )
    in_script = any(use.kind is UseKind.SCRIPT for use in uses)
    if kind is ChangeKind.RENAME and in_script and not can_be_placeholder(settings.name):
        raise Invalid(
            "NAME_NOT_FOR_SCRIPTS",
            "A script shows this column, and a script cannot show a name with { or }.",
            field="name",
        )


def _blocks(use: ColumnUse, kind: ChangeKind) -> bool:
    if kind is ChangeKind.RENAME:
        return use.kind is not UseKind.KEY and (use.kind not in _FOLLOWING or use.shared)
    if kind is ChangeKind.KIND:
        return use.kind in (UseKind.FILTER, UseKind.SORT, UseKind.FLOW_NOTE)
    return True


COLUMN_CHANGE_MESSAGES: Final = {
    "COLUMN_UNKNOWN": "The list has no such column. Load the page again.",
    "ORDER_INCOMPLETE": "The order must name every column of the list once. Load the page again.",
    "KIND_SAME": "The column has this kind already. Choose another one.",
    "COLUMN_IN_KEY": "The column is part of the list's key: every contact is recognised by it. "
    "Import into a new list with another key instead.",
    "LAST_PHONE_COLUMN": "It is the list's only phone column. Add another one first.",
    "DEFAULT_PHONE": "A phone column has no default: everybody would have the same number. Leave "
    "it empty.",
    "DEFAULT_FORM": "Write the default in the form in which values are kept: 1200.5, 2026-11-26, "
    "Africa/Porto-Novo, fr.",
}
