"""The program's own pacing on the floor: its learner is told what happens, its plan is asked.

The situation holds what the engine knows: agents who will leave after their conversation are left
out, ends that the program did not see count as abandoned, persons lost by call analysis are not
known. Of callers from outside it is told their mean rate.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kwabo.domain.pacing.learning import Ended, Learner, Segment
from kwabo.domain.pacing.modes import plan
from kwabo.domain.pacing.sharing import common_risk, is_bounded
from kwabo.domain.pacing.situation import CallInAir, Limits, Mode, Plan, Situation, Tally
from pacing_bench.baselines import Policy
from pacing_bench.floor import Call, Campaign, Floor

_HOUR = 3600.0
_FIRST_HOUR = 9  # of the simulated day
_UPCOMING = 12  # contacts whose odds are told


class Product(Policy):
    """Predictive mode with the settings that a campaign has at first; asked on a tick too."""

    learns = True

    def __init__(
        self, tick: float = 1.0, calls_per_agent: float = 15.0, mode: Mode = Mode.PREDICTIVE
    ) -> None:
        self.tick = tick
        self.mode = mode
        self.calls_per_agent = calls_per_agent
        self.learner = Learner()
        self.last: Plan | None = None
        self._today: list[Tally] = []  # counts until each whole hour
        self._yesterday: list[Tally] = []

    def begin(self, floor: Floor, campaign: Campaign) -> None:
        scenario, people = floor.scenario, campaign.people
        analysis = scenario.analysis
        self.limits = Limits(
            target=scenario.target,
            calls_per_agent=self.calls_per_agent,
            connect_within=scenario.grace,
            no_answer_timeout=people.no_answer_limit + people.set_up[1],
            analysis=analysis is not None,
            persons_taken_for_machines=analysis.lost if analysis else 0.0,
            keep_ready=scenario.keep_ready,
        )
        inbound = scenario.inbound
        self.inbound = inbound.per_second if inbound and not inbound.own_agents else 0.0
        self._segments: dict[tuple[int, int], Segment] = {}

    @property
    def answers_seen(self) -> float:
        return self.learner.answers_seen

    def is_bounded(self) -> bool:
        return self.last is None or is_bounded(self.last)

    def next_morning(self) -> None:
        self._yesterday, self._today = self._today, []
        self.last = None

    def on_tick(self, floor: Floor, campaign: Campaign) -> None:
        """Keep what was counted until each hour's end."""
        if floor.now >= _HOUR * (len(self._today) + 1):
            self._today.append(self._tally(floor, campaign))

    def restart(self, kept: bool) -> None:
        if not kept:
            self.learner = Learner()

    # --- what the engine tells ------------------------------------------------------------------

    def _segment(self, campaign: Campaign, index: int, now: float) -> Segment:
        key = (campaign.fates.range_of[index], int(now // _HOUR))
        found = self._segments.get(key)
        if found is None:
            name = campaign.people.ranges[key[0]].name
            found = Segment(number_range=name, hour=(_FIRST_HOUR + key[1]) % 24)
            self._segments[key] = found
        return found

    def odds_of(self, floor: Floor, campaign: Campaign, index: int) -> float:
        return self.learner.odds(self._segment(campaign, index, floor.now))

    def on_answer(self, call: Call, seconds: float) -> None:
        segment = self._segment(call.campaign, call.index, call.started)
        self.learner.answered(segment, seconds)

    def on_end(self, call: Call, seconds: float, refused: bool) -> None:
        segment = self._segment(call.campaign, call.index, call.started)
        self.learner.ended(segment, seconds, Ended.REFUSED if refused else Ended.GAVE_UP)

    def on_verdict(self, seconds: float, person: bool) -> None:
        self.learner.analysed(seconds, person)

    def on_talked(self, seconds: float, person: bool | None) -> None:
        self.learner.talked(seconds)
        if person is False:
            self.learner.was_machine()

    def on_wrapped(self, seconds: float, ended: bool) -> None:
        self.learner.wrapped_up(seconds, ended)

    # --- what it decides ------------------------------------------------------------------------

    def situation(self, floor: Floor, campaign: Campaign) -> Situation:
        """The campaign now."""
        now, leaving = floor.now, floor.leaving
        in_air: list[Any] = []
        for call in campaign.in_air:
            if call.agent is not None:
                continue
            call.age = now - call.started
            in_air.append(call)
        for rival in floor.campaigns:
            if rival is not campaign:
                ratio = self._odds_of_rival(rival)
                in_air += [
                    CallInAir(now - call.started, call.odds * ratio, own=False)
                    for call in rival.in_air
                    if call.agent is None
                ]
        several_ranges = len(campaign.people.ranges) > 1
        upcoming: list[float] = []
        if several_ranges:
            campaign.fates.reach(campaign.dialled + _UPCOMING)
            upcoming = [
                self.odds_of(floor, campaign, campaign.dialled + n) for n in range(_UPCOMING)
            ]
        return Situation(
            mode=self.mode,
            limits=self.limits,
            tally=self._in_window(self._tally(floor, campaign), floor.now),
            ready=len(floor.ready),
            waiting=len(floor.waiting),
            talking=[now - at for agent, at in floor.talking.items() if agent not in leaving],
            after_call=[now - at for agent, at in floor.after_call.items() if agent not in leaving],
            after_call_limit=floor.scenario.talking.after_call_limit,
            in_air=in_air,
            analysing=[now - call.answered for call in floor.analysing if call.agent is None],
            room=floor.room(),
            upcoming=upcoming,
            inbound_per_second=self.inbound,
            curves=self.learner,
        )

    def _odds_of_rival(self, rival: Campaign) -> float:
        """A rival's answer rate by our own, as both have learnt it."""
        level = self.learner.answer_level
        return rival.policy.learner.answer_level / level if level > 0.0 else 1.0

    def _tally(self, floor: Floor, campaign: Campaign) -> Tally:
        record = campaign.record
        abandoned = record.abandoned + record.machines_abandoned
        machines_unseen = record.machines_connected - record.machines_told
        return Tally(
            live=record.live + record.machines_abandoned + machines_unseen + record.ends_unseen,
            abandoned=abandoned + record.ends_unseen,
            dialled=campaign.dialled,
            machines=record.machine_verdicts,
            covered_seconds=floor.now,
        )

    def _in_window(self, today: Tally, now: float) -> Tally:
        """Of the last 24 hours: an hour of yesterday leaves when all of it is longer ago."""
        if not self._yesterday:
            return today
        gone = int(now // _HOUR)
        last = self._yesterday[-1]
        before = Tally() if gone == 0 else self._yesterday[min(gone, len(self._yesterday)) - 1]
        return replace(
            today,
            live=today.live + last.live - before.live,
            abandoned=today.abandoned + last.abandoned - before.abandoned,
            dialled=today.dialled + last.dialled - before.dialled,
            machines=today.machines + last.machines - before.machines,
        )

    def decide(self, floor: Floor, campaign: Campaign) -> int:
        seen = self.situation(floor, campaign)
        if len(floor.campaigns) > 1:
            rivals = [rival.policy for rival in floor.campaigns]
            risk = common_risk(policy.last for policy in rivals if isinstance(policy, Product))
            seen = replace(seen, shared_risk=risk)
        if floor.set_aside:
            limits = replace(self.limits, keep_ready=self.limits.keep_ready + floor.set_aside)
            seen = replace(seen, limits=limits)
        self.last = plan(seen)
        return self.last.dials
