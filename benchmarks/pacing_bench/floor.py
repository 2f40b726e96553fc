"""The floor in virtual time: agents, calls and trunks as events on one heap.

Rule of service: calls are started for nobody in particular. Who answers goes to the agent who has
been ready longest; while none is, they wait until the grace is over, and an agent who gets free
takes the one who has waited longest; otherwise they are abandoned. Callers from outside come before
them. With call analysis, a call needs an agent (and its grace begins) when the verdict is "person".

At the end of the day nothing is dialled any more; what is in progress runs to its end, so that
every call has one. Times of agents are counted within the day only.
"""

from __future__ import annotations

import heapq
import math
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from typing import Any

from pacing_bench.draws import Fates, Lengths, breaks, callers, pace_of_agents
from pacing_bench.record import Record
from pacing_bench.terms import Act, Happening, Scenario

_BUSY, _NO_ANSWER, PERSON, MACHINE = range(4)  # what becomes of a call
_DEAD_TRUNK_SECONDS = 0.2  # until a call on a dead trunk fails
_RETRY_SECONDS = 0.25  # until a policy whom calls per second held back is asked again


class Call:
    """A call in the air, or a person who waits."""

    __slots__ = (
        "age", "answered", "campaign", "index", "kind", "needs_at", "odds",
        "own", "ready_at", "started",
    )  # fmt: skip

    def __init__(self, campaign: Campaign, index: int, started: float) -> None:
        self.campaign = campaign
        self.index = index
        self.started = started
        self.kind = _NO_ANSWER
        self.answered = 0.0
        self.needs_at = math.inf  # when it will need an agent; oracles alone may read it
        self.ready_at = 0.0  # when it began to wait for an agent
        self.odds = 1.0
        self.own = True  # of the campaign that is planned
        self.age = 0.0


class Campaign:
    """One list with its policy and its calls."""

    __slots__ = (
        "asked_again", "dialled", "fates", "granted", "in_air", "next_at", "number",
        "observer", "people", "policy", "record",
    )  # fmt: skip

    def __init__(self, scenario: Scenario, number: int, seed: int, policy: Any) -> None:
        self.people = scenario.lists[number]
        self.number = number
        self.fates = Fates(self.people, seed, number)
        self.policy = policy
        self.observer = policy if policy.learns else None
        self.in_air: dict[Call, None] = {}  # ringing, in order of their start
        self.record = Record()
        self.dialled = 0
        self.granted = 0
        self.next_at = 0.0  # the policy is not asked before
        self.asked_again = False  # an event that asks it is on the heap


