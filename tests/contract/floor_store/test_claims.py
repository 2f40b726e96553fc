"""Which contacts a claim takes, in which order, and what it leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from contract.floor_store.bench import (
    GAP,
    NOW,
    Bench,
    campaign,
    closed,
    course,
    lease_of,
    request,
)
from kwabo.ports.floor_changes import CallbackWritten
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest
from kwabo.ports.floor_rows import AttemptRow

A, B, C = "+2290197000001", "+2290197000002", "+2290197000003"


async def _claim(bench: Bench, lease: object, wanted: ClaimRequest) -> ClaimAnswer:
    async with bench.store.transaction(lease) as transaction:  # type: ignore[arg-type]
        await transaction.apply([], [])
        return await transaction.claim(wanted)


def _contacts(answer: ClaimAnswer) -> list[UUID]:
    return [attempt.contact_id for attempt in answer.attempts]


async def _end(bench: Bench, lease: object, row: AttemptRow, **changes: object) -> None:
    async with bench.store.transaction(lease) as transaction:  # type: ignore[arg-type]
        await transaction.apply([closed(row), course(row, **changes)], [])  # type: ignore[arg-type]


async def test_new_contacts_come_in_the_lists_order(bench: Bench) -> None:
    row = campaign(bench)
    await bench.add_campaign(row)
    contacts = [await bench.add_contact(number) for number in (A, B, C)]
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, request(bench, row, *bench.place.agents[:2]))
    assert _contacts(answer) == contacts[:2]
    first = answer.attempts[0]
    assert (first.state, first.number, first.attempt_number, first.course_attempts) == (
        "dialling",
        A,
        1,
        1,
    )
    assert first.dialling_at == NOW
    assert first.offered_at is None
    assert await bench.course(row.campaign_id, contacts[0]) == ("in_progress", 1, "")
    loaded = await bench.store.load(lease)
    assert [a.attempt_id for a in loaded.attempts] == [a.attempt_id for a in answer.attempts]
    assert loaded.attempts[0].course_attempts == 1
    assert loaded.campaigns[0].contacts == 3


async def test_a_preview_offer_does_not_count_as_an_attempt(bench: Bench) -> None:
    row = campaign(bench, mode="preview")
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(A)
    lease = await lease_of(bench)
    offered = (await _claim(bench, lease, request(bench, row, bench.place.agents[0]))).attempts[0]
    assert (offered.state, offered.dialling_at, offered.course_attempts) == ("offered", None, 0)
    assert await bench.course(row.campaign_id, contact_id) == ("in_progress", 0, "")


async def test_due_contacts_come_before_new_ones_the_longest_due_first(bench: Bench) -> None:
    row = campaign(bench, max_attempts=5)
    await bench.add_campaign(row)
    first, second = await bench.add_contact(A), await bench.add_contact(B)
    lease = await lease_of(bench)
    agents = bench.place.agents
    made = (await _claim(bench, lease, request(bench, row, *agents[:2]))).attempts
    later = NOW + timedelta(seconds=GAP)
    await _end(bench, lease, made[0], next_attempt_at=later + timedelta(seconds=9))
    await _end(bench, lease, made[1], next_attempt_at=later)
    await bench.add_contact(C)
    at = later + timedelta(seconds=10)
    answer = await _claim(bench, lease, request(bench, row, *agents[:2], at=at))
    assert _contacts(answer) == [second, first]
    assert [a.attempt_number for a in answer.attempts] == [2, 2]
    assert [a.course_attempts for a in answer.attempts] == [2, 2]


async def test_what_a_rule_puts_off_is_told_and_kept(bench: Bench) -> None:
    row = campaign(bench)
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(A, time_zone="America/New_York")  # 05:00 there
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, request(bench, row, bench.place.agents[0]))
    assert answer.attempts == []
    assert answer.next_reason == "OUTSIDE_CALLABLE_TIME"
    assert answer.next_attempt_at == NOW + timedelta(hours=3)
    assert not answer.exhausted
    assert await bench.course(row.campaign_id, contact_id) == ("open", 0, "OUTSIDE_CALLABLE_TIME")


async def test_do_not_call_finishes_a_contact_and_exhausts_the_campaign(bench: Bench) -> None:
    row = campaign(bench)
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(A)
    await bench.list_number(A)
    lease = await lease_of(bench)
    look = await _claim(bench, lease, request(bench, row))
    assert not look.exhausted  # nobody has looked at the contact yet
    answer = await _claim(bench, lease, request(bench, row, bench.place.agents[0]))
    assert (answer.attempts, answer.exhausted, answer.finished) == ([], True, 1)
    assert await bench.course(row.campaign_id, contact_id) == ("finished", 0, "DNC_LISTED")


async def test_the_second_number_is_used_when_the_first_is_listed(bench: Bench) -> None:
    row = campaign(bench)
    await bench.add_campaign(row)
    await bench.add_contact(A, B)
    await bench.list_number(A)
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, request(bench, row, bench.place.agents[0]))
    assert [a.number for a in answer.attempts] == [B]


async def test_a_listing_that_has_run_out_does_not_count(bench: Bench) -> None:
    row = campaign(bench)
    await bench.add_campaign(row)
    await bench.add_contact(A)
    await bench.list_number(A, expires_at=NOW - timedelta(seconds=1))
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, request(bench, row, bench.place.agents[0]))
    assert [a.number for a in answer.attempts] == [A]


async def test_nobody_is_called_by_two_campaigns_at_once_or_within_the_gap(bench: Bench) -> None:
    one, two = campaign(bench), campaign(bench)
    await bench.add_campaign(one)
    await bench.add_campaign(two)
    await bench.add_contact(A)
    lease = await lease_of(bench)
    first, second = bench.place.agents[:2]
    made = (await _claim(bench, lease, request(bench, one, first))).attempts[0]
    refused = await _claim(bench, lease, request(bench, two, second))
    assert refused.attempts == []
    assert refused.next_reason == "IN_PROGRESS"
    await _end(bench, lease, made)
    soon = NOW + timedelta(seconds=GAP - 1)
    refused = await _claim(bench, lease, request(bench, two, second, at=soon))
    assert refused.attempts == []
    assert refused.next_reason == "MINIMUM_GAP"
    assert refused.next_attempt_at == NOW + timedelta(seconds=GAP)
    then = NOW + timedelta(seconds=GAP)
    assert (await _claim(bench, lease, request(bench, two, second, at=then))).attempts


async def test_contacts_that_commit_late_are_not_missed(bench: Bench) -> None:
    row = campaign(bench)
    await bench.add_campaign(row)
    lease = await lease_of(bench)
    late = bench.new_id()
    agents = bench.place.agents
    async with bench.adding(late, A):
        # Added later, visible earlier: to go past the first would lose it.
        early = await bench.add_contact(B)
        before = await _claim(bench, lease, request(bench, row, agents[0]))
    free = agents[len(before.attempts) : 2]
    after = await _claim(bench, lease, request(bench, row, *free))
    assert sorted(_contacts(before) + _contacts(after)) == sorted([late, early])


async def test_many_uncallable_contacts_are_gone_through_in_parts(bench: Bench) -> None:
    row = campaign(bench)
    await bench.add_campaign(row)
    for number in range(120):
        listed = f"+22901980{number:05d}"
        await bench.add_contact(listed)
        await bench.list_number(listed)
    wanted = await bench.add_contact(A)
    lease = await lease_of(bench)
    looks, made = 0, []
    while not made:
        answer = await _claim(bench, lease, request(bench, row, bench.place.agents[0]))
        made = _contacts(answer)
        assert made or answer.more
        looks += 1
    assert made == [wanted]
    assert looks > 1


class TestCallbacks:
    """Promises to call back."""

    async def _promised(
        self, bench: Bench, lease: object, row: AttemptRow, owner: UUID | None
    ) -> None:
        due_at = NOW + timedelta(seconds=60)
        callback = CallbackWritten(
            callback_id=bench.new_id(),
            campaign_id=row.campaign_id,
            contact_id=row.contact_id,
            attempt_id=row.attempt_id,
            owner_user_id=owner,
            number=row.number,
            due_at=due_at,
            note="",
            at=NOW,
        )
        changes = [
            closed(row, "person"),
            course(row, next_attempt_at=due_at, reason="CALLBACK_SCHEDULED"),
            callback,
        ]
        async with bench.store.transaction(lease) as transaction:  # type: ignore[arg-type]
            await transaction.apply(changes, [])

    async def test_a_due_one_stands_above_limit_and_gap(self, bench: Bench) -> None:
        row = campaign(bench, max_attempts=1)
        await bench.add_campaign(row)
        await bench.add_contact(A, B)
        lease = await lease_of(bench)
        agent = bench.place.agents[0]
        made = (await _claim(bench, lease, request(bench, row, agent))).attempts[0]
        await self._promised(bench, lease, made, None)
        early = NOW + timedelta(seconds=59)
        assert not (await _claim(bench, lease, request(bench, row, agent, at=early))).attempts
        due = NOW + timedelta(seconds=60)
        again = (await _claim(bench, lease, request(bench, row, agent, at=due))).attempts[0]
        assert (again.number, again.attempt_number, again.callback_id is not None) == (A, 2, True)

    async def test_an_owned_one_waits_for_its_owner(self, bench: Bench) -> None:
        row = campaign(bench)
        await bench.add_campaign(row)
        contact_id = await bench.add_contact(A)
        lease = await lease_of(bench)
        owner, other = bench.place.agents[:2]
        made = (await _claim(bench, lease, request(bench, row, owner))).attempts[0]
        await self._promised(bench, lease, made, owner)
        due = NOW + timedelta(minutes=10)
        assert not (await _claim(bench, lease, request(bench, row, other, at=due))).attempts
        wanted = request(bench, row, other, at=due, others=[owner])
        answer = await _claim(bench, lease, wanted)
        assert _contacts(answer) == [contact_id]
        assert answer.attempts[0].agent_user_id == owner

    async def test_two_of_one_owner_are_not_given_to_another(self, bench: Bench) -> None:
        row = campaign(bench)
        await bench.add_campaign(row)
        await bench.add_contact(A)
        await bench.add_contact(B)
        lease = await lease_of(bench)
        owner, other = bench.place.agents[:2]
        made = (await _claim(bench, lease, request(bench, row, owner, other))).attempts
        for attempt in made:
            await self._promised(bench, lease, attempt, owner)
        due = NOW + timedelta(minutes=10)
        answer = await _claim(bench, lease, request(bench, row, other, owner, at=due))
        assert [a.agent_user_id for a in answer.attempts] == [owner]

    async def test_the_next_owner_of_the_floor_knows_it(self, bench: Bench) -> None:
        row = campaign(bench)
        await bench.add_campaign(row)
        await bench.add_contact(A)
        lease = await lease_of(bench)
        made = (await _claim(bench, lease, request(bench, row, bench.place.agents[0]))).attempts[0]
        due_at = NOW + timedelta(seconds=60)
        callback = CallbackWritten(
            callback_id=bench.new_id(),
            campaign_id=row.campaign_id,
            contact_id=made.contact_id,
            attempt_id=made.attempt_id,
            owner_user_id=None,
            number=A,
            due_at=due_at,
            note="",
            at=NOW,
        )
        async with bench.store.transaction(lease) as transaction:
            await transaction.apply([callback], [])
        assert (await bench.store.load(lease)).attempts[0].callback_due_at == due_at


def _for_nobody(bench: Bench, wanted: ClaimRequest, number: int) -> ClaimRequest:
    ids = [bench.new_id() for _ in range(number)]
    return replace(wanted, attempt_ids=ids, for_nobody=number)


async def test_contacts_for_nobody_in_particular(bench: Bench) -> None:
    row = campaign(bench, mode="predictive")
    await bench.add_campaign(row)
    contacts = [await bench.add_contact(f"+22901970000{n:02d}") for n in range(6)]
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, _for_nobody(bench, request(bench, row), 3))
    assert _contacts(answer) == contacts[:3]
    assert {attempt.agent_user_id for attempt in answer.attempts} == {None}
    assert {attempt.mode for attempt in answer.attempts} == {"predictive"}
    assert list(answer.upcoming) == [f"+22901970000{n:02d}" for n in range(3, 6)]


async def test_a_callback_is_for_its_owner_also_when_contacts_are_wanted_for_nobody(
    bench: Bench,
) -> None:
    row = campaign(bench, mode="predictive")
    await bench.add_campaign(row)
    await bench.add_contact(A)
    await bench.add_contact(B)
    lease = await lease_of(bench)
    owner, other = bench.place.agents[:2]
    attempt = (await _claim(bench, lease, request(bench, row, owner))).attempts[0]
    due_at = NOW + timedelta(hours=1)
    promise = CallbackWritten(
        callback_id=bench.new_id(),
        campaign_id=row.campaign_id,
        contact_id=attempt.contact_id,
        attempt_id=attempt.attempt_id,
        owner_user_id=owner,
        number=A,
        due_at=due_at,
        note="",
        at=NOW,
    )
    async with bench.store.transaction(lease) as transaction:
        standing = course(attempt, next_attempt_at=due_at, last_result="person")
        await transaction.apply([closed(attempt, "person"), promise, standing], [])
    wanted = request(bench, row, at=due_at + timedelta(seconds=1), others=[other, owner])
    answer = await _claim(bench, lease, _for_nobody(bench, wanted, 2))
    assert [attempt.agent_user_id for attempt in answer.attempts] == [owner, None]
