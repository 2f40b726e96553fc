"""Data actions in rules: what every store does before a call and at its wrap-up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contract.floor_store.bench import NOW, Bench, campaign, closed, lease_of, request
from contract.floor_store.test_rules import asked, rule_set
from kwabo.domain.campaigns.rule_sets.document import Kind
from kwabo.domain.data_actions.answers import FAILURE_COUNTS, LOOK_AGAIN, WAIT_AT_MOST
from kwabo.domain.data_actions.asking import Asked, inputs_of, key_of
from kwabo.domain.data_actions.settings import DataActionSettings, Output
from kwabo.ports.floor_claims import ClaimAnswer
from kwabo.ports.floor_rows import CampaignRow

A = "+2290197000001"
SETTINGS = DataActionSettings(
    url="https://crm.example/{number}?n={contact.name}&c={campaign_name}",
    outputs=(Output(name="status", path="status"),),
    cache_seconds=60,
)


def compares(data_action_id: UUID, *, missing: bool = False) -> dict[str, Any]:
    return {
        "type": "data_action",
        "data_action_id": str(data_action_id),
        "output": "status",
        "value_type": "STRING",
        "operator": "EQUALS",
        "value": "open",
        "data_not_found_resolution": missing,
    }


COUNTS = {"type": "MODIFY_CONTACT_ATTRIBUTE", "column": "n", "mode": "INCREMENT", "value": 1}


def key(row: CampaignRow, contact_id: UUID, name: str) -> str:
    about = Asked(contact_id=contact_id, data={"name": name}, number=A, campaign_name=row.name)
    return key_of(SETTINGS, inputs_of(SETTINGS, about))


class _Claims:
    """A campaign that leaves contacts alone whose status is open, and one contact."""

    def __init__(self, bench: Bench, *, missing: bool = False) -> None:
        self.bench = bench
        self.missing = missing

    async def prepare(self) -> None:
        bench = self.bench
        self.action = await bench.add_data_action(SETTINGS)
        rules = rule_set(
            bench,
            Kind.PRE_CALL,
            {"actions": [COUNTS]},
            {
                "conditions": [compares(self.action, missing=self.missing)],
                "actions": [{"type": "DO_NOT_DIAL"}],
            },
        )
        self.row = campaign(bench, rule_sets=(rules,))
        await bench.add_campaign(self.row)
        self.contact = await bench.add_contact(A, data={"name": "Awa"})
        self.lease = await lease_of(bench)
        self.key = key(self.row, self.contact, "Awa")

    async def claim(self, at: datetime = NOW) -> ClaimAnswer:
        wanted = request(self.bench, self.row, self.bench.place.agents[0], now=at)
        async with self.bench.store.transaction(self.lease) as transaction:
            return await transaction.claim(wanted)

    async def course(self) -> tuple[str, int, str] | None:
        return await self.bench.course(self.row.campaign_id, self.contact)


async def test_a_contact_waits_for_its_answer_and_nothing_is_done_meanwhile(bench: Bench) -> None:
    claims = _Claims(bench)
    await claims.prepare()
    waits = await claims.claim()
    assert list(waits.attempts) == []
    assert waits.next_attempt_at == NOW + LOOK_AGAIN
    assert await claims.course() == ("open", 0, "DATA_ACTION_WAITS")
    assert await bench.data_awaited() == {(claims.action, claims.key)}
    assert (await bench.data_of(claims.contact))[0] == {"name": "Awa"}
    assert await bench.fired(claims.contact) == []
    await bench.data_said(claims.action, claims.key, {"status": "closed"}, NOW)
    (attempt,) = (await claims.claim(NOW + LOOK_AGAIN)).attempts
    assert attempt.number == A
    assert (await bench.data_of(claims.contact))[0] == {"name": "Awa", "n": "1"}


async def test_an_answer_decides_until_its_age_is_reached(bench: Bench) -> None:
    claims = _Claims(bench)
    await claims.prepare()
    await bench.data_said(claims.action, claims.key, {"status": "open"}, NOW)
    stale = await claims.claim(NOW + timedelta(seconds=60))
    assert (list(stale.attempts), stale.next_reason) == ([], "DATA_ACTION_WAITS")
    await bench.data_said(claims.action, claims.key, {"status": "OPEN"}, NOW)
    await claims.claim(NOW + timedelta(seconds=59, microseconds=999_999) + LOOK_AGAIN)
    assert await claims.course() == ("open", 0, "DATA_ACTION_WAITS")
    at = NOW + timedelta(seconds=70)
    await bench.data_said(claims.action, claims.key, {"status": "OPEN"}, at)
    await claims.claim(at + timedelta(seconds=59))
    assert await claims.course() == ("finished", 0, "RULE_DO_NOT_DIAL")


@pytest.mark.parametrize("missing", [True, False])
@pytest.mark.parametrize("why", ["failed", "late", "without"])
async def test_a_missing_answer_has_the_stated_result(
    bench: Bench, missing: bool, why: str
) -> None:
    claims = _Claims(bench, missing=missing)
    await claims.prepare()
    at = NOW
    if why == "late":
        await claims.claim()
        at = NOW + WAIT_AT_MOST
    else:
        said = None if why == "failed" else {"other": "x"}
        await bench.data_said(claims.action, claims.key, said, NOW)
    answer = await claims.claim(at)
    assert len(answer.attempts) == (0 if missing else 1)
    if missing:
        assert await claims.course() == ("finished", 0, "RULE_DO_NOT_DIAL")


async def test_a_failure_is_asked_anew_after_a_while(bench: Bench) -> None:
    claims = _Claims(bench)
    await claims.prepare()
    await bench.data_said(claims.action, claims.key, None, NOW)
    waits = await claims.claim(NOW + FAILURE_COUNTS)
    assert waits.next_reason == "DATA_ACTION_WAITS"
    assert await bench.data_awaited() == {(claims.action, claims.key)}


async def test_rules_tell_before_and_after_a_call_each_once(bench: Bench) -> None:
    action = await bench.add_data_action(SETTINGS)
    tells = {"type": "DATA_ACTION", "data_action_id": str(action)}
    before = rule_set(bench, Kind.PRE_CALL, {"actions": [tells, COUNTS]})
    after = rule_set(
        bench,
        Kind.WRAP_UP,
        {"conditions": [compares(action)], "actions": [tells]},
        {"actions": [tells]},
    )
    row = campaign(bench, rule_sets=(before, after))
    await bench.add_campaign(row)
    contact_id = await bench.add_contact(A, data={"name": "Awa"})
    lease = await lease_of(bench)
    async with bench.store.transaction(lease) as transaction:
        (attempt,) = (await transaction.claim(request(bench, row, bench.place.agents[0]))).attempts
    assert await bench.told(contact_id) == [(action, attempt.attempt_id, "", "rule 1")]
    wanted = key(row, contact_id, "Awa")
    assert await bench.data_awaited() == {(action, wanted)}, "for the rules at the wrap-up"
    await bench.data_said(action, wanted, {"status": "open"}, NOW)
    for _ in range(2):
        async with bench.store.transaction(lease) as transaction:
            await transaction.apply([closed(attempt), asked(attempt, after, "person")], [])
    told = await bench.told(contact_id)
    assert sorted(told, key=lambda one: (one[2], one[3])) == [
        (action, attempt.attempt_id, "", "rule 1"),
        (action, attempt.attempt_id, "person", "rule 1"),
        (action, attempt.attempt_id, "person", "rule 2"),
    ]
