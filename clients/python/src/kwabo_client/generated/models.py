"""The objects of the API, as they travel: JSON objects with these keys."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from typing import Any, Generic, Literal, NotRequired, TypedDict, TypeVar

T = TypeVar("T")
Id = str
"""A UUID as text."""
Instant = str
"""A time in UTC: 2026-11-23T10:00:00.000Z."""
Day = str
"""A day: 2026-11-23."""
ClockTime = str
"""A time by the clock on the wall: 08:00."""


class ListAnswer(TypedDict, Generic[T]):
    """One page of a list."""

    items: list[T]
    next_page_token: str | None
    total: int | None


class ActionDeliveryAnswer(TypedDict):
    """Something that a rule tells another program."""

    delivery_id: Id
    campaign_id: Id
    contact_id: Id
    attempt_id: Id | None
    rule_set_name: str
    rule_name: str
    state: str
    tries: int
    next_at: Instant | None
    last_at: Instant | None
    status: int | None
    failure: str
    message: str
    written: list[str]
    created_at: Instant


class ActorAnswer(TypedDict):
    """Who did it."""

    user_id: Id
    display_name: str


AfterCall = Literal[
    "mandatory", "optional", "mandatory_timeout", "mandatory_forced_timeout", "agent_requested"
]
"""What follows a call."""


class AfterSeconds(TypedDict):
    """Wait so long."""

    after_seconds: int


class AgentName(TypedDict):
    """Who spoke."""

    user_id: Id
    display_name: str


class AgentSkillsAnswer(TypedDict):
    """What one person can: level by skill."""

    user_id: Id
    display_name: str
    active: bool
    skills: dict[str, int]


class AgentSkillsBody(TypedDict):
    """Level by skill: these and no others."""

    skills: dict[str, int]


class AgentState(TypedDict):
    """An agent as live views show them."""

    user_id: Id
    display_name: str
    status: str
    pause_reason_id: Id | None
    since: str
    leg: LegAnswer
    attempt: AttemptLive | None
    after_call_until: str | None
    pause_after: bool
    preview_until: str | None
    queue_ids: list[Id]
    fetch_available: bool
    callbacks: NotRequired[CallbackTallyAnswer | None]
    after_call: NotRequired[str]
    pause_cause: NotRequired[str]
    alert_until: NotRequired[str | None]


class AgentsAnswer(TypedDict):
    """Agents of the campaign's queue."""

    total: int
    at_work: int
    statuses: dict[str, int]


class AheadAnswer(TypedDict):
    """What the rules say now of the next contacts (at most 50) that have not been looked at."""

    looked_at: int
    kept_out: int
    reasons: list[ReasonAheadAnswer]


class AlertAnswer(TypedDict):
    """The caller for whom the desk rings."""

    attempt_id: Id
    contact_name: str
    number: str
    until: Instant | None
    caller: CallerAnswer
    callback: bool


class AlertFiguresAnswer(TypedDict):
    """What became of an agent's alerts."""

    user_id: Id
    display_name: str
    alerts: int
    taken: int
    refused: int
    not_answered: int
    caller_left: int
    agent_lost: int
    answer_seconds: float | None


class AlertPeriodAnswer(TypedDict):
    """Figures by agent."""

    since: Instant
    until: Instant
    rows: list[AlertFiguresAnswer]


AnnouncementKind = Literal["none", "position", "about", "at_most"]
"""What is announced."""


class AnsweredCallAnswer(TypedDict):
    """A call with what was answered in it."""

    attempt_id: Id
    contact_id: Id
    number: str
    agent: str | None
    wrap_up: str | None
    at: Instant | None
    script_version: int
    answers: list[GivenAnswerAnswer]


class AnswersAnswer(TypedDict):
    """What is kept now."""

    page: str
    visited: list[str]
    answers: dict[str, str | list[str]]
    revision: int
    data: dict[str, str]
    conflicts: list[ConflictAnswer]


class AnswersBody(TypedDict):
    """What has changed since the last save; `revision` rises with every save."""

    revision: int
    page: NotRequired[str]
    visited: NotRequired[list[str]]
    answers: NotRequired[dict[str, NewAnswerBody]]


class ApiTokenAnswer(TypedDict):
    """An API token, without its secret."""

    api_token_id: Id
    user_id: Id
    name: str
    scopes: list[str]
    created_at: Instant
    expires_at: Instant
    last_used_at: Instant | None
    revoked_at: Instant | None


class ApiTokenBody(TypedDict):
    """A token to be made."""

    name: str
    scopes: list[str]
    expires_in_days: int


class AppliedSettingsAnswer(TypedDict):
    """What changed, or would change."""

    dry_run: bool
    changes: list[SettingsChangeAnswer]
    missing: list[MissingSettingAnswer]


class ApplyBody(TypedDict):
    """What becomes of values that do not fit: kept in a column of their own, or cleared."""

    unfit: NotRequired[Literal["keep", "clear"]]


Arrival = Literal["at_once", "asked"]
"""How a caller comes to an agent."""


class AskProviderBody(TypedDict):
    """A number to try the provider with, in any written form."""

    number: str


class AskedProviderAnswer(TypedDict):
    """What the provider said: `listed`, or `silence` with its sentence."""

    listed: bool | None
    silence: str
    message: str
    status: int | None
    seconds: float


AtClosing = Literal["stay", "leave"]
"""What becomes of callers who still wait when the queue's opening hours end."""


class AtTime(TypedDict):
    """Wait until a time of day, in the contact's own zone, some days later."""

    days: int
    at: ClockTime


class AttemptBody(TypedDict):
    """Which call."""

    attempt_id: Id


class AttemptDetailAnswer(TypedDict):
    """An attempt, with its caller when it came from outside."""

    attempt_id: Id
    campaign_id: Id
    campaign_name: str
    contact_id: Id
    attempt_number: int
    number: str
    mode: str
    caller_id: str
    agent: AgentName | None
    state: str
    result: str | None
    sip_code: int | None
    cause: int | None
    hung_up_by: str | None
    abandoned: bool
    transferred_to: str | None
    offered_at: Instant | None
    reserved_at: Instant | None
    dialling_at: Instant | None
    ringing_at: Instant | None
    answered_at: Instant | None
    connected_at: Instant | None
    closed_at: Instant | None
    message_media: str | None
    message_started_at: Instant | None
    message_ended_at: Instant | None
    opted_out_at: Instant | None
    flow_results: dict[str, str]
    call_analysis: CallAnalysisAnswer | None
    wrap_up: WrapUpAnswer | None
    caller: NotRequired[CallerAnswer | None]


class AttemptEnded(TypedDict):
    """A call; times are null for what it did not reach."""

    attempt_id: Id
    campaign_id: Id
    contact_id: Id
    attempt_number: int
    mode: str
    trunk_id: Id
    agent_user_id: Id | None
    callback_id: Id | None
    result: str
    sip_code: int | None
    hung_up_by: str | None
    abandoned: bool
    dialling_at: Instant | None
    answered_at: Instant | None
    connected_at: Instant | None
    closed_at: Instant | None


class AttemptLimitAnswer(TypedDict):
    """An attempt limit."""

    attempt_limit_id: Id
    name: str
    per: str
    scope: str
    most: int
    reset: str
    days: int
    hours: int
    reset_at: ClockTime
    time_zone: str
    counted: str
    channels: list[str]
    version: int
    updated_at: Instant


class AttemptLimitBody(TypedDict):
    """A limit to be added; without a zone it has the organisation's."""

    name: str
    per: Literal["contact", "number", "person"]
    scope: Literal["campaign", "organisation"]
    most: int
    reset: Literal["never", "days", "hours"]
    days: NotRequired[int]
    hours: NotRequired[int]
    reset_at: NotRequired[ClockTime]
    time_zone: NotRequired[str | None]
    counted: NotRequired[Literal["dialled", "alerted", "answered", "unanswered"]]


class AttemptLimitPatch(TypedDict):
    """What to change; a field that is missing stays."""

    version: int
    name: NotRequired[str | None]
    per: NotRequired[Literal["contact", "number", "person"] | None]
    scope: NotRequired[Literal["campaign", "organisation"] | None]
    most: NotRequired[int | None]
    reset: NotRequired[Literal["never", "days", "hours"] | None]
    days: NotRequired[int | None]
    hours: NotRequired[int | None]
    reset_at: NotRequired[ClockTime | None]
    time_zone: NotRequired[str | None]
    counted: NotRequired[Literal["dialled", "alerted", "answered", "unanswered"] | None]


class AttemptLive(TypedDict):
    """An attempt as live views show it."""

    attempt_id: Id
    campaign_id: Id
    campaign_name: str
    contact_id: Id
    attempt_number: int
    number: str
    state: str
    result: str | None
    agent_user_id: Id | None
    held: bool
    muted: bool
    consult: ConsultAnswer | None
    agent_lost: bool
    in_flow: NotRequired[bool]
    offered_at: str | None
    dialling_at: str | None
    ringing_at: str | None
    answered_at: str | None
    connected_at: str | None
    closed_at: str | None


class AttemptPersonal(TypedDict):
    """Numbers."""

    number: str
    transferred_to: str | None


class AttemptRow(TypedDict):
    """An attempt to reach a contact."""

    attempt_id: Id
    campaign_id: Id
    campaign_name: str
    contact_id: Id
    attempt_number: int
    number: str
    mode: str
    caller_id: str
    agent: AgentName | None
    state: str
    result: str | None
    sip_code: int | None
    cause: int | None
    hung_up_by: str | None
    abandoned: bool
    transferred_to: str | None
    offered_at: Instant | None
    reserved_at: Instant | None
    dialling_at: Instant | None
    ringing_at: Instant | None
    answered_at: Instant | None
    connected_at: Instant | None
    closed_at: Instant | None
    message_media: str | None
    message_started_at: Instant | None
    message_ended_at: Instant | None
    opted_out_at: Instant | None
    flow_results: dict[str, str]
    call_analysis: CallAnalysisAnswer | None
    wrap_up: WrapUpAnswer | None


class AuditAnswer(TypedDict):
    """One act."""

    audit_id: int
    at: Instant
    actor: ActorAnswer | None
    action: str
    subject_kind: str
    subject_id: str
    details: dict[str, Any]


class BatchAnswer(TypedDict):
    """What became of a batch."""

    added: int
    updated: int
    skipped: int
    rejected: list[RejectedContactAnswer]


class BatchBody(TypedDict):
    """Contacts to be saved together."""

    contacts: list[BatchItem]
    on_duplicate: NotRequired[Literal["update", "skip"]]
    priority: NotRequired[Literal["front", "back"]]


class BatchItem(TypedDict):
    """A contact of a batch."""

    data: dict[str, str | int | float | bool | None]


class BucketAnswer(TypedDict):
    """Contacts of one group with one reason; every contact of the list is in exactly one."""

    group: str
    code: str
    message: str
    contacts: int
    next_attempt_at: Instant | None


class CallAnalysisAnswer(TypedDict):
    """What was found out about who or what answered, or why nobody did; unknown parts are null."""

    result: str | None
    engine: str | None
    terms: str | None
    cause: str | None
    seconds: float | None
    reaction: str | None
    queue_id: Id | None
    prompt_id: Id | None
    message_seconds: float | None
    message_whole: bool | None
    early_media: bool | None
    early_seconds: float | None
    tone: str | None
    announcement: str | None
    network_answer: int | None
    recording: bool


class CallConsentBody(TypedDict):
    """What the person on the line said."""

    attempt_id: Id
    kind: Literal["given", "withdrawn"]
    purpose: NotRequired[str]
    how: NotRequired[str]
    proof: NotRequired[str]


class CallCountsAnswer(TypedDict):
    """Sums over calls; a call counts in the hour in which it was dialled."""

    attempts: int
    answered: int
    connected: int
    persons: int
    machines: int
    faxes: int
    busy: int
    no_answer: int
    invalid: int
    sit: int
    refused: int
    other: int
    messages: int
    messages_whole: int
    ring_seconds: float
    analysed: int
    analysis_seconds: float
    persons_judged: int
    persons_denied: int
    machines_judged: int
    machines_denied: int


class CallResultRowAnswer(TypedDict):
    """The sums of one key; the parts of the key that were not asked for are null."""

    attempts: int
    answered: int
    connected: int
    persons: int
    machines: int
    faxes: int
    busy: int
    no_answer: int
    invalid: int
    sit: int
    refused: int
    other: int
    messages: int
    messages_whole: int
    ring_seconds: float
    analysed: int
    analysis_seconds: float
    persons_judged: int
    persons_denied: int
    machines_judged: int
    machines_denied: int
    campaign_id: Id | None
    trunk_id: Id | None
    number_range: str | None
    hour: int | None
    weekday: int | None
    day: str | None
    name: str


class CallResultsAnswer(TypedDict):
    """Call results of a period."""

    since: Instant
    until: Instant
    time_zone: str
    total: CallCountsAnswer
    rows: list[CallResultRowAnswer]


class CallableTimeSetAnswer(TypedDict):
    """A set."""

    callable_time_set_id: Id
    name: str
    windows: list[WindowAnswer]
    exceptions: list[DateExceptionAnswer]
    holidays: list[HolidayAnswer]
    campaigns: list[str]
    version: int
    created_at: Instant
    updated_at: Instant


class CallableTimeSetBody(TypedDict):
    """A set to be added."""

    windows: list[WindowBody]
    exceptions: NotRequired[list[DateExceptionBody]]
    holidays: NotRequired[list[HolidayBody]]
    name: str


class CallableTimeSetPatch(TypedDict):
    """What to change; a part that is given replaces the whole part."""

    version: int
    name: NotRequired[str | None]
    windows: NotRequired[list[WindowBody] | None]
    exceptions: NotRequired[list[DateExceptionBody] | None]
    holidays: NotRequired[list[HolidayBody] | None]


class CallbackAnswer(TypedDict):
    """A promise to call back."""

    callback_id: Id
    campaign_id: Id
    campaign_name: str
    contact_id: Id
    contact_name: str
    time_zone: str
    number: str
    due_at: Instant
    first_due_at: Instant | None
    latest_at: Instant
    takeover_at: Instant | None
    free_at: Instant | None
    remind_at: Instant | None
    note: str
    owner_user_id: Id | None
    owner_name: str | None
    state: str
    reason: str
    reason_message: str
    changed_at: Instant | None
    changed_by_name: str | None
    created_at: Instant
    queue_name: str | None
    waiting_since: Instant | None
    tries: int
    mine: bool


class CallbackBody(TypedDict):
    """A promise to call back."""

    due_at: Instant
    mine: NotRequired[bool]
    number: NotRequired[str | None]
    note: NotRequired[str]
    latest_at: NotRequired[Instant | None]


class CallbackCountsAnswer(TypedDict):
    """How many callbacks stand how; `missed` in the last seven days."""

    waiting: int
    due: int
    overdue: int
    missed: int


CallbackFirst = Literal["customer", "agent"]
"""Who is called first when a caller's kept place comes up."""


class CallbackPersonal(TypedDict):
    """Whom to call."""

    number: str
    note: str


class CallbackTallyAnswer(TypedDict):
    """How many callbacks of one's own stand how."""

    open: int
    due: int
    missed: int
    next_due_at: str | None


class CallbackTold(TypedDict):
    """A callback; `reason_code` is empty where a person gave the reason."""

    callback_id: Id
    campaign_id: Id
    contact_id: Id
    attempt_id: Id | None
    owner_user_id: Id | None
    state: Literal["open", "done", "missed", "expired", "cancelled"]
    due_at: Instant
    first_due_at: Instant | None
    reason_code: str


class CallerAnswer(TypedDict):
    """A call from outside: the number called, its way through the flow, its wait."""

    called_number: str
    label: str
    language: str
    arrived_at: Instant
    queue_id: Id | None
    queue_name: str | None
    queued_at: Instant | None
    waited_seconds: float | None
    way: list[PassedNodeAnswer]
    results: dict[str, str]
    recordings: list[FlowRecordingAnswer]
    outcome: str
    routing: list[str]


