"""Tomorrow with the settings asked for, beside tomorrow with the campaign's present ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.compliance.law import OrganisationLaw, law_of
from kwabo.domain.what_ifs.hours import open_day
from kwabo.domain.what_ifs.rules import KeptRules
from kwabo.domain.what_ifs.settings import asked_settings
from kwabo.ports.what_ifs import SimulationRefused
from kwabo.simulation.learnt import Learnt
from kwabo.simulation.what_if import WhatIfDay, whole_day_team
from kwabo.simulation.what_if_basis import Basis
from kwabo.simulation.what_if_flow import LEFT_OUT, as_stays, without_agents
from kwabo.simulation.what_if_result import Day, series, summary, waits

Progress = Callable[[float], None]


def _no_contacts() -> SimulationRefused:
    return SimulationRefused(
        "WHAT_IF_NO_CONTACTS",
        "No contact of the list could be called on that day. Add contacts, or change the days and "
        "hours of calling.",
    )


def tomorrow(basis: Basis, on_progress: Progress) -> dict[str, Any]:
    """The result of a what-if of tomorrow. Raises SimulationRefused."""
    if not basis.contacts:
        raise _no_contacts()
    flow = without_agents(basis.campaign)
    learnt = Learnt(
        as_stays(basis.calls) if flow else basis.calls,
        where=basis.where,
        after_call_limit=float(basis.campaign.after_call_limit_seconds),
    )
    asked = asked_settings(basis.campaign, basis.asked)
    _check_law(asked, basis)
    agents = 1 if flow else basis.asked.agents or basis.agents  # a team of the simulation
    day, begins, ends = _open_day(asked, basis)
    wanted = [(asked, agents)]
    present = (basis.campaign, agents if flow else basis.agents or agents)
    if present not in wanted and basis.campaign.mode != "preview":
        wanted.append(present)
    days: list[Sequence[Day]] = []
    for number, (settings, count) in enumerate(wanted):
        run = _prepared(basis, learnt, settings, count)
        days.append(_days(run, basis.asked.runs, number, len(wanted), on_progress))
    return {
        "basis": {
            "calls_learnt_from": learnt.calls,
            "conversations_learnt_from": learnt.conversations,
            "contacts": len(basis.contacts),
            "contacts_in_list": basis.contacts_in_list,
            "agents": 0 if flow else agents,
            "present_agents": 0 if flow else present[1],
            "lines": asked.lines_most if flow else None,
            "present_lines": basis.campaign.lines_most if flow else None,
            **_when("", (day, begins, ends)),
            **_when("present_", _open_day(wanted[-1][0], basis)),
            "left_out": [*basis.rules.left_out, *([LEFT_OUT] if flow else [])],
        },
        "asked": summary(days[0]),
        "present": {} if basis.campaign.mode == "preview" else summary(days[-1]),
        "series": series(days[0], int((ends - begins) // 60) or 1),
        "waits": waits(days[0]),
    }


def _when(prefix: str, day: tuple[date, float, float]) -> dict[str, Any]:
    """The day and its hours by the list's clock; an end at midnight is 24:00."""
    on, begins, ends = day
    hours = [_clock(begins), _clock(math.ceil(ends / 60) * 60)]
    return {f"{prefix}day": on.isoformat(), f"{prefix}hours": hours}


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 3600:02d}:{int(seconds) // 60 % 60:02d}"


def _check_law(settings: CampaignSettings, basis: Basis) -> None:
    law = law_of(settings, OrganisationLaw(preset_id=basis.rules.preset_id))
    if law.objections:
        raise SimulationRefused(
            "WHAT_IF_NOT_LAWFUL",
            "Nobody would be called: a setting is laxer than the law that the campaign keeps. The "
            "campaign's page names it; change it there, then simulate again.",
        )


def _rules(settings: CampaignSettings, basis: Basis) -> KeptRules:
    """The campaign's; other hours that are asked for stand in place of its callable time set."""
    ours = basis.campaign
    same = settings.callable_from == ours.callable_from
    same = same and settings.callable_until == ours.callable_until
    return basis.rules if same else replace(basis.rules, callable_time_set=None)


def _open_day(settings: CampaignSettings, basis: Basis) -> tuple[date, float, float]:
    """Tomorrow, or the first day after it on which the campaign may call, and its hours."""
    first = basis.now.astimezone(basis.where).date() + timedelta(days=1)
    time_set = _rules(settings, basis).callable_time_set
    found = open_day(settings, time_set, basis.time_zone, first)
    if found is None:
        raise _no_contacts()
    return found


def _prepared(basis: Basis, learnt: Learnt, settings: CampaignSettings, agents: int) -> WhatIfDay:
    day, begins, ends = _open_day(settings, basis)
    return WhatIfDay(
        settings=settings,
        day=day,
        time_zone=basis.time_zone,
        lines=basis.lines,
        calls_per_second=basis.calls_per_second,
        teams=whole_day_team(agents, (begins, ends), learnt.after_call),
        learnt=learnt,
        past=basis.calls,
        contacts=basis.contacts,
        hours=(begins, ends),
        rules=_rules(settings, basis),
        before=basis.before,
    )


def _days(day: WhatIfDay, runs: int, number: int, of: int, on_progress: Progress) -> Sequence[Day]:
    found = []
    for seed in range(1, runs + 1):

        def tell(share: float, done: int = number * runs + seed - 1) -> None:
            on_progress((done + share) / (of * runs))

        found.append(day.run(seed, tell))
    return found
