"""Scripts: drafts, versions, and what agents answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.contacts import csv_answer
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.api.translations import translated
from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.scripts import ScriptVersion
from kwabo.services.pages import MAX_LIMIT
from kwabo.services.script_answers import AnsweredRow, GivenAnswer
from kwabo.services.scripts import CheckedScript, ScriptChange

router = APIRouter(tags=["scripts"])

Reader = Annotated[Asker, requires("campaigns.read")]
Writer = Annotated[Asker, requires("campaigns.write")]
AnswerReader = Annotated[Asker, requires("campaigns.read", "reports.read", "contacts.read")]
Document = Annotated[dict[str, Any], Field(max_length=20)]
Note = Annotated[str, Field(max_length=2000)]


class ScriptProblem(Answer):
    """One thing wrong with a script."""

    path: str
    code: str
    message: str


class ScriptRow(Answer):
    """A script in the list."""

    script_id: UUID
    name: str
    contact_list_id: UUID | None
    pages: int
    published_version: int | None
    campaigns: list[str]
    version: int
    updated_at: UtcTime


class ScriptAnswer(ScriptRow):
    """A script; documents are described in docs/developers/scripts.md."""

    draft: dict[str, Any]
    problems: list[ScriptProblem]

    @classmethod
    def of(cls, checked: CheckedScript, language: str) -> ScriptAnswer:
        """The answer for a script."""
        script = checked.script
        return cls(
            script_id=script.script_id,
            name=script.name,
            contact_list_id=script.contact_list_id,
            pages=len(script.draft.get("pages") or ()),
            published_version=script.published_version,
            campaigns=list(script.campaigns),
            version=script.version,
            updated_at=script.updated_at,
            draft=dict(script.draft),
            problems=problems_answer(checked.problems, language),
        )


class ScriptBody(RequestBody):
    """A script to be added; the document may be wrong still."""

    name: str
    contact_list_id: UUID | None = None
    draft: Document


class ScriptPatch(RequestBody):
    """What to change; a field that is missing stays, null takes the list away."""

    version: int
    name: str | None = None
    contact_list_id: UUID | None = None
    draft: Document | None = None


class CheckBody(RequestBody):
    """A document to be looked at."""

    contact_list_id: UUID | None = None
    draft: Document


class ScriptCheckAnswer(Answer):
    """Everything wrong with a document."""

    problems: list[ScriptProblem]


class PublishBody(RequestBody):
    """Publish the draft of this version."""

    version: int
    note: Note = ""


class RollBackBody(RequestBody):
    """Publish an older version again."""

    version: int
    to_version: Annotated[int, Field(ge=1)]
    note: Note = ""


class FromCampaignBody(RequestBody):
    """The name of the script that a campaign's text becomes."""

    name: str


class ScriptVersionAnswer(Answer):
    """A published version."""

    version: int
    note: str
    restored_from: int | None
    user_name: str | None
    published_at: UtcTime
    document: dict[str, Any]

    @classmethod
    def of(cls, version: ScriptVersion) -> ScriptVersionAnswer:
        """The answer for a version."""
        return cls(
            version=version.version,
            note=version.note,
            restored_from=version.restored_from,
            user_name=version.user_name,
            published_at=version.published_at,
            document=dict(version.document),
        )


class GivenAnswerAnswer(Answer):
    """What was answered to a field."""

    field: str
    label: str
    value: str
    column: str | None
    personal: bool


class AnsweredCallAnswer(Answer):
    """A call with what was answered in it."""

    attempt_id: UUID
    contact_id: UUID
    number: str
    agent: str | None
    wrap_up: str | None
    at: UtcTime | None
    script_version: int
    answers: list[GivenAnswerAnswer]

    @classmethod
    def of(cls, row: AnsweredRow) -> AnsweredCallAnswer:
        """The answer for a call."""
        run = row.call.run
        return cls(
            attempt_id=run.attempt_id,
            contact_id=run.contact_id,
            number=row.call.number,
            agent=row.call.agent,
            wrap_up=row.call.wrap_up,
            at=row.call.at,
            script_version=run.script_version,
            answers=given_answers(row.answers),
        )


def given_answers(answers: Sequence[GivenAnswer]) -> list[GivenAnswerAnswer]:
    """Answers as the API shows them."""
    return [GivenAnswerAnswer.model_validate(one) for one in answers]


def problems_answer(problems: Sequence[Objection], language: str) -> list[ScriptProblem]:
    """Objections in the asker's language."""
    return [
        ScriptProblem(
            path=one.field,
            code=one.code,
            message=translated(one.code, language, one.details) or one.message,
        )
        for one in problems
    ]


