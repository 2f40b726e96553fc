"""The agents of a day that is played again: each is made to be what the record says.

A headset and a browser are one thing here: both make an agent lost and found in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from kwabo.domain.agents.status import AgentStatus
from kwabo.domain.what_ifs.recorded_day import HandedOver, Here, Input, Moment, Presence, WrappedUp
from kwabo.engine.floor.state import Agent, Floor
from kwabo.kernel.ids import IdFactory
from kwabo.ports.floor_store import Command
from kwabo.simulation.replay_switch import RecordedSwitch

ANY_ADDRESS = "+22900000000"
_AROUND: Final = frozenset({Here.PAUSED, Here.AT_WORK})


def first_presences(moment: Moment) -> Sequence[Presence]:
    """What each agent became first in a step: by what the switch told, where it told anything."""
    found: dict[UUID, Presence] = {}
    for one in moment.inputs:
        if isinstance(one, Presence):
            found.setdefault(one.user_id, one)
    return list(found.values())


class RecordedPeople:
    """What agents do on the floor."""

    def __init__(
        self,
        floor: Floor,
        switch: RecordedSwitch,
        ids: IdFactory,
        code_ids: Mapping[str, UUID],  # "person" and "machine"
    ) -> None:
        self._floor = floor
        self._switch = switch
        self._ids = ids
        self._code_ids = code_ids

    def before(self, one: Presence) -> list[Command]:
        """What is missing yet for the agent's becoming this in the next step; asked again then."""
        agent = self._floor.agents.get(one.user_id)
        if one.here is Here.GONE:
            return []
        if agent is None or agent.status is AgentStatus.SIGNED_OUT:
            leg = {"kind": "address", "address": ANY_ADDRESS}
            return [self._command(one.user_id, "agent.sign_in", leg=leg)]
        if one.here is Here.CONNECTING:
            return []
        if one.here is Here.LOST and agent.status is not AgentStatus.CONNECTING:
            return []
        if not agent.leg_up and agent.leg_state != "calling":
            return [self._command(one.user_id, "agent.connect_leg")]
        if one.here is Here.LOST:  # lost at the begin of the record: was there before
            self._connect(agent)
            return [self._command(one.user_id, "agent.heartbeat")]
        ready = one.here is Here.AT_WORK
        if agent.status is AgentStatus.LOST and agent.resume_ready is not ready:
            return [self._command(one.user_id, "agent.ready" if ready else "agent.pause")]
        return []

    def headset(self, one: Presence) -> None:
        """The headset comes or goes, as this needs it."""
        agent = self._floor.agents.get(one.user_id)
        if agent is None:
            return
        if one.adopted:
            agent.ready_since = 0.0
        if one.here in _AROUND:
            self._connect(agent)
        elif one.here is Here.LOST and agent.status is not AgentStatus.LOST and agent.live_leg:
            self._switch.ends(agent.live_leg, None, None)

    def _connect(self, agent: Agent) -> None:
        if not agent.leg_up and agent.leg_channel_id is not None:
            self._switch.answers(agent.leg_channel_id, None)

    def ask(self, step: Sequence[Input]) -> list[Command]:
        """What agents ask for in a step of which the floor took in all the rest."""
        asked: list[Command] = []
        last = {one.user_id: one for one in step if isinstance(one, Presence)}
        for one in step:
            if isinstance(one, WrappedUp):
                asked += self._wrap_up(one)
            elif isinstance(one, Presence) and last[one.user_id] is one:
                asked += self._be(one)
        for one in step:
            if isinstance(one, HandedOver):
                asked += self._hand_over(one)
        return asked

    def _be(self, one: Presence) -> list[Command]:
        """By the ways in which agents come and go."""
        agent = self._floor.agents.get(one.user_id)
        if agent is None or one.here in (Here.CONNECTING, Here.LOST):
            return []
        kinds: list[str] = []
        free = agent.status in (AgentStatus.READY, AgentStatus.PAUSED)
        if one.here is Here.GONE:
            kinds = ["agent.sign_out"]
        elif agent.status is AgentStatus.LOST:
            kinds = ["agent.heartbeat"]  # the headset is back already: a message was waited for
        elif one.here is Here.PAUSED:
            if agent.status is not AgentStatus.PAUSED and not agent.pause_after:
                kinds = ["agent.pause"]
        elif agent.status is AgentStatus.PAUSED or (agent.pause_after and not one.pause_after):
            kinds = ["agent.ready"]
        elif one.pause_after and not agent.pause_after and not free:
            kinds = ["agent.pause"]
        return [self._command(one.user_id, kind) for kind in kinds]

    def _wrap_up(self, one: WrappedUp) -> list[Command]:
        code_id = self._code_ids["machine" if one.machine else "person"]
        return [
            self._command(
                agent.user_id,
                "call.wrap_up",
                attempt_id=str(one.attempt_id),
                wrap_up_code_id=str(code_id),
            )
            for agent in self._floor.agents.values()
            if agent.attempt_id == one.attempt_id
        ]

    def _hand_over(self, one: HandedOver) -> list[Command]:
        call = self._floor.calls.get(one.attempt_id)
        agent = self._floor.agent_of(call) if call is not None else None
        if agent is None:
            return []
        return [
            self._command(
                agent.user_id,
                "call.transfer",
                attempt_id=str(one.attempt_id),
                to={"user_id": str(one.user_id)},
            )
        ]

    def _command(self, user_id: UUID, kind: str, **payload: Any) -> Command:
        return Command(command_id=self._ids.new(), user_id=user_id, kind=kind, payload=payload)
