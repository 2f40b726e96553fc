"""Judges callers of a simulated day after each step of the floor, and their sums at its end.

Who is served comes before everybody who is left waiting and asks for the same (so those who are
alike are served first in, first out, and ageing lets nobody starve); nobody waits beside an agent
who could take them; an agent never has two calls; nobody is joined twice; what the tables, the
figures and the far end count is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from kwabo.domain.routing.alerts import RETURNED_PRIORITY
from kwabo.domain.routing.eligibility import steps_of, why_not
from kwabo.domain.routing.urgency import urgency
from kwabo.domain.routing.values import FreeAgent, QueueTerms
from kwabo.engine.floor import agents
from kwabo.engine.floor.routing_board import free_agent, waiting_call
from kwabo.engine.floor.state import Call, Floor
from kwabo.ports.switch import BridgeKind
from kwabo.simulation.outcome import Outcome
from kwabo.simulation.world import World

LOOKS_AGAIN = 1.5  # seconds within which a step takes whatever has become possible


@dataclass(frozen=True, slots=True)
class Waits:
    """What a caller asked for, and how urgently, as the judge reckons it."""

    attempt_id: UUID
    asks: tuple[object, ...]  # alike for those whom the same agents may take at the same time
    priority: int
    since: int
    ageing: int

    @classmethod
    def of(cls, call: Call, terms: QueueTerms) -> Waits:
        place = call.queue
        assert place is not None
        alike = place.since == place.entered and not place.preferred
        return cls(
            attempt_id=call.attempt_id,
            asks=(place.queue_id, place.skills, place.language, alike or call.attempt_id),
            priority=place.priority + terms.priority + (RETURNED_PRIORITY if place.returned else 0),
            since=int(place.since * 1000),
            ageing=terms.ageing_seconds,
        )

    def before(self, other: Waits, now: int) -> bool:
        """Whether this one comes first."""
        return self._order(now) < other._order(now)

    def _order(self, now: int) -> tuple[int, int, UUID]:
        return (-urgency(self.priority, self.since, self.ageing, now), self.since, self.attempt_id)


class CallerJudge:
    """See the module; `problems` says what does not hold. `faults`: things break in this run."""

    def __init__(self, *, faults: bool = False) -> None:
        self.problems: list[str] = []
        self.served = 0  # callers who had waited
        self._faults = faults
        self._world: World | None = None
        self._floor: Floor | None = None
        self._waiting: dict[UUID, Waits] = {}  # after the last step
        self._met: dict[UUID, UUID] = {}  # call → its agent
        self._beside: dict[UUID, float] = {}  # who waits → since when beside an able agent

    @property
    def world(self) -> World:
        """What `begin` was told."""
        assert self._world is not None
        return self._world

    def begin(self, world: World) -> None:
        """The world of the run."""
        self._world = world

    def _problem(self, floor: Floor, text: str) -> None:
        self.problems.append(f"{floor.mono:.2f}s {text}")

    # ── After each step ──────────────────────────────────────────────────────────────────────────

    def step(self, floor: Floor) -> None:
        """The floor has finished a step."""
        if floor is not self._floor:
            self._floor = floor
            self._waiting, self._met, self._beside = {}, {}, {}
        waiting = {
            call.attempt_id: Waits.of(call, floor.queues[call.queue.queue_id])
            for call in floor.calls.waiting.values()
            if call.queue is not None
        }
        indexed = {
            call_id: queue_id for queue_id, there in floor.calls.queues.items() for call_id in there
        }
        if indexed != {call_id: waits.asks[0] for call_id, waits in waiting.items()}:
            self._problem(floor, "index: who waits in which queue is counted wrongly")
        self._in_turn(floor, waiting)
        self._one_call_each(floor)
        self._nobody_idles(floor)
        self._waiting = waiting

    def _in_turn(self, floor: Floor, waiting: dict[UUID, Waits]) -> None:
        now = int(floor.mono * 1000)
        left = [one for attempt_id, one in waiting.items() if attempt_id in self._waiting]
        for attempt_id, was in self._waiting.items():
            call = floor.calls.get(attempt_id)
            if attempt_id in waiting or call is None or call.agent_user_id is None:
                continue
            self.served += 1
            for one in left:
                if one.asks == was.asks and one.before(was, now):
                    self._problem(floor, f"order: {attempt_id} before {one.attempt_id}")

    def _one_call_each(self, floor: Floor) -> None:
        has: dict[UUID, UUID] = {}
        for call in floor.calls.values():
            user_id = call.agent_user_id
            if user_id is None or call.closed or call.transferred_to or call.agent_lost:
                continue
            if has.setdefault(user_id, call.attempt_id) != call.attempt_id:
                self._problem(floor, f"two calls: {user_id} has {call.attempt_id} too")
            if self._met.setdefault(call.attempt_id, user_id) != user_id and not self._faults:
                self._problem(floor, f"joined twice: {call.attempt_id}")
        for bridge in self.world.node.bridges.values():
            people = [one for one in bridge.channels if not one.startswith("leg-")]
            if bridge.kind is BridgeKind.MIXING and len(people) > 1:
                self._problem(floor, f"two people in {bridge.bridge_id}")

    def _nobody_idles(self, floor: Floor) -> None:
        beside: dict[UUID, float] = {}
        free = [free_agent(agent) for agent in agents.available(floor, None)]
        for call in floor.calls.waiting.values() if free else ():
            if call.queue is not None and _able(floor, call, free):
                since = beside[call.attempt_id] = self._beside.get(call.attempt_id, floor.mono)
                if floor.mono - since > LOOKS_AGAIN and floor.switch_ready and floor.reconciled:
                    self._problem(floor, f"idle: an agent is free and {call.attempt_id} waits")
        self._beside = beside

    # ── At the end ───────────────────────────────────────────────────────────────────────────────

    def end(self, outcome: Outcome) -> None:
        """Sums: of the figures, of the tables, and of the far end's own record."""
        node, callers = self.world.node, outcome.callers
        assert callers is not None
        ended = callers.answered + callers.abandoned + callers.other
        self._same("everybody ends somehow", ended, callers.came)
        for queue in outcome.queues:
            left = queue.answered + queue.abandoned + sum(queue.left.values()) + queue.waiting
            self._same(f"sum of {queue.queue}", left, queue.offered)
        self._same("answered", sum(q.answered for q in outcome.queues), callers.answered)
        if self._faults:
            return
        self._same("came", callers.came, len(node.calls_in))
        met = sum(1 for far in node.calls_in if far.connected_at is not None)
        self._same("met an agent", callers.answered, met)

    def _same(self, what: str, one: int, other: int) -> None:
        if one != other:
            self.problems.append(f"{what}: {one} and {other}")


def _able(floor: Floor, call: Call, free: Iterable[FreeAgent]) -> bool:
    waiting = waiting_call(floor, call)
    terms = floor.queues[waiting.queue_id]
    steps, now = steps_of(terms, waiting.needs), int(floor.mono * 1000)
    return any(why_not(agent, waiting, terms, steps, now) is None for agent in free)
