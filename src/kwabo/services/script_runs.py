"""A script during a call: what the agent sees, saves and does with its buttons.

Answers are kept and their columns written at once, so that neither a lost tab nor a transfer loses
them (docs/decisions/0021-scripts.md). A column that somebody else has changed since the agent saw
it is not overwritten: the answer is kept, and the agent decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.scripts.answers import for_column, of_column, read_answer
from kwabo.domain.scripts.document import Field, button_of, fields_of, pages_of
from kwabo.domain.scripts.problems import problem
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.attempts import Attempt
from kwabo.ports.contacts import Contact
from kwabo.ports.scripts import ScriptRun, ScriptVersion
from kwabo.services.objections import refuse
from kwabo.services.script_buttons import act
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.wrap_ups import own_attempt

SAVED_AFTERWARDS: Final = timedelta(hours=24)  # how long after its end a call takes answers


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """An answer, and what its column held when the agent gave it."""

    value: Any  # text, or several choices
    base: str | None = None  # None: whatever it holds is overwritten


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswers:
    """What has changed since the last save."""

    revision: int  # rises with every save; an older one changes nothing
    page: str
    visited: Sequence[str]
    answers: Mapping[str, NewAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnConflict:
    """A column that somebody else has changed: it was left as it is."""

    field: str
    column: str
    value: str  # what it holds


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningScript:
    """The script of a call with its version and answers."""

    run: ScriptRun
    version: ScriptVersion
    contact: Contact | None
    conflicts: Sequence[ColumnConflict] = ()


class ScriptRunService:
    """See the module."""

    def __init__(self, unit_of_work: UnitOfWork, *, ids: IdFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def save(self, asker: Asker, attempt_id: UUID, new: NewAnswers) -> RunningScript:
        """Keep answers and write their columns. The same save again changes nothing.

        Raises NotFound, Invalid with `details.fields`, Conflict `SCRIPT_CLOSED`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            attempt = await own_attempt(stores, asker, attempt_id)
            if attempt.closed_at and self._clock.now() - attempt.closed_at > SAVED_AFTERWARDS:
                raise Conflict(
                    "SCRIPT_CLOSED", "This call ended long ago; its answers cannot change any more."
                )
            run, version = await self._run(stores, attempt, lock=True)
            contact = await stores.scripts.contact_for_change(attempt.contact_id)
            if new.revision <= run.revision:
                return RunningScript(run=run, version=version, contact=contact)
            fields = fields_of(version.document)
            read = await _read(stores, fields, new.answers)
            pages = {str(page.get("id")) for page in pages_of(version.document)}
            run = replace(
                run,
                page=new.page if new.page in pages else run.page,
                visited=tuple(dict.fromkeys(p for p in [*run.visited, *new.visited] if p in pages)),
                answers={**run.answers, **read},
                revision=new.revision,
                user_id=asker.user_id,
                saved_at=self._clock.now() if read or run.saved_at else None,
            )
            personal = frozenset(name for name, field in fields.items() if field.personal)
            await stores.scripts.save_run(run, personal)
            conflicts: list[ColumnConflict] = []
            if contact is not None:
                contact, conflicts = await _write(stores, contact, fields, read, new.answers)
            return RunningScript(run=run, version=version, contact=contact, conflicts=conflicts)

    async def press(self, asker: Asker, attempt_id: UUID, button_id: str) -> str:
        """Do what a button of the call's script does to lists and contacts; a code says what.

        The script's author, not the agent, needs the right to write DNC lists: the agent can do
        what the button says and nothing else. Raises NotFound, Invalid `SCRIPT_BUTTON`.
        """
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            attempt = await own_attempt(stores, asker, attempt_id)
            _, version = await self._run(stores, attempt)
            button = button_of(version.document, button_id)
            if button is None:
                raise NotFound("NOT_FOUND", "The script has no such button.", field="button_id")
            return await act(
                stores, asker, attempt, button["action"], ids=self._ids, clock=self._clock
            )

    async def _run(
        self, stores: Stores, attempt: Attempt, *, lock: bool = False
    ) -> tuple[ScriptRun, ScriptVersion]:
        running = await begun_run(stores, attempt, self._clock, lock=lock)
        if running is None:
            raise NotFound("NOT_FOUND", "The call's campaign has no script with pages.")
        return running


async def begun_run(
    stores: Stores, attempt: Attempt, clock: Clock, *, lock: bool = False
) -> tuple[ScriptRun, ScriptVersion] | None:
    """The script with which the call began; it begins now when nobody has looked at it yet."""
    await stores.scripts.begin_run(
        attempt.attempt_id, attempt.campaign_id, attempt.contact_id, clock.now()
    )
    run = await stores.scripts.run(attempt.attempt_id, lock=lock)
    if run is None:
        return None
    version = await stores.scripts.version(run.script_id, run.script_version)
    return None if version is None else (run, version)


async def _read(
    stores: Stores, fields: Mapping[str, Field], answers: Mapping[str, NewAnswer]
) -> dict[str, Any]:
    """The answers in canonical form. Raises Invalid with every wrong one."""
    organisation = await stores.organisations.get()
    region = organisation.region if organisation else "BJ"
    found: list[Objection] = []
    read: dict[str, Any] = {}
    for name, answer in answers.items():
        field = fields.get(name)
        if field is None or field.read_only:
            found.append(problem(f"answers.{name}"[:200], "SCRIPT_ANSWER_UNKNOWN", name=name[:100]))
            continue
        value, code = read_answer(field, answer.value, region)
        if code:
            found.append(problem(f"answers.{name}", code, most=10_000))
        read[name] = list(value) if isinstance(value, tuple) else value
    refuse(found)
    return read


async def _write(
    stores: Stores,
    contact: Contact,
    fields: Mapping[str, Field],
    read: Mapping[str, Any],
    given: Mapping[str, NewAnswer],
) -> tuple[Contact, list[ColumnConflict]]:
    """Write the columns of answers, but for those that changed since the agent saw them."""
    written: dict[str, str] = {}
    conflicts: list[ColumnConflict] = []
    contact_list = await stores.contact_lists.get(contact.contact_list_id)
    columns = {column.name for column in contact_list.columns} if contact_list else set()
    for name, answer in read.items():
        field = fields[name]
        if field.column is None or field.column not in columns:
            continue
        held, wanted = contact.data.get(field.column) or "", for_column(field, answer)
        if held == wanted or (answer and of_column(field, held) == answer):
            continue
        base = given[name].base
        if base is not None and base != held:
            conflicts.append(ColumnConflict(field=name, column=field.column, value=held))
        else:
            written[field.column] = wanted
    if written:
        await stores.scripts.write_columns(contact.contact_id, written)
        contact = replace(contact, data={**contact.data, **written}, version=contact.version + 1)
    return contact, conflicts
