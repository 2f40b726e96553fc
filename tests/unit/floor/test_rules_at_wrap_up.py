"""Rules at the wrap-up on a whole floor: what they promise is kept, and the list is not over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind, Table
from kwabo.domain.campaigns.rule_sets.document import Kind, Known, RuleSet, read_rules
from unit.floor.desk import Desk, at_the_desk


def rules(*given: dict[str, Any]) -> tuple[RuleSet, ...]:
    document = {"rules": [{"name": f"rule {i}", **one} for i, one in enumerate(given)]}
    read, objections = read_rules(document, Kind.WRAP_UP, Known())
    assert objections == []
    return (RuleSet(rule_set_id=UUID(int=3), name="set", kind=Kind.WRAP_UP, rules=read),)


def test_a_callback_that_a_rule_promises_after_an_outcome_is_made() -> None:
    async def story(desk: Desk) -> None:
        await desk.talking()
        first = desk.call.attempt_id
        assert (await desk.ask("call.hang_up", attempt_id=str(first)))["ok"]
        await desk.until(lambda: desk.agent().status == "after_call")
        await desk.clock.sleep(5)
        codes = [c for c in desk.data.wrap_up_codes if not c.flags & {"do_not_call", "callback"}]
        code = codes[0]
        answer = await desk.ask(
            "call.wrap_up",
            attempt_id=str(first),
            wrap_up_code_id=str(code.wrap_up_code_id),
            next="ready",
        )
        assert answer["ok"], answer
        await desk.clock.sleep(3)
        assert desk.floor.campaigns[desk.campaign_id].state == "running", "a callback waits"
        await desk.until(lambda: len(desk.attempts) == 2, 400)
        assert next(fired.attempt_id for fired in desk.data.rule_firings) == first

    done = {
        "conditions": [{"type": "system_result", "results": ["person"]}],
        "actions": [{"type": "SCHEDULE_CALLBACK", "minutes": 5}],
    }
    at_the_desk(story, campaign={"rule_sets": rules(done)})


def test_a_rule_sees_how_an_unanswered_call_ended() -> None:
    async def story(desk: Desk) -> None:
        desk.node.far_end = Table(otherwise=Behaviour(kind=BehaviourKind.BUSY))
        await desk.ready()
        await desk.start()
        await desk.until(lambda: len(desk.data.rule_firings) == 1)
        (contact_id,) = [c.contact_id for c in desk.data.contacts]
        assert desk.data.contacts[contact_id].data["suite"] == "occupé"
        await desk.until(lambda: desk.floor.campaigns[desk.campaign_id].state == "complete")

    busy = {
        "conditions": [{"type": "system_result", "results": ["busy"]}],
        "actions": [
            {
                "type": "MODIFY_CONTACT_ATTRIBUTE",
                "column": "suite",
                "mode": "SET",
                "value": "occupé",
            },
            {"type": "CONTACT_UNCALLABLE"},
        ],
    }
    at_the_desk(story, campaign={"rule_sets": rules(busy), "recall_seconds": {"busy": 60}})
