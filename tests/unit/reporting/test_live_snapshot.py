"""What an event does to a live snapshot, and who may see what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from kwabo.domain.reporting.live_snapshot import Audience, LiveEvent, LiveSnapshot
from kwabo.domain.reporting.live_views import agent_state, attempt_live, instant

NOW = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC)
ME, OTHER, ATTEMPT = UUID(int=1), UUID(int=2), UUID(int=9)


def attempt(agent: UUID | None, state: str = "connected", **values: Any) -> dict[str, Any]:
    return attempt_live(
        attempt_id=ATTEMPT,
        campaign_id=UUID(int=3),
        campaign_name="C",
        contact_id=UUID(int=4),
        attempt_number=1,
        number="+2290161000000",
        state=state,
        agent_user_id=agent,
        **values,
    )


def event(position: int, entity: str, data: dict[str, Any]) -> LiveEvent:
    return LiveEvent(position=position, at=NOW, kind="x", entity=entity, data=data)


def test_an_event_replaces_one_entity_whole() -> None:
    snapshot = LiveSnapshot(position=4, attempts={str(ATTEMPT): attempt(ME, "ringing")})
    snapshot.apply(event(5, "attempt", attempt(ME)))
    assert snapshot.position == 5
    assert snapshot.attempts == {str(ATTEMPT): attempt(ME)}


def test_a_gap_is_noticed() -> None:
    with pytest.raises(ValueError, match="does not follow"):
        LiveSnapshot(position=4).apply(event(6, "attempt", attempt(ME)))


def test_closed_attempts_go_after_a_minute() -> None:
    closed = attempt(ME, "closed", result="person", closed_at=NOW)
    snapshot = LiveSnapshot(position=0, attempts={str(ATTEMPT): closed})
    snapshot.forget_closed(NOW + timedelta(seconds=59))
    assert snapshot.attempts
    snapshot.forget_closed(NOW + timedelta(seconds=61))
    assert not snapshot.attempts


def test_an_agent_sees_only_their_own_work() -> None:
    me = Audience(user_id=ME, sees_all=False)
    mine = agent_state(user_id=ME, display_name="M", status="ready", since=NOW, queue_ids=[])
    theirs = agent_state(user_id=OTHER, display_name="O", status="ready", since=NOW, queue_ids=[])
    assert me.may_see("agent", mine)
    assert not me.may_see("agent", theirs)
    assert not me.may_see("campaign", {"campaign_id": "x"})
    assert not me.may_see("attempt", attempt(OTHER))


def test_an_agent_is_told_when_their_call_becomes_another_s_and_nothing_after() -> None:
    me = Audience(user_id=ME, sees_all=False)
    assert me.may_see("attempt", attempt(ME))
    assert me.may_see("attempt", attempt(None))
    assert me.may_see("attempt", attempt(OTHER))
    assert not me.may_see("attempt", attempt(OTHER, "closed", result="person"))


def test_instants_have_milliseconds_and_a_z() -> None:
    assert instant(NOW) == "2026-11-23T10:00:00.123Z"
    assert instant(None) is None
