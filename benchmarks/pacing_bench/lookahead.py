"""Ways of pacing that look ahead: the window method and the Erlang-type look-ahead.

Both begin as progressive, until ten answers and five conversations were seen.
"""

from __future__ import annotations

import math
from bisect import bisect_right, insort

from pacing_bench.baselines import ExponentialPercentile, Policy, ringing
from pacing_bench.floor import Campaign, Floor


def normal_tail(z: float) -> float:
    """P(Z > z) of the standard normal."""
    return 0.5 * math.erfc(z / math.sqrt(2.0))


def answer_share(campaign: Campaign) -> float:
    """Share of the ended calls that needed an agent."""
    record = campaign.record
    needed = record.live + record.machines_connected + record.machines_abandoned
    ended = needed + record.busy + record.no_answer + record.machine_verdicts
    return needed / ended if ended else 0.0


def known_too_little(floor: Floor, campaign: Campaign) -> bool:
    record = campaign.record
    return record.live < 10 or record.persons_over < 5


class ErlangLookahead(Policy):
    """Start while P(answers in flight + 1 > idle + releases) ≤ target.

    Releases within the mean time to an answer, service exponential, the difference normal (after
    Samuelson 1999).
    """

    def __init__(self, target: float = 0.03) -> None:
        self.target = target

    def decide(self, floor: Floor, campaign: Campaign) -> int:
        out, waiting = ringing(floor), len(floor.waiting)
        idle = len(floor.ready) - floor.scenario.keep_ready - waiting
        if known_too_little(floor, campaign):
            return idle - out
        record = campaign.record
        over = record.persons_over + record.machines_told
        mean = (floor.talk_seconds + floor.after_call_seconds) / over
        released = 1.0 - math.exp(-ExponentialPercentile.mean_answer(campaign) / mean)
        busy = len(floor.talking) + len(floor.after_call) - len(floor.leaving)
        share = answer_share(campaign)
        spare = idle + busy * released
        spread = busy * released * (1.0 - released)
        start, room = 0, floor.room()
        while start < room:
            flying = out + start
            sigma = math.sqrt(max(1e-9, spread + flying * share * (1.0 - share)))
            if normal_tail((spare - flying * share - 0.5) / sigma) > self.target:
                break
            start += 1
        return start


class Window(Policy):
    """Dial (idle + weights − p × in flight) / p.

    A busy agent weighs the chance to be free within the window, given how long they have been busy
    and how long such work has lasted today. Every 15 s the window is lengthened by a tenth while
    the day's rate is under the target, else shortened by a fifth.
    """

    tick = 1.0
    on_events = False
    learns = True

    def __init__(self, target: float = 0.03, longest: float = 60.0) -> None:
        self.target = target
        self.longest = longest
        self.window = 5.0
        self._talks: list[float] = []
        self._wraps: list[float] = []
        self._ticks = 0

    def on_talked(self, seconds: float, person: bool | None) -> None:
        insort(self._talks, seconds)

    def on_wrapped(self, seconds: float, ended: bool) -> None:
        insort(self._wraps, seconds)

    def on_tick(self, floor: Floor, campaign: Campaign) -> None:
        self._ticks += 1
        if self._ticks % 15 == 0:
            record = campaign.record
            over = record.abandoned > self.target * record.live
            self.window = min(self.longest, max(1.0, self.window * (0.8 if over else 1.1)))

    def _weight(self, history: list[float], age: float) -> float:
        older = bisect_right(history, age)
        left = len(history) - older
        if not left:
            return 0.0
        return (bisect_right(history, age + self.window) - older) / left

    def decide(self, floor: Floor, campaign: Campaign) -> int:
        out = ringing(floor)
        idle = len(floor.ready) - floor.scenario.keep_ready - len(floor.waiting)
        if known_too_little(floor, campaign):
            return idle - out
        now, leaving = floor.now, floor.leaving
        weights = sum(
            self._weight(self._talks, now - since)
            for agent, since in floor.talking.items()
            if agent not in leaving
        ) + sum(
            self._weight(self._wraps, now - since)
            for agent, since in floor.after_call.items()
            if agent not in leaving
        )
        share = answer_share(campaign)
        return int((idle + weights - share * out) / share)