class Floor:
    """One day. Make it, `run` it, read `record` of each campaign and the sums here.

    What policies may read: `now`, `ready`, `talking`, `after_call`, `waiting`, `analysing`,
    `room()`, and their campaign. Oracles may read `free_at` and the fates too.
    """

    def __init__(
        self, scenario: Scenario, seed: int, policies: Sequence[Any], hours: float = 0.0
    ) -> None:
        self.scenario = scenario
        self.now = 0.0
        self.day = (hours or scenario.hours) * 3600.0
        self.campaigns = [
            Campaign(scenario, number, seed, policy) for number, policy in enumerate(policies)
        ]
        self.lengths = Lengths(scenario.talking, seed)
        self.pace = pace_of_agents(scenario, seed)
        own = scenario.inbound.own_agents if scenario.inbound else 0
        self.ready: OrderedDict[int, float] = OrderedDict(
            (agent, 0.0) for agent in range(own, scenario.agents)
        )
        self.ready_for_callers: OrderedDict[int, float] = OrderedDict(
            (agent, 0.0) for agent in range(own)
        )
        self.talking: dict[int, float] = {}  # agent → since; callers from outside included
        self.after_call: dict[int, float] = {}
        self.leaving: dict[int, float] = {}  # agent → seconds they will be away
        self.free_at: dict[int, float] = {}  # busy agent → end of the after-call work
        self.waiting: deque[Call] = deque()
        self.analysing: dict[Call, None] = {}
        self.callers_waiting: deque[tuple[float, float]] = deque()  # (arrival, handling)
        self.lines_used = 0
        self.tokens = min(scenario.calls_per_second, 1e6)
        self.tokens_at = 0.0
        self.trunk_dead = False
        self.down_until = -1.0
        analysis = scenario.analysis
        self.lost_share = analysis.lost if analysis else 0.0
        self.passed_share = analysis.passed if analysis else 1.0
        self.conversations = 0
        self.talk_seconds = 0.0
        self.ready_seconds = 0.0
        self.after_call_seconds = 0.0
        self.callers_total = 0
        self.callers_in_time = 0
        self.callers_gone = 0
        self._events: list[tuple[float, int, Callable[[Any], bool], Any]] = []
        self._sequence = 0
        self._own = own
        self._with: dict[int, tuple[Campaign, bool] | None] = {}  # whom an agent talks with
        self._turn = 0
        for at, agent in breaks(scenario, seed, self.day):
            self._at(at, self._on_break, agent)
        for caller in callers(scenario, seed, self.day):
            self._at(caller[0], self._on_caller, caller)
        for happening in scenario.happenings:
            if happening.at < self.day:
                self._at(happening.at, self._on_happening, happening)

    # --- the loop -------------------------------------------------------------------------------

    def _at(self, when: float, what: Callable[[Any], bool], of: Any) -> None:
        self._sequence += 1
        heapq.heappush(self._events, (when, self._sequence, what, of))

    def run(self) -> Floor:
        """The whole day."""
        for campaign in self.campaigns:
            campaign.policy.begin(self, campaign)
            if campaign.policy.tick:
                self._at(0.0, self._on_tick, campaign)
        on_events = [c for c in self.campaigns if c.policy.on_events]
        events, pop, day = self._events, heapq.heappop, self.day
        self._decide(on_events)
        while events:
            now, _, what, of = pop(events)
            self.now = now
            if what(of) and now < day:
                self._decide(on_events)
        for agent, since in [*self.ready.items(), *self.ready_for_callers.items()]:
            self._was_ready(since, agent)
        return self

    def _decide(self, campaigns: Sequence[Campaign]) -> None:
        if not campaigns or self.now < self.down_until:
            return
        if len(self.campaigns) == 1:
            campaign = campaigns[0]
            gap = campaign.policy.gap
            if gap:
                if self.now < campaign.next_at:
                    self._ask_again(campaign, campaign.next_at)
                    return
                campaign.next_at = self.now + gap
            wish = campaign.policy.decide(self, campaign)
            if wish > 0:
                self._start(campaign, wish)
            return
        self._share(campaigns)

    def _ask_again(self, campaign: Campaign, at: float) -> None:
        if not campaign.asked_again:
            campaign.asked_again = True
            self._at(at, self._on_retry, campaign)

    def _share(self, campaigns: Sequence[Campaign]) -> None:
        """Each wish was made over the common agents: starts of others count against it too.

        By priority, then to whom has been served least for its weight.
        """
        wishes = {c: c.policy.decide(self, c) for c in campaigns}
        granted = 0
        while True:
            open_ = [c for c, wish in wishes.items() if wish > granted]
            if not open_:
                return
            best = min(
                open_, key=lambda c: (-c.people.priority, c.granted / c.people.weight, c.number)
            )
            if not self._start(best, 1):
                return
            best.granted += 1
            granted += 1

    def room(self) -> int:
        """Calls that lines and calls per second allow now."""
        scenario = self.scenario
        rate = scenario.calls_per_second
        self.tokens = min(max(rate, 1.0), self.tokens + (self.now - self.tokens_at) * rate)
        self.tokens_at = self.now
        return max(0, min(scenario.lines - self.lines_used, int(self.tokens)))

    def _start(self, campaign: Campaign, wish: int) -> int:
        room = self.room()
        if wish > room:
            if self.lines_used < self.scenario.lines:
                self._ask_again(campaign, self.now + _RETRY_SECONDS)
            wish = room
        self.tokens -= wish
        self.lines_used += wish
        for _ in range(wish):
            self._dial(campaign)
        return wish

    # --- calls ----------------------------------------------------------------------------------

    def fate(self, campaign: Campaign, index: int) -> tuple[int, float]:
        """What becomes of a call dialled now: (kind, seconds until it is answered or over)."""
        fates, people = campaign.fates, campaign.people
        if index >= len(fates.kind):
            fates.reach(index)
        if self.trunk_dead:
            return _BUSY, _DEAD_TRUNK_SECONDS
        share = people.answers.at(self.now)
        if len(people.ranges) > 1:
            share *= people.ranges[fates.range_of[index]].factor
        kind, ring = fates.kind[index], fates.ring[index]
        if kind < people.busy:
            return _BUSY, fates.set_up[index]
        if kind < people.busy + share:
            return PERSON, fates.set_up[index] + ring
        if kind >= 1.0 - people.machines:
            return MACHINE, fates.set_up[index] + ring
        return _NO_ANSWER, fates.set_up[index] + people.no_answer_limit

    def _until_needed(self, campaign: Campaign, index: int, kind: int, seconds: float) -> float:
        """Seconds from the dial until the call needs an agent (inf: never)."""
        if kind < PERSON:
            return math.inf
        if self.scenario.analysis is None:
            return seconds
        if self._verdict(campaign, index, kind):
            return seconds + self._delay(campaign, index)
        return math.inf

    def would_need_agent_in(self, campaign: Campaign, index: int) -> float:
        """The same of a call dialled now, for oracles."""
        kind, seconds = self.fate(campaign, index)
        return self._until_needed(campaign, index, kind, seconds)

    def _delay(self, campaign: Campaign, index: int) -> float:
        analysis = self.scenario.analysis
        assert analysis is not None
        return max(0.2, analysis.delay + analysis.delay_sigma * campaign.fates.analysed[index])

    def _verdict(self, campaign: Campaign, index: int, kind: int) -> bool:
        """Whether call analysis takes the call for a person's."""
        chance = campaign.fates.verdict[index]
        return chance >= self.lost_share if kind == PERSON else chance < self.passed_share

    def _dial(self, campaign: Campaign) -> None:
        index = campaign.dialled
        kind, seconds = self.fate(campaign, index)
        campaign.dialled = index + 1
        call = Call(campaign, index, self.now)
        call.kind = kind
        call.needs_at = self.now + self._until_needed(campaign, index, kind, seconds)
        if campaign.observer is not None:
            call.odds = campaign.observer.odds_of(self, campaign, index)
        campaign.in_air[call] = None
        self._sequence += 1
        answered = kind >= PERSON
        heapq.heappush(
            self._events,
            (
                self.now + seconds,
                self._sequence,
                self._on_answer if answered else self._on_end,
                call,
            ),
        )

    def _on_end(self, call: Call) -> bool:
        campaign = call.campaign
        del campaign.in_air[call]
        self.lines_used -= 1
        record = campaign.record
        if call.kind == _BUSY:
            record.busy += 1
        else:
            record.no_answer += 1
        if self.now < self.down_until:
            record.ends_unseen += 1
        elif campaign.observer is not None:
            campaign.observer.on_end(call, self.now - call.started, call.kind == _BUSY)
        return True

    def _on_answer(self, call: Call) -> bool:
        campaign = call.campaign
        del campaign.in_air[call]
        call.answered = self.now
        if self.now < self.down_until:
            # nobody connects them: persons hear a message
            self._lose(call)
            return True
        if campaign.observer is not None:
            campaign.observer.on_answer(call, self.now - call.started)
        if self.scenario.analysis is None:
            return self._offer(call)
        self.analysing[call] = None
        self._at(self.now + self._delay(campaign, call.index), self._on_verdict, call)
        return False

    def _on_verdict(self, call: Call) -> bool:
        campaign = call.campaign
        del self.analysing[call]
        if self.now < self.down_until:
            self._lose(call)
            return True
        person = self._verdict(campaign, call.index, call.kind)
        if campaign.observer is not None:
            campaign.observer.on_verdict(self.now - call.answered, person)
        if person:
            return self._offer(call)
        self.lines_used -= 1
        campaign.record.verdict_machine(call.kind == PERSON)
        return True

    def _offer(self, call: Call) -> bool:
        """To an agent, or to wait; neither makes room for a start."""
        call.ready_at = self.now
        if self.ready:
            self._connect(self.ready.popitem(last=False), call)
            return False
        self.waiting.append(call)
        grace = self.scenario.grace
        if call.campaign.people.patience:
            patience = call.campaign.people.patience
            grace = min(grace, patience * call.campaign.fates.patience[call.index])
        self._at(self.now + grace, self._on_grace_over, call)
        return False

    def _on_grace_over(self, call: Call) -> bool:
        if call.ready_at < 0.0:
            return False
        self.waiting.remove(call)
        self._lose(call)
        return True

    def _lose(self, call: Call) -> None:
        self.lines_used -= 1
        call.campaign.record.lost_call(call.kind == PERSON)

    # --- agents ---------------------------------------------------------------------------------

    def _was_ready(self, since: float, agent: int) -> None:
        self.ready_seconds += max(0.0, min(self.now, self.day) - min(since, self.day))

    def _connect(self, ready: tuple[int, float], call: Call) -> None:
        """An agent and a person: `ready` is the agent with the moment they got ready."""
        agent, since = ready
        now = self.now
        if since < now:
            self._was_ready(since, agent)
        index = self.conversations
        self.conversations = index + 1
        lengths = self.lengths
        if index >= len(lengths.talk):
            lengths.reach(index)
        person = call.kind == PERSON
        talk = lengths.talk[index] * self.pace[agent] if person else lengths.machine[index]
        call.campaign.record.connected(person, now - call.ready_at)
        call.ready_at = -1.0
        self._with[agent] = (call.campaign, person)
        self._talk(agent, talk, lengths.after_call[index])

    def _talk(self, agent: int, talk: float, after: float) -> None:
        now = self.now
        self.talking[agent] = now
        self.free_at[agent] = now + talk + min(after, self.scenario.talking.after_call_limit)
        self._sequence += 1
        heapq.heappush(self._events, (now + talk, self._sequence, self._on_talked, (agent, after)))

    def _on_talked(self, of: tuple[int, float]) -> bool:
        agent, after = of
        now = self.now
        since = self.talking.pop(agent)
        self.talk_seconds += max(0.0, min(now, self.day) - min(since, self.day))
        partner = self._with[agent]
        if partner is None:
            for campaign in self.campaigns:
                if campaign.observer is not None:
                    campaign.observer.on_talked(now - since, None)
        else:
            campaign, person = partner
            self.lines_used -= 1
            if campaign.observer is not None:
                campaign.observer.on_talked(now - since, person)
            campaign.record.conversation_over(person)
        self.after_call[agent] = now
        limit = self.scenario.talking.after_call_limit
        self._sequence += 1
        heapq.heappush(
            self._events,
            (now + min(after, limit), self._sequence, self._on_wrapped, (agent, after <= limit)),
        )
        return True

    def _on_wrapped(self, of: tuple[int, bool]) -> bool:
        agent, ended = of
        since = self.after_call.pop(agent)
        self.after_call_seconds += max(0.0, min(self.now, self.day) - min(since, self.day))
        for campaign in self.campaigns:
            if campaign.observer is not None:
                campaign.observer.on_wrapped(self.now - since, ended)
        del self.free_at[agent]
        away = self.leaving.pop(agent, None)
        if away is None:
            self._free(agent)
        elif away < math.inf:
            self._at(self.now + away, self._on_back, agent)
        return True

    def _free(self, agent: int) -> None:
        mine = agent < self._own
        if self.callers_waiting and (mine or not self._own):
            arrival, handling = self.callers_waiting.popleft()
            self._serve(agent, arrival, handling)
        elif mine:
            self.ready_for_callers[agent] = self.now
        elif self.waiting:
            self._connect((agent, self.now), self.waiting.popleft())
        else:
            self.ready[agent] = self.now

    def _on_back(self, agent: int) -> bool:
        self._free(agent)
        return True

    def _leave(self, agent: int, seconds: float) -> None:
        if agent in self.talking or agent in self.after_call:
            self.leaving[agent] = seconds
            return
        ready = self.ready_for_callers if agent < self._own else self.ready
        if agent in ready:
            self._was_ready(ready.pop(agent), agent)
            if seconds < math.inf:
                self._at(self.now + seconds, self._on_back, agent)

    def _on_break(self, agent: int) -> bool:
        self._leave(agent, self.scenario.break_seconds)
        return True

    # --- callers from outside -------------------------------------------------------------------

    def _on_caller(self, caller: tuple[float, float, float]) -> bool:
        arrival, handling, patience = caller
        self.callers_total += 1
        ready = self.ready_for_callers if self._own else self.ready
        if ready:
            agent, since = ready.popitem(last=False)
            self._was_ready(since, agent)
            self._serve(agent, arrival, handling)
        else:
            self.callers_waiting.append((arrival, handling))
            self._at(self.now + patience, self._on_caller_gone, (arrival, handling))
        return True

    def _serve(self, agent: int, arrival: float, handling: float) -> None:
        self.callers_in_time += self.now - arrival <= 20.0
        index = self.conversations
        self.conversations = index + 1
        self.lengths.reach(index)
        self._with[agent] = None
        self._talk(agent, handling * self.pace[agent], self.lengths.after_call[index])

    def _on_caller_gone(self, caller: tuple[float, float]) -> bool:
        if caller in self.callers_waiting:
            self.callers_waiting.remove(caller)
            self.callers_gone += 1
        return False

    # --- what happens ---------------------------------------------------------------------------

    def _on_tick(self, campaign: Campaign) -> bool:
        policy = campaign.policy
        policy.on_tick(self, campaign)
        self._decide([campaign])
        if self.now + policy.tick < self.day:
            self._at(self.now + policy.tick, self._on_tick, campaign)
        return False

    def _on_retry(self, campaign: Campaign) -> bool:
        campaign.asked_again = False
        if self.now < self.day:
            self._decide([campaign])
        return False

    def _on_happening(self, happening: Happening) -> bool:
        if happening.act is Act.LEAVE:
            for agent in range(happening.first, happening.last):
                self._leave(agent, happening.seconds)
        elif happening.act is Act.TRUNK_DEAD:
            self.trunk_dead = True
            self._at(self.now + happening.seconds, self._on_trunk_back, None)
        elif happening.act is Act.DETECTOR:
            self.lost_share, self.passed_share = happening.lost, happening.passed
        else:
            self._restart(happening)
        return True

    def _on_trunk_back(self, _: None) -> bool:
        self.trunk_dead = False
        return True

    def _restart(self, happening: Happening) -> None:
        self.down_until = self.now + happening.seconds
        for call in list(self.waiting):
            call.ready_at = -1.0
            self._lose(call)
        self.waiting.clear()
        for campaign in self.campaigns:
            campaign.policy.restart(happening.kept)
        self._at(self.down_until, self._on_back_up, None)

    def _on_back_up(self, _: None) -> bool:
        return True
