"""Places in queues that callbacks keep, on both stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from contract.floor_store.bench import NOW, Bench, campaign, closed, course, lease_of, request
from kwabo.ports.floor_changes import (
    CallbackChanged,
    CallbackDone,
    CallbackWritten,
    CourseWritten,
    PlaceInQueue,
)
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest
from kwabo.ports.floor_rows import CampaignRow
from kwabo.ports.floor_store import Lease

A, B = "+2290197000001", "+2290197000002"
LATEST = NOW + timedelta(hours=4)


def _promise(bench: Bench, row: CampaignRow, contact_id: UUID, **changes: Any) -> CallbackWritten:
    return replace(
        CallbackWritten(
            callback_id=bench.new_id(),
            campaign_id=row.campaign_id,
            contact_id=contact_id,
            attempt_id=None,
            owner_user_id=None,
            number=A,
            due_at=NOW,
            note="",
            at=NOW,
            latest_at=LATEST,
            place=PlaceInQueue(
                queue_id=row.queue_id,
                waiting_since=NOW - timedelta(minutes=5),
                priority=3,
                language="fon",
                skills=("a", "b"),
            ),
        ),
        **changes,
    )


async def _apply(bench: Bench, lease: Lease, *changes: Any) -> None:
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply(list(changes), [])


async def _claim(bench: Bench, lease: Lease, wanted: ClaimRequest) -> ClaimAnswer:
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([], [])
        return await transaction.claim(wanted)


async def _callers(bench: Bench) -> tuple[CampaignRow, Lease]:
    row = campaign(bench, mode="inbound", state="ready")
    await bench.add_campaign(row)
    return row, await lease_of(bench)


async def test_a_place_is_read_as_it_was_written(bench: Bench) -> None:
    row, lease = await _callers(bench)
    contact_id = await bench.add_contact(A)
    promise = _promise(bench, row, contact_id)
    await _apply(bench, lease, promise)
    (place,) = await bench.store.load_places(lease)
    assert promise.place is not None
    assert (place.callback_id, place.campaign_id) == (promise.callback_id, row.campaign_id)
    assert (place.contact_id, place.queue_id) == (contact_id, row.queue_id)
    assert (place.waiting_since, place.call_at) == (promise.place.waiting_since, NOW)
    assert (place.latest_at, place.priority, place.language) == (LATEST, 3, "fon")
    assert (place.skills, place.tries, place.calling) == (("a", "b"), 0, False)
    assert row.campaign_id in {one.campaign_id for one in (await bench.store.load(lease)).campaigns}


async def test_a_number_keeps_the_older_of_two_places_in_a_queue(bench: Bench) -> None:
    row, lease = await _callers(bench)
    first = _promise(bench, row, await bench.add_contact(A))
    await _apply(bench, lease, first)
    again = _promise(bench, row, first.contact_id, at=NOW + timedelta(minutes=1))
    other = _promise(bench, row, await bench.add_contact(B))
    await _apply(bench, lease, again, other)
    places = await bench.store.load_places(lease)
    assert [place.callback_id for place in places] == [first.callback_id]
    await _apply(bench, lease, CallbackDone(callback_id=first.callback_id))
    after = replace(other, callback_id=bench.new_id())
    await _apply(bench, lease, after)
    places = await bench.store.load_places(lease)
    assert [place.callback_id for place in places] == [after.callback_id]


async def test_a_claim_of_a_place_takes_its_contact_alone(bench: Bench) -> None:
    row, lease = await _callers(bench)
    await bench.add_contact(B)  # never promised anything
    promise = _promise(bench, row, await bench.add_contact(A))
    await _apply(bench, lease, promise)
    agent = bench.place.agents[0]
    in_turn = await _claim(bench, lease, request(bench, row, agent))
    assert in_turn.attempts == []  # places are for the matching
    wanted = replace(request(bench, row, agent), only=promise.contact_id)
    (made,) = (await _claim(bench, lease, wanted)).attempts
    assert (made.number, made.mode, made.callback_id) == (A, "progressive", promise.callback_id)
    (place,) = await bench.store.load_places(lease)
    assert place.calling
    again_at = NOW + timedelta(minutes=5)
    await _apply(
        bench,
        lease,
        closed(made),
        CallbackChanged(
            callback_id=promise.callback_id,
            state="open",
            due_at=again_at,
            reason="CALLBACK_TRIED_AGAIN",
            at=NOW,
            tried=True,
        ),
        course(made, next_attempt_at=again_at, reason="CALLBACK_SCHEDULED"),
    )
    (place,) = await bench.store.load_places(lease)
    assert (place.call_at, place.tries, place.calling) == (again_at, 1, False)


async def test_a_place_is_kept_for_a_number_that_is_not_the_contacts_own(bench: Bench) -> None:
    row, lease = await _callers(bench)
    promise = _promise(bench, row, await bench.add_contact(A), number=B)
    await _apply(bench, lease, promise)
    wanted = replace(request(bench, row, bench.place.agents[0]), only=promise.contact_id)
    (made,) = (await _claim(bench, lease, wanted)).attempts
    assert (made.number, made.callback_id) == (B, promise.callback_id)


async def test_rules_are_asked_of_the_number_that_was_promised(bench: Bench) -> None:
    row, lease = await _callers(bench)
    promise = _promise(bench, row, await bench.add_contact(A), number=B)
    await bench.list_number(B)
    await _apply(bench, lease, promise)
    wanted = replace(request(bench, row, bench.place.agents[0]), only=promise.contact_id)
    (made,) = (await _claim(bench, lease, wanted)).attempts
    assert made.number == A


async def test_callers_are_called_only_when_they_were_promised_it(bench: Bench) -> None:
    row, lease = await _callers(bench)
    contact_id = await bench.add_contact(A)
    agent = bench.place.agents[0]
    assert (await _claim(bench, lease, request(bench, row, agent))).attempts == []
    promise = _promise(bench, row, contact_id, place=None, owner_user_id=agent)
    standing = CourseWritten(
        campaign_id=row.campaign_id,
        contact_id=contact_id,
        state="open",
        attempts=0,
        last_attempt_at=None,
        last_result=None,
        next_attempt_at=NOW,
        reason="CALLBACK_SCHEDULED",
    )
    await _apply(bench, lease, promise, standing)
    (made,) = (await _claim(bench, lease, request(bench, row, agent))).attempts
    assert (made.contact_id, made.mode) == (contact_id, "progressive")