class CampaignAnswer(TypedDict):
    """A campaign."""

    campaign_id: Id
    name: str
    contact_list_id: Id
    mode: str
    priority: int
    queue_id: Id
    trunk_id: Id
    caller_id: str
    caller_name: str
    callable_weekdays: list[int]
    callable_from: ClockTime
    callable_until: ClockTime
    callable_time_set_id: Id | None
    dnc_list_ids: list[Id]
    max_attempts: int
    recall_seconds: dict[str, int | None]
    minimum_gap_seconds: int
    attempt_limit_ids: list[Id]
    recall_rules: dict[str, RecallRuleModel]
    number_order: str
    number_label_order: list[str]
    no_answer_timeout_seconds: int
    after_call_limit_seconds: int
    call_analysis: bool
    response_set_id: Id | None
    calls_per_agent: float
    calls_per_agent_ceiling: float
    abandon_target: float
    abandon_window: str
    weight: int
    agents_kept_free: int
    lines_reserved: int
    lines_most: int
    flow_id: Id | None
    abandon_flow_id: Id | None
    flow_notes: list[FlowNoteAnswer]
    preview_delivery: str
    preview_timeout_seconds: int
    preview_skip_allowed: bool
    callback_owned_hours: int
    callback_after_owned: str
    callback_takeover: str
    callback_takeover_minutes: int
    callback_deputy_user_id: Id | None
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
    script_id: Id | None
    wrap_up_code_ids: list[Id]
    compliance_preset: str | None
    consent_purpose: str
    consent_required: bool
    contract_calls: bool
    sector: str
    contact_list_filter_ids: list[Id]
    sort: list[SortKeyAnswer]
    sort_mode: str
    state: str
    state_reason: str
    state_changed_at: Instant
    version: int
    created_at: Instant
    updated_at: Instant


class CampaignBody(TypedDict):
    """A campaign to be added; what is left out has its default."""

    name: str
    contact_list_id: Id
    mode: Literal["preview", "progressive", "power", "predictive", "agentless", "inbound"]
    queue_id: Id
    trunk_id: Id
    caller_id: str
    caller_name: NotRequired[str]
    priority: NotRequired[int]
    callable_weekdays: NotRequired[list[int]]
    callable_from: NotRequired[ClockTime]
    callable_until: NotRequired[ClockTime]
    callable_time_set_id: NotRequired[Id | None]
    dnc_list_ids: NotRequired[list[Id]]
    max_attempts: NotRequired[int]
    recall_seconds: NotRequired[dict[str, int | None]]
    minimum_gap_seconds: NotRequired[int]
    attempt_limit_ids: NotRequired[list[Id]]
    recall_rules: NotRequired[dict[str, RecallRuleModel]]
    number_order: NotRequired[Literal["turns", "first", "last_reached", "round"]]
    number_label_order: NotRequired[list[str]]
    no_answer_timeout_seconds: NotRequired[int]
    after_call_limit_seconds: NotRequired[int]
    call_analysis: NotRequired[bool]
    response_set_id: NotRequired[Id | None]
    calls_per_agent: NotRequired[float]
    calls_per_agent_ceiling: NotRequired[float]
    abandon_target: NotRequired[float]
    abandon_window: NotRequired[Literal["day", "30_days"]]
    weight: NotRequired[int]
    agents_kept_free: NotRequired[int]
    lines_reserved: NotRequired[int]
    lines_most: NotRequired[int]
    flow_id: NotRequired[Id | None]
    abandon_flow_id: NotRequired[Id | None]
    flow_notes: NotRequired[list[FlowNoteBody]]
    preview_delivery: NotRequired[Literal["push", "fetch"]]
    preview_timeout_seconds: NotRequired[int]
    preview_skip_allowed: NotRequired[bool]
    callback_owned_hours: NotRequired[int]
    callback_after_owned: NotRequired[Literal["anyone", "missed"]]
    callback_takeover: NotRequired[Literal["anyone", "deputy", "by_hand"]]
    callback_takeover_minutes: NotRequired[int]
    callback_deputy_user_id: NotRequired[Id | None]
    callback_latest_hours: NotRequired[int]
    callback_reminder_minutes: NotRequired[int]
    callback_own_delivery: NotRequired[Literal["dial", "preview"]]
    callback_anyone_delivery: NotRequired[Literal["dial", "preview"]]
    preview_column: NotRequired[str]
    preview_values: NotRequired[list[str]]
    agent_owned_column: NotRequired[str]
    owner_absent: NotRequired[Literal["wait", "anyone"]]
    owner_absent_hours: NotRequired[int]
    script: NotRequired[str]
    script_id: NotRequired[Id | None]
    wrap_up_code_ids: NotRequired[list[Id]]
    compliance_preset: NotRequired[str | None]
    consent_purpose: NotRequired[str]
    consent_required: NotRequired[bool]
    contract_calls: NotRequired[bool]
    sector: NotRequired[str]
    contact_list_filter_ids: NotRequired[list[Id]]
    sort: NotRequired[list[SortKeyBody]]
    sort_mode: NotRequired[Literal["static", "dynamic"]]


class CampaignContactAnswer(TypedDict):
    """A contact with its course in the campaign."""

    contact: ContactAnswer
    state: str
    attempts: int
    last_result: str | None
    last_attempt_at: Instant | None
    next_attempt_at: Instant | None
    explanation: ExplanationAnswer


class CampaignMappingPatch(TypedDict):
    """As of the organisation; the default is the organisation's alone."""

    version: int
    outcomes: NotRequired[dict[str, list[str] | None]]


class CampaignPatch(TypedDict):
    """What to change; a field that is missing stays, recall delays are changed one by one."""

    version: int
    name: NotRequired[str | None]
    contact_list_id: NotRequired[Id | None]
    mode: NotRequired[
        Literal["preview", "progressive", "power", "predictive", "agentless", "inbound"] | None
    ]
    queue_id: NotRequired[Id | None]
    trunk_id: NotRequired[Id | None]
    caller_id: NotRequired[str | None]
    caller_name: NotRequired[str | None]
    priority: NotRequired[int | None]
    callable_weekdays: NotRequired[list[int] | None]
    callable_from: NotRequired[ClockTime | None]
    callable_until: NotRequired[ClockTime | None]
    callable_time_set_id: NotRequired[Id | None]
    dnc_list_ids: NotRequired[list[Id] | None]
    max_attempts: NotRequired[int | None]
    recall_seconds: NotRequired[dict[str, int | None] | None]
    minimum_gap_seconds: NotRequired[int | None]
    attempt_limit_ids: NotRequired[list[Id] | None]
    recall_rules: NotRequired[dict[str, RecallRuleModel] | None]
    number_order: NotRequired[Literal["turns", "first", "last_reached", "round"] | None]
    number_label_order: NotRequired[list[str] | None]
    no_answer_timeout_seconds: NotRequired[int | None]
    after_call_limit_seconds: NotRequired[int | None]
    call_analysis: NotRequired[bool | None]
    response_set_id: NotRequired[Id | None]
    calls_per_agent: NotRequired[float | None]
    calls_per_agent_ceiling: NotRequired[float | None]
    abandon_target: NotRequired[float | None]
    abandon_window: NotRequired[Literal["day", "30_days"] | None]
    weight: NotRequired[int | None]
    agents_kept_free: NotRequired[int | None]
    lines_reserved: NotRequired[int | None]
    lines_most: NotRequired[int | None]
    flow_id: NotRequired[Id | None]
    abandon_flow_id: NotRequired[Id | None]
    flow_notes: NotRequired[list[FlowNoteBody] | None]
    preview_delivery: NotRequired[Literal["push", "fetch"] | None]
    preview_timeout_seconds: NotRequired[int | None]
    preview_skip_allowed: NotRequired[bool | None]
    callback_owned_hours: NotRequired[int | None]
    callback_after_owned: NotRequired[Literal["anyone", "missed"] | None]
    callback_takeover: NotRequired[Literal["anyone", "deputy", "by_hand"] | None]
    callback_takeover_minutes: NotRequired[int | None]
    callback_deputy_user_id: NotRequired[Id | None]
    callback_latest_hours: NotRequired[int | None]
    callback_reminder_minutes: NotRequired[int | None]
    callback_own_delivery: NotRequired[Literal["dial", "preview"] | None]
    callback_anyone_delivery: NotRequired[Literal["dial", "preview"] | None]
    preview_column: NotRequired[str | None]
    preview_values: NotRequired[list[str] | None]
    agent_owned_column: NotRequired[str | None]
    owner_absent: NotRequired[Literal["wait", "anyone"] | None]
    owner_absent_hours: NotRequired[int | None]
    script: NotRequired[str | None]
    script_id: NotRequired[Id | None]
    wrap_up_code_ids: NotRequired[list[Id] | None]
    compliance_preset: NotRequired[str | None]
    consent_purpose: NotRequired[str | None]
    consent_required: NotRequired[bool | None]
    contract_calls: NotRequired[bool | None]
    sector: NotRequired[str | None]
    contact_list_filter_ids: NotRequired[list[Id] | None]
    sort: NotRequired[list[SortKeyBody] | None]
    sort_mode: NotRequired[Literal["static", "dynamic"] | None]


class CampaignRuleAnswer(TypedDict):
    """A campaign rule; its parts are described in docs/developers/rule-sets.md."""

    campaign_rule_id: Id
    name: str
    active: bool
    match: str
    frequency: str
    time_zone: str
    conditions: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    held: bool
    fired_on: Day | None
    version: int


class CampaignRuleBody(TypedDict):
    """A campaign rule; `version` is that of the one it replaces."""

    name: str
    active: NotRequired[bool]
    match: NotRequired[Literal["all", "any"]]
    frequency: NotRequired[Literal["on_each_trigger", "once_per_day"]]
    time_zone: str
    conditions: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    version: NotRequired[int]


class CampaignRunAnswer(TypedDict):
    """A campaign after a command."""

    campaign_id: Id
    name: str
    contact_list_id: Id
    mode: str
    priority: int
    queue_id: Id
    trunk_id: Id
    caller_id: str
    caller_name: str
    callable_weekdays: list[int]
    callable_from: ClockTime
    callable_until: ClockTime
    callable_time_set_id: Id | None
    dnc_list_ids: list[Id]
    max_attempts: int
    recall_seconds: dict[str, int | None]
    minimum_gap_seconds: int
    attempt_limit_ids: list[Id]
    recall_rules: dict[str, RecallRuleModel]
    number_order: str
    number_label_order: list[str]
    no_answer_timeout_seconds: int
    after_call_limit_seconds: int
    call_analysis: bool
    response_set_id: Id | None
    calls_per_agent: float
    calls_per_agent_ceiling: float
    abandon_target: float
    abandon_window: str
    weight: int
    agents_kept_free: int
    lines_reserved: int
    lines_most: int
    flow_id: Id | None
    abandon_flow_id: Id | None
    flow_notes: list[FlowNoteAnswer]
    preview_delivery: str
    preview_timeout_seconds: int
    preview_skip_allowed: bool
    callback_owned_hours: int
    callback_after_owned: str
    callback_takeover: str
    callback_takeover_minutes: int
    callback_deputy_user_id: Id | None
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
    script_id: Id | None
    wrap_up_code_ids: list[Id]
    compliance_preset: str | None
    consent_purpose: str
    consent_required: bool
    contract_calls: bool
    sector: str
    contact_list_filter_ids: list[Id]
    sort: list[SortKeyAnswer]
    sort_mode: str
    state: str
    state_reason: str
    state_changed_at: Instant
    version: int
    created_at: Instant
    updated_at: Instant
    warnings: list[WarningAnswer]


class CampaignStateChanged(TypedDict):
    """A campaign."""

    campaign_id: Id
    name: str
    state: Literal["ready", "running", "pausing", "paused", "stopped", "complete"]
    previous_state: Literal["ready", "running", "pausing", "paused", "stopped", "complete"]
    state_reason: str


class CancelBody(TypedDict):
    """Why nobody is to call."""

    reason: str


class CapAnswer(TypedDict):
    """A cap and what is used of it now."""

    country: str
    per: str
    most: int
    used: int


class CapBody(TypedDict):
    """At most so many calls in each minute, hour or day; no country: over all."""

    country: NotRequired[str]
    per: Literal["minute", "hour", "day"]
    most: int


class CardAnswer(TypedDict):
    """The call card."""

    attempt: AttemptLive
    contact: ContactAnswer
    columns: list[ColumnAnswer]
    campaign: CardCampaign
    script_html: str
    script: CardScript | None
    script_answers: dict[str, list[GivenAnswerAnswer]]
    history: list[AttemptRow]
    wrap_up_codes: list[WrapUpCodeAnswer]
    caller: CallerAnswer | None
    callback: CardCallback | None


class CardCallback(TypedDict):
    """What a card shows of a callback."""

    due_at: Instant
    note: str


class CardCampaign(TypedDict):
    """What a card shows of the campaign."""

    campaign_id: Id
    name: str
    mode: str
    script: str
    preview_skip_allowed: bool


class CardScript(TypedDict):
    """The script of a call: the version with which it began, and the answers so far."""

    script_id: Id
    script_version: int
    document: dict[str, Any]
    page: str
    visited: list[str]
    answers: dict[str, str | list[str]]
    revision: int


Category = Literal[
    "AGENT",
    "CALLBACK",
    "CALL_RESTRICTION",
    "CAMPAIGN",
    "CAMPAIGN_RULE",
    "COMPLIANCE",
    "CONTACT",
    "CONTACT_LIST_FILTER",
    "DNC_LIST",
    "ENTITY_LIMIT",
    "IMPORT_ERROR",
    "IMPORT_TEMPLATE",
    "ORGANIZATION_CONFIGURATION",
    "QUEUE",
    "SCHEDULE",
    "SEQUENCE",
    "TRUNK",
    "WEBHOOK",
]
"""What an event is about."""


ChangeKind = Literal["add", "rename", "label", "kind", "order", "remove"]
"""What is done to a column."""


class CheckAnswer(TypedDict):
    """One rule's answer."""

    code: str
    verdict: str
    retry_at: Instant | None
    message: str


class CheckBody(TypedDict):
    """A document to be looked at."""

    contact_list_id: NotRequired[Id | None]
    draft: dict[str, Any]


class ChosenLanguage(TypedDict):
    """A language that is used."""

    language: str
    numbers: NotRequired[Literal["own", "fallback"]]


class ClearNumberBody(TypedDict):
    """The number whose mark is taken away, and why."""

    number: str
    reason: str


class ClearedNumberAnswer(TypedDict):
    """The contact as it is now, and how many of its courses are open again."""

    contact: ContactAnswer
    reopened: int


class ColleagueAnswer(TypedDict):
    """Another agent."""

    user_id: Id
    display_name: str
    status: str
    since: str


class ColumnAnswer(TypedDict):
    """A column of a list."""

    name: str
    label: str
    kind: ColumnKind
    position: int
    phone_column: str | None


class ColumnBody(TypedDict):
    """A column; its position is its place among the columns given."""

    name: str
    label: NotRequired[str]
    kind: NotRequired[ColumnKind]
    position: NotRequired[int | None]
    phone_column: NotRequired[str | None]


class ColumnChangeAnswer(TypedDict):
    """A change and how far it is."""

    column_change_id: Id
    contact_list_id: Id
    kind: ChangeKind
    column: str
    name: str
    label: str
    column_kind: ColumnKind
    unfit: str
    state: str
    contacts_done: int
    contacts_total: int
    report: ReportAnswer
    error: str | None
    created_at: Instant
    ended_at: Instant | None


