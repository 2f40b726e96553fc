"""Rules before a call and at its wrap-up: what every store does with them, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from contract.floor_store.bench import NOW, Bench, campaign, closed, course, lease_of, request
from kwabo.domain.campaigns.rule_sets.document import Kind, Known, RuleSet, read_rules
from kwabo.ports.floor_changes import RulesAsked
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest
from kwabo.ports.floor_rows import AttemptRow

A, B = "+2290197000001", "+2290197000002"


def rule_set(bench: Bench, kind: Kind, *rules: dict[str, Any]) -> RuleSet:
    document = {"rules": [{"name": f"rule {i}", **one} for i, one in enumerate(rules, start=1)]}
    read, objections = read_rules(document, kind, Known())
    assert objections == []
    return RuleSet(rule_set_id=bench.new_id(), name="set", kind=kind, rules=read)


async def _claim(bench: Bench, lease: object, wanted: ClaimRequest) -> ClaimAnswer:
    async with bench.store.transaction(lease) as transaction:  # type: ignore[arg-type]
        return await transaction.claim(wanted)


async def test_a_number_that_a_rule_leaves_alone_gives_way_to_the_next(bench: Bench) -> None:
    rules = rule_set(
        bench,
        Kind.PRE_CALL,
        {
            "conditions": [{"type": "phone_number", "operator": "EQUALS", "value": A}],
            "actions": [
                {"type": "MODIFY_CONTACT_ATTRIBUTE", "column": "n", "mode": "INCREMENT", "value": 1}
            ],
        },
        {
            "conditions": [{"type": "phone_number", "operator": "EQUALS", "value": A}],
            "actions": [{"type": "DO_NOT_DIAL"}],
        },
        {
            "conditions": [
                {
                    "type": "contact_attribute",
                    "column": "n",
                    "value_type": "NUMERIC",
                    "operator": "EQUALS",
                    "value": "1",
                }
            ],
            "actions": [
                {"type": "SET_SKILLS", "skills": ["language:fon"]},
                {"type": "SET_CALLER_ID", "caller_id": "+2290121000009"},
            ],
        },
    )
    row = campaign(bench, rule_sets=(rules,))
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(A, B)
    lease = await lease_of(bench)
    agent = bench.place.agents[0]
    able = {agent: frozenset({"language:fon"})}
    answer = await _claim(bench, lease, replace(request(bench, row, agent), skills=able))
    (attempt,) = answer.attempts
    assert (attempt.number, attempt.caller_id) == (B, "+2290121000009")
    assert attempt.skills == ("language:fon",)
    assert (await bench.data_of(contact_id))[0] == {"n": "1"}
    assert await bench.fired(contact_id) == [
        ("rule 1", attempt.attempt_id),
        ("rule 2", attempt.attempt_id),
        ("rule 3", attempt.attempt_id),
    ]


async def test_a_contact_whose_numbers_are_all_left_alone_waits_or_is_finished(
    bench: Bench,
) -> None:
    for minutes, expected in ((30, ("open", 0, "RULE_DO_NOT_DIAL")), (None, None)):
        action = {"type": "DO_NOT_DIAL", "minutes": minutes}
        rules = rule_set(bench, Kind.PRE_CALL, {"actions": [action]})
        row = campaign(bench, rule_sets=(rules,))
        await bench.add_campaign(row)
        contact_id = await bench.add_contact(A)
        lease = await lease_of(bench)
        answer = await _claim(bench, lease, request(bench, row, bench.place.agents[0]))
        assert list(answer.attempts) == []
        standing = await bench.course(row.campaign_id, contact_id)
        assert standing == (expected or ("finished", 0, "RULE_DO_NOT_DIAL"))
        if minutes:
            assert answer.next_attempt_at == NOW + timedelta(minutes=minutes)
        assert ("rule 1", None) in await bench.fired(contact_id)
        await bench.store.release(lease)


async def test_before_a_call_a_rule_can_take_numbers_and_contacts_away(bench: Bench) -> None:
    listing = {"type": "APPEND_NUMBER_TO_DNC_LIST", "dnc_list_id": str(bench.place.dnc_list_id)}
    rules = rule_set(
        bench,
        Kind.PRE_CALL,
        {
            "conditions": [{"type": "phone_number", "operator": "EQUALS", "value": A}],
            "actions": [listing],
        },
        {"actions": [{"type": "CONTACT_UNCALLABLE"}]},
    )
    row = campaign(bench, rule_sets=(rules,))
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(A, B)
    lease = await lease_of(bench)
    answer = await _claim(bench, lease, request(bench, row, bench.place.agents[0]))
    assert list(answer.attempts) == []
    assert answer.exhausted
    assert await bench.is_listed(A)
    assert not await bench.is_listed(B)
    assert (await bench.data_of(contact_id))[1] is False


async def _called(
    bench: Bench, lease: object, *, rules: RuleSet | None = None
) -> tuple[Any, AttemptRow]:
    row = campaign(bench, rule_sets=(rules,) if rules else ())
    await bench.add_campaign(row)
    await bench.add_contact(A)
    answer = await _claim(bench, lease, request(bench, row, bench.place.agents[0]))
    return row, answer.attempts[0]


def asked(row: AttemptRow, rules: RuleSet, result: str, code: UUID | None = None) -> RulesAsked:
    return RulesAsked(
        attempt_id=row.attempt_id,
        campaign_id=row.campaign_id,
        contact_id=row.contact_id,
        number=row.number,
        result=result,
        wrap_up_code_id=code,
        answer_analysed=True,
        course_attempts=row.course_attempts,
        rule_sets=(rules,),
        at=NOW,
    )


async def test_at_the_wrap_up_rules_see_the_result_and_promise_a_callback(bench: Bench) -> None:
    lease = await lease_of(bench)
    rules = rule_set(
        bench,
        Kind.WRAP_UP,
        {
            "conditions": [
                {"type": "system_result", "results": ["machine"]},
                {"type": "call_analysis", "results": ["machine"]},
                {
                    "type": "contact_property",
                    "property": "LAST_ATTEMPT",
                    "value_type": "DATETIME",
                    "operator": "AFTER",
                    "value": "2000-01-01",
                    "inverted": True,
                },
            ],
            "actions": [{"type": "SCHEDULE_CALLBACK", "minutes": 45}],
        },
        {
            "conditions": [{"type": "system_result", "results": ["busy"]}],
            "actions": [{"type": "CONTACT_UNCALLABLE"}],
        },
    )
    row, attempt = await _called(bench, lease)
    async with bench.store.transaction(lease) as transaction:
        changes = [
            asked(attempt, rules, "machine"),
            closed(attempt, "machine"),
            course(attempt, "finished"),
        ]
        await transaction.apply(changes, [])
    due = NOW + timedelta(minutes=45)
    assert await bench.callback_of(row.campaign_id, attempt.contact_id) == due
    standing = await bench.course(row.campaign_id, attempt.contact_id)
    assert standing == ("open", 1, "CALLBACK_SCHEDULED")
    assert await bench.fired(attempt.contact_id) == [("rule 1", attempt.attempt_id)]
    hints = await bench.store.commands(lease, 10)
    assert [(one.kind, one.payload["reopened"]) for one in hints] == [
        ("campaign.course.changed", 1)
    ]
    answer = await _claim(bench, lease, request(bench, row, bench.place.agents[1], at=due))
    assert [one.contact_id for one in answer.attempts] == [attempt.contact_id]


async def test_at_the_wrap_up_rules_see_the_outcome_and_change_the_contact(bench: Bench) -> None:
    lease = await lease_of(bench)
    rules = rule_set(
        bench,
        Kind.WRAP_UP,
        {
            "conditions": [{"type": "wrap_up_code", "codes": [str(bench.place.code_id)]}],
            "actions": [
                {
                    "type": "MODIFY_CONTACT_ATTRIBUTE",
                    "column": "etat",
                    "mode": "SET",
                    "value": "vu",
                },
                {"type": "NUMBER_UNCALLABLE"},
            ],
        },
    )
    row, attempt = await _called(bench, lease)
    async with bench.store.transaction(lease) as transaction:
        await transaction.apply(
            [
                closed(attempt, "person"),
                course(attempt, "open", next_attempt_at=NOW),
                asked(attempt, rules, "person", bench.place.code_id),
            ],
            [],
        )
    assert (await bench.data_of(attempt.contact_id))[0] == {"etat": "vu"}
    later = NOW + timedelta(hours=1)
    answer = await _claim(bench, lease, request(bench, row, bench.place.agents[1], at=later))
    assert list(answer.attempts) == []
    standing = await bench.course(row.campaign_id, attempt.contact_id)
    assert standing == ("finished", 1, "NO_CALLABLE_NUMBER")


async def test_a_due_callback_is_not_put_off_again_by_the_rule_that_promised_it(
    bench: Bench,
) -> None:
    rules = rule_set(
        bench, Kind.PRE_CALL, {"actions": [{"type": "SCHEDULE_CALLBACK", "minutes": 10}]}
    )
    row = campaign(bench, rule_sets=(rules,))
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(A)
    lease = await lease_of(bench)
    agents = bench.place.agents
    assert list((await _claim(bench, lease, request(bench, row, agents[0]))).attempts) == []
    due = NOW + timedelta(minutes=10)
    assert await bench.callback_of(row.campaign_id, contact_id) == due
    answer = await _claim(bench, lease, request(bench, row, agents[0], at=due))
    assert [one.contact_id for one in answer.attempts] == [contact_id]
