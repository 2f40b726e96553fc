"""Every service of the application, handed to the API as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from kwabo.kernel.clock import Clock
from kwabo.kernel.ids import IdFactory
from kwabo.ports.dnc_providers import DncProviderClient, SecretFiles
from kwabo.ports.floor_client import FloorClient
from kwabo.ports.import_sources import ImportSources
from kwabo.ports.live import LiveStore
from kwabo.ports.outgoing import QuestionClient
from kwabo.ports.passwords import PasswordHasher
from kwabo.ports.prompts import PromptFiles
from kwabo.ports.secret_box import SecretBox
from kwabo.ports.secret_source import SecretSource
from kwabo.ports.speech import Speech
from kwabo.ports.uploads import UploadStore
from kwabo.ports.workbooks import Workbooks
from kwabo.services.alerts import AlertService
from kwabo.services.api_tokens import ApiTokenService
from kwabo.services.attempt_limits import AttemptLimitService
from kwabo.services.attempts import AttemptService
from kwabo.services.audit import AuditService
from kwabo.services.call_results import CallResultService
from kwabo.services.callable_time_sets import CallableTimeSetService
from kwabo.services.callbacks import CallbackService
from kwabo.services.campaign_rules import CampaignRuleService
from kwabo.services.campaign_runs import CampaignRunService
from kwabo.services.campaigns import CampaignService
from kwabo.services.cards import CardService
from kwabo.services.column_changes import ColumnChangeService
from kwabo.services.compliance import ComplianceService
from kwabo.services.consent_files import ConsentFileService
from kwabo.services.consents import ConsentService
from kwabo.services.contact_list_filters import ContactListFilterService
from kwabo.services.contact_lists import ContactListService
from kwabo.services.contacts import ContactService
from kwabo.services.data_actions import DataActionService
from kwabo.services.desktop import DesktopService
from kwabo.services.diagnosis import DiagnosisService
from kwabo.services.dnc_entries import DncEntryService
from kwabo.services.dnc_lists import DncListService
from kwabo.services.dnc_uploads import DncUploadService
from kwabo.services.erasure import ErasureService
from kwabo.services.event_log import EventLogService
from kwabo.services.explanations import ExplanationService
from kwabo.services.flow_files import FlowFileService
from kwabo.services.flow_recordings import FlowRecordingService
from kwabo.services.flow_results import FlowResultService
from kwabo.services.flow_trials import FlowTrialService
from kwabo.services.flows import FlowService
from kwabo.services.idempotency import IdempotencyService
from kwabo.services.import_schedules import ImportScheduleService
from kwabo.services.import_templates import ImportTemplateService
from kwabo.services.imports import ImportService
from kwabo.services.inbound_numbers import InboundNumberService
from kwabo.services.incidents import IncidentService
from kwabo.services.languages import LanguageService
from kwabo.services.list_health import ListHealthService
from kwabo.services.live import LiveService
from kwabo.services.messages import MessageService
from kwabo.services.number_marks import NumberMarkService
from kwabo.services.opening_hours import OpeningHoursService
from kwabo.services.organisations import OrganisationService
from kwabo.services.pause_reasons import PauseReasonService
from kwabo.services.persons import PersonService
from kwabo.services.profile import ProfileService
from kwabo.services.progress import ProgressService
from kwabo.services.prompt_variants import PromptVariantService
from kwabo.services.prompts import PromptService
from kwabo.services.proofs import ProofService
from kwabo.services.queue_callers import QueueCallerService
from kwabo.services.queue_figures import QueueFigureService
from kwabo.services.queue_routing import QueueRoutingService
from kwabo.services.queues import QueueService
from kwabo.services.recording_sessions import RecordingSessionService
from kwabo.services.recycling import RecyclingService
from kwabo.services.rescue import RescueService
from kwabo.services.response_sets import ResponseSetService
from kwabo.services.retention import RetentionService
from kwabo.services.rule_sets import RuleSetService
from kwabo.services.sandbox import SandboxService
from kwabo.services.schedules import ScheduleService
from kwabo.services.script_answers import ScriptAnswerService
from kwabo.services.script_runs import ScriptRunService
from kwabo.services.scripts import ScriptService
from kwabo.services.sequences import SequenceService
from kwabo.services.sessions import SessionService
from kwabo.services.settings_documents import SettingsDocumentService
from kwabo.services.skills import SkillService
from kwabo.services.speech import SpeechService
from kwabo.services.timetable import TimetableService
from kwabo.services.trunks import TrunkService
from kwabo.services.unit_of_work import UnitOfWork
from kwabo.services.upkeep import UpkeepService
from kwabo.services.users import UserService
from kwabo.services.voicemails import VoicemailService
from kwabo.services.webhooks import WebhookService
from kwabo.services.what_ifs import WhatIfService
from kwabo.services.wrap_up_codes import WrapUpCodeService
from kwabo.services.wrap_up_mappings import WrapUpMappingService
from kwabo.services.wrap_ups import WrapUpService


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """One field for each service."""

    sessions: SessionService
    profile: ProfileService
    users: UserService
    organisations: OrganisationService
    api_tokens: ApiTokenService
    audit: AuditService
    idempotency: IdempotencyService
    upkeep: UpkeepService
    rescue: RescueService
    contact_lists: ContactListService
    contact_list_filters: ContactListFilterService
    column_changes: ColumnChangeService
    list_health: ListHealthService
    contacts: ContactService
    imports: ImportService
    import_templates: ImportTemplateService
    import_schedules: ImportScheduleService
    inbound_numbers: InboundNumberService
    queues: QueueService
    queue_callers: QueueCallerService
    queue_figures: QueueFigureService
    queue_routing: QueueRoutingService
    skills: SkillService
    trunks: TrunkService
    wrap_up_codes: WrapUpCodeService
    wrap_up_mappings: WrapUpMappingService
    pause_reasons: PauseReasonService
    dnc_lists: DncListService
    data_actions: DataActionService
    dnc_entries: DncEntryService
    compliance: ComplianceService
    consents: ConsentService
    consent_files: ConsentFileService
    number_marks: NumberMarkService
    retention: RetentionService
    erasure: ErasureService
    proofs: ProofService
    callable_time_sets: CallableTimeSetService
    attempt_limits: AttemptLimitService
    persons: PersonService
    recycling: RecyclingService
    dnc_uploads: DncUploadService
    campaigns: CampaignService
    campaign_runs: CampaignRunService
    campaign_rules: CampaignRuleService
    rule_sets: RuleSetService
    flows: FlowService
    flow_trials: FlowTrialService
    flow_files: FlowFileService
    flow_results: FlowResultService
    opening_hours: OpeningHoursService
    incidents: IncidentService
    messages: MessageService
    sandbox: SandboxService
    scripts: ScriptService
    script_runs: ScriptRunService
    script_answers: ScriptAnswerService
    prompts: PromptService
    prompt_variants: PromptVariantService
    recording_sessions: RecordingSessionService
    languages: LanguageService
    speech: SpeechService
    response_sets: ResponseSetService
    call_results: CallResultService
    schedules: ScheduleService
    sequences: SequenceService
    timetable: TimetableService
    what_ifs: WhatIfService
    progress: ProgressService
    diagnosis: DiagnosisService
    attempts: AttemptService
    flow_recordings: FlowRecordingService
    explanations: ExplanationService
    desktop: DesktopService
    wrap_ups: WrapUpService
    cards: CardService
    callbacks: CallbackService
    alerts: AlertService
    voicemails: VoicemailService
    event_log: EventLogService
    webhooks: WebhookService
    live: LiveService
    settings_documents: SettingsDocumentService
    over: Callable[[UnitOfWork], Services]  # the same on another unit of work: a joined one


def make_services(
    unit_of_work: UnitOfWork,
    *,
    clock: Clock,
    ids: IdFactory,
    passwords: PasswordHasher,
    secrets: SecretSource,
    uploads: UploadStore,
    prompt_files: PromptFiles,
    speech: Speech,
    workbooks: Workbooks,
    sources: ImportSources,
    secret_box: SecretBox,
    floor: FloorClient,
    live: LiveStore,
    dnc_providers: DncProviderClient,
    secret_files: SecretFiles,
    outgoing: QuestionClient,
    private_webhooks: bool = False,
    event_log_days: int = 90,
    webhook_days: int = 14,
) -> Services:
    """The services on these ports; bootstrap and tests both call this."""
    over = partial(
        make_services,
        clock=clock,
        ids=ids,
        passwords=passwords,
        secrets=secrets,
        uploads=uploads,
        prompt_files=prompt_files,
        speech=speech,
        workbooks=workbooks,
        sources=sources,
        secret_box=secret_box,
        floor=floor,
        live=live,
        dnc_providers=dnc_providers,
        secret_files=secret_files,
        outgoing=outgoing,
        private_webhooks=private_webhooks,
        event_log_days=event_log_days,
        webhook_days=webhook_days,
    )
    callbacks = CallbackService(unit_of_work, ids=ids, clock=clock)
    flows = FlowService(unit_of_work, speech=speech, ids=ids, clock=clock)
    return Services(
        sessions=SessionService(unit_of_work, passwords=passwords, secrets=secrets, clock=clock),
        profile=ProfileService(unit_of_work, passwords=passwords, secrets=secrets, clock=clock),
        users=UserService(unit_of_work, passwords=passwords, ids=ids, clock=clock),
        organisations=OrganisationService(unit_of_work, passwords=passwords, ids=ids, clock=clock),
        api_tokens=ApiTokenService(unit_of_work, secrets=secrets, ids=ids, clock=clock),
        audit=AuditService(unit_of_work),
        idempotency=IdempotencyService(unit_of_work, clock=clock),
        upkeep=UpkeepService(
            unit_of_work,
            clock=clock,
            events_kept_for=timedelta(days=event_log_days),
            messages_kept_for=timedelta(days=webhook_days),
        ),
        rescue=RescueService(unit_of_work, passwords=passwords, clock=clock),
        contact_lists=ContactListService(unit_of_work, ids=ids, clock=clock),
        contact_list_filters=ContactListFilterService(unit_of_work, ids=ids, clock=clock),
        list_health=ListHealthService(unit_of_work, clock=clock),
        column_changes=ColumnChangeService(unit_of_work, ids=ids, clock=clock),
        contacts=ContactService(unit_of_work, ids=ids, clock=clock),
        imports=ImportService(
            unit_of_work, uploads=uploads, workbooks=workbooks, ids=ids, clock=clock
        ),
        import_templates=ImportTemplateService(unit_of_work, ids=ids, clock=clock),
        import_schedules=ImportScheduleService(
            unit_of_work, sources=sources, secret_box=secret_box, ids=ids, clock=clock
        ),
        inbound_numbers=InboundNumberService(unit_of_work, ids=ids, clock=clock),
        queues=QueueService(unit_of_work, ids=ids, clock=clock),
        queue_callers=QueueCallerService(unit_of_work, floor=floor, clock=clock),
        queue_figures=QueueFigureService(unit_of_work, live=live, clock=clock),
        queue_routing=QueueRoutingService(unit_of_work, live=live, ids=ids, clock=clock),
        skills=SkillService(unit_of_work, ids=ids, clock=clock),
        trunks=TrunkService(unit_of_work, ids=ids, clock=clock),
        wrap_up_codes=WrapUpCodeService(unit_of_work, ids=ids, clock=clock),
        wrap_up_mappings=WrapUpMappingService(unit_of_work, ids=ids, clock=clock),
        pause_reasons=PauseReasonService(unit_of_work, ids=ids, clock=clock),
        dnc_lists=DncListService(
            unit_of_work,
            ids=ids,
            clock=clock,
            provider_client=dnc_providers,
            secret_files=secret_files,
        ),
        data_actions=DataActionService(
            unit_of_work, client=outgoing, secret_files=secret_files, ids=ids, clock=clock
        ),
        dnc_entries=DncEntryService(unit_of_work, ids=ids, clock=clock),
        compliance=ComplianceService(unit_of_work, ids=ids, clock=clock),
        consents=ConsentService(unit_of_work, ids=ids, clock=clock),
        consent_files=ConsentFileService(unit_of_work, ids=ids, clock=clock),
        number_marks=NumberMarkService(unit_of_work, ids=ids, clock=clock),
        retention=RetentionService(unit_of_work, uploads=uploads, ids=ids, clock=clock),
        erasure=ErasureService(
            unit_of_work, uploads=uploads, audio=prompt_files, ids=ids, clock=clock
        ),
        proofs=ProofService(unit_of_work, clock=clock),
        callable_time_sets=CallableTimeSetService(unit_of_work, ids=ids, clock=clock),
        attempt_limits=AttemptLimitService(unit_of_work, ids=ids, clock=clock),
        persons=PersonService(unit_of_work, clock=clock),
        recycling=RecyclingService(unit_of_work, floor=floor, ids=ids, clock=clock),
        dnc_uploads=DncUploadService(unit_of_work, uploads=uploads, ids=ids, clock=clock),
        campaigns=CampaignService(unit_of_work, ids=ids, clock=clock),
        campaign_runs=CampaignRunService(unit_of_work, floor=floor, clock=clock),
        campaign_rules=CampaignRuleService(unit_of_work, ids=ids, clock=clock),
        rule_sets=RuleSetService(unit_of_work, ids=ids, clock=clock),
        flows=flows,
        flow_trials=FlowTrialService(unit_of_work, clock=clock),
        flow_results=FlowResultService(unit_of_work, clock=clock),
        flow_files=FlowFileService(unit_of_work, flows=flows),
        opening_hours=OpeningHoursService(unit_of_work, ids=ids, clock=clock),
        incidents=IncidentService(unit_of_work, ids=ids, clock=clock),
        messages=MessageService(unit_of_work, clock=clock),
        sandbox=SandboxService(unit_of_work, clock=clock),
        scripts=ScriptService(unit_of_work, ids=ids, clock=clock),
        script_runs=ScriptRunService(unit_of_work, ids=ids, clock=clock),
        script_answers=ScriptAnswerService(unit_of_work, clock=clock),
        prompts=PromptService(
            unit_of_work, files=prompt_files, speech=speech, ids=ids, clock=clock
        ),
        prompt_variants=PromptVariantService(
            unit_of_work, files=prompt_files, ids=ids, clock=clock
        ),
        recording_sessions=RecordingSessionService(
            unit_of_work, secrets=secrets, secret_box=secret_box, ids=ids, clock=clock
        ),
        languages=LanguageService(unit_of_work, speech=speech, clock=clock),
        speech=SpeechService(speech),
        response_sets=ResponseSetService(unit_of_work, ids=ids, clock=clock),
        call_results=CallResultService(unit_of_work, files=prompt_files, clock=clock),
        schedules=ScheduleService(unit_of_work, ids=ids, clock=clock),
        sequences=SequenceService(unit_of_work, ids=ids, clock=clock),
        timetable=TimetableService(unit_of_work, ids=ids, clock=clock),
        what_ifs=WhatIfService(unit_of_work, ids=ids, clock=clock),
        progress=ProgressService(unit_of_work, clock=clock),
        diagnosis=DiagnosisService(unit_of_work, live=live, clock=clock),
        attempts=AttemptService(unit_of_work),
        flow_recordings=FlowRecordingService(unit_of_work, files=prompt_files, clock=clock),
        explanations=ExplanationService(unit_of_work, clock=clock),
        desktop=DesktopService(unit_of_work, floor=floor, live=live),
        wrap_ups=WrapUpService(unit_of_work, floor=floor, clock=clock),
        cards=CardService(unit_of_work, live=live, clock=clock),
        callbacks=callbacks,
        alerts=AlertService(unit_of_work, live=live),
        voicemails=VoicemailService(
            unit_of_work, callbacks=callbacks, files=prompt_files, ids=ids, clock=clock
        ),
        event_log=EventLogService(unit_of_work, clock=clock),
        webhooks=WebhookService(
            unit_of_work,
            secrets=secrets,
            secret_box=secret_box,
            ids=ids,
            clock=clock,
            private_allowed=private_webhooks,
        ),
        live=LiveService(live, clock),
        settings_documents=SettingsDocumentService(unit_of_work, clock=clock),
        over=over,
    )