class ColumnChangeBody(TypedDict):
    """What to change. `add`: name, label, column_kind, default; `rename`: name, label; `label`:
    label; `kind`: column_kind; `order`: order, all names. `column` names the list's column, but
    for `add` and `order`."""

    version: int
    kind: ChangeKind
    column: NotRequired[str]
    name: NotRequired[str]
    label: NotRequired[str]
    column_kind: NotRequired[ColumnKind]
    default: NotRequired[str]
    order: NotRequired[list[str]]


ColumnKind = Literal["text", "number", "date", "phone", "time_zone", "language"]
"""What a column's values are."""


class ColumnUseAnswer(TypedDict):
    """A place where a column is used; `shared`: it means other lists' columns too."""

    kind: UseKind
    name: str
    shared: bool


class ComplianceAnswer(TypedDict):
    """The organisation's settings."""

    preset: str
    countries: list[str] | None
    allowed_countries: list[str]
    number_kinds: list[str]
    denied_prefixes: list[str]
    always_denied: dict[str, dict[str, str]]
    always_denied_source: str
    caps: list[CapAnswer]
    tariffs: dict[str, float]
    spend_per_day: float | None
    spend_per_month: float | None
    spending: list[SpendAnswer]
    reserved_minutes: int
    opt_out: bool
    opt_out_key: str
    message_media: str
    confirmation_media: str
    warnings: list[str]
    version: int
    updated_at: Instant | None


class CompliancePatch(TypedDict):
    """What to change; null for `countries`: the organisation's region; for a budget: none."""

    version: int
    preset: NotRequired[str | None]
    countries: NotRequired[list[str] | None]
    number_kinds: NotRequired[list[str] | None]
    denied_prefixes: NotRequired[list[str] | None]
    caps: NotRequired[list[CapBody] | None]
    tariffs: NotRequired[dict[str, float] | None]
    spend_per_day: NotRequired[float | None]
    spend_per_month: NotRequired[float | None]
    reserved_minutes: NotRequired[int | None]
    opt_out: NotRequired[bool | None]
    opt_out_key: NotRequired[str | None]
    message_media: NotRequired[str | None]
    confirmation_media: NotRequired[str | None]


class ConflictAnswer(TypedDict):
    """A column that somebody else has changed: it was left as it is."""

    field: str
    column: str
    value: str


class ConsentAnswer(TypedDict):
    """A line of the ledger."""

    consent_id: Id
    kind: Literal["given", "withdrawn", "void"]
    number: str
    contact_id: Id | None
    purpose: str
    channel: str
    at: Instant
    how: str
    proof: str
    reference: str
    file_sha256: str
    valid_until: Instant | None
    voids: Id | None
    source: str
    import_id: Id | None
    file_name: str
    file_line: int | None
    user_id: Id | None
    user_display_name: str | None
    created_at: Instant


class ConsentColumnsAnswer(TypedDict):
    """Which column of the file says what of a consent."""

    columns: dict[str, str]
    purpose: str
    channel: str
    how: str


class ConsentColumnsBody(TypedDict):
    """Columns of the file that say who consented, and what holds for every row."""

    columns: dict[str, str]
    purpose: NotRequired[str]
    channel: NotRequired[str]
    how: NotRequired[str]


class ConsentFileBody(TypedDict):
    """A CSV text with a header, and what its rows do not say themselves."""

    csv: str
    kind: NotRequired[Literal["given", "withdrawn"]]
    purpose: NotRequired[str]
    channel: NotRequired[str]
    how: NotRequired[str]
    proof: NotRequired[str]


class ConsentLines(TypedDict):
    """Lines that were added."""

    items: list[ConsentAnswer]


class ConsultAnswer(TypedDict):
    """The third party of a call."""

    to_label: str
    state: Literal["calling", "connected"]


class ContactAnswer(TypedDict):
    """A contact."""

    contact_id: Id
    contact_list_id: Id
    external_key: str | None
    data: dict[str, str]
    numbers: list[NumberAnswer]
    time_zone: str | None
    language: str | None
    callable: bool
    uncallable_reason: str | None
    version: int
    created_at: Instant
    updated_at: Instant


class ContactBody(TypedDict):
    """A contact to be saved: column → value."""

    data: dict[str, str | int | float | bool | None]
    on_duplicate: NotRequired[Literal["update", "skip"]]
    priority: NotRequired[Literal["front", "back"]]


class ContactChanged(TypedDict):
    """A contact."""

    contact_id: Id
    contact_list_id: Id
    version: int
    callable: bool
    uncallable_reason: str | None


class ContactConsentBody(TypedDict):
    """A line about one of a contact's numbers; without one, about each."""

    kind: NotRequired[Literal["given", "withdrawn"]]
    purpose: NotRequired[str]
    channel: NotRequired[str]
    at: NotRequired[Instant | None]
    how: NotRequired[str]
    proof: NotRequired[str]
    reference: NotRequired[str]
    file_sha256: NotRequired[str]
    valid_until: NotRequired[Instant | None]
    number: NotRequired[str | None]


class ContactConsentsAnswer(TypedDict):
    """A contact's lines, and what they come to."""

    lines: list[ConsentAnswer]
    standings: list[StandingAnswer]


class ContactListAnswer(TypedDict):
    """A list and how many contacts it has."""

    contact_list_id: Id
    name: str
    region: str
    time_zone: str
    zone_source: str
    columns: list[ColumnAnswer]
    key_columns: list[str]
    contacts: int
    version: int
    created_at: Instant
    updated_at: Instant


class ContactListBody(TypedDict):
    """A list to be made; region and time zone are the organisation's where they are missing."""

    name: str
    region: NotRequired[str | None]
    time_zone: NotRequired[str | None]
    zone_source: NotRequired[Literal["number", "number_then_list", "list"] | None]
    columns: list[ColumnBody]
    key_columns: NotRequired[list[str]]


class ContactListFilterAnswer(TypedDict):
    """A filter; `campaigns` are the names of those that use it."""

    contact_list_filter_id: Id
    contact_list_id: Id
    name: str
    document: dict[str, Any]
    campaigns: list[str]
    version: int
    created_at: Instant
    updated_at: Instant


class ContactListFilterBody(TypedDict):
    """A filter to be added."""

    name: str
    document: dict[str, Any]


class ContactListFilterPatch(TypedDict):
    """What to change; what is missing stays."""

    version: int
    name: NotRequired[str | None]
    document: NotRequired[dict[str, Any] | None]


class ContactListPatch(TypedDict):
    """What to change of a list; `columns`, when given, are all of them in their order."""

    version: int
    name: NotRequired[str | None]
    region: NotRequired[str | None]
    time_zone: NotRequired[str | None]
    zone_source: NotRequired[Literal["number", "number_then_list", "list"] | None]
    columns: NotRequired[list[ColumnBody] | None]
    key_columns: NotRequired[list[str] | None]


class ContactPatch(TypedDict):
    """What to change of a contact; `data` names only the columns that change."""

    version: int
    data: NotRequired[dict[str, str | int | float | bool | None] | None]
    callable: NotRequired[bool | None]
    uncallable_reason: NotRequired[str | None]


class ContactPersonal(TypedDict):
    """Its values."""

    external_key: str | None
    data: dict[str, Any]
    numbers: list[str]


class ContactsAnswer(TypedDict):
    """A page of contacts. A search for a part of a text looks for as long as a request may take."""

    items: list[ContactAnswer]
    next_page_token: str | None
    total: int | None
    looked_at: int | None


class CopyBody(TypedDict):
    """The name of a copy; without one it gets a free one."""

    name: NotRequired[str | None]


class CountsAnswer(TypedDict):
    """What was counted."""

    contacts: int
    contacts_uncallable: int
    contacts_without_number: int
    numbers: int
    numbers_uncallable: int
    numbers_dead: int
    duplicates_inside: int
    duplicates_outside: int
    rows_rejected: int
    numbers_converted: int
    rejected: list[RejectedShareAnswer]
    kinds: list[PartAnswer]
    countries: list[PartAnswer]
    operators: list[PartAnswer]


class Credentials(TypedDict):
    """What a person types to sign in."""

    login: str
    password: str


class DataActionAnswer(TypedDict):
    """A data action and how it goes."""

    data_action_id: Id
    name: str
    settings: SettingsAnswer
    placeholders: list[str]
    failures: int
    open_until: Instant | None
    last_answer_at: Instant | None
    last_failure_at: Instant | None
    last_failure: str
    last_failure_message: str
    waiting: int
    given_up: int
    rule_sets: list[str]
    version: int
    updated_at: Instant


class DataActionBody(TypedDict):
    """A data action to be added; `version` is that of the one it replaces."""

    name: str
    settings: SettingsBody
    version: NotRequired[int]


class DateExceptionAnswer(TypedDict):
    """A date with other slots, or closed."""

    month: int
    day: int
    year: int | None
    name: str
    slots: list[SlotAnswer]


class DateExceptionBody(TypedDict):
    """A date with other slots, or closed; without a year it is every year's."""

    month: int
    day: int
    year: NotRequired[int | None]
    name: NotRequired[str]
    slots: NotRequired[list[SlotBody]]


class DeleteBody(TypedDict):
    """Which contacts to remove."""

    contact_ids: NotRequired[list[Id]]
    external_keys: NotRequired[list[str]]


class DeletedAnswer(TypedDict):
    """How many were removed."""

    deleted: int


class DeliveryAnswer(TypedDict):
    """A message on its way, with its newest try. `error` is a code, empty when it was taken."""

    delivery_id: Id
    message_id: Id
    kind: str
    at: Instant
    campaign_id: Id | None
    state: Literal["waiting", "delivered", "failed"]
    tries: int
    replays: int
    next_at: Instant | None
    last_try_at: Instant | None
    status: int | None
    error: str
    duration_ms: int | None


class DeliveryDetailAnswer(TypedDict):
    """With what is sent and the first 2 KB of what was answered."""

    delivery_id: Id
    message_id: Id
    kind: str
    at: Instant
    campaign_id: Id | None
    state: Literal["waiting", "delivered", "failed"]
    tries: int
    replays: int
    next_at: Instant | None
    last_try_at: Instant | None
    status: int | None
    error: str
    duration_ms: int | None
    data: dict[str, Any]
    personal: dict[str, Any] | None
    answer: str


class DiagnosisAnswer(TypedDict):
    """A campaign at one instant."""

    campaign_id: Id
    contact_list_id: Id
    at: Instant
    state: str
    state_reason: str
    contacts: int
    next_attempt_at: Instant | None
    findings: list[FindingAnswer]
    buckets: list[BucketAnswer]
    ahead: AheadAnswer
    agents: AgentsAnswer
    lines: LinesAnswer
    pacing_reason: str


class DialBody(TypedDict):
    """Which record to call, on which of its numbers."""

    attempt_id: Id
    number: NotRequired[str | None]


class DigitsBody(TypedDict):
    """Keys to press."""

    attempt_id: Id
    digits: str


class DncEntriesAnswer(TypedDict):
    """What became of the entries."""

    added: int
    updated: int
    rejected: list[RejectedEntryAnswer]


class DncEntriesBody(TypedDict):
    """What is to be listed."""

    entries: list[DncEntryBody]


class DncEntryAdded(TypedDict):
    """An entry of a DNC list."""

    dnc_list_id: Id
    dnc_list_name: str
    source: str
    user_id: Id | None
    expires_at: Instant | None


class DncEntryAnswer(TypedDict):
    """A number or value on a list."""

    value: str
    reason: str
    source: str
    user_name: str | None
    created_at: Instant
    expires_at: Instant | None


class DncEntryBody(TypedDict):
    """A number in any written form, or a column's value, to be listed."""

    value: str
    reason: NotRequired[str]
    expires_at: NotRequired[Instant | None]


class DncEntryPersonal(TypedDict):
    """Who is listed."""

    value: str
    reason: str


class DncListAnswer(TypedDict):
    """A DNC list."""

    dnc_list_id: Id
    name: str
    kind: Literal["internal", "provider"]
    key_column: str | None
    channel: str
    organisation_wide: bool
    screening_authority: str | None
    screening_days: int | None
    screened_at: Instant | None
    screening: Literal["never", "out_of_date", "soon", "current"] | None
    screening_due_at: Instant | None
    entries: int
    campaigns: list[str]
    provider: ProviderAnswer | None
    version: int
    created_at: Instant


class DncListBody(TypedDict):
    """A DNC list to be added; with `provider` an external one."""

    name: str
    key_column: NotRequired[str | None]
    channel: NotRequired[Literal["any", "voice", "sms", "whatsapp", "email", "messenger"]]
    organisation_wide: NotRequired[bool]
    screening_authority: NotRequired[str | None]
    screening_days: NotRequired[int | None]
    provider: NotRequired[ProviderBody | None]


class DncListPatch(TypedDict):
    """What changes; key and kind of a list stay."""

    version: int
    name: NotRequired[str | None]
    channel: NotRequired[Literal["any", "voice", "sms", "whatsapp", "email", "messenger"] | None]
    organisation_wide: NotRequired[bool | None]
    screening_days: NotRequired[int | None]
    provider: NotRequired[ProviderBody | None]


class DncListingAnswer(TypedDict):
    """One list, or one provider's answer, that stands against something."""

    dnc_list_id: Id
    name: str
    key_column: str | None
    channel: str
    organisation_wide: bool
    campaigns: list[str]
    value: str
    reason: str
    source: str
    user_name: str | None
    created_at: Instant
    expires_at: Instant | None


class DncListingsAnswer(TypedDict):
    """Where something stands; `number` is null when it is no number that can be called."""

    number: str | None
    value: str
    items: list[DncListingAnswer]


class DncUploadAnswer(TypedDict):
    """A file on its way into a DNC list."""

    upload_id: Id
    dnc_list_id: Id
    file_name: str
    file_bytes: int
    state: str
    bytes_done: int
    rows_read: int
    rows_added: int
    rows_updated: int
    rows_duplicate: int
    rows_rejected: int
    rows_removed: int
    replace: bool
    rows_per_second: float | None
    reason: str
    expires_at: Instant | None
    error: ImportErrorAnswer | None
    created_at: Instant
    started_at: Instant | None
    ended_at: Instant | None


class EmergencyAnswer(TypedDict):
    """A switch that is on."""

    emergency_id: Id
    schedule_group_id: Id | None
    schedule_group_name: str | None
    reason: str
    started_at: Instant
    started_by_name: str | None
    until: Instant


class EmergencyBody(TypedDict):
    """Why, and when it ends by itself."""

    reason: str
    until: Instant


class EndHoldBody(TypedDict):
    """Why the hold ends."""

    reason: str


Ending = Literal["callback", "voicemail", "message"]
"""What becomes of a call that may not wait (any longer)."""


class ErasureAnswer(TypedDict):
    """That somebody was erased; never who it was."""

    erasure_id: Id
    person_id: Id
    user_id: Id | None
    user_name: str | None
    reason: str
    keep_do_not_call: bool
    counts: dict[str, int]
    files: int
    erased_at: Instant
    digest: str


class ErasureBody(TypedDict):
    """Erase for good. `number_ending`: the last four digits of one of the person's numbers."""

    reason: str
    number_ending: NotRequired[str]
    keep_do_not_call: NotRequired[bool]


class ErasurePreviewAnswer(TypedDict):
    """What an erasure would take now. `counts` is empty while `hold` or `in_call` refuses it."""

    person_id: Id
    numbers: list[str]
    counts: dict[str, int]
    files: int
    objected: bool
    dnc_list: str | None
    hold: str | None
    in_call: bool
    free_at: Instant | None
    laws: list[RecordsLawAnswer]


class ErasureReceiptAnswer(TypedDict):
    """What is handed out. Nothing in it is written in another way than its digest was made of."""

    erasure_id: str
    organisation: str
    person_id: str
    user_id: str | None
    reason: str
    keep_do_not_call: bool
    erased: dict[str, int]
    files: int
    erased_at: str
    sha256: str


