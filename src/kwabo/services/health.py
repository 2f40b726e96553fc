"""How each part of this process fares. Parts report themselves; nothing is asked of them here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from kwabo.kernel.clock import Clock

Status = Literal["ok", "degraded", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHealth:
    """One part of the process."""

    status: str  # ok, degraded or down
    since: datetime  # of this status
    message: str = ""  # what is wrong and what to do; no personal data


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The process as a whole."""

    serving: bool  # False: this process cannot do its work
    parts: Mapping[str, PartHealth]  # database, engine, switch, importer
    version: str


class HealthRegistry:
    """What the parts last reported."""

    def __init__(self, clock: Clock, version: str, *, needed: frozenset[str]) -> None:
        """`needed`: parts without which the process cannot serve."""
        self._clock = clock
        self._version = version
        self._needed = needed
        self._parts: dict[str, PartHealth] = {}

    def report(self, part: str, status: Status, message: str = "") -> None:
        """A part says how it fares; `since` changes only with the status."""
        known = self._parts.get(part)
        if known is not None and known.status == status:
            self._parts[part] = replace(known, message=message)
        else:
            self._parts[part] = PartHealth(status=status, since=self._clock.now(), message=message)

    def health(self) -> Health:
        """As of now. A needed part that has not reported counts as down."""
        serving = all(
            part in self._parts and self._parts[part].status != "down" for part in self._needed
        )
        return Health(serving=serving, parts=dict(self._parts), version=self._version)
