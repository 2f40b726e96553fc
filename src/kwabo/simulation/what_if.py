"""A campaign's day, simulated from what the campaign is and has done.

The day is the product's own floor in virtual time with the campaign's rules, its contacts as far as
they have come, people drawn from its past calls (`learnt`), and pacing that knows what it has
learnt. The same draws are used for the settings asked for and for the present ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from kwabo.adapters.memory.floor_data import FloorData, MemoryContact, MemoryCourse, MemoryUser
from kwabo.domain.campaigns.settings import WINDOW_SECONDS, CampaignSettings
from kwabo.domain.interactions.attempt import Result
from kwabo.domain.pacing.window import begin_of_hour
from kwabo.domain.what_ifs.history import PastCall, WaitingContact
from kwabo.domain.what_ifs.hours import seconds
from kwabo.domain.what_ifs.rules import Before, KeptRules
from kwabo.ports.floor_pacing import HourCount, PacingHistory, PastAttempt
from kwabo.ports.floor_rows import CampaignRow
from kwabo.services.claims import ClaimedCourse
from kwabo.simulation.distributions import Constant, Distribution
from kwabo.simulation.learnt import MACHINE_NOTICED, Learnt
from kwabo.simulation.learnt_people import LearntPeople
from kwabo.simulation.run import simulate
from kwabo.simulation.scenario import (
    Break,
    Callees,
    Campaign,
    ContactList,
    Rates,
    Scenario,
    Team,
    Trunk,
)
from kwabo.simulation.what_if_flow import put_flow, without_agents
from kwabo.simulation.what_if_result import Day
from kwabo.simulation.world import World, begin_of

LONGEST_TALK = Constant(6 * 3600.0)  # the called person ends the conversation before
FEWEST_SECONDS = 1.0  # of an agent at work

NO_RULES = KeptRules()
NOTHING_BEFORE = Before()

_NAME = "campaign"
_TEAM = "team"


class WhatIfDay:
    """A day with certain settings, ready to be run from seeds."""

    def __init__(
        self,
        *,
        settings: CampaignSettings,
        day: date,
        time_zone: str,
        lines: int,
        calls_per_second: float,
        teams: Sequence[Team],
        learnt: Learnt,
        past: Sequence[PastCall],
        contacts: Sequence[WaitingContact],
        hours: tuple[float, float],
        rules: KeptRules = NO_RULES,
        before: Before = NOTHING_BEFORE,
        recorded: Sequence[PastCall] = (),
    ) -> None:
        """`hours`: seconds since midnight between which somebody is at work."""
        self._settings = settings
        self._rules = rules
        self._before = before
        self._learnt = learnt
        self._past = past
        self._contacts = contacts
        self._recorded = recorded
        begins, ends = hours
        self.scenario = Scenario(
            name=_NAME,
            date=day,
            time_zone=time_zone,
            begins=begins,
            ends=ends,
            abandon_window_seconds=24 * 3600.0,
            teams=tuple(teams),
            trunks=(Trunk(lines=lines, calls_per_second=calls_per_second),),
            callees=(Callees(name=_NAME, rates=(Rates(person=0.0),)),),
            lists=(ContactList(name=_NAME, contacts=1, callees=_NAME),),
            campaigns=(_campaign(settings, teams[0].name),),
        )

    def run(self, seed: int, on_progress: Callable[[float], None]) -> Day:
        """The day of a seed."""
        worlds: list[World] = []

        def prepare(world: World) -> None:
            worlds.append(world)
            self._prepare(world)

        outcome = simulate(self.scenario, seed, on_progress=on_progress, prepare=prepare)
        data, begun = worlds[0].data, begin_of(self.scenario)
        ends = [a.row.closed_at for a in data.attempts if a.row.closed_at is not None]
        over = all(course.course.state == "finished" for course in data.courses)
        over = over and len(list(data.courses)) >= len(self._contacts)
        return Day(
            outcome=outcome,
            finished=sum(1 for course in data.courses if course.course.state == "finished"),
            waits=[
                (a.row.connected_at - a.row.answered_at).total_seconds()
                for a in data.attempts
                if a.row.connected_at is not None and a.row.answered_at is not None
            ],
            line_seconds=sum(
                (a.row.closed_at - a.row.dialling_at).total_seconds()
                for a in data.attempts
                if a.row.closed_at is not None and a.row.dialling_at is not None
            ),
            calling_seconds=(max(ends) - begun).total_seconds() if ends else 0.0,
            over=over,
        )

    def _prepare(self, world: World) -> None:
        campaign_id = world.campaign_ids[0]
        campaign = world.data.campaigns[campaign_id]
        lawful = self._lawful(campaign)
        if without_agents(self._settings):
            lawful = put_flow(world.data, world.ids, self._settings, lawful)
        world.data.campaigns.put(campaign_id, lawful)
        self._put_rules(world.data)
        self._put_contacts(world)
        for user in list(world.data.users):
            queues = frozenset({campaign.queue_id})
            world.data.users.put(
                user.user_id,
                MemoryUser(user_id=user.user_id, display_name=user.display_name, queue_ids=queues),
            )
        world.node.far_end = LearntPeople(
            world.seed,
            self._learnt,
            world.clock.now,
            analysis=self._settings.call_analysis,
            recorded=self._recorded,
            stays=self._learnt.talk if without_agents(self._settings) else None,
        )
        world.database.past[campaign_id] = PacingHistory(
            attempts=[_past(call) for call in self._past], hours=self._hours(world)
        )

    def _lawful(self, campaign: CampaignRow) -> CampaignRow:
        """The campaign with its own rules."""
        settings, rules = self._settings, self._rules
        return replace(
            campaign,
            caller_id=settings.caller_id,
            callable_weekdays=settings.callable_weekdays,
            callable_time_set=rules.callable_time_set,
            zone_source=rules.zone_source,
            attempt_limit_ids=tuple(one.attempt_limit_id for one in rules.attempt_limits),
            recall_rules=settings.recall_rules,
            number_order=settings.number_order,
            number_label_order=settings.number_label_order,
            compliance_preset=settings.compliance_preset,
            consent_purpose=settings.consent_purpose,
            consent_required=settings.consent_required,
            contract_calls=settings.contract_calls,
            sector=settings.sector,
        )

    def _put_rules(self, data: FloorData) -> None:
        """What the rules look at beside the campaign and its contacts."""
        for limit in self._rules.attempt_limits:
            data.attempt_limits.put(limit.attempt_limit_id, limit)
        data.law.preset_id = self._rules.preset_id
        for line in self._before.consents:
            data.law.add_consent(line)
        for call in self._before.calls:
            data.before.add(call)
        data.before.numbers = {one.number: one.as_rules_see_it for one in self._before.numbers}

    def _hours(self, world: World) -> list[HourCount]:
        """What lies in the abandon rate's window when the day begins."""
        seconds = WINDOW_SECONDS[self._settings.abandon_window]
        since = world.clock.now() - timedelta(seconds=seconds)
        hours: dict[datetime, list[int]] = {}
        for call in self._past:
            live = call.answered_at is not None and not call.machine
            live = live and call.result != Result.MACHINE
            at = call.answered_at or call.closed_at
            if at >= since:
                hour = hours.setdefault(begin_of_hour(at), [0, 0, 0, 0])
                hour[0] += 1
                hour[1] += live
                hour[2] += live and call.abandoned
                hour[3] += call.result == Result.MACHINE
        return [
            HourCount(hour=hour, dialled=n[0], live=n[1], abandoned=n[2], machines=n[3])
            for hour, n in sorted(hours.items())
        ]

    def _put_contacts(self, world: World) -> None:
        """The campaign's contacts in the place of the scenario's; those with a course first."""
        data, campaign_id = world.data, world.campaign_ids[0]
        list_id = data.campaigns[campaign_id].contact_list_id
        for contact_id in data.lists.pop(list_id, []):
            data.contacts.remove(contact_id)
        begun = [one for one in self._contacts if one.next_attempt_at is not None]
        fresh = [one for one in self._contacts if one.next_attempt_at is None]
        for one in (*begun, *fresh):
            data.add_contact(
                MemoryContact(
                    contact_id=one.contact_id,
                    contact_list_id=list_id,
                    numbers=one.numbers,
                    labels=one.labels,
                    number_zones=one.number_zones,
                    time_zone=one.time_zone,
                )
            )
        for one in begun:
            course = ClaimedCourse(
                campaign_id=campaign_id,
                contact_id=one.contact_id,
                state="open",
                attempts=one.attempts,
                next_attempt_at=one.next_attempt_at,
                last_attempt_at=one.last_attempt_at,
            )
            known = MemoryCourse(
                course=course, last_result=one.last_result, result_counts=one.result_counts
            )
            data.courses.put((campaign_id, one.contact_id), known)
        data.scanned.put(campaign_id, len(begun))


