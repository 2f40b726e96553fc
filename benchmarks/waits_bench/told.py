"""What callers are told while they wait, by the product's own functions, and what then came."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kwabo.domain.routing.announcements import AnnouncementKind, Told, announcement
from kwabo.domain.routing.expected_wait import ExpectedWait
from kwabo.engine.floor import queueing
from kwabo.engine.floor.state import Floor
from kwabo.simulation import simulate
from kwabo.simulation.world import World
from waits_bench.days import ENDLESS, scenario

FIRST = 5.0  # seconds in the queue, when the first is told
EVERY = 45.0


@dataclass(slots=True)
class Telling:
    """One thing told to one caller."""

    at: float
    position: int
    mean: float | None  # seconds; None: nothing could be told
    about: int | None  # minutes
    at_most: int | None
    served_before: int  # callers served so far
    came: float | None = None  # seconds until an agent was there
    others: int = 0  # callers served in between


class Listener:
    """Asks for every caller who never gives up what is said, in the queue, every 45 seconds."""

    def __init__(self) -> None:
        self.tellings: list[Telling] = []
        self.unserved = 0
        self._world: World | None = None
        self._waiting: dict[UUID, list[Telling]] = {}
        self._last: dict[UUID, Told] = {}
        self._served: set[UUID] = set()

    def begin(self, world: World) -> None:
        """The world of the run."""
        self._world = world

    def step(self, floor: Floor) -> None:
        """The floor has finished a step."""
        waiting = {call.attempt_id for call in queueing.in_queues(floor)}
        for attempt_id in [one for one in self._waiting if one not in waiting]:
            call = floor.calls.get(attempt_id)
            heard = self._waiting.pop(attempt_id)
            if call is None or call.agent_user_id is None:
                self.unserved += len(heard)
                continue
            for one in heard:
                one.came = floor.mono - one.at
                one.others = len(self._served) - one.served_before
            self.tellings += heard
        for call in floor.calls.values():
            if call.agent_user_id is not None and call.queue_id is not None:
                self._served.add(call.attempt_id)
        for call in queueing.in_queues(floor):
            caller = self._world.callers.get(call.channel_id) if self._world else None
            if caller is None or caller.patience < ENDLESS or call.queue is None:
                continue
            heard = self._waiting.setdefault(call.attempt_id, [])
            since = floor.mono - call.queue.entered
            if since >= FIRST + EVERY * len(heard):
                heard.append(self._telling(floor, call.attempt_id))

    def _telling(self, floor: Floor, attempt_id: UUID) -> Telling:
        call = floor.calls[attempt_id]
        place, wait = queueing.position(floor, call), queueing.expected(floor, call)
        said = {}
        now = int(floor.mono * 1000)
        for kind in (AnnouncementKind.ABOUT, AnnouncementKind.AT_MOST):
            last = self._last.get(attempt_id) if kind is AnnouncementKind.AT_MOST else None
            found = announcement(kind, position=place, wait=wait, now=now, last=last)
            said[kind] = None if found is None or found.more_than else found.value
        most = said[AnnouncementKind.AT_MOST]
        if most is not None:
            self._last[attempt_id] = Told(most, now)
        return Telling(
            at=floor.mono,
            position=place,
            mean=wait.mean if isinstance(wait, ExpectedWait) else None,
            about=said[AnnouncementKind.ABOUT],
            at_most=most,
            served_before=len(self._served),
        )


def listened(day_and_seed: tuple[str, int]) -> tuple[list[Telling], int]:
    """(what was told in a day, how often to callers who were not served)."""
    name, seed = day_and_seed
    listener = Listener()
    simulate(scenario(name), seed, prepare=listener.begin, on_step=listener.step)
    return listener.tellings, listener.unserved
