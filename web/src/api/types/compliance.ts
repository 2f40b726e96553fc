import type { Language } from "./access";
import type { AttemptRow } from "./campaigns";
import type { Time } from "./common";

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
  /** For readers of French; "": as `source`. */
  source_fr: string;
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
  /** A key during the message opts out, also where no law demands it. */
  opt_out: boolean;
  opt_out_key: string;
  /** "": the program's own. */
  message_media: string;
  confirmation_media: string;
  warnings: "MESSAGE_DOES_NOT_NAME_KEY"[];
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
  /** Of the import whose row said so. */
  import_id: string | null;
  file_name: string;
  file_line: number | null;
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
