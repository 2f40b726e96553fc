"""A claim takes a contact exactly when its explanation says that it would be called.

Campaigns, contacts and their past are drawn; explanations are those of the API, claims those of the
floor's store on the same database, taken back after each look. Whoever is told a time is claimed at
that second, and not at the second before.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from campaign_world import V1, ScriptedFloor, campaign_body, made, make_list
from database import Database
from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.adapters.postgres.floor import PostgresFloorStore
from kwabo.adapters.postgres.notifications import Notifications
from kwabo.domain.organisations.asker import Asker
from kwabo.domain.organisations.permissions import ADMINISTRATOR
from kwabo.ports.floor_claims import ClaimRequest
from kwabo.ports.floor_rows import CampaignRow
from kwabo.ports.floor_store import FloorName, Lease
from kwabo.services.catalogue import Services
from world import Both, SteppedClock

CONTACTS = 24
TIMES = 6  # tried of those that were told


class _TakenBack(Exception):
    """Ends a claim's transaction without keeping anything."""


class Claims:
    """A floor that claims at an instant, and takes it back."""

    def __init__(self, store: PostgresFloorStore, lease: Lease, row: CampaignRow) -> None:
        self.store = store
        self.lease = lease
        self.row = row

    async def at(self, now: datetime) -> set[str]:
        """Everybody whom the campaign would call at this instant."""
        found: set[str] = set()
        try:
            async with self.store.transaction(self.lease) as transaction:
                for _ in range(100):
                    answer = await transaction.claim(
                        ClaimRequest(
                            campaign=self.row,
                            attempt_ids=[uuid4() for _ in range(CONTACTS)],
                            agent_user_ids=[],
                            for_nobody=CONTACTS,
                            offer=False,
                            now=now,
                        )
                    )
                    found |= {str(one.contact_id) for one in answer.attempts}
                    if not answer.attempts and not answer.more:
                        raise _TakenBack
        except _TakenBack:
            return found
        raise AssertionError("the claims come to no end")


@pytest.fixture
def scripted(floor: MemoryFloorClient, engine: AsyncEngine, both: Both) -> ScriptedFloor:
    """Organisation A's floor."""
    return ScriptedFloor.on(floor, engine, both)


async def _drawn_campaign(
    admin: httpx.AsyncClient, both: Both, rng: random.Random, now: datetime, contact_list_id: str
) -> str:
    """The path of a campaign with rules that some contacts meet."""
    hour = (now + timedelta(hours=1)).hour  # of Porto-Novo, whose clocks are an hour ahead of UTC
    values: dict[str, Any] = {
        "max_attempts": rng.randint(1, 4),
        "minimum_gap_seconds": rng.choice([300, 3600, 86_400]),
    }
    if rng.random() < 0.5:
        until = (hour + rng.randint(1, 3)) % 24
        begin = (hour + rng.choice([0, 0, 1])) % 24
        if begin < until:
            values |= {"callable_from": f"{begin:02}:00", "callable_until": f"{until:02}:00"}
    if rng.random() < 0.5:
        values["attempt_limit_ids"] = [
            (
                await made(
                    admin,
                    "/attempt-limits",
                    {
                        "name": "Par contact",
                        "per": rng.choice(["contact", "number", "person"]),
                        "scope": "campaign",
                        "most": rng.randint(1, 3),
                        "reset": "hours",
                        "hours": rng.choice([2, 24]),
                        "time_zone": "Africa/Porto-Novo",
                    },
                )
            )["attempt_limit_id"]
        ]
    if rng.random() < 0.5:
        body = {
            "name": "Riches",
            "document": {"all": [{"column": "solde", "predicate": "GREATER", "value": "50"}]},
        }
        chosen = await made(admin, f"/contact-lists/{contact_list_id}/filters", body)
        values["contact_list_filter_ids"] = [chosen["contact_list_filter_id"]]
    campaign = await made(admin, "/campaigns", campaign_body(both, contact_list_id, **values))
    return f"{V1}/campaigns/{campaign['campaign_id']}"


