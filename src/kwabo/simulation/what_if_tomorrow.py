"""Tomorrow with the settings asked for, beside tomorrow with the campaign's present ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.what_ifs.settings import asked_settings
from kwabo.ports.what_ifs import SimulationRefused
from kwabo.simulation.learnt import Learnt
from kwabo.simulation.what_if import WhatIfDay, next_callable_day, whole_day_team
from kwabo.simulation.what_if_basis import Basis
from kwabo.simulation.what_if_result import Day, series, summary, waits

Progress = Callable[[float], None]


def tomorrow(basis: Basis, on_progress: Progress) -> dict[str, Any]:
    """The result of a what-if of tomorrow. Raises SimulationRefused."""
    if not basis.contacts:
        raise SimulationRefused(
            "WHAT_IF_NO_CONTACTS",
            "No contact of the list could be called on that day. Add contacts, or change the days "
            "and hours of calling.",
        )
    learnt = Learnt(
        basis.calls,
        where=basis.where,
        after_call_limit=float(basis.campaign.after_call_limit_seconds),
    )
    asked = asked_settings(basis.campaign, basis.asked)
    agents = basis.asked.agents or basis.agents
    day = next_callable_day(asked, basis.now, basis.where)
    wanted = [(asked, agents)]
    present = (basis.campaign, basis.agents or agents)
    if present not in wanted and basis.campaign.mode != "preview":
        wanted.append(present)
    days: list[Sequence[Day]] = []
    for number, (settings, count) in enumerate(wanted):
        run = _prepared(basis, learnt, settings, count)
        days.append(_days(run, basis.asked.runs, number, len(wanted), on_progress))
    whole = (_minutes(asked.callable_until) - _minutes(asked.callable_from)) or 1
    return {
        "basis": {
            "calls_learnt_from": learnt.calls,
            "conversations_learnt_from": learnt.conversations,
            "contacts": len(basis.contacts),
            "contacts_in_list": basis.contacts_in_list,
            "agents": agents,
            "present_agents": present[1],
            "day": day.isoformat(),
        },
        "asked": summary(days[0]),
        "present": {} if basis.campaign.mode == "preview" else summary(days[-1]),
        "series": series(days[0], whole),
        "waits": waits(days[0]),
    }


def _prepared(basis: Basis, learnt: Learnt, settings: CampaignSettings, agents: int) -> WhatIfDay:
    return WhatIfDay(
        settings=settings,
        day=next_callable_day(settings, basis.now, basis.where),
        time_zone=basis.time_zone,
        lines=basis.lines,
        calls_per_second=basis.calls_per_second,
        teams=whole_day_team(agents, settings, learnt.after_call),
        learnt=learnt,
        past=basis.calls,
        contacts=basis.contacts,
    )


def _days(day: WhatIfDay, runs: int, number: int, of: int, on_progress: Progress) -> Sequence[Day]:
    found = []
    for seed in range(1, runs + 1):

        def tell(share: float, done: int = number * runs + seed - 1) -> None:
            on_progress((done + share) / (of * runs))

        found.append(day.run(seed, tell))
    return found


def _minutes(at: Any) -> int:
    return int(at.hour * 60 + at.minute)
