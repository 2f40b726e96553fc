"""Leases, fencing, commands and positions."""

from __future__ import annotations

import contextlib

import pytest

from contract.floor_store.bench import NOW, Bench, lease_of, presence
from kwabo.ports.floor_changes import CommandAnswered, EventWritten
from kwabo.ports.floor_store import FloorLost, Lease


def _event(bench: Bench, kind: str = "agent.status_changed") -> EventWritten:
    user_id = bench.place.agents[0]
    return EventWritten(
        kind=kind, subject_id=user_id, entity="agent", data={"user_id": str(user_id)}, at=NOW
    )


async def _fail_after_an_event(bench: Bench, lease: Lease) -> None:
    with contextlib.suppress(RuntimeError):
        async with bench.store.transaction(lease) as transaction:
            await transaction.apply([], [_event(bench, "lost")])
            raise RuntimeError("something went wrong")


async def test_a_floor_is_found(bench: Bench) -> None:
    assert bench.place.floor in await bench.store.floors()


async def test_one_owner_at_a_time(bench: Bench) -> None:
    first = await lease_of(bench)
    assert await bench.store.acquire(bench.place.floor, "engine-2", 10.0) is None
    assert await bench.store.acquire(bench.place.floor, "engine-1", 10.0) is None
    await bench.store.renew(first)
    await bench.store.release(first)
    second = await lease_of(bench, "engine-2")
    assert second.fencing > first.fencing


async def test_a_lapsed_lease_is_taken_and_its_owner_can_do_nothing_more(bench: Bench) -> None:
    first = await lease_of(bench)
    await bench.lapse()
    second = await lease_of(bench, "engine-2")
    assert second.fencing == first.fencing + 1
    with pytest.raises(FloorLost):
        await bench.store.renew(first)
    with pytest.raises(FloorLost):
        async with bench.store.transaction(first) as transaction:
            await transaction.apply([presence(bench.place.agents[0])], [_event(bench)])
    await bench.store.release(first)  # not an error, and not the second's either
    assert await bench.store.acquire(bench.place.floor, "engine-3", 10.0) is None
    assert await bench.events() == []
    assert not (await bench.store.load(second)).agents


async def test_a_lapsed_lease_that_nobody_took_can_be_renewed(bench: Bench) -> None:
    lease = await lease_of(bench)
    await bench.lapse()
    await bench.store.renew(lease)
    assert await bench.store.acquire(bench.place.floor, "engine-2", 10.0) is None


async def test_positions_have_no_gaps_even_after_a_failed_transaction(bench: Bench) -> None:
    lease = await lease_of(bench)
    async with bench.store.transaction(lease) as transaction:
        first = await transaction.apply([], [_event(bench, "one"), _event(bench, "two")])
    await _fail_after_an_event(bench, lease)
    async with bench.store.transaction(lease) as transaction:
        assert await transaction.apply([], []) == first
        assert await transaction.apply([], [_event(bench, "three")]) == first + 1
    assert await bench.events() == [(first - 1, "one"), (first, "two"), (first + 1, "three")]


async def test_presence_is_loaded_by_the_next_owner(bench: Bench) -> None:
    lease = await lease_of(bench)
    here, gone = bench.place.agents[:2]
    changes = [presence(here, status="paused"), presence(gone, status="signed_out")]
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply(changes, [])
    agents = (await bench.store.load(lease)).agents
    assert [(agent.user_id, agent.status, agent.legs) for agent in agents] == [(here, "paused", 1)]
    assert bench.place.queue_id in agents[0].queue_ids


async def test_commands_are_given_in_order_until_answered_or_withdrawn(bench: Bench) -> None:
    lease = await lease_of(bench)
    ids = [await bench.command("agent.ready", {"n": n}) for n in range(3)]
    waiting = await bench.store.commands(lease, 2)
    assert [command.command_id for command in waiting] == ids[:2]
    assert waiting[1].payload == {"n": 1}
    assert await bench.withdraw(ids[1])
    async with bench.store.transaction(lease) as transaction:
        assert await transaction.take(ids) == {ids[0], ids[2]}
        answer = CommandAnswered(command_id=ids[0], answer={"ok": True}, at=NOW)
        await transaction.apply([answer], [])
    assert await bench.answer_of(ids[0]) == {"ok": True}
    assert not await bench.withdraw(ids[0])
    assert [c.command_id for c in await bench.store.commands(lease, 10)] == [ids[2]]
    async with bench.store.transaction(lease) as transaction:
        assert await transaction.take(ids) == {ids[2]}


async def test_waiting_for_commands_ends(bench: Bench) -> None:
    lease = await lease_of(bench)
    await bench.store.wait_for_commands(lease, 0.01)
