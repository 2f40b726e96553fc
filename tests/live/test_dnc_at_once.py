"""A DNC entry on a real database takes back calls that ring (I3).

How soon is judged in virtual time (simulation, unit/floor).
"""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, campaign_body, made, make_list
from database import Database
from kwabo.adapters.postgres.floor import PostgresFloorStore
from kwabo.adapters.postgres.floor_client import PostgresFloorClient
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind
from kwabo.adapters.system import SystemClock, TimeOrderedIds
from live.lived_day import LivedDay, lived_day
from world import Both


class NobodyAnswers:
    """Every call rings until somebody hangs up."""

    def behaviour(self, number: str) -> Behaviour:
        return Behaviour(kind=BehaviourKind.NO_ANSWER, rings_after_seconds=0.02)


async def _wait_for(what: Any, seconds: float = 10.0) -> Any:
    async with asyncio.timeout(seconds):
        while not (found := what()):
            await asyncio.sleep(0.02)
    return found


async def _agent_ready(day: LivedDay, user_id: Any) -> None:
    await _wait_for(lambda: day.floor is not None and day.floor.reconciled)
    await day.ask(user_id, "agent.sign_in", leg={"kind": "webrtc"})
    await day.ask(user_id, "agent.connect_leg")
    assert day.floor is not None
    floor = day.floor
    await _wait_for(lambda: floor.agents[user_id].status == "paused")
    await day.ask(user_id, "agent.ready")


async def _by_number(admin: httpx.AsyncClient, both: Both) -> tuple[str, str]:
    return str(both.a.dnc_list_id), "0161000001"


async def _organisation_wide(admin: httpx.AsyncClient, both: Both) -> tuple[str, str]:
    one = await made(admin, "/dnc-lists", {"name": "Tous", "organisation_wide": True})
    return one["dnc_list_id"], "61000001"


async def _by_column(admin: httpx.AsyncClient, both: Both) -> tuple[str, str]:
    new = {"name": "Noms", "key_column": "nom", "channel": "voice", "organisation_wide": True}
    one = await made(admin, "/dnc-lists", new)
    return one["dnc_list_id"], "NOM  0"


@pytest.mark.parametrize("mode", ["progressive", "preview"])
@pytest.mark.parametrize("kind", [_by_number, _organisation_wide, _by_column])
async def test_a_call_that_rings_or_a_record_on_offer_is_taken_back(
    admin: httpx.AsyncClient,
    both: Both,
    engine: AsyncEngine,
    database: Database,
    mode: str,
    kind: Any,
) -> None:
    dnc_list_id, value = await kind(admin, both)
    contacts = await make_list(admin, ["0161000001"])
    body = campaign_body(both, contacts["contact_list_id"], mode=mode)
    campaign = await made(admin, "/campaigns", body)
    notifications = Notifications(database.app_url)
    await notifications.start()
    clock = SystemClock()
    try:
        store = PostgresFloorStore(engine, notifications)
        client = PostgresFloorClient(engine, notifications, clock, TimeOrderedIds(clock))
        async with lived_day(store, client, both, 1) as day:
            day.node.far_end = NobodyAnswers()
            agent = both.a.user_ids["a.agent"]
            await _agent_ready(day, agent)
            await day.ask(None, "campaign.start", campaign_id=campaign["campaign_id"])
            floor = day.floor
            assert floor is not None
            wanted = "ringing" if mode == "progressive" else "offered"
            await _wait_for(lambda: [c for c in floor.live_calls() if c.state == wanted])
            (call,) = floor.live_calls()
            listed = await admin.post(
                f"{V1}/dnc-lists/{dnc_list_id}/entries", json={"entries": [{"value": value}]}
            )
            assert listed.json()["added"] == 1, listed.text
            await _wait_for(
                lambda: (
                    call.closed and not [c for c in day.node.channels if not c.startswith("leg-")]
                )
            )
            assert call.result == "cancelled"
    finally:
        await notifications.close()
    path = f"{V1}/campaigns/{campaign['campaign_id']}/contacts"
    item = (await admin.get(path)).json()["items"][0]
    assert item["attempts"] == (1 if mode == "progressive" else 0)
    assert "DNC_LISTED" in (item["explanation"]["code"], item["explanation"]["reason"])
