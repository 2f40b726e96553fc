/** What the API tells of lists in use: changes of columns, health, templates, scheduled imports. */

import type { Time } from "./common";
import type { ColumnKind, ImportState, Mapping, OnDuplicate } from "./contacts";

export type ChangeKind = "add" | "rename" | "label" | "kind" | "order" | "remove";
export type ChangeState =
  | "checking"
  | "checked"
  | "running"
  | "cleaning"
  | "complete"
  | "cancelled";

export interface ColumnChange {
  column_change_id: string;
  contact_list_id: string;
  kind: ChangeKind;
  column: string;
  name: string;
  label: string;
  column_kind: ColumnKind;
  unfit: "keep" | "clear";
  state: ChangeState;
  contacts_done: number;
  contacts_total: number;
  report: {
    filled: number;
    unfit: number;
    without_number: number;
    samples: { row: number; contact_id: string; value: string; code: string; message: string }[];
  };
  error: string | null;
  created_at: Time;
  ended_at: Time | null;
}

export type UseKind =
  | "key"
  | "script"
  | "required_field"
  | "filter"
  | "sort"
  | "template"
  | "flow_note";

export interface ColumnUse {
  kind: UseKind;
  name: string;
  shared: boolean;
}

export interface HealthPart {
  name: string;
  numbers: number;
}

export interface HealthCounts {
  contacts: number;
  contacts_uncallable: number;
  contacts_without_number: number;
  numbers: number;
  numbers_uncallable: number;
  numbers_dead: number;
  duplicates_inside: number;
  duplicates_outside: number;
  rows_rejected: number;
  numbers_converted: number;
  rejected: { code: string; message: string; rows: number }[];
  kinds: HealthPart[];
  countries: HealthPart[];
  operators: HealthPart[];
}

export interface ListHealth {
  contact_list_id: string;
  counts: HealthCounts | null;
  counted_at: Time | null;
  count_seconds: number | null;
  counting: boolean;
  error: string | null;
}

export interface Replacement {
  find: string;
  replace: string;
}

export interface Reading {
  encoding: string | null;
  delimiter: string | null;
  sheet: string | null;
  has_header: boolean | null;
  skip_lines: number;
  trailer_lines: number;
  trim: boolean;
  fixed_fields: { name: string; start: number; end: number }[];
  replacements: Record<string, Replacement[]>;
}

export interface ImportTemplate {
  import_template_id: string;
  name: string;
  reading: Reading;
  mapping: Mapping;
  on_duplicate: OnDuplicate;
  version: number;
  created_at: Time;
  updated_at: Time;
}

export type SourceKind = "folder" | "sftp" | "https";

export interface ImportSource {
  kind: SourceKind;
  path: string;
  pattern: string;
  move_to: string;
  host: string;
  port: number;
  user: string;
  host_key: string;
  sign_in: "none" | "password" | "key" | "token";
  url: string;
}

export interface ImportTiming {
  kind: "every" | "daily";
  minutes: number;
  at: string;
  weekdays: number[];
  time_zone: string;
}

export interface ScheduleRun {
  import_schedule_run_id: string;
  state: "running" | "complete" | "failed";
  asked_by_person: boolean;
  files_seen: number;
  files_imported: number;
  files_known: number;
  files_failed: number;
  error_code: string | null;
  error: string | null;
  columns_left_out: string[];
  started_at: Time;
  ended_at: Time | null;
}

export interface ImportSchedule {
  import_schedule_id: string;
  name: string;
  contact_list_id: string;
  import_template_id: string | null;
  source: ImportSource;
  has_secret: boolean;
  timing: ImportTiming;
  done_file: "keep" | "move" | "delete";
  on_duplicate: OnDuplicate;
  active: boolean;
  next_run_at: Time | null;
  waiting: boolean;
  failures: number;
  last_run: ScheduleRun | null;
  version: number;
  created_at: Time;
  updated_at: Time;
}

export interface ScheduleFile {
  file_name: string;
  content_hash: string;
  import_id: string | null;
  import_state: ImportState | null;
  error_code: string | null;
  error: string | null;
  columns_left_out: string[];
  created_at: Time;
  disposed_at: Time | null;
}

export interface SourceTest {
  host_key: string;
  host_key_accepted: boolean;
  files: { name: string; size: number | null; modified_at: Time | null }[];
}
