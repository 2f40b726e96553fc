"""What an agent does with a customer on the line: hold, mute, keys, hang up, transfer, consult."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.interactions.attempt import AttemptState
from kwabo.engine.floor import agents, call_closing, calls
from kwabo.engine.floor.effects import (
    CreateBridge,
    DestroyBridge,
    Dial,
    HangUp,
    Join,
    SendDigits,
    SetMuted,
    StartMusic,
)
from kwabo.engine.floor.state import Agent, Call, Consult, Floor
from kwabo.kernel.errors import Conflict, Invalid, NotFound
from kwabo.ports.switch import CallNumber, Originate

DIGITS = re.compile(r"^[0-9*#A-D]{1,32}$")
E164 = re.compile(r"^\+[1-9]\d{6,14}$")
CONSULT_RING_SECONDS = 30


def own_call(floor: Floor, agent: Agent, attempt_id: UUID) -> Call:
    """The agent's conversation with this id."""
    call = floor.call_of(agent)
    if call is None or call.attempt_id != attempt_id:
        raise NotFound("NOT_FOUND", "This call is not, or no longer, yours.")
    return call


def _talking(agent: Agent, call: Call) -> None:
    """Only the agent whose conversation it is may steer it."""
    answered = call.state in (AttemptState.ANSWERED, AttemptState.CONNECTED)
    if not answered or call.apologising:
        raise Conflict(
            "ATTEMPT_STATE", "There is nobody on the line.", details={"state": call.state}
        )
    if call.agent_user_id != agent.user_id or agent.status is not AgentStatus.ON_CALL:
        raise Conflict(
            "ATTEMPT_STATE",
            "You do not lead this conversation.",
            details={"status": agent.status},
        )


def hang_up(floor: Floor, agent: Agent, call: Call) -> None:
    """End the call, answered or not."""
    if call.closed:
        raise Conflict("ATTEMPT_STATE", "The call has ended already.")
    if call.state is AttemptState.OFFERED:
        raise Conflict("ATTEMPT_STATE", "Nobody was called yet; skip the record instead.")
    if call.consult is not None and call.consult.user_id == agent.user_id:
        calls.end_consult(floor, call)  # the customer is taken back by the agent who consulted
        return
    if call.agent_user_id != agent.user_id or agent.status is AgentStatus.AFTER_CALL:
        raise Conflict("ATTEMPT_STATE", "You have left this conversation.")
    call_closing.hang_up(floor, call, "agent")


def hold(floor: Floor, agent: Agent, call: Call) -> None:
    """The customer hears music; the agent waits."""
    _talking(agent, call)
    if call.held or call.consult is not None or call.agent_lost:
        return
    call.held = True
    calls.music(floor, call)
    calls.touch(floor, call, "attempt.held")


def resume(floor: Floor, agent: Agent, call: Call) -> None:
    """Customer and agent hear each other again."""
    _talking(agent, call)
    if call.consult is not None:
        raise Conflict("ATTEMPT_STATE", "You are consulting; complete or cancel that first.")
    if not call.held:
        return
    calls.join_agent(floor, call, agent)
    calls.touch(floor, call, "attempt.resumed")


def mute(floor: Floor, agent: Agent, call: Call, muted: bool) -> None:
    """Whether the customer hears the agent."""
    _talking(agent, call)
    call.muted = muted
    if agent.live_leg is not None:
        floor.out.do(SetMuted(lane=call.lane, channel_id=agent.live_leg, muted=muted))
    calls.touch(floor, call)


def digits(floor: Floor, agent: Agent, call: Call, keys: str) -> None:
    """Press keys towards the customer's end."""
    _talking(agent, call)
    if not DIGITS.match(keys):
        raise Invalid("DIGITS", "Keys are 0-9, *, #, A-D; 32 at most.", field="digits")
    floor.out.do(SendDigits(lane=call.lane, channel_id=call.channel_id, digits=keys))


# ── Third parties ────────────────────────────────────────────────────────────────────────────────


