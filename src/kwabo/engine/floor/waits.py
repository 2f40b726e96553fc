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
    Line,
    Unknown,
    expected_wait,
)
from kwabo.domain.routing.settings import QueueSettings
from kwabo.engine.floor.state import Call, Floor, Waiting

_MILLISECONDS = 1000
_DEFAULTS = QueueSettings()


def wait_of_queue(floor: Floor, queue_id: UUID, before: int, agents: int) -> ExpectedWait | Unknown:
    """Of a caller with so many before, whom so many agents serve who are all busy."""
    lately = floor.handled.get(queue_id)
    handled = NOTHING if lately is None else Handled(lately.calls, lately.seconds)
    return expected_wait(Line(before=before, agents=float(agents), handled=handled))


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
