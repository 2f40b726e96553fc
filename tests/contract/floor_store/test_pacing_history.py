"""What pacing reads of the past: the newest attempts, and the window's counts by hour."""

from __future__ import annotations

from datetime import timedelta

from contract.floor_store.bench import (
    NOW,
    Bench,
    campaign,
    closed,
    course,
    lease_of,
    request,
    written,
)
from kwabo.ports.floor_changes import WrapUpWritten

NUMBERS = [f"+22901970000{n:02d}" for n in range(8)]
RESULTS = ("person", "person", "machine", "busy", "unknown", "no_answer")
HOUR = timedelta(hours=1)


async def test_the_past_of_a_campaign(bench: Bench) -> None:
    row = campaign(bench, mode="predictive")
    await bench.add_campaign(row)
    for number in NUMBERS:
        await bench.add_contact(number)
    lease = await lease_of(bench)
    ids = [bench.new_id() for _ in NUMBERS]
    wanted = request(bench, row, attempt_ids=ids, for_nobody=len(ids))
    answered_at = NOW + timedelta(seconds=7)
    async with bench.store.transaction(lease) as transaction:
        made = (await transaction.claim(wanted)).attempts
        ends = [
            closed(attempt, result, NOW + timedelta(seconds=20 + n))
            for n, (attempt, result) in enumerate(zip(made, RESULTS, strict=False))
        ]
        answers = {"state": "closed", "answered_at": answered_at}
        ends[0] = written(
            made[0],
            **answers,
            result="person",
            connected_at=answered_at,
            closed_at=NOW + timedelta(seconds=60),
            agent_user_id=bench.place.agents[0],
        )
        ends[1] = written(
            made[1],
            **answers,
            result="person",
            abandoned=True,
            closed_at=NOW + timedelta(seconds=12),
            message_media="sound:sorry",
            message_started_at=NOW + timedelta(seconds=9),
            message_ended_at=NOW + timedelta(seconds=12),
        )
        talking = written(made[6], state="answered", answered_at=answered_at)
        wrap_up = WrapUpWritten(
            attempt_id=made[0].attempt_id,
            campaign_id=row.campaign_id,
            wrap_up_code_id=None,
            system_code="NOT_GIVEN",
            user_id=bench.place.agents[0],
            after_call_seconds=14.5,
            at=NOW + timedelta(seconds=75),
        )
        courses = [course(attempt) for attempt in made[:7]]
        await transaction.apply([*ends, talking, *courses, wrap_up], [])

    past = await bench.store.load_pacing(lease, row.campaign_id, NOW - HOUR, 100)
    assert [(a.number, a.result) for a in past.attempts] == [
        (NUMBERS[1], "person"),
        (NUMBERS[2], "machine"),
        (NUMBERS[3], "busy"),
        (NUMBERS[4], "unknown"),
        (NUMBERS[5], "no_answer"),
        (NUMBERS[0], "person"),
    ]
    first, last = past.attempts[0], past.attempts[-1]
    assert (first.abandoned, first.connected_at, first.after_call_seconds) == (True, None, None)
    assert (last.connected_at, last.after_call_seconds) == (answered_at, 14.5)
    assert not last.wrapped_by_person
    assert not last.was_machine
    # Two persons, one of them abandoned, one still talking, and one call whose end nobody knows.
    (hour,) = past.hours
    assert hour.hour <= NOW < hour.hour + HOUR
    assert (hour.dialled, hour.live, hour.abandoned, hour.machines) == (7, 4, 2, 1)

    newest = await bench.store.load_pacing(lease, row.campaign_id, NOW + HOUR, 2)
    assert [a.number for a in newest.attempts] == [NUMBERS[5], NUMBERS[0]]
    assert sum(hour.dialled for hour in newest.hours) == 1  # only the one still talking


async def test_a_machine_that_hears_a_message_is_counted_when_it_has_ended(bench: Bench) -> None:
    row = campaign(bench, mode="predictive", call_analysis=True)
    await bench.add_campaign(row)
    for number in NUMBERS[:3]:
        await bench.add_contact(number)
    lease = await lease_of(bench)
    ids = [bench.new_id() for _ in range(3)]
    verdicts = (("machine", "play_file"), ("machine", "queue"), ("fax", "play_file"))
    async with bench.store.transaction(lease) as transaction:
        wanted = request(bench, row, attempt_ids=ids, for_nobody=3)
        made = (await transaction.claim(wanted)).attempts
        heard = [
            written(
                attempt,
                state="answered",
                answered_at=NOW,
                call_analysis={"result": result, "reaction": reaction},
            )
            for attempt, (result, reaction) in zip(made, verdicts, strict=True)
        ]
        await transaction.apply(heard, [])
    (hour,) = (await bench.store.load_pacing(lease, row.campaign_id, NOW - HOUR, 100)).hours
    assert (hour.dialled, hour.live, hour.machines) == (1, 1, 0)

    async with bench.store.transaction(lease) as transaction:
        end = closed(made[0], "machine", NOW + timedelta(seconds=9))
        await transaction.apply([end, course(made[0])], [])
    (hour,) = (await bench.store.load_pacing(lease, row.campaign_id, NOW - HOUR, 100)).hours
    assert (hour.dialled, hour.live, hour.machines) == (2, 1, 1)


async def test_who_is_no_person_is_no_live_answer(bench: Bench) -> None:
    row = campaign(bench, mode="predictive", call_analysis=True)
    await bench.add_campaign(row)
    results = ("fax", "sit", "machine", "person")
    for number in NUMBERS[: len(results)]:
        await bench.add_contact(number)
    lease = await lease_of(bench)
    ids = [bench.new_id() for _ in results]
    async with bench.store.transaction(lease) as transaction:
        wanted = request(bench, row, attempt_ids=ids, for_nobody=len(ids))
        made = (await transaction.claim(wanted)).attempts
        ends = [
            written(
                attempt,
                state="closed",
                answered_at=NOW,
                closed_at=NOW + timedelta(seconds=3),
                result=result,
            )
            for attempt, result in zip(made, results, strict=True)
        ]
        await transaction.apply([*ends, *map(course, made)], [])
    (hour,) = (await bench.store.load_pacing(lease, row.campaign_id, NOW - HOUR, 100)).hours
    assert (hour.dialled, hour.live, hour.machines) == (4, 1, 1)


async def test_the_message_that_a_person_heard_stays_with_the_attempt(bench: Bench) -> None:
    row = campaign(bench, mode="predictive")
    await bench.add_campaign(row)
    await bench.add_contact(NUMBERS[0])
    lease = await lease_of(bench)
    wanted = request(bench, row, attempt_ids=[bench.new_id()], for_nobody=1)
    heard = {
        "message_media": "sound:sorry",
        "message_started_at": NOW + timedelta(seconds=2),
        "message_ended_at": None,
    }
    async with bench.store.transaction(lease) as transaction:
        attempt = (await transaction.claim(wanted)).attempts[0]
        change = written(attempt, state="answered", answered_at=NOW, abandoned=True, **heard)
        await transaction.apply([change], [])
    loaded = (await bench.store.load(lease)).attempts[0]
    assert {name: getattr(loaded, name) for name in heard} == heard