async def _drawn_past(
    scripted: ScriptedFloor, both: Both, rng: random.Random, now: datetime, path: str, one: Any
) -> None:
    """Calls to a contact, its course after them, an entry on a list, or nothing."""
    campaign_id, contact_id = UUID(path.rsplit("/", 1)[1]), UUID(one["contact_id"])
    if rng.random() < 0.2:
        await scripted.sql(
            "UPDATE contacts SET callable = false, uncallable_reason = 'SET_BY_PERSON'"
            " WHERE contact_id = :contact_id",
            contact_id=contact_id,
        )
    if rng.random() < 0.3:
        await scripted.sql(
            "INSERT INTO dnc_entries (dnc_list_id, organisation_id, value, created_at, expires_at)"
            " VALUES (:listed, current_organisation(), :number, :at, :until)",
            listed=both.a.dnc_list_id,
            number=one["numbers"][0]["number"],
            at=now - timedelta(days=1),
            until=rng.choice([None, now + timedelta(minutes=rng.randint(1, 300))]),
        )
    calls = rng.choice([0, 0, 1, 2, 3])
    last = None
    for number in range(calls):
        last = now - timedelta(minutes=rng.randint(2, 200), hours=4 * (calls - 1 - number))
        await scripted.sql(
            "INSERT INTO attempts (attempt_id, organisation_id, campaign_id, contact_id,"
            " attempt_number, number, caller_id, mode, trunk_id, state, result, fencing,"
            " dialling_at, ringing_at, closed_at) VALUES (:attempt_id, current_organisation(),"
            " :campaign_id, :contact_id, :n, :number, '', 'progressive', :trunk_id, 'closed',"
            " 'busy', 1, :at, :at, :at)",
            attempt_id=uuid4(),
            campaign_id=campaign_id,
            contact_id=contact_id,
            n=number + 1,
            number=one["numbers"][0]["number"],
            trunk_id=both.a.trunk_id,
            at=last,
        )
    if last is not None:
        state = rng.choice(["open", "open", "open", "finished"])
        await scripted.sql(
            "INSERT INTO campaign_contacts (campaign_id, contact_id, organisation_id, state,"
            " attempts, last_attempt_at, last_result, next_attempt_at, reason) VALUES"
            " (:campaign_id, :contact_id, current_organisation(), :state, :attempts, :at, 'busy',"
            " :next, :reason)",
            campaign_id=campaign_id,
            contact_id=contact_id,
            state=state,
            attempts=calls,
            at=last,
            next=now + timedelta(minutes=rng.randint(-60, 120)) if state == "open" else None,
            reason="RECALL_DELAY" if state == "open" else "RESULT_BUSY",
        )


async def _explained(admin: httpx.AsyncClient, path: str) -> dict[str, Any]:
    """Contact → its explanation."""
    answer = await admin.get(f"{path}/contacts", params={"limit": 200})
    assert answer.status_code == 200, answer.text
    return {one["contact"]["contact_id"]: one["explanation"] for one in answer.json()["items"]}


@pytest.mark.parametrize("seed", range(6))
async def test_a_claim_takes_whom_the_explanation_calls_callable_to_the_second(
    admin: httpx.AsyncClient,
    both: Both,
    scripted: ScriptedFloor,
    engine: AsyncEngine,
    database: Database,
    services: Services,
    clock: SteppedClock,
    seed: int,
) -> None:
    rng = random.Random(seed)
    now = clock.now()
    contact_list = await make_list(admin, [f"01630000{n:02}" for n in range(CONTACTS)])
    for one in contact_list["made"]:
        await scripted.sql(
            "UPDATE contacts SET data = data || jsonb_build_object('solde', CAST(:balance AS text))"
            " WHERE contact_id = :contact_id",
            balance=str(rng.choice([10, 100])),
            contact_id=UUID(one["contact_id"]),
        )
    path = await _drawn_campaign(admin, both, rng, now, contact_list["contact_list_id"])
    for one in contact_list["made"]:
        await _drawn_past(scripted, both, rng, now, path, one)
    await scripted.sql("UPDATE campaigns SET state = 'running'")
    claims = await _claims(scripted, engine, database, UUID(path.rsplit("/", 1)[1]))

    told = await _explained(admin, path)
    assert len(told) == CONTACTS
    callable_now = {contact_id for contact_id, one in told.items() if one["callable"]}
    assert await claims.at(now) == callable_now

    later = [
        (datetime.fromisoformat(one["next_attempt_at"]), contact_id)
        for contact_id, one in told.items()
        if not one["callable"] and one["next_attempt_at"]
    ]
    assert callable_now or later
    asker = Asker(
        user_id=both.a.user_ids["a.admin"],
        organisation_id=both.a.organisation_id,
        display_name="",
        language="en",
        role=ADMINISTRATOR,
        permissions=frozenset({"campaigns.read"}),
    )
    for at, contact_id in rng.sample(sorted(later), min(TIMES, len(later))):
        assert at > now
        assert contact_id not in await claims.at(at - timedelta(seconds=1))
        clock.advance(seconds=(at - clock.now()).total_seconds())
        campaign_id = UUID(path.rsplit("/", 1)[1])
        then = await services.explanations.explain(asker, campaign_id, UUID(contact_id), "en")
        assert then.callable, then
        assert contact_id in await claims.at(at)


async def _claims(
    scripted: ScriptedFloor, engine: AsyncEngine, database: Database, campaign_id: UUID
) -> Claims:
    floor_id = (await scripted.sql("SELECT floor_id FROM floors"))[0].floor_id
    store = PostgresFloorStore(engine, Notifications(database.app_url))
    name = FloorName(floor_id=floor_id, organisation_id=scripted.organisation_id)
    lease = await store.acquire(name, "explained", 3600.0)
    assert lease is not None
    row = await store.load_campaign(lease, campaign_id)
    assert row is not None
    return Claims(store, lease, row)
