/**
 * The shapes of the HTTP API (docs/developers/http-api.md). Times are UTC strings
 * ("2026-11-23T10:00:00.000Z"), ids are UUID strings, numbers of telephones are E.164.
 */

import type { LimitUse, NumberOrder, RecallRule } from "@/features/attempt-rules/types";

export type Time = string;

export interface Page<T> {
  items: T[];
  next_page_token: string | null;
  total: number | null;
}

// --- Access ---------------------------------------------------------------------------------------

export type Language = "fr" | "en";
export type Role = "administrator" | "supervisor" | "agent";

export type Permission =
  | "users.read"
  | "users.write"
  | "lists.write"
  | "contacts.read"
  | "contacts.write"
  | "campaigns.read"
  | "campaigns.write"
  | "campaigns.run"
  | "settings.read"
  | "settings.write"
  | "dnc.write"
  | "live.read"
  | "reports.read"
  | "audit.read"
  | "tokens.write"
  | "queues.write"
  | "agent.desktop";

export interface User {
  user_id: string;
  login: string;
  display_name: string;
  role: Role;
  /** Granted beyond the role. */
  permissions: Permission[];
  language: Language;
  active: boolean;
  queue_ids: string[];
  version: number;
  created_at: Time;
}

export interface Organisation {
  organisation_id: string;
  name: string;
  region: string;
  time_zone: string;
  language: Language;
}

export interface Session {
  user: User;
  organisation: Organisation;
  /** Everything the user may do: the role's and the user's own. */
  permissions: Permission[];
  csrf_token: string;
}

export interface ApiToken {
  api_token_id: string;
  name: string;
  scopes: Permission[];
  created_at: Time;
  expires_at: Time;
  last_used_at: Time | null;
  revoked_at: Time | null;
}

/** The answer of POST /api-tokens; `token` is shown once. */
export interface NewApiToken extends ApiToken {
  token: string;
}

export interface AuditEntry {
  audit_id: number;
  at: Time;
  actor: UserName | null;
  action: string;
  subject_kind: string;
  subject_id: string;
  details: Record<string, unknown>;
}

export interface RolePermissions {
  role: Role;
  permissions: Permission[];
}

export interface UserName {
  user_id: string;
  display_name: string;
}

// --- Timetable ------------------------------------------------------------------------------------

export interface ScheduleSpan {
  start: string;
  until: string;
}

export interface Schedule {
  schedule_id: string;
  campaign_id: string | null;
  sequence_id: string | null;
  name: string;
  active: boolean;
  time_zone: string;
  intervals: (ScheduleSpan & { weekdays: number[] })[];
  exceptions: { first: string; last: string; spans: ScheduleSpan[]; name: string }[];
  starts_on: string | null;
  ends_on: string | null;
  open_now: boolean;
  next_change_at: Time | null;
  next_change: "start" | "pause" | null;
  /** Why what it wants could not be done; "" when it was. */
  code: string;
  version: number;
}

export interface SubjectSchedule {
  schedule: Schedule | null;
}

export interface CampaignSequence {
  sequence_id: string;
  name: string;
  campaign_ids: string[];
  repeats: boolean;
  state: "off" | "running" | "complete";
  position: number;
  round: number;
  begun: boolean;
  code: string;
  state_changed_at: Time;
  version: number;
}

export interface CampaignRule {
  campaign_rule_id: string;
  name: string;
  active: boolean;
  match: "all" | "any";
  frequency: "on_each_trigger" | "once_per_day";
  time_zone: string;
  conditions: Record<string, unknown>[];
  actions: Record<string, unknown>[];
  /** It held when it was last asked. */
  held: boolean;
  fired_on: string | null;
  version: number;
}

export interface TimetableFiring {
  firing_id: number;
  at: Time;
  source: "schedule" | "sequence" | "campaign_rule";
  source_id: string;
  campaign_id: string | null;
  sequence_id: string | null;
  action: string;
  code: string;
  details: Record<string, unknown>;
}

// --- Rule sets ------------------------------------------------------------------------------------

export type RuleKind = "pre_call" | "wrap_up";

export interface RuleSet {
  rule_set_id: string;
  name: string;
  kind: RuleKind;
  rules: Record<string, unknown>[];
  campaigns: string[];
  version: number;
  updated_at: Time;
}

