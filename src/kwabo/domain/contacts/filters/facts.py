"""What filters and orders know of a contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """A contact's calls, of one campaign or of all."""

    attempts: int = 0  # dialled ones
    last_attempt_at: datetime | None = None  # when the newest was dialled
    last_result: str | None = None  # of the newest that has ended
    last_wrap_up_code_id: str | None = None  # of the newest wrap-up that a person gave


NO_CALLS = Calls()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """A contact with its values as text."""

    data: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    time_zone: str = ""  # the contact's, else the list's
    numbers: tuple[str, ...] = ()
    callable: bool = True
    created_at: datetime | None = None
    here: Calls = NO_CALLS  # in the campaign that asks
    anywhere: Calls = NO_CALLS
