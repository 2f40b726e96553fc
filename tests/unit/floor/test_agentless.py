"""Campaigns without agents: lines are their pace, and a flow has whoever answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from kwabo.adapters.switch.simulator import Behaviour, Table
from kwabo.domain.call_analysis.response_set import Reaction, ReactionType
from kwabo.domain.call_analysis.results import AnalysisResult
from kwabo.domain.campaigns.flow_notes import FlowNote
from kwabo.engine.floor.writing import campaign_view
from kwabo.ports.floor_rows import FlowRow
from unit.floor.callers import FLOW_ID, SpokenWorld, flow
from unit.floor.desk import Desk, at_the_desk
from unit.floor.test_opt_out import _listed
from unit.floor.test_responses import MACHINE, closed
from unit.floor.test_responses import changes as with_analysis

HELLO = {
    "id": "hello",
    "type": "menu",
    "say": [{"text": {"fr": "Bonjour {{contact:nom}}"}}],
    "seconds": 3,
    "tries": 1,
    "options": [{"key": "2"}, {"key": "9"}],
    "ways": {"2": "wait", "9": "stop", "timeout": "note"},
}
STOP = {"id": "stop", "type": "do_not_call", "ways": {"next": "bye"}}
WAIT = {
    "id": "wait",
    "type": "queue",
    "queue_id": "QUEUE",
    "seconds": 30,
    "ways": {"timeout": "bye", "full": "bye", "closed": "bye"},
}
NOTE = {
    "id": "note",
    "type": "note",
    "result": "rappel",
    "value": "non",
    "ways": {"next": "bye"},
}
BYE = {"id": "bye", "type": "hang_up"}
NODES = (HELLO, STOP, WAIT, NOTE, BYE)


def presses(key: str, at: float = 1.0, **more: Any) -> Behaviour:
    """Somebody who answers after a second and presses a key."""
    return Behaviour(
        rings_after_seconds=0.5,
        answers_after_seconds=1.0,
        presses=((at, key),) if key else (),
        **{"patience_seconds": None, "talks_seconds": None, **more},
    )


def tell(
    story: Callable[[Desk], Awaitable[None]],
    behaviour: Behaviour,
    *,
    lines: int = 5,
    world: SpokenWorld | None = None,
    **changes: Any,
) -> None:
    """A story of a campaign without agents whose people all behave so."""

    def prepare(desk: Desk) -> None:
        desk.node.far_end = Table(numbers=desk.table.numbers, otherwise=behaviour)
        desk.world.flow_world = world or SpokenWorld()
        data = desk.data
        row = data.campaigns[desk.campaign_id]
        data.campaigns.put(
            row.campaign_id,
            replace(row, mode="agentless", flow_id=FLOW_ID, lines_most=lines),
        )
        document = flow(desk, *NODES)
        data.flows.put(FLOW_ID, FlowRow(flow_id=FLOW_ID, version=1, document=document))
        for contact_id in data.lists[next(iter(data.lists))]:
            contact = data.contacts[contact_id]
            data.contacts.put(contact_id, replace(contact, data={"nom": "Awa"}))

    at_the_desk(story, prepare=prepare, **changes)


def test_without_any_agent_whoever_answers_hears_the_flow() -> None:
    async def story(desk: Desk) -> None:
        await desk.start()
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        (far,) = desk.node.calls
        assert [what for _, what in far.heard] == ["sound:fr-TextPart"]
        row = desk.attempts[0].row
        assert (row.result, row.abandoned, row.mode) == ("person", False, "agentless")
        assert row.flow["outcome"] == "HUNG_UP"
        assert row.flow["results"] == {"rappel": "non"}
        assert [step["node"] for step in row.flow["trail"]] == ["hello", "note", "bye"]
        assert next(iter(desk.data.wrap_ups)).system_code == "FLOW_COMPLETED"
        await desk.until(lambda: desk.data.campaigns[desk.campaign_id].state == "complete")

    tell(story, presses(""))


def test_the_flow_says_the_contacts_values() -> None:
    said: list[str] = []

    class World(SpokenWorld):
        async def media(self, organisation_id: UUID, parts: Any, language: str) -> list[str]:
            said.extend(part.text for part in parts)
            return await super().media(organisation_id, parts, language)

    async def story(desk: Desk) -> None:
        await desk.start()
        await desk.until(lambda: bool(said))
        assert said == ["Bonjour Awa"]

    tell(story, presses(""), world=World())


@pytest.mark.parametrize("lines", [1, 3])
def test_as_many_calls_as_the_campaign_has_lines(lines: int) -> None:
    most = 0

    async def story(desk: Desk) -> None:
        nonlocal most
        await desk.start()
        end = desk.clock.monotonic() + 120
        while any(a.state != "closed" for a in desk.attempts) or len(desk.attempts) < 8:
            most = max(most, len(desk.floor.live_calls()))
            assert desk.clock.monotonic() < end
            await desk.clock.sleep(0.1)
        assert desk.data.campaigns[desk.campaign_id].state_reason == ""

    tell(story, presses(""), lines=lines, contacts=8)
    assert most == lines


def test_key_nine_lists_the_number_within_a_second() -> None:
    async def story(desk: Desk) -> None:
        await desk.start()
        await desk.until(lambda: any(c.answered_at for c in desk.floor.live_calls()))
        call = desk.call
        answered = desk.clock.now()
        await desk.until(lambda: call.number in _listed(desk), 3)
        assert desk.clock.now() - answered < timedelta(seconds=2.1)  # the key comes after one
        await desk.until(lambda: call.closed)
        row = desk.attempts[0].row
        assert row.opted_out_at is not None
        assert next(iter(desk.data.wrap_ups)).system_code == "OPTED_OUT"
        assert row.abandoned is False

    tell(story, presses("9"))


def test_who_hangs_up_in_the_flow_has_left_it() -> None:
    async def story(desk: Desk) -> None:
        await desk.start()
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        assert next(iter(desk.data.wrap_ups)).system_code == "FLOW_LEFT"
        assert desk.attempts[0].row.abandoned is False

    tell(story, presses("", patience_seconds=1.0))


def test_what_a_flow_noted_is_in_the_contacts_columns_when_the_attempt_is_closed() -> None:
    async def story(desk: Desk) -> None:
        row = desk.data.campaigns[desk.campaign_id]
        notes = (FlowNote(name="rappel", column="réponse"),)
        desk.data.campaigns.put(
            row.campaign_id,
            replace(row, flow_notes=notes, column_kinds={"réponse": "text"}),
        )
        await desk.start()
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        contact = desk.data.contacts[desk.attempts[0].row.contact_id]
        assert contact.data == {"nom": "Awa", "réponse": "non"}

    tell(story, presses(""))


def test_who_left_the_flow_is_recalled_by_a_rule_of_its_own() -> None:
    async def story(desk: Desk) -> None:
        row = desk.data.campaigns[desk.campaign_id]
        rules = {"FLOW_LEFT": {"steps": [{"after_seconds": 1200}]}}
        desk.data.campaigns.put(row.campaign_id, replace(row, recall_rules=rules))
        await desk.start()
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        closed_at = desk.attempts[0].row.closed_at
        assert closed_at is not None
        kept = desk.data.courses[desk.campaign_id, desk.attempts[0].row.contact_id]
        assert (kept.course.state, kept.course.reason) == ("open", "RECALL_DELAY")
        assert kept.course.next_attempt_at == closed_at + timedelta(seconds=1200)
        assert kept.result_counts == {"person": 1, "FLOW_LEFT": 1}

    tell(story, presses("", patience_seconds=1.0))


@pytest.mark.parametrize("noted", ["non", "oui"])
def test_a_noted_value_decides_about_the_recall_before_the_outcome(noted: str) -> None:
    async def story(desk: Desk) -> None:
        row = desk.data.campaigns[desk.campaign_id]
        notes = (FlowNote(name="rappel", recalls={noted: 3600}),)
        rules = {"FLOW_COMPLETED": {"steps": [{"after_seconds": 7200}]}}
        desk.data.campaigns.put(row.campaign_id, replace(row, flow_notes=notes, recall_rules=rules))
        await desk.start()
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        closed_at = desk.attempts[0].row.closed_at
        assert closed_at is not None
        kept = desk.data.courses[desk.campaign_id, desk.attempts[0].row.contact_id]
        # The flow notes 'non'; of a value without a recall the outcome decides.
        wait = 3600 if noted == "non" else 7200
        assert kept.course.next_attempt_at == closed_at + timedelta(seconds=wait)

    tell(story, presses(""))


def test_key_two_leads_to_an_agent_who_wraps_up() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready()
        assert desk.agent().status == "ready"
        await desk.start()
        await desk.until(lambda: desk.agent().status == "on_call")
        call = desk.call
        await desk.until(lambda: call.connected_at is not None)
        assert desk.together(call.channel_id, desk.agent().leg_channel_id)
        assert (await desk.act("call.hang_up"))["ok"]
        code = str(desk.world.code_ids["sale"])
        assert (await desk.act("call.wrap_up", wrap_up_code_id=code))["ok"]
        row = desk.attempts[0].row
        assert (row.abandoned, row.flow["outcome"]) == (False, "ANSWERED")

    tell(story, presses("2"))


def test_who_waits_for_an_agent_and_gets_none_is_abandoned_when_they_leave() -> None:
    async def story(desk: Desk) -> None:
        await desk.start()
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        row = desk.attempts[0].row
        assert (row.abandoned, row.flow["outcome"]) == (True, "CALLER_GONE")
        assert next(iter(desk.data.wrap_ups)).system_code == "ABANDONED"

    tell(story, presses("2", patience_seconds=10.0))


def test_a_new_owner_of_the_floor_goes_on_with_the_flow() -> None:
    async def story(desk: Desk) -> None:
        await desk.start()
        await desk.until(lambda: any(c.flow for c in desk.floor.live_calls()))
        channel = desk.call.channel_id
        await desk.crash()
        call = desk.call
        assert call.channel_id == channel
        assert call.flow is not None
        assert call.flow.under_way
        desk.node.press(channel, "9")
        await desk.until(lambda: any(a.state == "closed" for a in desk.attempts))
        row = desk.attempts[0].row
        assert row.opted_out_at is not None
        assert len(desk.node.calls) == 1

    tell(story, presses(""))


def test_a_machine_goes_to_a_flow_of_its_own_after_its_greeting() -> None:
    changes = with_analysis(
        Reaction(type=ReactionType.FLOW, flow_id=FLOW_ID, after_greeting=True),
    )

    async def story(desk: Desk) -> None:
        await desk.start()
        row = await closed(desk)
        assert (row.result, row.abandoned) == ("machine", False)
        assert row.call_analysis["reaction"] == "flow"
        (far,) = desk.node.calls
        assert far.answered_at is not None
        at, what = far.heard[0]
        assert what == "sound:fr-TextPart"
        assert (at - far.answered_at).total_seconds() >= MACHINE.greeting_seconds
        assert not list(desk.data.wrap_ups)

    tell(story, MACHINE, **changes)


def test_a_machine_is_hung_up_on_and_a_person_goes_to_the_flow() -> None:
    changes = with_analysis(None, presses(""), result=AnalysisResult.PERSON)

    async def story(desk: Desk) -> None:
        await desk.start()
        row = await closed(desk)
        assert row.flow["outcome"] == "HUNG_UP"

    tell(story, presses(""), **changes)


def test_a_campaign_with_agents_can_send_machines_to_a_flow() -> None:
    changes = with_analysis(Reaction(type=ReactionType.FLOW, flow_id=FLOW_ID))

    async def story(desk: Desk) -> None:
        row = desk.data.campaigns[desk.campaign_id]
        desk.data.campaigns.put(row.campaign_id, replace(row, mode="progressive", flow_id=None))
        await desk.ready()
        await desk.start()
        await desk.until(lambda: desk.agent().status == "reserved")
        await desk.until(lambda: desk.agent().status == "ready")  # not held by a machine
        closed_row = await closed(desk)
        assert closed_row.result == "machine"
        assert closed_row.flow["flow_id"] == str(FLOW_ID)

    tell(story, MACHINE, **changes)


def test_calls_of_a_campaign_without_agents_take_none_from_its_neighbours() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready(desk.first, desk.second)
        await desk.start()
        await desk.until(lambda: len(desk.floor.live_calls()) >= 3)
        assert {desk.agent(one).status for one in (desk.first, desk.second)} == {"ready"}
        view = campaign_view(desk.floor, desk.floor.campaigns[desk.campaign_id])
        assert view["talking"] == 0

    tell(story, presses(""), contacts=4)


def test_the_message_for_people_without_an_agent_can_be_a_flow_and_the_key_counts() -> None:
    changes = {
        "campaign": {"opt_out_key": "8", "abandon_flow_id": FLOW_ID, "agents_kept_free": 0},
        "contacts": 2,
    }

    async def story(desk: Desk) -> None:
        row = desk.data.campaigns[desk.campaign_id]
        desk.data.campaigns.put(
            row.campaign_id,
            replace(row, mode="power", calls_per_agent=2.0, flow_id=None, lines_most=0),
        )
        await desk.ready()
        await desk.start()
        await desk.until(lambda: any(c.apologising for c in desk.floor.live_calls()))
        call = next(c for c in desk.floor.live_calls() if c.apologising)
        await desk.until(lambda: call.message_started_at is not None)
        assert call.message_media == f"flow:{FLOW_ID}@1"
        desk.node.press(call.channel_id, "8")
        await desk.until(lambda: call.closed)
        kept = desk.data.attempts[call.attempt_id].row
        assert (kept.abandoned, kept.result) == (True, "person")
        assert kept.opted_out_at is not None
        assert kept.message_ended_at is not None
        assert call.number in _listed(desk)

    tell(story, presses(""), **changes)
