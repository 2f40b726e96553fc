"""Whom a claim gives callbacks, owned records and records to look at first, and from when on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contract.floor_store.bench import NOW, Bench, campaign, closed, course, lease_of, request
from kwabo.domain.callbacks.terms import CallbackTerms, RecordTerms
from kwabo.ports.floor_changes import CallbackDone, CallbackWritten
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest
from kwabo.ports.floor_rows import AttemptRow, CampaignRow
from kwabo.ports.floor_store import Lease

A, B, C = "+2290197000001", "+2290197000002", "+2290197000003"
DUE = NOW + timedelta(hours=1)
INSTANT = timedelta(microseconds=1)


async def _claim(bench: Bench, lease: Lease, wanted: ClaimRequest) -> ClaimAnswer:
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([], [])
        return await transaction.claim(wanted)


def _for_nobody(bench: Bench, wanted: ClaimRequest, number: int) -> ClaimRequest:
    ids = [bench.new_id() for _ in range(number)]
    return replace(wanted, attempt_ids=ids, for_nobody=number)


class Promised:
    """A campaign in which a contact was promised a callback."""

    def __init__(self, bench: Bench, lease: Lease, row: CampaignRow) -> None:
        self.bench = bench
        self.lease = lease
        self.row = row
        self.callback_id = bench.new_id()
        self.contact_id: UUID

    @classmethod
    async def of(
        cls, bench: Bench, terms: CallbackTerms, *, owner: UUID | None, **values: Any
    ) -> Promised:
        due_at = values.pop("due_at", DUE)
        latest_at = values.pop("latest_at", None)
        time_zone = values.pop("time_zone", None)
        row = campaign(bench, callbacks=terms, **values)
        await bench.add_campaign(row)
        contact_id = await bench.add_contact(A, time_zone=time_zone)
        one = cls(bench, await lease_of(bench), row)
        dialled = replace(row, mode="progressive", preview_column="")
        first = request(bench, dialled, bench.place.agents[0])
        made = (await _claim(bench, one.lease, first)).attempts[0]
        one.contact_id = contact_id
        promise = CallbackWritten(
            callback_id=one.callback_id,
            campaign_id=row.campaign_id,
            contact_id=contact_id,
            attempt_id=made.attempt_id,
            owner_user_id=owner,
            number=A,
            due_at=due_at,
            note="",
            at=NOW,
            latest_at=latest_at,
        )
        standing = course(made, next_attempt_at=due_at, last_result="person")
        async with bench.store.transaction(one.lease) as transaction:
            await transaction.apply([closed(made, "person"), promise, standing], [])
        return one

    async def claim(self, at: datetime, *agents: UUID, **changes: Any) -> ClaimAnswer:
        return await _claim(
            self.bench, self.lease, request(self.bench, self.row, *agents, at=at, **changes)
        )

    async def for_nobody(self, at: datetime, number: int = 1, **changes: Any) -> ClaimAnswer:
        wanted = request(self.bench, self.row, at=at, **changes)
        return await _claim(self.bench, self.lease, _for_nobody(self.bench, wanted, number))

    async def state(self) -> tuple[str, datetime, str]:
        return await self.bench.callback(self.callback_id)

    async def close(self, row: AttemptRow, result: str) -> None:
        async with self.bench.store.transaction(self.lease) as transaction:
            done = CallbackDone(callback_id=self.callback_id)
            standing = course(row, "finished")
            await transaction.apply([closed(row, result), standing, done], [])


async def test_an_owner_who_is_away_keeps_it_until_the_takeover_to_the_instant(
    bench: Bench,
) -> None:
    owner, other = bench.place.agents[:2]
    one = await Promised.of(bench, CallbackTerms(takeover_minutes=20), owner=owner)
    takeover = DUE + timedelta(minutes=20)
    assert (await one.claim(takeover - INSTANT, other)).attempts == []
    taken = (await one.claim(takeover, other)).attempts
    assert [(a.agent_user_id, a.callback_id) for a in taken] == [(other, one.callback_id)]
    await one.close(taken[0], "person")
    assert (await one.state())[0] == "done"


async def test_the_owner_comes_first_also_after_the_takeover(bench: Bench) -> None:
    owner, other = bench.place.agents[:2]
    one = await Promised.of(bench, CallbackTerms(), owner=owner)
    late = DUE + timedelta(hours=2)
    taken = (await one.claim(late, other, owner)).attempts
    assert [a.agent_user_id for a in taken] == [owner]


async def test_a_takeover_by_hand_waits_until_the_owners_hours_are_over(bench: Bench) -> None:
    owner, other = bench.place.agents[:2]
    terms = CallbackTerms(takeover="by_hand", owned_hours=2)
    one = await Promised.of(bench, terms, owner=owner)
    over = DUE + timedelta(hours=2)
    assert (await one.claim(over - INSTANT, other)).attempts == []
    assert [a.agent_user_id for a in (await one.claim(over, other)).attempts] == [other]


async def test_a_deputy_takes_over_and_nobody_else(bench: Bench) -> None:
    owner, deputy = bench.place.agents[:2]
    third = await bench.add_agent("third")
    terms = CallbackTerms(takeover="deputy", deputy_user_id=deputy, takeover_minutes=5)
    one = await Promised.of(bench, terms, owner=owner)
    takeover = DUE + timedelta(minutes=5)
    assert (await one.claim(takeover - INSTANT, deputy, third)).attempts == []
    assert (await one.claim(takeover, third)).attempts == []
    assert [a.agent_user_id for a in (await one.claim(takeover, third, deputy)).attempts] == [
        deputy
    ]


async def test_an_owner_whose_account_is_closed_is_not_waited_for(bench: Bench) -> None:
    owner, other = bench.place.agents[:2]
    one = await Promised.of(bench, CallbackTerms(takeover_minutes=60), owner=owner)
    await bench.close_account(owner)
    assert (await one.claim(DUE - INSTANT, other)).attempts == []
    assert [a.agent_user_id for a in (await one.claim(DUE, other)).attempts] == [other]


async def test_two_owners_get_their_own(bench: Bench) -> None:
    first, second = bench.place.agents[:2]
    one = await Promised.of(bench, CallbackTerms(), owner=second)
    assert (await one.claim(DUE, first)).attempts == []
    answer = await one.claim(DUE, first, second)
    assert [a.agent_user_id for a in answer.attempts] == [second]


async def test_it_is_missed_where_the_owners_hours_end_it(bench: Bench) -> None:
    owner, other = bench.place.agents[:2]
    terms = CallbackTerms(takeover="by_hand", after_owned="missed", owned_hours=1)
    one = await Promised.of(bench, terms, owner=owner)
    over = DUE + timedelta(hours=1)
    assert (await one.claim(over - INSTANT, other)).attempts == []
    assert (await one.state())[0] == "open"
    answer = await one.claim(over, other)
    assert answer.attempts == []
    assert await one.state() == ("missed", DUE, "CALLBACK_MISSED")
    standing = await bench.course(one.row.campaign_id, one.contact_id)
    assert standing == ("finished", 1, "CALLBACK_MISSED")
    assert answer.finished == 1


@pytest.mark.parametrize("own_time", [True, False])
async def test_it_expires_at_its_latest_time(bench: Bench, own_time: bool) -> None:
    terms = CallbackTerms(latest_hours=3)
    latest = DUE + timedelta(hours=1) if own_time else None
    one = await Promised.of(bench, terms, owner=None, latest_at=latest)
    last = latest or DUE + timedelta(hours=3)
    answer = await one.claim(last, bench.place.agents[0])
    assert answer.attempts == []
    assert await one.state() == ("expired", DUE, "CALLBACK_EXPIRED")


async def test_an_owners_callback_expires_also_while_others_claim(bench: Bench) -> None:
    owner, other = bench.place.agents[:2]
    latest = DUE + timedelta(minutes=2)
    terms = CallbackTerms(takeover="by_hand")
    one = await Promised.of(bench, terms, owner=owner, latest_at=latest)
    assert (await one.claim(latest, other)).attempts == []
    assert (await one.state())[0] == "expired"


async def test_outside_lawful_hours_it_moves_to_the_next_lawful_instant(bench: Bench) -> None:
    due_at = NOW.replace(hour=19, minute=30)  # 20:30 in Porto-Novo
    owner, other = bench.place.agents[:2]
    one = await Promised.of(bench, CallbackTerms(takeover_minutes=10), owner=owner, due_at=due_at)
    assert (await one.claim(due_at, owner)).attempts == []
    morning = NOW.replace(hour=7, minute=0) + timedelta(days=1)
    assert await one.state() == ("open", morning, "OUTSIDE_CALLABLE_TIME")
    # The owner's time counts from there.
    assert (await one.claim(morning + timedelta(minutes=9), other)).attempts == []
    taken = (await one.claim(morning + timedelta(minutes=9), owner)).attempts
    assert [a.callback_id for a in taken] == [one.callback_id]


async def test_it_expires_when_the_next_lawful_instant_is_too_late(bench: Bench) -> None:
    due_at = NOW.replace(hour=19, minute=30)
    latest = due_at + timedelta(hours=2)
    one = await Promised.of(bench, CallbackTerms(), owner=None, due_at=due_at, latest_at=latest)
    assert (await one.claim(due_at, bench.place.agents[0])).attempts == []
    assert await one.state() == ("expired", due_at, "OUTSIDE_CALLABLE_TIME")


async def test_it_is_cancelled_with_the_code_of_the_rule_that_forbids_it(bench: Bench) -> None:
    one = await Promised.of(bench, CallbackTerms(), owner=None)
    await bench.list_number(A)
    assert (await one.claim(DUE, bench.place.agents[0])).attempts == []
    assert await one.state() == ("cancelled", DUE, "DNC_LISTED")


async def test_an_owners_callback_can_come_as_a_record_in_a_paced_campaign(bench: Bench) -> None:
    owner, other = bench.place.agents[:2]
    terms = CallbackTerms(own_delivery="preview")
    one = await Promised.of(bench, terms, owner=owner, mode="predictive")
    answer = await one.for_nobody(DUE, 2, others=[other, owner])
    assert [(a.state, a.mode, a.agent_user_id) for a in answer.attempts] == [
        ("offered", "preview", owner)
    ]
    assert not answer.previews_waiting


async def test_anyones_callback_waits_for_an_agent_who_sees_it_first(bench: Bench) -> None:
    agent = bench.place.agents[0]
    terms = CallbackTerms(anyone_delivery="preview")
    one = await Promised.of(bench, terms, owner=None, mode="power")
    answer = await one.for_nobody(DUE)
    assert answer.attempts == []
    assert answer.previews_waiting
    standing = await bench.course(one.row.campaign_id, one.contact_id)
    assert standing == ("open", 1, "PREVIEW_WAITS")
    again = await one.for_nobody(DUE)  # it does not stand in the way of others
    assert (again.attempts, again.previews_waiting) == ([], False)
    held = await one.claim(DUE, agent, previews_only=True, offer=False)
    assert [(a.state, a.mode, a.agent_user_id, a.callback_id) for a in held.attempts] == [
        ("offered", "preview", agent, one.callback_id)
    ]


async def test_contacts_by_a_columns_value_are_always_previewed(bench: Bench) -> None:
    row = campaign(bench, mode="progressive", preview_column="vip", preview_values=("Oui", "1"))
    await bench.add_campaign(row)
    await bench.add_contact(A, data={"vip": "non"})
    await bench.add_contact(B, data={"vip": " oui "})
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, request(bench, row, *bench.place.agents[:2]))
    assert [(a.number, a.state, a.mode) for a in answer.attempts] == [
        (A, "dialling", "progressive"),
        (B, "offered", "preview"),
    ]
    assert answer.attempts[1].course_attempts == 0


async def test_records_to_look_at_do_not_hold_up_calls_for_nobody(bench: Bench) -> None:
    row = campaign(bench, mode="predictive", preview_column="vip", preview_values=("oui",))
    await bench.add_campaign(row)
    first = await bench.add_contact(A, data={"vip": "oui"})
    await bench.add_contact(B)
    lease = await lease_of(bench)
    wanted = _for_nobody(bench, request(bench, row), 1)
    answer = await _claim(bench, lease, wanted)
    assert [(a.number, a.state) for a in answer.attempts] == [(B, "dialling")]
    assert answer.previews_waiting
    agent = bench.place.agents[0]
    held = await _claim(bench, lease, request(bench, row, agent, offer=False, previews_only=True))
    assert [(a.contact_id, a.state, a.agent_user_id) for a in held.attempts] == [
        (first, "offered", agent)
    ]


async def test_callbacks_are_counted_by_owner_and_campaign(bench: Bench) -> None:
    owner = bench.place.agents[0]
    latest = DUE + timedelta(minutes=2)
    one = await Promised.of(bench, CallbackTerms(), owner=owner, latest_at=latest)
    campaign_id = one.row.campaign_id

    async def counted(at: datetime) -> list[tuple[int, int, datetime | None, int]]:
        since = NOW - timedelta(days=1)
        tallies = await bench.store.count_callbacks(one.lease, at, since)
        assert set(tallies.of_agents) == {owner}
        assert set(tallies.of_campaigns) == {campaign_id}
        found = (tallies.of_agents[owner], tallies.of_campaigns[campaign_id])
        return [(t.open, t.due, t.next_due_at, t.missed) for t in found]

    assert await counted(NOW) == [(1, 0, DUE, 0)] * 2
    assert await counted(DUE) == [(1, 1, None, 0)] * 2
    await one.claim(latest, owner)
    assert await counted(latest) == [(0, 0, None, 1)] * 2


class Owned:
    """A preview campaign whose contacts belong to agents."""

    def __init__(self, bench: Bench, lease: Lease, row: CampaignRow) -> None:
        self.bench, self.lease, self.row = bench, lease, row

    @classmethod
    async def of(cls, bench: Bench, **terms: Any) -> Owned:
        row = campaign(bench, mode="preview", records=RecordTerms(column="agent", **terms))
        await bench.add_campaign(row)
        return cls(bench, await lease_of(bench), row)

    async def claim(self, *agents: UUID, at: datetime = NOW) -> list[tuple[UUID, UUID | None]]:
        answer = await _claim(self.bench, self.lease, request(self.bench, self.row, *agents, at=at))
        return [(a.contact_id, a.agent_user_id) for a in answer.attempts]


async def test_a_record_is_offered_to_the_agent_whom_its_column_names(bench: Bench) -> None:
    owned = await Owned.of(bench)
    first, second = bench.place.agents[:2]
    login = await bench.login_of(second)
    by_login = await bench.add_contact(A, data={"agent": f" {login.upper()} "})
    by_id = await bench.add_contact(B, data={"agent": str(first)})
    anyones = await bench.add_contact(C)
    assert await owned.claim(first) == [(by_id, first)]
    assert await bench.course(owned.row.campaign_id, by_login) == ("open", 0, "OWNED_BY_OTHER")
    assert await owned.claim(second) == [(by_login, second)]
    third = await bench.add_agent("third")
    assert await owned.claim(third) == [(anyones, third)]


async def test_an_agent_who_joins_later_gets_records_without_more_ado(bench: Bench) -> None:
    owned = await Owned.of(bench)
    first = bench.place.agents[0]
    theirs = await bench.add_contact(A, data={"agent": "later@example.org"})
    assert await owned.claim(first) == []
    assert await bench.course(owned.row.campaign_id, theirs) == ("open", 0, "OWNER_UNKNOWN")
    later = await bench.add_agent("later@example.org")
    assert await owned.claim(first) == []
    assert await owned.claim(later) == [(theirs, later)]


async def test_a_changed_owner_counts_at_once(bench: Bench) -> None:
    owned = await Owned.of(bench)
    first, second = bench.place.agents[:2]
    contact_id = await bench.add_contact(A, data={"agent": str(first)})
    assert await owned.claim(second) == []
    await bench.change_contact(contact_id, {"agent": str(second)})
    assert await owned.claim(first) == []
    assert await owned.claim(second) == [(contact_id, second)]


@pytest.mark.parametrize("known", [True, False])
async def test_a_record_whose_owner_does_not_come_is_anyones_after_the_hours(
    bench: Bench, known: bool
) -> None:
    owned = await Owned.of(bench, absent="anyone", absent_hours=4)
    first, second = bench.place.agents[:2]
    name = str(first) if known else "nobody"
    contact_id = await bench.add_contact(A, data={"agent": name})
    assert await owned.claim(second) == []
    free = NOW + timedelta(hours=4)
    assert await owned.claim(second, at=free - INSTANT) == []
    assert await owned.claim(second, at=free) == [(contact_id, second)]


async def test_a_record_waits_for_its_owner_where_that_is_set(bench: Bench) -> None:
    owned = await Owned.of(bench, absent="wait")
    first, second = bench.place.agents[:2]
    contact_id = await bench.add_contact(A, data={"agent": str(first)})
    assert await owned.claim(second) == []
    much_later = NOW + timedelta(days=30)
    assert await owned.claim(second, at=much_later) == []
    assert await owned.claim(first, at=much_later) == [(contact_id, first)]
