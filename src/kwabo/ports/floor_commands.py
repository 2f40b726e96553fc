"""Hints to the owner of a floor that are written with the change they speak of.

Unlike `FloorClient.send` nobody waits: the command becomes visible when the transaction commits,
and stays until an owner has taken it. For what the floor keeps in memory and must read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


class FloorCommandStore(Protocol):
    """The commands of the transaction's organisation."""

    async def add(
        self,
        command_id: UUID,
        kind: str,
        payload: Mapping[str, Any],
        *,
        user_id: UUID | None,
        at: datetime,
    ) -> None:
        """Give the organisation's floor a command. Does nothing when it has no floor."""
        ...
