"""The contract's bench on PostgreSQL."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg

from contract.floor_store.bench import Place
from database import Database
from kwabo.adapters.postgres.callable_time_rules import rules_as_json
from kwabo.adapters.postgres.engine import create_engine
from kwabo.adapters.postgres.floor import PostgresFloorStore
from kwabo.adapters.postgres.unit_of_work import PostgresUnitOfWork
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.domain.compliance.attempt_limits import AttemptLimit
from kwabo.domain.compliance.callable_time_set import CallableTimeSet
from kwabo.domain.contacts.filters.sorting import as_document
from kwabo.domain.data_actions.settings import DataActionSettings
from kwabo.domain.data_actions.settings import as_document as settings_document
from kwabo.domain.routing.settings import QueueSettings
from kwabo.ports.floor_rows import CampaignRow
from kwabo.ports.floor_store import FloorName

_CAMPAIGN_COLUMNS = [
    "campaign_id",
    "name",
    "contact_list_id",
    "mode",
    "flow_id",
    "lines_most",
    "priority",
    "queue_id",
    "trunk_id",
    "caller_id",
    "caller_name",
    "callable_weekdays",
    "callable_from",
    "callable_until",
    "dnc_list_ids",
    "max_attempts",
    "recall_seconds",
    "minimum_gap_seconds",
    "no_answer_timeout_seconds",
    "after_call_limit_seconds",
    "call_analysis",
    "preview_delivery",
    "preview_timeout_seconds",
    "preview_skip_allowed",
    "state",
    "state_reason",
    "compliance_preset",
    "consent_purpose",
    "consent_required",
    "contract_calls",
    "sector",
    "attempt_limit_ids",
    "recall_rules",
    "number_order",
    "number_label_order",
]


class PostgresBench:
    """See `Bench`. Rows are put there by the database's owner, whom no policy binds."""

    def __init__(
        self, store: PostgresFloorStore, connection: asyncpg.Connection[Any], database: Database
    ) -> None:
        self.store = store
        self._connection = connection
        self._database = database
        self._ids = TimeOrderedIds(SystemClock(), random.Random(1))
        self._at = datetime.now(UTC)
        self.place: Place = None  # type: ignore[assignment]  # by `prepare`

    async def prepare(self) -> None:
        """Make what a campaign needs, in organisation A."""
        organisation_id, floor_id = await self._connection.fetchrow(
            "SELECT organisation_id, floor_id FROM floors"
            " JOIN organisations USING (organisation_id) WHERE slug = 'a'"
        )
        agents = await self._connection.fetch(
            "SELECT user_id FROM users WHERE organisation_id = $1 AND role = 'agent'"
            " ORDER BY user_id",
            organisation_id,
        )
        self.place = Place(
            floor=FloorName(floor_id=floor_id, organisation_id=organisation_id),
            queue_id=self.new_id(),
            trunk_id=self.new_id(),
            contact_list_id=self.new_id(),
            dnc_list_id=self.new_id(),
            code_id=self.new_id(),
            agents=tuple(row["user_id"] for row in agents),
        )
        place = self.place
        await self._insert("queues", queue_id=place.queue_id, name="Contract")
        for user_id in place.agents:
            await self._insert(
                "queue_members", timed=False, queue_id=place.queue_id, user_id=user_id
            )
        await self._insert("trunks", trunk_id=place.trunk_id, name="Contract", endpoint="carrier")
        await self._insert(
            "contact_lists",
            contact_list_id=place.contact_list_id,
            name="Contract",
            region="BJ",
            time_zone="Africa/Porto-Novo",
            updated_at=self._at,
        )
        await self._insert("dnc_lists", dnc_list_id=place.dnc_list_id, name="Contract")
        await self._insert(
            "wrap_up_codes", wrap_up_code_id=place.code_id, name="Contract", flags=["success"]
        )

    async def _insert(self, table: str, *, timed: bool = True, **values: Any) -> None:
        values["organisation_id"] = self.place.floor.organisation_id
        if timed:
            values["created_at"] = self._at
        names = ", ".join(values)
        marks = ", ".join(f"${n}" for n in range(1, len(values) + 1))
        await self._connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", *values.values()
        )

    def new_id(self) -> UUID:
        return self._ids.new()

    async def lapse(self) -> None:
        await self._connection.execute("UPDATE floors SET lease_until = now() - interval '1 s'")

    async def add_inbound_number(self, number: str, campaign_id: UUID, flow_id: UUID) -> None:
        await self._insert(
            "flows", flow_id=flow_id, name=f"Flow {flow_id}", draft="{}", updated_at=self._at
        )
        await self._insert(
            "inbound_numbers",
            inbound_number_id=self.new_id(),
            number=number,
            flow_id=flow_id,
            campaign_id=campaign_id,
            updated_at=self._at,
        )

    async def choose(self, row: CampaignRow) -> None:
        await self._connection.execute(
            "UPDATE campaigns SET contact_list_filter_ids = $2, scan_added_in = 0,"
            " scan_position = 0 WHERE campaign_id = $1",
            row.campaign_id,
            [one.contact_list_filter_id for one in row.choice.filters],
        )

    async def find_head(self, campaign_id: UUID) -> None:
        engine = create_engine(self._database.app_url)
        organisation_id = self.place.floor.organisation_id
        async with PostgresUnitOfWork(engine).begin(organisation_id) as stores:
            await stores.campaigns.find_head(campaign_id, self._at)
        await engine.dispose()

    async def put_in_front(self, contact_id: UUID) -> None:
        await self._insert(
            "contact_looks",
            contact_list_id=self.place.contact_list_id,
            contact_id=contact_id,
            front=True,
        )

    async def change_contact_unseen(self, contact_id: UUID, data: Mapping[str, str]) -> None:
        await self._connection.execute(
            "UPDATE contacts SET data = $2 WHERE contact_id = $1", contact_id, json.dumps(data)
        )
        await self._connection.execute("DELETE FROM contact_looks")

    async def add_campaign(self, row: CampaignRow) -> None:
        values = {name: getattr(row, name) for name in _CAMPAIGN_COLUMNS}
        for name in ("recall_seconds", "recall_rules"):
            values[name] = json.dumps(values[name])
        values |= {f"callback_{name}": value for name, value in asdict(row.callbacks).items()}
        values |= {
            "agent_owned_column": row.records.column,
            "owner_absent": row.records.absent,
            "owner_absent_hours": row.records.absent_hours,
            "preview_column": row.preview_column,
            "preview_values": list(row.preview_values),
        }
        values["contact_list_filter_ids"] = [
            one.contact_list_filter_id for one in row.choice.filters
        ]
        values["choice_version"] = row.choice.version
        values["sort"] = json.dumps(as_document(row.choice.sort))
        values["sort_mode"] = "dynamic" if row.choice.dynamic else "static"
        if row.callable_time_set is not None:
            await self._add_callable_time_set(row.callable_time_set)
            values["callable_time_set_id"] = row.callable_time_set.callable_time_set_id
        await self._connection.execute(
            "UPDATE contact_lists SET zone_source = $1, time_zone = $2 WHERE contact_list_id = $3",
            row.zone_source,
            row.list_time_zone,
            row.contact_list_id,
        )
        await self._insert("campaigns", **values, state_changed_at=self._at, updated_at=self._at)

    async def add_contact(
        self,
        *numbers: str,
        time_zone: str | None = None,
        data: Mapping[str, str] | None = None,
    ) -> UUID:
        contact_id = self.new_id()
        await self._insert_contact(self._connection, contact_id, numbers, time_zone, data)
        return contact_id

    async def change_contact(self, contact_id: UUID, data: Mapping[str, str]) -> None:
        await self._connection.execute(
            "UPDATE contacts SET data = data || CAST($2 AS jsonb) WHERE contact_id = $1",
            contact_id,
            json.dumps(dict(data)),
        )

    async def login_of(self, user_id: UUID) -> str:
        login = await self._connection.fetchval(
            "SELECT login FROM users WHERE user_id = $1", user_id
        )
        return str(login)

    async def add_agent(self, login: str) -> UUID:
        user_id = self.new_id()
        await self._insert(
            "users",
            user_id=user_id,
            login=login,
            display_name="Agent",
            password_hash="-",
            role="agent",
            updated_at=self._at,
        )
        await self._insert(
            "queue_members", timed=False, queue_id=self.place.queue_id, user_id=user_id
        )
        return user_id

    async def close_account(self, user_id: UUID) -> None:
        await self._connection.execute(
            "UPDATE users SET active = false WHERE user_id = $1", user_id
        )

    async def callback(self, callback_id: UUID) -> tuple[str, datetime, str]:
        row = await self._connection.fetchrow(
            "SELECT state, due_at, reason FROM callbacks WHERE callback_id = $1", callback_id
        )
        return row["state"], row["due_at"], row["reason"]

    async def _add_callable_time_set(self, callable_time_set: CallableTimeSet) -> None:
        await self._insert(
            "callable_time_sets",
            callable_time_set_id=callable_time_set.callable_time_set_id,
            name=callable_time_set.callable_time_set_id.hex,
            version=callable_time_set.version,
            rules=json.dumps(rules_as_json(callable_time_set.rules)),
            updated_at=self._at,
        )

    async def add_zoned_contact(self, zones: Mapping[str, str], time_zone: str | None) -> UUID:
        columns = [f"phone {index}" for index in range(len(zones))]
        named = zip(columns, zones.values(), strict=True)
        data = {f"zone of {name}": zone for name, zone in named} | {"zone": time_zone or ""}
        plain = [(name, "phone", None) for name in columns] + [("zone", "time_zone", None)]
        about = [(f"zone of {name}", "time_zone", name) for name in columns]
        for position, (name, kind, phone_column) in enumerate(plain + about):
            await self._connection.execute(
                "INSERT INTO contact_list_columns (contact_list_id, organisation_id, name, label,"
                " kind, position, phone_column) VALUES ($1, $2, $3, $3, $4, $5, $6)"
                " ON CONFLICT DO NOTHING",
                self.place.contact_list_id,
                self.place.floor.organisation_id,
                name,
                kind,
                position,
                phone_column,
            )
        contact_id = self.new_id()
        await self._insert_contact(self._connection, contact_id, tuple(zones), "Asia/Tokyo")
        await self._connection.execute(
            "UPDATE contacts SET number_labels = $1, data = $2 WHERE contact_id = $3",
            columns,
            json.dumps(data),
            contact_id,
        )
        return contact_id

    async def _insert_contact(
        self,
        connection: asyncpg.Connection[Any],
        contact_id: UUID,
        numbers: tuple[str, ...],
        time_zone: str | None,
        data: Mapping[str, str] | None = None,
    ) -> None:
        await connection.execute(
            "INSERT INTO contacts (contact_id, organisation_id, contact_list_id, numbers,"
            " number_labels, time_zone, data, created_at, updated_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
            contact_id,
            self.place.floor.organisation_id,
            self.place.contact_list_id,
            list(numbers),
            ["mobile"] * len(numbers),
            time_zone,
            json.dumps(dict(data or {})),
            self._at,
        )

    @asynccontextmanager
    async def adding(self, contact_id: UUID, number: str) -> AsyncIterator[None]:
        url = self._database.owner_url.replace("+asyncpg", "")
        other = await asyncpg.connect(url)
        try:
            async with other.transaction():
                await self._insert_contact(other, contact_id, (), None)
                yield
                # Last of all: whoever gives numbers to persons lets nobody else do so.
                await other.execute(
                    "UPDATE contacts SET numbers = $2, number_labels = '{mobile}'"
                    " WHERE contact_id = $1",
                    contact_id,
                    [number],
                )
        finally:
            await other.close()

    async def play_in_queue(self, key: str) -> None:
        prompt_id = self.new_id()
        await self._insert("prompts", prompt_id=prompt_id, name=key, key=key)
        await self._insert(
            "queue_terms",
            timed=False,
            queue_id=self.place.queue_id,
            terms=json.dumps(QueueSettings(music_prompt_id=prompt_id).document()),
            version=1,
            updated_at=self._at,
        )

    async def add_limit(self, limit: AttemptLimit) -> None:
        values = asdict(limit) | {"channels": list(limit.channels), "updated_at": self._at}
        await self._insert("attempt_limits", **values)

    async def list_number(self, number: str, expires_at: datetime | None = None) -> None:
        await self._insert(
            "dnc_entries",
            dnc_list_id=self.place.dnc_list_id,
            value=number,
            expires_at=expires_at,
        )

    async def make_dnc_list(self, **values: Any) -> UUID:
        dnc_list_id = self.new_id()
        provider = {
            name: values.pop(name) for name in ("when_silent", "max_age_seconds") if name in values
        }
        await self._insert(
            "dnc_lists",
            dnc_list_id=dnc_list_id,
            name=f"List {dnc_list_id.hex[-6:]}",
            kind="provider" if provider else "internal",
            **values,
        )
        if provider:
            await self._insert(
                "dnc_providers",
                timed=False,
                dnc_list_id=dnc_list_id,
                method="GET",
                url="https://dnc.example/{number}",
                listed_values=["true"],
                not_listed_values=["false"],
                **provider,
            )
        return dnc_list_id

    async def dnc_lists(self) -> set[UUID]:
        return {
            row["dnc_list_id"]
            for row in await self._connection.fetch("SELECT dnc_list_id FROM dnc_lists")
        }

    async def list_value(self, dnc_list_id: UUID, value: str) -> None:
        await self._insert("dnc_entries", dnc_list_id=dnc_list_id, value=value)

    async def give_data(self, contact_id: UUID, data: Mapping[str, str]) -> None:
        await self._connection.execute(
            "UPDATE contacts SET data = $2 WHERE contact_id = $1",
            contact_id,
            json.dumps(dict(data)),
        )

    async def provider_said(
        self, dnc_list_id: UUID, number: str, listed: bool | None, at: datetime | None
    ) -> None:
        await self._connection.execute(
            "DELETE FROM dnc_checks WHERE dnc_list_id = $1 AND number = $2", dnc_list_id, number
        )
        await self._insert(
            "dnc_checks",
            timed=False,
            dnc_list_id=dnc_list_id,
            number=number,
            listed=listed,
            checked_at=at if listed is not None else None,
            silences=int(listed is None),
        )

    async def wanted(self) -> set[tuple[UUID, str]]:
        rows = await self._connection.fetch(
            "SELECT dnc_list_id, number FROM dnc_checks WHERE wanted_at IS NOT NULL"
        )
        return {(row["dnc_list_id"], row["number"]) for row in rows}

    async def add_data_action(self, settings: DataActionSettings) -> UUID:
        data_action_id = self.new_id()
        await self._insert(
            "data_actions",
            data_action_id=data_action_id,
            name=f"Data {data_action_id.hex[-6:]}",
            document=json.dumps(settings_document(settings)),
            updated_at=self._at,
        )
        return data_action_id

    async def data_said(
        self, data_action_id: UUID, key: str, outputs: Mapping[str, str] | None, at: datetime
    ) -> None:
        await self._connection.execute(
            "DELETE FROM data_checks WHERE data_action_id = $1 AND key = $2", data_action_id, key
        )
        said = (
            {"failure": "TOO_SLOW", "failed_at": at}
            if outputs is None
            else {"outputs": json.dumps(dict(outputs)), "answered_at": at}
        )
        await self._insert(
            "data_checks", timed=False, data_action_id=data_action_id, key=key, **said
        )

    async def data_awaited(self) -> set[tuple[UUID, str]]:
        rows = await self._connection.fetch(
            "SELECT data_action_id, key FROM data_checks WHERE awaited_at IS NOT NULL"
        )
        return {(row["data_action_id"], row["key"]) for row in rows}

    async def told(self, contact_id: UUID) -> list[tuple[UUID, UUID | None, str, str]]:
        rows = await self._connection.fetch(
            "SELECT data_action_id, attempt_id, result, rule_name FROM data_deliveries"
            " WHERE contact_id = $1 ORDER BY created_at, delivery_id",
            contact_id,
        )
        return [tuple(row.values()) for row in rows]

    async def uncallable_reason(self, contact_id: UUID) -> str | None:
        reason: str | None = await self._connection.fetchval(
            "SELECT uncallable_reason FROM contacts WHERE contact_id = $1", contact_id
        )
        return reason

    async def command(self, kind: str, payload: Mapping[str, Any]) -> UUID:
        command_id = self.new_id()
        await self._connection.execute(
            "INSERT INTO floor_commands (command_id, floor_id, organisation_id, kind, payload,"
            " created_at) VALUES ($1, $2, $3, $4, $5, clock_timestamp())",
            command_id,
            self.place.floor.floor_id,
            self.place.floor.organisation_id,
            kind,
            json.dumps(dict(payload)),
        )
        return command_id

    async def withdraw(self, command_id: UUID) -> bool:
        done = await self._connection.execute(
            "UPDATE floor_commands SET withdrawn_at = now()"
            " WHERE command_id = $1 AND handled_at IS NULL",
            command_id,
        )
        return bool(done == "UPDATE 1")

    async def answer_of(self, command_id: UUID) -> Mapping[str, Any] | None:
        answer = await self._connection.fetchval(
            "SELECT answer FROM floor_commands WHERE command_id = $1", command_id
        )
        return None if answer is None else dict(json.loads(answer))

    async def events(self) -> list[tuple[int, str]]:
        rows = await self._connection.fetch(
            "SELECT position, kind FROM events WHERE floor_id = $1 ORDER BY position",
            self.place.floor.floor_id,
        )
        return [(row["position"], row["kind"]) for row in rows]

    async def course(self, campaign_id: UUID, contact_id: UUID) -> tuple[str, int, str] | None:
        row = await self._connection.fetchrow(
            "SELECT state, attempts, reason FROM campaign_contacts"
            " WHERE campaign_id = $1 AND contact_id = $2",
            campaign_id,
            contact_id,
        )
        return None if row is None else (row["state"], row["attempts"], row["reason"])

    async def flow_recordings(self, attempt_id: UUID) -> list[tuple[str, str, str, float]]:
        rows = await self._connection.fetch(
            "SELECT recording, variable, path, seconds FROM flow_recordings WHERE attempt_id = $1"
            " ORDER BY created_at, recording",
            attempt_id,
        )
        return [tuple(row) for row in rows]

    async def wrap_ups(self, attempt_id: UUID) -> list[str]:
        rows = await self._connection.fetch(
            "SELECT coalesce(system_code, 'given') AS code FROM wrap_ups WHERE attempt_id = $1",
            attempt_id,
        )
        return [row["code"] for row in rows]

    async def data_of(self, contact_id: UUID) -> tuple[dict[str, str], bool]:
        row = await self._connection.fetchrow(
            "SELECT data, callable FROM contacts WHERE contact_id = $1", contact_id
        )
        assert row is not None
        return json.loads(row["data"]), row["callable"]

    async def fired(self, contact_id: UUID) -> list[tuple[str, UUID | None]]:
        rows = await self._connection.fetch(
            "SELECT name, attempt_id FROM rule_firings WHERE contact_id = $1"
            " ORDER BY rule_firing_id",
            contact_id,
        )
        return [(row["name"], row["attempt_id"]) for row in rows]

    async def callback_of(self, campaign_id: UUID, contact_id: UUID) -> datetime | None:
        due_at: datetime | None = await self._connection.fetchval(
            "SELECT due_at FROM callbacks"
            " WHERE campaign_id = $1 AND contact_id = $2 AND state = 'open'",
            campaign_id,
            contact_id,
        )
        return due_at

    async def is_listed(self, number: str) -> bool:
        return bool(
            await self._connection.fetchval(
                "SELECT count(*) FROM dnc_entries WHERE dnc_list_id = $1 AND value = $2",
                self.place.dnc_list_id,
                number,
            )
        )