def outside_number(floor: Floor, agent: Agent, call: Call, to: dict[str, Any]) -> str | None:
    """The number that a consultation or a transfer would call; None: an agent of the floor.

    Raises what the consultation or the transfer itself would, so that the guard is asked only about
    calls that are then made.
    """
    _talking(agent, call)
    if call.consult is not None:
        raise Conflict("ATTEMPT_STATE", "You are consulting already; end that first.")
    third, number = _third(floor, agent, to)
    return number if third is None else None


def consult(floor: Floor, agent: Agent, call: Call, to: dict[str, Any]) -> None:
    """Call a third party while the customer hears music."""
    outside_number(floor, agent, call, to)
    if not call.held:
        calls.music(floor, call)
    call.held = True
    _call_third(floor, agent, call, to, blind=False)
    calls.touch(floor, call, "attempt.consulting")


def transfer(floor: Floor, agent: Agent, call: Call, to: dict[str, Any]) -> None:
    """Send the customer to a third party unannounced; the agent leaves at once."""
    _talking(agent, call)
    if call.consult is not None:
        raise Conflict("ATTEMPT_STATE", "You are consulting; complete or cancel that first.")
    third, _ = _third(floor, agent, to)
    if third is not None:
        _hand_over_to_agent(floor, agent, call, third)
        return
    calls.music(floor, call)
    _call_third(floor, agent, call, to, blind=True)
    call.transferred_to = call.consult.label if call.consult else None
    calls.touch(floor, call, "attempt.transferred")
    call_closing.start_after_call(floor, call, agent)


def _third(floor: Floor, agent: Agent, to: dict[str, Any]) -> tuple[Agent | None, str]:
    """The third party: an agent who is free, or a number. Raises when it is neither."""
    if "user_id" not in to:
        number = str(to.get("number") or "")
        if not E164.match(number):
            raise Invalid("NUMBER", "Give a number in the form +229….", field="to.number")
        return None, number
    try:
        other = floor.agents.get(UUID(str(to["user_id"])))
    except ValueError:
        raise Invalid("INVALID", "user_id must be an id.", field="to.user_id") from None
    if other is None or other is agent:
        raise NotFound("NOT_FOUND", "This agent is not signed in.", field="to.user_id")
    if not other.leg_up or other.status is not AgentStatus.READY:
        raise Conflict(
            "AGENT_BUSY",
            "This agent cannot take a call now; choose another, or a number.",
            field="to.user_id",
            details={"status": other.status},
        )
    return other, other.display_name


def _call_third(floor: Floor, agent: Agent, call: Call, to: dict[str, Any], *, blind: bool) -> None:
    third, number = _third(floor, agent, to)
    call.consults += 1
    if third is not None:
        leg = third.live_leg or ""
        call.consult = Consult(
            channel_id=leg, label=third.display_name, user_id=third.user_id, blind=blind
        )
        agents.change(floor, third, "joined_call")
        floor.agents.hold(third, call)
        agents.touch(floor, third)
        third_answered(floor, call)
        return
    _call_number(floor, call, number, blind=blind)


def send_on(floor: Floor, call: Call, number: str) -> None:
    """A flow sends the caller to a number, with music until somebody answers there."""
    call.consults += 1
    call.music = True
    floor.out.do(
        CreateBridge(lane=call.lane, bridge_id=call.bridge_id),
        StartMusic(lane=call.lane, channel_id=call.channel_id),
    )
    call.bridged = True
    _call_number(floor, call, number, blind=True)
    call.transferred_to = number
    calls.touch(floor, call, "attempt.transferred")


def _call_number(floor: Floor, call: Call, number: str, *, blind: bool) -> None:
    channel_id = f"consult-{call.attempt_id}-{call.consults}"
    call.consult = Consult(channel_id=channel_id, label=number, blind=blind)
    floor.calls.changed(call)
    trunk = floor.trunks[call.trunk_id]
    floor.out.do(
        Dial(
            lane=call.lane,
            call=Originate(
                channel_id=channel_id,
                to=CallNumber(number=number, trunk_endpoint=trunk.row.endpoint),
                caller_id=call.caller_id,
                timeout_seconds=CONSULT_RING_SECONDS,
                purpose="consult",
            ),
        )
    )


