import type { CardScript, GivenAnswer } from "@/features/scripts/types";
import type { Caller } from "./callers";
import type { WrapUpCode } from "./campaign-parts";
import type { AttemptRow, Mode, Result } from "./campaigns";
import type { Time } from "./common";
import type { Column, Contact } from "./contacts";

export type AgentStatus =
  | "signed_out"
  | "connecting"
  | "paused"
  | "ready"
  | "reserved"
  | "previewing"
  | "alerting"
  | "on_call"
  | "after_call"
  | "lost";

export type AttemptState =
  | "offered"
  | "reserved"
  | "dialling"
  | "ringing"
  | "arrived"
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
  /** A flow has the caller, and no queue. */
  in_flow?: boolean;
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
  /** Whether after-call work may be asked for, or was, where the queue leaves it to the agent. */
  after_call?: "" | "offered" | "wanted";
  /** Why the floor itself has paused the agent. */
  pause_cause?: "" | "not_answered";
  /** The desk rings until then. */
  alert_until?: Time | null;
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
  /** A script with pages; then `script_html` is "". */
  script?: CardScript | null;
  /** What was answered in earlier calls. */
  script_answers?: Record<string, GivenAnswer[]>;
  history: AttemptRow[];
  wrap_up_codes: WrapUpCode[];
  callback: { due_at: Time; note: string } | null;
  /** null or absent: the call did not come from outside. */
  caller?: Caller | null;
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
  /** The queue in which it keeps a place, since when, and calls that have not reached the person. */
  queue_name?: string | null;
  waiting_since?: Time | null;
  tries?: number;
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
