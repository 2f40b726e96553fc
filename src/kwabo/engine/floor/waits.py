"""How long callers will wait, and what they are told of it."""

from __future__ import annotations

from uuid import UUID

from kwabo.domain.flows.parts import Part
from kwabo.domain.routing.announced_words import words_of
from kwabo.domain.routing.announcements import AnnouncementKind, Told, announcement
from kwabo.domain.routing.expected_wait import (
    NOTHING,
    ExpectedWait,
    Handled,
    Unknown,
    wait_in_queue,
)
from kwabo.domain.routing.settings import QueueSettings
from kwabo.engine.floor.state import Call, Floor, Waiting

_MILLISECONDS = 1000
_DEFAULTS = QueueSettings()


def wait_of_queue(
    floor: Floor, queue_id: UUID, before: int, *, idle: int = 0
) -> ExpectedWait | Unknown:
    """Of a caller with so many before; `idle` of the queue's agents would take a newcomer."""
    serving = floor.agents.staff.get(queue_id, 0)
    return wait_in_queue(before, serving, handled_lately(floor, queue_id), idle=idle)


def handled_lately(floor: Floor, queue_id: UUID) -> Handled:
    """The queue's handled calls, with the seconds of those that agents have now.

    Without these, long calls would count only once they are over: early in a day, and whenever
    talk varies much, the calls that have ended are the short ones (censored observations).
    """
    lately = floor.handled.get(queue_id)
    if lately is None:
        return NOTHING
    return Handled(lately.calls, lately.seconds + _under_way(floor, queue_id))


def _under_way(floor: Floor, queue_id: UUID) -> float:
    """Seconds that agents have spent so far on calls of the queue that they still have."""
    spent = 0.0
    for agent in floor.agents.team(queue_id):
        call = None if agent.attempt_id is None else floor.calls.get(agent.attempt_id)
        if call is not None and call.queue_id == queue_id and call.connected_at is not None:
            spent += max(0.0, (floor.now - call.connected_at).total_seconds())
    return spent


def kinds(floor: Floor, place: Waiting) -> tuple[AnnouncementKind, ...]:
    """What the caller is told: by the flow, and by the queue."""
    settings = floor.queue_settings.get(place.queue_id, _DEFAULTS)
    wanted = [settings.announce] if settings.announce is not AnnouncementKind.NONE else []
    if place.announce_position and AnnouncementKind.POSITION not in wanted:
        wanted.insert(0, AnnouncementKind.POSITION)
    minutes = (AnnouncementKind.ABOUT, AnnouncementKind.AT_MOST)
    if place.announce_wait and not any(kind in wanted for kind in minutes):
        wanted.append(AnnouncementKind.ABOUT)
    return tuple(wanted)


def every(floor: Floor, place: Waiting) -> float:
    """Seconds between announcements: the flow's, else the queue's."""
    if place.announce_seconds:
        return float(place.announce_seconds)
    settings = floor.queue_settings.get(place.queue_id, _DEFAULTS)
    return float(settings.announce_every_seconds)


def told(floor: Floor, call: Call, position: int, wait: ExpectedWait | Unknown) -> list[Part]:
    """What the caller hears now; minutes that were said are kept, so that later ones fit them."""
    place = call.queue
    if place is None:
        return []
    now = int(floor.mono * _MILLISECONDS)
    parts: list[Part] = []
    for kind in kinds(floor, place):
        said = announcement(kind, position=position, wait=wait, now=now, last=place.told)
        if said is None:
            continue
        if kind is not AnnouncementKind.POSITION:
            place.told = Told(said.value, now)
        parts += words_of(said)
    return parts
