"""The script on the agent's desktop: answers saved as they are given, buttons that act."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, RequestBody
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.scripts import ScriptRun, ScriptVersion
from kwabo.services.script_runs import NewAnswer, NewAnswers, RunningScript

router = APIRouter(prefix="/agent", tags=["agent's desktop"])

Agent = Annotated[Asker, requires("agent.desktop")]
Name = Annotated[str, Field(max_length=60)]
Text = Annotated[str, Field(max_length=10_000)]


class CardScript(Answer):
    """The script of a call: the version with which it began, and the answers so far."""

    script_id: UUID
    script_version: int
    document: dict[str, Any]
    page: str
    visited: list[str]
    answers: dict[str, str | list[str]]
    revision: int

    @classmethod
    def of(cls, script: tuple[ScriptRun, ScriptVersion] | None) -> CardScript | None:
        """The answer for a card's script."""
        if script is None:
            return None
        run, version = script
        return cls(
            script_id=run.script_id,
            script_version=run.script_version,
            document=dict(version.document),
            page=run.page,
            visited=list(run.visited),
            answers=dict(run.answers),
            revision=run.revision,
        )


class NewAnswerBody(RequestBody):
    """An answer; `base`: what its column held when it was given, null: overwrite it."""

    value: Text | Annotated[list[Text], Field(max_length=100)]
    base: Text | None = None


class AnswersBody(RequestBody):
    """What has changed since the last save; `revision` rises with every save."""

    revision: Annotated[int, Field(ge=0, le=1 << 62)]
    page: Name = ""
    visited: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    answers: Annotated[dict[Name, NewAnswerBody], Field(max_length=500, default_factory=dict)]


class ConflictAnswer(Answer):
    """A column that somebody else has changed: it was left as it is."""

    field: str
    column: str
    value: str


class AnswersAnswer(Answer):
    """What is kept now."""

    page: str
    visited: list[str]
    answers: dict[str, str | list[str]]
    revision: int
    data: dict[str, str]
    conflicts: list[ConflictAnswer]

    @classmethod
    def of(cls, running: RunningScript) -> AnswersAnswer:
        """The answer for a save."""
        return cls(
            page=running.run.page,
            visited=list(running.run.visited),
            answers=dict(running.run.answers),
            revision=running.run.revision,
            data=dict(running.contact.data) if running.contact else {},
            conflicts=[ConflictAnswer.model_validate(one) for one in running.conflicts],
        )


class PressBody(RequestBody):
    """Which button of the call's script."""

    attempt_id: UUID
    button_id: Name


class PressedAnswer(Answer):
    """What was done: DNC_LISTED, CONTACT_UNCALLABLE or NUMBER_UNCALLABLE."""

    done: str


@router.put("/script-answers/{attempt_id}")
async def save_script_answers(
    attempt_id: UUID, body: AnswersBody, asker: Agent, services: TheServices
) -> AnswersAnswer:
    """Keep answers of one's own call and write their columns; the same again changes nothing."""
    new = NewAnswers(
        revision=body.revision,
        page=body.page,
        visited=body.visited,
        answers={
            name: NewAnswer(value=one.value, base=one.base) for name, one in body.answers.items()
        },
    )
    return AnswersAnswer.of(await services.script_runs.save(asker, attempt_id, new))


@router.post("/script-buttons")
async def press_script_button(
    body: PressBody, asker: Agent, services: TheServices
) -> PressedAnswer:
    """Do what a button of the call's script does to DNC lists and contacts."""
    done = await services.script_runs.press(asker, body.attempt_id, body.button_id)
    return PressedAnswer(done=done)
