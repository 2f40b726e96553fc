"""Agents, campaigns and attempts as live views show them.

The floor's events and the snapshot of the live socket carry the same shapes, made here, so that
applying the events to a snapshot gives the next snapshot. Values are ready for JSON: ids and
instants are text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kwabo.domain.pacing.situation import Plan, Tally

View = dict[str, Any]


def instant(at: datetime | None) -> str | None:
    """An instant as the API writes it: UTC with milliseconds, `2026-11-23T10:00:00.000Z`."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def agent_state(
    *,
    user_id: UUID,
    display_name: str,
    status: str,
    since: datetime,
    queue_ids: Iterable[UUID],
    pause_reason_id: UUID | None = None,
    leg_kind: str = "webrtc",
    leg_state: str = "none",
    attempt: View | None = None,
    after_call_until: datetime | None = None,
    pause_after: bool = False,
    preview_until: datetime | None = None,
    fetch_available: bool = False,
    callbacks: View | None = None,
    after_call: str = "",
    pause_cause: str = "",
    alert_until: datetime | None = None,
) -> View:
    """An `AgentState`; `attempt` is an `attempt_live`."""
    return {
        "user_id": str(user_id),
        "display_name": display_name,
        "status": str(status),
        "pause_reason_id": _id(pause_reason_id),
        "since": instant(since),
        "leg": {"kind": leg_kind, "state": leg_state},
        "attempt": attempt,
        "after_call_until": instant(after_call_until),
        "pause_after": pause_after,
        "preview_until": instant(preview_until),
        "queue_ids": sorted(str(queue_id) for queue_id in queue_ids),
        "fetch_available": fetch_available,
        "callbacks": callbacks,
        "after_call": after_call,  # 'offered': may be asked for; 'wanted': was asked for
        "pause_cause": pause_cause,  # 'not_answered': the floor itself has paused the agent
        "alert_until": instant(alert_until),  # the desk rings until then
    }


def attempt_live(
    *,
    attempt_id: UUID,
    campaign_id: UUID,
    campaign_name: str,
    contact_id: UUID,
    attempt_number: int,
    number: str,
    state: str,
    result: str | None = None,
    agent_user_id: UUID | None = None,
    held: bool = False,
    muted: bool = False,
    consult: View | None = None,
    agent_lost: bool = False,
    in_flow: bool = False,
    offered_at: datetime | None = None,
    dialling_at: datetime | None = None,
    ringing_at: datetime | None = None,
    answered_at: datetime | None = None,
    connected_at: datetime | None = None,
    closed_at: datetime | None = None,
) -> View:
    """An `AttemptLive`; `consult` is made by `consult_live`."""
    return {
        "attempt_id": str(attempt_id),
        "campaign_id": str(campaign_id),
        "campaign_name": campaign_name,
        "contact_id": str(contact_id),
        "attempt_number": attempt_number,
        "number": number,
        "state": str(state),
        "result": None if result is None else str(result),
        "agent_user_id": _id(agent_user_id),
        "held": held,
        "muted": muted,
        "consult": consult,
        "agent_lost": agent_lost,
        "in_flow": in_flow,  # a flow has the caller, and no queue
        "offered_at": instant(offered_at),
        "dialling_at": instant(dialling_at),
        "ringing_at": instant(ringing_at),
        "answered_at": instant(answered_at),
        "connected_at": instant(connected_at),
        "closed_at": instant(closed_at),
    }


def consult_live(*, to_label: str, connected: bool) -> View:
    """The third party of an attempt."""
    return {"to_label": to_label, "state": "connected" if connected else "calling"}


def pacing_live(*, mode: str, plan: Plan, target: float, window: str, tally: Tally) -> View:
    """Why a campaign starts as many calls as it does; figures rounded as people read them."""
    return {
        "mode": str(mode),
        "reason": str(plan.reason),
        "target": target,
        "window": window,
        "live": tally.live,
        "abandoned": tally.abandoned,
        "dialled": tally.dialled,
        "figures": {name: _rounded(value) for name, value in asdict(plan.figures).items()},
    }


def abandon_alarm_live(
    *, level: str, tally: Tally, alarm: float | None, stop: float | None
) -> View:
    """An alarm of a campaign's abandon rate, with the counts of its window and the thresholds."""
    return {
        "level": str(level),
        "live": tally.live,
        "abandoned": tally.abandoned,
        "alarm": alarm,
        "stop": stop,
    }


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else round(value, 4)


def campaign_live(
    *,
    campaign_id: UUID,
    name: str,
    mode: str,
    state: str,
    state_reason: str,
    dialling: int = 0,
    ringing: int = 0,
    talking: int = 0,
    agents_ready: int = 0,
    agents_on_call: int = 0,
    agents_after_call: int = 0,
    waiting: int = 0,
    pacing: View | None = None,
    abandon_alarm: View | None = None,
    attempts: int = 0,
    answered: int = 0,
    abandoned: int = 0,
    results: Mapping[str, int] | None = None,
    contacts: int = 0,
    finished: int = 0,
    next_attempt_at: datetime | None = None,
    order_filled: int | None = None,
    callbacks: View | None = None,
    arrived: int = 0,
    in_flow: int = 0,
    oldest_wait_at: datetime | None = None,
    lines_in_use: int = 0,
    opted_out: int = 0,
) -> View:
    """A `CampaignLive`."""
    return {
        "campaign_id": str(campaign_id),
        "name": name,
        "mode": mode,
        "state": str(state),
        "state_reason": str(state_reason),
        "dialling": dialling,
        "ringing": ringing,
        "talking": talking,
        "agents_ready": agents_ready,
        "agents_on_call": agents_on_call,
        "agents_after_call": agents_after_call,
        "waiting": waiting,  # answered people whom no agent has taken yet
        "pacing": pacing,
        "abandon_alarm": abandon_alarm,
        "attempts": attempts,
        "answered": answered,
        "abandoned": abandoned,
        "results": {str(result): count for result, count in sorted((results or {}).items())},
        "contacts": contacts,
        "finished": finished,
        "next_attempt_at": instant(next_attempt_at),
        "order_filled": order_filled,  # of the contacts, while the rest is waited for
        "callbacks": callbacks,
        "arrived": arrived,  # calls from outside that nobody has answered yet
        "in_flow": in_flow,  # callers whom a flow has, and no queue
        "lines_in_use": lines_in_use,  # by its calls
        "opted_out": opted_out,  # people who objected in a flow
        "oldest_wait_at": instant(oldest_wait_at),  # since when the caller who waits longest does
    }


def callbacks_live(*, waiting: int, due: int, missed: int, next_due_at: datetime | None) -> View:
    """How many callbacks of an agent's own, or of a campaign, stand how."""
    return {
        "open": waiting,
        "due": due,
        "missed": missed,  # in the last seven days
        "next_due_at": instant(next_due_at),
    }