export interface RuleFiring {
  rule_firing_id: number;
  at: Time;
  kind: RuleKind;
  campaign_id: string;
  contact_id: string;
  /** null: it kept the call from being made. */
  attempt_id: string | null;
  rule_set_id: string;
  rule_set_name: string;
  rule: number;
  name: string;
  number: string;
  actions: string[];
}

export interface TriedContact {
  contact_id: string;
  number: string | null;
  reason: string;
  fired: string[];
  actions: string[];
  data: Record<string, string>;
}

// --- Lists and contacts ---------------------------------------------------------------------------

export type ColumnKind = "text" | "number" | "date" | "phone" | "time_zone" | "language";

export interface Column {
  /** As in the file's header; the key in `Contact.data`. */
  name: string;
  /** Shown to people. */
  label: string;
  kind: ColumnKind;
  position: number;
  /** Of a time zone: the phone column whose numbers it is about; null: the contact. */
  phone_column?: string | null;
}

/** Who says where a number is when neither a column nor the contact does. */
export type ZoneSource = "number" | "number_then_list" | "list";

export interface ContactList {
  contact_list_id: string;
  name: string;
  region: string;
  time_zone: string;
  zone_source: ZoneSource;
  columns: Column[];
  key_columns: string[];
  contacts: number;
  version: number;
  created_at: Time;
  updated_at: Time;
}

export interface ContactNumber {
  number: string;
  label: string;
  callable: boolean;
}

export interface Contact {
  contact_id: string;
  contact_list_id: string;
  external_key: string | null;
  data: Record<string, string | null>;
  numbers: ContactNumber[];
  time_zone: string | null;
  language: string | null;
  callable: boolean;
  uncallable_reason: string | null;
  version: number;
  created_at: Time;
  updated_at: Time;
}

export type OnDuplicate = "update" | "skip";

export type MappingColumn =
  | { source: string; name: string; label: string; kind: ColumnKind }
  | { source: string; ignore: true; name?: null; label?: null; kind?: null };

export interface Mapping {
  columns: MappingColumn[];
  /** false: the first row is a contact already. */
  has_header?: boolean;
}

export interface PreviewCell {
  value: string;
  parsed: string | string[] | null;
  code: string | null;
  message: string | null;
}

export interface Preview {
  encoding: string;
  encodings: string[];
  delimiter: string;
  delimiters: string[];
  has_bom: boolean;
  header: string[];
  mapping: Mapping;
  rows: { line_number: number; cells: PreviewCell[] }[];
}

export type ImportState = "uploaded" | "waiting" | "running" | "complete" | "failed" | "cancelled";

export interface Import {
  import_id: string;
  contact_list_id: string | null;
  contact_list_name: string | null;
  file_name: string;
  file_bytes: number;
  state: ImportState;
  encoding: string;
  delimiter: string;
  mapping: Mapping;
  on_duplicate: OnDuplicate;
  bytes_done: number;
  rows_read: number;
  rows_added: number;
  rows_updated: number;
  rows_duplicate: number;
  rows_rejected: number;
  rows_per_second: number | null;
  error: { code: string; message: string } | null;
  created_at: Time;
  started_at: Time | null;
  ended_at: Time | null;
  /** Of a workbook. */
  sheet: string | null;
  sheets: string[];
  import_template_id: string | null;
  /** Written in Benin's old eight digits. */
  numbers_converted: number;
}

export interface UploadedImport extends Import {
  preview: Preview;
}

export interface Rejection {
  line_number: number;
  column: string;
  value: string;
  code: string;
  message: string;
  /** The contact was taken all the same, without this value. */
  row_kept: boolean;
}

// --- What campaigns need --------------------------------------------------------------------------

export interface Queue {
  queue_id: string;
  name: string;
  member_user_ids: string[];
}

export interface Trunk {
  trunk_id: string;
  name: string;
  endpoint: string;
  lines: number;
  calls_per_second: number;
  caller_ids: string[];
}

export type WrapUpFlag =
  | "right_party"
  | "success"
  | "failure"
  | "neutral"
  | "do_not_call"
  | "number_uncallable"
  | "contact_uncallable"
  | "callback"
  /** The "person" was an answering machine. */
  | "machine"
  /** The person does not want this offer: some laws then forbid calls for a time. */
  | "refusal";

