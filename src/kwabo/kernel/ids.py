"""Ids are injected, so that a simulation makes the same ones at every run."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID


class IdFactory(Protocol):
    """Makes ids that sort by the time they were made (UUID version 7)."""

    def new(self) -> UUID: ...
