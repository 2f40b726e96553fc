"""Callers who wait in a queue, for supervisors: where they stand, why nobody has taken them yet,
and moving one to another queue or to another priority."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kwabo.domain.reporting.live_views import instant
from kwabo.domain.reporting.queue_figures import QueueOutcome
from kwabo.domain.routing.try_out import try_out
from kwabo.engine.floor import agents, calls, queue_board, queueing, stays
from kwabo.engine.floor.routing_board import MILLISECONDS, free_agent, waiting_call
from kwabo.engine.floor.state import Call, Floor


def listed(floor: Floor, queue_id: UUID) -> list[dict[str, Any]]:
    """Those who wait there, the next by waiting first."""
    waiting = list(floor.calls.queues.get(queue_id, {}).values())
    ready = agents.available(floor, queue_id)
    at_work = floor.agents.staff.get(queue_id, 0)
    found = [_caller(floor, call, ready, at_work) for call in waiting]
    return sorted(found, key=lambda one: int(one["position"]))


def _caller(floor: Floor, call: Call, ready: list[Any], at_work: int) -> dict[str, Any]:
    place = call.queue
    assert place is not None
    routed = waiting_call(floor, call)
    terms = floor.queues.get(place.queue_id)
    passed: dict[str, str] = {}
    if terms is not None:
        now = int(floor.mono * MILLISECONDS)
        free = [free_agent(agent) for agent in ready]
        passed = {
            str(chance.user_id): str(chance.code)
            for chance in try_out(routed, terms, free, now).chances
            if chance.code is not None
        }
    reason = ""
    if place.alerting is not None:
        pass  # an agent is being asked
    elif not at_work:
        reason = "NO_AGENTS"
    elif not ready:
        reason = "ALL_BUSY"
    elif len(passed) == len(ready):
        reason = "NOBODY_FITS"
    return {
        "attempt_id": str(call.attempt_id),
        "number": call.number,
        "position": queueing.position(floor, call),
        "since": instant(queue_board.waits_since(floor, call)),
        "priority": place.priority,
        "skills": [str(need.skill) for need in routed.needs],
        "reason": reason,  # '': somebody will take the call at once
        "passed": passed,  # ready agents of the queue who do not get it, and why
    }


def change(
    floor: Floor,
    queue_id: UUID,
    attempt_id: UUID,
    *,
    to_queue_id: UUID | None,
    priority: int | None,
) -> bool:
    """Give a caller who waits there another queue, another priority or both.

    False: the caller does not wait there any more, or the other queue is gone.
    """
    call = floor.calls.get(attempt_id)
    if call is None or call.queue is None or call.queue.queue_id != queue_id:
        return False
    if to_queue_id is not None and to_queue_id not in floor.queues:
        return False
    if priority is not None:
        call.queue.priority = priority
        floor.calls.changed(call)
        stays.raised(floor, call)
        calls.touch(floor, call, "attempt.priority_changed")
    if to_queue_id is not None and to_queue_id != queue_id:
        queueing.change_queue(floor, call, to_queue_id, QueueOutcome.MOVED)
    floor.settled = False
    floor.quiet = False
    return True
