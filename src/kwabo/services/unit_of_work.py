"""One transaction of one organisation: the only way to the stores, and the only place that commits.

    async with unit_of_work.begin(asker.organisation_id) as stores:
        await stores.users.add(user)

Leaving the block commits; an exception rolls everything back. The database shows such a
transaction the rows of its organisation only, whatever a query asks for.

    async with unit_of_work.begin_joined(organisation_id) as joined:
        services = all_services.over(joined)

Services on `joined` do all that they do in the one transaction: what one of them begins is a part
of it that can fail for itself, and leaving the block commits the whole, or an exception nothing.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol
from uuid import UUID

from kwabo.ports.access import AccessStore
from kwabo.ports.alerts import AlertStore
from kwabo.ports.attempt_limits import AttemptLimitStore
from kwabo.ports.attempts import AttemptStore
from kwabo.ports.audit import AuditStore
from kwabo.ports.call_results import CallResultStore
from kwabo.ports.callable_time_sets import CallableTimeSetStore
from kwabo.ports.callbacks import CallbackStore
from kwabo.ports.campaign_rules import CampaignRuleStore
from kwabo.ports.campaigns import CampaignStore
from kwabo.ports.candidates import CandidateStore
from kwabo.ports.column_changes import ColumnChangeStore
from kwabo.ports.compliance import ComplianceStore
from kwabo.ports.consents import ConsentStore
from kwabo.ports.contact_list_filters import ContactListFilterStore
from kwabo.ports.contact_lists import ContactListStore
from kwabo.ports.contacts import ContactStore
from kwabo.ports.courses import CourseStore
from kwabo.ports.data_actions import DataActionStore
from kwabo.ports.diagnosis import DiagnosisStore
from kwabo.ports.dnc_checks import DncCheckStore
from kwabo.ports.dnc_lists import DncListStore
from kwabo.ports.erasure import ErasureStore
from kwabo.ports.event_log import EventLogStore
from kwabo.ports.firings import FiringStore
from kwabo.ports.floor_commands import FloorCommandStore
from kwabo.ports.flow_results import FlowResultStore
from kwabo.ports.flows import FlowStore
from kwabo.ports.idempotency import IdempotencyStore
from kwabo.ports.import_schedules import ImportScheduleStore
from kwabo.ports.import_templates import ImportTemplateStore
from kwabo.ports.imports import ImportStore
from kwabo.ports.inbound_numbers import InboundNumberStore
from kwabo.ports.incidents import IncidentStore
from kwabo.ports.languages import LanguageStore
from kwabo.ports.list_health import ListHealthStore
from kwabo.ports.message_channels import SandboxStore
from kwabo.ports.organisations import OrganisationStore
from kwabo.ports.pause_reasons import PauseReasonStore
from kwabo.ports.persons import PersonStore
from kwabo.ports.progress import ProgressStore
from kwabo.ports.prompts import PromptStore, PromptVariantStore
from kwabo.ports.queue_figures import QueueFigureStore
from kwabo.ports.queue_routing import QueueRoutingStore
from kwabo.ports.queues import QueueStore
from kwabo.ports.recording_sessions import RecordingSessionStore
from kwabo.ports.recycling import RecyclingStore
from kwabo.ports.response_sets import ResponseSetStore
from kwabo.ports.retention import RetentionStore
from kwabo.ports.rule_sets import RuleSetStore
from kwabo.ports.schedule_groups import ScheduleGroupStore
from kwabo.ports.schedules import ScheduleStore
from kwabo.ports.scripts import ScriptStore
from kwabo.ports.sequences import SequenceStore
from kwabo.ports.skills import SkillStore
from kwabo.ports.trunks import TrunkStore
from kwabo.ports.users import UserStore
from kwabo.ports.voicemails import VoicemailStore
from kwabo.ports.wanted_messages import WantedMessageStore
from kwabo.ports.webhooks import WebhookStore
from kwabo.ports.what_ifs import CampaignHistoryStore, WhatIfStore
from kwabo.ports.wrap_up_codes import WrapUpCodeStore
from kwabo.ports.wrap_up_mappings import WrapUpMappingStore


class Stores(Protocol):
    """The stores of one transaction, one for each noun. They die with the transaction."""

    @property
    def organisations(self) -> OrganisationStore: ...

    @property
    def users(self) -> UserStore: ...

    @property
    def alerts(self) -> AlertStore: ...

    @property
    def voicemails(self) -> VoicemailStore: ...

    @property
    def access(self) -> AccessStore: ...

    @property
    def audit(self) -> AuditStore: ...

    @property
    def idempotency(self) -> IdempotencyStore: ...

    @property
    def contact_lists(self) -> ContactListStore: ...

    @property
    def contact_list_filters(self) -> ContactListFilterStore: ...

    @property
    def contacts(self) -> ContactStore: ...

    @property
    def imports(self) -> ImportStore: ...

    @property
    def list_health(self) -> ListHealthStore: ...

    @property
    def column_changes(self) -> ColumnChangeStore: ...

    @property
    def import_schedules(self) -> ImportScheduleStore: ...

    @property
    def import_templates(self) -> ImportTemplateStore: ...

    @property
    def queues(self) -> QueueStore: ...

    @property
    def inbound_numbers(self) -> InboundNumberStore: ...

    @property
    def trunks(self) -> TrunkStore: ...

    @property
    def wrap_up_codes(self) -> WrapUpCodeStore: ...

    @property
    def wrap_up_mappings(self) -> WrapUpMappingStore: ...

    @property
    def queue_routing(self) -> QueueRoutingStore: ...

    @property
    def queue_figures(self) -> QueueFigureStore: ...

    @property
    def skills(self) -> SkillStore: ...

    @property
    def pause_reasons(self) -> PauseReasonStore: ...

    @property
    def dnc_lists(self) -> DncListStore: ...

    @property
    def dnc_checks(self) -> DncCheckStore: ...

    @property
    def data_actions(self) -> DataActionStore: ...

    @property
    def callable_time_sets(self) -> CallableTimeSetStore: ...

    @property
    def attempt_limits(self) -> AttemptLimitStore: ...

    @property
    def persons(self) -> PersonStore: ...

    @property
    def recycling(self) -> RecyclingStore: ...

    @property
    def campaigns(self) -> CampaignStore: ...

    @property
    def progress(self) -> ProgressStore: ...

    @property
    def diagnosis(self) -> DiagnosisStore: ...

    @property
    def attempts(self) -> AttemptStore: ...

    @property
    def courses(self) -> CourseStore: ...

    @property
    def candidates(self) -> CandidateStore: ...

    @property
    def compliance(self) -> ComplianceStore: ...

    @property
    def retention(self) -> RetentionStore: ...

    @property
    def erasure(self) -> ErasureStore: ...

    @property
    def consents(self) -> ConsentStore: ...

    @property
    def callbacks(self) -> CallbackStore: ...

    @property
    def floor_commands(self) -> FloorCommandStore: ...

    @property
    def what_ifs(self) -> WhatIfStore: ...

    @property
    def campaign_rules(self) -> CampaignRuleStore: ...

    @property
    def rule_sets(self) -> RuleSetStore: ...

    @property
    def scripts(self) -> ScriptStore: ...

    @property
    def flows(self) -> FlowStore: ...

    @property
    def schedule_groups(self) -> ScheduleGroupStore: ...

    @property
    def incidents(self) -> IncidentStore: ...

    @property
    def flow_results(self) -> FlowResultStore: ...

    @property
    def sandbox(self) -> SandboxStore: ...

    @property
    def wanted_messages(self) -> WantedMessageStore: ...

    @property
    def prompts(self) -> PromptStore: ...

    @property
    def prompt_variants(self) -> PromptVariantStore: ...

    @property
    def recording_sessions(self) -> RecordingSessionStore: ...

    @property
    def languages(self) -> LanguageStore: ...

    @property
    def response_sets(self) -> ResponseSetStore: ...

    @property
    def call_results(self) -> CallResultStore: ...

    @property
    def schedules(self) -> ScheduleStore: ...

    @property
    def sequences(self) -> SequenceStore: ...

    @property
    def firings(self) -> FiringStore: ...

    @property
    def event_log(self) -> EventLogStore: ...

    @property
    def webhooks(self) -> WebhookStore: ...

    @property
    def campaign_history(self) -> CampaignHistoryStore: ...


class UnitOfWork(Protocol):
    """Begins transactions."""

    def begin(self, organisation_id: UUID) -> AbstractAsyncContextManager[Stores]:
        """A transaction that sees and writes this organisation's rows."""
        ...

    def begin_outside(self) -> AbstractAsyncContextManager[Stores]:
        """A transaction outside every organisation: it sees no organisation's rows.

        For the look-ups that find out the organisation (login, session, API token, all floors).
        """
        ...

    def begin_joined(self, organisation_id: UUID) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction of this organisation in whose parts several services work.

        The unit of work in the block begins parts: one after the other, for this organisation
        alone. A part that an exception leaves is rolled back without the others.
        """
        ...
