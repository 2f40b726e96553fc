"""Campaigns: who calls whom, how, when and how often."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field, PlainSerializer
from starlette.requests import Request

from kwabo.api.access import TheServices, requires
from kwabo.api.errors import language_of
from kwabo.api.models import Answer, ListAnswer, RequestBody, UtcTime
from kwabo.api.recall_rules import (
    LimitIds,
    NumberLabels,
    NumberOrder,
    RecallRuleModel,
    RecallRules,
)
from kwabo.api.translations import translated
from kwabo.domain.organisations.asker import Asker
from kwabo.ports.campaigns import Campaign
from kwabo.services.campaign_runs import Run
from kwabo.services.pages import MAX_LIMIT
from kwabo.services.progress import Pace

router = APIRouter(tags=["campaigns"])

Reader = Annotated[Asker, requires("campaigns.read")]
Writer = Annotated[Asker, requires("campaigns.write")]
Runner = Annotated[Asker, requires("campaigns.run")]
LocalTime = Annotated[time, PlainSerializer(lambda at: f"{at:%H:%M}", return_type=str)]
State = Literal["ready", "running", "pausing", "paused", "stopped", "complete"]
Mode = Literal["preview", "progressive", "power", "predictive", "agentless", "inbound"]
Window = Literal["day", "30_days"]
Delivery = Literal["push", "fetch"]
AfterOwned = Literal["anyone", "missed"]
Takeover = Literal["anyone", "deputy", "by_hand"]
CallbackDelivery = Literal["dial", "preview"]
OwnerAbsent = Literal["wait", "anyone"]
ColumnName = Annotated[str, Field(max_length=200)]
PreviewValues = Annotated[tuple[Annotated[str, Field(max_length=500)], ...], Field(max_length=500)]
Weekdays = Annotated[tuple[int, ...], Field(max_length=7)]
RecallSeconds = Annotated[dict[str, int | None], Field(max_length=30)]
DncListIds = Annotated[tuple[UUID, ...], Field(max_length=50)]
SortMode = Literal["static", "dynamic"]
FilterIds = Annotated[tuple[UUID, ...], Field(max_length=20)]
CodeIds = Annotated[tuple[UUID, ...], Field(max_length=500)]
# Whole numbers that fit the database; what they may be is for the domain to say.
Whole = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]
Number = Annotated[float, Field(ge=-1_000_000, le=1_000_000, allow_inf_nan=False)]


class SortKeyAnswer(Answer):
    """A key of a campaign's order: a column or a property."""

    column: str | None = None
    property: str | None = None
    descending: bool
    empty_first: bool


class SortKeyBody(RequestBody):
    """A key of a campaign's order."""

    column: Annotated[str | None, Field(max_length=128)] = None
    property: Annotated[str | None, Field(max_length=128)] = None
    descending: bool = False
    empty_first: bool = False


class FlowNoteAnswer(Answer):
    """What is done with what the campaign's flows note by a name."""

    name: str
    column: str
    recalls: dict[str, int | None]


class FlowNoteBody(RequestBody):
    """Column '': none. Recalls: noted value → seconds until the next attempt; null: none."""

    name: Annotated[str, Field(max_length=60)]
    column: ColumnName = ""
    recalls: Annotated[
        dict[Annotated[str, Field(max_length=500)], Whole | None],
        Field(default_factory=dict, max_length=50),
    ]


FlowNotes = Annotated[tuple[FlowNoteBody, ...], Field(max_length=100)]


