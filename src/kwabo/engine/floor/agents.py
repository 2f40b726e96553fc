"""Agents: signing in and out, their persistent legs, their status, and losing and finding them."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Any, cast
from uuid import UUID

from kwabo.domain.agents.status import MACHINE, AgentStatus
from kwabo.engine.floor.effects import Dial, HangUp, Join, PutEndpoint, RemoveEndpoint
from kwabo.engine.floor.state import LEG_PREFIX, Agent, Floor
from kwabo.kernel.errors import Conflict, Invalid
from kwabo.ports.switch import AgentEndpoint, CallAgentEndpoint, CallNumber, Originate

# Held for an attempt or speaking on it.
HELD = frozenset(
    {AgentStatus.RESERVED, AgentStatus.PREVIEWING, AgentStatus.ALERTING, AgentStatus.ON_CALL}
)
ADDRESS = re.compile(r"^\+[1-9]\d{6,14}$")  # E.164
_READY = AgentStatus.READY
LEG_RETRY_SECONDS = 3.0
LEG_RING_SECONDS = 20


def change(floor: Floor, agent: Agent, event: str) -> None:
    """Apply an event of the status machine; the status says since when."""
    following = MACHINE.after(agent.status, event)
    if following is None:
        raise Conflict(
            "AGENT_STATE",
            f"An agent who is {agent.status} cannot be '{event}'.",
            details={"status": agent.status},
        )
    if following != agent.status:
        agent.status = cast("AgentStatus", following)  # as the table has it
        agent.since = floor.now
        floor.agents.changed(agent)
    if agent.status is _READY:
        agent.ready_since = floor.mono
        agent.pause_reason_id = None
        agent.pause_cause = ""
    touch(floor, agent)


def touch(floor: Floor, agent: Agent, kind: str = "agent.status_changed") -> None:
    """Have the agent's presence written and told."""
    floor.out.touch("agent", agent.user_id, kind)


def sip_password(floor: Floor, agent: Agent) -> str:
    """The endpoint's password: every sign-in has its own, and a restart makes the same."""
    text = f"{agent.user_id}:{agent.sign_ins}".encode()
    return hmac.new(floor.settings.sip_secret, text, hashlib.sha256).hexdigest()[:40]


def put_endpoint(floor: Floor, agent: Agent, *, tell: bool = False) -> PutEndpoint:
    """The effect that lets the agent's browser register."""
    endpoint = AgentEndpoint(endpoint=agent.endpoint, password=sip_password(floor, agent))
    return PutEndpoint(lane=agent.lane, endpoint=endpoint, tell=tell)


# ── Signing in and out ───────────────────────────────────────────────────────────────────────────


def sign_in(floor: Floor, agent: Agent, leg: dict[str, Any]) -> PutEndpoint | None:
    """Sign in, or take over from another tab. Returns the effect after which the answer is due."""
    kind = leg.get("kind")
    if kind not in ("webrtc", "address"):
        raise Invalid("LEG_KIND", "A leg is 'webrtc' or 'address'.", field="leg.kind")
    address = str(leg.get("address") or "") if kind == "address" else None
    if kind == "address" and (not floor.trunks or not ADDRESS.match(address or "")):
        raise Invalid("LEG_ADDRESS", "Give a number in the form +229….", field="leg.address")
    if agent.status is AgentStatus.SIGNED_OUT:
        agent.pause_after = False
        agent.pause_reason_id = None
        agent.pause_cause = ""
        agent.leg_channel_id = None
        agent.leg_state = "none"
        change(floor, agent, "signed_in")
    same_leg = agent.leg_kind == kind and agent.leg_address == address
    agent.sign_ins += 1
    agent.leg_kind = kind
    agent.leg_address = address
    agent.desktop_seen = floor.mono if kind == "webrtc" else None
    touch(floor, agent)
    if kind == "address":
        if not same_leg or agent.leg_state == "none":
            call_leg(floor, agent)
        return None
    return put_endpoint(floor, agent, tell=True)


def call_leg(floor: Floor, agent: Agent) -> None:
    """Call the agent's leg; when it answers it is parked and replaces an older one."""
    to = _where(floor, agent)
    if to is None:
        return
    if agent.leg_state == "up":
        agent.old_leg_channel_id = agent.leg_channel_id
    elif agent.leg_channel_id is not None:  # still being called: not waited for any longer
        floor.out.do(HangUp(lane=agent.lane, channel_id=agent.leg_channel_id))
    agent.legs += 1
    agent.leg_channel_id = f"{LEG_PREFIX}{agent.user_id}-{agent.legs}"
    agent.leg_state = "calling"
    agent.leg_called = floor.mono
    call = Originate(
        channel_id=agent.leg_channel_id,
        to=to,
        caller_id="",
        caller_name="Kwabo",
        timeout_seconds=LEG_RING_SECONDS,
        purpose="leg",
    )
    floor.out.do(Dial(lane=agent.lane, call=call))
    touch(floor, agent)


def _where(floor: Floor, agent: Agent) -> CallAgentEndpoint | CallNumber | None:
    """Where the agent's leg is called; None when there is no way."""
    if agent.leg_kind == "webrtc":
        return CallAgentEndpoint(endpoint=agent.endpoint)
    trunk = next(iter(floor.trunks.values()), None)
    if trunk is None or not agent.leg_address:
        return None
    return CallNumber(number=agent.leg_address, trunk_endpoint=trunk.row.endpoint)


def connect_leg(floor: Floor, agent: Agent) -> None:
    """The browser says that it is registered: call it, unless that is under way."""
    if agent.status is AgentStatus.SIGNED_OUT:
        raise Conflict("AGENT_STATE", "Sign in first.", details={"status": agent.status})
    if agent.leg_state != "calling":
        call_leg(floor, agent)


