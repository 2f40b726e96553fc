"""Commands of people and programs: what each kind does on the floor.

A handler changes the floor or raises a KwaboError; what it returns becomes part of the answer. The
agent and the campaign are in memory beforehand (`loading`). A `Deferred` answer comes once its
effect was done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.interactions.attempt import AttemptState, Result
from kwabo.engine.floor import (
    after_call,
    agents,
    call_closing,
    campaigns,
    consent,
    conversation,
    legs,
    place_alerts,
    queue_callers,
    rules,
    wrap_up,
    writing,
)
from kwabo.engine.floor.effects import PutEndpoint
from kwabo.engine.floor.state import Agent, Call, Campaign, Floor
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.ports.floor_store import Command


class Deferred:
    """The answer is due when this effect has been done."""

    def __init__(self, effect: PutEndpoint) -> None:
        self.effect = effect


Answer = Mapping[str, Any] | Deferred
Handler = Callable[[Floor, Command], Answer]

# Commands that `records` does, because they read the database.
FETCH = "agent.fetch"
DIAL = "agent.dial"


def handle(floor: Floor, command: Command) -> Answer:
    """Do a command. Raises KwaboError when it is refused."""
    handler = HANDLERS.get(command.kind)
    if handler is None:
        raise Invalid("UNKNOWN_COMMAND", f"A floor does not know the command {command.kind}.")
    return handler(floor, command)


def the_agent(floor: Floor, command: Command) -> Agent:
    """The agent on whose behalf the command is."""
    agent = floor.agents.get(command.user_id) if command.user_id else None
    if agent is None:
        raise NotFound("NOT_FOUND", "There is no such agent.")
    return agent


def id_of(command: Command, name: str) -> UUID:
    """An id among the command's values. Raises Invalid."""
    found = optional_id(command, name)
    if found is None:
        raise Invalid("INVALID", f"{name} must be an id.", field=name)
    return found


def optional_id(command: Command, name: str) -> UUID | None:
    """An id among the command's values, if it is there. Raises Invalid."""
    value = command.payload.get(name)
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        raise Invalid("INVALID", f"{name} must be an id.", field=name) from None


def state_of(floor: Floor, agent: Agent) -> Answer:
    """The answer of agents' commands: their state after it, where anybody reads it."""
    if not floor.tells:
        return {}
    return {"agent": writing.agent_view(floor, agent)}


def _sign_in(floor: Floor, command: Command) -> Answer:
    agent = the_agent(floor, command)
    effect = agents.sign_in(floor, agent, dict(command.payload.get("leg") or {}))
    if effect is None:
        return state_of(floor, agent)
    floor.out.do(effect)
    return Deferred(effect)


def signed_in(floor: Floor, agent: Agent) -> Mapping[str, Any]:
    """The answer of a sign-in with a browser leg: what the softphone registers with."""
    return {
        "agent": writing.agent_view(floor, agent),
        "sip": {
            "uri": f"sip:{agent.endpoint}@kwabo",
            "user": agent.endpoint,
            "password": agents.sip_password(floor, agent),
            "ws_path": "/sip",
        },
    }


def _connect_leg(floor: Floor, command: Command) -> Answer:
    agent = the_agent(floor, command)
    agents.connect_leg(floor, agent)
    return state_of(floor, agent)


def _ready(floor: Floor, command: Command) -> Answer:
    agent = the_agent(floor, command)
    agents.ready(floor, agent)
    return state_of(floor, agent)


def _pause(floor: Floor, command: Command) -> Answer:
    agent = the_agent(floor, command)
    agents.pause(floor, agent, optional_id(command, "pause_reason_id"))
    return state_of(floor, agent)


def _sign_out(floor: Floor, command: Command) -> Answer:
    agent = the_agent(floor, command)
    wrap_up.leave_unwrapped(floor, agent)
    agents.sign_out(floor, agent)
    return state_of(floor, agent)


def _heartbeat(floor: Floor, command: Command) -> Answer:
    agent = floor.agents.get(command.user_id) if command.user_id else None
    if agent is not None:
        agents.heartbeat(floor, agent)
        legs.look_for(floor, agent)
    return {}


