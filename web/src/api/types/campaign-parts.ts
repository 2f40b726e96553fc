import type { NetworkAnswer } from "./call-analysis";
import type { Time } from "./common";

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
  network_answers: NetworkAnswer[];
  early_media_seconds: number;
  early_media_keep_days: number;
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
  /** Set: the list of an authority (TPS …), kept by whole copies alone. */
  screening_authority: string | null;
  screening_days: number | null;
  screened_at: Time | null;
  screening: "never" | "out_of_date" | "soon" | "current" | null;
  screening_due_at: Time | null;
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
  rows_removed: number;
  /** The file took the place of the list's content. */
  replace: boolean;
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