export interface WrapUpCode {
  wrap_up_code_id: string;
  name: string;
  name_en: string;
  flags: WrapUpFlag[];
  /** "notes" or names of list columns. */
  required_fields: string[];
  position: number;
  active: boolean;
}

export interface PauseReason {
  pause_reason_id: string;
  name: string;
  name_en: string;
  position: number;
  active: boolean;
}

export type DncChannel = "any" | "voice" | "sms" | "whatsapp" | "email" | "messenger";

/** How an external provider is asked, and how its answer is read. */
export interface DncProviderSettings {
  method: "GET" | "POST";
  url: string;
  body: string;
  header_name: string;
  header_value: string;
  secret_name: string;
  answer_path: string;
  listed_values: string[];
  not_listed_values: string[];
  timeout_seconds: number;
  requests_per_second: number;
  max_age_seconds: number;
  when_silent: "hold" | "allow";
}

export interface DncProvider extends DncProviderSettings {
  last_answer_at: Time | null;
  last_silence_at: Time | null;
  last_silence: string;
  last_silence_message: string;
}

export interface DncList {
  dnc_list_id: string;
  name: string;
  kind: "internal" | "provider";
  /** The contacts' column that is compared; null: their numbers. */
  key_column: string | null;
  channel: DncChannel;
  organisation_wide: boolean;
  entries: number;
  campaigns: string[];
  provider: DncProvider | null;
  version: number;
  created_at: Time;
}

export interface DncEntry {
  /** E.164, or a column's value. */
  value: string;
  reason: string;
  source: string;
  user_name: string | null;
  created_at: Time;
  expires_at: Time | null;
}

/** One list, or one provider's answer, that stands against something. */
export interface DncListing extends DncEntry {
  dnc_list_id: string;
  name: string;
  key_column: string | null;
  channel: DncChannel;
  organisation_wide: boolean;
  campaigns: string[];
}

export interface DncListings {
  number: string | null;
  value: string;
  items: DncListing[];
}

/** A file that becomes entries of a list. */
export interface DncUpload {
  upload_id: string;
  dnc_list_id: string;
  file_name: string;
  file_bytes: number;
  state: "uploaded" | "waiting" | "running" | "complete" | "failed" | "cancelled";
  bytes_done: number;
  rows_read: number;
  rows_added: number;
  rows_updated: number;
  rows_duplicate: number;
  rows_rejected: number;
  rows_per_second: number | null;
  reason: string;
  expires_at: Time | null;
  error: { code: string; message: string } | null;
  created_at: Time;
  started_at: Time | null;
  ended_at: Time | null;
}

export interface DncUploadPreview {
  encoding: string;
  encodings: string[];
  delimiter: string;
  delimiters: string[];
  has_header: boolean;
  /** The place of the column that would be listed, from 0. */
  column: number;
  header: string[];
  rows: { line_number: number; cells: string[]; value: string | null; message: string | null }[];
}

// --- Campaigns ------------------------------------------------------------------------------------

/** Modes in which the program starts the calls. */
export type AutomaticMode = "progressive" | "power" | "predictive";
export type Mode = "preview" | AutomaticMode;

/** Over which time the abandon rate is counted: any 24 hours, or 30 days. */
export type AbandonWindow = "day" | "30_days";

export type CampaignState = "ready" | "running" | "pausing" | "paused" | "complete" | "stopped";

export type StateReason =
  | ""
  | "TRUNK_CONGESTED"
  | "TRUNK_DOWN"
  | "SWITCH_LOST"
  | "NO_AGENTS"
  | "OUTSIDE_CALLABLE_TIME"
  | "WAITING_FOR_RECALLS"
  | "CAMPAIGN_NOT_LAWFUL"
  | "RATE_CAP"
  | "SPEND_CAP"
  | "NO_LINES";

export type Result =
  | "person"
  | "machine"
  | "busy"
  | "no_answer"
  | "invalid"
  | "congestion"
  | "rejected"
  | "failed"
  | "fax"
  | "sit"
  | "cancelled"
  | "skipped"
  | "unknown";

/** A key of a campaign's order: a column or a property. */
export interface SortKey {
  column: string | null;
  property: string | null;
  descending: boolean;
  empty_first: boolean;
}

