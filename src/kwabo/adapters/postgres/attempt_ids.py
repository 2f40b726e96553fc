"""Ids of attempts rise with time (RFC 9562 section 5.7), so an index of ids leads to an instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

OFFERED: Final = timedelta(days=1)  # an id may be this much older than its call: previews


def first_id(at: datetime) -> UUID:
    """The smallest id that is made at this instant."""
    return UUID(int=int(at.timestamp() * 1000) << 80)