class CampaignAnswer(Answer):
    """A campaign."""

    campaign_id: UUID
    name: str
    contact_list_id: UUID
    mode: str
    priority: int
    queue_id: UUID
    trunk_id: UUID
    caller_id: str
    caller_name: str
    callable_weekdays: list[int]
    callable_from: LocalTime
    callable_until: LocalTime
    callable_time_set_id: UUID | None
    dnc_list_ids: list[UUID]
    max_attempts: int
    recall_seconds: dict[str, int | None]
    minimum_gap_seconds: int
    attempt_limit_ids: list[UUID]
    recall_rules: dict[str, RecallRuleModel]
    number_order: str
    number_label_order: list[str]
    no_answer_timeout_seconds: int
    after_call_limit_seconds: int
    call_analysis: bool
    response_set_id: UUID | None
    calls_per_agent: float
    calls_per_agent_ceiling: float
    abandon_target: float
    abandon_window: str
    weight: int
    agents_kept_free: int
    lines_reserved: int
    lines_most: int
    flow_id: UUID | None
    abandon_flow_id: UUID | None
    flow_notes: list[FlowNoteAnswer]
    preview_delivery: str
    preview_timeout_seconds: int
    preview_skip_allowed: bool
    callback_owned_hours: int
    callback_after_owned: str
    callback_takeover: str
    callback_takeover_minutes: int
    callback_deputy_user_id: UUID | None
    callback_latest_hours: int
    callback_reminder_minutes: int
    callback_own_delivery: str
    callback_anyone_delivery: str
    preview_column: str
    preview_values: list[str]
    agent_owned_column: str
    owner_absent: str
    owner_absent_hours: int
    script: str
    script_id: UUID | None
    wrap_up_code_ids: list[UUID]
    compliance_preset: str | None
    consent_purpose: str
    consent_required: bool
    contract_calls: bool
    sector: str
    contact_list_filter_ids: list[UUID]
    sort: list[SortKeyAnswer]
    sort_mode: str
    state: str
    state_reason: str
    state_changed_at: UtcTime
    version: int
    created_at: UtcTime
    updated_at: UtcTime

    @classmethod
    def values_of(cls, campaign: Campaign) -> dict[str, Any]:
        """The fields of a campaign's answer."""
        return {
            name: getattr(campaign if hasattr(campaign, name) else campaign.settings, name)
            for name in CampaignAnswer.model_fields
        }

    @classmethod
    def of(cls, campaign: Campaign) -> CampaignAnswer:
        """The answer for a campaign."""
        return cls.model_validate(cls.values_of(campaign))


class WarningAnswer(Answer):
    """Something that a person should look at."""

    code: str
    message: str


class CampaignRunAnswer(CampaignAnswer):
    """A campaign after a command."""

    warnings: list[WarningAnswer]

    @classmethod
    def of_run(cls, run: Run, language: str) -> CampaignRunAnswer:
        """The answer for a command, in French or English."""
        warnings = [
            WarningAnswer(code=one.code, message=translated(one.code, language, {}) or one.message)
            for one in run.warnings
        ]
        return cls.model_validate({**cls.values_of(run.campaign), "warnings": warnings})


SortKeys = Annotated[tuple[SortKeyBody, ...], Field(max_length=20)]


