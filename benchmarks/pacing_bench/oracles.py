"""Bounds: pacing that knows what no dialler can know.

Three kinds: one knows when busy agents will be free, one knows which calls will be answered and
when, one knows both. What an oracle does not know, it judges by the true distributions. The risk
that a started call finds no agent may be as high as the abandons of the day so far allow, so that
the day's rate comes to the target.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable

from pacing_bench import calling
from pacing_bench.baselines import Policy
from pacing_bench.floor import Campaign, Floor
from pacing_bench.truth import STEP, Chances, Releases, truth_of

_MOST = 500  # starts of one decision


class Oracle(Policy):
    """Knows `releases`, `answers`, or `both`."""

    tick = 1.0
    gap = 0.0  # a bound is asked at once

    def __init__(self, knows: str) -> None:
        if knows not in ("releases", "answers", "both"):
            raise SystemExit(f"an oracle knows releases, answers or both, not {knows!r}")
        self.knows_releases = knows != "answers"
        self.knows_answers = knows != "releases"

    def begin(self, floor: Floor, campaign: Campaign) -> None:
        if not (self.knows_answers and self.knows_releases):
            self.truth = truth_of(floor.scenario)

    def allowed(self, floor: Floor, campaign: Campaign) -> float:
        """Risk of a started call that the day's abandons so far still allow."""
        record, target = campaign.record, floor.scenario.target
        credit = target * record.live - record.abandoned
        bend = credit / (1.0 + 0.05 * math.sqrt(record.live))
        return min(0.5, target * math.exp(max(-6.0, min(2.5, bend))))

    def decide(self, floor: Floor, campaign: Campaign) -> int:
        room = min(_MOST, floor.room())
        if not room:
            return 0
        idle = len(floor.ready) - floor.scenario.keep_ready - len(floor.waiting)
        assert not floor.own_agents  # of whom `free_at` would tell too
        if self.knows_answers:
            return self._knowing_answers(floor, campaign, idle, room)
        return self._guessing_answers(floor, campaign, idle, room)

    def _knowing_answers(self, floor: Floor, campaign: Campaign, idle: int, room: int) -> int:
        """Start while neither this answer nor a later one, which it goes before, comes short."""
        now, grace = floor.now, floor.scenario.grace
        needed = [call.needs_at - now for call in campaign.in_air if call.needs_at < math.inf]
        needed += [call.needs_at - now for call in floor.analysing if call.needs_at < math.inf]
        needed.sort()
        allowed = 0.0 if self.knows_releases else self.allowed(floor, campaign)
        short: Callable[[int, float], float] | None = None
        for start in range(room):
            at = calling.would_need_agent_in(floor, campaign, campaign.dialled + start)
            if at == math.inf:
                continue
            if short is None:
                short = self._short(floor)
            place = bisect_right(needed, at)
            needed.insert(place, at)
            for n in range(place, len(needed)):
                if n >= idle and short(n + 1 - idle, needed[n] + grace) > allowed:
                    return start
        return room

    def _short(self, floor: Floor) -> Callable[[int, float], float]:
        """Chance that fewer busy agents than needed are free so many seconds ahead."""
        now, leaving = floor.now, floor.leaving
        if self.knows_releases:
            free = sorted(at - now for agent, at in floor.free_at.items() if agent not in leaving)
            return lambda needed, ahead: float(bisect_right(free, ahead) < needed)
        talked = [now - at for agent, at in floor.talking.items() if agent not in leaving]
        wrapped = [now - at for agent, at in floor.after_call.items() if agent not in leaving]
        return Releases(self.truth.release_chances(talked, wrapped)).fewer_than

    def _guessing_answers(self, floor: Floor, campaign: Campaign, idle: int, room: int) -> int:
        """Start while the next answer finds an agent, on average over when it comes."""
        now, truth, people = floor.now, self.truth, campaign.people
        free_at = [at - now for agent, at in floor.free_at.items() if agent not in floor.leaving]
        free = [idle + sum(at <= ahead for at in free_at) for ahead in truth.ahead]
        if free[-1] <= 0:
            return 0
        persons = people.answers.at(now)
        needs = persons + people.machines
        if floor.scenario.analysis is not None:
            needs = persons * (1.0 - floor.lost_share) + people.machines * floor.passed_share
        other = persons + people.machines - needs
        tables = truth.answers(needs, people.busy, other)
        last = len(tables[0]) - 1
        ages = [min(last, int((now - call.started) / STEP)) for call in campaign.in_air]
        listened = [needs / (needs + other)] * len(floor.analysing)
        chances = [Chances(table[ages].tolist() + listened) for table in tables]
        allowed = self.allowed(floor, campaign)
        for start in range(room):
            risk = sum(
                1.0 - chance.at_most(spare - 1) for chance, spare in zip(chances, free, strict=True)
            )
            if risk / len(chances) > allowed:
                return start
            for chance, table in zip(chances, tables, strict=True):
                chance.add(float(table[0]))
        return room
