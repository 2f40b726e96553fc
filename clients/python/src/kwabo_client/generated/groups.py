"""Every group of operations, as attributes of the clients."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated.access import Access, AsyncAccess
from kwabo_client.generated.agent_desktop import AgentDesktop, AsyncAgentDesktop
from kwabo_client.generated.attempt_limits import AsyncAttemptLimits, AttemptLimits
from kwabo_client.generated.attempts import AsyncAttempts, Attempts
from kwabo_client.generated.call_results import AsyncCallResults, CallResults
from kwabo_client.generated.callable_time_sets import AsyncCallableTimeSets, CallableTimeSets
from kwabo_client.generated.callbacks import AsyncCallbacks, Callbacks
from kwabo_client.generated.campaign_rules import AsyncCampaignRules, CampaignRules
from kwabo_client.generated.campaigns import AsyncCampaigns, Campaigns
from kwabo_client.generated.compliance import AsyncCompliance, Compliance
from kwabo_client.generated.consents import AsyncConsents, Consents
from kwabo_client.generated.contact_list_filters import AsyncContactListFilters, ContactListFilters
from kwabo_client.generated.contacts import AsyncContacts, Contacts
from kwabo_client.generated.data_actions import AsyncDataActions, DataActions
from kwabo_client.generated.dnc_lists import AsyncDncLists, DncLists
from kwabo_client.generated.event_log import AsyncEventLog, EventLog
from kwabo_client.generated.flow_results import AsyncFlowResults, FlowResults
from kwabo_client.generated.flows import AsyncFlows, Flows
from kwabo_client.generated.inbound_numbers import AsyncInboundNumbers, InboundNumbers
from kwabo_client.generated.incidents import AsyncIncidents, Incidents
from kwabo_client.generated.languages import AsyncLanguages, Languages
from kwabo_client.generated.messages import AsyncMessages, Messages
from kwabo_client.generated.pause_reasons import AsyncPauseReasons, PauseReasons
from kwabo_client.generated.persons import AsyncPersons, Persons
from kwabo_client.generated.prompts import AsyncPrompts, Prompts
from kwabo_client.generated.queues import AsyncQueues, Queues
from kwabo_client.generated.response_sets import AsyncResponseSets, ResponseSets
from kwabo_client.generated.rule_sets import AsyncRuleSets, RuleSets
from kwabo_client.generated.sandbox import AsyncSandbox, Sandbox
from kwabo_client.generated.schedule_groups import AsyncScheduleGroups, ScheduleGroups
from kwabo_client.generated.schedules import AsyncSchedules, Schedules
from kwabo_client.generated.scripts import AsyncScripts, Scripts
from kwabo_client.generated.sequences import AsyncSequences, Sequences
from kwabo_client.generated.settings_documents import AsyncSettingsDocuments, SettingsDocuments
from kwabo_client.generated.skills import AsyncSkills, Skills
from kwabo_client.generated.trunks import AsyncTrunks, Trunks
from kwabo_client.generated.voicemail import AsyncVoicemail, Voicemail
from kwabo_client.generated.webhooks import AsyncWebhooks, Webhooks
from kwabo_client.generated.wrap_up_codes import AsyncWrapUpCodes, WrapUpCodes
from kwabo_client.runtime import Api, AsyncApi


class Groups:
    """What a client can ask for."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.access = Access(api)
        self.agent_desktop = AgentDesktop(api)
        self.attempt_limits = AttemptLimits(api)
        self.attempts = Attempts(api)
        self.call_results = CallResults(api)
        self.callable_time_sets = CallableTimeSets(api)
        self.callbacks = Callbacks(api)
        self.campaign_rules = CampaignRules(api)
        self.campaigns = Campaigns(api)
        self.compliance = Compliance(api)
        self.consents = Consents(api)
        self.contact_list_filters = ContactListFilters(api)
        self.contacts = Contacts(api)
        self.data_actions = DataActions(api)
        self.dnc_lists = DncLists(api)
        self.event_log = EventLog(api)
        self.flow_results = FlowResults(api)
        self.flows = Flows(api)
        self.inbound_numbers = InboundNumbers(api)
        self.incidents = Incidents(api)
        self.languages = Languages(api)
        self.messages = Messages(api)
        self.pause_reasons = PauseReasons(api)
        self.persons = Persons(api)
        self.prompts = Prompts(api)
        self.queues = Queues(api)
        self.response_sets = ResponseSets(api)
        self.rule_sets = RuleSets(api)
        self.sandbox = Sandbox(api)
        self.schedule_groups = ScheduleGroups(api)
        self.schedules = Schedules(api)
        self.scripts = Scripts(api)
        self.sequences = Sequences(api)
        self.settings_documents = SettingsDocuments(api)
        self.skills = Skills(api)
        self.trunks = Trunks(api)
        self.voicemail = Voicemail(api)
        self.webhooks = Webhooks(api)
        self.wrap_up_codes = WrapUpCodes(api)


class AsyncGroups:
    """What an asynchronous client can ask for."""

    def __init__(self, api: AsyncApi) -> None:
        self.api = api
        self.access = AsyncAccess(api)
        self.agent_desktop = AsyncAgentDesktop(api)
        self.attempt_limits = AsyncAttemptLimits(api)
        self.attempts = AsyncAttempts(api)
        self.call_results = AsyncCallResults(api)
        self.callable_time_sets = AsyncCallableTimeSets(api)
        self.callbacks = AsyncCallbacks(api)
        self.campaign_rules = AsyncCampaignRules(api)
        self.campaigns = AsyncCampaigns(api)
        self.compliance = AsyncCompliance(api)
        self.consents = AsyncConsents(api)
        self.contact_list_filters = AsyncContactListFilters(api)
        self.contacts = AsyncContacts(api)
        self.data_actions = AsyncDataActions(api)
        self.dnc_lists = AsyncDncLists(api)
        self.event_log = AsyncEventLog(api)
        self.flow_results = AsyncFlowResults(api)
        self.flows = AsyncFlows(api)
        self.inbound_numbers = AsyncInboundNumbers(api)
        self.incidents = AsyncIncidents(api)
        self.languages = AsyncLanguages(api)
        self.messages = AsyncMessages(api)
        self.pause_reasons = AsyncPauseReasons(api)
        self.persons = AsyncPersons(api)
        self.prompts = AsyncPrompts(api)
        self.queues = AsyncQueues(api)
        self.response_sets = AsyncResponseSets(api)
        self.rule_sets = AsyncRuleSets(api)
        self.sandbox = AsyncSandbox(api)
        self.schedule_groups = AsyncScheduleGroups(api)
        self.schedules = AsyncSchedules(api)
        self.scripts = AsyncScripts(api)
        self.sequences = AsyncSequences(api)
        self.settings_documents = AsyncSettingsDocuments(api)
        self.skills = AsyncSkills(api)
        self.trunks = AsyncTrunks(api)
        self.voicemail = AsyncVoicemail(api)
        self.webhooks = AsyncWebhooks(api)
        self.wrap_up_codes = AsyncWrapUpCodes(api)
