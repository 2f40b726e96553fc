"""The waiting calls and free agents of a floor, indexed, so that what happens costs little.

After `settle` no free agent may take any waiting call. The next one looks only at those groups of
calls for which something has changed: a call came, an agent of the queue got free, a moment that
was known in advance has come. The result is that of looking at everything.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from kwabo.domain.routing.choosing import Choice, Place, choose, place_of
from kwabo.domain.routing.eligibility import opens_for
from kwabo.domain.routing.explaining import explain
from kwabo.domain.routing.explanation import Explanation
from kwabo.domain.routing.groups import Group, GroupKey, key_of, new_group
from kwabo.domain.routing.onward import Move, moves_at
from kwabo.domain.routing.values import FreeAgent, QueueTerms, WaitingCall


@dataclass(frozen=True, slots=True)
class Assignment:
    """This call goes to this agent."""

    call_id: UUID
    user_id: UUID


@dataclass(frozen=True, slots=True)
class Match:
    """What to do now, why, and when time alone would change the answer (ms; None: never)."""

    assignments: tuple[Assignment, ...]
    moves: tuple[Move, ...]
    explanations: tuple[Explanation, ...]
    wakes_at: int | None


class Board:
    """See the module. Moments given to `settle` never go back."""

    def __init__(
        self, queues: Iterable[QueueTerms], staff: Mapping[UUID, int] | None = None
    ) -> None:
        """`staff`: signed-in agents per queue, for overflow; a queue that is missing: not known."""
        self._terms = {terms.queue_id: terms for terms in queues}
        self._staff = dict(staff or {})
        self._calls: dict[UUID, Group] = {}
        self._waiting: dict[UUID, WaitingCall] = {}
        self._groups: dict[GroupKey, Group] = {}
        self._of_queue: dict[UUID, dict[Group, None]] = {q: {} for q in self._terms}
        self._naming: dict[UUID, dict[Group, None]] = {}  # agent → groups that name them
        self._free: dict[UUID, FreeAgent] = {}
        self._members: dict[UUID, list[Place]] = {q: [] for q in self._terms}
        self._versions: dict[UUID, int] = dict.fromkeys(self._terms, 0)
        self._dirty: dict[Group, None] = {}  # to be looked at whoever is free
        self._fresh: dict[UUID, None] = {}  # agents whom no group has seen yet
        self._wakes: list[tuple[int, int, Group]] = []
        self._ticket = count()

    def add_call(self, call: WaitingCall) -> None:
        """A call waits; one with the same id is replaced. Raises KeyError: unknown queue."""
        self.remove_call(call.call_id)
        terms = self._terms[call.queue_id]
        key = key_of(call, terms)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = new_group(key, call, terms)
            self._of_queue[call.queue_id][group] = None
            for user_id in group.named:
                self._naming.setdefault(user_id, {})[group] = None
        group.add(call)
        self._calls[call.call_id] = group
        self._waiting[call.call_id] = call
        if group.head() is call:
            self._dirty[group] = None

    def remove_call(self, call_id: UUID) -> None:
        """It no longer waits; nothing if it did not."""
        group = self._calls.pop(call_id, None)
        if group is None:
            return
        call = self._waiting.pop(call_id)
        group.remove(call)
        if group.calls:
            group.looked_at = -1
            return
        del self._groups[group.key]
        del self._of_queue[call.queue_id][group]
        self._dirty.pop(group, None)
        group.wakes_at = None
        for user_id in set(group.named):
            del self._naming[user_id][group]

    def add_agent(self, agent: FreeAgent) -> None:
        """An agent may be given something; one with the same id is replaced."""
        self.remove_agent(agent.user_id)
        self._put(agent)
        self._fresh[agent.user_id] = None

    def remove_agent(self, user_id: UUID) -> None:
        """An agent may be given nothing more; nothing if that was so."""
        agent = self._free.pop(user_id, None)
        if agent is None:
            return
        self._fresh.pop(user_id, None)
        for queue_id, membership in agent.queues.items():
            terms = self._terms.get(queue_id)
            if terms is not None:
                members = self._members[queue_id]
                del members[bisect_left(members, place_of(agent, membership, len(terms.rings)))]
                self._versions[queue_id] += 1

    def set_staff(self, queue_id: UUID, staff: int | None) -> None:
        """How many signed-in agents serve the queue; None: not known."""
        if staff is None:
            self._staff.pop(queue_id, None)
        else:
            self._staff[queue_id] = staff
        self._dirty.update(self._of_queue.get(queue_id, {}))

    @property
    def waits(self) -> bool:
        """Whether any call does."""
        return bool(self._waiting)

    def position(self, call_id: UUID, now: int) -> int:
        """Where the call stands in its queue, 1: the next. Raises KeyError: it does not wait."""
        group = self._calls[call_id]
        call = self._waiting[call_id]
        own = group.order_of(call, now)
        return 1 + sum(other.before(own, now) for other in self._of_queue[call.queue_id])

    def settle(self, now: int) -> Match:
        """Give what can be given, the most urgent first; send on what may wait no longer."""
        self._wake(now)
        looked_at = dict(self._dirty)
        dirty = set(looked_at)
        self._dirty.clear()
        heap = [(group.order(now), group) for group in (*looked_at, *self._seen(now, dirty))]
        heapq.heapify(heap)
        assignments: list[Assignment] = []
        moves: list[Move] = []
        explanations: list[Explanation] = []
        taken: list[FreeAgent] = []
        while heap:
            if not self._fresh and len(heap) > len(dirty):
                heap = [one for one in heap if one[1] in dirty]
                heapq.heapify(heap)
                continue
            _, group = heap[0]
            call = group.head()
            choice = choose(group, call, self._members[call.queue_id], self._free, now)
            move = None if choice else self._due(group, call, now)
            if choice is not None:
                explanations.append(self._explain(group, call, choice, taken, now))
                assignments.append(Assignment(call.call_id, choice.agent.user_id))
                taken.append(choice.agent)
                self._give(choice.agent, call)
            elif move is not None:
                moves.append(move)
            else:
                heapq.heappop(heap)
                dirty.discard(group)
                looked_at[group] = None
                continue
            self.remove_call(call.call_id)
            if group.calls:
                heapq.heapreplace(heap, (group.order(now), group))
            else:
                heapq.heappop(heap)
                dirty.discard(group)
        self._fresh.clear()
        for group in looked_at:
            if group.calls:
                self._plan(group, now)
        return Match(tuple(assignments), tuple(moves), tuple(explanations), self._next_wake(now))

    def _seen(self, now: int, dirty: Container[Group]) -> Iterable[Group]:
        """Groups whose first call a fresh agent may take; for the others, when that will be."""
        found: dict[Group, None] = {}
        for user_id in self._fresh:
            agent = self._free[user_id]
            near = [self._of_queue.get(queue_id, {}) for queue_id in agent.queues]
            near.append(self._naming.get(user_id, {}))
            for groups in near:
                for group in groups:
                    if group in dirty:
                        continue
                    at = opens_for(agent, group.head(), group.terms, group.steps)
                    if at is None:
                        continue
                    if at <= now:
                        found[group] = None
                    elif group.wakes_at is None or at < group.wakes_at:
                        self._wake_at(group, at)
        return found

    def _wake_at(self, group: Group, at: int) -> None:
        group.wakes_at = at
        heapq.heappush(self._wakes, (at, next(self._ticket), group))

    def _put(self, agent: FreeAgent) -> None:
        self._free[agent.user_id] = agent
        for queue_id, membership in agent.queues.items():
            terms = self._terms.get(queue_id)
            if terms is not None:
                place = place_of(agent, membership, len(terms.rings))
                insort(self._members[queue_id], place)

    def _give(self, agent: FreeAgent, call: WaitingCall) -> None:
        fresh = agent.user_id in self._fresh
        self.remove_agent(agent.user_id)
        after = agent.taking(call.medium)
        if not after.is_full():
            self._put(after)
            if fresh:
                self._fresh[agent.user_id] = None

    def _explain(
        self,
        group: Group,
        call: WaitingCall,
        choice: Choice,
        taken: list[FreeAgent],
        now: int,
    ) -> Explanation:
        rivals = [
            other for queue_id in choice.agent.queues for other in self._of_queue.get(queue_id, {})
        ]
        return explain(group, call, choice, taken, rivals, now)

    def _due(self, group: Group, call: WaitingCall, now: int) -> Move | None:
        found = moves_at(call, group.terms, self._staff.get(call.queue_id), self._terms)
        return found[1] if found is not None and found[0] <= now else None

    def _wake(self, now: int) -> None:
        while self._wakes and self._wakes[0][0] <= now:
            at, _, group = heapq.heappop(self._wakes)
            if group.wakes_at == at and group.calls:
                self._dirty[group] = None

    def _plan(self, group: Group, now: int) -> None:
        """Find out when time alone would move the group's first call."""
        call = group.head()
        group.looked_at = self._version(group)
        opens = [
            at
            for agent in self._candidates(group, call)
            if (at := opens_for(agent, call, group.terms, group.steps)) is not None
        ]
        move = moves_at(call, group.terms, self._staff.get(call.queue_id), self._terms)
        if move is not None:
            opens.append(move[0])
        at = min(opens, default=None)
        group.wakes_at = None
        if at is not None:
            self._wake_at(group, at)

    def _candidates(self, group: Group, call: WaitingCall) -> Iterable[FreeAgent]:
        for place in self._members[call.queue_id]:
            yield place[4]
        for user_id in group.named:
            agent = self._free.get(user_id)
            if agent is not None and call.queue_id not in agent.queues:
                yield agent

    def _version(self, group: Group) -> int:
        return self._versions[group.terms.queue_id]

    def _next_wake(self, now: int) -> int | None:
        """The least moment that still holds: agents may have gone since it was found."""
        while self._wakes:
            at, _, group = self._wakes[0]
            current = group.wakes_at == at and bool(group.calls)
            if current and not group.named and group.looked_at == self._version(group):
                return at
            heapq.heappop(self._wakes)
            if current:
                self._plan(group, now)
                if group.wakes_at == at:
                    return at
        return None