def _skip(floor: Floor, command: Command) -> Answer:
    agent = the_agent(floor, command)
    call = conversation.own_call(floor, agent, id_of(command, "attempt_id"))
    if call.state is not AttemptState.OFFERED:
        raise Conflict("ATTEMPT_STATE", "This record has been called already.")
    place_alerts.refuse_before_the_answer(call)
    if not floor.campaigns[call.campaign_id].row.preview_skip_allowed:
        raise Conflict("SKIP_NOT_ALLOWED", "In this campaign records cannot be skipped; call it.")
    call_closing.close(floor, call, Result.SKIPPED, hung_up_by="agent")
    return state_of(floor, agent)


def _after_call(floor: Floor, command: Command) -> Answer:
    agent = the_agent(floor, command)
    after_call.ask(floor, agent, floor.call_of(agent))
    return state_of(floor, agent)


def _on_call(act: Callable[[Floor, Agent, Call, Mapping[str, Any]], None]) -> Handler:
    def handler(floor: Floor, command: Command) -> Answer:
        agent = the_agent(floor, command)
        call = conversation.own_call(floor, agent, id_of(command, "attempt_id"))
        act(floor, agent, call, command.payload)
        return state_of(floor, agent)

    return handler


def third_party(payload: Mapping[str, Any]) -> dict[str, Any]:
    """To whom a consultation or a transfer goes. Raises Invalid."""
    to = payload.get("to")
    if not isinstance(to, dict):
        raise Invalid("INVALID", "Say to whom: a number or an agent.", field="to")
    return to


def _on_campaign(act: Callable[[Floor, Campaign], None]) -> Handler:
    def handler(floor: Floor, command: Command) -> Answer:
        campaign = campaigns.known(floor, id_of(command, "campaign_id"))
        if _overtaken(floor, command, campaign):
            return {"state": str(campaign.state), "state_reason": "OVERTAKEN"}
        act(floor, campaign)
        return {"state": str(campaign.state), "state_reason": campaign.state_reason}

    return handler


def _overtaken(floor: Floor, command: Command, campaign: Campaign) -> bool:
    """A command of a schedule, sequence or campaign rule that is no longer wanted."""
    valid_until = command.payload.get("valid_until")
    if valid_until is None:
        return False
    stopped = campaign.state == CampaignState.STOPPED  # by a person, meanwhile
    return stopped or datetime.fromisoformat(str(valid_until)) <= floor.now


def _queue_callers(floor: Floor, command: Command) -> Answer:
    return {"callers": queue_callers.listed(floor, id_of(command, "queue_id"))}


def _queue_caller_changed(floor: Floor, command: Command) -> Answer:
    queue_id, attempt_id = id_of(command, "queue_id"), id_of(command, "attempt_id")
    priority = command.payload.get("priority")
    changed = queue_callers.change(
        floor,
        queue_id,
        attempt_id,
        to_queue_id=optional_id(command, "to_queue_id"),
        priority=None if priority is None else int(priority),
    )
    return {"changed": changed}


def _nothing(floor: Floor, command: Command) -> Answer:
    """The loader has read again what changed."""
    return {}


def _changed(floor: Floor, campaign: Campaign) -> None:
    campaign.look_at = 0.0
    floor.dnc_changed = True  # its lists may be others now
    campaign.previews_waiting = campaign.previews_waiting or campaign.row.has_previews
    floor.out.touch("campaign", campaign.row.campaign_id, "campaign.changed")


def _callbacks_changed(floor: Floor, campaign: Campaign) -> None:
    """People have changed callbacks: contacts that were finished may wait again."""
    campaign.look_at = 0.0
    campaign.exhausted = False
    campaign.finished = campaign.row.finished
    floor.out.touch("campaign", campaign.row.campaign_id, "campaign.changed")


def _courses_changed(floor: Floor, campaign: Campaign) -> None:
    """Finished contacts are open again: count anew, and look at them."""
    campaign.finished = campaign.row.finished
    campaign.exhausted = False
    campaign.waiting_for = ""
    _changed(floor, campaign)


