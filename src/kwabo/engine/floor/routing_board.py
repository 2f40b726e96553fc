"""The floor's index of who waits in queues and who is free, kept from step to step.

Calls say by `Calls.changed` that they wait, or no longer; agents and kept places are compared with
what the index holds, as what makes them free (legs, lines, hours) lies in many hands and few are
free at a time. Whoever the index has given away is taken to be unknown to it, whatever becomes of
that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from kwabo.domain.routing.alerts import RETURNED_PRIORITY, asked_again_at, refused_by
from kwabo.domain.routing.board import Board, Match
from kwabo.domain.routing.skills import Need, Skill, language_of, language_skill
from kwabo.domain.routing.values import FreeAgent, Membership, WaitingCall
from kwabo.engine.floor.state import Agent, Call, Floor
from kwabo.ports.floor_rows import KeptPlace

MILLISECONDS: Final = 1000
_MEMBER: Final = Membership()


class FloorBoard:
    """See the module. Made anew when queues or agents' abilities have changed."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self._board = Board(
            floor.queues.values(), {queue_id: _some(floor, queue_id) for queue_id in floor.queues}
        )
        floor.agents.turned.clear()
        self._known = len(floor.agents)
        self._free: dict[UUID, float] = {}  # agents on the board → since when they are ready
        self._kept: dict[UUID, KeptPlace] = {}
        self._kept_again: dict[UUID, float] = {}  # kept place → as `_again`
        self._again: dict[
            UUID, float
        ] = {}  # call → when an agent who has refused it is asked again
        floor.calls.moved.update(floor.calls.waiting)

    @property
    def waits(self) -> bool:
        """Whether anybody does; while nobody does, who is free need not be known."""
        return self._board.waits

    def position(self, call: Call) -> int:
        """The caller's place in the queue, 1 for whoever is next or is being given to an agent."""
        self._take_calls()
        if call.queue is None or not _may_be_given(self.floor, call):
            return 1
        return self._board.position(call.attempt_id, self._now)

    @property
    def asked_again_at(self) -> float:
        """When an agent who has refused a caller may be asked for that one again; else infinity."""
        return min((*self._again.values(), *self._kept_again.values()), default=float("inf"))

    def settle(self, kept: Sequence[KeptPlace], free: Sequence[Agent]) -> Match:
        """Who is to take whom now; `kept` and `free` are all that there are at this moment."""
        self._take_calls()
        self._take_kept({place.callback_id: place for place in kept})
        self._take_agents({agent.user_id: agent for agent in free})
        self._take_staff()
        found = self._board.settle(self._now)
        moved = self.floor.calls.moved
        for one in found.assignments:
            moved.add(one.call_id)
            self._kept.pop(one.call_id, None)
            self._free.pop(one.user_id, None)
        moved.update(move.call_id for move in found.moves)
        return found

    @property
    def _now(self) -> int:
        return int(self.floor.mono * MILLISECONDS)

    def _take_calls(self) -> None:
        floor = self.floor
        moved = floor.calls.moved
        if self._known != len(floor.agents):  # somebody whom callers name may be here now
            self._known = len(floor.agents)
            moved.update(
                call.attempt_id
                for call in floor.calls.waiting.values()
                if call.queue is not None and call.queue.preferred
            )
        moved.update(call_id for call_id, at in self._again.items() if at <= floor.mono)
        for call_id in moved:
            call = floor.calls.waiting.get(call_id)
            self._again.pop(call_id, None)
            if call is None or call.queue is None or not _may_be_given(floor, call):
                if call_id not in self._kept:
                    self._board.remove_call(call_id)
                continue
            self._board.add_call(waiting_call(floor, call))
            again_at = asked_again_at(call.queue.refused, floor.mono)
            if again_at < float("inf"):
                self._again[call_id] = again_at
        moved.clear()

    def _take_kept(self, kept: Mapping[UUID, KeptPlace]) -> None:
        if not kept and not self._kept:
            return
        again = {one for one, at in self._kept_again.items() if at <= self.floor.mono}
        for callback_id in [
            one for one, place in self._kept.items() if kept.get(one) != place or one in again
        ]:
            self._board.remove_call(callback_id)
            del self._kept[callback_id]
        for callback_id, place in kept.items():
            if callback_id not in self._kept:
                self._kept[callback_id] = place
                self._board.add_call(_kept_call(self.floor, place))
                refused = self.floor.places_returned.get(callback_id, {})
                self._kept_again[callback_id] = asked_again_at(refused, self.floor.mono)
        for callback_id in self._kept_again.keys() - self._kept.keys():
            del self._kept_again[callback_id]

    def _take_agents(self, free: Mapping[UUID, Agent]) -> None:
        for user_id in [one for one in self._free if one not in free]:
            self._board.remove_agent(user_id)
            del self._free[user_id]
        for user_id, agent in free.items():
            if self._free.get(user_id) != agent.ready_since:
                self._free[user_id] = agent.ready_since
                self._board.add_agent(free_agent(agent))

    def _take_staff(self) -> None:
        for queue_id in self.floor.agents.turned & self.floor.queues.keys():
            self._board.set_staff(queue_id, _some(self.floor, queue_id))
        self.floor.agents.turned.clear()


