"""Nobody is called twice at once or more often than the limits allow, by whatever contact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contract.floor_store.bench import NOW, Bench, campaign, closed, course, lease_of, request
from kwabo.domain.compliance.attempt_limits import AttemptLimit
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest
from kwabo.ports.floor_rows import AttemptRow
from kwabo.ports.floor_store import Lease

A, B, C = "+2290197000001", "+2290197000002", "+2290197000003"


async def _claim(bench: Bench, lease: Lease, wanted: ClaimRequest) -> ClaimAnswer:
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([], [])
        return await transaction.claim(wanted)


async def _end(bench: Bench, lease: Lease, row: AttemptRow, **changes: Any) -> None:
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([closed(row), course(row, **changes)], [])


def _limit(bench: Bench, **changes: Any) -> AttemptLimit:
    values: dict[str, Any] = {
        "attempt_limit_id": bench.new_id(),
        "name": "Limit",
        "per": "person",
        "scope": "organisation",
        "most": 1,
        "reset": "hours",
        "hours": 2,
        "time_zone": "Africa/Porto-Novo",
    }
    return AttemptLimit(**{**values, **changes})


async def test_a_person_in_a_call_is_not_called_by_another_contact(bench: Bench) -> None:
    first, second = campaign(bench), campaign(bench)
    await bench.add_campaign(first)
    await bench.add_campaign(second)
    await bench.add_contact(A, B)
    shares = await bench.add_contact(B, C)  # of the same person by B
    lease = await lease_of(bench)
    agents = bench.place.agents
    made = await _claim(bench, lease, request(bench, first, agents[0]))
    assert [row.number for row in made.attempts] == [A]
    none = await _claim(bench, lease, request(bench, second, agents[1]))
    assert none.attempts == []
    known = await bench.course(second.campaign_id, shares)
    assert known == ("open", 0, "IN_PROGRESS")
    await _end(bench, lease, made.attempts[0], state="finished")
    later = request(bench, second, agents[1], at=NOW + timedelta(hours=1))
    assert len((await _claim(bench, lease, later)).attempts) == 1


async def test_two_contacts_of_one_person_are_not_both_in_one_claim(bench: Bench) -> None:
    row = campaign(bench)
    await bench.add_campaign(row)
    await bench.add_contact(A)
    second = await bench.add_contact(A)
    lease = await lease_of(bench)
    made = await _claim(bench, lease, request(bench, row, *bench.place.agents[:2]))
    assert len(made.attempts) == 1
    assert await bench.course(row.campaign_id, second) == ("open", 0, "IN_PROGRESS")


async def test_a_limit_per_person_counts_every_number_and_campaign(bench: Bench) -> None:
    first, second = campaign(bench), campaign(bench)
    await bench.add_campaign(first)
    await bench.add_campaign(second)
    await bench.add_contact(A, B)
    other = await bench.add_contact(B)
    await bench.add_limit(_limit(bench))
    lease = await lease_of(bench)
    agent = bench.place.agents[0]
    made = await _claim(bench, lease, request(bench, first, agent))
    await _end(bench, lease, made.attempts[0], state="finished")
    at = NOW + timedelta(hours=2) - timedelta(seconds=1)
    none = await _claim(bench, lease, request(bench, second, agent, at=at))
    assert none.attempts == []
    assert await bench.course(second.campaign_id, other) == ("open", 0, "PERSON_LIMIT")
    assert none.next_attempt_at == NOW + timedelta(hours=2)
    again = request(bench, second, agent, at=NOW + timedelta(hours=2))
    assert len((await _claim(bench, lease, again)).attempts) == 1


async def test_a_number_that_is_used_up_leaves_the_others(bench: Bench) -> None:
    row = campaign(bench, max_attempts=9, number_order="first", minimum_gap_seconds=0)
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(A, B)
    await bench.add_limit(_limit(bench, per="number", counted="dialled"))
    lease = await lease_of(bench)
    agent = bench.place.agents[0]
    numbers = []
    for minutes in (0, 10):
        at = NOW + timedelta(minutes=minutes)
        made = await _claim(bench, lease, request(bench, row, agent, at=at))
        numbers += [attempt.number for attempt in made.attempts]
        await _end(bench, lease, made.attempts[0], next_attempt_at=at)
    assert numbers == [A, B]
    none = await _claim(bench, lease, request(bench, row, agent, at=NOW + timedelta(minutes=20)))
    assert none.attempts == []
    assert none.next_attempt_at == NOW + timedelta(hours=2)
    assert await bench.course(row.campaign_id, contact_id) == ("open", 2, "NUMBER_LIMIT")


async def test_a_campaigns_own_limit_counts_its_own_calls(bench: Bench) -> None:
    limit = _limit(bench, per="contact", scope="campaign")
    named = campaign(bench, attempt_limit_ids=(limit.attempt_limit_id,), max_attempts=9)
    free = campaign(bench, max_attempts=9)
    await bench.add_limit(limit)
    await bench.add_campaign(named)
    await bench.add_campaign(free)
    contact_id = await bench.add_contact(A)
    lease = await lease_of(bench)
    agent = bench.place.agents[0]
    made = await _claim(bench, lease, request(bench, named, agent))
    at = NOW + timedelta(minutes=30)
    await _end(bench, lease, made.attempts[0], next_attempt_at=at)
    assert (await _claim(bench, lease, request(bench, named, agent, at=at))).attempts == []
    assert await bench.course(named.campaign_id, contact_id) == ("open", 1, "ATTEMPT_LIMIT")
    assert len((await _claim(bench, lease, request(bench, free, agent, at=at))).attempts) == 1


async def test_what_nobody_noticed_does_not_count(bench: Bench) -> None:
    row = campaign(bench, max_attempts=9)
    await bench.add_campaign(row)
    await bench.add_contact(A)
    await bench.add_limit(_limit(bench, counted="alerted"))
    lease = await lease_of(bench)
    agent = bench.place.agents[0]
    made = (await _claim(bench, lease, request(bench, row, agent))).attempts[0]
    at = NOW + timedelta(minutes=30)
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([closed(made, "congestion"), course(made, next_attempt_at=at)], [])
    assert len((await _claim(bench, lease, request(bench, row, agent, at=at))).attempts) == 1


async def test_a_round_calls_every_number_before_the_first_again(bench: Bench) -> None:
    row = campaign(bench, max_attempts=9, number_order="round")
    await bench.add_campaign(row)
    await bench.add_contact(A, B, C)
    lease = await lease_of(bench)
    agent = bench.place.agents[0]
    called = []
    for step in range(4):
        at = NOW + timedelta(seconds=step)
        if step == 3:
            at += timedelta(hours=1)
        made = (await _claim(bench, lease, request(bench, row, agent, at=at))).attempts[0]
        called.append((made.number, made.other_numbers, made.round_left))
        reason = "NEXT_NUMBER" if made.round_left else "RECALL_DELAY"
        await _end(bench, lease, made, next_attempt_at=at, reason=reason)
    assert called == [(A, 2, 2), (B, 2, 1), (C, 2, 0), (A, 2, 2)]


async def test_what_a_recall_needs_survives_the_owner(bench: Bench) -> None:
    row = campaign(bench, max_attempts=9, number_order="round")
    await bench.add_campaign(row)
    await bench.add_contact(A, B, time_zone="Europe/Paris")
    lease = await lease_of(bench)
    agent = bench.place.agents[0]
    made = (await _claim(bench, lease, request(bench, row, agent))).attempts[0]
    at = NOW + timedelta(hours=1)
    await _end(bench, lease, made, next_attempt_at=at, result_counts={"no_answer": 1})
    second = (await _claim(bench, lease, request(bench, row, agent, at=at))).attempts[0]
    loaded = (await bench.store.load(lease)).attempts[0]
    for attempt in (second, loaded):
        assert attempt.time_zone == "Europe/Paris"
        assert attempt.result_counts == {"no_answer": 1}
        assert (attempt.other_numbers, attempt.round_left) == (1, 1)
