"""Places in queues that are kept while nobody is on the line: callbacks that wait with the callers.

They are rows of the database, read again whenever one of them has changed; so whoever takes the
floor has them all. One whose turn it is gets an agent, and its contact is claimed for that agent:
all rules are asked then, as before every call.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kwabo.domain.campaigns.lifecycle import CampaignState
from kwabo.domain.interactions.attempt import Result
from kwabo.domain.routing.settings import CallbackFirst, QueueSettings
from kwabo.engine.floor.state import INBOUND, Agent, Call, Campaign, Floor
from kwabo.ports.floor_changes import CallbackChanged, CallbackWritten, CourseWritten, PlaceInQueue
from kwabo.ports.floor_claims import ClaimRequest
from kwabo.ports.floor_rows import KeptPlace

TRIED_AGAIN = "CALLBACK_TRIED_AGAIN"
EXPIRED = "CALLBACK_EXPIRED"
_DEFAULT = QueueSettings()


def settings_of(floor: Floor, queue_id: UUID) -> QueueSettings:
    """What the queue says."""
    return floor.queue_settings.get(queue_id, _DEFAULT)


def promise(
    floor: Floor,
    call: Call,
    queue_id: UUID,
    number: str,
    *,
    priority: int = 0,
    language: str = "",
    skills: tuple[str, ...] = (),
) -> None:
    """Keep the caller's place, from when they began to wait there; else from now."""
    since = call.queued_at if call.queue_id == queue_id and call.queued_at else floor.now
    settings = settings_of(floor, queue_id)
    floor.out.write(
        CallbackWritten(
            callback_id=floor.ids.new(),
            campaign_id=call.campaign_id,
            contact_id=call.contact_id,
            attempt_id=call.attempt_id,
            owner_user_id=None,
            number=number,
            due_at=floor.now,
            note="",
            at=floor.now,
            latest_at=floor.now + timedelta(seconds=settings.callback_expires_seconds),
            place=PlaceInQueue(
                queue_id=queue_id,
                waiting_since=since,
                priority=priority,
                language=language,
                skills=skills,
            ),
        )
    )
    if not any(one.contact_id == call.contact_id for one in floor.live_calls() if not one.inbound):
        floor.out.write(
            CourseWritten(
                campaign_id=call.campaign_id,
                contact_id=call.contact_id,
                state="open",
                attempts=call.course_attempts,
                last_attempt_at=None,
                last_result=None,
                next_attempt_at=floor.now,
                reason="CALLBACK_SCHEDULED",
            )
        )
    changed(floor)


def changed(floor: Floor) -> None:
    """Read them again before the next step."""
    floor.places_stale = True
    floor.settled = False
    floor.quiet = False


def waiting(floor: Floor) -> list[KeptPlace]:
    """Those whose caller may be called now, as far as lines and the switch allow it."""
    if not floor.places or not floor.switch_ready or not floor.reconciled:
        return []
    found: list[KeptPlace] = []
    rooms: dict[UUID, int] = {}  # trunk → calls that may start now
    for place in floor.places.values():
        campaign = floor.campaigns.get(place.campaign_id)
        trunk = floor.trunks.get(campaign.row.trunk_id) if campaign is not None else None
        if campaign is None or trunk is None or not calls_back(campaign):
            continue
        may = place.call_at <= floor.now < place.latest_at and place.queue_id in floor.queues
        if place.calling or not may:
            continue
        trunk_id = trunk.row.trunk_id
        if trunk_id not in rooms:
            free = trunk.row.lines - floor.lines_in_use(trunk_id)
            rooms[trunk_id] = min(free, trunk.may_start(floor.mono))
        if rooms[trunk_id] > 0:
            rooms[trunk_id] -= 1
            found.append(place)
    return found


def calls_back(campaign: Campaign) -> bool:
    """Whether callers of the campaign are called back: unless somebody has stopped that."""
    if campaign.row.mode == INBOUND:
        return campaign.state in (CampaignState.READY, CampaignState.RUNNING)
    return campaign.state == CampaignState.RUNNING


def next_at(floor: Floor) -> float:
    """When the next one may be called or ends, by the steady clock."""
    instants = [
        instant
        for place in floor.places.values()
        for instant in (place.call_at, place.latest_at)
        if instant > floor.now
    ]
    if not instants:
        return float("inf")
    return floor.mono + (min(instants) - floor.now).total_seconds()


def expire(floor: Floor) -> None:
    """End those that nobody could make in time."""
    over = [p for p in floor.places.values() if p.latest_at <= floor.now and not p.calling]
    for place in over:
        del floor.places[place.callback_id]
        floor.out.write(
            CallbackChanged(
                callback_id=place.callback_id,
                state="expired",
                due_at=place.call_at,
                reason=EXPIRED,
                at=floor.now,
            )
        )


def claim(floor: Floor, place: KeptPlace, agent: Agent) -> ClaimRequest:
    """The contact, for the agent whose turn it brings: called at once, or shown first."""
    del floor.places[place.callback_id]
    changed(floor)
    first = settings_of(floor, place.queue_id).callback_first
    return ClaimRequest(
        campaign=floor.campaigns[place.campaign_id].row,
        attempt_ids=[floor.ids.new()],
        agent_user_ids=[agent.user_id],
        offer=first is CallbackFirst.AGENT,
        now=floor.now,
        only=place.contact_id,
        place=place,
    )


def closed(floor: Floor, call: Call, *, dialled: bool) -> bool:
    """The call that was to make a promise has ended. True: the place is kept for another try."""
    place = call.place
    if place is None:
        return False
    changed(floor)
    settings = settings_of(floor, place.queue_id)
    again_at = floor.later(settings.callback_retry_seconds)
    reached = call.result is Result.PERSON
    if not dialled or reached or call.result is Result.CANCELLED:
        return not reached
    if place.tries + 1 >= settings.callback_tries or again_at >= place.latest_at:
        return False
    floor.out.write(
        CallbackChanged(
            callback_id=place.callback_id,
            state="open",
            due_at=again_at,
            reason=TRIED_AGAIN,
            at=floor.now,
            tried=True,
        )
    )
    call.callback_due_at = again_at
    return True


def offered(floor: Floor, call: Call) -> QueueSettings | None:
    """What the queue says, when it offers this caller who waits to be called back; else None."""
    settings = floor.queue_settings.get(call.queue.queue_id) if call.queue is not None else None
    if settings is None or settings.callback_after_seconds is None or call.queue is None:
        return None
    long_enough = floor.mono - call.queue.since >= settings.callback_after_seconds
    return settings if call.number and long_enough else None
