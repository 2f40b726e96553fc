"""Attempts as lists and histories show them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.callers import CallerAnswer
from kwabo.api.downloads import WAV_FILE
from kwabo.api.models import Answer, ListAnswer, UtcTime
from kwabo.api.ranges import in_parts
from kwabo.domain.call_analysis.record import AnalysisRecord
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.attempts import Attempt, AttemptQuery
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["attempts"])

Reader = Annotated[Asker, requires("campaigns.read", "reports.read")]
Listener = Annotated[Asker, requires("contacts.read", "agent.desktop")]
HistoryReader = Annotated[Asker, requires("contacts.read")]


class AgentName(Answer):
    """Who spoke."""

    user_id: UUID
    display_name: str


class WrapUpAnswer(Answer):
    """What came of a conversation."""

    wrap_up_code_id: UUID | None
    system_code: str | None
    name: str
    name_en: str
    notes: str
    fields: dict[str, Any]
    created_at: UtcTime


class CallAnalysisAnswer(Answer):
    """What was found out about who or what answered, or why nobody did; unknown parts are null."""

    result: str | None = Field(description="The verdict: person, machine, fax, unsure.")
    engine: str | None = Field(description="What listened to the answer.")
    terms: str | None = Field(description="The engine's parameters.")
    cause: str | None = Field(description="The engine's reason.")
    seconds: float | None = Field(description="From the answer to the verdict.")
    reaction: str | None = Field(description="What the response set had done.")
    queue_id: UUID | None = Field(description="The call went to this queue, not the campaign's.")
    prompt_id: UUID | None = Field(description="The message that was to be left.")
    message_seconds: float | None = Field(description="How long that message is.")
    message_whole: bool | None = Field(
        description="Whether it was heard to its end; null: it never began, or nobody knows."
    )
    early_media: bool | None = Field(description="The network sent sound before any answer (183).")
    early_seconds: float | None = Field(description="From there to the end of the call.")
    tone: str | None = Field(
        description="Heard before the end: sit, busy, congestion, ringback, voice, silence."
    )
    announcement: str | None = Field(
        description="What the network said: unallocated, switched_off, no_credit, barred, changed, "
        "congested, other."
    )
    network_answer: int | None = Field(
        description="The line of the trunk's table that decided, from 1."
    )
    recording: bool = Field(description="The sound before the end is kept, and can be fetched.")

    @classmethod
    def of(cls, record: AnalysisRecord) -> CallAnalysisAnswer:
        """The answer for what an attempt keeps."""
        told = {name: getattr(record, name) for name in cls.model_fields if name != "recording"}
        return cls(**told, recording=bool(record.recording))


class AttemptRow(Answer):
    """An attempt to reach a contact."""

    attempt_id: UUID
    campaign_id: UUID
    campaign_name: str
    contact_id: UUID
    attempt_number: int
    number: str
    mode: str
    caller_id: str
    agent: AgentName | None
    state: str
    result: str | None
    sip_code: int | None
    cause: int | None
    hung_up_by: str | None
    abandoned: bool
    transferred_to: str | None
    offered_at: UtcTime | None
    reserved_at: UtcTime | None
    dialling_at: UtcTime | None
    ringing_at: UtcTime | None
    answered_at: UtcTime | None
    connected_at: UtcTime | None
    closed_at: UtcTime | None
    message_media: str | None
    message_started_at: UtcTime | None
    message_ended_at: UtcTime | None
    opted_out_at: UtcTime | None
    flow_results: dict[str, str] = Field(
        description="What a flow has noted, without personal data."
    )
    call_analysis: CallAnalysisAnswer | None
    wrap_up: WrapUpAnswer | None

    @classmethod
    def of(cls, attempt: Attempt) -> AttemptRow:
        """The row of an attempt."""
        made = {"agent", "call_analysis"}
        values = {name: getattr(attempt, name) for name in cls.model_fields if name not in made}
        agent = None
        if attempt.agent_user_id is not None:
            agent = AgentName(
                user_id=attempt.agent_user_id, display_name=attempt.agent_display_name or ""
            )
        record = attempt.call_analysis
        analysis = None if record is None else CallAnalysisAnswer.of(record)
        return cls(**values, agent=agent, call_analysis=analysis)


@router.get("/campaigns/{campaign_id}/attempts")
async def list_attempts(
    campaign_id: UUID,
    asker: Reader,
    services: TheServices,
    from_at: Annotated[UtcTime | None, Query(alias="from")] = None,
    until_at: Annotated[UtcTime | None, Query(alias="until")] = None,
    result: Annotated[str | None, Query(max_length=20)] = None,
    agent_user_id: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[AttemptRow]:
    """A campaign's attempts, the newest first."""
    query = AttemptQuery(
        campaign_id=campaign_id,
        from_at=from_at,
        until_at=until_at,
        result=result,
        agent_user_id=agent_user_id,
        limit=limit,
    )
    page = await services.attempts.find(asker, query, page_token)
    rows = [AttemptRow.of(attempt) for attempt in page.items]
    return ListAnswer(items=rows, next_page_token=page.next_page_token, total=page.total)


class AttemptDetailAnswer(AttemptRow):
    """An attempt, with its caller when it came from outside."""

    caller: CallerAnswer | None = None


@router.get("/attempts/{attempt_id}")
async def get_attempt(
    attempt_id: UUID, asker: Reader, services: TheServices
) -> AttemptDetailAnswer:
    """One attempt."""
    found = await services.attempts.get(asker, attempt_id)
    caller = None if found.caller is None else CallerAnswer.model_validate(found.caller)
    row = AttemptRow.of(found.attempt)
    return AttemptDetailAnswer(**{**dict(row), "caller": caller})


@router.get(
    "/attempts/{attempt_id}/recordings/{recording}", response_class=Response, responses=WAV_FILE
)
async def attempt_recording(
    attempt_id: UUID,
    recording: str,
    asker: Listener,
    services: TheServices,
    range_header: Annotated[str | None, Header(alias="Range")] = None,
) -> Response:
    """What a flow recorded of the call (WAV, 8 kHz), in parts where `Range` asks for one; an agent
    hears those of the own calls. The listening is noted."""
    audio = await services.flow_recordings.audio(asker, attempt_id, recording)
    return in_parts(audio, range_header, "audio/wav")


@router.get("/contacts/{contact_id}/history")
async def contact_history(
    contact_id: UUID, asker: HistoryReader, services: TheServices
) -> list[AttemptRow]:
    """A contact's attempts over all campaigns, the newest first; at most 500."""
    return [AttemptRow.of(one) for one in await services.attempts.history(asker, contact_id)]
