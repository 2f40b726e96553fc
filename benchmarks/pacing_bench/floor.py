"""The floor's state at an instant: agents, calls, lines, and the events to come.

Calls are started for nobody in particular. `course` runs a day, `calling`, `serving` and
`happenings` hold the handlers of its events. What policies may read is said at `Floor`.
"""

from __future__ import annotations

import heapq
import math
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from typing import Any

from pacing_bench.draws import Fates, Lengths, pace_of_agents
from pacing_bench.record import Record
from pacing_bench.terms import Scenario

BUSY, NO_ANSWER, PERSON, MACHINE = range(4)  # what becomes of a call


class Call:
    """A call in the air, or a person who waits."""

    __slots__ = (
        "age", "agent", "answered", "campaign", "index", "kind", "needs_at", "odds",
        "own", "ready_at", "started",
    )  # fmt: skip

    def __init__(self, campaign: Campaign, index: int, started: float) -> None:
        self.campaign = campaign
        self.index = index
        self.started = started
        self.kind = NO_ANSWER
        self.answered = 0.0
        self.needs_at = math.inf  # when it will need an agent; oracles alone may read it
        self.ready_at = 0.0  # when it began to wait for an agent
        self.odds = 1.0
        self.own = True  # a plan takes a call of its own campaign as it is
        self.age = 0.0
        self.agent: int | None = None  # who is held for it


class Campaign:
    """One list with its policy and its calls."""

    __slots__ = (
        "asked_again", "dialled", "fates", "in_air", "next_at", "number",
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
        self.next_at = 0.0  # the policy is not asked before
        self.asked_again = False  # an event that asks it is on the heap


class Floor:
    """One day: make it, let `course.run` run it, read each campaign's `record` and the sums here.

    What policies may read: `now`, `ready`, `talking`, `after_call`, `waiting`, `analysing`,
    `room()`, and their campaign. Oracles may read `free_at` and the fates too.
    """

    def __init__(
        self, scenario: Scenario, seed: int, policies: Sequence[Any], hours: float = 0.0
    ) -> None:
        self.scenario = scenario
        self.seed = seed
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
        self.talking_apart: dict[int, float] = {}  # the same of agents who take callers only
        self.after_call_apart: dict[int, float] = {}
        self.set_aside = 0  # agents who will be held for a campaign's call soon: nobody else's
        self.held: dict[int, float] = {}  # agents held for a call → ready since
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
        self.events: list[tuple[float, int, Callable[[Floor, Any], bool], Any]] = []
        self.sequence = 0
        self.own_agents = own
        self.partners: dict[int, tuple[Campaign, bool] | None] = {}  # whom an agent talks with

    def at(self, when: float, what: Callable[[Floor, Any], bool], of: Any) -> None:
        self.sequence += 1
        heapq.heappush(self.events, (when, self.sequence, what, of))

    def room(self) -> int:
        """Calls that lines and calls per second allow now."""
        scenario = self.scenario
        rate = scenario.calls_per_second
        self.tokens = min(max(rate, 1.0), self.tokens + (self.now - self.tokens_at) * rate)
        self.tokens_at = self.now
        return max(0, min(scenario.lines - self.lines_used, int(self.tokens)))
