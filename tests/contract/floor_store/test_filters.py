"""Filters, orders and the front of the list, the same in every floor store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contract.floor_store.bench import NOW, Bench, campaign, closed, course, lease_of, request
from contract.floor_store.memory_bench import MemoryBench
from filter_documents import COLUMNS
from kwabo.adapters.postgres import claim_order, order_filling, order_head
from kwabo.domain.contacts.filters.document import read_filter
from kwabo.domain.contacts.filters.fields import columns_by_name
from kwabo.domain.contacts.filters.in_use import Choice, FilterInUse
from kwabo.domain.contacts.filters.sorting import read_sort
from kwabo.ports.floor_changes import CampaignStateWritten, ContactWritten
from kwabo.ports.floor_claims import ClaimAnswer
from kwabo.ports.floor_rows import CampaignRow

FIELDS = columns_by_name(COLUMNS)
COTONOU = {"column": "ville", "predicate": "EQUALS", "value": "cotonou"}


def choice(*documents: Any, sort: Any = (), dynamic: bool = False) -> Choice:
    """A campaign's filters and order."""
    return Choice(
        filters=tuple(
            FilterInUse(
                contact_list_filter_id=UUID(int=index + 1),
                name=f"Filter {index}",
                node=read_filter(document, FIELDS),
            )
            for index, document in enumerate(documents)
        ),
        sort=read_sort(list(sort), FIELDS),
        dynamic=dynamic,
    )


class Scene:
    """A campaign, and claims of one contact at a time that end at once."""

    def __init__(self, bench: Bench, row: CampaignRow) -> None:
        self.bench, self.row = bench, row
        self.now = NOW

    async def begin(self) -> None:
        await self.bench.add_campaign(self.row)
        self.lease = await lease_of(self.bench)

    async def contact(self, index: int, **data: str) -> UUID:
        return await self.bench.add_contact(f"+229019700{index:04d}", data=data)

    async def claim(self, at_most: int = 10) -> UUID | None:
        """The next contact, called and finished; None when there is none."""
        for _ in range(at_most):
            answer = await self.look()
            if answer.attempts:
                made = answer.attempts[0]
                async with self.bench.store.transaction(self.lease) as transaction:
                    await transaction.apply(
                        [closed(made, at=self.now), course(made, "finished")], []
                    )
                return made.contact_id
            if not answer.more:
                return None
        raise AssertionError("the claim does not come to an end")

    async def look(self) -> ClaimAnswer:
        wanted = request(self.bench, self.row, self.bench.place.agents[0], at=self.now)
        async with self.bench.store.transaction(self.lease) as transaction:
            return await transaction.claim(wanted)

    async def write(self, *changes: Any) -> None:
        async with self.bench.store.transaction(self.lease) as transaction:
            await transaction.apply(list(changes), [])

    async def all(self) -> list[UUID]:
        found = []
        while (contact_id := await self.claim()) is not None:
            found.append(contact_id)
        return found

    async def chosen(self, row: CampaignRow) -> None:
        """Somebody gives the campaign other filters or another order."""
        self.row = row
        await self.bench.choose(row)


async def test_who_does_not_match_is_skipped_and_not_finished(bench: Bench) -> None:
    scene = Scene(bench, campaign(bench, choice=choice(COTONOU)))
    await scene.begin()
    out = await scene.contact(1, ville="Parakou")
    wanted = await scene.contact(2, ville="COTONOU")
    assert await scene.all() == [wanted]
    assert await bench.course(scene.row.campaign_id, out) is None
    answer = await scene.look()
    assert (answer.finished, answer.exhausted) == (0, True)


async def test_all_filters_must_hold(bench: Bench) -> None:
    rich = {"column": "solde", "predicate": "GREATER", "value": 1000}
    scene = Scene(bench, campaign(bench, choice=choice(COTONOU, rich)))
    await scene.begin()
    await scene.contact(1, ville="Cotonou", solde="900")
    wanted = await scene.contact(2, ville="Cotonou", solde="10000")
    await scene.contact(3, ville="Parakou", solde="10000")
    assert await scene.all() == [wanted]


async def test_changed_data_is_looked_at_again(bench: Bench) -> None:
    scene = Scene(bench, campaign(bench, choice=choice(COTONOU)))
    await scene.begin()
    contact_id = await scene.contact(1, ville="Parakou")
    assert await scene.all() == []
    await scene.write(ContactWritten(contact_id=contact_id, data={"ville": "Cotonou"}))
    assert await scene.all() == [contact_id]


