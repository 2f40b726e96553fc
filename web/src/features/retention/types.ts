import type { Time } from "@/api/types";

export type DataClass =
  | "call_records"
  | "callbacks"
  | "consents"
  | "contacts"
  | "audit"
  | "imports"
  | "voicemails"
  | "what_ifs"
  | "dnc_checks"
  | "events"
  | "floor_commands"
  | "call_usage"
  | "call_charges";

export interface Kept {
  data_class: DataClass;
  /** null: for ever. */
  days: number | null;
  default_days: number | null;
  least_days: number;
  /** The preset that demands it; "": the program itself. */
  least_by: string;
  least_source: string;
}

export interface LegalHold {
  legal_hold_id: string;
  /** null: the whole organisation. */
  number: string | null;
  reason: string;
  user_name: string | null;
  created_at: Time;
  ended_at: Time | null;
}

export interface RetentionRun {
  retention_run_id: string;
  user_id: string | null;
  started_at: Time;
  ended_at: Time | null;
  removed: Partial<Record<DataClass, number>>;
  problem: string;
}

export interface Retention {
  classes: Kept[];
  holds: LegalHold[];
  runs: RetentionRun[];
  version: number;
  updated_at: Time | null;
}