export interface Campaign {
  campaign_id: string;
  name: string;
  contact_list_id: string;
  mode: Mode;
  priority: number;
  queue_id: string;
  trunk_id: string;
  caller_id: string;
  caller_name: string;
  /** ISO weekdays: 1 is Monday. */
  callable_weekdays: number[];
  callable_from: string;
  callable_until: string;
  /** In place of the three above; null: they count. */
  callable_time_set_id: string | null;
  /** Beside those of the whole organisation. */
  dnc_list_ids: string[];
  max_attempts: number;
  /** Result → seconds until the next attempt; null: not tried again. */
  recall_seconds: Partial<Record<Result, number | null>>;
  minimum_gap_seconds: number;
  attempt_limit_ids: string[];
  recall_rules: Partial<Record<Result, RecallRule>>;
  number_order: NumberOrder;
  number_label_order: string[];
  no_answer_timeout_seconds: number;
  after_call_limit_seconds: number;
  call_analysis: boolean;
  preview_delivery: "push" | "fetch";
  preview_timeout_seconds: number;
  preview_skip_allowed: boolean;
  callback_owned_hours: number;
  callback_after_owned: "anyone" | "missed";
  callback_takeover: "anyone" | "deputy" | "by_hand";
  callback_takeover_minutes: number;
  callback_deputy_user_id: string | null;
  callback_latest_hours: number;
  callback_reminder_minutes: number;
  callback_own_delivery: "dial" | "preview";
  callback_anyone_delivery: "dial" | "preview";
  /** "": none. */
  preview_column: string;
  preview_values: string[];
  agent_owned_column: string;
  owner_absent: "wait" | "anyone";
  owner_absent_hours: number;
  /** Power: calls for each agent who is ready. */
  calls_per_agent: number;
  /** Predictive: most calls in the air for each agent who is free or soon will be. */
  calls_per_agent_ceiling: number;
  /** Predictive: highest abandon rate, 0–1. */
  abandon_target: number;
  abandon_window: AbandonWindow;
  /** Share of the starts between campaigns of equal priority on the same agents. */
  weight: number;
  agents_kept_free: number;
  lines_reserved: number;
  lines_most: number;
  script: string;
  wrap_up_code_ids: string[];
  /** null: the organisation's. */
  compliance_preset: string | null;
  consent_purpose: string;
  consent_required: boolean;
  contract_calls: boolean;
  sector: string;
  contact_list_filter_ids: string[];
  sort: SortKey[];
  sort_mode: "static" | "dynamic";
  state: CampaignState;
  state_reason: StateReason;
  state_changed_at: Time;
  version: number;
  created_at: Time;
  updated_at: Time;
}

export interface Progress {
  campaign_id: string;
  contacts: number;
  untouched: number;
  open: number;
  in_progress: number;
  finished: number;
  attempts: number;
  results: Partial<Record<Result, number>>;
  wrap_ups: {
    wrap_up_code_id: string | null;
    system_code: string | null;
    name: string;
    count: number;
  }[];
  answered: number;
  abandoned: number;
  connect_rate: number;
  abandon_rate: number;
  next_attempt_at: Time | null;
  answer_to_agent_seconds: { p50: number; p95: number; max: number } | null;
}

export interface Check {
  code: string;
  verdict: "allowed" | "denied" | "later";
  retry_at: Time | null;
  message: string;
}

/** Where a number may be, and who says so. */
export interface NumberZones {
  number: string;
  time_zones: string[];
  source: "column" | "contact" | "number" | "list" | "unknown";
  country: string | null;
  message: string;
}

export interface Explanation {
  callable: boolean;
  code: string;
  message: string;
  next_attempt_at: Time | null;
  checks: Check[];
  number: string | null;
  zones: NumberZones[];
  /** How much of each attempt limit is used. */
  limits?: LimitUse[];
}

export interface CampaignContact {
  contact: Contact;
  state: string;
  attempts: number;
  last_result: Result | null;
  last_attempt_at: Time | null;
  next_attempt_at: Time | null;
  explanation: Explanation;
}

export interface AttemptWrapUp {
  wrap_up_code_id: string | null;
  system_code: string | null;
  name: string;
  notes: string;
  fields: Record<string, string>;
  created_at: Time;
}

