"""What the fake does wrong, and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Event = Mapping[str, Any]
Mangle = Callable[[Event], list[tuple[float, Event]]]  # what becomes of an event: (delay, event)…


@dataclass(slots=True, kw_only=True)
class Fault:
    """What happens to matching requests, `times` times."""

    method: str
    path: str  # a regular expression for the whole path after /ari/
    times: int = 1
    status: int | None = None  # say no with this status, and do nothing, unless:
    done_first: bool = False  # it is done all the same
    do: bool = True  # whether what was asked is done before the rest goes wrong
    hang: bool = False  # never answer
    drop: bool = False  # close the connection instead of answering
    late_seconds: float = 0.0  # answer after so long

    def matches(self, method: str, path: str) -> bool:
        """Whether this request is meant."""
        return self.times > 0 and method == self.method and bool(re.fullmatch(self.path, path))


def pass_on(event: Event) -> list[tuple[float, Event]]:
    """The faultless mangle."""
    return [(0.0, event)]


@dataclass(slots=True, kw_only=True)
class Faults:
    """Set by tests, at any time."""

    requests: list[Fault] = field(default_factory=list)
    mangle: Mangle = pass_on
    silent: bool = False  # half open: nothing is sent or answered on the WebSockets any more
    hide_applications: bool = False  # GET /applications says []

    def for_request(self, method: str, path: str) -> Fault | None:
        """The first fault that matches, used up once."""
        for fault in self.requests:
            if fault.matches(method, path):
                fault.times -= 1
                return fault
        return None
