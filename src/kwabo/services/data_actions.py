"""Data actions: made, changed, tried with sample values; what they have told and not yet told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from kwabo.domain.campaigns.rule_sets.conditions import DataAction as DataCondition
from kwabo.domain.campaigns.rule_sets.document import Kind, Known, read_rules
from kwabo.domain.data_actions.asking import question_of, read_answer
from kwabo.domain.data_actions.settings import HTTP, DataActionSettings, objections, tidied
from kwabo.domain.data_actions.statements import DatabaseQuestion
from kwabo.domain.data_actions.templates import THE_SECRET, UnsafeValue, in_header
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.outgoing.requests import OutgoingRequest
from kwabo.kernel.clock import Clock
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.kernel.ids import IdFactory
from kwabo.ports.data_actions import DataAction, DataDelivery
from kwabo.ports.dnc_providers import SecretFiles
from kwabo.ports.outgoing import QuestionClient
from kwabo.services.names import checked_name
from kwabo.services.objections import refuse
from kwabo.services.pages import Page, page_token, position_of
from kwabo.services.unit_of_work import Stores, UnitOfWork
from kwabo.services.uses import check_unused
from kwabo.services.versions import check_version

HIDDEN: Final = "•••"
SHOWN_CHARACTERS: Final = 4_000  # of an answer
SECRET_MISSING: Final = "SECRET_MISSING"  # noqa: S105 (a code)
VALUE_UNSAFE: Final = "VALUE_UNSAFE"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedAction:
    """What a question with sample values brought; the secret is hidden wherever it stands."""

    method: str = ""
    url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    status: int | None = None
    seconds: float = 0.0
    answer: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()  # outputs that are not in the answer
    failure: str = ""


class DataActionService:
    """See the module."""

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        *,
        client: QuestionClient,
        secret_files: SecretFiles,
        ids: IdFactory,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._client = client
        self._secret_files = secret_files
        self._ids = ids
        self._clock = clock

    async def all(self, asker: Asker) -> Sequence[DataAction]:
        """Every data action, by name."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return await stores.data_actions.all()

    async def get(self, asker: Asker, data_action_id: UUID) -> DataAction:
        """Raises NotFound."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            return _found(await stores.data_actions.get(data_action_id))

    async def add(self, asker: Asker, name: str, settings: DataActionSettings) -> DataAction:
        """Raises Invalid with `details.fields`, Conflict `NAME_TAKEN`."""
        now = self._clock.now()
        made = DataAction(
            data_action_id=self._ids.new(),
            name=checked_name(name),
            settings=_checked(settings),
            created_at=now,
            updated_at=now,
        )
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            await stores.data_actions.add(made)
            await self._audit(stores, asker, "data_action.created", made)
        return made

    async def change(
        self,
        asker: Asker,
        data_action_id: UUID,
        version: int,
        name: str,
        settings: DataActionSettings,
    ) -> DataAction:
        """Answers to the old question count no more; the circuit breaker closes. Raises as `add`,
        NotFound, Conflict `STALE_VERSION`, `DATA_ACTION_OUTPUT_USED`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.data_actions.get_for_change(data_action_id))
            check_version(version, old.version)
            new = replace(
                old,
                name=checked_name(name),
                settings=_checked(settings),
                version=old.version + 1,
                updated_at=self._clock.now(),
            )
            await _check_uses(stores, old, new)
            await stores.data_actions.change(new)
            await self._audit(stores, asker, "data_action.changed", new)
            return _found(await stores.data_actions.get(data_action_id))

    async def delete(self, asker: Asker, data_action_id: UUID) -> None:
        """Raises NotFound, Conflict `DATA_ACTION_IN_USE`, `DATA_ACTION_IN_FLOW`."""
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            old = _found(await stores.data_actions.get_for_change(data_action_id))
            check_unused(
                "DATA_ACTION_IN_USE",
                old.rule_sets,
                "These rule sets use the data action: {names}. Take it out of them first.",
                detail="rule_sets",
            )
            check_unused(
                "DATA_ACTION_IN_FLOW",
                await stores.flows.using("source", str(data_action_id)),
                "These flows ask the data action: {names}. Take it out of them first.",
                detail="flows",
            )
            if old.waiting:
                raise Conflict(
                    "DATA_ACTION_OWES",
                    f"The data action still has {old.waiting} deliveries to make. Wait until they "
                    "are made or given up.",
                    details={"waiting": old.waiting},
                )
            await stores.data_actions.delete(data_action_id)
            await self._audit(stores, asker, "data_action.deleted", old)

    async def try_out(
        self, asker: Asker, settings: DataActionSettings, values: Mapping[str, str]
    ) -> TriedAction:
        """Ask with these values in the placeholders' places; nothing is kept. Raises Invalid."""
        settings = _checked(settings)
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            organisation = await stores.organisations.get()
            await stores.audit.record(
                "data_action.tried",
                actor_user_id=asker.user_id,
                subject_kind="data_action",
                subject_id=None,
                at=self._clock.now(),
                details=_where(settings),
            )
        secret: str | None = ""
        if settings.secret_name and organisation is not None:
            secret = self._secret_files.read(organisation.slug, settings.secret_name)
        if secret is None:
            return TriedAction(failure=SECRET_MISSING)
        try:
            question = question_of(settings, values, secret, str(self._ids.new()))
        except UnsafeValue:
            return TriedAction(failure=VALUE_UNSAFE)
        sent = await self._client.send(question)
        told = _told(question, secret)
        text = sent.body.decode("utf-8", "replace")
        told = replace(
            told,
            status=None if isinstance(question, DatabaseQuestion) else sent.status,
            seconds=sent.seconds,
            answer=_hidden(text, secret)[:SHOWN_CHARACTERS],
            failure=sent.failure,
        )
        if sent.failure or sent.status is None:
            return told
        reading = read_answer(settings, sent.status, sent.body)
        names = [output.name for output in settings.outputs]
        return replace(
            told,
            outputs={name: _hidden(v, secret) for name, v in reading.outputs.items()},
            missing=tuple(name for name in names if name not in reading.outputs),
            failure=reading.failure,
        )

    # ── Deliveries ───────────────────────────────────────────────────────────────────────────────

    async def deliveries(
        self,
        asker: Asker,
        data_action_id: UUID,
        *,
        state: str | None,
        limit: int,
        token: str | None,
    ) -> Page[DataDelivery]:
        """What rules told by it, the newest first. Raises NotFound."""
        place = position_of(token, str, str)
        before = None
        if place is not None:
            try:
                before = (datetime.fromisoformat(place[0]), UUID(place[1]))
            except ValueError:
                raise Invalid(
                    "PAGE_TOKEN", "Ask for the first page again.", field="page_token"
                ) from None
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            _found(await stores.data_actions.get(data_action_id))
            found = await stores.data_actions.deliveries(
                data_action_id, state=state, before=before, limit=limit + 1
            )
        more, found = len(found) > limit, found[:limit]
        last = found[-1] if more else None
        return Page(
            items=found,
            next_page_token=page_token(last.created_at.isoformat(), str(last.delivery_id))
            if last
            else None,
            total=None,
        )

    async def try_again(self, asker: Asker, data_action_id: UUID, delivery_id: UUID) -> None:
        """Try a delivery that was given up. Raises NotFound."""
        now = self._clock.now()
        async with self._unit_of_work.begin(asker.organisation_id) as stores:
            action = _found(await stores.data_actions.get(data_action_id))
            if not await stores.data_actions.try_again(data_action_id, delivery_id, now):
                raise NotFound("NOT_FOUND", "There is no such delivery that was given up.")
            await self._audit(stores, asker, "data_action.tried_again", action)

    async def _audit(self, stores: Stores, asker: Asker, what: str, action: DataAction) -> None:
        await stores.audit.record(
            what,
            actor_user_id=asker.user_id,
            subject_kind="data_action",
            subject_id=action.data_action_id,
            at=self._clock.now(),
            details={
                "name": action.name,
                **_where(action.settings),
                "version": action.version,
            },
        )