def whole_day_team(
    agents: int, hours: tuple[float, float], after_call: Distribution
) -> tuple[Team, ...]:
    """Agents who are at work all the hours long."""
    return (
        Team(
            name=_TEAM,
            agents=agents,
            begins=hours[0],
            ends=hours[1],
            talk=LONGEST_TALK,
            after_call=after_call,
            pace_spread=0.0,
            machine_noticed=MACHINE_NOTICED,
        ),
    )


def recorded_teams(
    spans: Sequence[Sequence[tuple[datetime, datetime]]],
    *,
    midnight: datetime,
    after_call: Distribution,
) -> tuple[Team, ...]:
    """Agents who come and go as on a recorded day: a team of one for each."""
    teams = []
    for number, of_agent in enumerate(spans):
        moments = [
            ((begin - midnight).total_seconds(), (end - midnight).total_seconds())
            for begin, end in of_agent
        ]
        breaks = [
            Break(at=end, seconds=following - end)
            for (_, end), (following, _) in pairwise(moments)
            if following > end
        ]
        first, last = max(0.0, moments[0][0]), min(24 * 3600.0, moments[-1][1])
        if last - first >= FEWEST_SECONDS:
            teams.append(
                Team(
                    name=f"{_TEAM} {number}",
                    agents=1,
                    begins=first,
                    ends=last,
                    log_in_spread_seconds=0.0,
                    breaks=tuple(breaks),
                    talk=LONGEST_TALK,
                    after_call=after_call,
                    pace_spread=0.0,
                    machine_noticed=MACHINE_NOTICED,
                )
            )
    return tuple(teams)