def _some(floor: Floor, queue_id: UUID) -> int:
    """Whether anybody who is at work serves the queue: more than that overflow does not ask."""
    return min(1, floor.agents.staff.get(queue_id, 0))


def _may_be_given(floor: Floor, call: Call) -> bool:
    """Whether the caller is to be given to somebody; not while an agent is being asked."""
    place = call.queue
    return place is not None and place.alerting is None and place.queue_id in floor.queues


def waiting_call(floor: Floor, call: Call) -> WaitingCall:
    """A caller as routing sees them."""
    place = call.queue
    assert place is not None
    preferred = _named(floor, place.preferred)
    return WaitingCall(
        call_id=call.attempt_id,
        queue_id=place.queue_id,
        waiting_since=int(place.since * MILLISECONDS),
        queued_at=int(place.entered * MILLISECONDS),
        priority=place.priority + (RETURNED_PRIORITY if place.returned else 0),
        segment=place.segment,
        needs=_needs(floor, place.queue_id, place.skills, place.language),
        preferred=(preferred,) if preferred else (),
        refused_by=refused_by(place.refused, floor.mono),
        been_in=place.been_in,
    )


def _kept_call(floor: Floor, place: KeptPlace) -> WaitingCall:
    """A kept place waits as its caller would have; it neither overflows nor waits too long."""
    waited = (floor.now - place.waiting_since).total_seconds()
    since = int((floor.mono - waited) * MILLISECONDS)
    returned = floor.places_returned.get(place.callback_id)
    return WaitingCall(
        call_id=place.callback_id,
        queue_id=place.queue_id,
        waiting_since=since,
        queued_at=since,
        priority=place.priority + (RETURNED_PRIORITY if returned is not None else 0),
        needs=_needs(floor, place.queue_id, place.skills, place.language),
        refused_by=refused_by(returned or {}, floor.mono),
        on_the_line=False,
    )


def _needs(floor: Floor, queue_id: UUID, skills: Sequence[str], language: str) -> tuple[Need, ...]:
    needs = [Need(Skill(skill)) for skill in skills]
    if language and _knows_languages(floor, queue_id):
        needs.append(Need(language_skill(language)))
    return tuple(needs)


def _knows_languages(floor: Floor, queue_id: UUID) -> bool:
    """Whether anybody has said what the queue's agents speak; else all speak all."""
    return any(
        language_of(skill) is not None
        for agent in floor.agents.team(queue_id)
        for skill in agent.skills
    )


def _named(floor: Floor, name: str) -> UUID | None:
    """A signed-in agent by id."""
    try:
        user_id = UUID(name)
    except ValueError:
        return None
    return user_id if user_id in floor.agents else None


def free_agent(agent: Agent) -> FreeAgent:
    """An agent as routing sees them."""
    places = dict.fromkeys(agent.queue_ids, _MEMBER)
    return FreeAgent(
        user_id=agent.user_id,
        idle_since=int(agent.ready_since * MILLISECONDS),
        queues={**places, **agent.memberships},
        skills=agent.skills,
    )
