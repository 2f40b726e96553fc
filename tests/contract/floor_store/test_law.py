"""Law, consent and the fraud guard: both stores decide and count alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from contract.floor_store.bench import NOW, Bench, campaign, closed, course, lease_of, request
from contract.floor_store.law_bench import LawBench, consent, law_of
from contract.floor_store.test_rules import rule_set
from kwabo.domain.campaigns.rule_sets.document import Kind
from kwabo.domain.compliance.fraud_guard import Cap, FraudGuard
from kwabo.ports.floor_changes import WrapUpWritten
from kwabo.ports.floor_claims import ClaimAnswer
from kwabo.ports.floor_rows import AttemptRow
from kwabo.ports.floor_store import Lease

A, B, C = "+2290197000001", "+2290197000002", "+2290197000003"
HERE = FraudGuard(countries=frozenset({"BJ"}), time_zone="Africa/Porto-Novo")


@pytest.fixture
async def law(bench: Bench) -> LawBench:
    return law_of(bench)


async def _claim(bench: Bench, lease: Lease, row: Any, **changes: Any) -> ClaimAnswer:
    agents = changes.pop("agents", bench.place.agents[:1])
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([], [])
        return await transaction.claim(request(bench, row, *agents, **changes))


async def _end(
    bench: Bench, lease: Lease, row: AttemptRow, at: datetime = NOW, **values: Any
) -> None:
    ended = replace(closed(row, at=at), **values)
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([ended, course(row, next_attempt_at=at)], [])


@pytest.mark.parametrize(
    ("preset", "alarm", "stop"), [("GB", 0.01, 0.03), ("US", None, 0.03), ("none", None, None)]
)
async def test_a_campaign_comes_with_its_laws_thresholds_of_abandons(
    bench: Bench, preset: str, alarm: float | None, stop: float | None
) -> None:
    row = campaign(bench, compliance_preset=preset)
    await bench.add_campaign(row)
    loaded = await bench.store.load_campaign(await lease_of(bench), row.campaign_id)
    assert loaded is not None
    assert (loaded.abandon_alarm, loaded.abandon_stop) == (alarm, stop)


async def test_without_consent_nobody_is_called_and_with_it_the_number_it_is_for(
    bench: Bench, law: LawBench
) -> None:
    row = campaign(bench, consent_required=True, consent_purpose="survey")
    await bench.add_campaign(row)
    missing = await bench.add_contact(A)
    await bench.add_contact(B, C)
    await law.add_consent(consent(bench, C, "survey"))
    await law.add_consent(consent(bench, A, "prospecting"))
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, row, agents=bench.place.agents[:2])
    assert [attempt.number for attempt in answer.attempts] == [C]
    assert await bench.course(row.campaign_id, missing) == ("finished", 0, "CONSENT_MISSING")


async def test_withdrawn_and_expired_consents_are_told_apart(bench: Bench, law: LawBench) -> None:
    row = campaign(bench, consent_required=True)
    await bench.add_campaign(row)
    withdrawn, expired = await bench.add_contact(A), await bench.add_contact(B)
    for number in (A, B):
        await law.add_consent(consent(bench, number, at=NOW - timedelta(days=9)))
    await law.add_consent(consent(bench, A, "*", kind="withdrawn", at=NOW - timedelta(days=1)))
    await law.add_consent(
        consent(bench, B, at=NOW - timedelta(days=8), valid_until=NOW - timedelta(days=1))
    )
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, row, agents=bench.place.agents[:2])
    assert answer.attempts == []
    assert await bench.course(row.campaign_id, withdrawn) == ("finished", 0, "CONSENT_WITHDRAWN")
    assert await bench.course(row.campaign_id, expired) == ("finished", 0, "CONSENT_EXPIRED")


async def test_nobody_is_called_on_an_old_copy_of_an_authoritys_list(
    bench: Bench, law: LawBench
) -> None:
    await law.allow(HERE)
    await law.own_caller_id("+441632960000")
    values: dict[str, Any] = {"compliance_preset": "GB", "caller_id": "+441632960000"}
    lists = {
        age: await bench.make_dnc_list(
            screening_authority="TPS", screened_at=NOW - timedelta(days=age)
        )
        for age in (27, 28)
    }
    await bench.add_contact(A)
    lease = await lease_of(bench)
    for own, allowed in (((), 0), ((lists[28],), 0), ((lists[27],), 1)):
        row = campaign(bench, **values, campaign_id=bench.new_id(), dnc_list_ids=own)
        await bench.add_campaign(row)
        answer = await _claim(bench, lease, row)
        assert len(answer.attempts) == allowed
        if not allowed:
            assert answer.next_reason == "SCREENING_OUT_OF_DATE"


@pytest.mark.parametrize(
    ("ended", "gap"),
    [
        ({"result": "person", "abandoned": True}, timedelta(hours=72)),
        ({"result": "machine"}, timedelta(hours=24)),
    ],
)
async def test_a_redial_gap_ends_to_the_second_unless_an_agent_is_guaranteed(
    bench: Bench, law: LawBench, ended: dict[str, Any], gap: timedelta
) -> None:
    values: dict[str, Any] = {
        "compliance_preset": "GB",
        "max_attempts": 9,
        "minimum_gap_seconds": 0,
        "caller_id": "+441632960000",
    }
    await law.own_caller_id("+441632960000")
    await bench.make_dnc_list(
        screening_authority="TPS", organisation_wide=True, screened_at=NOW - timedelta(days=1)
    )
    row = campaign(bench, **values)
    await bench.add_campaign(row)
    contact = await bench.add_contact(A)
    lease = await lease_of(bench)
    made = (await _claim(bench, lease, row)).attempts[0]
    await _end(bench, lease, made, **ended)
    answer = await _claim(bench, lease, row, at=NOW + timedelta(minutes=5))
    assert answer.attempts == []
    assert (answer.next_attempt_at, answer.next_reason) == (NOW + gap, "REDIAL_GAP")
    preview = campaign(bench, **values, mode="preview")
    await bench.add_campaign(preview)
    offered = (await _claim(bench, lease, preview, at=NOW + timedelta(minutes=6))).attempts
    assert [one.contact_id for one in offered] == [contact]
    await _end(bench, lease, offered[0], at=NOW + timedelta(minutes=7), result="skipped")
    assert (await _claim(bench, lease, row, at=NOW + gap - timedelta(seconds=1))).attempts == []
    assert len((await _claim(bench, lease, row, at=NOW + gap)).attempts) == 1


async def test_the_frequency_counts_all_campaigns_and_a_refusal_counts_sixty_days(
    bench: Bench, law: LawBench
) -> None:
    values: dict[str, Any] = {
        "compliance_preset": "FR",
        "contract_calls": True,
        "max_attempts": 99,
        "minimum_gap_seconds": 0,
        "caller_id": "+33162000000",
        "list_time_zone": "Europe/Paris",
    }
    await law.own_caller_id("+33162000000")
    french = "+33612345678"
    await bench.add_contact(french, time_zone="Europe/Paris")
    lease = await lease_of(bench)
    begin = NOW - timedelta(hours=1)  # Monday, 10:00 in Paris
    await law.allow(replace(HERE, countries=frozenset({"FR"})))
    for minutes in range(4):
        row = campaign(bench, **values)
        await bench.add_campaign(row)
        at = begin + timedelta(minutes=minutes)
        made = (await _claim(bench, lease, row, at=at)).attempts
        assert [one.number for one in made] == [french], minutes
        await _end(bench, lease, made[0], at=at)
    row = campaign(bench, **values)
    await bench.add_campaign(row)
    answer = await _claim(bench, lease, row, at=begin + timedelta(minutes=9))
    assert answer.attempts == []
    assert (answer.next_attempt_at, answer.next_reason) == (
        begin + timedelta(days=30),
        "LAWFUL_FREQUENCY",
    )
    refusal = WrapUpWritten(
        attempt_id=made[0].attempt_id,
        campaign_id=made[0].campaign_id,
        wrap_up_code_id=await law.refusal_code(),
        system_code=None,
        user_id=None,
        at=begin + timedelta(minutes=5),
    )
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply([refusal], [])
    another = campaign(bench, **values)
    await bench.add_campaign(another)
    answer = await _claim(bench, lease, another, at=begin + timedelta(minutes=10))
    assert (answer.next_attempt_at, answer.next_reason) == (
        begin + timedelta(minutes=5, days=60),
        "REDIAL_GAP",
    )


async def test_the_guard_refuses_by_prefix_country_and_kind(bench: Bench, law: LawBench) -> None:
    await law.allow(replace(HERE, denied_prefixes=("+22901970000",)))
    row = campaign(bench)
    await bench.add_campaign(row)
    contacts = {
        number: await bench.add_contact(number) for number in (A, "+33612345678", "+8821650000000")
    }
    lease = await lease_of(bench)
    assert (await _claim(bench, lease, row)).attempts == []
    codes = {
        number: (await bench.course(row.campaign_id, contact) or ("", 0, ""))[2]
        for number, contact in contacts.items()
    }
    assert codes == {
        A: "PREFIX_DENIED",
        "+33612345678": "COUNTRY_NOT_ALLOWED",
        "+8821650000000": "PREFIX_DENIED",
    }
    await law.allow(replace(HERE, number_kinds=frozenset({"fixed_line"})))
    other = campaign(bench)
    await bench.add_campaign(other)
    assert (await _claim(bench, lease, other)).attempts == []
    assert (await bench.course(other.campaign_id, contacts[A]) or ("", 0, ""))[2] == (
        "NUMBER_TYPE_NOT_ALLOWED"
    )


async def test_a_cap_ends_the_claim_and_begins_anew_with_its_period(
    bench: Bench, law: LawBench
) -> None:
    await law.allow(replace(HERE, caps=(Cap(country="", per="minute", most=1),)))
    row = campaign(bench)
    await bench.add_campaign(row)
    for number in (A, B, C):
        await bench.add_contact(number)
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, row, agents=bench.place.agents[:2])
    assert [attempt.number for attempt in answer.attempts] == [A]
    following = NOW + timedelta(minutes=1)
    assert (answer.next_attempt_at, answer.next_reason) == (following, "RATE_CAP")
    at = following - timedelta(seconds=1)
    again = await _claim(bench, lease, row, agents=bench.place.agents[1:2], at=at)
    assert again.attempts == []
    answer = await _claim(bench, lease, row, agents=bench.place.agents[1:2], at=following)
    assert [attempt.number for attempt in answer.attempts] == [B]


async def test_money_is_reserved_before_a_call_and_settled_at_its_end(
    bench: Bench, law: LawBench
) -> None:
    guard = replace(
        HERE,
        tariffs={"+": Decimal(10), "+22901": Decimal(30)},
        spend_per_day=Decimal(200),
        reserved_minutes=5,
    )
    await law.allow(guard)
    row = campaign(bench, minimum_gap_seconds=0)
    await bench.add_campaign(row)
    for number in (A, B):
        await bench.add_contact(number)
    lease = await lease_of(bench)
    made = await _claim(bench, lease, row, agents=bench.place.agents[:2])
    assert [attempt.number for attempt in made.attempts] == [A]
    assert await law.spent(NOW) == Decimal(150)
    ended = NOW + timedelta(seconds=61)
    await _end(bench, lease, made.attempts[0], at=ended, result="person", answered_at=NOW)
    assert await law.spent(NOW) == Decimal(60), "two minutes were begun"
    tomorrow = NOW + timedelta(days=1)
    answer = await _claim(bench, lease, row, at=tomorrow)
    assert len(answer.attempts) == 1
    assert await law.spent(tomorrow) == Decimal(150)


async def test_third_parties_are_guarded_counted_and_paid(bench: Bench, law: LawBench) -> None:
    guard = replace(
        HERE, tariffs={"+": Decimal(10)}, spend_per_day=Decimal(120), reserved_minutes=5
    )
    await law.allow(guard)
    row = campaign(bench)
    await bench.add_campaign(row)
    await bench.add_contact(A)
    lease = await lease_of(bench)
    made = (await _claim(bench, lease, row)).attempts[0]
    async with bench.store.transaction(lease) as transaction:
        abroad = await transaction.guard("+8816123456", NOW, attempt_id=made.attempt_id)
        first = await transaction.guard(B, NOW, attempt_id=made.attempt_id)
        second = await transaction.guard(C, NOW, attempt_id=made.attempt_id)
    assert (abroad.allowed, abroad.code) == (False, "PREFIX_DENIED")
    assert first.allowed
    assert (second.allowed, second.code) == (False, "SPEND_CAP")
    assert await law.spent(NOW) == Decimal(100)
    ended = NOW + timedelta(minutes=3)
    await _end(bench, lease, made, at=ended, result="person", answered_at=NOW)
    assert await law.spent(NOW) == Decimal(60), "three minutes for each of the two"


async def test_an_offered_record_is_counted_when_it_is_called(bench: Bench, law: LawBench) -> None:
    await law.allow(replace(HERE, caps=(Cap(country="BJ", per="day", most=1),)))
    row = campaign(bench, mode="preview")
    await bench.add_campaign(row)
    for number in (A, B):
        await bench.add_contact(number)
    lease = await lease_of(bench)
    offered = (await _claim(bench, lease, row, agents=bench.place.agents[:2])).attempts
    assert len(offered) == 2
    async with bench.store.transaction(lease) as transaction:
        first = await transaction.recheck(row, offered[0].attempt_id, None, NOW)
        second = await transaction.recheck(row, offered[1].attempt_id, None, NOW)
    assert first.allowed
    assert (second.allowed, second.code) == (False, "RATE_CAP")
    assert second.retry_at == NOW.replace(hour=23)  # midnight in Porto-Novo


async def test_an_unlawful_campaign_calls_nobody_and_loses_no_contact(
    bench: Bench, law: LawBench
) -> None:
    row = campaign(bench, compliance_preset="US", abandon_target=0.05)
    await bench.add_campaign(row)
    contacts = [await bench.add_contact(number) for number in (A, B)]
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, row)
    assert (answer.attempts, answer.next_reason) == ([], "CAMPAIGN_NOT_LAWFUL")
    assert await bench.course(row.campaign_id, contacts[0]) == ("open", 0, "CAMPAIGN_NOT_LAWFUL")
    assert await bench.course(row.campaign_id, contacts[1]) is None


async def test_a_caller_id_that_a_rule_wants_is_shown_only_where_the_law_allows_it(
    bench: Bench, law: LawBench
) -> None:
    own = "+441632960000"
    await bench.make_dnc_list(
        screening_authority="TPS", organisation_wide=True, screened_at=NOW - timedelta(days=1)
    )
    await law.own_caller_id(own)
    wanted = {"type": "SET_CALLER_ID", "caller_id": "+447400123456"}
    rules = rule_set(bench, Kind.PRE_CALL, {"actions": [wanted]})
    lease = await lease_of(bench)
    await bench.add_contact(A)
    await bench.add_contact(B)
    shown = []
    for preset in (None, "GB"):
        row = campaign(bench, compliance_preset=preset, caller_id=own, rule_sets=(rules,))
        await bench.add_campaign(row)
        (made,) = (await _claim(bench, lease, row)).attempts
        shown.append(made.caller_id)
        await _end(bench, lease, made)
    assert shown == ["+447400123456", own]