async def test_changed_filters_are_looked_at_again(bench: Bench) -> None:
    scene = Scene(bench, campaign(bench, choice=choice(COTONOU)))
    await scene.begin()
    other = await scene.contact(1, ville="Parakou")
    wanted = await scene.contact(2, ville="Cotonou")
    assert await scene.all() == [wanted]
    await scene.chosen(replace(scene.row, choice=choice()))
    assert await scene.all() == [other]


async def test_a_recall_that_no_longer_matches_waits_for_a_change(bench: Bench) -> None:
    scene = Scene(bench, campaign(bench, choice=choice(COTONOU)))
    await scene.begin()
    contact_id = await scene.contact(1, ville="Cotonou")
    made = (await scene.look()).attempts[0]
    await scene.write(closed(made), course(made))
    await scene.write(ContactWritten(contact_id=contact_id, data={"ville": "Parakou"}))
    scene.now = NOW + timedelta(hours=2)
    answer = await scene.look()
    assert (list(answer.attempts), answer.next_attempt_at, answer.exhausted) == ([], None, True)
    assert await bench.course(scene.row.campaign_id, contact_id) == ("open", 1, "FILTERED")
    await scene.write(ContactWritten(contact_id=contact_id, data={"ville": "Cotonou"}))
    assert await scene.all() == [contact_id]


async def test_time_lets_a_contact_through(bench: Bench) -> None:
    old = {"column": "visite", "predicate": "BEFORE", "value": {"relative": "-PT1H"}}
    scene = Scene(bench, campaign(bench, choice=choice(old)))
    await scene.begin()
    contact_id = await scene.contact(1, visite="2026-01-05T10:30:00")  # 09:30 UTC; now 10:00
    await scene.contact(2, visite="2026-01-05T15:00:00")
    await scene.contact(3, visite="demain")
    answer = await scene.look()
    assert not answer.attempts
    assert answer.next_attempt_at == NOW + timedelta(minutes=30, seconds=1)
    assert answer.next_reason == "FILTERED"
    scene.now = NOW + timedelta(minutes=30, seconds=1)
    assert await scene.all() == [contact_id]


async def test_calls_of_another_campaign_let_a_contact_through(bench: Bench) -> None:
    busy = {"property": "last_result_anywhere", "predicate": "EQUALS", "value": "busy"}
    scene = Scene(bench, campaign(bench, choice=choice(busy), minimum_gap_seconds=0))
    await scene.begin()
    contact_id = await scene.contact(1)
    assert await scene.all() == []
    other = campaign(bench)
    await bench.add_campaign(other)
    async with bench.store.transaction(scene.lease) as transaction:
        wanted = request(bench, other, bench.place.agents[1])
        made = (await transaction.claim(wanted)).attempts[0]
    assert await scene.all() == []
    await scene.write(closed(made, "busy"))
    scene.now = NOW + timedelta(seconds=31)
    assert await scene.all() == [contact_id]


async def test_a_start_goes_past_everybody_again(bench: Bench) -> None:
    scene = Scene(bench, campaign(bench, choice=choice(COTONOU)))
    await scene.begin()
    contact_id = await scene.contact(1, ville="Parakou")
    assert await scene.all() == []
    campaign_id = scene.row.campaign_id
    state = CampaignStateWritten(campaign_id=campaign_id, state="complete", state_reason="", at=NOW)
    await scene.write(state)
    await bench.change_contact_unseen(contact_id, {"ville": "Cotonou"})
    assert await scene.all() == []
    await scene.write(replace(state, state="running"))
    assert await scene.all() == [contact_id]


async def test_a_sorted_list(bench: Bench) -> None:
    sort = [
        {"column": "solde", "descending": True},
        {"column": "ville"},
    ]
    scene = Scene(bench, campaign(bench, choice=choice(sort=sort)))
    await scene.begin()
    empty = await scene.contact(1, ville="A")
    small = await scene.contact(2, solde="9", ville="A")
    second = await scene.contact(3, solde="100", ville="Éa")
    first = await scene.contact(4, solde="100.0", ville="da")
    last = await scene.contact(5, solde="-3")
    assert await scene.claim() == first
    added = await scene.contact(6, solde="50")
    assert await scene.all() == [second, added, small, last, empty]