class CampaignBody(RequestBody):
    """A campaign to be added; what is left out has its default."""

    name: str
    contact_list_id: UUID
    mode: Mode
    queue_id: UUID
    trunk_id: UUID
    caller_id: Annotated[str, Field(max_length=100)]
    caller_name: str = ""
    priority: Whole = 3
    callable_weekdays: Weekdays = (1, 2, 3, 4, 5, 6)
    callable_from: time = time(8)
    callable_until: time = time(20)
    callable_time_set_id: UUID | None = None
    dnc_list_ids: DncListIds = ()
    max_attempts: Whole = 4
    recall_seconds: Annotated[RecallSeconds, Field(default_factory=dict)]
    minimum_gap_seconds: Whole = 300
    attempt_limit_ids: LimitIds = ()
    recall_rules: Annotated[RecallRules, Field(default_factory=dict)]
    number_order: NumberOrder = "turns"
    number_label_order: NumberLabels = ()
    no_answer_timeout_seconds: Whole = 30
    after_call_limit_seconds: Whole = 60
    call_analysis: bool = False
    response_set_id: UUID | None = None
    calls_per_agent: Number = 1.5
    calls_per_agent_ceiling: Number = 15.0
    abandon_target: Number = 0.03
    abandon_window: Window = "day"
    weight: Whole = 1
    agents_kept_free: Whole = 0
    lines_reserved: Whole = 0
    lines_most: Whole = 0
    flow_id: UUID | None = None
    abandon_flow_id: UUID | None = None
    flow_notes: FlowNotes = ()
    preview_delivery: Delivery = "push"
    preview_timeout_seconds: Whole = 0
    preview_skip_allowed: bool = True
    callback_owned_hours: Whole = 24
    callback_after_owned: AfterOwned = "anyone"
    callback_takeover: Takeover = "anyone"
    callback_takeover_minutes: Whole = 15
    callback_deputy_user_id: UUID | None = None
    callback_latest_hours: Whole = 168
    callback_reminder_minutes: Whole = 5
    callback_own_delivery: CallbackDelivery = "dial"
    callback_anyone_delivery: CallbackDelivery = "dial"
    preview_column: ColumnName = ""
    preview_values: PreviewValues = ()
    agent_owned_column: ColumnName = ""
    owner_absent: OwnerAbsent = "wait"
    owner_absent_hours: Whole = 24
    script: str = ""
    script_id: UUID | None = None
    wrap_up_code_ids: CodeIds = ()
    compliance_preset: str | None = None
    consent_purpose: str = "prospecting"
    consent_required: bool = False
    contract_calls: bool = False
    sector: str = ""
    contact_list_filter_ids: FilterIds = ()
    sort: SortKeys = ()
    sort_mode: SortMode = "static"


class CampaignPatch(RequestBody):
    """What to change; a field that is missing stays, recall delays are changed one by one."""

    version: int
    name: str | None = None
    contact_list_id: UUID | None = None
    mode: Mode | None = None
    queue_id: UUID | None = None
    trunk_id: UUID | None = None
    caller_id: Annotated[str | None, Field(max_length=100)] = None
    caller_name: str | None = None
    priority: Whole | None = None
    callable_weekdays: Weekdays | None = None
    callable_from: time | None = None
    callable_until: time | None = None
    callable_time_set_id: UUID | None = None
    dnc_list_ids: DncListIds | None = None
    max_attempts: Whole | None = None
    recall_seconds: RecallSeconds | None = None
    minimum_gap_seconds: Whole | None = None
    attempt_limit_ids: LimitIds | None = None
    recall_rules: RecallRules | None = None
    number_order: NumberOrder | None = None
    number_label_order: NumberLabels | None = None
    no_answer_timeout_seconds: Whole | None = None
    after_call_limit_seconds: Whole | None = None
    call_analysis: bool | None = None
    response_set_id: UUID | None = None
    calls_per_agent: Number | None = None
    calls_per_agent_ceiling: Number | None = None
    abandon_target: Number | None = None
    abandon_window: Window | None = None
    weight: Whole | None = None
    agents_kept_free: Whole | None = None
    lines_reserved: Whole | None = None
    lines_most: Whole | None = None
    flow_id: UUID | None = None
    abandon_flow_id: UUID | None = None
    flow_notes: FlowNotes | None = None
    preview_delivery: Delivery | None = None
    preview_timeout_seconds: Whole | None = None
    preview_skip_allowed: bool | None = None
    callback_owned_hours: Whole | None = None
    callback_after_owned: AfterOwned | None = None
    callback_takeover: Takeover | None = None
    callback_takeover_minutes: Whole | None = None
    callback_deputy_user_id: UUID | None = None
    callback_latest_hours: Whole | None = None
    callback_reminder_minutes: Whole | None = None
    callback_own_delivery: CallbackDelivery | None = None
    callback_anyone_delivery: CallbackDelivery | None = None
    preview_column: ColumnName | None = None
    preview_values: PreviewValues | None = None
    agent_owned_column: ColumnName | None = None
    owner_absent: OwnerAbsent | None = None
    owner_absent_hours: Whole | None = None
    script: str | None = None
    script_id: UUID | None = None
    wrap_up_code_ids: CodeIds | None = None
    compliance_preset: str | None = None
    consent_purpose: str | None = None
    consent_required: bool | None = None
    contract_calls: bool | None = None
    sector: str | None = None
    contact_list_filter_ids: FilterIds | None = None
    sort: SortKeys | None = None
    sort_mode: SortMode | None = None