def _found(action: DataAction | None) -> DataAction:
    if action is None:
        raise NotFound("NOT_FOUND", "There is no such data action.")
    return action


def _checked(settings: DataActionSettings) -> DataActionSettings:
    settings = tidied(settings)
    refuse(objections(settings))
    return settings


async def _check_uses(stores: Stores, old: DataAction, new: DataAction) -> None:
    """Rules go on finding what they name. Raises Conflict."""
    names = {output.name for output in new.settings.outputs}
    for rule_set in await stores.rule_sets.all():
        if rule_set.name not in old.rule_sets:
            continue
        rules, _ = read_rules(rule_set.document, Kind(rule_set.kind), Known())
        told = {
            output
            for rule in rules
            for action in rule.actions
            if getattr(action, "data_action_id", None) == old.data_action_id
            for output in getattr(action, "write", ())
        }
        asked = {
            condition.output
            for rule in rules
            for condition, _ in rule.conditions
            if isinstance(condition, DataCondition)
            and condition.data_action_id == old.data_action_id
        }
        missing = ", ".join(sorted((told | asked) - names))
        if missing:
            raise Conflict(
                "DATA_ACTION_OUTPUT_USED",
                f"The rule set '{rule_set.name}' uses {missing}. Keep it, or change the rules "
                "first.",
                field="outputs",
                details={"rule_set": rule_set.name, "outputs": missing},
            )


def _where(settings: DataActionSettings) -> dict[str, str]:
    """What an audit says of the address."""
    if settings.kind == HTTP:
        return {"url": settings.url}
    return {"url": f"{settings.engine}://{settings.user}@{settings.host}/{settings.database}"}


def _told(request: OutgoingRequest | DatabaseQuestion, secret: str) -> TriedAction:
    if isinstance(request, DatabaseQuestion):
        values = "".join(
            f"\n-- {number}: {value}" for number, value in enumerate(request.values, start=1)
        )
        return TriedAction(
            method="SQL", url=_hidden(request.address, secret), body=request.statement + values
        )
    return TriedAction(
        method=request.method,
        url=_hidden(request.url, secret),
        headers={name: _hidden(value, secret) for name, value in request.headers.items()},
        body=_hidden(request.body, secret),
    )


def _hidden(text: str, secret: str) -> str:
    if not secret:
        return text
    written = in_header(f"{{{THE_SECRET}}}", {THE_SECRET: secret})
    return text.replace(secret, HIDDEN).replace(written, HIDDEN)
