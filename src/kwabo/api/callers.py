"""What is told of a call from outside."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from kwabo.api.models import Answer, UtcTime


class PassedNodeAnswer(Answer):
    """A node of a flow that the call came through."""

    node: str = Field(description="The node's id.")
    title: str = Field(description="Of the newest published version; empty: it has none there.")
    type: str = Field(description="Empty: the node is in that version no longer.")
    at: UtcTime


class FlowRecordingAnswer(Answer):
    """What a flow recorded of the call; heard at `/attempts/{id}/recordings/{recording}`."""

    recording: str
    variable: str = Field(description="Of the flow: what was asked for.")
    seconds: float
    created_at: UtcTime


class CallerAnswer(Answer):
    """A call from outside: the number called, its way through the flow, its wait."""

    called_number: str
    label: str
    language: str
    arrived_at: UtcTime
    queue_id: UUID | None
    queue_name: str | None
    queued_at: UtcTime | None
    waited_seconds: float | None = Field(
        description="In the queue: to an agent, to a callback or to giving up; null: it waits, or"
        " never did."
    )
    way: list[PassedNodeAnswer]
    results: dict[str, str] = Field(
        description="What the flow has noted; personal data only for who may read contacts."
    )
    recordings: list[FlowRecordingAnswer] = Field(
        description="Of what the caller said to the flow; only for who may read contacts."
    )
    outcome: str = Field(description="How the flow ended; '': it has not, or there was none.")
    routing: list[str] = Field(description="Why it went to its agent, in the asker's language.")
