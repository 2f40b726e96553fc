"""Prompts recorded by telephone: codes, the numbers to call, and how far a call is."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.api.prompt_models import PromptVariantAnswer, variant_answer
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.recording_sessions import SessionPrompt
from kwabo.services.recording_sessions import SessionView

router = APIRouter(tags=["prompts"])

Writer = Annotated[Asker, requires("prompts.write")]


class NewRecordingSession(RequestBody):
    """What is to be recorded, in this order."""

    language: str
    keys: list[str] = Field(description="Of prompts, and of fragments of the language's numbers.")


class RecordingNumberAnswer(Answer):
    """A number on which a code can be keyed."""

    number: str
    label: str


class SessionPromptAnswer(Answer):
    """A prompt of the list."""

    position: int
    key: str
    name: str
    fragment: bool
    words: str = Field(description="To be read aloud; empty: nobody has written them.")
    recorded: bool
    variant: PromptVariantAnswer | None = Field(
        description="The draft that was recorded, as long as nobody has thrown it away."
    )

    @classmethod
    def of_prompt(cls, prompt: SessionPrompt) -> SessionPromptAnswer:
        """The answer for a prompt."""
        return cls(
            position=prompt.position,
            key=prompt.key,
            name=prompt.name,
            fragment=prompt.fragment,
            words=prompt.words,
            recorded=prompt.kept,
            variant=None if prompt.variant is None else variant_answer(prompt.variant),
        )


class RecordingSessionAnswer(Answer):
    """A recording by telephone."""

    recording_session_id: UUID
    language: str
    state: Literal["waiting", "calling", "done", "cancelled", "expired"]
    code: str | None = Field(description="Six digits; null: it is good no more.")
    made_by: UUID
    made_by_name: str | None
    made_at: UtcTime
    expires_at: UtcTime
    called_at: UtcTime | None = Field(description="When the last call keyed the code.")
    recorded: int = Field(description="How many of the prompts are.")
    prompts: list[SessionPromptAnswer]

    @classmethod
    def of_view(cls, view: SessionView) -> RecordingSessionAnswer:
        """The answer for a session."""
        session = view.session
        return cls(
            recording_session_id=session.session_id,
            language=session.language,
            state=view.state.value,
            code=view.code,
            made_by=session.made_by,
            made_by_name=session.made_by_name,
            made_at=session.made_at,
            expires_at=session.expires_at,
            called_at=session.called_at,
            recorded=sum(one.kept for one in session.prompts),
            prompts=[SessionPromptAnswer.of_prompt(one) for one in session.prompts],
        )


@router.get("/recording-numbers")
async def list_recording_numbers(
    asker: Writer, services: TheServices
) -> ListAnswer[RecordingNumberAnswer]:
    """The numbers whose flow lets callers record prompts by a code."""
    found = await services.recording_sessions.numbers(asker)
    items = [RecordingNumberAnswer.model_validate(one) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.get("/recording-sessions")
async def list_recording_sessions(
    asker: Writer, services: TheServices
) -> ListAnswer[RecordingSessionAnswer]:
    """Recordings by telephone of the last day, the newest first."""
    found = await services.recording_sessions.newest(asker)
    items = [RecordingSessionAnswer.of_view(one) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/recording-sessions", status_code=201)
async def add_recording_session(
    body: NewRecordingSession, asker: Writer, services: TheServices
) -> RecordingSessionAnswer:
    """Make a code, good for half an hour, by which a caller records these prompts as drafts."""
    view = await services.recording_sessions.make(asker, body.language, body.keys)
    return RecordingSessionAnswer.of_view(view)


@router.get("/recording-sessions/{recording_session_id}")
async def get_recording_session(
    recording_session_id: UUID, asker: Writer, services: TheServices
) -> RecordingSessionAnswer:
    """How far a recording by telephone is."""
    view = await services.recording_sessions.get(asker, recording_session_id)
    return RecordingSessionAnswer.of_view(view)


@router.post("/recording-sessions/{recording_session_id}/cancel")
async def cancel_recording_session(
    recording_session_id: UUID, asker: Writer, services: TheServices
) -> RecordingSessionAnswer:
    """Make the code good no more; what was recorded stays."""
    view = await services.recording_sessions.cancel(asker, recording_session_id)
    return RecordingSessionAnswer.of_view(view)
