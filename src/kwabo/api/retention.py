"""How long data is kept, legal holds, and what was removed."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from kwabo.api.access import TheServices, requires
from kwabo.api.models import Answer, RequestBody, UtcTime
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.retention import LegalHold, RetentionRun
from kwabo.services.retention import RetentionView

router = APIRouter(tags=["compliance"])

Reader = Annotated[Asker, requires("settings.read")]
Writer = Annotated[Asker, requires("settings.write")]


class KeptAnswer(Answer):
    """One class of data; `days` null: for ever."""

    data_class: str
    days: int | None
    default_days: int | None
    least_days: int
    least_by: str
    least_source: str


class LegalHoldAnswer(Answer):
    """Nothing of a number, or of the whole organisation (null), is erased while this stands."""

    legal_hold_id: UUID
    number: str | None
    reason: str
    user_id: UUID | None
    user_name: str | None
    created_at: UtcTime
    ended_at: UtcTime | None


class RetentionRunAnswer(Answer):
    """One removal of old data; `problem`: a code and the class that was given up this time."""

    retention_run_id: UUID
    user_id: UUID | None
    started_at: UtcTime
    ended_at: UtcTime | None
    removed: dict[str, int]
    problem: str


class RetentionAnswer(Answer):
    """What is kept how long."""

    classes: list[KeptAnswer]
    holds: list[LegalHoldAnswer]
    runs: list[RetentionRunAnswer]
    version: int
    updated_at: UtcTime | None

    @classmethod
    def of(cls, view: RetentionView) -> RetentionAnswer:
        """The answer for a retention."""
        return cls(
            classes=[
                KeptAnswer(
                    data_class=one.data_class.name,
                    days=one.days,
                    default_days=one.data_class.default_days,
                    least_days=one.floor.days,
                    least_by=one.floor.preset_id,
                    least_source=one.floor.source,
                )
                for one in view.classes
            ],
            holds=[_hold(hold) for hold in view.holds],
            runs=[_run(run) for run in view.runs],
            version=view.settings.version,
            updated_at=view.settings.updated_at,
        )


class RetentionPatch(RequestBody):
    """Days of the classes that change; null: for ever."""

    version: int
    days: Annotated[dict[str, int | None], Field(max_length=50)]


class RetentionPreview(Answer):
    """How many rows of each class would go now, counted up to 100,000."""

    counts: dict[str, int]


class HoldBody(RequestBody):
    """What is held back from erasure; no number: everything of the organisation."""

    number: Annotated[str | None, Field(max_length=100)] = None
    reason: Annotated[str, Field(max_length=1000)]


class EndHoldBody(RequestBody):
    """Why the hold ends."""

    reason: Annotated[str, Field(max_length=1000)]


@router.get("/retention")
async def get_retention(asker: Reader, services: TheServices) -> RetentionAnswer:
    """How long each class is kept, holds, and the last removals."""
    return RetentionAnswer.of(await services.retention.get(asker))


@router.patch("/retention")
async def change_retention(
    body: RetentionPatch, asker: Writer, services: TheServices
) -> RetentionAnswer:
    """Change how long classes are kept; effective with the next removal."""
    return RetentionAnswer.of(await services.retention.change(asker, body.version, body.days))


@router.get("/retention/preview")
async def preview_retention(asker: Reader, services: TheServices) -> RetentionPreview:
    """What would go now; nothing is removed."""
    return RetentionPreview(counts=dict(await services.retention.preview(asker)))


@router.post("/retention/run")
async def run_retention(asker: Writer, services: TheServices) -> RetentionRunAnswer:
    """Remove now what is older, in place of the next night."""
    return _run(await services.retention.run(asker.organisation_id, user_id=asker.user_id))


@router.post("/legal-holds", status_code=201)
async def add_legal_hold(body: HoldBody, asker: Writer, services: TheServices) -> LegalHoldAnswer:
    """Hold back from erasure."""
    return _hold(await services.retention.hold(asker, body.number, body.reason))


@router.post("/legal-holds/{legal_hold_id}/end")
async def end_legal_hold(
    legal_hold_id: UUID, body: EndHoldBody, asker: Writer, services: TheServices
) -> LegalHoldAnswer:
    """End a hold."""
    return _hold(await services.retention.end_hold(asker, legal_hold_id, body.reason))


def _hold(hold: LegalHold) -> LegalHoldAnswer:
    return LegalHoldAnswer.model_validate(hold)


def _run(run: RetentionRun) -> RetentionRunAnswer:
    return RetentionRunAnswer.model_validate(run)