class CopyBody(RequestBody):
    """The name of a copy; without one it gets a free one."""

    name: str | None = None


class WrapUpCountAnswer(Answer):
    """How often an outcome was given."""

    wrap_up_code_id: UUID | None
    system_code: str | None
    name: str
    name_en: str
    count: int


class WaitAnswer(Answer):
    """How long answered people waited for an agent, in seconds."""

    p50: float
    p95: float
    max: float


class ListEndAnswer(Answer):
    """When the list will end: a range, null where it is further off than 60 days.

    `unknown` says why there is none: `NOT_RUNNING`, `NOTHING_LEFT`, `TOO_LITTLE_CALLED` or
    `NO_HOURS`.
    """

    unknown: str
    earliest: UtcTime | None
    latest: UtcTime | None
    attempts: int
    observed_seconds: float


class ProgressAnswer(Answer):
    """How far a campaign is."""

    campaign_id: UUID
    contacts: int
    untouched: int
    open: int
    in_progress: int
    finished: int
    attempts: int
    results: dict[str, int]
    wrap_ups: list[WrapUpCountAnswer]
    answered: int
    abandoned: int
    connect_rate: float
    abandon_rate: float
    next_attempt_at: UtcTime | None
    answer_to_agent_seconds: WaitAnswer | None
    list_end: ListEndAnswer


class PaceMinuteAnswer(Answer):
    """The calls of one minute, by the instant of their answer, else of their end."""

    at: UtcTime
    dialled: int
    live: int
    abandoned: int
    connected: int
    wait_p50: float | None
    wait_p95: float | None


class PaceWindowAnswer(Answer):
    """The abandon rate over the window of its target, by both denominators."""

    seconds: int
    dialled: int
    live: int
    abandoned: int
    target: float
    rate: float
    rate_of_all: float


class PaceAnswer(Answer):
    """How fast a campaign has dialled, and at what abandon rate."""

    minutes: list[PaceMinuteAnswer]
    window: PaceWindowAnswer

    @classmethod
    def of(cls, pace: Pace) -> PaceAnswer:
        """The answer for a campaign's pace."""
        names = PaceMinuteAnswer.model_fields
        window = {
            name: getattr(pace if hasattr(pace, name) else pace.counts, name)
            for name in PaceWindowAnswer.model_fields
        }
        return cls(
            minutes=[
                PaceMinuteAnswer(**{name: getattr(minute, name) for name in names})
                for minute in pace.minutes
            ],
            window=PaceWindowAnswer(**window),
        )


@router.get("/campaigns")
async def list_campaigns(
    asker: Reader,
    services: TheServices,
    state: State | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    page_token: str | None = None,
) -> ListAnswer[CampaignAnswer]:
    """Campaigns, the newest first."""
    page = await services.campaigns.find(asker, state=state, limit=limit, token=page_token)
    items = [CampaignAnswer.of(campaign) for campaign in page.items]
    return ListAnswer(items=items, next_page_token=page.next_page_token, total=page.total)


@router.post("/campaigns", status_code=201)
async def add_campaign(body: CampaignBody, asker: Writer, services: TheServices) -> CampaignAnswer:
    """Add a campaign, which is then ready to be started."""
    return CampaignAnswer.of(await services.campaigns.add(asker, body.model_dump()))


