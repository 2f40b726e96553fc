"""What the owner's changes do, and what the store refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from contract.floor_store.bench import (
    NOW,
    Bench,
    campaign,
    closed,
    course,
    lease_of,
    presence,
    request,
    written,
)
from kwabo.ports.floor_changes import (
    CampaignStateWritten,
    ContactWritten,
    DncWritten,
    WrapUpWritten,
)
from kwabo.ports.floor_rows import AttemptRow, CampaignRow
from kwabo.ports.floor_store import Lease, StoreDown

A, B, C = "+2290197000001", "+2290197000002", "+2290197000003"


async def _made(
    bench: Bench, *numbers: str, mode: str = "progressive"
) -> tuple[Lease, CampaignRow, list[AttemptRow]]:
    """A lease, a campaign, and an attempt on a contact of each number."""
    row = campaign(bench, mode=mode)
    await bench.add_campaign(row)
    for number in numbers:
        await bench.add_contact(number)
    lease = await lease_of(bench)
    async with bench.store.transaction(lease) as transaction:
        answer = await transaction.claim(request(bench, row, *bench.place.agents[: len(numbers)]))
    assert len(answer.attempts) == len(numbers)
    return lease, row, list(answer.attempts)


async def test_states_go_forward_only(bench: Bench) -> None:
    lease, _, (attempt,) = await _made(bench, A)
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([written(attempt, state="answered", answered_at=NOW)], [])
    with pytest.raises(StoreDown):
        async with bench.store.transaction(lease) as transaction:
            await transaction.apply([written(attempt, state="ringing")], [])
    loaded = (await bench.store.load(lease)).attempts[0]
    assert (loaded.state, loaded.answered_at) == ("answered", NOW)


async def test_a_closed_attempt_stays_as_it_is(bench: Bench) -> None:
    lease, row, (attempt,) = await _made(bench, A)
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([closed(attempt, "busy"), course(attempt)], [])
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([closed(attempt, "person")], [])
    counted = await bench.store.load_campaign(lease, row.campaign_id)
    assert counted is not None
    assert (counted.attempts, counted.answered, counted.results) == (1, 0, {"busy": 1})
    assert not (await bench.store.load(lease)).attempts


async def test_a_result_is_set_exactly_when_closed(bench: Bench) -> None:
    lease, _, (attempt,) = await _made(bench, A)
    for wrong in (written(attempt, state="closed"), written(attempt, result="busy")):
        with pytest.raises(StoreDown):
            async with bench.store.transaction(lease) as transaction:
                await transaction.apply([wrong], [])


async def test_an_agent_has_one_live_attempt_unless_they_left_it(bench: Bench) -> None:
    lease, _, (first, second) = await _made(bench, A, B)
    agent = first.agent_user_id
    with pytest.raises(StoreDown):
        async with bench.store.transaction(lease) as transaction:
            await transaction.apply([written(second, agent_user_id=agent)], [])
    left = written(first, state="connected", transferred_to=B)
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([left, written(second, agent_user_id=agent)], [])


async def test_a_claim_for_an_agent_in_a_call_fails_as_a_whole(bench: Bench) -> None:
    lease, row, (attempt,) = await _made(bench, A)
    contact_id = await bench.add_contact(B)
    assert attempt.agent_user_id is not None
    with pytest.raises(StoreDown):
        async with bench.store.transaction(lease) as transaction:
            await transaction.claim(request(bench, row, attempt.agent_user_id))
    assert await bench.course(row.campaign_id, contact_id) is None


async def test_an_older_owner_writes_no_attempt(bench: Bench) -> None:
    lease, _, (attempt,) = await _made(bench, A)
    await bench.lapse()
    newer = await lease_of(bench, "engine-2")
    async with bench.store.transaction(newer) as transaction:
        await transaction.apply([written(attempt, state="ringing")], [])
    with pytest.raises(Exception, match="holds this floor"):
        async with bench.store.transaction(lease) as transaction:
            await transaction.apply([written(attempt, state="answered")], [])
    assert (await bench.store.load(newer)).attempts[0].state == "ringing"


async def test_one_outcome_the_first_stays(bench: Bench) -> None:
    lease, row, (attempt,) = await _made(bench, A)
    given = WrapUpWritten(
        attempt_id=attempt.attempt_id,
        campaign_id=row.campaign_id,
        wrap_up_code_id=bench.place.code_id,
        system_code=None,
        user_id=attempt.agent_user_id,
        fields={"interest": "high"},
        at=NOW,
    )
    system = replace(given, wrap_up_code_id=None, system_code="NOT_GIVEN")
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([closed(attempt, "person"), course(attempt, "finished")], [])
    owed = (await bench.store.load(lease)).wrap_ups_owed
    assert owed == {attempt.attempt_id: row.campaign_id}
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([given, system], [])
    assert await bench.wrap_ups(attempt.attempt_id) == ["given"]
    assert not (await bench.store.load(lease)).wrap_ups_owed


async def test_an_agent_who_owes_an_outcome_is_found_with_the_attempt(bench: Bench) -> None:
    lease, _, (attempt,) = await _made(bench, A)
    assert attempt.agent_user_id is not None
    owing = presence(attempt.agent_user_id, status="after_call", attempt_id=attempt.attempt_id)
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([closed(attempt, "person"), owing], [])
    contents = await bench.store.load(lease)
    assert [a.attempt_id for a in contents.attempts] == [attempt.attempt_id]
    assert contents.wrap_ups_owed == {}


async def test_a_course_keeps_its_last_result_and_attempt(bench: Bench) -> None:
    lease, row, (attempt,) = await _made(bench, A)
    first = [closed(attempt, "busy"), course(attempt, last_result="busy")]
    later = course(attempt, last_result=None, last_attempt_at=None, reason="CALLBACK_SCHEDULED")
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([*first, later], [])
    standing = await bench.course(row.campaign_id, attempt.contact_id)
    assert standing == ("open", 1, "CALLBACK_SCHEDULED")


async def test_what_a_wrap_up_does_to_contact_and_list(bench: Bench) -> None:
    lease, row, (attempt,) = await _made(bench, A)
    listed = DncWritten(
        campaign_id=row.campaign_id,
        contact_id=attempt.contact_id,
        number=A,
        reason="WRAP_UP",
        user_id=None,
        at=NOW,
    )
    contact = ContactWritten(contact_id=attempt.contact_id, uncallable_reason="WRAP_UP:Moved")
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([listed, listed, contact], [])
    assert await bench.is_listed(A)
    async with bench.store.transaction(lease) as transaction:
        answer = await transaction.recheck(row, attempt.attempt_id, None, NOW)
    assert (answer.allowed, answer.code) == (False, "CONTACT_UNCALLABLE")


async def test_whoever_objects_objects_on_every_number(bench: Bench) -> None:
    lease, row, _ = await _made(bench, A)
    contact_id = await bench.add_contact(B, C)
    listed = DncWritten(
        campaign_id=row.campaign_id,
        contact_id=contact_id,
        number=B,
        reason="WRAP_UP",
        user_id=None,
        at=NOW,
    )
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([listed], [])
    assert [await bench.is_listed(number) for number in (A, B, C)] == [False, True, True]


async def test_a_campaigns_state_is_written(bench: Bench) -> None:
    lease, row, _ = await _made(bench, A)
    changed = CampaignStateWritten(
        campaign_id=row.campaign_id, state="paused", state_reason="", at=NOW
    )
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([changed], [])
    loaded = await bench.store.load_campaign(lease, row.campaign_id)
    assert loaded is not None
    assert loaded.state == "paused"
    assert row.campaign_id in {c.campaign_id for c in (await bench.store.load(lease)).campaigns}


class TestRecheck:
    """An offered record is asked about again before it is called."""

    async def test_it_does_not_stand_in_its_own_way(self, bench: Bench) -> None:
        lease, row, (offered,) = await _made(bench, A, mode="preview")
        async with bench.store.transaction(lease) as transaction:
            answer = await transaction.recheck(row, offered.attempt_id, None, NOW)
        assert (answer.allowed, answer.number) == (True, A)

    async def test_rules_may_have_changed_meanwhile(self, bench: Bench) -> None:
        lease, row, (offered,) = await _made(bench, A, mode="preview")
        night = NOW + timedelta(hours=12)
        async with bench.store.transaction(lease) as transaction:
            answer = await transaction.recheck(row, offered.attempt_id, None, night)
        assert (answer.allowed, answer.code) == (False, "OUTSIDE_CALLABLE_TIME")
        assert answer.retry_at == NOW + timedelta(hours=21)
        await bench.list_number(A)
        async with bench.store.transaction(lease) as transaction:
            answer = await transaction.recheck(row, offered.attempt_id, None, NOW)
        assert (answer.allowed, answer.code) == (False, "DNC_LISTED")

    async def test_only_the_contacts_own_numbers(self, bench: Bench) -> None:
        lease, row, (offered,) = await _made(bench, A, mode="preview")
        async with bench.store.transaction(lease) as transaction:
            answer = await transaction.recheck(row, offered.attempt_id, B, NOW)
        assert (answer.allowed, answer.code) == (False, "NUMBER_UNKNOWN")