def _course_changed(floor: Floor, command: Command) -> Answer:
    campaign = campaigns.known(floor, id_of(command, "campaign_id"))
    rules.reopened(campaign, int(command.payload.get("reopened", 0)))
    return {}


def _dnc_added(floor: Floor, command: Command) -> Answer:
    floor.dnc_changed = True
    return {}


def _consents_changed(floor: Floor, command: Command) -> Answer:
    consent.withdrawn(floor, {str(number) for number in command.payload.get("withdrawn") or []})
    consent.look_again(floor, command.payload.get("reopened") or {})
    return {}


def _compliance_changed(floor: Floor, command: Command) -> Answer:
    consent.look_again(floor, command.payload.get("reopened") or {})
    return {}


HANDLERS: Mapping[str, Handler] = {
    "agent.sign_in": _sign_in,
    "agent.connect_leg": _connect_leg,
    "agent.ready": _ready,
    "agent.pause": _pause,
    "agent.sign_out": _sign_out,
    "agent.heartbeat": _heartbeat,
    "agent.skip": _skip,
    "agent.after_call": _after_call,
    "call.take": _on_call(lambda f, a, c, p: place_alerts.take(f, a, c)),
    "call.refuse": _on_call(
        lambda f, a, c, p: place_alerts.refuse(f, a, c, str(p.get("reason", "")))
    ),
    "call.hang_up": _on_call(lambda f, a, c, p: conversation.hang_up(f, a, c)),
    "call.hold": _on_call(lambda f, a, c, p: conversation.hold(f, a, c)),
    "call.resume": _on_call(lambda f, a, c, p: conversation.resume(f, a, c)),
    "call.mute": _on_call(lambda f, a, c, p: conversation.mute(f, a, c, True)),
    "call.unmute": _on_call(lambda f, a, c, p: conversation.mute(f, a, c, False)),
    "call.digits": _on_call(lambda f, a, c, p: conversation.digits(f, a, c, str(p.get("digits")))),
    "call.transfer": _on_call(lambda f, a, c, p: conversation.transfer(f, a, c, third_party(p))),
    "call.consult": _on_call(lambda f, a, c, p: conversation.consult(f, a, c, third_party(p))),
    "call.consult_complete": _on_call(lambda f, a, c, p: conversation.consult_complete(f, a, c)),
    "call.consult_cancel": _on_call(lambda f, a, c, p: conversation.consult_cancel(f, a, c)),
    "call.wrap_up": _on_call(lambda f, a, c, p: wrap_up.wrap_up(f, a, c, dict(p))),
    "campaign.start": _on_campaign(campaigns.start),
    "campaign.pause": _on_campaign(campaigns.pause),
    "campaign.stop": _on_campaign(campaigns.stop),
    "campaign.changed": _on_campaign(_changed),
    "campaign.callbacks.changed": _on_campaign(_callbacks_changed),
    "campaign.courses.changed": _on_campaign(_courses_changed),
    "campaign.course.changed": _course_changed,
    "queue.changed": _nothing,
    "queue.callers": _queue_callers,
    "queue.change_caller": _queue_caller_changed,
    "flow.changed": _nothing,
    "settings.changed": _nothing,
    "dnc.added": _dnc_added,
    "consents.changed": _consents_changed,
    "compliance.changed": _compliance_changed,
    "courses.reopened": _compliance_changed,
}

KINDS = frozenset(HANDLERS) | {FETCH, DIAL}


def fetchable(floor: Floor, agent: Agent) -> list[Campaign]:
    """Preview campaigns from which the agent may fetch a record, the most urgent first."""
    if agent.status is not AgentStatus.READY or agent.attempt_id is not None:
        raise Conflict(
            "AGENT_STATE",
            "Be ready and without a call to fetch a record.",
            details={"status": agent.status},
        )
    return sorted(
        (
            campaign
            for campaign in floor.campaigns.values()
            if campaign.state == "running"
            and campaign.row.mode == "preview"
            and campaign.row.queue_id in agent.queue_ids
        ),
        key=lambda campaign: (-campaign.row.priority, campaign.last_start),
    )