def _campaign(settings: CampaignSettings, team: str) -> Campaign:
    return Campaign(
        name=_NAME,
        list=_NAME,
        team=team,
        mode=settings.mode,
        callable_from=seconds(settings.callable_from),
        callable_until=seconds(settings.callable_until),
        max_attempts=settings.max_attempts,
        minimum_gap_seconds=settings.minimum_gap_seconds,
        recall_seconds=dict(settings.recall_seconds),
        no_answer_timeout_seconds=settings.no_answer_timeout_seconds,
        after_call_limit_seconds=settings.after_call_limit_seconds,
        call_analysis=settings.call_analysis,
        calls_per_agent=settings.calls_per_agent,
        calls_per_agent_ceiling=settings.calls_per_agent_ceiling,
        abandon_target=settings.abandon_target,
        abandon_window=settings.abandon_window,
        agents_kept_free=settings.agents_kept_free,
    )


def _past(call: PastCall) -> PastAttempt:
    return PastAttempt(
        number=call.number,
        dialled_at=call.dialling_at,
        result=call.result,
        answered_at=call.answered_at,
        connected_at=call.connected_at,
        closed_at=call.closed_at,
        abandoned=call.abandoned,
        after_call_seconds=call.after_call_seconds,
        wrapped_by_person=call.after_call_seconds is not None,
        was_machine=call.machine,
    )