export interface AttemptRow {
  attempt_id: string;
  campaign_id: string;
  campaign_name: string;
  contact_id: string;
  attempt_number: number;
  number: string;
  mode: Mode;
  caller_id: string;
  agent: UserName | null;
  state: AttemptState;
  result: Result | null;
  sip_code: number | null;
  cause: number | null;
  hung_up_by: string | null;
  abandoned: boolean;
  transferred_to?: string | null;
  offered_at: Time | null;
  reserved_at: Time | null;
  dialling_at: Time | null;
  ringing_at: Time | null;
  answered_at: Time | null;
  connected_at: Time | null;
  closed_at: Time | null;
  /** The message that an abandoned person heard, and when: the proof that it was played. */
  message_media: string | null;
  message_started_at: Time | null;
  message_ended_at: Time | null;
  wrap_up: AttemptWrapUp | null;
}

// --- The agent's desktop --------------------------------------------------------------------------

export type AgentStatus =
  | "signed_out"
  | "connecting"
  | "paused"
  | "ready"
  | "reserved"
  | "previewing"
  | "on_call"
  | "after_call"
  | "lost";

export type AttemptState =
  | "offered"
  | "reserved"
  | "dialling"
  | "ringing"
  | "answered"
  | "connected"
  | "closed";

export interface AttemptLive {
  attempt_id: string;
  campaign_id: string;
  campaign_name: string;
  contact_id: string;
  attempt_number: number;
  number: string;
  state: AttemptState;
  result: Result | null;
  /** null while nobody has it: calls of automatic modes find their agent when they are answered. */
  agent_user_id: string | null;
  held: boolean;
  muted: boolean;
  consult: { to_label: string; state: "calling" | "connected" } | null;
  agent_lost: boolean;
  offered_at: Time | null;
  dialling_at: Time | null;
  ringing_at: Time | null;
  answered_at: Time | null;
  connected_at: Time | null;
  closed_at: Time | null;
}

export interface AgentState {
  user_id: string;
  display_name: string;
  status: AgentStatus;
  pause_reason_id: string | null;
  since: Time;
  leg: { kind: "webrtc" | "address" | null; state: "none" | "calling" | "up" };
  attempt: AttemptLive | null;
  after_call_until: Time | null;
  pause_after: boolean;
  preview_until: Time | null;
  queue_ids: string[];
  fetch_available: boolean;
  /** The agent's own open callbacks; changes when one of them does. */
  callbacks?: { open: number; due: number; next_due_at: Time | null } | null;
}

export interface SipCredentials {
  uri: string;
  user: string;
  password: string;
  ws_path: string;
}

/** The answer of POST /agent/sign-in; `sip` only for a WebRTC leg. */
export interface SignedIn extends AgentState {
  sip?: SipCredentials | null;
}

export type LegChoice = { kind: "webrtc" } | { kind: "address"; address: string };
export type TransferTarget = { number: string } | { user_id: string };

export interface WrapUpRequest {
  attempt_id: string;
  wrap_up_code_id: string;
  notes?: string;
  fields?: Record<string, string>;
  do_not_call?: boolean;
  callback?: { due_at: Time; mine: boolean; number?: string; note?: string; latest_at?: Time };
  next: "ready" | "pause";
}

export interface Card {
  attempt: AttemptLive;
  contact: Contact;
  columns: Column[];
  campaign: {
    campaign_id: string;
    name: string;
    mode: Mode;
    script: string;
    preview_skip_allowed: boolean;
  };
  /** The script with the contact's values, sanitised by the server. */
  script_html: string;
  history: AttemptRow[];
  wrap_up_codes: WrapUpCode[];
  callback: { due_at: Time; note: string } | null;
}

export interface Callback {
  callback_id: string;
  campaign_id: string;
  campaign_name: string;
  contact_id: string;
  /** "" when the record has no text. */
  contact_name: string;
  /** Of the contact. */
  time_zone: string;
  number: string;
  due_at: Time;
  /** As promised, when it has moved since. */
  first_due_at: Time | null;
  latest_at: Time;
  /** From when on somebody else may take it; null: it is anyone's. */
  takeover_at: Time | null;
  /** From when on it is anyone's by itself; null: never. */
  free_at: Time | null;
  remind_at: Time | null;
  note: string;
  owner_user_id: string | null;
  owner_name: string | null;
  state: "open" | "due" | "offered" | "dialled" | "done" | "missed" | "expired" | "cancelled";
  reason: string;
  /** The reason in words. */
  reason_message: string;
  changed_at: Time | null;
  changed_by_name: string | null;
  created_at: Time;
  /** The asker's own. */
  mine: boolean;
}

