"""How many callbacks of a floor in memory stand how."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from kwabo.adapters.memory.floor_data import FloorData, MemoryCallback
from kwabo.ports.floor_rows import CallbackTallies, CallbackTally, KeptPlace


def places(data: FloorData) -> list[KeptPlace]:
    """Those that keep a place in a queue."""
    found = []
    for key, one in data.callbacks_by.open.items():
        written, known = one.written, data.courses.get(key)
        course = known.course if known is not None else None
        if written.place is None:
            continue
        again_at = course.next_attempt_at if course is not None else None
        assert written.latest_at is not None
        found.append(
            KeptPlace(
                callback_id=written.callback_id,
                campaign_id=written.campaign_id,
                contact_id=written.contact_id,
                queue_id=written.place.queue_id,
                waiting_since=written.place.waiting_since,
                call_at=max(written.due_at, again_at or written.due_at),
                latest_at=written.latest_at,
                priority=written.place.priority,
                language=written.place.language,
                skills=written.place.skills,
                tries=one.tries,
                calling=course is not None and course.state == "in_progress",
            )
        )
    return sorted(found, key=lambda one: (one.waiting_since, one.callback_id))


def tallies(data: FloorData, now: datetime, missed_since: datetime) -> CallbackTallies:
    """Those of each owner and of each campaign that have any."""
    counted = [one for one in data.callbacks if one.state in ("open", "missed", "expired")]
    return CallbackTallies(
        of_agents=_by(counted, lambda one: one.written.owner_user_id, now, missed_since),
        of_campaigns=_by(counted, lambda one: one.written.campaign_id, now, missed_since),
    )


def _by(
    callbacks: Iterable[MemoryCallback],
    key: Callable[[MemoryCallback], UUID | None],
    now: datetime,
    missed_since: datetime,
) -> dict[UUID, CallbackTally]:
    groups: dict[UUID, list[MemoryCallback]] = {}
    for one in callbacks:
        found = key(one)
        if found is not None:
            groups.setdefault(found, []).append(one)
    return {found: _tally(group, now, missed_since) for found, group in groups.items()}


def _tally(
    callbacks: Iterable[MemoryCallback], now: datetime, missed_since: datetime
) -> CallbackTally:
    open_ = [one.written.due_at for one in callbacks if one.state == "open"]
    ended = [one.changed_at for one in callbacks if one.state != "open"]
    return CallbackTally(
        open=len(open_),
        due=sum(1 for at in open_ if at <= now),
        next_due_at=min((at for at in open_ if at > now), default=None),
        missed=sum(1 for at in ended if at is not None and at >= missed_since),
    )