class ErrorAnswer(TypedDict):
    """Why something was not done."""

    error: ErrorDetail


class ErrorDetail(TypedDict):
    """`code` never changes; `message` says what to do, in the asker's language."""

    code: str
    message: str
    field: NotRequired[str]
    details: NotRequired[dict[str, Any]]


class ErrorLogged(TypedDict):
    """An error of the event log."""

    event_id: int
    code: str
    category: str
    subject_kind: str
    subject_id: str
    subject_name: str
    campaign_id: Id | None
    contact_list_id: Id | None
    trunk_id: Id | None


Evaluation = Literal["none", "all", "best"]
"""What skills mean in a queue."""


class EventAnswer(TypedDict):
    """An event; `times` within an hour from `first_at`."""

    event_id: int
    level: Level
    category: str
    code: str
    message: str
    subject_kind: str
    subject_id: str
    subject_name: str
    campaign_id: Id | None
    contact_list_id: Id | None
    trunk_id: Id | None
    params: dict[str, Any]
    times: int
    first_at: Instant
    last_at: Instant
    seen_at: Instant | None
    seen_by_name: str | None


class ExceptionAnswer(TypedDict):
    """Dates with other hours."""

    first: Day
    last: Day
    spans: list[SpanAnswer]
    name: str


class ExceptionBody(TypedDict):
    """Dates with other hours; without spans they are closed."""

    first: Day
    last: NotRequired[Day | None]
    spans: NotRequired[list[SpanBody]]
    name: NotRequired[str]


class ExpectedWaitAnswer(TypedDict):
    """How long somebody who came now would wait: four of five waits are between low and high."""

    seconds: int | None
    low: int | None
    high: int | None
    unknown: Unknown | None


class ExplanationAnswer(TypedDict):
    """What all rules say together."""

    callable: bool
    code: str
    reason: str | None
    message: str
    next_attempt_at: Instant | None
    checks: list[CheckAnswer]
    number: str | None
    owner: str | None
    zones: list[ZonesAnswer]
    limits: list[LimitUseAnswer]
    rules: RulesAnswer | None


class FieldProblem(TypedDict):
    """What is wrong with one field."""

    field: str
    code: str
    message: str


class FileReportAnswer(TypedDict):
    """What became of a file."""

    rows: int
    added: int
    known: int
    rejected: list[RejectedRowAnswer]
    ignored_columns: list[str]


class FilterFieldAnswer(TypedDict):
    """A column or a property, with the predicates that fit it."""

    name: str
    label: str
    is_property: bool
    kind: str
    predicates: list[str]
    values: list[str] | None
    sortable: bool


class FindingAnswer(TypedDict):
    """Something that keeps the campaign from dialling more, and where it is mended."""

    code: str
    severity: str
    message: str
    contacts: int
    share: float
    place: str
    until: Instant | None


class FiredRuleAnswer(TypedDict):
    """A rule before the call that would fire."""

    rule_set_id: Id
    rule_set_name: str
    rule: int
    name: str
    number: str
    actions: list[str]


class FiringAnswer(TypedDict):
    """One thing that happened by itself."""

    firing_id: int
    at: Instant
    source: str
    source_id: Id
    campaign_id: Id | None
    sequence_id: Id | None
    action: str
    code: str
    details: dict[str, Any]


class FixedFieldPart(TypedDict):
    """A column by its places in the line: first and last character, from 1."""

    name: str
    start: int
    end: int


class FlowAnswer(TypedDict):
    """A flow; documents are described in docs/developers/flows.md.

    `notes`: name → types of values that calls note in the published flow and those that it runs;
    in the draft, where none is published."""

    flow_id: Id
    name: str
    nodes: int
    languages: list[str]
    tests_count: int
    published_version: int | None
    version: int
    updated_at: Instant
    draft: dict[str, Any]
    tests: list[dict[str, Any]]
    findings: list[FlowFinding]
    users: list[FlowUserAnswer]
    notes: dict[str, list[str]]


class FlowBody(TypedDict):
    """A flow to be added; the document may be wrong still."""

    name: str
    draft: dict[str, Any]
    tests: NotRequired[list[dict[str, Any]]]


class FlowCheckAnswer(TypedDict):
    """Everything wrong with a document."""

    findings: list[FlowFinding]


class FlowCheckBody(TypedDict):
    """A document to be looked at; `flow_id`: of the flow whose draft it is to become."""

    flow_id: NotRequired[Id | None]
    draft: dict[str, Any]
    tests: NotRequired[list[dict[str, Any]]]


class FlowDifference(TypedDict):
    """A node, or an entry of the flow as a whole, that is not the same."""

    node: str
    change: str
    fields: list[str]


class FlowFile(TypedDict):
    """A flow as a file; `names` tells what the document's ids are called."""

    kwabo_flow: int
    name: str
    document: dict[str, Any]
    tests: NotRequired[list[dict[str, Any]]]
    names: NotRequired[dict[str, dict[str, str]]]


class FlowFinding(TypedDict):
    """One thing wrong with a flow."""

    node: str
    field: str
    code: str
    message: str


class FlowNoteAnswer(TypedDict):
    """What is done with what the campaign's flows note by a name."""

    name: str
    column: str
    recalls: dict[str, int | None]


class FlowNoteBody(TypedDict):
    """Column '': none. Recalls: noted value → seconds until the next attempt; null: none."""

    name: str
    column: NotRequired[str]
    recalls: NotRequired[dict[str, int | None]]


class FlowPatch(TypedDict):
    """What to change; a field that is missing stays."""

    version: int
    name: NotRequired[str | None]
    draft: NotRequired[dict[str, Any] | None]
    tests: NotRequired[list[dict[str, Any]] | None]


class FlowPublishBody(TypedDict):
    """Publish the draft of this version."""

    version: int
    note: NotRequired[str]


class FlowRecordingAnswer(TypedDict):
    """What a flow recorded of the call; heard at `/attempts/{id}/recordings/{recording}`."""

    recording: str
    variable: str
    seconds: float
    created_at: Instant


class FlowResultsAnswer(TypedDict):
    """Counts of what flows have noted; never of personal data."""

    calls: int
    names: list[NotedNameAnswer]


class FlowRollBackBody(TypedDict):
    """Publish an older version again."""

    version: int
    to_version: int
    note: NotRequired[str]


class FlowTestAnswer(TypedDict):
    """A test that was run."""

    name: str
    passed: bool
    trail: list[str]
    outcome: str
    said: list[str]
    results: dict[str, str]
    unused_steps: int
    differences: list[FlowFinding]


class FlowTestsBody(TypedDict):
    """What to run; null: what is kept."""

    draft: NotRequired[dict[str, Any] | None]
    tests: NotRequired[list[dict[str, Any]] | None]


class FlowUserAnswer(TypedDict):
    """Something that needs a flow."""

    kind: str
    name: str


class FlowVersionAnswer(TypedDict):
    """A published version."""

    version: int
    note: str
    restored_from: int | None
    user_name: str | None
    published_at: Instant
    document: dict[str, Any]
    tests: list[dict[str, Any]]


class FoundFileAnswer(TypedDict):
    """A file at its source."""

    name: str
    size: int | None
    modified_at: Instant | None


class FragmentAnswer(TypedDict):
    """A piece of numbers and dates in a language."""

    key: str
    text: str
    kinds: list[str]
    variants: list[PromptVariantAnswer]


class FromCampaignBody(TypedDict):
    """The name of the script that a campaign's text becomes."""

    name: str


class GivenAnswerAnswer(TypedDict):
    """What was answered to a field."""

    field: str
    label: str
    value: str
    column: str | None
    personal: bool


class GivenBody(TypedDict):
    """The rule sets that a campaign asks, in their order."""

    rule_set_ids: list[Id]


class HeaderBody(TypedDict):
    """A line of the request's head."""

    name: str
    value: NotRequired[str]


class HealthAnswer(TypedDict):
    """How the process and its parts fare."""

    status: Literal["ok", "degraded"]
    parts: dict[str, PartHealthAnswer]
    version: str


class HoldBody(TypedDict):
    """What is held back from erasure; no number: everything of the organisation."""

    number: NotRequired[str | None]
    reason: str


class HolidayAnswer(TypedDict):
    """The public holidays of a country are closed."""

    country: str
    subdivision: str | None
    applies_to: str


class HolidayBody(TypedDict):
    """The public holidays of a country are closed, for everyone or for its own numbers."""

    country: str
    subdivision: NotRequired[str | None]
    applies_to: NotRequired[Literal["everyone", "own_numbers"]]


class HolidayCountryAnswer(TypedDict):
    """A country whose public holidays are known."""

    country: str
    subdivisions: list[str]


class HoursPreviewAnswer(TypedDict):
    """Whether it is open now, when it opens, and the days to come."""

    time_zone: str | None
    open: bool
    opens_at: Instant | None
    days: list[PreviewDayAnswer]


class ImportAnswer(TypedDict):
    """An import and how far it is."""

    import_id: Id
    contact_list_id: Id | None
    contact_list_name: str | None
    file_name: str
    file_bytes: int
    state: str
    encoding: str
    delimiter: str
    mapping: MappingAnswer
    on_duplicate: str
    bytes_done: int
    rows_read: int
    rows_added: int
    rows_updated: int
    rows_duplicate: int
    rows_rejected: int
    rows_per_second: float | None
    error: ImportErrorAnswer | None
    created_at: Instant
    started_at: Instant | None
    ended_at: Instant | None
    sheet: str | None
    sheets: list[str]
    import_template_id: Id | None
    numbers_converted: int
    consents_added: int


class ImportEnded(TypedDict):
    """An import into a list, or an upload to a DNC list."""

    import_id: Id
    contact_list_id: Id | None
    dnc_list_id: Id | None
    file_name: str
    state: Literal["complete", "failed", "cancelled"]
    rows_read: int
    rows_added: int
    rows_updated: int
    rows_rejected: int
    error_code: str | None


class ImportErrorAnswer(TypedDict):
    """Why an import failed."""

    code: str
    message: str


class ImportPreviewAnswer(TypedDict):
    """The first 50 rows as they would be imported."""

    encoding: str
    encodings: list[str]
    delimiter: str
    delimiters: list[str]
    has_bom: bool
    header_line: int
    header: list[str]
    mapping: MappingAnswer
    left_out: list[LeftOutAnswer]
    rows: list[PreviewRowAnswer]


class ImportRunAnswer(TypedDict):
    """One look at the source, and its imports."""

    import_schedule_run_id: Id
    state: str
    asked_by_person: bool
    files_seen: int
    files_imported: int
    files_known: int
    files_failed: int
    error_code: str | None
    error: str | None
    columns_left_out: list[str]
    started_at: Instant
    ended_at: Instant | None


class ImportScheduleAnswer(TypedDict):
    """A scheduled import and its newest run."""

    import_schedule_id: Id
    name: str
    contact_list_id: Id
    import_template_id: Id | None
    source: dict[str, Any]
    has_secret: bool
    timing: dict[str, Any]
    done_file: str
    on_duplicate: str
    active: bool
    next_run_at: Instant | None
    waiting: bool
    failures: int
    last_run: ImportRunAnswer | None
    version: int
    created_at: Instant
    updated_at: Instant


class ImportScheduleBody(TypedDict):
    """A scheduled import; `secret` (password, private key or token) is never shown again."""

    name: str
    contact_list_id: Id
    import_template_id: NotRequired[Id | None]
    source: SourcePart
    secret: NotRequired[str | None]
    timing: NotRequired[TimingPart]
    done_file: NotRequired[Literal["keep", "move", "delete"]]
    on_duplicate: NotRequired[Literal["update", "skip"]]
    active: NotRequired[bool]


class ImportSchedulePatch(TypedDict):
    """The whole scheduled import as it is to be; without `secret` it stays as it was."""

    name: str
    contact_list_id: Id
    import_template_id: NotRequired[Id | None]
    source: SourcePart
    secret: NotRequired[str | None]
    timing: NotRequired[TimingPart]
    done_file: NotRequired[Literal["keep", "move", "delete"]]
    on_duplicate: NotRequired[Literal["update", "skip"]]
    active: NotRequired[bool]
    version: int


class ImportTemplateAnswer(TypedDict):
    """A template."""

    import_template_id: Id
    name: str
    reading: dict[str, Any]
    mapping: MappingAnswer
    on_duplicate: str
    version: int
    created_at: Instant
    updated_at: Instant


class ImportTemplateBody(TypedDict):
    """A template; columns of a file that the mapping does not name are left out."""

    name: str
    reading: NotRequired[ReadingPart]
    mapping: MappingBody
    on_duplicate: NotRequired[Literal["update", "skip"]]


class ImportTemplatePatch(TypedDict):
    """The whole template as it is to be."""

    name: str
    reading: NotRequired[ReadingPart]
    mapping: MappingBody
    on_duplicate: NotRequired[Literal["update", "skip"]]
    version: int


class InboundNumberAnswer(TypedDict):
    """A number, and what answers it."""

    inbound_number_id: Id
    number: str
    label: str
    flow_id: Id
    campaign_id: Id
    active: bool
    version: int
    created_at: Instant
    updated_at: Instant


class InboundNumberBody(TypedDict):
    """A number to be added; `number` in any usual form."""

    number: str
    label: NotRequired[str]
    flow_id: Id
    campaign_id: Id
    active: NotRequired[bool]


class InboundNumberPatch(TypedDict):
    """What to change; a field that is missing stays. `version`: the one that was read."""

    version: int
    number: NotRequired[str | None]
    label: NotRequired[str | None]
    flow_id: NotRequired[Id | None]
    campaign_id: NotRequired[Id | None]
    active: NotRequired[bool | None]


class IncidentAnswer(TypedDict):
    """An incident."""

    incident_id: Id
    name: str
    service: str
    communes: list[str]
    cells: list[str]
    prompt: str
    texts: dict[str, str]
    over_texts: dict[str, str]
    starts_at: Instant
    expected_end: Instant | None
    state: str
    over_at: Instant | None
    heard: int
    notices: NoticeCountsAnswer
    version: int
    created_at: Instant
    updated_at: Instant


class IncidentBody(TypedDict):
    """An incident to be declared; without communes and cells it is everywhere."""

    name: str
    service: NotRequired[str]
    communes: NotRequired[list[str]]
    cells: NotRequired[list[str]]
    prompt: NotRequired[str]
    texts: NotRequired[dict[str, Any]]
    over_texts: NotRequired[dict[str, Any]]
    starts_at: NotRequired[Instant | None]
    expected_end: NotRequired[Instant | None]


class IncidentPatch(TypedDict):
    """What to change; a field that is missing stays."""

    version: int
    name: NotRequired[str | None]
    service: NotRequired[str | None]
    communes: NotRequired[list[str] | None]
    cells: NotRequired[list[str] | None]
    prompt: NotRequired[str | None]
    texts: NotRequired[dict[str, Any] | None]
    over_texts: NotRequired[dict[str, Any] | None]
    starts_at: NotRequired[Instant | None]
    expected_end: NotRequired[Instant | None]


class IncidentSettingsAnswer(TypedDict):
    """The columns of contacts that tell a caller's place; the first that is filled in counts."""

    commune_columns: list[str]
    cell_columns: list[str]
    version: int


class IncidentSettingsBody(TypedDict):
    """The columns, in their order."""

    version: int
    commune_columns: list[str]
    cell_columns: list[str]


class IntervalAnswer(TypedDict):
    """Hours on some days of the week."""

    start: str
    until: str
    weekdays: list[int]


class IntervalBody(TypedDict):
    """Hours on some days of the week: 1 Monday … 7 Sunday."""

    start: str
    until: str
    weekdays: list[int]


class KeptAnswer(TypedDict):
    """One class of data; `days` null: for ever."""

    data_class: str
    days: int | None
    default_days: int | None
    least_days: int
    least_by: str
    least_source: str


