"""Stays of calls in queues and the figures counted from them, on both stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from contract.floor_store.bench import NOW, Bench, campaign, lease_of, written
from kwabo.domain.reporting.queue_figures import QueueCounts, QueueOutcome, QueueTarget
from kwabo.ports.floor_arrivals import Arrival
from kwabo.ports.floor_changes import CallbackWritten, PlaceInQueue, QueueStayWritten, WrapUpWritten
from kwabo.ports.floor_rows import AttemptRow
from kwabo.ports.floor_store import Lease
from kwabo.ports.queue_figures import QueueReading

NUMBER = "+2290121000099"
TARGET = QueueTarget(seconds=20.0, share=0.8, short_abandon_seconds=5.0)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
# 10:00 UTC is 11:00 of the organisation's clock, whose day began at 23:00 UTC.
DAY_BEGINS = datetime(2026, 1, 4, 23, 0, tzinfo=UTC)


class Callers:
    """A campaign of the bench to which people call, and their stays in its queue."""

    def __init__(self, bench: Bench, lease: Lease) -> None:
        self.bench, self.lease, self._calls = bench, lease, 0

    @classmethod
    async def of(cls, bench: Bench) -> Callers:
        row = campaign(bench, mode="inbound", state="ready")
        await bench.add_campaign(row)
        await bench.add_inbound_number(NUMBER, row.campaign_id, bench.new_id())
        return cls(bench, await lease_of(bench))

    async def arrive(self) -> AttemptRow:
        self._calls += 1
        arrival = Arrival(
            attempt_id=self.bench.new_id(),
            new_contact_id=self.bench.new_id(),
            channel_id=f"in-{self._calls}",
            number=NUMBER,
            caller=f"+22901970{self._calls:05}",
            trunk_endpoint="carrier",
            at=NOW,
        )
        async with self.bench.store.transaction(self.lease) as transaction:
            answer = await transaction.arrive(arrival)
        row: AttemptRow = answer.row  # type: ignore[union-attr]
        return row

    async def stay(
        self, entered_at: datetime, seconds: float | None = None, outcome: str | None = None
    ) -> QueueStayWritten:
        """A caller who came then and left after so many seconds; None: still waits."""
        row = await self.arrive()
        begun = QueueStayWritten(
            stay_id=self.bench.new_id(),
            attempt_id=row.attempt_id,
            queue_id=self.bench.place.queue_id,
            entered_at=entered_at,
            priority=3,
        )
        changes: list[Any] = [begun]
        if seconds is not None:
            left_at = entered_at + timedelta(seconds=seconds)
            changes.append(replace(begun, left_at=left_at, outcome=outcome))
        await self.apply(*changes)
        return begun

    async def apply(self, *changes: Any) -> None:
        async with self.bench.store.transaction(self.lease) as transaction:
            await transaction.apply(list(changes), [])

    async def read(self, now: datetime = NOW) -> QueueReading:
        queue_id = self.bench.place.queue_id
        found = await self.bench.store.read_queues(self.lease, {queue_id: TARGET}, now)
        assert set(found) == {queue_id}
        return found[queue_id]


async def test_nothing_has_happened(bench: Bench) -> None:
    callers = await Callers.of(bench)
    found = await callers.read()
    assert found == QueueReading(by_minute=(0,) * 60)
    assert not (await bench.store.load(callers.lease)).stays


async def test_who_waits_is_loaded_again_and_who_has_left_is_not(bench: Bench) -> None:
    callers = await Callers.of(bench)
    waits = await callers.stay(NOW - MINUTE)
    await callers.stay(NOW - MINUTE, 30, "answered")
    (loaded,) = (await bench.store.load(callers.lease)).stays
    assert (loaded.stay_id, loaded.attempt_id) == (waits.stay_id, waits.attempt_id)
    assert (loaded.queue_id, loaded.entered_at, loaded.priority) == (
        bench.place.queue_id,
        NOW - MINUTE,
        3,
    )
    await callers.apply(replace(waits, priority=50))
    (loaded,) = (await bench.store.load(callers.lease)).stays
    assert loaded.priority == 50


async def test_every_way_out_is_counted_apart(bench: Bench) -> None:
    callers = await Callers.of(bench)
    ago = NOW - 20 * MINUTE
    for way in QueueOutcome:
        if way not in (QueueOutcome.WAITING, QueueOutcome.ANSWERED, QueueOutcome.ABANDONED):
            await callers.stay(ago, 12.5, str(way))
    await callers.stay(ago, 20, "answered")  # just in time
    await callers.stay(ago, 20.5, "answered")
    await callers.stay(ago, 4.75, "abandoned")
    await callers.stay(ago, 5, "abandoned")  # no second thought any more
    await callers.stay(NOW - 40 * SECOND)
    found = await callers.read()
    counts = found.lately.counts
    assert counts == QueueCounts(
        offered=12,
        answered=2,
        answered_in_time=1,
        abandoned=2,
        short_abandoned=1,
        left={way: 1 for way in QueueOutcome if way in counts.left},
        answered_wait_seconds=40.5,
        abandoned_wait_seconds=9.75,
        longest_wait_seconds=40.0,
    )
    assert len(counts.left) == 7
    assert counts.waiting == 1
    assert found.today == found.lately
    assert (found.waiting, found.oldest_at) == (1, NOW - 40 * SECOND)


async def test_a_call_counts_in_the_period_in_which_it_came(bench: Bench) -> None:
    callers = await Callers.of(bench)
    await callers.stay(DAY_BEGINS - SECOND, 3600, "answered")  # yesterday's
    await callers.stay(DAY_BEGINS, 10, "answered")
    await callers.stay(NOW - 31 * MINUTE, 120, "answered")  # answered within the half-hour
    await callers.stay(NOW - 30 * MINUTE, 10, "answered")
    found = await callers.read()
    assert (found.today.counts.offered, found.lately.counts.offered) == (3, 1)
    assert found.today.counts.longest_wait_seconds == 120


async def test_the_ninety_fifth_percentile_lies_between_neighbours(bench: Bench) -> None:
    callers = await Callers.of(bench)
    for wait in (1.0, 2.0, 4.0):
        await callers.stay(NOW - 5 * MINUTE, wait, "answered")
    await callers.stay(NOW - 5 * MINUTE, 200.0, "abandoned")
    slow = (await callers.read()).today.slow_answer_seconds
    assert slow is not None
    assert abs(slow - 3.8) < 1e-6


async def test_who_waited_when_is_told_by_the_minute(bench: Bench) -> None:
    callers = await Callers.of(bench)
    await callers.stay(NOW - 3 * 60 * MINUTE)  # waits for hours
    await callers.stay(NOW - 10 * MINUTE, 150, "answered")
    await callers.stay(NOW - 2 * 60 * MINUTE, 100 * 60, "abandoned")  # left 20 minutes ago
    found = (await callers.read()).by_minute
    assert len(found) == 60
    assert found[-1] == 1
    assert found[-11:-6] == (2, 2, 1, 1, 1)
    assert found[-23:-19] == (2, 2, 1, 1)


async def test_kept_places_and_what_calls_take_are_read_too(bench: Bench) -> None:
    callers = await Callers.of(bench)
    stay = await callers.stay(NOW - 10 * MINUTE, 30, "answered")
    (row,) = (await bench.store.load(callers.lease)).attempts
    met = NOW - 9 * MINUTE
    await callers.apply(
        written(
            row,
            state="closed",
            result="person",
            answered_at=met,
            connected_at=met,
            closed_at=met + timedelta(seconds=100),
        ),
        WrapUpWritten(
            attempt_id=stay.attempt_id,
            campaign_id=row.campaign_id,
            wrap_up_code_id=None,
            system_code="NOT_GIVEN",
            user_id=None,
            after_call_seconds=20.0,
            at=NOW,
        ),
        CallbackWritten(
            callback_id=bench.new_id(),
            campaign_id=row.campaign_id,
            contact_id=row.contact_id,
            attempt_id=None,
            owner_user_id=None,
            number=row.number,
            due_at=NOW,
            note="",
            at=NOW,
            place=PlaceInQueue(queue_id=bench.place.queue_id, waiting_since=NOW),
        ),
    )
    found = await callers.read()
    assert found.places_kept == 1
    assert (found.handled.calls, found.handled.seconds) == (1.0, 120.0)


async def test_a_queue_that_is_gone_takes_no_more_stays(bench: Bench) -> None:
    callers = await Callers.of(bench)
    row = await callers.arrive()
    unknown: UUID = bench.new_id()
    stay = QueueStayWritten(
        stay_id=bench.new_id(),
        attempt_id=row.attempt_id,
        queue_id=unknown,
        entered_at=NOW,
        priority=0,
    )
    await callers.apply(stay, replace(stay, left_at=NOW, outcome="elsewhere"))
    assert (await callers.read()).today.counts.offered == 0
