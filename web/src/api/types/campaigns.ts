import type { LimitUse, NumberOrder, RecallRule } from "@/features/attempt-rules/types";
import type { UserName } from "./access";
import type { AttemptState } from "./agent";
import type { ReactionType } from "./call-analysis";
import type { Time } from "./common";
import type { Contact } from "./contacts";
import type { ExplainedRules } from "./data-actions";

/** Modes in which the program starts the calls. */
export type AutomaticMode = "progressive" | "power" | "predictive";
export type Mode = "preview" | AutomaticMode | "agentless" | "inbound";

/** Over which time the abandon rate is counted: any 24 hours, or 30 days. */
export type AbandonWindow = "day" | "30_days";

export type CampaignState = "ready" | "running" | "pausing" | "paused" | "complete" | "stopped";

export type StateReason =
  | ""
  | "TRUNK_CONGESTED"
  | "TRUNK_DOWN"
  | "SWITCH_LOST"
  | "NO_AGENTS"
  | "ORDER_FILLING"
  | "OUTSIDE_CALLABLE_TIME"
  | "WAITING_FOR_RECALLS"
  | "CAMPAIGN_NOT_LAWFUL"
  | "SCREENING_OUT_OF_DATE"
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

/** How a call that a flow had may have ended; recall rules can name these too. */
export type FlowOutcome = "FLOW_COMPLETED" | "FLOW_LEFT" | "FLOW_FAILED";

/** What is done with what the campaign's flows note by a name. */
export interface FlowNote {
  name: string;
  /** "": none. */
  column: string;
  /** Noted value → seconds until the next attempt; null: none follows. */
  recalls: Record<string, number | null>;
}

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
  recall_rules: Partial<Record<Result | FlowOutcome, RecallRule>>;
  number_order: NumberOrder;
  number_label_order: string[];
  no_answer_timeout_seconds: number;
  after_call_limit_seconds: number;
  call_analysis: boolean;
  response_set_id: string | null;
  /** Agentless: has the answered calls. */
  flow_id: string | null;
  /** In place of the message for people whom no agent can take. */
  abandon_flow_id: string | null;
  flow_notes: FlowNote[];
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
  /** A script with pages, in place of the text. */
  script_id: string | null;
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

/** When a running campaign's list will end. */
export interface ListEnd {
  /** "": a range is told; else why none is. */
  unknown: "" | "NOT_RUNNING" | "NOTHING_LEFT" | "TOO_LITTLE_CALLED" | "NO_HOURS";
  /** null: further off than 60 days. */
  earliest: Time | null;
  latest: Time | null;
  /** Of the last hour of calling: the range is taken from them. */
  attempts: number;
  observed_seconds: number;
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
    name_en: string;
    count: number;
  }[];
  answered: number;
  abandoned: number;
  connect_rate: number;
  abandon_rate: number;
  next_attempt_at: Time | null;
  answer_to_agent_seconds: { p50: number; p95: number; max: number } | null;
  list_end?: ListEnd;
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
  /** null: the campaign has no rules before calls. */
  rules?: ExplainedRules | null;
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
  name_en: string;
  notes: string;
  fields: Record<string, string>;
  created_at: Time;
}

export interface AttemptAnalysis {
  /** The verdict. */
  result: "person" | "machine" | "fax" | "unsure" | null;
  engine: string | null;
  terms: string | null;
  cause: string | null;
  /** From the answer to the verdict. */
  seconds: number | null;
  reaction: ReactionType | null;
  queue_id: string | null;
  prompt_id: string | null;
  message_seconds: number | null;
  /** null: it never began, or nobody knows. */
  message_whole: boolean | null;
  /** The network sent sound before any answer. */
  early_media: boolean | null;
  early_seconds: number | null;
  tone: string | null;
  announcement: string | null;
  network_answer: number | null;
  /** That sound can be listened to. */
  recording: boolean;
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
  /** By a key during that message. */
  opted_out_at: Time | null;
  /** What a flow has noted, without personal data. */
  flow_results?: Record<string, string>;
  call_analysis: AttemptAnalysis | null;
  wrap_up: AttemptWrapUp | null;
}
