"""What outcomes mean on a whole floor: a campaign's table decides over codes and results."""

from __future__ import annotations

from dataclasses import replace

from kwabo.adapters.switch.simulator import Behaviour, BehaviourKind, Table
from unit.floor.desk import Desk, at_the_desk


def test_a_result_that_makes_contacts_uncallable_does_so() -> None:
    async def story(desk: Desk) -> None:
        desk.node.far_end = Table(otherwise=Behaviour(kind=BehaviourKind.BUSY))
        await desk.ready()
        await desk.start()
        await desk.until(lambda: len(desk.attempts) == 1 and not desk.floor.live_calls())
        (contact,) = desk.data.contacts
        assert (contact.callable, contact.uncallable_reason) == (False, "RESULT_BUSY")
        assert set(contact.uncallable_numbers) == {desk.attempts[0].number}
        await desk.until(lambda: desk.floor.campaigns[desk.campaign_id].state == "complete")

    flags = {"busy": ("number_uncallable", "contact_uncallable")}
    at_the_desk(story, campaign={"outcome_flags": flags, "recall_seconds": {"busy": 60}})


def test_a_code_means_what_the_campaign_says() -> None:
    async def story(desk: Desk) -> None:
        code = next(c for c in desk.data.wrap_up_codes if "do_not_call" in c.flags)
        flags = {str(code.wrap_up_code_id): ("contact_uncallable",)}
        row = replace(desk.data.campaigns[desk.campaign_id], outcome_flags=flags)
        desk.data.campaigns.put(desk.campaign_id, row)
        await desk.talking()
        first = desk.call.attempt_id
        assert (await desk.ask("call.hang_up", attempt_id=str(first)))["ok"]
        await desk.until(lambda: desk.agent().status == "after_call")
        answer = await desk.ask(
            "call.wrap_up",
            attempt_id=str(first),
            wrap_up_code_id=str(code.wrap_up_code_id),
            next="ready",
        )
        assert answer["ok"], answer
        (contact,) = desk.data.contacts
        assert contact.uncallable_reason == f"WRAP_UP:{code.name}"
        assert list(desk.data.dnc.items()) == [], "no objection in this campaign"

    at_the_desk(story)