class KindAnswer(TypedDict):
    """A kind of fact."""

    kind: str
    description: str


class LanguageAnswer(TypedDict):
    """A language that the product knows, and what was chosen for it."""

    language: str
    name: str
    name_fr: str
    name_en: str
    fallbacks: list[str]
    used: bool
    numbers: Literal["own", "fallback"]
    validated: bool
    approved_by: Id | None
    approved_at: Instant | None
    reaches_fr: str
    reaches_en: str
    sources: list[str]
    fragments: int
    speech: bool


class LanguageChoice(TypedDict):
    """The languages that are used, in the order in which callers are offered them."""

    languages: list[ChosenLanguage]
    second_person: NotRequired[bool]


class LanguagesAnswer(TypedDict):
    """All known languages, those that are used first and in their order."""

    items: list[LanguageAnswer]
    second_person: bool


LastAgent = Literal["disabled", "queue_members", "any_agent"]
"""Whether a caller's last agent comes first."""


class LawfulTimeAnswer(TypedDict):
    """Whether a callback could be made at a time, and the next time at which it can."""

    allowed: bool
    code: str
    message: str
    next_at: Instant | None


class LeftAnswer(TypedDict):
    """Calls that left without an agent, and without hanging up first."""

    overflow: int
    moved: int
    closed: int
    timeout: int
    callback: int
    voicemail: int
    elsewhere: int


class LeftOutAnswer(TypedDict):
    """A column of the file that the template does not name, and what it seems to hold."""

    source: str
    kind: ColumnKind


class LegAnswer(TypedDict):
    """An agent's leg."""

    kind: str
    state: Literal["none", "calling", "up"]


class LegBody(TypedDict):
    """Where the agent's calls arrive."""

    kind: Literal["webrtc", "address"]
    address: NotRequired[str | None]


class LegalHoldAnswer(TypedDict):
    """Nothing of a number, or of the whole organisation (null), is erased while this stands."""

    legal_hold_id: Id
    number: str | None
    reason: str
    user_id: Id | None
    user_name: str | None
    created_at: Instant
    ended_at: Instant | None


Level = Literal["info", "warning", "error"]
"""How much an event matters."""


class LimitUseAnswer(TypedDict):
    """How much of an attempt limit is used."""

    attempt_limit_id: Id
    name: str
    per: str
    scope: str
    subject: str
    used: int
    most: int
    free_at: Instant | None


class LinesAnswer(TypedDict):
    """Lines of the campaign's trunk."""

    total: int
    used: int
    used_here: int
    set_aside: int
    free: int
    wanted: int


class ListEndAnswer(TypedDict):
    """When the list will end: a range, null where it is further off than 60 days.

    `unknown` says why there is none: `NOT_RUNNING`, `NOTHING_LEFT`, `TOO_LITTLE_CALLED` or
    `NO_HOURS`."""

    unknown: str
    earliest: Instant | None
    latest: Instant | None
    attempts: int
    observed_seconds: float


class ListHealthAnswer(TypedDict):
    """The newest counts with their age; `counting`: newer ones are on their way."""

    contact_list_id: Id
    counts: CountsAnswer | None
    counted_at: Instant | None
    count_seconds: float | None
    counting: bool
    error: str | None


class ListedFlowAnswer(TypedDict):
    """A row of the list, with what it takes a look around to tell."""

    flow_id: Id
    name: str
    nodes: int
    languages: list[str]
    tests_count: int
    published_version: int | None
    version: int
    updated_at: Instant
    draft_changed: bool
    used_by: list[str]


class MappedColumnAnswer(TypedDict):
    """A column of the file as it is mapped."""

    source: str
    name: NotRequired[str | None]
    label: NotRequired[str | None]
    kind: NotRequired[ColumnKind | None]
    ignore: NotRequired[bool]


class MappedColumnBody(TypedDict):
    """A column of the file: what it becomes, or that it is left out."""

    source: str
    name: NotRequired[str | None]
    label: NotRequired[str | None]
    kind: NotRequired[ColumnKind | None]
    ignore: NotRequired[bool]


class MappedOutcomeAnswer(TypedDict):
    """An outcome with its flags; `source` is own, organisation, default or built_in."""

    outcome: str
    name: str
    name_en: str
    active: bool
    flags: list[str]
    source: str


class MappingAnswer(TypedDict):
    """Which column of the file fills which column of the list."""

    columns: NotRequired[list[MappedColumnAnswer]]
    has_header: NotRequired[bool]
    consent: NotRequired[ConsentColumnsAnswer | None]
    front: NotRequired[bool]


class MappingBody(TypedDict):
    """Columns that are not named are left out."""

    columns: list[MappedColumnBody]
    has_header: NotRequired[bool | None]
    consent: NotRequired[ConsentColumnsBody | None]
    front: NotRequired[bool]


class MappingPatch(TypedDict):
    """Outcomes with their new flags; null: as inherited. Outcomes that are missing stay."""

    version: int
    outcomes: NotRequired[dict[str, list[str] | None]]
    default: NotRequired[list[str] | None]


class MatchesAnswer(TypedDict):
    """How many contacts a filter lets through, and the first of them.

    Without `exact` the count is an estimate that lies between `low` and `high` (95 %)."""

    count: int
    contacts: int
    exact: bool
    low: int
    high: int
    sample: list[ContactAnswer]
    sample_complete: bool


class MatchesBody(TypedDict):
    """A filter to be tried out; with a campaign, "in this campaign" means that one."""

    document: dict[str, Any]
    campaign_id: NotRequired[Id | None]


class MessageAnswer(TypedDict):
    """A message with what has become of it."""

    message_id: Id
    channel: str
    template: str
    recipient: str
    language: str
    incident_id: Id | None
    incident_name: str
    contact_id: Id | None
    state: str
    reason: str
    tries: int
    next_at: Instant | None
    sent_at: Instant | None
    created_at: Instant


class MessagesSentAgainAnswer(TypedDict):
    """How many are sent again."""

    messages: int


class MissingAnswer(TypedDict):
    """What cannot be heard in a language: a prompt, or a kind of value."""

    language: str
    prompt: str
    kind: str
    count: int
    examples: list[str]


class MissingSettingAnswer(TypedDict):
    """A place of which the document cannot say the value, and what to do about it."""

    path: str
    code: str
    message: str


class NetworkAnswerModel(TypedDict):
    """What an end of a call through this trunk means; null and '' fit everything."""

    sip_code: NotRequired[int | None]
    cause: NotRequired[int | None]
    tone: NotRequired[str]
    result: str
    announcement: NotRequired[str]


class NewAnswerBody(TypedDict):
    """An answer; `base`: what its column held when it was given, null: overwrite it."""

    value: str | list[str]
    base: NotRequired[str | None]


class NewApiTokenAnswer(TypedDict):
    """A token that was just made: its secret is shown this once."""

    api_token_id: Id
    user_id: Id
    name: str
    scopes: list[str]
    created_at: Instant
    expires_at: Instant
    last_used_at: Instant | None
    revoked_at: Instant | None
    token: str


class NewDncUploadAnswer(TypedDict):
    """An uploaded file with a first look at it."""

    upload_id: Id
    dnc_list_id: Id
    file_name: str
    file_bytes: int
    state: str
    bytes_done: int
    rows_read: int
    rows_added: int
    rows_updated: int
    rows_duplicate: int
    rows_rejected: int
    rows_removed: int
    replace: bool
    rows_per_second: float | None
    reason: str
    expires_at: Instant | None
    error: ImportErrorAnswer | None
    created_at: Instant
    started_at: Instant | None
    ended_at: Instant | None
    preview: SeenFileAnswer


class NewListBody(TypedDict):
    """The list to be made of the file."""

    name: str
    region: NotRequired[str | None]
    time_zone: NotRequired[str | None]


class NewPassword(TypedDict):
    """The password of now, and the one to come."""

    old: str
    new: str


class NewPrompt(TypedDict):
    """A prompt without any words yet."""

    key: str
    name: str
    description: NotRequired[str]


class NewRecordingSession(TypedDict):
    """What is to be recorded, in this order."""

    language: str
    keys: list[str]


class NewWords(TypedDict):
    """Words for a text-to-speech engine, or of a message; {names} are filled in."""

    language: str
    medium: Literal["speech", "text"]
    words: str


class NoPersonal(TypedDict):
    """Nothing."""


class NodeField(TypedDict):
    """A setting of a node."""

    name: str
    kind: str
    required: bool
    default: Any
    least: int
    most: int
    choices: list[str]
    noun: str
    types: list[str]
    fields: list[NodeField]


class NodeTypeAnswer(TypedDict):
    """A kind of node. Its ways are those without settings, and those that a list's entries name."""

    type: str
    fields: list[NodeField]
    needed_ways: list[str]
    possible_ways: list[str]
    ways_from: str
    instead: dict[str, str]
    asks: bool
    ends: bool


class NotedNameAnswer(TypedDict):
    """What was noted by a name, the most frequent first."""

    name: str
    calls: int
    values: list[NotedValueAnswer]
    other_values: int
    other_calls: int


class NotedValueAnswer(TypedDict):
    """How often a value was noted."""

    value: str
    calls: int


class NoticeCountsAnswer(TypedDict):
    """How many wait for the end, and what became of their notices."""

    asked: int
    waiting: int
    sent: int
    failed: int


class NumberAnswer(TypedDict):
    """A number of a contact."""

    number: str
    label: str
    callable: bool


class NumberConsentBody(TypedDict):
    """A line about a number in any written form."""

    kind: NotRequired[Literal["given", "withdrawn"]]
    purpose: NotRequired[str]
    channel: NotRequired[str]
    at: NotRequired[Instant | None]
    how: NotRequired[str]
    proof: NotRequired[str]
    reference: NotRequired[str]
    file_sha256: NotRequired[str]
    valid_until: NotRequired[Instant | None]
    number: str


class NumbersApproval(TypedDict):
    """A speaker's word on the numbers of a language."""

    language: str
    approved: bool


class OrganisationAnswer(TypedDict):
    """The asker's organisation."""

    organisation_id: Id
    name: str
    region: str
    time_zone: str
    language: str


class OrganisationPresetAnswer(TypedDict):
    """The organisation's own."""

    preset: str


class OutputBody(TypedDict):
    """A value of the answer."""

    name: str
    path: NotRequired[str]


class OverflowBody(TypedDict):
    """A way to another queue."""

    when: OverflowWhen
    seconds: int
    to_queue_id: Id


OverflowWhen = Literal["wait", "no_agents", "expected_wait"]
"""When a call goes to another queue."""


class PaceAnswer(TypedDict):
    """How fast a campaign has dialled, and at what abandon rate."""

    minutes: list[PaceMinuteAnswer]
    window: PaceWindowAnswer


class PaceMinuteAnswer(TypedDict):
    """The calls of one minute, by the instant of their answer, else of their end."""

    at: Instant
    dialled: int
    live: int
    abandoned: int
    connected: int
    wait_p50: float | None
    wait_p95: float | None


class PaceWindowAnswer(TypedDict):
    """The abandon rate over the window of its target, by both denominators."""

    seconds: int
    dialled: int
    live: int
    abandoned: int
    target: float
    rate: float
    rate_of_all: float


class PartAnswer(TypedDict):
    """Numbers of one kind, country or operator; `unknown`, and `rest` for the sum of the smaller
    ones."""

    name: str
    numbers: int


class PartHealthAnswer(TypedDict):
    """How a part fares."""

    status: str
    since: Instant
    message: str


Passed = Literal[
    "NOT_IN_QUEUE",
    "NO_ROOM",
    "REFUSED",
    "RESERVED",
    "RING_NOT_OPEN",
    "SKILL_MISSING",
    "LEVEL_TOO_LOW",
    "TAKEN",
    "NOT_NAMED",
    "OUTER_RING",
    "LOWER_RANK",
    "LOWER_SKILL",
    "SHORTER_IDLE",
    "SAME",
]
"""Why an agent was not chosen for a call."""


class PassedAgentAnswer(TypedDict):
    """A ready agent of the queue who does not get the call."""

    user_id: Id
    display_name: str
    code: Passed
    sentence: str


class PassedAnswer(TypedDict):
    """A node that was entered, and the way that led there."""

    flow_id: str
    node: str
    way: str


class PassedNodeAnswer(TypedDict):
    """A node of a flow that the call came through."""

    node: str
    title: str
    type: str
    at: Instant


class PauseBody(TypedDict):
    """Why to pause."""

    pause_reason_id: NotRequired[Id | None]


class PauseReasonAnswer(TypedDict):
    """A pause reason."""

    pause_reason_id: Id
    name: str
    name_en: str
    position: int
    active: bool


class PauseReasonBody(TypedDict):
    """A pause reason to be added."""

    name: str
    name_en: NotRequired[str]
    position: NotRequired[int]
    active: NotRequired[bool]


class PauseReasonPatch(TypedDict):
    """What to change; a field that is missing stays."""

    name: NotRequired[str | None]
    name_en: NotRequired[str | None]
    position: NotRequired[int | None]
    active: NotRequired[bool | None]


class PersonAnswer(TypedDict):
    """Somebody, as far as numbers tell."""

    person_id: Id
    numbers: list[str]
    merges: list[PersonMergeAnswer]


class PersonMergeAnswer(TypedDict):
    """Two persons were found to be one."""

    person_merge_id: Id
    contact_id: Id
    addresses: list[str]
    merged_at: Instant
    undone_at: Instant | None


class PlaceAnswer(TypedDict):
    """A member's place."""

    user_id: Id
    ring: int
    rank: int


class PlaceBody(TypedDict):
    """A member's ring (1 is asked first) and rank within it (1 is asked first)."""

    user_id: Id
    ring: NotRequired[int]
    rank: NotRequired[int]


class PossibleAnswer(TypedDict):
    """What can be done with a call analysis result, and what is done without a response set."""

    result: str
    reactions: list[str]
    otherwise: str


class PresetAnswer(TypedDict):
    """What a country demands, with sources."""

    preset_id: str
    version: str
    country: str
    names: dict[str, str]
    values: list[PresetValueAnswer]


class PresetValueAnswer(TypedDict):
    """One demand of a preset."""

    name: str
    value: Any
    basis: Literal["law", "practice", "default"]
    kept_by: Literal["program", "people"]
    source: str
    source_fr: str
    read: Day


class PresetsAnswer(TypedDict):
    """Every preset."""

    items: list[PresetAnswer]


class PressBody(TypedDict):
    """Which button of the call's script."""

    attempt_id: Id
    button_id: str


class PressedAnswer(TypedDict):
    """What was done: DNC_LISTED, CONTACT_UNCALLABLE or NUMBER_UNCALLABLE."""

    done: str


class PreviewBody(TypedDict):
    """Rules to look at, and for which numbers."""

    windows: list[WindowBody]
    exceptions: NotRequired[list[DateExceptionBody]]
    holidays: NotRequired[list[HolidayBody]]
    time_zone: NotRequired[str | None]
    country: NotRequired[str | None]
    begin: NotRequired[Day | None]
    days: NotRequired[int]


class PreviewCellAnswer(TypedDict):
    """A cell as written and as read."""

    value: str
    parsed: str | list[str] | None
    code: str | None
    message: str | None


class PreviewDayAnswer(TypedDict):
    """A local day."""

    date: Day
    code: str
    name: str
    slots: list[SlotAnswer]
    clock_changes: bool


class PreviewRowAnswer(TypedDict):
    """A row of the file."""

    line_number: int
    cells: list[PreviewCellAnswer]


class ProfileChange(TypedDict):
    """What to change of oneself."""

    language: NotRequired[str | None]
    display_name: NotRequired[str | None]
    password: NotRequired[NewPassword | None]


