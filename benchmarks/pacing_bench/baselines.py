"""Simple ways of pacing, written from their descriptions: progressive, ratios, levels, percentiles.

A policy has `tick` (seconds between its regular decisions; 0: none), `on_events` (asked after each
event too, though not twice within `gap` seconds), `learns` (told what happens), and `decide`: how
many calls to start now. Policies here
read the floor directly; `product` makes the situation that the program's own plan takes.
"""

from __future__ import annotations

import math
from collections import deque
from enum import StrEnum

from kwabo.domain.pacing.situation import Plan
from pacing_bench.floor import Call, Campaign, Floor

_LAST_HOUR = 12.0  # of a day that begins at nine: nine in the evening


class Policy:
    """What the floor asks of a policy; one object for one day of one campaign."""

    tick = 0.0
    gap = 0.25  # one step of an engine takes all that has happened
    on_events = True
    learns = False
    last: Plan | None = None  # what it decided, where it plans as the program does
    answers_seen = 0.0  # what that rests on

    def begin(self, floor: Floor, campaign: Campaign) -> None:
        """The day begins."""

    def on_tick(self, floor: Floor, campaign: Campaign) -> None:
        """Before a regular decision."""

    def restart(self, kept: bool) -> None:
        """The program was started again; `kept`: with what it had learnt."""

    def next_morning(self) -> None:
        """A day is over, the next one begins; what was learnt is kept."""

    def is_bounded(self) -> bool:
        """Whether it may only call progressively now, beside campaigns on the same agents."""
        return False

    def decide(self, floor: Floor, campaign: Campaign) -> int:
        raise NotImplementedError

    # told only where `learns`

    def odds_of(self, floor: Floor, campaign: Campaign, index: int) -> float:
        """Odds of a contact that is being dialled."""
        return 1.0

    def on_answer(self, call: Call, seconds: float) -> None:
        """A call was answered so long after the dial."""

    def on_end(self, call: Call, seconds: float, refused: bool) -> None:
        """A call ended without an answer; `refused` by the far end."""

    def on_verdict(self, seconds: float, person: bool) -> None:
        """Call analysis has listened that long."""

    def on_talked(self, seconds: float, person: bool | None) -> None:
        """A conversation ended (`person` None: with a caller from outside)."""

    def on_wrapped(self, seconds: float, ended: bool) -> None:
        """After-call work ended, or was ended by the program."""


def ringing(floor: Floor) -> int:
    """Calls of all campaigns that ring or are listened to."""
    return sum(len(c.in_air) for c in floor.campaigns) + len(floor.analysing)


class Ratio(Policy):
    """A fixed number of calls for each agent who is ready; with 1, progressive."""

    def __init__(self, ratio: float) -> None:
        self.ratio = ratio

    def decide(self, floor: Floor, campaign: Campaign) -> int:
        ready = len(floor.ready) - floor.scenario.keep_ready
        if ready <= 0:
            return 0
        return int(self.ratio * ready + 1e-9) - ringing(floor) - len(floor.waiting)


class Limit(StrEnum):
    """What the adaptive level does when the day's drop share is over the limit."""

    HARD = "hard"
    AVERAGE = "average"
    TAPERED = "tapered"


class AdaptiveLevel(Policy):
    """Calls up to a level for each logged-in agent; the level follows how many agents wait.

    Every 2.5 s calls start until those in progress reach round(level × (ready + in call)); agents
    in after-call work do not exist for it. Every 15 s the level moves by the mean of (ready −
    waiting + wanted difference) / agents, times the intensity; halved when over half of the last
    minute's answers dropped; over the day's limit (after 50 answers) it is set to 1 (hard), halved
    (average) or multiplied by a tenth of the hours left until the last calling hour (tapered).
    """

    tick = 2.5
    on_events = False

    def __init__(
        self,
        limit: Limit,
        most: float = 3.0,
        drops: float = 0.03,
        intensity: float = 1.0,
        difference: float = 0.0,
    ) -> None:
        self.limit = limit
        self.most = most
        self.drops = drops
        self.intensity = intensity
        self.difference = difference
        self.level = 1.0
        self._seen: list[float] = []
        self._minute: deque[tuple[float, int, int]] = deque()

    def on_tick(self, floor: Floor, campaign: Campaign) -> None:
        agents = len(floor.ready) + len(floor.talking)
        if agents:
            spare = len(floor.ready) - len(floor.waiting) + self.difference
            self._seen.append(spare / agents)
        if len(self._seen) >= 6:
            self._adapt(floor, campaign)

    def _adapt(self, floor: Floor, campaign: Campaign) -> None:
        move = sum(self._seen) / len(self._seen) * self.intensity
        self._seen.clear()
        level = self.level + move
        record = campaign.record
        live, dropped = record.live, record.abandoned
        self._minute.append((floor.now, live, dropped))
        while self._minute[0][0] < floor.now - 60.0:
            self._minute.popleft()
        _, live_before, dropped_before = self._minute[0]
        if (dropped - dropped_before) * 2 > live - live_before > 0:
            level /= 2
        if live >= 50 and dropped > self.drops * live:
            if self.limit is Limit.HARD:
                level = 1.0
            elif self.limit is Limit.AVERAGE:
                level /= 2
            else:
                level *= max(0.0, _LAST_HOUR - floor.now / 3600.0) / 10.0
        self.level = min(self.most, max(1.0, level))

    def decide(self, floor: Floor, campaign: Campaign) -> int:
        agents = len(floor.ready) - floor.scenario.keep_ready + len(floor.talking)
        goal = round(self.level * agents)
        return goal - ringing(floor) - len(floor.waiting) - len(floor.talking)


class ExponentialPercentile(Policy):
    """Ready agents, and busy ones whose exponential says that they will have ended by then.

    `then` is the mean time to an answer; the exponential's chance to have ended must reach the
    percentile. Less those who wait and ring; with `overcommit` divided by the answer share.
    """

    tick = 1.0
    on_events = False

    def __init__(self, percentile: float = 0.97, overcommit: bool = False) -> None:
        self.percentile = percentile
        self.overcommit = overcommit

    def decide(self, floor: Floor, campaign: Campaign) -> int:
        record = campaign.record
        count = record.persons_over + record.machines_told
        soon = 0
        if count >= 10:
            mean = floor.talk_seconds / count
            needed = -math.log(1.0 - self.percentile) * mean - campaign.policy.mean_answer(campaign)
            now = floor.now
            soon = sum(now - since >= needed for since in floor.talking.values())
        wanted = len(floor.ready) - floor.scenario.keep_ready + soon
        wanted -= ringing(floor) + len(floor.waiting)
        if self.overcommit and record.live >= 10:
            return int(wanted * campaign.dialled / record.live)
        return wanted

    @staticmethod
    def mean_answer(campaign: Campaign) -> float:
        """Seconds from the dial to an answer, as the list has it."""
        people = campaign.people
        return sum(people.set_up) / 2 + people.ring_median * math.exp(people.ring_sigma**2 / 2)


class CallBudget(Policy):
    """As many calls as the limit on drops still pays for, within a ratio of the ready agents."""

    def __init__(self, drops: float = 0.03, most: float = 2.0) -> None:
        self.drops = drops
        self.most = most

    def decide(self, floor: Floor, campaign: Campaign) -> int:
        record = campaign.record
        ready = len(floor.ready) - floor.scenario.keep_ready
        out = ringing(floor) + len(floor.waiting)
        paid = math.floor(self.drops * campaign.dialled) - record.abandoned
        return min(int(self.most * ready), paid + ready) - out
