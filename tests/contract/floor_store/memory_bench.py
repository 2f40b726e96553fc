"""The contract's bench on the store in memory."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from contract.floor_store.bench import Place
from kwabo.adapters.memory.floor import MemoryFloorStore
from kwabo.adapters.memory.floor_data import (
    FloorData,
    MemoryCommand,
    MemoryContact,
    MemoryDncCheck,
    MemoryDncList,
    MemoryDncProvider,
    MemoryInboundNumber,
    MemoryUser,
)
from kwabo.adapters.memory.floor_data_actions import MemoryDataCheck
from kwabo.adapters.system import TimeOrderedIds
from kwabo.domain.compliance.attempt_limits import AttemptLimit
from kwabo.domain.data_actions.settings import DataActionSettings
from kwabo.domain.routing.settings import QueueSettings
from kwabo.ports.floor_rows import CampaignRow, TrunkRow, WrapUpCodeRow
from kwabo.ports.floor_store import FloorName
from world import SteppedClock


class MemoryBench:
    """See `Bench`."""

    def __init__(self) -> None:
        self._clock = SteppedClock()
        self._ids = TimeOrderedIds(self._clock, random.Random(1))
        new = self._ids.new
        self.place = Place(
            floor=FloorName(floor_id=new(), organisation_id=new()),
            queue_id=new(),
            trunk_id=new(),
            contact_list_id=new(),
            dnc_list_id=new(),
            code_id=new(),
            agents=(new(), new()),
        )
        self._data = FloorData(self.place.floor)
        self._data.time_zone = "Africa/Porto-Novo"
        self.store = MemoryFloorStore(self._data, self._clock)
        trunk = TrunkRow(
            trunk_id=self.place.trunk_id,
            endpoint="carrier",
            lines=30,
            calls_per_second=10.0,
            attempt_header="X-Kwabo-Attempt-Id",
        )
        self._data.trunks.put(trunk.trunk_id, trunk)
        code = WrapUpCodeRow(
            wrap_up_code_id=self.place.code_id, name="Sale", flags=frozenset({"success"})
        )
        self._data.wrap_up_codes.put(code.wrap_up_code_id, code)
        for index, user_id in enumerate(self.place.agents):
            self._add_user(user_id, f"agent{index}")

    def new_id(self) -> UUID:
        return self._ids.new()

    async def lapse(self) -> None:
        self._clock.advance(seconds=11)

    async def add_campaign(self, row: CampaignRow) -> None:
        self._data.campaigns.put(row.campaign_id, row)

    async def play_in_queue(self, key: str) -> None:
        prompt_id = self.new_id()
        self._data.prompt_keys.put(prompt_id, key)
        self._data.queue_settings.put(self.place.queue_id, QueueSettings(music_prompt_id=prompt_id))

    async def add_inbound_number(self, number: str, campaign_id: UUID, flow_id: UUID) -> None:
        self._data.inbound_numbers.put(
            number, MemoryInboundNumber(flow_id=flow_id, campaign_id=campaign_id)
        )

    async def choose(self, row: CampaignRow) -> None:
        self._data.campaigns.put(row.campaign_id, row)
        self._data.scanned.put(row.campaign_id, 0)

    async def add_contact(
        self,
        *numbers: str,
        time_zone: str | None = None,
        data: Mapping[str, str] | None = None,
    ) -> UUID:
        contact = self._contact(self.new_id(), *numbers, time_zone=time_zone, data=data)
        self._data.add_contact(contact)
        return contact.contact_id

    async def change_contact(self, contact_id: UUID, data: Mapping[str, str]) -> None:
        known = self._data.contacts[contact_id]
        self._data.contacts.put(contact_id, replace(known, data={**known.data, **data}))

    async def login_of(self, user_id: UUID) -> str:
        return self._data.users[user_id].login

    async def add_agent(self, login: str) -> UUID:
        user_id = self.new_id()
        self._add_user(user_id, login)
        return user_id

    def _add_user(self, user_id: UUID, login: str) -> None:
        user = MemoryUser(
            user_id=user_id,
            display_name="Agent",
            queue_ids=frozenset({self.place.queue_id}),
            login=login,
        )
        self._data.users.put(user_id, user)

    async def close_account(self, user_id: UUID) -> None:
        self._data.users.put(user_id, replace(self._data.users[user_id], active=False))

    async def callback(self, callback_id: UUID) -> tuple[str, datetime, str]:
        known = self._data.callbacks[callback_id]
        return known.state, known.written.due_at, known.reason

    async def put_in_front(self, contact_id: UUID) -> None:
        self._data.look_at(self.place.contact_list_id, contact_id, front=True)

    async def change_contact_unseen(self, contact_id: UUID, data: Mapping[str, str]) -> None:
        changed = replace(self._data.contacts[contact_id], data=data)
        self._data.contacts.put(contact_id, changed)

    async def add_zoned_contact(self, zones: Mapping[str, str], time_zone: str | None) -> UUID:
        contact = self._contact(self.new_id(), *zones, time_zone=time_zone)
        named = {number: name for number, name in zones.items() if name}
        self._data.add_contact(replace(contact, number_zones=named))
        return contact.contact_id

    def _contact(
        self,
        contact_id: UUID,
        *numbers: str,
        time_zone: str | None = None,
        data: Mapping[str, str] | None = None,
    ) -> MemoryContact:
        return MemoryContact(
            contact_id=contact_id,
            contact_list_id=self.place.contact_list_id,
            numbers=numbers,
            time_zone=time_zone,
            data=dict(data or {}),
        )

    async def find_head(self, campaign_id: UUID) -> None:
        """Nothing: a store in memory knows the whole order at once."""

    @asynccontextmanager
    async def adding(self, contact_id: UUID, number: str) -> AsyncIterator[None]:
        yield
        self._data.add_contact(self._contact(contact_id, number))

    async def add_limit(self, limit: AttemptLimit) -> None:
        self._data.attempt_limits.put(limit.attempt_limit_id, limit)

    async def list_number(self, number: str, expires_at: datetime | None = None) -> None:
        self._data.dnc.put((self.place.dnc_list_id, number), expires_at)

    async def make_dnc_list(self, **values: Any) -> UUID:
        provider = None
        if "when_silent" in values:
            provider = MemoryDncProvider(
                when_silent=values.pop("when_silent"),
                max_age_seconds=values.pop("max_age_seconds"),
            )
        dnc_list_id = self.new_id()
        name = f"List {dnc_list_id.hex[-6:]}"
        self._data.dnc_lists.put(dnc_list_id, MemoryDncList(name=name, provider=provider, **values))
        return dnc_list_id

    async def dnc_lists(self) -> set[UUID]:
        return {dnc_list_id for dnc_list_id, _ in self._data.dnc_lists.items()}

    async def list_value(self, dnc_list_id: UUID, value: str) -> None:
        self._data.dnc.put((dnc_list_id, value), None)

    async def give_data(self, contact_id: UUID, data: Mapping[str, str]) -> None:
        known = self._data.contacts[contact_id]
        self._data.contacts.put(contact_id, replace(known, data=dict(data)))

    async def provider_said(
        self, dnc_list_id: UUID, number: str, listed: bool | None, at: datetime | None
    ) -> None:
        check = MemoryDncCheck(
            listed=listed, checked_at=at if listed is not None else None, silences=listed is None
        )
        self._data.dnc_checks.put((dnc_list_id, number), check)

    async def wanted(self) -> set[tuple[UUID, str]]:
        checks = self._data.dnc_checks.items()
        return {key for key, check in checks if check.wanted_at is not None}

    async def add_data_action(self, settings: DataActionSettings) -> UUID:
        data_action_id = self.new_id()
        self._data.data_actions.settings[data_action_id] = settings
        return data_action_id

    async def data_said(
        self, data_action_id: UUID, key: str, outputs: Mapping[str, str] | None, at: datetime
    ) -> None:
        answered = MemoryDataCheck(outputs=outputs or {}, answered_at=at)
        check = MemoryDataCheck(failed_at=at) if outputs is None else answered
        self._data.data_actions.checks.put((data_action_id, key), check)

    async def data_awaited(self) -> set[tuple[UUID, str]]:
        checks = self._data.data_actions.checks.items()
        return {key for key, check in checks if check.awaited_at is not None}

    async def told(self, contact_id: UUID) -> list[tuple[UUID, UUID | None, str, str]]:
        return [
            (one.data_action_id, one.attempt_id, one.result, one.rule_name)
            for one in self._data.data_actions.told
            if one.contact_id == contact_id
        ]

    async def uncallable_reason(self, contact_id: UUID) -> str | None:
        return self._data.contacts[contact_id].uncallable_reason

    async def command(self, kind: str, payload: Mapping[str, Any]) -> UUID:
        command = MemoryCommand(command_id=self.new_id(), user_id=None, kind=kind, payload=payload)
        self._data.add_command(command)
        return command.command_id

    async def withdraw(self, command_id: UUID) -> bool:
        command = self._data.commands[command_id]
        if command.answer is not None:
            return False
        self._data.commands.put(command_id, replace(command, withdrawn=True))
        return True

    async def answer_of(self, command_id: UUID) -> Mapping[str, Any] | None:
        return self._data.commands[command_id].answer

    async def events(self) -> list[tuple[int, str]]:
        return [(position, event.kind) for position, event in self._data.events.items()]

    async def course(self, campaign_id: UUID, contact_id: UUID) -> tuple[str, int, str] | None:
        known = self._data.courses.get((campaign_id, contact_id))
        return known and (known.course.state, known.course.attempts, known.course.reason)

    async def flow_recordings(self, attempt_id: UUID) -> list[tuple[str, str, str, float]]:
        return [
            (one.recording, one.variable, one.path, one.seconds)
            for one in self._data.flow_recordings
            if one.attempt_id == attempt_id
        ]

    async def wrap_ups(self, attempt_id: UUID) -> list[str]:
        known = self._data.wrap_ups.get(attempt_id)
        return [] if known is None else [known.system_code or "given"]

    async def is_listed(self, number: str) -> bool:
        return (self.place.dnc_list_id, number) in self._data.dnc

    async def data_of(self, contact_id: UUID) -> tuple[dict[str, str], bool]:
        contact = self._data.contacts[contact_id]
        return dict(contact.data), contact.callable

    async def fired(self, contact_id: UUID) -> list[tuple[str, UUID | None]]:
        firings = self._data.rule_firings
        return [(one.name, one.attempt_id) for one in firings if one.contact_id == contact_id]

    async def callback_of(self, campaign_id: UUID, contact_id: UUID) -> datetime | None:
        callback = self._data.callbacks_by.open.get((campaign_id, contact_id))
        return None if callback is None else callback.written.due_at