class ProgressAnswer(TypedDict):
    """How far a campaign is."""

    campaign_id: Id
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
    next_attempt_at: Instant | None
    answer_to_agent_seconds: WaitAnswer | None
    list_end: ListEndAnswer


class PromptAnswer(TypedDict):
    """A prompt."""

    prompt_id: Id
    key: str
    name: str
    description: str
    seconds: float
    bytes: int
    file_name: str
    response_sets: list[str]
    variants: list[PromptVariantAnswer]
    created_at: Instant


class PromptPatch(TypedDict):
    """What is changed of a prompt; what is left out stays."""

    name: NotRequired[str | None]
    key: NotRequired[str | None]
    description: NotRequired[str | None]


class PromptVariantAnswer(TypedDict):
    """A version of a prompt in one language and medium."""

    variant_id: Id
    prompt_id: Id
    language: str
    medium: Literal["recorded", "speech", "text"]
    version: int
    state: Literal["draft", "in_review", "approved", "retired"]
    words: str
    seconds: float | None
    file_name: str
    loudness: float | None
    warnings: list[str]
    note: str
    created_by: Id | None
    created_at: Instant
    submitted_at: Instant | None
    decided_by: Id | None
    decided_at: Instant | None


class ProofAnswer(TypedDict):
    """All that is kept of one call, as proof."""

    organisation: str
    made_at: Instant
    attempt: AttemptRow
    preset_id: str
    preset_version: str
    preset_names: dict[str, str]
    preset_values: list[PresetValueAnswer]
    preset_changed_since: bool
    consent: ConsentAnswer | None
    rules: list[str]
    dnc_list_names: list[str]


class ProviderAnswer(TypedDict):
    """A list's provider, and how it fares."""

    method: str
    url: str
    body: str
    header_name: str
    header_value: str
    secret_name: str
    answer_path: str
    listed_values: list[str]
    not_listed_values: list[str]
    timeout_seconds: int
    requests_per_second: int
    max_age_seconds: int
    when_silent: str
    last_answer_at: NotRequired[Instant | None]
    last_silence_at: NotRequired[Instant | None]
    last_silence: NotRequired[str]
    last_silence_message: NotRequired[str]


class ProviderBody(TypedDict):
    """How a provider is asked and its answer read; see the operator's reference."""

    method: NotRequired[Literal["GET", "POST"]]
    url: str
    body: NotRequired[str]
    header_name: NotRequired[str]
    header_value: NotRequired[str]
    secret_name: NotRequired[str]
    answer_path: NotRequired[str]
    listed_values: NotRequired[list[str]]
    not_listed_values: NotRequired[list[str]]
    timeout_seconds: NotRequired[int]
    requests_per_second: NotRequired[int]
    max_age_seconds: NotRequired[int]
    when_silent: NotRequired[Literal["hold", "allow"]]


class PublicHolidayAnswer(TypedDict):
    """A public holiday."""

    date: Day
    name: str


class PublishBody(TypedDict):
    """Publish the draft of this version."""

    version: int
    note: NotRequired[str]


class QueueAgentsAnswer(TypedDict):
    """The queue's agents by what they do; `busy`: held for a call, previewing or connecting."""

    ready: int
    on_call: int
    after_call: int
    busy: int
    paused: int


QueueAlarm = Literal["service_level", "longest_wait"]
"""What is wrong."""


class QueueAnswer(TypedDict):
    """A queue."""

    queue_id: Id
    name: str
    member_user_ids: list[Id]


class QueueBody(TypedDict):
    """A queue to be added."""

    name: str
    member_user_ids: NotRequired[list[Id]]


class QueueCallerAnswer(TypedDict):
    """A caller who waits; `skills` are ids of skills, or `language:xx`."""

    attempt_id: Id
    number: str
    position: int
    since: str
    priority: int
    skills: list[str]
    reason: WhyNobody
    passed: list[PassedAgentAnswer]


class QueueCallerPatch(TypedDict):
    """Another queue, another priority, or both."""

    to_queue_id: NotRequired[Id | None]
    priority: NotRequired[int | None]


class QueueFiguresAnswer(TypedDict):
    """A queue now, today by the organisation's clock, and in the last half-hour."""

    queue_id: Id
    name: str
    waiting: int
    oldest_wait_at: str | None
    expected_wait: ExpectedWaitAnswer
    agents: QueueAgentsAnswer
    places_kept: int
    voicemails_new: int
    today: QueuePeriodAnswer
    last_half_hour: QueuePeriodAnswer
    waiting_by_minute: list[int]
    service_level_seconds: float
    service_level_share: float
    short_abandon_seconds: float
    alarm_wait_seconds: int | None
    alarms: list[QueueAlarm]


class QueuePatch(TypedDict):
    """What to change; a field that is missing stays."""

    name: NotRequired[str | None]
    member_user_ids: NotRequired[list[Id] | None]


class QueuePeriodAnswer(TypedDict):
    """Of the calls that began to wait in the period: offered = answered + abandoned + all ways of
    leaving + waiting. Service level = answered in time / (answered + abandoned − short abandoned)."""

    offered: int
    answered: int
    answered_in_time: int
    abandoned: int
    short_abandoned: int
    left: LeftAnswer
    waiting: int
    service_level: float | None
    abandon_rate: float | None
    average_answer_seconds: float | None
    slow_answer_seconds: float | None
    longest_wait_seconds: float | None


class QueueRoutingAnswer(TypedDict):
    """How a queue finds agents. Version 0: the defaults."""

    queue_id: Id
    version: int
    updated_at: Instant | None
    settings: QueueSettingsBody
    members: list[PlaceAnswer]


class QueueRoutingBody(TypedDict):
    """All settings, and the places of those members who get another one."""

    version: int
    settings: QueueSettingsBody
    members: NotRequired[list[PlaceBody]]


class QueueSettingsBody(TypedDict):
    """All that a queue says; what is missing has its default."""

    evaluation: NotRequired[Evaluation]
    rings: NotRequired[list[RingBody]]
    priority: NotRequired[int]
    segment_priorities: NotRequired[dict[str, int]]
    ageing_seconds: NotRequired[int]
    preferred_wait_seconds: NotRequired[int]
    last_agent: NotRequired[LastAgent]
    last_agent_wait_seconds: NotRequired[int]
    overflow: NotRequired[list[OverflowBody]]
    max_waiting: NotRequired[int | None]
    when_full: NotRequired[Ending]
    max_wait_seconds: NotRequired[int | None]
    when_too_long: NotRequired[Ending]
    schedule_group_id: NotRequired[Id | None]
    at_closing: NotRequired[AtClosing]
    keep_free: NotRequired[int]
    outbound_below_seconds: NotRequired[int | None]
    service_level_seconds: NotRequired[int]
    service_level_share: NotRequired[float]
    short_abandon_seconds: NotRequired[int]
    alarm_service_level: NotRequired[bool]
    alarm_wait_seconds: NotRequired[int | None]
    after_call: NotRequired[AfterCall]
    after_call_seconds: NotRequired[int]
    arrival: NotRequired[Arrival]
    arrival_tone: NotRequired[bool]
    whisper_prompt: NotRequired[str]
    alert_seconds: NotRequired[int]
    music_prompt_id: NotRequired[Id | None]
    announce: NotRequired[AnnouncementKind]
    announce_every_seconds: NotRequired[int]
    callback_after_seconds: NotRequired[int | None]
    callback_first: NotRequired[CallbackFirst]
    callback_key: NotRequired[str]
    callback_tries: NotRequired[int]
    callback_retry_seconds: NotRequired[int]
    callback_expires_seconds: NotRequired[int]


class ReadingPart(TypedDict):
    """How the file is read; null: as detected."""

    encoding: NotRequired[str | None]
    delimiter: NotRequired[str | None]
    sheet: NotRequired[str | None]
    has_header: NotRequired[bool | None]
    skip_lines: NotRequired[int]
    trailer_lines: NotRequired[int]
    trim: NotRequired[bool]
    fixed_fields: NotRequired[list[FixedFieldPart]]
    replacements: NotRequired[dict[str, list[ReplacementPart]]]


class ReasonAheadAnswer(TypedDict):
    """Contacts that have not been looked at yet, to whom the same rule would object first."""

    code: str
    message: str
    contacts: int
    next_attempt_at: Instant | None


class ReassignBody(TypedDict):
    """Who is to keep it; null: anyone."""

    owner_user_id: Id | None
    reason: NotRequired[str]


class RecallRuleModel(TypedDict):
    """What follows a result: one step further each time that it comes."""

    steps: list[AfterSeconds | AtTime]
    other_hours: NotRequired[bool]
    afterwards: NotRequired[Literal["repeat", "finish"]]
    most: NotRequired[int | None]


class RecordingNumberAnswer(TypedDict):
    """A number on which a code can be keyed."""

    number: str
    label: str


class RecordingSessionAnswer(TypedDict):
    """A recording by telephone."""

    recording_session_id: Id
    language: str
    state: Literal["waiting", "calling", "done", "cancelled", "expired"]
    code: str | None
    made_by: Id
    made_by_name: str | None
    made_at: Instant
    expires_at: Instant
    called_at: Instant | None
    recorded: int
    prompts: list[SessionPromptAnswer]


class RecordsLawAnswer(TypedDict):
    """A followed preset that demands call records for some years; a person decides."""

    preset_id: str
    years: int
    source: str


class RecycleAnswer(TypedDict):
    """What became of the contacts."""

    matching: int
    recycled: int
    used_up: int


class RecycleBody(TypedDict):
    """Recycle now, or only count."""

    results: NotRequired[list[str]]
    wrap_up_code_ids: NotRequired[list[Id]]
    used_up: NotRequired[bool]
    unreached: NotRequired[bool]
    reset_counters: NotRequired[bool]
    after_seconds: NotRequired[int]
    dry_run: NotRequired[bool]


class RecyclePlanAnswer(TypedDict):
    """A plan."""

    recycle_plan_id: Id
    campaign_id: Id
    weekdays: list[int]
    at: ClockTime
    time_zone: str
    results: list[str]
    wrap_up_code_ids: list[Id]
    used_up: bool
    unreached: bool
    reset_counters: bool
    after_seconds: int
    start: bool
    times_left: int | None
    next_at: Instant | None
    last_at: Instant | None
    last_recycled: int | None


class RecyclePlanBody(TypedDict):
    """Recycle at a time of day on some days of the week."""

    results: NotRequired[list[str]]
    wrap_up_code_ids: NotRequired[list[Id]]
    used_up: NotRequired[bool]
    unreached: NotRequired[bool]
    reset_counters: NotRequired[bool]
    after_seconds: NotRequired[int]
    weekdays: list[int]
    at: ClockTime
    time_zone: str
    start: NotRequired[bool]
    times_left: NotRequired[int | None]


RefusalReason = Literal["busy", "not_mine", "technical", "other"]
"""Why an agent refused; giving one is optional."""


class RefuseBody(TypedDict):
    """Which caller, and why; the reason is optional."""

    attempt_id: Id
    reason: NotRequired[RefusalReason | None]


class RejectedContactAnswer(TypedDict):
    """A contact of a batch that was not taken."""

    index: int
    column: str
    code: str
    message: str


class RejectedEntryAnswer(TypedDict):
    """One that could not be listed."""

    index: int
    code: str
    message: str


class RejectedRowAnswer(TypedDict):
    """A row that gave no line."""

    line: int
    column: str
    code: str
    message: str


class RejectedShareAnswer(TypedDict):
    """Rows that imports refused for one reason."""

    code: str
    message: str
    rows: int


class RejectionAnswer(TypedDict):
    """A line of the report; `row_kept`: the contact was taken all the same."""

    line_number: int
    column: str
    value: str
    code: str
    message: str
    row_kept: bool


class RemoveBody(TypedDict):
    """What may be called again, and why."""

    values: list[str]
    reason: str


class RemovedAnswer(TypedDict):
    """How many were on the list."""

    removed: int
    reopened: int


class ReplacementPart(TypedDict):
    """What is found in a cell (RE2 syntax) and what takes its place."""

    find: str
    replace: NotRequired[str]


class ReplayAnswer(TypedDict):
    """How many are sent again."""

    replayed: int


class ReplayBody(TypedDict):
    """Which messages to send again."""

    from_at: Instant
    until_at: Instant
    failed_only: NotRequired[bool]


class ReportAnswer(TypedDict):
    """What a check has found."""

    filled: int
    unfit: int
    without_number: int
    samples: list[SampleAnswer]


class RescheduleBody(TypedDict):
    """When to call; not after `latest_at`, null: the campaign's hours count."""

    due_at: Instant
    latest_at: NotRequired[Instant | None]
    reason: NotRequired[str]


class ResponseSetAnswer(TypedDict):
    """A response set."""

    response_set_id: Id
    name: str
    live_person_detection: str
    fax_detection: bool
    beep_detection: bool
    reactions: dict[str, dict[str, Any]]
    campaigns: list[str]
    version: int
    updated_at: Instant


class ResponseSetBody(TypedDict):
    """A response set to be added; a result that is left out is treated as without one."""

    name: str
    live_person_detection: NotRequired[str]
    fax_detection: NotRequired[bool]
    beep_detection: NotRequired[bool]
    reactions: NotRequired[dict[str, dict[str, Any]]]


class ResponseSetPatch(TypedDict):
    """What to change; a field that is missing stays, reactions are replaced as a whole."""

    version: int
    name: NotRequired[str | None]
    live_person_detection: NotRequired[str | None]
    fax_detection: NotRequired[bool | None]
    beep_detection: NotRequired[bool | None]
    reactions: NotRequired[dict[str, dict[str, Any]] | None]


class RetentionAnswer(TypedDict):
    """What is kept how long."""

    classes: list[KeptAnswer]
    holds: list[LegalHoldAnswer]
    runs: list[RetentionRunAnswer]
    version: int
    updated_at: Instant | None


class RetentionPatch(TypedDict):
    """Days of the classes that change; null: for ever."""

    version: int
    days: dict[str, int | None]


class RetentionPreview(TypedDict):
    """How many rows of each class would go now, counted up to 100,000."""

    counts: dict[str, int]


class RetentionRunAnswer(TypedDict):
    """One removal of old data; `problem`: a code and the class that was given up this time."""

    retention_run_id: Id
    user_id: Id | None
    started_at: Instant
    ended_at: Instant | None
    removed: dict[str, int]
    problem: str


class ReviewAnswer(TypedDict):
    """A variant that waits for an approver."""

    prompt_id: Id
    key: str
    name: str
    description: str
    variant: PromptVariantAnswer


class RingBody(TypedDict):
    """A ring: how long calls stay in it before the next opens, and what it no longer asks for."""

    seconds: NotRequired[int]
    drops: NotRequired[list[str]]


class RoleAnswer(TypedDict):
    """A role and what it may do."""

    role: str
    permissions: list[str]


class RollBackBody(TypedDict):
    """Publish an older version again."""

    version: int
    to_version: int
    note: NotRequired[str]


class RotateBody(TypedDict):
    """How long the old secret signs as well."""

    keep_hours: NotRequired[int]


class RoutingTriedAnswer(TypedDict):
    """Who would get the call; `user_id` null: nobody now."""

    user_id: Id | None
    chosen: str | None
    ring: int
    sentences: list[str]
    agents: list[TriedAgentAnswer]


class RuleFiringAnswer(TypedDict):
    """A rule that fired."""

    rule_firing_id: int
    at: Instant
    kind: str
    campaign_id: Id
    contact_id: Id
    attempt_id: Id | None
    rule_set_id: Id
    rule_set_name: str
    rule: int
    name: str
    number: str
    actions: list[str]


class RuleSetAnswer(TypedDict):
    """A rule set; the rules are described in docs/developers/rule-sets.md."""

    rule_set_id: Id
    name: str
    kind: str
    rules: list[dict[str, Any]]
    campaigns: list[str]
    version: int
    updated_at: Instant


