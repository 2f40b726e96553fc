"""Transactions on PostgreSQL and the stores that work in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cached_property
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from kwabo.adapters.postgres.access import PostgresAccessStore
from kwabo.adapters.postgres.alerts import PostgresAlertStore
from kwabo.adapters.postgres.attempt_limits import PostgresAttemptLimitStore
from kwabo.adapters.postgres.attempts import PostgresAttemptStore
from kwabo.adapters.postgres.audit import PostgresAuditStore
from kwabo.adapters.postgres.call_results import PostgresCallResultStore
from kwabo.adapters.postgres.callable_time_sets import PostgresCallableTimeSetStore
from kwabo.adapters.postgres.callbacks import PostgresCallbackStore
from kwabo.adapters.postgres.campaign_history import PostgresCampaignHistoryStore
from kwabo.adapters.postgres.campaign_rules import PostgresCampaignRuleStore
from kwabo.adapters.postgres.campaigns import PostgresCampaignStore
from kwabo.adapters.postgres.column_changes import PostgresColumnChangeStore
from kwabo.adapters.postgres.compliance import PostgresComplianceStore
from kwabo.adapters.postgres.consents import PostgresConsentStore
from kwabo.adapters.postgres.contact_list_filters import PostgresContactListFilterStore
from kwabo.adapters.postgres.contact_lists import PostgresContactListStore
from kwabo.adapters.postgres.contacts import PostgresContactStore
from kwabo.adapters.postgres.courses import PostgresCandidateStore, PostgresCourseStore
from kwabo.adapters.postgres.data_actions import PostgresDataActionStore
from kwabo.adapters.postgres.diagnosis import PostgresDiagnosisStore
from kwabo.adapters.postgres.dnc_checks import PostgresDncCheckStore
from kwabo.adapters.postgres.dnc_lists import PostgresDncListStore
from kwabo.adapters.postgres.erasure import PostgresErasureStore
from kwabo.adapters.postgres.event_log import PostgresEventLogStore
from kwabo.adapters.postgres.failures import failures_as_errors, failures_to_connect
from kwabo.adapters.postgres.firings import PostgresFiringStore
from kwabo.adapters.postgres.floor_commands import PostgresFloorCommandStore
from kwabo.adapters.postgres.flow_results import PostgresFlowResultStore
from kwabo.adapters.postgres.flows import PostgresFlowStore
from kwabo.adapters.postgres.idempotency import PostgresIdempotencyStore
from kwabo.adapters.postgres.import_schedules import PostgresImportScheduleStore
from kwabo.adapters.postgres.import_templates import PostgresImportTemplateStore
from kwabo.adapters.postgres.imports import PostgresImportStore
from kwabo.adapters.postgres.inbound_numbers import PostgresInboundNumberStore
from kwabo.adapters.postgres.incidents import PostgresIncidentStore
from kwabo.adapters.postgres.languages import PostgresLanguageStore
from kwabo.adapters.postgres.list_health import PostgresListHealthStore
from kwabo.adapters.postgres.organisations import PostgresOrganisationStore
from kwabo.adapters.postgres.pause_reasons import PostgresPauseReasonStore
from kwabo.adapters.postgres.persons import PostgresPersonStore
from kwabo.adapters.postgres.progress import PostgresProgressStore
from kwabo.adapters.postgres.prompt_variants import PostgresPromptVariantStore
from kwabo.adapters.postgres.prompts import PostgresPromptStore
from kwabo.adapters.postgres.queue_figures import PostgresQueueFigureStore
from kwabo.adapters.postgres.queue_routing import PostgresQueueRoutingStore
from kwabo.adapters.postgres.queues import PostgresQueueStore
from kwabo.adapters.postgres.recording_sessions import PostgresRecordingSessionStore
from kwabo.adapters.postgres.recycling import PostgresRecyclingStore
from kwabo.adapters.postgres.response_sets import PostgresResponseSetStore
from kwabo.adapters.postgres.retention import PostgresRetentionStore
from kwabo.adapters.postgres.rule_sets import PostgresRuleSetStore
from kwabo.adapters.postgres.sandbox import PostgresSandboxStore
from kwabo.adapters.postgres.schedule_groups import PostgresScheduleGroupStore
from kwabo.adapters.postgres.schedules import PostgresScheduleStore
from kwabo.adapters.postgres.scripts import PostgresScriptStore
from kwabo.adapters.postgres.sequences import PostgresSequenceStore
from kwabo.adapters.postgres.skills import PostgresSkillStore
from kwabo.adapters.postgres.trunks import PostgresTrunkStore
from kwabo.adapters.postgres.users import PostgresUserStore
from kwabo.adapters.postgres.voicemails import PostgresVoicemailStore
from kwabo.adapters.postgres.wanted_messages import PostgresWantedMessageStore
from kwabo.adapters.postgres.webhooks import PostgresWebhookStore
from kwabo.adapters.postgres.what_ifs import PostgresWhatIfStore
from kwabo.adapters.postgres.wrap_up_codes import PostgresWrapUpCodeStore
from kwabo.adapters.postgres.wrap_up_mappings import PostgresWrapUpMappingStore


class PostgresStores:
    """Every store on one connection, made when first asked for."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @cached_property
    def organisations(self) -> PostgresOrganisationStore:
        return PostgresOrganisationStore(self._connection)

    @cached_property
    def users(self) -> PostgresUserStore:
        return PostgresUserStore(self._connection)

    @cached_property
    def alerts(self) -> PostgresAlertStore:
        return PostgresAlertStore(self._connection)

    @cached_property
    def voicemails(self) -> PostgresVoicemailStore:
        return PostgresVoicemailStore(self._connection)

    @cached_property
    def access(self) -> PostgresAccessStore:
        return PostgresAccessStore(self._connection)

    @cached_property
    def audit(self) -> PostgresAuditStore:
        return PostgresAuditStore(self._connection)

    @cached_property
    def idempotency(self) -> PostgresIdempotencyStore:
        return PostgresIdempotencyStore(self._connection)

    @cached_property
    def contact_lists(self) -> PostgresContactListStore:
        return PostgresContactListStore(self._connection)

    @cached_property
    def contact_list_filters(self) -> PostgresContactListFilterStore:
        return PostgresContactListFilterStore(self._connection)

    @cached_property
    def contacts(self) -> PostgresContactStore:
        return PostgresContactStore(self._connection)

    @cached_property
    def list_health(self) -> PostgresListHealthStore:
        return PostgresListHealthStore(self._connection)

    @cached_property
    def column_changes(self) -> PostgresColumnChangeStore:
        return PostgresColumnChangeStore(self._connection)

    @cached_property
    def import_schedules(self) -> PostgresImportScheduleStore:
        return PostgresImportScheduleStore(self._connection)

    @cached_property
    def import_templates(self) -> PostgresImportTemplateStore:
        return PostgresImportTemplateStore(self._connection)

    @cached_property
    def imports(self) -> PostgresImportStore:
        return PostgresImportStore(self._connection)

    @cached_property
    def prompts(self) -> PostgresPromptStore:
        return PostgresPromptStore(self._connection)

    @cached_property
    def prompt_variants(self) -> PostgresPromptVariantStore:
        return PostgresPromptVariantStore(self._connection)

    @cached_property
    def recording_sessions(self) -> PostgresRecordingSessionStore:
        return PostgresRecordingSessionStore(self._connection)

    @cached_property
    def languages(self) -> PostgresLanguageStore:
        return PostgresLanguageStore(self._connection)

    @cached_property
    def response_sets(self) -> PostgresResponseSetStore:
        return PostgresResponseSetStore(self._connection)

    @cached_property
    def call_results(self) -> PostgresCallResultStore:
        return PostgresCallResultStore(self._connection)

    @cached_property
    def inbound_numbers(self) -> PostgresInboundNumberStore:
        return PostgresInboundNumberStore(self._connection)

    @cached_property
    def queues(self) -> PostgresQueueStore:
        return PostgresQueueStore(self._connection)

    @cached_property
    def trunks(self) -> PostgresTrunkStore:
        return PostgresTrunkStore(self._connection)

    @cached_property
    def wrap_up_codes(self) -> PostgresWrapUpCodeStore:
        return PostgresWrapUpCodeStore(self._connection)

    @cached_property
    def wrap_up_mappings(self) -> PostgresWrapUpMappingStore:
        return PostgresWrapUpMappingStore(self._connection)

    @cached_property
    def queue_routing(self) -> PostgresQueueRoutingStore:
        return PostgresQueueRoutingStore(self._connection)

    @cached_property
    def queue_figures(self) -> PostgresQueueFigureStore:
        return PostgresQueueFigureStore(self._connection)

    @cached_property
    def skills(self) -> PostgresSkillStore:
        return PostgresSkillStore(self._connection)

    @cached_property
    def pause_reasons(self) -> PostgresPauseReasonStore:
        return PostgresPauseReasonStore(self._connection)

    @cached_property
    def dnc_lists(self) -> PostgresDncListStore:
        return PostgresDncListStore(self._connection)

    @cached_property
    def dnc_checks(self) -> PostgresDncCheckStore:
        return PostgresDncCheckStore(self._connection)

    @cached_property
    def data_actions(self) -> PostgresDataActionStore:
        return PostgresDataActionStore(self._connection)

    @cached_property
    def callable_time_sets(self) -> PostgresCallableTimeSetStore:
        return PostgresCallableTimeSetStore(self._connection)

    @cached_property
    def attempt_limits(self) -> PostgresAttemptLimitStore:
        return PostgresAttemptLimitStore(self._connection)

    @cached_property
    def persons(self) -> PostgresPersonStore:
        return PostgresPersonStore(self._connection)

    @cached_property
    def recycling(self) -> PostgresRecyclingStore:
        return PostgresRecyclingStore(self._connection)

    @cached_property
    def campaigns(self) -> PostgresCampaignStore:
        return PostgresCampaignStore(self._connection)

    @cached_property
    def progress(self) -> PostgresProgressStore:
        return PostgresProgressStore(self._connection)

    @cached_property
    def diagnosis(self) -> PostgresDiagnosisStore:
        return PostgresDiagnosisStore(self._connection)

    @cached_property
    def attempts(self) -> PostgresAttemptStore:
        return PostgresAttemptStore(self._connection)

    @cached_property
    def courses(self) -> PostgresCourseStore:
        return PostgresCourseStore(self._connection)

    @cached_property
    def candidates(self) -> PostgresCandidateStore:
        return PostgresCandidateStore(self._connection)

    @cached_property
    def compliance(self) -> PostgresComplianceStore:
        return PostgresComplianceStore(self._connection)

    @cached_property
    def retention(self) -> PostgresRetentionStore:
        return PostgresRetentionStore(self._connection)

    @cached_property
    def erasure(self) -> PostgresErasureStore:
        return PostgresErasureStore(self._connection)

    @cached_property
    def consents(self) -> PostgresConsentStore:
        return PostgresConsentStore(self._connection)

    @cached_property
    def callbacks(self) -> PostgresCallbackStore:
        return PostgresCallbackStore(self._connection)

    @cached_property
    def floor_commands(self) -> PostgresFloorCommandStore:
        return PostgresFloorCommandStore(self._connection)

    @cached_property
    def what_ifs(self) -> PostgresWhatIfStore:
        return PostgresWhatIfStore(self._connection)

    @cached_property
    def campaign_rules(self) -> PostgresCampaignRuleStore:
        return PostgresCampaignRuleStore(self._connection)

    @cached_property
    def rule_sets(self) -> PostgresRuleSetStore:
        return PostgresRuleSetStore(self._connection)

    @cached_property
    def flows(self) -> PostgresFlowStore:
        return PostgresFlowStore(self._connection)

    @cached_property
    def schedule_groups(self) -> PostgresScheduleGroupStore:
        return PostgresScheduleGroupStore(self._connection)

    @cached_property
    def incidents(self) -> PostgresIncidentStore:
        return PostgresIncidentStore(self._connection)

    @cached_property
    def flow_results(self) -> PostgresFlowResultStore:
        return PostgresFlowResultStore(self._connection)

    @cached_property
    def sandbox(self) -> PostgresSandboxStore:
        return PostgresSandboxStore(self._connection)

    @cached_property
    def wanted_messages(self) -> PostgresWantedMessageStore:
        return PostgresWantedMessageStore(self._connection)

    @cached_property
    def scripts(self) -> PostgresScriptStore:
        return PostgresScriptStore(self._connection)

    @cached_property
    def schedules(self) -> PostgresScheduleStore:
        return PostgresScheduleStore(self._connection)

    @cached_property
    def sequences(self) -> PostgresSequenceStore:
        return PostgresSequenceStore(self._connection)

    @cached_property
    def firings(self) -> PostgresFiringStore:
        return PostgresFiringStore(self._connection)

    @cached_property
    def event_log(self) -> PostgresEventLogStore:
        return PostgresEventLogStore(self._connection)

    @cached_property
    def webhooks(self) -> PostgresWebhookStore:
        return PostgresWebhookStore(self._connection)

    @cached_property
    def campaign_history(self) -> PostgresCampaignHistoryStore:
        return PostgresCampaignHistoryStore(self._connection)


