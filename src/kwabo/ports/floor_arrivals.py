"""Calls that flows have: what the switch tells of one, what the database knows of the contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from kwabo.ports.floor_rows import AttemptRow, CampaignRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A call that has reached the switch and that nobody has answered."""

    attempt_id: UUID
    new_contact_id: UUID  # of the caller, when the campaign's list does not know the number
    channel_id: str
    number: str  # called, E.164; '' when the switch could not read it
    caller: str  # E.164; '' when it was withheld
    trunk_endpoint: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """The attempt that was written, and what its flow begins with."""

    row: AttemptRow
    campaign: CampaignRow
    flow_id: UUID
    contact: Mapping[str, Any] = field(default_factory=dict)  # column → value


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalRefused:
    """No call is taken: a code of `domain.interactions.arrivals`."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledContact:
    """What a flow is told of the contact whom we have called."""

    data: Mapping[str, Any] = field(default_factory=dict)  # column → value
    language: str = ""  # the contact's, else the one chosen in a call with the number


ArrivalAnswer = Arrived | ArrivalRefused
