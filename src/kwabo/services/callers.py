"""What is known of a call from outside: its number, its way through the flow, its wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.domain.flows.told import PassedNode, way_of
from kwabo.domain.routing.explanation import explanation_of
from kwabo.domain.routing.sentences import Names, told
from kwabo.ports.attempts import ArrivedCall, FlowRecording
from kwabo.services.unit_of_work import Stores


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A call from outside as people read it."""

    called_number: str
    label: str  # of the number called; '': it has none, or is there no longer
    language: str
    arrived_at: datetime
    queue_id: UUID | None
    queue_name: str | None
    queued_at: datetime | None
    waited_seconds: float | None  # in the queue: to an agent, to a callback, or to giving up
    way: tuple[PassedNode, ...]
    results: Mapping[str, str]  # that the flow has noted
    recordings: tuple[FlowRecording, ...]  # of what the caller said to the flow
    outcome: str  # '': the flow is not over, or the call is in no flow
    routing: tuple[str, ...]  # why it went to its agent, as sentences


async def caller_of(
    stores: Stores, attempt_id: UUID, language: str, *, personal: bool
) -> Caller | None:
    """The call's caller; None: the call did not come from outside. `personal`: with what the flow
    has noted of personal data."""
    call = await stores.attempts.arrived(attempt_id)
    if call is None:
        return None
    trail = call.flow.get("trail") or ()
    results = dict(call.flow.get("results") or {})
    if personal:
        results |= call.flow.get("personal") or {}
    return Caller(
        called_number=call.called_number,
        label=call.label,
        language=call.language,
        arrived_at=call.arrived_at,
        queue_id=call.queue_id,
        queue_name=call.queue_name,
        queued_at=call.queued_at,
        waited_seconds=_waited(call),
        way=way_of(trail, await _documents(stores, trail)),
        results=results,
        recordings=tuple(await stores.attempts.recordings(attempt_id)) if personal else (),
        outcome=str(call.flow.get("outcome") or ""),
        routing=await _routing(stores, call, language),
    )


def _waited(call: ArrivedCall) -> float | None:
    until = call.left_queue_at
    if not call.stayed:  # of before stays were kept
        until = call.connected_at or call.closed_at
    if call.queued_at is None or until is None:
        return None
    return max(0.0, (until - call.queued_at).total_seconds())


async def _documents(stores: Stores, trail: Any) -> dict[str, Mapping[str, Any]]:
    wanted = {str(passed.get("flow_id") or "") for passed in trail}
    if not wanted:
        return {}
    published = await stores.flows.published()
    return {str(one.flow_id): one.document for one in published if str(one.flow_id) in wanted}


async def _routing(stores: Stores, call: ArrivedCall, language: str) -> tuple[str, ...]:
    document = call.flow.get("routing")
    if not document:
        return ()
    explanation = explanation_of(document)
    agents = {explanation.user_id, *(one.user_id for one in explanation.agents)}
    if explanation.runner_up is not None:
        agents.add(explanation.runner_up)
    users = [await stores.users.get(user_id) for user_id in sorted(agents)]
    names = {user.user_id: user.display_name for user in users if user is not None}
    return told(
        explanation,
        Names(
            agent=lambda user_id: names.get(user_id, "?"),
            call=lambda call_id: str(call_id)[-6:],
            queue=lambda _: call.queue_name or "?",
        ),
        language,
    )