export interface CallbackCounts {
  waiting: number;
  due: number;
  overdue: number;
  /** In the last seven days. */
  missed: number;
}

/** Whether a callback could be made at a time, and the next one at which it could. */
export interface LawfulTime {
  allowed: boolean;
  code: string;
  message: string;
  next_at: Time | null;
}

export interface DirectoryEntry {
  user_id: string;
  display_name: string;
  status: AgentStatus;
}

// --- Pacing ---------------------------------------------------------------------------------------

/** Why as many calls are started as are (src/kwabo/domain/pacing/situation.py). */
export type PacingReason =
  | "ENOUGH"
  | "DIALLING"
  | "LEARNING"
  | "BUDGET_SPENT"
  | "NO_ROOM"
  | "CEILING"
  | "NO_AGENTS"
  | "CALLERS_WAIT";

export interface PacingFigures {
  ready: number;
  waiting: number;
  in_air: number;
  /** Of the calls in the air. */
  answers_expected: number;
  /** Busy agents expected to be free within `horizon` seconds. */
  free_soon: number;
  horizon: number;
  risk: number;
  risk_allowed: number;
  answer_rate: number;
  /** Abandons that the window still allows. */
  budget: number;
  /** Abandoned of those whom a person answered: the law's rate. */
  rate: number;
  rate_of_all: number;
  /** Calls in the air for each agent who is free or soon will be. */
  pace: number;
}

export interface Pacing {
  mode: AutomaticMode;
  reason: PacingReason;
  target: number;
  window: AbandonWindow;
  live: number;
  abandoned: number;
  dialled: number;
  figures: PacingFigures;
}

export interface PacingMinute {
  at: Time;
  dialled: number;
  live: number;
  abandoned: number;
  connected: number;
  /** Seconds from the answer until the agent; null without an answer. */
  wait_p50: number | null;
  wait_p95: number | null;
}

export interface PacingHistory {
  minutes: PacingMinute[];
  window: {
    seconds: number;
    live: number;
    abandoned: number;
    dialled: number;
    rate: number;
    rate_of_all: number;
    target: number;
  };
}

// --- What-ifs -------------------------------------------------------------------------------------

export type WhatIfKind = "tomorrow" | "replay";
export type WhatIfState = "waiting" | "running" | "complete" | "failed" | "cancelled";

/** null: as it is now, or, of a replay, as it was on the recorded day. */
export interface WhatIfSettings {
  kind: WhatIfKind;
  agents: number | null;
  /** "08:00" */
  from: string | null;
  until: string | null;
  mode: AutomaticMode | null;
  calls_per_agent: number | null;
  calls_per_agent_ceiling: number | null;
  abandon_target: number | null;
  runs: number;
  /** Of a replay: "2026-11-23". */
  day: string | null;
}

/** A figure over the simulated days: its mean, and between what nine of ten of them lie. */
export interface Spread {
  mean: number | null;
  low: number | null;
  high: number | null;
}

export interface Band {
  mean: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
}

export type Metric =
  | "dialled"
  | "answered"
  | "conversations"
  | "abandoned"
  | "abandon_rate"
  | "abandon_rate_of_all"
  | "utilisation"
  | "wait_p50"
  | "wait_p95"
  | "calls_per_agent_hour"
  | "finished";

export type Summary = Partial<Record<Metric, Spread>>;

export interface TomorrowResult {
  basis: { calls_learnt_from: number; conversations_learnt_from: number; contacts: number };
  asked: Summary;
  /** The same day with the campaign's present settings. */
  present: Summary;
  series: {
    /** Since the day's beginning. */
    minutes: number[];
    talking: Band;
    ready: Band;
    after_call: Band;
    in_air: Band;
    abandon_rate: Band;
  };
  waits: { edges: number[]; counts: number[] };
}

/** Of a recorded day, and of the same day played again. */
export interface Counted {
  recorded: number;
  replayed: number;
}

export interface ReplayResult {
  recorded: Record<string, number>;
  replayed: Record<string, number>;
  abandoned: Counted;
  live_answers: Counted;
  conversations: Counted;
  exact: boolean;
  settings_changed: string[];
}

