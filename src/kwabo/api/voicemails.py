"""Voicemail: what callers have left, heard and dealt with."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Header, Query
from fastapi.responses import Response
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.downloads import WAV_FILE
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.api.ranges import in_parts
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.voicemails import Voicemail, VoicemailQuery
from kwabo.services.pages import MAX_LIMIT
from kwabo.services.voicemails import LONGEST_NOTE

router = APIRouter(tags=["voicemail"])

Listener = Annotated[Asker, requires("voicemails.handle", "agent.desktop")]
State = Literal["new", "heard", "undone", "done"]


def state_of(voicemail: Voicemail) -> Literal["new", "heard", "done"]:
    """As people see it."""
    if voicemail.done_at is not None:
        return "done"
    return "new" if voicemail.heard_at is None else "heard"


class VoicemailAnswer(Answer):
    """A message that a caller has left."""

    voicemail_id: UUID
    attempt_id: UUID
    campaign_id: UUID
    campaign_name: str
    contact_id: UUID
    contact_name: str
    queue_id: UUID | None
    queue_name: str | None
    number: str = Field(description="To call back; empty: withheld.")
    seconds: float
    recorded: bool = Field(description="There is a recording; else it was written.")
    text: str = Field(description="In writing, or what was understood of the recording.")
    transcription: Literal["waiting", "done", "failed"]
    language: str
    state: Literal["new", "heard", "done"]
    owner_user_id: UUID | None
    owner_name: str | None
    mine: bool
    heard_at: UtcTime | None
    heard_by_name: str | None
    done_at: UtcTime | None
    done_by_name: str | None
    note: str
    callback_id: UUID | None
    callback_state: str | None
    created_at: UtcTime

    @classmethod
    def of(cls, found: Voicemail, asker: Asker) -> VoicemailAnswer:
        """The answer for a message."""
        made = ("recorded", "state", "mine")
        values = {name: getattr(found, name) for name in cls.model_fields if name not in made}
        return cls(
            **values,
            recorded=bool(found.path),
            state=state_of(found),
            mine=found.owner_user_id == asker.user_id,
        )


class VoicemailCountsAnswer(Answer):
    """How many messages wait: that nobody has heard, that nobody has dealt with, one's own."""

    new: int
    undone: int
    mine: int


class VoicemailAssignBody(RequestBody):
    """Who is to deal with it; null: anyone."""

    owner_user_id: UUID | None


class VoicemailDoneBody(RequestBody):
    """What was done about it."""

    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


@router.get("/voicemails")
async def list_voicemails(
    asker: Listener,
    services: TheServices,
    state: State | None = None,
    queue_id: UUID | None = None,
    campaign_id: UUID | None = None,
    owner_user_id: UUID | None = None,
    from_at: UtcTime | None = None,
    until_at: UtcTime | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[VoicemailAnswer]:
    """The newest first: of all queues with `voicemails.handle`, else of one's own."""
    query = VoicemailQuery(
        state=state,
        queue_id=queue_id,
        campaign_id=campaign_id,
        owner_user_id=owner_user_id,
        from_at=from_at,
        until_at=until_at,
        limit=limit,
    )
    page = await services.voicemails.find(asker, query, page_token)
    items = [VoicemailAnswer.of(one, asker) for one in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=page.total)


@router.get("/voicemails/counts")
async def count_voicemails(asker: Listener, services: TheServices) -> VoicemailCountsAnswer:
    """How many wait."""
    return VoicemailCountsAnswer.model_validate(await services.voicemails.counts(asker))


@router.get("/voicemails/{voicemail_id}")
async def get_voicemail(
    voicemail_id: UUID, asker: Listener, services: TheServices
) -> VoicemailAnswer:
    """One message."""
    return VoicemailAnswer.of(await services.voicemails.get(asker, voicemail_id), asker)


@router.get("/voicemails/{voicemail_id}/audio", response_class=Response, responses=WAV_FILE)
async def voicemail_audio(
    voicemail_id: UUID,
    asker: Listener,
    services: TheServices,
    range_header: Annotated[str | None, Header(alias="Range")] = None,
) -> Response:
    """The recording (WAV, 8 kHz), in parts where `Range` asks for one. The message counts as heard,
    and the listening is noted."""
    audio = await services.voicemails.audio(asker, voicemail_id)
    return in_parts(audio, range_header, "audio/wav")


@router.post("/voicemails/{voicemail_id}/take")
async def take_voicemail(
    voicemail_id: UUID, asker: Listener, services: TheServices
) -> VoicemailAnswer:
    """Deal with it oneself."""
    taken = await services.voicemails.assign(asker, voicemail_id, asker.user_id)
    return VoicemailAnswer.of(taken, asker)


@router.post("/voicemails/{voicemail_id}/assign")
async def assign_voicemail(
    voicemail_id: UUID, body: VoicemailAssignBody, asker: Listener, services: TheServices
) -> VoicemailAnswer:
    """Give it to somebody, or to anyone."""
    given = await services.voicemails.assign(asker, voicemail_id, body.owner_user_id)
    return VoicemailAnswer.of(given, asker)


@router.post("/voicemails/{voicemail_id}/done")
async def finish_voicemail(
    voicemail_id: UUID, body: VoicemailDoneBody, asker: Listener, services: TheServices
) -> VoicemailAnswer:
    """It has been dealt with."""
    done = await services.voicemails.finish(asker, voicemail_id, body.note)
    return VoicemailAnswer.of(done, asker)


@router.post("/voicemails/{voicemail_id}/reopen")
async def reopen_voicemail(
    voicemail_id: UUID, asker: Listener, services: TheServices
) -> VoicemailAnswer:
    """It has to be dealt with again."""
    return VoicemailAnswer.of(await services.voicemails.reopen(asker, voicemail_id), asker)


@router.post("/voicemails/{voicemail_id}/call-back")
async def call_voicemail_back(
    voicemail_id: UUID, asker: Listener, services: TheServices
) -> VoicemailAnswer:
    """Have the caller called for oneself: a callback, due at once or as soon as rules allow it."""
    return VoicemailAnswer.of(await services.voicemails.call_back(asker, voicemail_id), asker)
