"""Why a campaign dials less than expected."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, UtcTime
from kwabo.domain.campaigns.diagnosis_findings import at_work
from kwabo.domain.campaigns.diagnosis_sentences import bucket_sentence, finding_sentence
from kwabo.domain.organisations.asker import Asker
from kwabo.services.diagnosis import Diagnosis

router = APIRouter(tags=["campaigns"])

Reader = Annotated[Asker, requires("campaigns.read")]


class BucketAnswer(Answer):
    """Contacts of one group with one reason; every contact of the list is in exactly one."""

    group: str
    code: str
    message: str
    contacts: int
    next_attempt_at: UtcTime | None


class FindingAnswer(Answer):
    """Something that keeps the campaign from dialling more, and where it is mended."""

    code: str
    severity: str
    message: str
    contacts: int
    share: float
    place: str
    until: UtcTime | None


class LinesAnswer(Answer):
    """Lines of the campaign's trunk."""

    total: int
    used: int
    used_here: int
    set_aside: int
    free: int
    wanted: int


class AgentsAnswer(Answer):
    """Agents of the campaign's queue."""

    total: int
    at_work: int
    statuses: dict[str, int]


class ReasonAheadAnswer(Answer):
    """Contacts that have not been looked at yet, to whom the same rule would object first."""

    code: str
    message: str
    contacts: int
    next_attempt_at: UtcTime | None


class AheadAnswer(Answer):
    """What the rules say now of the next contacts (at most 50) that have not been looked at."""

    looked_at: int
    kept_out: int
    reasons: list[ReasonAheadAnswer]


class DiagnosisAnswer(Answer):
    """A campaign at one instant."""

    campaign_id: UUID
    contact_list_id: UUID
    at: UtcTime
    state: str
    state_reason: str
    contacts: int
    next_attempt_at: UtcTime | None
    findings: list[FindingAnswer]
    buckets: list[BucketAnswer]
    ahead: AheadAnswer
    agents: AgentsAnswer
    lines: LinesAnswer
    pacing_reason: str


@router.get("/campaigns/{campaign_id}/diagnosis")
async def diagnose_campaign(
    campaign_id: UUID, asker: Reader, services: TheServices, request: Request
) -> DiagnosisAnswer:
    """Where every contact of its list stands, agents and lines, and what to change."""
    found = await services.diagnosis.diagnose(asker, campaign_id)
    return _answer(found, language_of(request))


def _answer(found: Diagnosis, language: str) -> DiagnosisAnswer:
    times = [one.next_attempt_at for one in found.buckets if one.next_attempt_at is not None]
    lines = found.lines
    return DiagnosisAnswer(
        campaign_id=found.campaign.campaign_id,
        contact_list_id=found.campaign.settings.contact_list_id,
        at=found.at,
        state=str(found.campaign.state),
        state_reason=found.campaign.state_reason,
        contacts=found.contacts,
        next_attempt_at=min(times, default=None),
        findings=[
            FindingAnswer(
                code=one.code,
                severity=one.severity,
                message=finding_sentence(one.code, language),
                contacts=one.contacts,
                share=round(one.share, 4),
                place=one.place,
                until=one.until,
            )
            for one in found.findings
        ],
        buckets=[
            BucketAnswer(
                group=str(one.group),
                code=one.code,
                message=bucket_sentence(one.code, language),
                contacts=one.contacts,
                next_attempt_at=one.next_attempt_at,
            )
            for one in found.buckets
        ],
        ahead=AheadAnswer(
            looked_at=found.ahead.looked_at,
            kept_out=found.ahead.kept_out,
            reasons=[
                ReasonAheadAnswer(
                    code=one.code,
                    message=bucket_sentence(one.code, language),
                    contacts=one.contacts,
                    next_attempt_at=one.next_attempt_at,
                )
                for one in found.ahead.reasons
            ],
        ),
        agents=AgentsAnswer(
            total=sum(found.agents.values()),
            at_work=at_work(found.agents),
            statuses=dict(found.agents),
        ),
        lines=LinesAnswer(
            total=lines.total,
            used=lines.used,
            used_here=lines.used_here,
            set_aside=lines.set_aside,
            free=lines.free,
            wanted=lines.wanted,
        ),
        pacing_reason=found.pacing_reason,
    )
