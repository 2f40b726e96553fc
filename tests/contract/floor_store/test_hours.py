"""Claims and the hours of the day: zones of numbers, callable time sets, lists of mixed zones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from contract.floor_store.bench import NOW, Bench, campaign, lease_of, request
from contract.floor_store.law_bench import law_of
from kwabo.domain.compliance.callable_time_set import (
    CallableTimeRules,
    CallableTimeSet,
    DateException,
    HolidayRule,
    WeekSlot,
    Window,
)
from kwabo.domain.compliance.fraud_guard import FraudGuard
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest
from kwabo.ports.floor_rows import CampaignRow

HOUR = 3600
BENIN, PARIS, NEW_YORK = "+2290197000{:03d}", "+33612345{:03d}", "+12125551{:03d}"
MORNINGS = tuple(WeekSlot(weekday=day, start=8 * HOUR, until=12 * HOUR) for day in range(1, 8))


@pytest.fixture(autouse=True)
async def everywhere(bench: Bench) -> None:
    """The organisation calls all these countries, and numbers of none."""
    countries = frozenset({"BJ", "FR", "US", ""})
    await law_of(bench).allow(FraudGuard(countries=countries, time_zone="Africa/Porto-Novo"))


def with_set(bench: Bench, rules: CallableTimeRules, **changes: object) -> CampaignRow:
    """A campaign that keeps to a callable time set and asks the numbers for their zones."""
    found = CallableTimeSet(callable_time_set_id=bench.new_id(), version=1, rules=rules)
    values = {"callable_time_set": found, "zone_source": "number"} | changes
    return campaign(bench, **values)


async def _claim(bench: Bench, lease: object, wanted: ClaimRequest) -> ClaimAnswer:
    async with bench.store.transaction(lease) as transaction:  # type: ignore[arg-type]
        await transaction.apply([], [])
        return await transaction.claim(wanted)


async def _all(bench: Bench, row: CampaignRow, at_once: int = 1) -> tuple[list[UUID], ClaimAnswer]:
    """Claim until nobody is left to be called now; the contacts called, and the last answer."""
    lease = await lease_of(bench)
    called: list[UUID] = []
    for _ in range(100):
        ids = [bench.new_id() for _ in range(at_once)]
        wanted = request(bench, row, attempt_ids=ids, for_nobody=at_once)
        answer = await _claim(bench, lease, wanted)
        called += [attempt.contact_id for attempt in answer.attempts]
        if not answer.attempts and not answer.more:
            return called, answer
    raise AssertionError("a claim always asks for more")


async def test_a_campaigns_set_is_loaded_with_it(bench: Bench) -> None:
    rules = CallableTimeRules(
        windows=(
            Window(kind="mapped", slots=MORNINGS),
            Window(kind="zone", time_zone="Europe/Paris", slots=MORNINGS[:1]),
        ),
        exceptions=(DateException(month=2, day=29, name="bissextile"),),
        holidays=(HolidayRule(country="FR", subdivision="57", applies_to="own_numbers"),),
    )
    row = with_set(bench, rules)
    await bench.add_campaign(row)
    loaded = await bench.store.load_campaign(await lease_of(bench), row.campaign_id)
    assert loaded is not None
    assert loaded.callable_time_set == row.callable_time_set
    assert loaded.zone_source == "number"


async def test_each_number_is_called_by_the_clock_where_it_is(bench: Bench) -> None:
    """10:00 UTC: 11:00 in Benin and Paris, 05:00 in New York."""
    row = with_set(bench, CallableTimeRules(windows=(Window(kind="mapped", slots=MORNINGS),)))
    await bench.add_campaign(row)
    numbers = [NEW_YORK, PARIS, BENIN]
    american, french, beninese = [await bench.add_contact(n.format(1)) for n in numbers]
    called, answer = await _all(bench, row)
    assert called == [french, beninese]
    assert answer.next_attempt_at == datetime(2026, 1, 5, 13, tzinfo=UTC)  # 08:00 in New York
    assert answer.next_reason == "OUTSIDE_CALLABLE_TIME"
    known = await bench.course(row.campaign_id, american)
    assert known == ("open", 0, "OUTSIDE_CALLABLE_TIME")


async def test_a_contact_put_off_is_called_when_its_hours_open(bench: Bench) -> None:
    row = with_set(bench, CallableTimeRules(windows=(Window(kind="mapped", slots=MORNINGS),)))
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(NEW_YORK.format(1))
    lease = await lease_of(bench)
    agent = bench.place.agents[0]
    opens = (await _claim(bench, lease, request(bench, row, agent))).next_attempt_at
    assert opens is not None
    early = request(bench, row, agent, at=opens - timedelta(microseconds=1))
    assert (await _claim(bench, lease, early)).attempts == []
    answer = await _claim(bench, lease, request(bench, row, agent, at=opens))
    assert [attempt.contact_id for attempt in answer.attempts] == [contact_id]


@pytest.mark.parametrize(
    ("rules", "reason", "opens"),
    [
        (
            CallableTimeRules(
                windows=(Window(kind="mapped", slots=MORNINGS),),
                exceptions=(DateException(month=1, day=5),),
            ),
            "DATE_EXCEPTION",
            datetime(2026, 1, 6, 7, tzinfo=UTC),
        ),
        (
            CallableTimeRules(
                windows=(Window(kind="mapped", slots=MORNINGS),),
                holidays=(HolidayRule(country="BJ"),),
            ),
            "HOLIDAY",
            datetime(2026, 1, 10, 7, tzinfo=UTC),  # the Vodoun festival is on the 8th and the 9th
        ),
    ],
)
async def test_closed_days_are_put_off_by_their_own_reason(
    bench: Bench, rules: CallableTimeRules, reason: str, opens: datetime
) -> None:
    row = with_set(bench, rules)
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(BENIN.format(1))
    now = NOW if reason == "DATE_EXCEPTION" else NOW + timedelta(days=3)
    lease = await lease_of(bench)
    wanted = request(bench, row, bench.place.agents[0], at=now)
    answer = await _claim(bench, lease, wanted)
    assert (answer.next_reason, answer.next_attempt_at) == (reason, opens)
    assert await bench.course(row.campaign_id, contact_id) == ("open", 0, reason)


async def test_a_column_about_a_number_stands_above_the_contact_and_the_number(
    bench: Bench,
) -> None:
    row = with_set(bench, CallableTimeRules(windows=(Window(kind="mapped", slots=MORNINGS),)))
    await bench.add_campaign(row)
    moved, home = PARIS.format(1), PARIS.format(2)
    # The first number is in New York by its column; the second has none, so the contact decides.
    contact_id = await bench.add_zoned_contact(
        {moved: "America/New_York", home: ""}, "Africa/Porto-Novo"
    )
    asleep = await bench.add_zoned_contact({PARIS.format(3): "", PARIS.format(4): ""}, "Asia/Tokyo")
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, request(bench, row, *bench.place.agents[:2]))
    assert [(a.contact_id, a.number) for a in answer.attempts] == [(contact_id, home)]
    assert await bench.course(row.campaign_id, asleep) == ("open", 0, "OUTSIDE_CALLABLE_TIME")


@pytest.mark.parametrize(
    ("zone_source", "called"), [("number", False), ("number_then_list", True), ("list", True)]
)
async def test_what_the_list_says_of_numbers_without_a_zone(
    bench: Bench, zone_source: str, called: bool
) -> None:
    rules = CallableTimeRules(windows=(Window(kind="mapped", slots=MORNINGS),))
    row = with_set(bench, rules, zone_source=zone_source)
    await bench.add_campaign(row)
    contact_id = await bench.add_contact("+80012345678")
    made, answer = await _all(bench, row)
    assert made == ([contact_id] if called else [])
    if not called:
        known = await bench.course(row.campaign_id, contact_id)
        assert known == ("finished", 0, "TIME_ZONE_UNKNOWN")
        assert answer.exhausted


async def test_numbers_without_a_zone_are_called_in_their_window(bench: Bench) -> None:
    windows = (
        Window(kind="mapped"),
        Window(kind="unmapped", time_zone="Africa/Porto-Novo", slots=MORNINGS),
    )
    row = with_set(bench, CallableTimeRules(windows=windows))
    await bench.add_campaign(row)
    contact_id = await bench.add_contact("+80012345678")
    assert (await _all(bench, row))[0] == [contact_id]


async def test_alternating_zones_every_open_contact_is_found(bench: Bench) -> None:
    row = with_set(bench, CallableTimeRules(windows=(Window(kind="mapped", slots=MORNINGS),)))
    await bench.add_campaign(row)
    open_ones = []
    for index in range(40):
        await bench.add_contact(NEW_YORK.format(index))
        open_ones.append(await bench.add_contact(BENIN.format(index)))
    called, answer = await _all(bench, row, at_once=2)
    assert called == open_ones
    assert answer.next_attempt_at == datetime(2026, 1, 5, 13, tzinfo=UTC)


async def test_a_long_run_of_closed_contacts_hides_no_open_one(bench: Bench) -> None:
    """Behind 400 closed contacts, without waiting between the looks."""
    row = with_set(bench, CallableTimeRules(windows=(Window(kind="mapped", slots=MORNINGS),)))
    await bench.add_campaign(row)
    for index in range(400):
        await bench.add_contact(NEW_YORK.format(index))
    wanted = await bench.add_contact(BENIN.format(1))
    assert (await _all(bench, row))[0] == [wanted]


async def test_where_everybody_is_closed_the_list_is_not_gone_through(bench: Bench) -> None:
    row = with_set(bench, CallableTimeRules(windows=(Window(kind="mapped", slots=MORNINGS),)))
    await bench.add_campaign(row)
    contacts = [await bench.add_contact(NEW_YORK.format(index)) for index in range(200)]
    called, answer = await _all(bench, row)
    assert (called, answer.more) == ([], False)
    looked_at = [c for c in contacts if await bench.course(row.campaign_id, c) is not None]
    assert 0 < len(looked_at) < 100
    assert looked_at == contacts[: len(looked_at)]


async def test_an_offer_is_checked_by_the_clock_of_its_number(bench: Bench) -> None:
    rules = CallableTimeRules(windows=(Window(kind="mapped", slots=MORNINGS),))
    row = with_set(bench, rules, mode="preview")
    await bench.add_campaign(row)
    french, american = PARIS.format(1), NEW_YORK.format(1)
    await bench.add_contact(french, american)
    lease = await lease_of(bench)
    wanted = replace(request(bench, row, bench.place.agents[0]), offer=True)
    (offered,) = (await _claim(bench, lease, wanted)).attempts
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([], [])
        allowed = await transaction.recheck(row, offered.attempt_id, french, NOW)
        refused = await transaction.recheck(row, offered.attempt_id, american, NOW)
    assert allowed.allowed
    assert (refused.code, refused.retry_at) == (
        "OUTSIDE_CALLABLE_TIME",
        datetime(2026, 1, 5, 13, tzinfo=UTC),
    )