@router.get("/scripts")
async def list_scripts(asker: Reader, services: TheServices) -> ListAnswer[ScriptRow]:
    """Every script, by name."""
    found = await services.scripts.all(asker)
    items = [
        ScriptRow(
            script_id=one.script_id,
            name=one.name,
            contact_list_id=one.contact_list_id,
            pages=len(one.draft.get("pages") or ()),
            published_version=one.published_version,
            campaigns=list(one.campaigns),
            version=one.version,
            updated_at=one.updated_at,
        )
        for one in found
    ]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/scripts", status_code=201)
async def add_script(
    body: ScriptBody, asker: Writer, services: TheServices, request: Request
) -> ScriptAnswer:
    """Add a script; no campaign can use it before it is published."""
    made = await services.scripts.add(asker, body.name, body.contact_list_id, body.draft)
    return ScriptAnswer.of(made, language_of(request))


@router.post("/scripts/check")
async def check_script(
    body: CheckBody, asker: Writer, services: TheServices, request: Request
) -> ScriptCheckAnswer:
    """Everything wrong with a document; nothing is kept."""
    found = await services.scripts.check(asker, body.contact_list_id, body.draft)
    return ScriptCheckAnswer(problems=problems_answer(found, language_of(request)))


@router.get("/scripts/{script_id}")
async def get_script(
    script_id: UUID, asker: Reader, services: TheServices, request: Request
) -> ScriptAnswer:
    """One script with its draft and everything wrong with it."""
    return ScriptAnswer.of(await services.scripts.get(asker, script_id), language_of(request))


@router.patch("/scripts/{script_id}")
async def change_script(
    script_id: UUID, body: ScriptPatch, asker: Writer, services: TheServices, request: Request
) -> ScriptAnswer:
    """Change a script's draft, name or list; campaigns notice nothing."""
    change = ScriptChange(
        name=body.name,
        draft=body.draft,
        contact_list_id=body.contact_list_id,
        without_list="contact_list_id" in body.model_fields_set and body.contact_list_id is None,
    )
    changed = await services.scripts.change(asker, script_id, body.version, change)
    return ScriptAnswer.of(changed, language_of(request))


@router.delete("/scripts/{script_id}", status_code=204)
async def delete_script(script_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a script that no campaign uses and no call was made with."""
    await services.scripts.delete(asker, script_id)


@router.get("/scripts/{script_id}/versions")
async def list_script_versions(
    script_id: UUID, asker: Reader, services: TheServices
) -> ListAnswer[ScriptVersionAnswer]:
    """What was published, the newest first."""
    found = await services.scripts.versions(asker, script_id)
    items = [ScriptVersionAnswer.of(one) for one in found]
    return ListAnswer(items=items, next_page_token=None, total=len(items))


@router.post("/scripts/{script_id}/publish")
async def publish_script(
    script_id: UUID, body: PublishBody, asker: Writer, services: TheServices, request: Request
) -> ScriptAnswer:
    """Publish the draft: calls that begin from now on use it; 422 names every wrong place."""
    published = await services.scripts.publish(asker, script_id, body.version, body.note)
    return ScriptAnswer.of(published, language_of(request))


@router.post("/scripts/{script_id}/roll-back")
async def roll_back_script(
    script_id: UUID, body: RollBackBody, asker: Writer, services: TheServices, request: Request
) -> ScriptAnswer:
    """Publish an older version's document again; the draft stays."""
    rolled = await services.scripts.roll_back(
        asker, script_id, body.version, body.to_version, body.note
    )
    return ScriptAnswer.of(rolled, language_of(request))


@router.post("/campaigns/{campaign_id}/script", status_code=201)
async def script_of_campaign(
    campaign_id: UUID,
    body: FromCampaignBody,
    asker: Writer,
    services: TheServices,
    request: Request,
) -> ScriptAnswer:
    """Make a script of a campaign's Markdown, publish it and have the campaign use it."""
    made = await services.scripts.of_campaign(asker, campaign_id, body.name)
    return ScriptAnswer.of(made, language_of(request))


@router.get("/campaigns/{campaign_id}/script-answers")
async def list_script_answers(
    campaign_id: UUID,
    asker: AnswerReader,
    services: TheServices,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[AnsweredCallAnswer]:
    """The campaign's calls with answers, the newest first."""
    page = await services.script_answers.page(asker, campaign_id, limit=limit, token=page_token)
    items = [AnsweredCallAnswer.of(row) for row in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=page.total)


@router.get("/campaigns/{campaign_id}/script-answers.csv", response_class=StreamingResponse)
async def export_script_answers(
    campaign_id: UUID, asker: AnswerReader, services: TheServices
) -> StreamingResponse:
    """The answers as a CSV file, with cells that a spreadsheet could run made harmless."""
    parts = await services.script_answers.export(asker, campaign_id)
    return csv_answer(parts, "answers.csv")


@router.get("/attempts/{attempt_id}/script-answers")
async def attempt_script_answers(
    attempt_id: UUID, asker: AnswerReader, services: TheServices
) -> list[GivenAnswerAnswer]:
    """What was answered in one call."""
    return given_answers(await services.script_answers.of_attempt(asker, attempt_id))
