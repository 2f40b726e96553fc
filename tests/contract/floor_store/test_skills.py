"""Contacts that need an agent with skills: who is given whom, in every store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from contract.floor_store.bench import NOW, Bench, campaign, lease_of, request
from kwabo.domain.campaigns.rule_sets.document import Kind, Known, RuleSet, read_rules
from kwabo.ports.floor_claims import ClaimAnswer, ClaimRequest
from kwabo.ports.floor_rows import CampaignRow
from kwabo.ports.floor_store import Lease
from kwabo.services.claims import LOOK_AT_SKILLS, SKILLS_WAIT

FRENCH, FON = "language:fr", "language:fon"
A, B, C = "+2290197000001", "+2290197000002", "+2290197000003"


def _spoken(bench: Bench, **more: Any) -> CampaignRow:
    """A campaign whose agents speak what the column `langue` says."""
    action = {"type": "SET_SKILLS", "language_column": "langue", **more}
    read, objections = read_rules(
        {"rules": [{"name": "language", "actions": [action]}]}, Kind.PRE_CALL, Known()
    )
    assert objections == []
    rules = RuleSet(rule_set_id=bench.new_id(), name="set", kind=Kind.PRE_CALL, rules=read)
    return campaign(bench, rule_sets=(rules,))


def _able(*agents: tuple[UUID, set[str]]) -> Mapping[UUID, frozenset[str]]:
    return {user_id: frozenset(skills) for user_id, skills in agents}


async def _claim(bench: Bench, lease: Lease, wanted: ClaimRequest) -> ClaimAnswer:
    async with bench.store.transaction(lease) as transaction:
        return await transaction.claim(wanted)


async def test_each_agent_is_given_a_contact_whose_language_they_speak(bench: Bench) -> None:
    row = _spoken(bench)
    await bench.add_campaign(row)
    fon = await bench.add_contact(A, data={"langue": "Fon"})
    french = await bench.add_contact(B, data={"langue": "français"})
    anybody = await bench.add_contact(C, data={"langue": ""})
    one, both, lease = *bench.place.agents[:2], await lease_of(bench)
    skills = _able((one, {FRENCH}), (both, {FRENCH, FON}))
    answer = await _claim(bench, lease, request(bench, row, one, both, skills=skills))
    given = {made.contact_id: made.agent_user_id for made in answer.attempts}
    assert given == {fon: both, french: one}
    assert [made.skills for made in answer.attempts] == [(FON,), (FRENCH,)]
    assert anybody not in given


async def test_who_can_do_least_besides_is_given_a_contact_first(bench: Bench) -> None:
    row = _spoken(bench)
    await bench.add_campaign(row)
    french = await bench.add_contact(B, data={"langue": "fr"})
    fon = await bench.add_contact(A, data={"langue": "fon"})
    both, one, lease = *bench.place.agents[:2], await lease_of(bench)
    skills = _able((both, {FRENCH, FON}), (one, {FRENCH}))
    answer = await _claim(bench, lease, request(bench, row, both, one, skills=skills))
    assert {made.contact_id: made.agent_user_id for made in answer.attempts} == {
        french: one,
        fon: both,
    }


async def test_a_contact_waits_for_an_agent_and_holds_nobody_up(bench: Bench) -> None:
    row = _spoken(bench)
    await bench.add_campaign(row)
    fon = await bench.add_contact(A, data={"langue": "fon"})
    french = await bench.add_contact(B, data={"langue": "fr"})
    one, both, lease = *bench.place.agents[:2], await lease_of(bench)
    skills = _able((one, {FRENCH}), (both, {FRENCH, FON}))
    answer = await _claim(bench, lease, request(bench, row, one, skills=skills))
    assert [made.contact_id for made in answer.attempts] == [french]
    assert await bench.course(row.campaign_id, fon) == ("open", 0, SKILLS_WAIT)
    again = await _claim(bench, lease, request(bench, row, one, skills=skills))
    assert list(again.attempts) == []
    assert (again.next_reason, again.exhausted) == (SKILLS_WAIT, False)
    found = await _claim(bench, lease, request(bench, row, both, skills=skills))
    assert [(made.contact_id, made.agent_user_id) for made in found.attempts] == [(fon, both)]


async def test_what_everybody_can_do_asks_for_nobody_in_particular(bench: Bench) -> None:
    row = _spoken(bench)
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(A, data={"langue": "fr"})
    (agent, lease) = bench.place.agents[0], await lease_of(bench)
    wanted = replace(
        request(bench, row, common=frozenset({FRENCH}), spare=[agent]),
        attempt_ids=[bench.new_id()],
        for_nobody=1,
    )
    answer = await _claim(bench, lease, wanted)
    assert [(a.contact_id, a.agent_user_id) for a in answer.attempts] == [(contact_id, None)]


async def test_a_call_that_a_flow_has_needs_no_agent(bench: Bench) -> None:
    row = replace(_spoken(bench), mode="agentless")
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(A, data={"langue": "fon"})
    agent, lease = bench.place.agents[0], await lease_of(bench)
    wanted = replace(
        request(bench, row, spare=[agent], skills=_able((agent, {FON}))),
        attempt_ids=[bench.new_id()],
        for_nobody=1,
    )
    answer = await _claim(bench, lease, wanted)
    assert [(a.contact_id, a.agent_user_id) for a in answer.attempts] == [(contact_id, None)]


async def test_a_call_for_nobody_holds_an_agent_who_has_what_few_have(bench: Bench) -> None:
    row = _spoken(bench)
    await bench.add_campaign(row)
    first = await bench.add_contact(A, data={"langue": "fon"})
    second = await bench.add_contact(B, data={"langue": "fon"})
    third = await bench.add_contact(C, data={"langue": "fr"})
    one, both, lease = *bench.place.agents[:2], await lease_of(bench)
    wanted = replace(
        request(
            bench,
            row,
            common=frozenset({FRENCH}),
            spare=[one, both],
            skills=_able((one, {FRENCH}), (both, {FRENCH, FON})),
        ),
        attempt_ids=[bench.new_id() for _ in range(3)],
        for_nobody=3,
    )
    answer = await _claim(bench, lease, wanted)
    assert {a.contact_id: a.agent_user_id for a in answer.attempts} == {first: both, third: None}
    assert await bench.course(row.campaign_id, second) == ("open", 0, SKILLS_WAIT)


async def test_what_a_contact_needs_is_looked_at_again(bench: Bench) -> None:
    row = _spoken(bench)
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(A, data={"langue": "fon"})
    agent, lease = bench.place.agents[0], await lease_of(bench)
    skills = _able((agent, {FRENCH}))
    await _claim(bench, lease, request(bench, row, agent, skills=skills))
    await bench.change_contact(contact_id, {"langue": "fr"})
    early = NOW + LOOK_AT_SKILLS - timedelta(seconds=1)
    answer = await _claim(bench, lease, request(bench, row, agent, at=early, skills=skills))
    assert list(answer.attempts) == []
    later = NOW + LOOK_AT_SKILLS
    answer = await _claim(bench, lease, request(bench, row, agent, at=later, skills=skills))
    assert [made.contact_id for made in answer.attempts] == [contact_id]


async def test_named_skills_and_the_language_are_both_needed(bench: Bench) -> None:
    named = str(bench.new_id())
    row = _spoken(bench, skills=[named])
    await bench.add_campaign(row)
    await bench.add_contact(A, data={"langue": "fon"})
    one, lease = bench.place.agents[0], await lease_of(bench)
    for skills, given in (({FON}, 0), ({named}, 0), ({FON, named}, 1)):
        wanted = request(bench, row, one, skills=_able((one, skills)))
        answer = await _claim(bench, lease, wanted)
        assert len(answer.attempts) == given
