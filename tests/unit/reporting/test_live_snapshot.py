"""What an event does to a live snapshot, and who may see what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from kwabo.domain.reporting.live_snapshot import Audience, LiveEvent, LiveSnapshot
from kwabo.domain.reporting.live_views import agent_state, attempt_live, instant
from kwabo.domain.reporting.queue_views import queue_live

NOW = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC)
ME, OTHER, ATTEMPT, QUEUE = UUID(int=1), UUID(int=2), UUID(int=9), UUID(int=5)


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
    assert me.part_of_view("agent", mine)
    assert not me.part_of_view("agent", theirs)
    assert not me.part_of_view("campaign", {"campaign_id": "x"})
    assert not me.part_of_view("attempt", attempt(OTHER))


def test_an_agent_is_told_when_their_call_becomes_another_s_and_nothing_after() -> None:
    me = Audience(user_id=ME, sees_all=False)
    assert me.part_of_view("attempt", attempt(ME))
    assert me.part_of_view("attempt", attempt(None))
    assert me.part_of_view("attempt", attempt(OTHER))
    assert not me.part_of_view("attempt", attempt(OTHER, "closed", result="person"))


def test_instants_have_milliseconds_and_a_z() -> None:
    assert instant(NOW) == "2026-11-23T10:00:00.123Z"
    assert instant(None) is None


def test_an_agent_sees_how_many_wait_in_their_own_queues_and_no_more() -> None:
    mine = queue_live(name="Ventes", queue_id=QUEUE, waiting=3, oldest_wait_at=NOW)
    theirs = queue_live(name="Accueil", queue_id=OTHER, waiting=2, oldest_wait_at=NOW)
    me = agent_state(user_id=ME, display_name="M", status="ready", since=NOW, queue_ids=[QUEUE])
    whole = LiveSnapshot(
        position=1,
        agents={str(ME): me},
        queues={view["queue_id"]: view for view in (mine, theirs)},
    )
    audience = Audience(user_id=ME, sees_all=False)
    assert audience.part_of(whole).queues == {
        str(QUEUE): {
            "queue_id": str(QUEUE),
            "name": "Ventes",
            "waiting": 3,
            "oldest_wait_at": instant(NOW),
        }
    }
    assert audience.part_of_view("queue", theirs) is None
    audience.part_of_view("agent", me | {"queue_ids": [str(OTHER)]})
    assert audience.part_of_view("queue", mine) is None
    supervisor = Audience(user_id=OTHER, sees_all=True)
    assert supervisor.part_of(whole).queues == whole.queues
