"""A campaign of organisation A with contacts, and a floor that does what it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.services.organisations import DEMONSTRATION_CALLER_ID
from world import Both

V1 = "/api/v1"
ALWAYS = [{"weekday": day, "start": "00:00", "until": "24:00"} for day in range(1, 8)]


async def made(client: httpx.AsyncClient, path: str, body: Any, status: int = 201) -> Any:
    """What a POST answers."""
    answer = await client.post(V1 + path, json=body)
    assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text}"
    return answer.json()


async def make_list(client: httpx.AsyncClient, numbers: list[str], name: str = "Liste") -> Any:
    """A contact list with a contact for each number."""
    columns = [
        {"name": "nom", "label": "Nom", "kind": "text"},
        {"name": "solde", "label": "Solde", "kind": "number"},
        {"name": "tel", "label": "mobile", "kind": "phone"},
    ]
    made_list = await made(client, "/contact-lists", {"name": name, "columns": columns})
    path = f"/contact-lists/{made_list['contact_list_id']}/contacts"
    contacts = []
    for index, number in enumerate(numbers):
        data = {"nom": f"Nom {index}", "solde": "100", "tel": number}
        contacts.append(await made(client, path, {"data": data}))
    return made_list | {"made": contacts}


async def make_group(admin: httpx.AsyncClient, name: str = "Accueil") -> dict[str, Any]:
    """Opening hours that never end."""
    hours = await made(
        admin,
        "/callable-time-sets",
        {"name": f"Heures {name}", "windows": [{"kind": "mapped", "slots": ALWAYS}]},
    )
    group: dict[str, Any] = await made(
        admin,
        "/schedule-groups",
        {
            "name": name,
            "callable_time_set_id": hours["callable_time_set_id"],
            "time_zone": "Africa/Porto-Novo",
        },
    )
    return group


def campaign_body(both: Both, contact_list_id: str, **values: Any) -> dict[str, Any]:
    """A campaign of organisation A that meets no objection."""
    return {
        "name": "Relance",
        "contact_list_id": contact_list_id,
        "mode": "progressive",
        "queue_id": str(both.a.queue_id),
        "trunk_id": str(both.a.trunk_id),
        "caller_id": DEMONSTRATION_CALLER_ID,
        "dnc_list_ids": [str(both.a.dnc_list_id)],
        "callable_weekdays": [1, 2, 3, 4, 5, 6, 7],
        "callable_from": "00:00",
        "callable_until": "23:59:59",
    } | values


@dataclass
class ScriptedFloor:
    """Notes every command; sets a campaign's state as told and answers with a stored state."""

    engine: AsyncEngine
    organisation_id: UUID
    commands: list[tuple[UUID | None, str, dict[str, Any]]] = field(default_factory=list)
    agent: dict[str, Any] = field(default_factory=dict)
    refusals: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def on(cls, client: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
        """The owner of organisation A's floor."""
        floor = cls(engine, both.a.organisation_id)
        client.attach(both.a.organisation_id, floor.take)
        return floor

    async def take(
        self, user_id: UUID | None, kind: str, payload: dict[str, Any]
    ) -> Mapping[str, Any]:
        """Do a command."""
        self.commands.append((user_id, kind, payload))
        if kind in self.refusals:
            return self.refusals[kind]
        states = {
            "campaign.start": "running",
            "campaign.pause": "pausing",
            "campaign.stop": "stopped",
        }
        if kind in states:
            await self.sql(
                "UPDATE campaigns SET state = :state WHERE campaign_id = :campaign_id",
                state=states[kind],
                campaign_id=UUID(payload["campaign_id"]),
            )
        return {"ok": True, "agent": self.agent}

    async def called_in(
        self,
        campaign_id: str,
        contact_id: str,
        *,
        number: str,
        trunk_id: UUID,
        at: datetime,
        agent_user_id: UUID | None = None,
    ) -> UUID:
        """An attempt of somebody who has called, spoken and hung up; its id."""
        attempt_id = uuid4()
        await self.sql(
            "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
            " attempt_number, number, mode, caller_id, trunk_id, agent_user_id, state, result,"
            " fencing, called_number, arrived_at, answered_at, closed_at) VALUES (:attempt_id,"
            " current_organisation(), :campaign_id, :contact_id, (SELECT 1 + count(*) FROM"
            " attempts), :number, 'inbound', '', :trunk_id, :agent_user_id, 'closed', 'person', 1,"
            " '', :at, :at, :at)",
            attempt_id=attempt_id,
            campaign_id=UUID(campaign_id),
            contact_id=UUID(contact_id),
            number=number,
            trunk_id=trunk_id,
            agent_user_id=agent_user_id,
            at=at,
        )
        return attempt_id

    async def sql(self, statement: str, **values: Any) -> list[Any]:
        """A statement as the organisation's application."""
        async with self.engine.begin() as connection:
            await connection.execute(
                text("SELECT set_config('kwabo.organisation_id', :id, true)"),
                {"id": str(self.organisation_id)},
            )
            result = await connection.execute(text(statement), values)
            return list(result) if result.returns_rows else []

    @property
    def kinds(self) -> list[str]:
        """Kinds of the commands so far."""
        return [kind for _, kind, _ in self.commands]
