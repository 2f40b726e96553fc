"""The calls and agents of a floor, with the counts that every step asks for.

Both are dictionaries by id. Whoever changes what is counted (a call's state, consultation or wait;
an agent's status or attempt) says so with `changed` or `hold`, so that nobody has to look through
all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kwabo.domain.agents.status import SERVING, AgentStatus
from kwabo.domain.interactions.attempt import ON_A_LINE, UNANSWERED, AttemptState

if TYPE_CHECKING:
    from kwabo.engine.floor.state import Agent, Call

_CLOSED, _READY, _LOST = AttemptState.CLOSED, AgentStatus.READY, AgentStatus.LOST


class Calls(dict[UUID, "Call"]):
    """Attempts by id; closed ones stay until they are wrapped up."""

    def __init__(self, calls: Iterable[Call] = ()) -> None:
        super().__init__()
        self.by_channel: dict[str, Call] = {}
        self.waiting: dict[UUID, Call] = {}  # answered, and no agent is there yet
        self.unqueued: dict[UUID, Call] = {}  # those of them who wait in no queue
        self.queues: dict[UUID, dict[UUID, Call]] = {}  # queue → those of them who wait in it
        self.unweighed: dict[UUID, Call] = {}  # of those: just come, see `queueing`
        # Of those in queues: begun to wait there, moved on, or waiting no longer.
        self.moved: set[UUID] = set()
        self.lines: dict[UUID, int] = {}  # trunk → lines that its calls hold
        self.trying: dict[UUID, int] = {}  # trunk → calls on it that nobody has answered
        self._live: dict[UUID, dict[UUID, Call]] = {}  # campaign → its attempts that are not closed
        for call in calls:
            self[call.attempt_id] = call

    def __setitem__(self, key: UUID, call: Call) -> None:
        super().__setitem__(key, call)
        self.by_channel[call.channel_id] = call
        if not call.closed:
            self._live.setdefault(call.campaign_id, {})[key] = call
        self.changed(call)

    def __delitem__(self, key: UUID) -> None:
        call = self[key]
        super().__delitem__(key)
        self.by_channel.pop(call.channel_id, None)
        self._waits_no_longer(key)
        self._live.get(call.campaign_id, {}).pop(key, None)
        self._count(call, 0, 0)

    def live(self, campaign_id: UUID) -> list[Call]:
        """The campaign's attempts that are not closed."""
        return list(self._live.get(campaign_id, {}).values())

    def has_live(self, campaign_id: UUID) -> bool:
        """Whether the campaign has attempts that are not closed."""
        return bool(self._live.get(campaign_id))

    def changed(self, call: Call) -> None:
        """The call's state, consultation or wait has changed."""
        lines = trying = 0
        if call.state in ON_A_LINE:
            lines = 2 if call.consult is not None and call.consult.user_id is None else 1
            trying = 1 if call.state in UNANSWERED else 0
        if lines != call.counted_lines or trying != call.counted_trying:
            self._count(call, lines, trying)
        if call.state is _CLOSED:
            self._live.get(call.campaign_id, {}).pop(call.attempt_id, None)
            self._waits_no_longer(call.attempt_id)
        elif call.waiting_since is not None:
            self.waiting[call.attempt_id] = call
            if call.queue is not None or call.counted_in is not None:
                self.moved.add(call.attempt_id)
            self._queued(call)
        else:
            self._waits_no_longer(call.attempt_id)

    def _waits_no_longer(self, attempt_id: UUID) -> None:
        call = self.waiting.pop(attempt_id, None) if self.waiting else None
        if call is None:
            return
        self.unqueued.pop(attempt_id, None)
        if call.counted_in is not None:
            self.moved.add(attempt_id)
            self._out_of_queue(call)

    def in_queue(self, queue_id: UUID) -> int:
        """How many wait there."""
        return len(self.queues.get(queue_id, ()))

    def _queued(self, call: Call) -> None:
        queue_id = call.queue.queue_id if call.queue is not None else None
        if queue_id != call.counted_in:
            self._out_of_queue(call)
        if call.queue is None or queue_id is None:
            self.unqueued[call.attempt_id] = call
            return
        self.unqueued.pop(call.attempt_id, None)
        if call.counted_in is None:
            self.queues.setdefault(queue_id, {})[call.attempt_id] = call
            call.counted_in = queue_id
        if not call.queue.weighed:
            self.unweighed[call.attempt_id] = call

    def _out_of_queue(self, call: Call) -> None:
        if call.counted_in is None:
            return
        others = self.queues[call.counted_in]
        del others[call.attempt_id]
        if not others:
            del self.queues[call.counted_in]
        call.counted_in = None
        self.unweighed.pop(call.attempt_id, None)

    def _count(self, call: Call, lines: int, trying: int) -> None:
        trunk_id = call.trunk_id
        self.lines[trunk_id] = self.lines.get(trunk_id, 0) + lines - call.counted_lines
        self.trying[trunk_id] = self.trying.get(trunk_id, 0) + trying - call.counted_trying
        call.counted_lines, call.counted_trying = lines, trying

    # Not part of what a floor does with them, and not counted.
    def pop(self, *_arguments: Any) -> Any:
        raise TypeError("calls are added by [] and removed by del")

    update = setdefault = clear = popitem = pop