interface WhatIfBase {
  what_if_id: string;
  campaign_id: string;
  settings: WhatIfSettings;
  state: WhatIfState;
  /** 0–1 */
  progress: number;
  error_code: string | null;
  error: string | null;
  created_at: Time;
  started_at: Time | null;
  ended_at: Time | null;
}

export type WhatIf = WhatIfBase &
  (
    | { kind: "tomorrow"; result: TomorrowResult | null }
    | { kind: "replay"; result: ReplayResult | null }
  );

// --- Live data ------------------------------------------------------------------------------------

export interface CampaignLive {
  campaign_id: string;
  name: string;
  mode: Mode;
  state: CampaignState;
  state_reason: StateReason;
  dialling: number;
  ringing: number;
  talking: number;
  /** Answered people whom no agent has taken yet. */
  waiting: number;
  agents_ready: number;
  agents_on_call: number;
  agents_after_call: number;
  attempts: number;
  answered: number;
  abandoned: number;
  results: Partial<Record<Result, number>>;
  contacts: number;
  finished: number;
  next_attempt_at: Time | null;
  /** null while the campaign starts no calls by itself. */
  pacing: Pacing | null;
}

export interface SnapshotMessage {
  type: "snapshot";
  position: number;
  agents: AgentState[];
  campaigns: CampaignLive[];
  attempts: AttemptLive[];
}

interface EventBase {
  type: "event";
  position: number;
  at: Time;
  kind: string;
}

export type EventMessage = EventBase &
  (
    | { entity: "agent"; data: AgentState }
    | { entity: "campaign"; data: CampaignLive }
    | { entity: "attempt"; data: AttemptLive }
  );

export type LiveMessage =
  | SnapshotMessage
  | EventMessage
  | { type: "position"; position: number }
  | { type: "ping" };

// --- Health ---------------------------------------------------------------------------------------

export interface Health {
  status: "ok" | "degraded";
  parts: Record<string, { status: string; since: Time; message: string }>;
  version: string;
}

// --- Compliance -----------------------------------------------------------------------------------

export interface Window {
  days: number[];
  from: string;
  until: string;
}

export interface PresetValue {
  name: string;
  value: number | string | boolean | string[] | Window[];
  basis: "law" | "practice" | "default";
  kept_by: "program" | "people";
  source: string;
  read: string;
}

export interface Preset {
  preset_id: string;
  version: string;
  country: string;
  names: Record<Language, string>;
  values: PresetValue[];
}

export type CapPeriod = "minute" | "hour" | "day";

export interface Cap {
  /** "" for all countries. */
  country: string;
  per: CapPeriod;
  most: number;
}

export interface Compliance {
  preset: string;
  countries: string[] | null;
  allowed_countries: string[];
  number_kinds: string[];
  denied_prefixes: string[];
  always_denied: Record<string, Record<Language, string>>;
  always_denied_source: string;
  caps: (Cap & { used: number })[];
  tariffs: Record<string, number>;
  spend_per_day: number | null;
  spend_per_month: number | null;
  spending: { per: "day" | "month"; most: number | null; spent: number }[];
  reserved_minutes: number;
  version: number;
  updated_at: Time | null;
}

export interface Consent {
  consent_id: string;
  kind: "given" | "withdrawn" | "void";
  number: string;
  contact_id: string | null;
  purpose: string;
  channel: string;
  at: Time;
  how: string;
  proof: string;
  reference: string;
  file_sha256: string;
  valid_until: Time | null;
  voids: string | null;
  source: "user" | "agent" | "import" | "api";
  user_id: string | null;
  user_display_name: string | null;
  created_at: Time;
}

export type ConsentState = "proven" | "missing" | "withdrawn" | "expired";

export interface ContactConsents {
  lines: Consent[];
  standings: { number: string; purpose: string; state: ConsentState; consent_id: string | null }[];
}

export interface ConsentReport {
  rows: number;
  added: number;
  known: number;
  rejected: { line: number; column: string; code: string; message: string }[];
  ignored_columns: string[];
}

export interface CallProof {
  organisation: string;
  made_at: Time;
  attempt: AttemptRow;
  preset_id: string;
  preset_version: string;
  preset_names: Record<Language, string>;
  preset_values: PresetValue[];
  preset_changed_since: boolean;
  consent: Consent | null;
  rules: string[];
  dnc_list_names: string[];
}