class RuleSetBody(TypedDict):
    """A rule set to be added."""

    name: str
    kind: Literal["pre_call", "wrap_up"]
    rules: list[dict[str, Any]]


class RuleSetPatch(TypedDict):
    """What to change; a field that is missing stays. The kind stays for ever."""

    version: int
    name: NotRequired[str | None]
    rules: NotRequired[list[dict[str, Any]] | None]


class RulesAnswer(TypedDict):
    """What the campaign's rules before a call would do now; nothing of it is done."""

    fired: list[FiredRuleAnswer]
    code: str
    message: str
    number: str | None
    again_at: Instant | None
    data: dict[str, str]
    preview: bool
    caller_id: str | None
    skills: list[str]


class SampleAnswer(TypedDict):
    """A value that does not fit."""

    row: int
    contact_id: Id
    value: str
    code: str
    message: str


class SandboxMessageAnswer(TypedDict):
    """A message that went to the sandbox instead of a telephone."""

    message_id: Id
    channel: str
    recipient: str
    language: str
    text: str
    created_at: Instant


class ScheduleAnswer(TypedDict):
    """A schedule, as of now."""

    schedule_id: Id
    campaign_id: Id | None
    sequence_id: Id | None
    name: str
    active: bool
    time_zone: str
    intervals: list[IntervalAnswer]
    exceptions: list[ExceptionAnswer]
    starts_on: Day | None
    ends_on: Day | None
    open_now: bool
    next_change_at: Instant | None
    next_change: str | None
    code: str
    version: int


class ScheduleBody(TypedDict):
    """A schedule; `version` is that of the one it replaces."""

    time_zone: str
    intervals: list[IntervalBody]
    exceptions: NotRequired[list[ExceptionBody]]
    starts_on: NotRequired[Day | None]
    ends_on: NotRequired[Day | None]
    active: NotRequired[bool]
    version: NotRequired[int | None]


class ScheduleFileAnswer(TypedDict):
    """A file that was fetched, and its import or why there is none."""

    file_name: str
    content_hash: str
    import_id: Id | None
    import_state: str | None
    error_code: str | None
    error: str | None
    columns_left_out: list[str]
    created_at: Instant
    disposed_at: Instant | None


class ScheduleGroupAnswer(TypedDict):
    """A group, and what it says now."""

    schedule_group_id: Id
    name: str
    callable_time_set_id: Id
    time_zone: str
    flows: list[str]
    state: str
    holiday: str
    opens_at: Instant | None
    version: int
    created_at: Instant
    updated_at: Instant


class ScheduleGroupBody(TypedDict):
    """A group to be added: a callable time set by the clock of a zone."""

    name: str
    callable_time_set_id: Id
    time_zone: str


class ScheduleGroupPatch(TypedDict):
    """What to change; a field that is missing stays."""

    version: int
    name: NotRequired[str | None]
    callable_time_set_id: NotRequired[Id | None]
    time_zone: NotRequired[str | None]


class ScriptAnswer(TypedDict):
    """A script; documents are described in docs/developers/scripts.md."""

    script_id: Id
    name: str
    contact_list_id: Id | None
    pages: int
    published_version: int | None
    campaigns: list[str]
    version: int
    updated_at: Instant
    draft: dict[str, Any]
    problems: list[ScriptProblem]


class ScriptBody(TypedDict):
    """A script to be added; the document may be wrong still."""

    name: str
    contact_list_id: NotRequired[Id | None]
    draft: dict[str, Any]


class ScriptCheckAnswer(TypedDict):
    """Everything wrong with a document."""

    problems: list[ScriptProblem]


class ScriptPatch(TypedDict):
    """What to change; a field that is missing stays, null takes the list away."""

    version: int
    name: NotRequired[str | None]
    contact_list_id: NotRequired[Id | None]
    draft: NotRequired[dict[str, Any] | None]


class ScriptProblem(TypedDict):
    """One thing wrong with a script."""

    path: str
    code: str
    message: str


class ScriptRow(TypedDict):
    """A script in the list."""

    script_id: Id
    name: str
    contact_list_id: Id | None
    pages: int
    published_version: int | None
    campaigns: list[str]
    version: int
    updated_at: Instant


class ScriptVersionAnswer(TypedDict):
    """A published version."""

    version: int
    note: str
    restored_from: int | None
    user_name: str | None
    published_at: Instant
    document: dict[str, Any]


class SeenAnswer(TypedDict):
    """How many were new."""

    seen: int


class SeenBody(TypedDict):
    """Which events; without ids all that last happened by `until` (now where it is not given)."""

    event_ids: NotRequired[list[int] | None]
    until: NotRequired[Instant | None]


class SeenFileAnswer(TypedDict):
    """The first rows of a file as they would be listed."""

    encoding: str
    encodings: list[str]
    delimiter: str
    delimiters: list[str]
    has_header: bool
    column: int
    header: list[str]
    rows: list[SeenRowAnswer]


class SeenRowAnswer(TypedDict):
    """A row of the file, what of it would be listed, and why it would not."""

    line_number: int
    cells: list[str]
    value: str | None
    message: str | None


class SentBack(TypedDict):
    """What should be better."""

    note: str


class SequenceAnswer(TypedDict):
    """A sequence and where it stands; `code` says for what it waits."""

    sequence_id: Id
    name: str
    campaign_ids: list[Id]
    repeats: bool
    state: str
    position: int
    round: int
    begun: bool
    code: str
    state_changed_at: Instant
    version: int


class SequenceBody(TypedDict):
    """A sequence to be added; it is turned off at first."""

    name: str
    campaign_ids: list[Id]
    repeats: NotRequired[bool]


class SequencePatch(TypedDict):
    """What to change; a field that is missing stays."""

    version: int
    name: NotRequired[str | None]
    campaign_ids: NotRequired[list[Id] | None]
    repeats: NotRequired[bool | None]


class SessionAnswer(TypedDict):
    """Who is signed in and may do what."""

    user: UserAnswer
    organisation: OrganisationAnswer
    permissions: list[str]
    csrf_token: str | None


class SessionPromptAnswer(TypedDict):
    """A prompt of the list."""

    position: int
    key: str
    name: str
    fragment: bool
    words: str
    recorded: bool
    variant: PromptVariantAnswer | None


class SettingsAnswer(TypedDict):
    """The settings; never the secret itself."""

    kind: str
    method: str
    url: str
    headers: list[dict[str, str]]
    body: str
    body_format: str
    engine: str
    host: str
    port: int
    database: str
    user: str
    encrypted: bool
    most_rows: int
    statement: str
    secret_name: str
    outputs: list[dict[str, str]]
    timeout_seconds: int
    cache_seconds: int
    call_cache_seconds: int
    at_once: int
    breaker_failures: int
    breaker_seconds: int


class SettingsBody(TypedDict):
    """How a question is asked and its answer read; see docs/developers/rule-sets.md."""

    kind: NotRequired[Literal["http", "sql"]]
    method: NotRequired[Literal["GET", "POST", "PUT", "PATCH"]]
    url: NotRequired[str]
    headers: NotRequired[list[HeaderBody]]
    body: NotRequired[str]
    body_format: NotRequired[Literal["json", "form"]]
    engine: NotRequired[Literal["postgresql", "mysql"]]
    host: NotRequired[str]
    port: NotRequired[int]
    database: NotRequired[str]
    user: NotRequired[str]
    encrypted: NotRequired[bool]
    most_rows: NotRequired[int]
    statement: NotRequired[str]
    secret_name: NotRequired[str]
    outputs: NotRequired[list[OutputBody]]
    timeout_seconds: NotRequired[int]
    cache_seconds: NotRequired[int]
    call_cache_seconds: NotRequired[int]
    at_once: NotRequired[int]
    breaker_failures: NotRequired[int]
    breaker_seconds: NotRequired[int]


class SettingsChangeAnswer(TypedDict):
    """A place (JSON Pointer) that changes; of things that are added or removed the whole."""

    path: str
    action: Literal["added", "changed", "removed"]
    old: Any
    new: Any


class SettingsDocumentAnswer(TypedDict):
    """The document, described in docs/operators/settings-documents.md."""

    document: dict[str, Any]
    missing: list[MissingSettingAnswer]


class SettingsDocumentBody(TypedDict):
    """A document to be applied, whole or in part; what it does not tell stays.

    `publish` false: flows, scripts and words of prompts become drafts. `remove`: things of the
    document's kinds that it does not name are deleted, but for trunks, wrap-up codes, pause
    reasons, contact lists and DNC lists."""

    document: dict[str, Any]
    dry_run: NotRequired[bool]
    publish: NotRequired[bool]
    remove: NotRequired[bool]


class SheetBody(TypedDict):
    """The sheet to be read."""

    sheet: str


class SignInAnswer(TypedDict):
    """The state after signing in; `sip` for a leg in the browser."""

    user_id: Id
    display_name: str
    status: str
    pause_reason_id: Id | None
    since: str
    leg: LegAnswer
    attempt: AttemptLive | None
    after_call_until: str | None
    pause_after: bool
    preview_until: str | None
    queue_ids: list[Id]
    fetch_available: bool
    callbacks: NotRequired[CallbackTallyAnswer | None]
    after_call: NotRequired[str]
    pause_cause: NotRequired[str]
    alert_until: NotRequired[str | None]
    sip: SipAccess | None


class SignInBody(TypedDict):
    """How to sign in."""

    leg: LegBody


class SipAccess(TypedDict):
    """With what the softphone registers."""

    uri: str
    user: str
    password: str
    ws_path: str


class SkillAnswer(TypedDict):
    """A skill."""

    skill_id: Id
    name: str


class SkillBody(TypedDict):
    """A skill's name."""

    name: str


class SkipBody(TypedDict):
    """Which record to skip, and why."""

    attempt_id: Id
    reason: NotRequired[str | None]


class SlotAnswer(TypedDict):
    """A piece of a day."""

    start: int
    until: int


class SlotBody(TypedDict):
    """A piece of a day."""

    start: str
    until: str


class SortKeyAnswer(TypedDict):
    """A key of a campaign's order: a column or a property."""

    column: NotRequired[str | None]
    property: NotRequired[str | None]
    descending: bool
    empty_first: bool


class SortKeyBody(TypedDict):
    """A key of a campaign's order."""

    column: NotRequired[str | None]
    property: NotRequired[str | None]
    descending: NotRequired[bool]
    empty_first: NotRequired[bool]


SourceKind = Literal["folder", "sftp", "https"]
"""The ways to a file."""


class SourcePart(TypedDict):
    """Where files come from. `folder`: path, pattern; `sftp`: host, port, user, host_key, sign_in
    (password or key), path, pattern; `https`: url, sign_in (none, password, token), user."""

    kind: NotRequired[SourceKind]
    path: NotRequired[str]
    pattern: NotRequired[str]
    move_to: NotRequired[str]
    host: NotRequired[str]
    port: NotRequired[int]
    user: NotRequired[str]
    host_key: NotRequired[str]
    sign_in: NotRequired[Literal["none", "password", "key", "token"]]
    url: NotRequired[str]


class SourceTestAnswer(TypedDict):
    """What a source shows; for SFTP the server's key, to be accepted by a person first."""

    host_key: str
    host_key_accepted: bool
    files: list[FoundFileAnswer]


class SourceTestBody(TypedDict):
    """A source to be tried; without `secret`, that of the scheduled import is used."""

    source: SourcePart
    secret: NotRequired[str | None]
    import_schedule_id: NotRequired[Id | None]


class SpanAnswer(TypedDict):
    """Hours of a day."""

    start: str
    until: str


class SpanBody(TypedDict):
    """Hours of a day, on the clock of the schedule's zone; the end of the day is 24:00."""

    start: str
    until: str


class SpeechEngineAnswer(TypedDict):
    """A text-to-speech engine."""

    name: str
    status: str
    languages: list[str]
    message: str


class SpendAnswer(TypedDict):
    """A budget and what was spent of it, what is reserved included."""

    per: str
    most: float | None
    spent: float


class SpokenValue(TypedDict):
    """How a value is said."""

    language: str
    words: str
    keys: list[str]


class StandingAnswer(TypedDict):
    """What the ledger says of a number now."""

    number: str
    purpose: str
    state: Literal["proven", "missing", "withdrawn", "expired"]
    consent_id: Id | None


class StartBody(TypedDict):
    """How to import an uploaded file: `contact_list_id` or `new_list`."""

    contact_list_id: NotRequired[Id | None]
    new_list: NotRequired[NewListBody | None]
    mapping: MappingBody
    key_columns: NotRequired[list[str] | None]
    on_duplicate: NotRequired[Literal["update", "skip"]]
    encoding: NotRequired[str | None]
    delimiter: NotRequired[str | None]
    header_line: NotRequired[int | None]


class StartUploadBody(TypedDict):
    """How the file is read, and what is written beside each of its values."""

    column: NotRequired[int | None]
    has_header: NotRequired[bool | None]
    encoding: NotRequired[str | None]
    delimiter: NotRequired[str | None]
    reason: NotRequired[str]
    expires_at: NotRequired[Instant | None]
    replace: NotRequired[bool]


class SubjectScheduleAnswer(TypedDict):
    """The schedule of a campaign or sequence, if it has one."""

    schedule: ScheduleAnswer | None


class TemplateChoiceBody(TypedDict):
    """The template to read the file by; null: none."""

    import_template_id: Id | None


class TimingPart(TypedDict):
    """When it runs: `every` so many minutes, or `daily` at a time of a zone."""

    kind: NotRequired[Literal["every", "daily"]]
    minutes: NotRequired[int]
    at: NotRequired[str]
    weekdays: NotRequired[list[int]]
    time_zone: NotRequired[str]


class ToBody(TypedDict):
    """A number or an agent."""

    number: NotRequired[str | None]
    user_id: NotRequired[Id | None]


class TransferBody(TypedDict):
    """To whom a call goes."""

    attempt_id: Id
    to: ToBody


class TrialAnswer(TypedDict):
    """What followed. `cursor` null: the flow is over, `outcome` says how."""

    cursor: dict[str, Any] | None
    actions: list[dict[str, Any]]
    outcome: str
    trail: list[PassedAnswer]


class TrialBody(TypedDict):
    """A step to be tried. Without `cursor` it is the begin; without `input` the node again."""

    draft: NotRequired[dict[str, Any] | None]
    version: NotRequired[int | None]
    facts: NotRequired[dict[str, Any]]
    cursor: NotRequired[dict[str, Any] | None]
    input: NotRequired[dict[str, Any] | None]
    now: NotRequired[Instant | None]


class TriedActionAnswer(TypedDict):
    """What was sent, with the secret hidden, and what came."""

    method: str
    url: str
    headers: dict[str, str]
    body: str
    status: int | None
    seconds: float
    answer: str
    outputs: dict[str, str]
    missing: list[str]
    failure: str
    message: str


class TriedAgentAnswer(TypedDict):
    """An agent of the queue; `code` null: could take the call now."""

    user_id: Id
    display_name: str
    status: str
    code: str | None
    sentence: str
    opens_in_seconds: float | None


class TriedAnswer(TypedDict):
    """What the rules would do with one contact."""

    contact_id: Id
    contact_name: str
    number: str | None
    reason: str
    fired: list[str]
    actions: list[str]
    data: dict[str, str]


class TrunkAnswer(TypedDict):
    """A trunk."""

    trunk_id: Id
    name: str
    endpoint: str
    lines: int
    calls_per_second: float
    caller_ids: list[str]
    attempt_header: str | None
    network_answers: list[NetworkAnswerModel]
    early_media_seconds: int
    early_media_keep_days: int


