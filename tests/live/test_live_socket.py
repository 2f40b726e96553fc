"""The live socket: snapshot plus events is the next snapshot, for everyone who may see it."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from kwabo.adapters.memory.floor_client import MemoryFloorClient
from kwabo.api import live as live_api
from kwabo.domain.reporting.live_snapshot import LiveEvent, LiveSnapshot
from kwabo.domain.reporting.live_views import agent_state, attempt_live, campaign_live
from live.conftest import EventWriter, Site
from world import Both

NOW = datetime.now(UTC).replace(microsecond=0)


async def message(socket: ClientConnection) -> dict[str, Any]:
    """The next message that is no ping."""
    while True:
        async with asyncio.timeout(20):
            found: dict[str, Any] = json.loads(await socket.recv())
        if found["type"] != "ping":
            return found


async def snapshot_of(socket: ClientConnection) -> LiveSnapshot:
    """The first message as a snapshot."""
    first = await message(socket)
    assert first["type"] == "snapshot"
    return LiveSnapshot(
        position=first["position"],
        agents={one["user_id"]: one for one in first["agents"]},
        campaigns={one["campaign_id"]: one for one in first["campaigns"]},
        attempts={one["attempt_id"]: one for one in first["attempts"]},
    )


async def follow(socket: ClientConnection, snapshot: LiveSnapshot, until: int) -> None:
    """Apply events up to a position."""
    while snapshot.position < until:
        found = await message(socket)
        assert found["type"] == "event", found
        snapshot.apply(
            LiveEvent(
                position=found["position"],
                at=datetime.fromisoformat(found["at"]),
                kind=found["kind"],
                entity=found["entity"],
                data=found["data"],
            )
        )


def agent(both: Both, login: str, status: str, **values: Any) -> tuple[str, UUID, dict[str, Any]]:
    """An agent's event."""
    organisation = both.a if login.startswith("a.") else both.b
    user_id = organisation.user_ids[login]
    name = login.split(".")[1].capitalize() + f" {login[0].upper()}"
    view = agent_state(
        user_id=user_id,
        display_name=name,
        status=status,
        since=NOW,
        queue_ids=[organisation.queue_id],
        **values,
    )
    return ("agent", user_id, view)


def attempt(number: int, state: str, agent_id: UUID | None) -> tuple[str, UUID, dict[str, Any]]:
    """An attempt's event."""
    attempt_id = UUID(int=number)
    view = attempt_live(
        attempt_id=attempt_id,
        campaign_id=UUID(int=1),
        campaign_name="C",
        contact_id=UUID(int=2),
        attempt_number=1,
        number="+2290161000001",
        state=state,
        agent_user_id=agent_id,
    )
    return ("attempt", attempt_id, view)


async def test_snapshot_and_events_make_a_fresh_snapshot(
    site: Site, events_of_a: EventWriter, both: Both
) -> None:
    chance = random.Random(7)
    logins = ["a.agent", "a.agent2"]
    async with site.socket("a.supervisor") as socket:
        followed = await snapshot_of(socket)
        assert set(followed.agents) == {str(both.a.user_ids[login]) for login in logins}
        for _ in range(25):
            batch = [
                agent(
                    both,
                    chance.choice(logins),
                    chance.choice(["paused", "ready", "on_call", "after_call"]),
                    leg_state=chance.choice(["none", "up"]),
                )
                for _ in range(chance.randint(1, 4))
            ]
            position = await events_of_a.write(*batch)
        await follow(socket, followed, position)
        async with site.socket("a.supervisor") as other:
            fresh = await snapshot_of(other)
    assert followed == fresh


async def test_without_hints_events_come_by_looking(
    site: Site, events_of_a: EventWriter, both: Both
) -> None:
    await site.notifications.close()
    async with site.socket("a.supervisor") as socket:
        followed = await snapshot_of(socket)
        position = await events_of_a.write(agent(both, "a.agent", "ready"), hint=False)
        await follow(socket, followed, position)
    assert followed.agents[str(both.a.user_ids["a.agent"])]["status"] == "ready"


async def test_events_written_while_the_snapshot_is_taken_are_neither_lost_nor_doubled(
    site: Site, events_of_a: EventWriter, both: Both
) -> None:
    async def write() -> int:
        position = 0
        for status in ("paused", "ready") * 20:
            position = await events_of_a.write(agent(both, "a.agent", status))
        return position

    async def watch(until: asyncio.Task[int]) -> None:
        async with site.socket("a.supervisor") as socket:
            followed = await snapshot_of(socket)
            await follow(socket, followed, await until)

    writing = asyncio.create_task(write())
    await asyncio.gather(*(watch(writing) for _ in range(5)))


async def test_missing_events_make_the_browser_begin_again(
    site: Site, events_of_a: EventWriter, both: Both
) -> None:
    async with site.socket("a.supervisor") as socket:
        await snapshot_of(socket)
        await events_of_a.write(agent(both, "a.agent", "ready"), gap=1)
        with pytest.raises(ConnectionClosed) as closed:
            await message(socket)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == live_api.BEGIN_AGAIN
    async with site.socket("a.supervisor") as socket:
        assert (await snapshot_of(socket)).position == 2


