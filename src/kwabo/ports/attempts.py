"""Attempts as lists and histories show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kwabo.domain.call_analysis.record import AnalysisRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUp:
    """What came of an attempt."""

    wrap_up_code_id: UUID | None
    system_code: str | None
    name: str
    name_en: str  # "" where it has none
    notes: str
    fields: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An attempt to reach a contact, with the names people read."""

    attempt_id: UUID
    campaign_id: UUID
    campaign_name: str
    contact_id: UUID
    attempt_number: int
    number: str
    mode: str
    caller_id: str
    agent_user_id: UUID | None
    agent_display_name: str | None
    callback_id: UUID | None  # the promise that this call keeps
    state: str
    result: str | None
    sip_code: int | None
    cause: int | None  # Q.850
    hung_up_by: str | None
    abandoned: bool
    transferred_to: str | None
    offered_at: datetime | None
    reserved_at: datetime | None
    dialling_at: datetime | None
    ringing_at: datetime | None
    answered_at: datetime | None
    connected_at: datetime | None
    closed_at: datetime | None
    message_media: str | None  # played to a person whom no agent could take
    message_started_at: datetime | None
    message_ended_at: datetime | None
    opted_out_at: datetime | None  # by a key during that message
    flow_results: Mapping[str, str]  # that a flow has noted, without personal data
    call_analysis: AnalysisRecord | None  # None: nothing was found out; `recording`: still kept
    wrap_up: WrapUp | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedCall:
    """What is kept of an attempt that came from outside."""

    called_number: str  # E.164
    label: str  # of that number; '': none
    language: str
    arrived_at: datetime
    connected_at: datetime | None
    closed_at: datetime | None
    queue_id: UUID | None
    queue_name: str | None
    queued_at: datetime | None
    left_queue_at: datetime | None  # for good; None: still waits, or has never waited
    stayed: (
        bool  # whether its stays in queues are known, as they are since there are figures of them
    )
    flow: Mapping[str, Any]  # with its trail, results and the explanation of the routing


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRecording:
    """What a flow has recorded of a call."""

    recording: str  # its name within the call
    variable: str  # of the flow
    path: str
    seconds: float
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptQuery:
    """Which attempts of a campaign; None: all."""

    campaign_id: UUID
    from_at: datetime | None = None
    until_at: datetime | None = None  # exclusive
    result: str | None = None
    agent_user_id: UUID | None = None
    before_attempt_id: UUID | None = None  # the page goes on below this one
    limit: int = 50


class AttemptStore(Protocol):
    """The attempts of the transaction's organisation."""

    async def get(self, attempt_id: UUID) -> Attempt | None: ...

    async def recordings(self, attempt_id: UUID) -> Sequence[FlowRecording]:
        """What flows have recorded of it, in turn; those that are there."""
        ...

    async def arrived(self, attempt_id: UUID) -> ArrivedCall | None:
        """None: there is no such attempt, or it did not come from outside."""
        ...

    async def find(self, query: AttemptQuery) -> Sequence[Attempt]:
        """The newest first."""
        ...

    async def of_contact(self, contact_id: UUID, limit: int) -> Sequence[Attempt]:
        """Over all campaigns, the newest first."""
        ...