class Agents(dict[UUID, "Agent"]):
    """Agents by id."""

    def __init__(self, agents: Iterable[Agent] = ()) -> None:
        super().__init__()
        self.ready: dict[UUID, Agent] = {}
        self.lost: dict[UUID, Agent] = {}
        self.staff: dict[UUID, int] = {}  # queue → those at work who serve it
        self.turned: set[UUID] = set()  # queues that got their first of these, or lost the last
        self._holders: dict[UUID, int] = {}  # attempt → how many agents are held by it
        self._teams: dict[UUID, tuple[Agent, ...]] = {}  # queue → its agents, as far as asked for
        self._shares: dict[UUID, dict[UUID, float]] = {}  # queue → `shares`, likewise
        for agent in agents:
            self[agent.user_id] = agent

    def __setitem__(self, key: UUID, agent: Agent) -> None:
        if key in self:
            raise KeyError(f"{key} is there already")
        super().__setitem__(key, agent)
        for queue_id in agent.queue_ids:
            if queue_id in self._teams:
                self._teams[queue_id] += (agent,)
        self._shares.clear()
        if agent.attempt_id is not None:
            self._holders[agent.attempt_id] = self._holders.get(agent.attempt_id, 0) + 1
        self.changed(agent)

    def team(self, queue_id: UUID) -> tuple[Agent, ...]:
        """The queue's agents, in whatever status."""
        team = self._teams.get(queue_id)
        if team is None:
            team = tuple(agent for agent in self.values() if queue_id in agent.queue_ids)
            self._teams[queue_id] = team
        return team

    def shares(self, queue_id: UUID) -> Mapping[UUID, float]:
        """What part of a queue's staff are agents of `queue_id`: by queue that they serve now.

        It stays as it is until who serves a queue changes.
        """
        shares = self._shares.get(queue_id)
        if shares is None:
            serving: dict[UUID, int] = {}
            for agent in self.team(queue_id):
                for served in agent.counted_in:
                    serving[served] = serving.get(served, 0) + 1
            shares = {served: count / self.staff[served] for served, count in serving.items()}
            self._shares[queue_id] = shares
        return shares

    def place(self, agent: Agent, queue_ids: frozenset[UUID]) -> None:
        """The agent serves these queues from now on."""
        agent.queue_ids = queue_ids
        self._teams.clear()
        self._shares.clear()
        self._count(agent)

    def changed(self, agent: Agent) -> None:
        """The agent's status has changed."""
        if agent.status is _READY:
            self.ready[agent.user_id] = agent
        else:
            self.ready.pop(agent.user_id, None)
        self._count(agent)
        if agent.status is _LOST:
            self.lost[agent.user_id] = agent
        elif self.lost:
            self.lost.pop(agent.user_id, None)

    def _count(self, agent: Agent) -> None:
        """Count the agent among the staff of the queues that they serve at this moment."""
        serves = agent.queue_ids if agent.status in SERVING else frozenset()
        if serves == agent.counted_in:
            return
        self._shares.clear()
        for queue_id in agent.counted_in - serves:
            self.staff[queue_id] -= 1
            if not self.staff[queue_id]:
                self.turned.add(queue_id)
        for queue_id in serves - agent.counted_in:
            self.staff[queue_id] = self.staff.get(queue_id, 0) + 1
            if self.staff[queue_id] == 1:
                self.turned.add(queue_id)
        agent.counted_in = serves

    def hold(self, agent: Agent, call: Call | None) -> None:
        """The agent is held for this attempt, speaks on it, or owes its outcome; None: no more."""
        before, attempt_id = agent.attempt_id, None if call is None else call.attempt_id
        if before is not None:
            left = self._holders.get(before, 0) - 1
            if left > 0:
                self._holders[before] = left
            else:
                self._holders.pop(before, None)
        agent.attempt_id, agent.call = attempt_id, call
        if attempt_id is not None:
            self._holders[attempt_id] = self._holders.get(attempt_id, 0) + 1

    def held_by(self, attempt_id: UUID) -> bool:
        """Whether any agent is held by the attempt."""
        return attempt_id in self._holders

    def __delitem__(self, key: UUID) -> None:
        raise TypeError("agents stay")

    def pop(self, *_arguments: Any) -> Any:
        raise TypeError("agents are added by []")

    update = setdefault = clear = popitem = pop