class PostgresUnitOfWork:
    """Begins transactions on a pool of connections of the role kwabo_app."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def begin(self, organisation_id: UUID) -> AsyncIterator[PostgresStores]:
        """A transaction of one organisation; commits on leaving, rolls back on any exception."""
        async with self._transaction() as connection:
            with failures_as_errors():
                await _tell_organisation(connection, organisation_id)
                yield PostgresStores(connection)

    @asynccontextmanager
    async def begin_outside(self) -> AsyncIterator[PostgresStores]:
        """A transaction outside every organisation."""
        async with self._transaction() as connection:
            with failures_as_errors():
                yield PostgresStores(connection)

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        """Commits outside `failures_as_errors`: see there."""
        connection = self._engine.connect()
        with failures_to_connect():
            await connection.start()
        try:
            async with connection.begin():
                yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def begin_joined(self, organisation_id: UUID) -> AsyncIterator[_JoinedUnitOfWork]:
        """One transaction whose parts are savepoints; see the protocol."""
        async with self._transaction() as connection:
            with failures_as_errors():
                await _tell_organisation(connection, organisation_id)
                yield _JoinedUnitOfWork(self, connection, organisation_id)


class _JoinedUnitOfWork:
    """Parts of one transaction: each a savepoint on its connection."""

    def __init__(
        self, outer: PostgresUnitOfWork, connection: AsyncConnection, organisation_id: UUID
    ) -> None:
        self._outer = outer
        self._connection = connection
        self._organisation_id = organisation_id

    @asynccontextmanager
    async def begin(self, organisation_id: UUID) -> AsyncIterator[PostgresStores]:
        """A part; an exception rolls it back and leaves the others."""
        assert organisation_id == self._organisation_id, "another organisation's transaction"
        async with self._connection.begin_nested():
            with failures_as_errors():
                yield PostgresStores(self._connection)

    def begin_outside(self) -> AbstractAsyncContextManager[PostgresStores]:
        """A transaction of its own: it is about no organisation."""
        return self._outer.begin_outside()

    @asynccontextmanager
    async def begin_joined(self, organisation_id: UUID) -> AsyncIterator[_JoinedUnitOfWork]:
        """A part with parts of its own."""
        assert organisation_id == self._organisation_id, "another organisation's transaction"
        async with self._connection.begin_nested():
            yield self


async def _tell_organisation(connection: AsyncConnection, organisation_id: UUID) -> None:
    """Show the transaction the rows of this organisation."""
    await connection.execute(
        text("SELECT set_config('kwabo.organisation_id', :organisation_id, true)"),
        {"organisation_id": str(organisation_id)},
    )
