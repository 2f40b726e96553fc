import type { Time } from "./common";

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

export type ConsentRole =
  | "given"
  | "at"
  | "withdrawn_at"
  | "how"
  | "proof"
  | "reference"
  | "channel"
  | "purpose"
  | "valid_until";

/** Columns of the file that say who consented, and what holds for every row. */
export interface ConsentColumns {
  columns: Partial<Record<ConsentRole, string>>;
  purpose: string;
  channel: string;
  how: string;
}

export interface Mapping {
  columns: MappingColumn[];
  /** false: the first row is a contact already. */
  has_header?: boolean;
  consent?: ConsentColumns | null;
  /** Campaigns of the list call these contacts next. */
  front?: boolean;
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
  /** The line of the columns' titles, from 1. */
  header_line: number;
  header: string[];
  mapping: Mapping;
  /** Columns of the file that its template does not name, and what they seem to hold. */
  left_out: { source: string; kind: ColumnKind }[];
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
  consents_added: number;
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