def sign_out(floor: Floor, agent: Agent) -> None:
    """Leave. Not in a conversation; a conversation not wrapped up gets the system's outcome."""
    if agent.status is AgentStatus.SIGNED_OUT:
        return
    if agent.status in HELD:
        raise Conflict(
            "AGENT_STATE",
            "End the call, or refuse the caller or record, before you sign out.",
            details={"status": agent.status},
        )
    for channel_id in (agent.leg_channel_id, agent.old_leg_channel_id):
        if channel_id is not None:
            floor.out.do(HangUp(lane=agent.lane, channel_id=channel_id))
    floor.out.do(RemoveEndpoint(lane=agent.lane, endpoint=agent.endpoint))
    agent.leg_state = "none"
    agent.leg_channel_id = None
    agent.old_leg_channel_id = None
    floor.agents.hold(agent, None)
    agent.after_call_until = None
    agent.after_call_since = None
    agent.pause_after = False
    change(floor, agent, "signed_out")


# ── Status ───────────────────────────────────────────────────────────────────────────────────────


def ready(floor: Floor, agent: Agent) -> None:
    """Take calls, now or after the present one."""
    if agent.status is AgentStatus.PAUSED:
        if not agent.leg_up:
            raise Conflict(
                "LEG_DOWN",
                "Your headset is not connected to the switch; reconnect it first.",
                details={"status": agent.status},
            )
        change(floor, agent, "ready")
    elif agent.status in (AgentStatus.SIGNED_OUT, AgentStatus.CONNECTING):
        raise Conflict(
            "AGENT_STATE",
            "Sign in and connect your headset first.",
            details={"status": agent.status},
        )
    elif agent.status is AgentStatus.LOST:
        agent.resume_ready = True
    agent.pause_after = False
    touch(floor, agent)


def pause(floor: Floor, agent: Agent, pause_reason_id: UUID | None) -> None:
    """Take no calls, from now or after the present one."""
    if agent.status in (AgentStatus.SIGNED_OUT, AgentStatus.CONNECTING):
        raise Conflict("AGENT_STATE", "Sign in first.", details={"status": agent.status})
    agent.pause_reason_id = pause_reason_id
    agent.pause_cause = ""
    if agent.status in (AgentStatus.READY, AgentStatus.PAUSED):
        change(floor, agent, "paused")
        agent.since = floor.now
    else:  # who is lost may have a conversation to come back to
        agent.pause_after = True
    touch(floor, agent)


def release(floor: Floor, agent: Agent, event: str = "released") -> None:
    """The agent is free of the attempt: ready, or paused when that was asked for meanwhile."""
    floor.agents.hold(agent, None)
    agent.after_call_until = None
    agent.after_call_since = None
    reason = agent.pause_reason_id
    change(floor, agent, event)
    if agent.pause_after:
        agent.pause_after = False
        change(floor, agent, "paused")
        agent.pause_reason_id = reason


def let_go(floor: Floor, agent: Agent) -> None:
    """The attempt goes on, or has ended, without this agent, who owes nothing for it."""
    if agent.status is AgentStatus.AFTER_CALL:
        release(floor, agent, "wrapped_up")
    elif agent.status in HELD:
        # The leg of an agent who was only held has never left the parking bridge. Joining it anew
        # after every unanswered call would cost a request and have the switch move it.
        was_on_call = agent.status is AgentStatus.ON_CALL
        release(floor, agent)
        if was_on_call:
            park(floor, agent)
    else:
        floor.agents.hold(agent, None)
        agent.after_call_until = None
        touch(floor, agent)


def park(floor: Floor, agent: Agent) -> None:
    """Let the leg wait in the parking bridge."""
    if agent.live_leg is not None:
        floor.out.do(
            Join(
                lane=agent.lane,
                bridge_id=floor.parking_bridge_id,
                channel_id=agent.live_leg,
                tell=True,
            )
        )


# ── Losing and finding ───────────────────────────────────────────────────────────────────────────


def heartbeat(floor: Floor, agent: Agent) -> None:
    """The browser is there."""
    agent.desktop_seen = floor.mono


def desktop_gone(floor: Floor, agent: Agent) -> bool:
    """Whether the browser has been silent for too long."""
    return (
        agent.leg_kind == "webrtc"
        and agent.desktop_seen is not None
        and floor.mono - agent.desktop_seen > floor.settings.desktop_lost_after_seconds
    )


def mark_lost(floor: Floor, agent: Agent) -> None:
    """Nothing is offered to an agent whose leg or browser is gone."""
    if agent.status in (AgentStatus.SIGNED_OUT, AgentStatus.CONNECTING, AgentStatus.LOST):
        touch(floor, agent)
        return
    agent.resume_ready = agent.status in (
        AgentStatus.READY,
        AgentStatus.RESERVED,
        AgentStatus.PREVIEWING,
        AgentStatus.ALERTING,
        AgentStatus.ON_CALL,
    )
    change(floor, agent, "lost")


def found_free(floor: Floor, agent: Agent) -> None:
    """A lost agent without a call is back: as before, unless a pause was asked for meanwhile."""
    ready = agent.resume_ready and not agent.pause_after
    agent.pause_after = False
    change(floor, agent, "found_free" if ready else "found_paused")


def available(floor: Floor, queue_id: UUID | None) -> list[Agent]:
    """Agents of a queue who can take a conversation now, the longest waiting first.

    `queue_id` None: of all queues.
    """
    free = [
        agent
        for agent in floor.agents.ready.values()
        if agent.leg_up
        and (queue_id is None or queue_id in agent.queue_ids)
        and agent.attempt_id is None
    ]
    if len(free) > 1:
        free.sort(key=lambda agent: (agent.ready_since, agent.user_id))
    return free