async def test_claims_tell_how_far_the_order_is_filled_while_it_keeps_all_waiting(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_order, "FILL", 2)
    scene = Scene(bench, campaign(bench, choice=choice(sort=[{"column": "solde"}])))
    await scene.begin()
    contacts = [await scene.contact(n, solde=str(9 - n)) for n in range(5)]
    told: list[int | None] = []
    for _ in range(5):
        wanted = request(scene.bench, scene.row, scene.bench.place.agents[0], at=scene.now)
        wanted = replace(wanted, order_filled=told[-1] if told else None)
        async with bench.store.transaction(scene.lease) as transaction:
            answer = await transaction.claim(wanted)
        told.append(answer.order_filled)
        if answer.attempts:
            break
        assert answer.more
    assert [attempt.contact_id for attempt in answer.attempts] == [contacts[-1]]
    # A store in memory knows the whole order at once.
    assert told == ([None] if isinstance(bench, MemoryBench) else [2, 4, None])


async def test_the_first_of_an_order_are_called_while_the_rest_is_not_in_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_order, "FILL", 2)
    monkeypatch.setattr(order_head, "HEAD", 2)
    monkeypatch.setattr(order_filling, "BESIDE", 2)
    sort = [{"column": "ville"}, {"column": "solde"}]
    scene = Scene(bench, campaign(bench, choice=replace(choice(sort=sort), version=1)))
    await scene.begin()
    contacts = [await scene.contact(n, solde=str(9 - n), ville="A" if n else "B") for n in range(6)]
    await bench.find_head(scene.row.campaign_id)
    for expected in (contacts[5], contacts[4]):
        assert await scene.claim(1) == expected  # by the first claim: nothing is filled before
    assert await scene.all() == [contacts[3], contacts[2], contacts[1], contacts[0]]


async def test_a_static_order_stays_and_a_dynamic_one_follows(bench: Bench) -> None:
    for dynamic in (False, True):
        sort = [{"column": "solde"}]
        row = campaign(bench, choice=choice(sort=sort, dynamic=dynamic), minimum_gap_seconds=0)
        await bench.add_campaign(row)
        scene = Scene(bench, row)
        if not dynamic:
            lease = await lease_of(bench)
            one = await scene.contact(1, solde="1")
            two = await scene.contact(2, solde="2")
            three = await scene.contact(3, solde="3")
        scene.lease = lease
        await scene.write(ContactWritten(contact_id=three, data={"solde": "3"}))
        assert await scene.claim() == one
        await scene.write(ContactWritten(contact_id=three, data={"solde": "0"}))
        assert await scene.all() == ([three, two] if dynamic else [two, three])


async def test_a_sorted_and_filtered_list(bench: Bench) -> None:
    scene = Scene(bench, campaign(bench, choice=choice(COTONOU, sort=[{"column": "solde"}])))
    await scene.begin()
    high = await scene.contact(1, ville="Cotonou", solde="20")
    out = await scene.contact(2, ville="Parakou", solde="5")
    low = await scene.contact(3, ville="Cotonou", solde="10")
    assert await scene.claim() == low
    await scene.write(
        ContactWritten(contact_id=out, data={"ville": "Cotonou"}),
        ContactWritten(contact_id=high, data={"ville": "Parakou"}),
    )
    assert await scene.all() == [out]
    await scene.write(ContactWritten(contact_id=high, data={"ville": "Cotonou"}))
    assert await scene.all() == [high]


async def test_the_front_comes_before_the_list_and_its_order(bench: Bench) -> None:
    for sort in ((), [{"column": "solde"}]):
        row = campaign(bench, choice=choice(sort=sort), minimum_gap_seconds=0)
        scene = Scene(bench, row)
        if not sort:
            await scene.begin()
            lease = scene.lease
            plain = [await scene.contact(index, solde="1") for index in range(3)]
            front = await scene.contact(9, solde="9")
        else:
            await bench.add_campaign(row)
            scene.lease = lease
        assert await scene.claim() == (plain[0] if not sort else front)
        if not sort:
            await bench.put_in_front(front)
            assert await scene.claim() == front
        assert await scene.all() == plain[1 if not sort else 0 :]


async def test_a_contact_at_the_front_is_called_once(bench: Bench) -> None:
    scene = Scene(bench, campaign(bench))
    await scene.begin()
    contact_id = await scene.contact(1)
    await bench.put_in_front(contact_id)
    await bench.put_in_front(contact_id)
    assert await scene.all() == [contact_id]
