"""A recorded day of a campaign played again, as it was or with other settings.

As it was: every start, outcome and coming and going is the recorded one (see `replay`). With other
settings the pacing decides anew; contacts that were called on the day do what they did, the n-th
call to each as recorded, and whoever is called beyond that is drawn from what was learnt.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.domain.campaigns.settings import CampaignSettings
from kwabo.domain.what_ifs.history import WaitingContact
from kwabo.domain.what_ifs.hours import seconds
from kwabo.domain.what_ifs.presence_spans import spans_at_work
from kwabo.domain.what_ifs.recorded_day import Counts, RecordedDay, recorded_fates
from kwabo.domain.what_ifs.recorded_inputs import inputs_of
from kwabo.domain.what_ifs.settings import asked_settings, changed_settings
from kwabo.ports.floor_rows import CampaignRow, TrunkRow, plain_campaign
from kwabo.ports.what_ifs import SimulationRefused
from kwabo.simulation.learnt import Learnt
from kwabo.simulation.replay import replay
from kwabo.simulation.scenario import Team
from kwabo.simulation.what_if import WhatIfDay, recorded_teams, whole_day_team
from kwabo.simulation.what_if_basis import Basis
from kwabo.simulation.what_if_result import Day, compared, summary

Progress = Callable[[float], None]

# After-call work ends when the record says so, not at the present limit.
NO_LIMIT_SECONDS = 1_000_000


def replayed(basis: Basis, on_progress: Progress) -> dict[str, Any]:
    """The result of a day that is played again. Raises SimulationRefused."""
    day = RecordedDay(
        begin=basis.midnight, calls=basis.day, statuses=basis.statuses, steps=basis.steps
    )
    _check(day)
    lived = replace(basis.campaign, mode=Counter(c.mode for c in day.calls).most_common(1)[0][0])
    spans = spans_at_work(inputs_of(day), max(call.closed_at for call in day.calls))
    changed = changed_settings(lived, basis.asked, agents=len(spans))
    recorded = Counts.of(recorded_fates(day).values())
    if changed:
        days = _lived_otherwise(basis, lived, list(spans.values()), on_progress)
        return {
            "recorded": dict(recorded.results),
            "replayed": _mean_results(days),
            "abandoned": {
                "recorded": recorded.abandoned,
                "replayed": _mean([one.outcome.calls.abandoned for one in days]),
            },
            "live_answers": {
                "recorded": recorded.live_answers,
                "replayed": _mean([one.outcome.calls.live_answers for one in days]),
            },
            "conversations": {
                "recorded": recorded.conversations,
                "replayed": _mean([one.outcome.calls.conversations for one in days]),
            },
            "exact": False,
            "differences": [],
            "settings_changed": changed,
            "summary": summary(days),
        }
    fates = recorded_fates(day)
    again = replay(day, campaign_row(basis, lived), trunk_row(basis, lived), on_progress)
    return compared(fates, again)


def _check(day: RecordedDay) -> None:
    if all(call.mode == "preview" for call in day.calls):
        raise SimulationRefused(
            "WHAT_IF_PREVIEW_DAY",
            "On this day agents decided when to call, so there is no pacing to play again. Choose "
            "another day.",
        )
    told = {step.attempt_id for step in day.steps}
    if not day.statuses or any(call.attempt_id not in told for call in day.calls):
        raise SimulationRefused(
            "WHAT_IF_DAY_FORGOTTEN",
            "The floor's events of this day are gone or incomplete, so it cannot be played again. "
            "Choose another day.",
        )


def _lived_otherwise(
    basis: Basis,
    lived: CampaignSettings,
    spans: Sequence[Sequence[tuple[datetime, datetime]]],
    on_progress: Progress,
) -> list[Day]:
    # Whoever was called on the day was called lawfully; what was proven then is not kept.
    unbound = replace(lived, compliance_preset="none", consent_required=False)
    settings = asked_settings(unbound, basis.asked)
    learnt = Learnt(
        (*basis.calls, *basis.day),
        where=basis.where,
        after_call_limit=float(lived.after_call_limit_seconds),
    )
    if basis.asked.agents is not None:
        hours = (seconds(settings.callable_from), seconds(settings.callable_until))
        teams = whole_day_team(basis.asked.agents, hours, learnt.after_call)
    else:
        teams = recorded_teams(spans, midnight=basis.midnight, after_call=learnt.after_call)
    if not teams:
        raise SimulationRefused(
            "WHAT_IF_NO_AGENTS", "No agent was at work on this day. Say how many there are to be."
        )
    assert basis.asked.day is not None
    day = WhatIfDay(
        settings=replace(settings, callable_weekdays=(1, 2, 3, 4, 5, 6, 7)),
        day=basis.asked.day,
        time_zone=basis.time_zone,
        lines=basis.lines,
        calls_per_second=basis.calls_per_second,
        teams=teams,
        learnt=learnt,
        past=[call for call in basis.calls if call.closed_at < basis.midnight],
        contacts=_contacts(basis),
        recorded=basis.day,
        hours=_hours(settings, teams),
    )
    runs = basis.asked.runs
    return [
        day.run(seed, lambda share, done=seed - 1: on_progress((done + share) / runs))  # type: ignore[misc]
        for seed in range(1, runs + 1)
    ]


def _hours(settings: CampaignSettings, teams: Sequence[Team]) -> tuple[float, float]:
    """From the first agent's coming to the last one's going, within the callable hours."""
    begins = max(seconds(settings.callable_from), min(team.begins for team in teams))
    ends = min(seconds(settings.callable_until), max(team.ends for team in teams))
    if ends <= begins:
        raise SimulationRefused(
            "WHAT_IF_NO_AGENTS",
            "No agent was at work within these hours. Choose other hours, or say how many agents "
            "there are to be.",
        )
    return begins, ends


def _contacts(basis: Basis) -> list[WaitingContact]:
    """Who was called on the day, in that order, then who could be called now."""
    numbers: dict[UUID, dict[str, None]] = {}
    for call in basis.day:
        numbers.setdefault(call.contact_id, {})[call.number] = None
    found = [
        WaitingContact(
            contact_id=contact_id,
            numbers=tuple(of_contact),
            time_zone=None,
            attempts=0,
            next_attempt_at=None,
        )
        for contact_id, of_contact in numbers.items()
    ]
    others = [one for one in basis.contacts if one.contact_id not in numbers]
    return found + [
        replace(
            one,
            attempts=0,
            next_attempt_at=None,
            last_attempt_at=None,
            last_result=None,
            result_counts={},
        )
        for one in others
    ]


def _mean(values: Sequence[int]) -> int:
    return round(math.fsum(values) / len(values))


def _mean_results(days: Sequence[Day]) -> Mapping[str, int]:
    names = sorted({name for day in days for name in day.outcome.calls.results})
    return {name: _mean([day.outcome.calls.results.get(name, 0) for day in days]) for name in names}


def campaign_row(basis: Basis, settings: CampaignSettings) -> CampaignRow:
    """The campaign as a floor knows it, running."""
    return plain_campaign(
        basis.campaign_id,
        name=settings.name,
        mode=settings.mode,
        priority=settings.priority,
        contact_list_id=settings.contact_list_id,
        queue_id=settings.queue_id,
        trunk_id=settings.trunk_id,
        caller_id=settings.caller_id,
        callable_weekdays=settings.callable_weekdays,
        callable_from=settings.callable_from,
        callable_until=settings.callable_until,
        list_time_zone=basis.time_zone,
        dnc_list_ids=settings.dnc_list_ids,
        max_attempts=settings.max_attempts,
        recall_seconds=settings.recall_seconds,
        minimum_gap_seconds=settings.minimum_gap_seconds,
        no_answer_timeout_seconds=settings.no_answer_timeout_seconds,
        after_call_limit_seconds=NO_LIMIT_SECONDS,
        call_analysis=settings.call_analysis,
        calls_per_agent=settings.calls_per_agent,
        calls_per_agent_ceiling=settings.calls_per_agent_ceiling,
        abandon_target=settings.abandon_target,
        abandon_window=settings.abandon_window,
        weight=settings.weight,
        agents_kept_free=settings.agents_kept_free,
        preview_delivery=settings.preview_delivery,
        preview_timeout_seconds=settings.preview_timeout_seconds,
        preview_skip_allowed=settings.preview_skip_allowed,
        state="running",
    )


def trunk_row(basis: Basis, settings: CampaignSettings) -> TrunkRow:
    """The campaign's trunk."""
    return TrunkRow(
        trunk_id=settings.trunk_id,
        endpoint="recorded",
        lines=basis.lines,
        calls_per_second=basis.calls_per_second,
        attempt_header=None,
    )