@router.get("/campaigns/{campaign_id}")
async def get_campaign(campaign_id: UUID, asker: Reader, services: TheServices) -> CampaignAnswer:
    """One campaign."""
    return CampaignAnswer.of(await services.campaigns.get(asker, campaign_id))


@router.patch("/campaigns/{campaign_id}")
async def change_campaign(
    campaign_id: UUID, body: CampaignPatch, asker: Writer, services: TheServices
) -> CampaignAnswer:
    """Change a campaign; null takes a callable time set, a response set, a flow or a callbacks'
    deputy away, and makes the campaign follow the organisation's `compliance_preset`."""
    values = body.changes(
        nullable={
            "callable_time_set_id",
            "callback_deputy_user_id",
            "compliance_preset",
            "script_id",
            "response_set_id",
            "flow_id",
            "abandon_flow_id",
        }
    )
    version = values.pop("version")
    return CampaignAnswer.of(await services.campaigns.change(asker, campaign_id, version, values))


@router.delete("/campaigns/{campaign_id}", status_code=204)
async def delete_campaign(campaign_id: UUID, asker: Writer, services: TheServices) -> None:
    """Delete a campaign that has never run."""
    await services.campaigns.delete(asker, campaign_id)


@router.post("/campaigns/{campaign_id}/copy", status_code=201)
async def copy_campaign(
    campaign_id: UUID, body: CopyBody, asker: Writer, services: TheServices
) -> CampaignAnswer:
    """A new campaign with the same settings, not begun.

    Copied too: rule sets in their order, the campaign's own wrap-up mapping, recycle plans that
    still recycle, and the schedule, turned off. Not copied: contacts' courses, attempts, outcomes,
    callbacks, firings, places in sequences, campaign rules.
    """
    return CampaignAnswer.of(await services.campaigns.copy(asker, campaign_id, body.name))


@router.post("/campaigns/{campaign_id}/start")
async def start_campaign(
    campaign_id: UUID, asker: Runner, services: TheServices, request: Request
) -> CampaignRunAnswer:
    """Start or go on."""
    run = await services.campaign_runs.start(asker, campaign_id)
    return CampaignRunAnswer.of_run(run, language_of(request))


@router.post("/campaigns/{campaign_id}/pause")
async def pause_campaign(
    campaign_id: UUID, asker: Runner, services: TheServices, request: Request
) -> CampaignRunAnswer:
    """Dial nothing new; calls in progress go on."""
    run = await services.campaign_runs.pause(asker, campaign_id)
    return CampaignRunAnswer.of_run(run, language_of(request))


@router.post("/campaigns/{campaign_id}/stop")
async def stop_campaign(
    campaign_id: UUID, asker: Runner, services: TheServices, request: Request
) -> CampaignRunAnswer:
    """The emergency: unanswered calls are hung up at once."""
    run = await services.campaign_runs.stop(asker, campaign_id)
    return CampaignRunAnswer.of_run(run, language_of(request))


@router.get("/campaigns/{campaign_id}/progress")
async def campaign_progress(
    campaign_id: UUID, asker: Reader, services: TheServices
) -> ProgressAnswer:
    """Counts as of now."""
    progress, end = await services.progress.progress(asker, campaign_id)
    values = {
        name: getattr(progress, name)
        for name in ProgressAnswer.model_fields
        if name not in ("campaign_id", "list_end")
    }
    return ProgressAnswer.model_validate({"campaign_id": campaign_id, "list_end": end, **values})


@router.get("/campaigns/{campaign_id}/pacing")
async def campaign_pacing(
    campaign_id: UUID,
    asker: Reader,
    services: TheServices,
    minutes: Annotated[int, Query(ge=1, le=24 * 60)] = 120,
) -> PaceAnswer:
    """The last minutes' calls, and the abandon rate over its window."""
    return PaceAnswer.of(await services.progress.pace(asker, campaign_id, minutes))