class TrunkBody(TypedDict):
    """A trunk to be added."""

    name: str
    endpoint: str
    lines: NotRequired[int]
    calls_per_second: NotRequired[float]
    caller_ids: NotRequired[list[str]]
    attempt_header: NotRequired[str | None]
    network_answers: NotRequired[list[NetworkAnswerModel]]
    early_media_seconds: NotRequired[int]
    early_media_keep_days: NotRequired[int]


class TrunkPatch(TypedDict):
    """What to change; a field that is missing stays."""

    name: NotRequired[str | None]
    endpoint: NotRequired[str | None]
    lines: NotRequired[int | None]
    calls_per_second: NotRequired[float | None]
    caller_ids: NotRequired[list[str] | None]
    attempt_header: NotRequired[str | None]
    network_answers: NotRequired[list[NetworkAnswerModel] | None]
    early_media_seconds: NotRequired[int | None]
    early_media_keep_days: NotRequired[int | None]


class TryBody(TypedDict):
    """On what to try the rules; the result and outcome are for rules at the wrap-up."""

    campaign_id: Id
    contacts: NotRequired[int]
    result: NotRequired[
        Literal[
            "person",
            "machine",
            "busy",
            "no_answer",
            "invalid",
            "congestion",
            "rejected",
            "failed",
            "fax",
            "sit",
            "unknown",
        ]
    ]
    wrap_up_code_id: NotRequired[Id | None]


class TryDataActionBody(TypedDict):
    """Settings to be tried, with a value for each placeholder."""

    settings: SettingsBody
    values: NotRequired[dict[str, str]]


Unknown = Literal["NO_AGENTS", "NO_STATISTICS", "TOO_LONG"]
"""Why no wait can be told."""


class UnseenAnswer(TypedDict):
    """How many nobody has taken note of; 100: at least so many."""

    error: int
    warning: int


class UploadAnswer(TypedDict):
    """An import whose file has been uploaded, with its preview."""

    import_id: Id
    contact_list_id: Id | None
    contact_list_name: str | None
    file_name: str
    file_bytes: int
    state: str
    encoding: str
    delimiter: str
    mapping: MappingAnswer
    on_duplicate: str
    bytes_done: int
    rows_read: int
    rows_added: int
    rows_updated: int
    rows_duplicate: int
    rows_rejected: int
    rows_per_second: float | None
    error: ImportErrorAnswer | None
    created_at: Instant
    started_at: Instant | None
    ended_at: Instant | None
    sheet: str | None
    sheets: list[str]
    import_template_id: Id | None
    numbers_converted: int
    consents_added: int
    preview: ImportPreviewAnswer


UseKind = Literal["key", "script", "required_field", "filter", "sort", "template", "flow_note"]
"""Where a column is used."""


class UserAnswer(TypedDict):
    """A user."""

    user_id: Id
    login: str
    display_name: str
    role: str
    permissions: list[str]
    language: str
    active: bool
    queue_ids: list[Id]
    version: int
    created_at: Instant


class UserBody(TypedDict):
    """A user to be added."""

    login: str
    display_name: str
    role: str
    password: str
    permissions: NotRequired[list[str]]
    language: NotRequired[str]
    queue_ids: NotRequired[list[Id]]


class UserPatch(TypedDict):
    """What to change of a user; a field that is missing stays."""

    version: int
    display_name: NotRequired[str | None]
    role: NotRequired[str | None]
    permissions: NotRequired[list[str] | None]
    language: NotRequired[str | None]
    active: NotRequired[bool | None]
    queue_ids: NotRequired[list[Id] | None]
    password: NotRequired[str | None]


ValueKind = Literal["number", "amount", "ordinal", "date", "time", "telephone", "digits"]
"""What a value is, which decides how it is read."""


class VoicemailAnswer(TypedDict):
    """A message that a caller has left."""

    voicemail_id: Id
    attempt_id: Id
    campaign_id: Id
    campaign_name: str
    contact_id: Id
    contact_name: str
    queue_id: Id | None
    queue_name: str | None
    number: str
    seconds: float
    recorded: bool
    text: str
    transcription: Literal["waiting", "done", "failed"]
    language: str
    state: Literal["new", "heard", "done"]
    owner_user_id: Id | None
    owner_name: str | None
    mine: bool
    heard_at: Instant | None
    heard_by_name: str | None
    done_at: Instant | None
    done_by_name: str | None
    note: str
    callback_id: Id | None
    callback_state: str | None
    created_at: Instant


class VoicemailAssignBody(TypedDict):
    """Who is to deal with it; null: anyone."""

    owner_user_id: Id | None


class VoicemailCountsAnswer(TypedDict):
    """How many messages wait: that nobody has heard, that nobody has dealt with, one's own."""

    new: int
    undone: int
    mine: int


class VoicemailDoneBody(TypedDict):
    """What was done about it."""

    note: NotRequired[str]


class VoidBody(TypedDict):
    """What is wrong with the line."""

    reason: str


class WaitAnswer(TypedDict):
    """How long answered people waited for an agent, in seconds."""

    p50: float
    p95: float
    max: float


class WarningAnswer(TypedDict):
    """Something that a person should look at."""

    code: str
    message: str


class WebhookAnswer(TypedDict):
    """A webhook. `waiting` is counted up to 10,000; the other counts are of the last 24 hours."""

    webhook_id: Id
    url: str
    description: str
    kinds: list[str]
    campaign_ids: list[Id]
    personal_data: bool
    state: Literal["on", "off", "paused"]
    old_secret_until: Instant | None
    failures: int
    failing_since: Instant | None
    rests_until: Instant | None
    last_success_at: Instant | None
    last_failure_at: Instant | None
    last_error: str
    waiting: int
    oldest_waiting_at: Instant | None
    delivered: int
    failed: int
    milliseconds: int | None
    version: int
    created_at: Instant
    updated_at: Instant


class WebhookBody(TypedDict):
    """A new webhook. `campaign_ids` empty: all. Without `personal_data` messages hold ids only."""

    url: str
    description: NotRequired[str]
    kinds: list[
        Literal[
            "attempt.ended",
            "wrap_up.saved",
            "callback.scheduled",
            "callback.done",
            "callback.missed",
            "callback.cancelled",
            "campaign.state_changed",
            "contact.changed",
            "dnc.entry_added",
            "import.ended",
            "event.error",
        ]
    ]
    campaign_ids: NotRequired[list[Id]]
    personal_data: NotRequired[bool]
    active: NotRequired[bool]


class WebhookMessageAttemptEndedAttemptPersonal(TypedDict):
    """WebhookMessage[AttemptEnded, AttemptPersonal]"""

    type: str
    schema_version: Literal[1]
    id: Id
    organisation_id: Id
    timestamp: Instant
    data: AttemptEnded
    personal: NotRequired[AttemptPersonal | None]


class WebhookMessageCallbackToldCallbackPersonal(TypedDict):
    """WebhookMessage[CallbackTold, CallbackPersonal]"""

    type: str
    schema_version: Literal[1]
    id: Id
    organisation_id: Id
    timestamp: Instant
    data: CallbackTold
    personal: NotRequired[CallbackPersonal | None]


class WebhookMessageCampaignStateChangedNoPersonal(TypedDict):
    """WebhookMessage[CampaignStateChanged, NoPersonal]"""

    type: str
    schema_version: Literal[1]
    id: Id
    organisation_id: Id
    timestamp: Instant
    data: CampaignStateChanged
    personal: NotRequired[NoPersonal | None]


class WebhookMessageContactChangedContactPersonal(TypedDict):
    """WebhookMessage[ContactChanged, ContactPersonal]"""

    type: str
    schema_version: Literal[1]
    id: Id
    organisation_id: Id
    timestamp: Instant
    data: ContactChanged
    personal: NotRequired[ContactPersonal | None]


class WebhookMessageDncEntryAddedDncEntryPersonal(TypedDict):
    """WebhookMessage[DncEntryAdded, DncEntryPersonal]"""

    type: str
    schema_version: Literal[1]
    id: Id
    organisation_id: Id
    timestamp: Instant
    data: DncEntryAdded
    personal: NotRequired[DncEntryPersonal | None]


class WebhookMessageErrorLoggedNoPersonal(TypedDict):
    """WebhookMessage[ErrorLogged, NoPersonal]"""

    type: str
    schema_version: Literal[1]
    id: Id
    organisation_id: Id
    timestamp: Instant
    data: ErrorLogged
    personal: NotRequired[NoPersonal | None]


class WebhookMessageImportEndedNoPersonal(TypedDict):
    """WebhookMessage[ImportEnded, NoPersonal]"""

    type: str
    schema_version: Literal[1]
    id: Id
    organisation_id: Id
    timestamp: Instant
    data: ImportEnded
    personal: NotRequired[NoPersonal | None]


class WebhookMessageWebhookTestNoPersonal(TypedDict):
    """WebhookMessage[WebhookTest, NoPersonal]"""

    type: str
    schema_version: Literal[1]
    id: Id
    organisation_id: Id
    timestamp: Instant
    data: WebhookTest
    personal: NotRequired[NoPersonal | None]


class WebhookMessageWrapUpSavedWrapUpPersonal(TypedDict):
    """WebhookMessage[WrapUpSaved, WrapUpPersonal]"""

    type: str
    schema_version: Literal[1]
    id: Id
    organisation_id: Id
    timestamp: Instant
    data: WrapUpSaved
    personal: NotRequired[WrapUpPersonal | None]


class WebhookPatch(TypedDict):
    """Changes; `active: true` also ends a pause."""

    version: int
    url: NotRequired[str | None]
    description: NotRequired[str | None]
    kinds: NotRequired[
        list[
            Literal[
                "attempt.ended",
                "wrap_up.saved",
                "callback.scheduled",
                "callback.done",
                "callback.missed",
                "callback.cancelled",
                "campaign.state_changed",
                "contact.changed",
                "dnc.entry_added",
                "import.ended",
                "event.error",
            ]
        ]
        | None
    ]
    campaign_ids: NotRequired[list[Id] | None]
    personal_data: NotRequired[bool | None]
    active: NotRequired[bool | None]


class WebhookSecretAnswer(TypedDict):
    """With the secret, this once."""

    webhook_id: Id
    url: str
    description: str
    kinds: list[str]
    campaign_ids: list[Id]
    personal_data: bool
    state: Literal["on", "off", "paused"]
    old_secret_until: Instant | None
    failures: int
    failing_since: Instant | None
    rests_until: Instant | None
    last_success_at: Instant | None
    last_failure_at: Instant | None
    last_error: str
    waiting: int
    oldest_waiting_at: Instant | None
    delivered: int
    failed: int
    milliseconds: int | None
    version: int
    created_at: Instant
    updated_at: Instant
    secret: str


class WebhookTest(TypedDict):
    """Somebody pressed the button."""

    webhook_id: Id
    asked_by: Id


class WeekSlotAnswer(TypedDict):
    """A slot of a day of the week."""

    start: int
    until: int
    weekday: int


class WeekSlotBody(TypedDict):
    """A slot of a day of the week: 1 Monday … 7 Sunday."""

    start: str
    until: str
    weekday: int


class WhatIfAnswer(TypedDict):
    """A what-if; `result` is described in docs/developers/what-if.md."""

    what_if_id: Id
    campaign_id: Id
    kind: str
    settings: WhatIfSettingsAnswer
    state: str
    progress: float
    error_code: str | None
    error: str | None
    created_at: Instant
    started_at: Instant | None
    ended_at: Instant | None
    result: dict[str, Any] | None


WhatIfBody = TypedDict(
    "WhatIfBody",
    {
        "kind": "Literal['tomorrow', 'replay']",
        "agents": "NotRequired[int | None]",
        "from": "NotRequired[ClockTime | None]",
        "until": "NotRequired[ClockTime | None]",
        "mode": "NotRequired[Literal['preview', 'progressive', 'power', 'predictive', 'agentless'] | None]",
        "calls_per_agent": "NotRequired[float | None]",
        "calls_per_agent_ceiling": "NotRequired[float | None]",
        "abandon_target": "NotRequired[float | None]",
        "lines": "NotRequired[int | None]",
        "runs": "NotRequired[int]",
        "day": "NotRequired[Day | None]",
    },
)
"""What to simulate; what is left out is as it is now, or as it was on the recorded day."""


class WhatIfListAnswer(TypedDict):
    """A campaign's what-ifs; no more are kept."""

    items: list[WhatIfAnswer]


WhatIfSettingsAnswer = TypedDict(
    "WhatIfSettingsAnswer",
    {
        "kind": "str",
        "agents": "int | None",
        "from": "str | None",
        "until": "str | None",
        "mode": "str | None",
        "calls_per_agent": "float | None",
        "calls_per_agent_ceiling": "float | None",
        "abandon_target": "float | None",
        "lines": "NotRequired[int | None]",
        "runs": "int",
        "day": "str | None",
    },
)
"""What was asked for."""


WhyNobody = Literal["", "NO_AGENTS", "ALL_BUSY", "NOBODY_FITS"]
"""Why nobody has taken a caller yet; '': somebody will at once."""


class WindowAnswer(TypedDict):
    """The week of some time zones."""

    kind: str
    time_zone: str | None
    slots: list[WeekSlotAnswer]


class WindowBody(TypedDict):
    """The week of a time zone, of all other numbers (`mapped`), or of numbers without a zone."""

    kind: Literal["mapped", "zone", "unmapped"]
    time_zone: NotRequired[str | None]
    slots: NotRequired[list[WeekSlotBody]]


class WrapUpAnswer(TypedDict):
    """What came of a conversation."""

    wrap_up_code_id: Id | None
    system_code: str | None
    name: str
    name_en: str
    notes: str
    fields: dict[str, Any]
    created_at: Instant


class WrapUpBody(TypedDict):
    """What came of a conversation."""

    attempt_id: Id
    wrap_up_code_id: Id
    notes: NotRequired[str]
    fields: NotRequired[dict[str, str]]
    do_not_call: NotRequired[bool]
    callback: NotRequired[CallbackBody | None]
    next: NotRequired[Literal["ready", "pause"]]


class WrapUpCodeAnswer(TypedDict):
    """A wrap-up code."""

    wrap_up_code_id: Id
    name: str
    name_en: str
    flags: list[str]
    required_fields: list[str]
    position: int
    active: bool
    mapped: bool


class WrapUpCodeBody(TypedDict):
    """A wrap-up code to be added."""

    name: str
    name_en: NotRequired[str]
    flags: NotRequired[list[str]]
    required_fields: NotRequired[list[str]]
    position: NotRequired[int]
    active: NotRequired[bool]
    mapped: NotRequired[bool]


class WrapUpCodePatch(TypedDict):
    """What to change; a field that is missing stays."""

    name: NotRequired[str | None]
    name_en: NotRequired[str | None]
    flags: NotRequired[list[str] | None]
    required_fields: NotRequired[list[str] | None]
    position: NotRequired[int | None]
    active: NotRequired[bool | None]
    mapped: NotRequired[bool | None]


class WrapUpCountAnswer(TypedDict):
    """How often an outcome was given."""

    wrap_up_code_id: Id | None
    system_code: str | None
    name: str
    name_en: str
    count: int


class WrapUpMappingAnswer(TypedDict):
    """The table."""

    campaign_id: Id | None
    default: list[str]
    outcomes: list[MappedOutcomeAnswer]
    version: int
    updated_at: Instant | None


class WrapUpPersonal(TypedDict):
    """What the agent wrote."""

    number: str | None
    notes: str
    fields: dict[str, Any]


class WrapUpSaved(TypedDict):
    """An outcome; `system_code` instead of a wrap-up code when nobody gave one."""

    attempt_id: Id
    campaign_id: Id
    contact_id: Id | None
    wrap_up_code_id: Id | None
    wrap_up_code_name: str | None
    system_code: str | None
    user_id: Id | None
    after_call_seconds: float | None


class ZonesAnswer(TypedDict):
    """Where a number may be, and who says so."""

    number: str
    time_zones: list[str]
    source: str
    country: str | None
    message: str