def third_answered(floor: Floor, call: Call) -> None:
    """The third party is there: to the agent, or after a blind transfer to the customer."""
    consult = call.consult
    if consult is None:
        return
    consult.connected = True
    if consult.blind:
        calls.stop_music(floor, call)
        floor.out.do(
            Join(lane=call.lane, bridge_id=call.bridge_id, channel_id=call.channel_id),
            Join(lane=call.lane, bridge_id=call.bridge_id, channel_id=consult.channel_id),
        )
    else:
        agent = floor.agent_of(call)
        leg = agent.live_leg if agent else None
        floor.out.do(CreateBridge(lane=call.lane, bridge_id=call.consult_bridge_id))
        for channel_id in (consult.channel_id, leg):
            if channel_id:
                floor.out.do(
                    Join(
                        lane=call.lane,
                        bridge_id=call.consult_bridge_id,
                        channel_id=channel_id,
                        tell=True,  # parking may overtake it: lanes are independent
                    )
                )
    calls.touch(floor, call)


def third_ended(floor: Floor, call: Call) -> None:
    """The third party is gone, or never answered."""
    consult = call.consult
    if consult is None or call.closed:
        return
    if consult.blind and consult.connected:
        call_closing.hang_up(floor, call, "customer")
        return
    calls.end_consult(floor, call)
    if not consult.blind:
        return  # the agent takes the customer back when ready (resume)
    if call.flow is not None and call.flow.under_way:
        call.transferred_to = None
        calls.stop_music(floor, call)
        return  # the flow says what follows
    take_back(floor, call)


def take_back(floor: Floor, call: Call) -> None:
    """A transfer came to nothing: back to the agent, else to another one, else the apology."""
    agent = floor.agent_of(call)
    if agent is not None and agent.status is AgentStatus.AFTER_CALL and agent.leg_up:
        calls.join_agent(floor, call, agent)
    else:
        calls.connect(floor, call)


def consult_complete(floor: Floor, agent: Agent, call: Call) -> None:
    """Join customer and third party; the agent leaves and wraps up."""
    _talking(agent, call)
    consult = call.consult
    if consult is None or not consult.connected:
        raise Conflict("ATTEMPT_STATE", "The third party is not on the line.")
    calls.stop_music(floor, call)
    call.held = False
    if consult.user_id is not None:
        third = floor.agents[consult.user_id]
        call.consult = None
        floor.calls.changed(call)
        _pass_on(floor, agent, call, third)
        floor.out.do(DestroyBridge(lane=call.lane, bridge_id=call.consult_bridge_id))
        return
    consult.blind = True
    call.transferred_to = consult.label
    call_closing.start_after_call(floor, call, agent)
    floor.out.do(
        Join(lane=call.lane, bridge_id=call.bridge_id, channel_id=call.channel_id),
        Join(lane=call.lane, bridge_id=call.bridge_id, channel_id=consult.channel_id),
    )
    calls.touch(floor, call, "attempt.transferred")


def consult_cancel(floor: Floor, agent: Agent, call: Call) -> None:
    """Let the third party go and take the customer back."""
    _talking(agent, call)
    if call.consult is None:
        raise Conflict("ATTEMPT_STATE", "There is no third party.")
    calls.end_consult(floor, call)
    calls.join_agent(floor, call, agent)


def _hand_over_to_agent(floor: Floor, agent: Agent, call: Call, third: Agent) -> None:
    agents.change(floor, third, "joined_call")
    _pass_on(floor, agent, call, third)


def _pass_on(floor: Floor, agent: Agent, call: Call, third: Agent) -> None:
    """The conversation, and the duty to wrap it up, goes to another agent."""
    call_closing.unmute(floor, call, agent)
    call.agent_user_id = third.user_id
    agents.release(floor, agent)
    agents.park(floor, agent)
    calls.join_agent(floor, call, third)
    calls.touch(floor, call, "attempt.handed_over")


def hang_up_leftovers(floor: Floor, channel_id: str) -> None:
    """A channel that belongs to nothing any more."""
    floor.out.do(HangUp(lane=f"channel:{channel_id}", channel_id=channel_id))