async def test_an_agent_gets_their_own_work_and_positions_of_the_rest(
    site: Site, events_of_a: EventWriter, both: Both
) -> None:
    me, other = both.a.user_ids["a.agent"], both.a.user_ids["a.agent2"]
    async with site.socket("a.agent") as socket:
        snapshot = await snapshot_of(socket)
        assert set(snapshot.agents) == {str(me)}
        assert snapshot.campaigns == {}
        await events_of_a.write(attempt(11, "connected", other), agent(both, "a.agent2", "ready"))
        assert await message(socket) == {"type": "position", "position": 2}
        await events_of_a.write(attempt(12, "connected", me), attempt(11, "ringing", other))
        found = [await message(socket), await message(socket)]
        assert [(one["type"], one["position"]) for one in found] == [("event", 3), ("position", 4)]
        assert found[0]["data"]["attempt_id"] == str(UUID(int=12))


async def test_two_organisations_see_nothing_of_each_other(
    site: Site, events_of_a: EventWriter, events_of_b: EventWriter, both: Both
) -> None:
    async with site.socket("a.supervisor") as of_a, site.socket("b.supervisor") as of_b:
        seen = {"a": await snapshot_of(of_a), "b": await snapshot_of(of_b)}
        await events_of_a.write(agent(both, "a.agent", "ready"))
        await events_of_b.write(agent(both, "b.agent", "paused"))
        await follow(of_a, seen["a"], 1)
        await follow(of_b, seen["b"], 1)
    assert not set(seen["a"].agents) & set(seen["b"].agents)
    assert str(both.b.organisation_id) not in json.dumps(seen["a"].message())
    assert seen["b"].agents[str(both.b.user_ids["b.agent"])]["status"] == "paused"


async def test_campaigns_without_events_are_shaped_from_their_rows(
    site: Site, events_of_a: EventWriter, both: Both
) -> None:
    from campaign_world import campaign_body, made, make_list

    admin = await site.application.signed_in("a.admin")
    contact_list = await make_list(admin, ["0161000001", "0161000002"])
    campaign = await made(admin, "/campaigns", campaign_body(both, contact_list["contact_list_id"]))
    campaign_id = UUID(campaign["campaign_id"])
    plain = campaign_live(
        campaign_id=campaign_id,
        name="Relance",
        mode="progressive",
        state="ready",
        state_reason="",
        contacts=2,
    )
    async with site.socket("a.supervisor") as socket:
        snapshot = await snapshot_of(socket)
        assert snapshot.campaigns == {campaign["campaign_id"]: plain}
        running = plain | {"state": "running", "dialling": 1}
        await follow(socket, snapshot, await events_of_a.write(("campaign", campaign_id, running)))
        async with site.socket("a.supervisor") as other:
            assert (await snapshot_of(other)).campaigns == snapshot.campaigns


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
async def test_pages_of_other_sites_are_refused(site: Site, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with site.socket("a.supervisor", origin=origin):
            pass
    assert refused.value.response.status_code == 403


async def test_without_a_session_nothing_opens(site: Site) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connect(
            f"ws://{site.host}/api/v1/live", origin=f"http://{site.host}", proxy=None
        ):
            pass
    assert refused.value.response.status_code in (401, 403)


async def test_a_program_may_watch_with_a_token(site: Site) -> None:
    program = await site.application.with_token("a.admin", "live.read")
    headers = {"Authorization": program.headers["Authorization"]}
    async with connect(
        f"ws://{site.host}/api/v1/live", additional_headers=headers, proxy=None
    ) as socket:
        assert len((await snapshot_of(socket)).agents) == 2


async def test_a_session_that_ends_ends_the_socket(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_api, "SESSION_CHECK_SECONDS", 0.05)
    async with site.socket("a.supervisor") as socket:
        await snapshot_of(socket)
        client = await site.application.anonymous()
        client.headers["Cookie"] = await site.cookie("a.supervisor")
        csrf = (await client.get("/api/v1/session")).json()["csrf_token"]
        gone = await client.delete("/api/v1/session", headers={"X-CSRF-Token": csrf})
        assert gone.status_code == 204
        with pytest.raises(ConnectionClosed) as closed:
            await message(socket)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == live_api.SESSION_OVER


async def test_the_desktop_s_pongs_reach_the_floor_as_heartbeats(
    site: Site, floor: MemoryFloorClient, both: Both
) -> None:
    beats: asyncio.Queue[tuple[UUID | None, str]] = asyncio.Queue()

    async def answer(user: UUID | None, kind: str, payload: dict[str, Any]) -> Mapping[str, Any]:
        await beats.put((user, kind))
        return {"ok": True}

    floor.attach(both.a.organisation_id, answer)
    async with site.socket("a.agent") as socket:
        await snapshot_of(socket)
        await socket.send(json.dumps({"type": "pong", "desktop": False}))
        for _ in range(20):
            await socket.send(json.dumps({"type": "pong", "desktop": True}))
        async with asyncio.timeout(10):
            assert await beats.get() == (both.a.user_ids["a.agent"], "agent.heartbeat")
    assert beats.empty(), "at most one heartbeat in a few seconds"


async def test_nonsense_from_the_browser_does_no_harm(
    site: Site, events_of_a: EventWriter, both: Both
) -> None:
    async with site.socket("a.supervisor") as socket:
        followed = await snapshot_of(socket)
        for text in ("", "[]", "{", '{"type": 1}', "null"):
            await socket.send(text)
        await follow(socket, followed, await events_of_a.write(agent(both, "a.agent", "ready")))
