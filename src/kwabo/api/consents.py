"""The ledger of consents."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.api.translations import translated
from kwabo.domain.compliance.new_consent import NewConsent
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.consents import Consent
from kwabo.services.pages import MAX_LIMIT

router = APIRouter(tags=["consents"])

Reader = Annotated[Asker, requires("contacts.read")]
Writer = Annotated[Asker, requires("contacts.write")]
Agent = Annotated[Asker, requires("agent.desktop")]

MOST_CHARACTERS = 5_000_000
Kind = Literal["given", "withdrawn"]
Short = Annotated[str, Field(max_length=1000)]
Long = Annotated[str, Field(max_length=20_000)]


class ConsentAnswer(Answer):
    """A line of the ledger."""

    consent_id: UUID
    kind: Literal["given", "withdrawn", "void"]
    number: str
    contact_id: UUID | None
    purpose: str
    channel: str
    at: UtcTime
    how: str
    proof: str
    reference: str
    file_sha256: str
    valid_until: UtcTime | None
    voids: UUID | None
    source: str
    import_id: UUID | None
    file_name: str
    file_line: int | None
    user_id: UUID | None
    user_display_name: str | None
    created_at: UtcTime

    @classmethod
    def of(cls, consent: Consent) -> ConsentAnswer:
        """The answer for a line."""
        return cls.model_validate(consent)


class ConsentLines(Answer):
    """Lines that were added."""

    items: list[ConsentAnswer]


class ConsentBody(RequestBody):
    """A line to be added; without `at` it is of now."""

    kind: Kind = "given"
    purpose: Short = "prospecting"
    channel: Short = "voice"
    at: UtcTime | None = None
    how: Short = ""
    proof: Long = ""
    reference: Short = ""
    file_sha256: Short = ""
    valid_until: UtcTime | None = None


class NumberConsentBody(ConsentBody):
    """A line about a number in any written form."""

    number: Annotated[str, Field(max_length=100)]


class ContactConsentBody(ConsentBody):
    """A line about one of a contact's numbers; without one, about each."""

    number: Annotated[str | None, Field(max_length=100)] = None


class CallConsentBody(RequestBody):
    """What the person on the line said."""

    attempt_id: UUID
    kind: Kind
    purpose: Short = "prospecting"
    how: Short = ""
    proof: Long = ""


class VoidBody(RequestBody):
    """What is wrong with the line."""

    reason: Annotated[str, Field(max_length=500)]


class StandingAnswer(Answer):
    """What the ledger says of a number now."""

    number: str
    purpose: str
    state: Literal["proven", "missing", "withdrawn", "expired"]
    consent_id: UUID | None


class ContactConsentsAnswer(Answer):
    """A contact's lines, and what they come to."""

    lines: list[ConsentAnswer]
    standings: list[StandingAnswer]


class ConsentFileBody(RequestBody):
    """A CSV text with a header, and what its rows do not say themselves."""

    csv: Annotated[str, Field(max_length=MOST_CHARACTERS)]
    kind: Kind = "given"
    purpose: Short = "prospecting"
    channel: Short = "voice"
    how: Short = ""
    proof: Long = ""


class RejectedRowAnswer(Answer):
    """A row that gave no line."""

    line: int
    column: str
    code: str
    message: str


class FileReportAnswer(Answer):
    """What became of a file."""

    rows: int
    added: int
    known: int
    rejected: list[RejectedRowAnswer]
    ignored_columns: list[str]


@router.get("/consents")
async def list_consents(
    asker: Reader,
    services: TheServices,
    search: Annotated[str | None, Query(max_length=50)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[ConsentAnswer]:
    """The ledger, the newest line first; `search`: a part of the number."""
    page = await services.consents.find(asker, search=search, limit=limit, token=page_token)
    items = [ConsentAnswer.of(line) for line in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=page.total)


@router.post("/consents", status_code=201)
async def add_consent(
    body: NumberConsentBody, asker: Writer, services: TheServices
) -> ConsentLines:
    """Note that consent was given or withdrawn for a number."""
    values = body.model_dump()
    lines = await services.consents.add(asker, values.pop("number"), NewConsent(**values))
    return ConsentLines(items=[ConsentAnswer.of(line) for line in lines])


@router.post("/consents/import")
async def import_consents(
    body: ConsentFileBody, asker: Writer, services: TheServices, request: Request
) -> FileReportAnswer:
    """A line for each row of a CSV text (at most 10,000); bad rows do not stop the others."""
    values = body.model_dump()
    report = await services.consent_files.take(asker, values.pop("csv"), NewConsent(**values))
    language = language_of(request)
    rejected = [
        RejectedRowAnswer(
            line=row.line,
            column=row.column,
            code=row.code,
            message=translated(row.code, language, {}) or row.message,
        )
        for row in report.rejected
    ]
    return FileReportAnswer(
        rows=report.rows,
        added=report.added,
        known=report.known,
        rejected=rejected,
        ignored_columns=list(report.ignored_columns),
    )


@router.post("/consents/{consent_id}/void", status_code=201)
async def void_consent(
    consent_id: UUID, body: VoidBody, asker: Writer, services: TheServices
) -> ConsentAnswer:
    """Declare a line wrong by a new one; the wrong one stays."""
    return ConsentAnswer.of(await services.consents.void(asker, consent_id, body.reason))


@router.get("/contacts/{contact_id}/consents")
async def contact_consents(
    contact_id: UUID, asker: Reader, services: TheServices
) -> ContactConsentsAnswer:
    """What the ledger says of a contact's numbers."""
    return ContactConsentsAnswer.model_validate(
        await services.consents.of_contact(asker, contact_id)
    )


@router.post("/contacts/{contact_id}/consents", status_code=201)
async def add_contact_consent(
    contact_id: UUID, body: ContactConsentBody, asker: Writer, services: TheServices
) -> ConsentLines:
    """Note that consent was given or withdrawn for a contact's numbers."""
    values = body.model_dump()
    number = values.pop("number")
    lines = await services.consents.add_to_contact(asker, contact_id, NewConsent(**values), number)
    return ConsentLines(items=[ConsentAnswer.of(line) for line in lines])


@router.post("/agent/consents", status_code=201)
async def add_consent_in_call(
    body: CallConsentBody, asker: Agent, services: TheServices
) -> ConsentLines:
    """Note what the person on the agent's own call said."""
    values = body.model_dump()
    attempt_id = values.pop("attempt_id")
    lines = await services.consents.add_in_call(asker, attempt_id, NewConsent(**values))
    return ConsentLines(items=[ConsentAnswer.of(line) for line in lines])
