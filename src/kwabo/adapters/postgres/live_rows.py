"""From rows of `live.py` to live views. Names of people and campaigns are always the newest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kwabo.domain.reporting import live_views
from kwabo.domain.reporting.live_views import View
from kwabo.domain.reporting.queue_views import queue_live


def attempt_view(row: Any) -> View:
    """An `AttemptLive`."""
    if row.view is not None:
        return {**row.view, "campaign_name": row.campaign_name}
    return live_views.attempt_live(
        attempt_id=row.attempt_id,
        campaign_id=row.campaign_id,
        campaign_name=row.campaign_name,
        contact_id=row.contact_id,
        attempt_number=row.attempt_number,
        number=row.number,
        state=row.state,
        result=row.result,
        agent_user_id=row.agent_user_id,
        offered_at=row.offered_at,
        dialling_at=row.dialling_at,
        ringing_at=row.ringing_at,
        answered_at=row.answered_at,
        connected_at=row.connected_at,
        closed_at=row.closed_at,
    )


def agent_view(row: Any, attempts: Mapping[str, View]) -> View:
    """An `AgentState`; `attempts` are those at hand, by id."""
    if row.view is not None:
        return {
            **row.view,
            "display_name": row.display_name,
            "queue_ids": sorted(str(queue_id) for queue_id in row.queue_ids),
        }
    return live_views.agent_state(
        user_id=row.user_id,
        display_name=row.display_name,
        status=row.status,
        since=row.since,
        queue_ids=row.queue_ids,
        pause_reason_id=row.pause_reason_id,
        leg_kind=row.leg_kind,
        attempt=attempts.get(str(row.attempt_id)),
        after_call_until=row.after_call_until,
        pause_after=row.pause_after,
    )


def campaign_view(row: Any) -> View:
    """A `CampaignLive`."""
    if row.view is not None:
        return {**row.view, "name": row.name, "mode": row.mode}
    return live_views.campaign_live(
        campaign_id=row.campaign_id,
        name=row.name,
        mode=row.mode,
        state=row.state,
        state_reason=row.state_reason,
        contacts=row.contacts,
    )


def queue_view(row: Any) -> View:
    """A `QueueLive`; until a floor tells of it one in which nothing has happened."""
    if row.view is not None:
        return {**row.view, "name": row.name}
    return queue_live(queue_id=row.queue_id, name=row.name)
