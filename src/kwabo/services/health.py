"""How a process and each of its parts fare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


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
