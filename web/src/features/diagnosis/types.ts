import type { Time } from "@/api/types";

export type Group = "untouched" | "due" | "in_progress" | "agent" | "later" | "change" | "finished";

export type Place =
  | "campaign"
  | "agents"
  | "trunk"
  | "list"
  | "recycle"
  | "compliance"
  | "dnc"
  | "pacing"
  | "data_actions"
  | "";

export interface Bucket {
  group: Group;
  code: string;
  message: string;
  contacts: number;
  next_attempt_at: Time | null;
}

export interface Finding {
  code: string;
  severity: "stops" | "slows" | "note";
  message: string;
  contacts: number;
  share: number;
  place: Place;
  until: Time | null;
}

/** What the rules say now of the next contacts that have not been looked at yet. */
export interface Ahead {
  looked_at: number;
  kept_out: number;
  reasons: { code: string; message: string; contacts: number; next_attempt_at: Time | null }[];
}

export interface Diagnosis {
  campaign_id: string;
  contact_list_id: string;
  at: Time;
  state: string;
  state_reason: string;
  contacts: number;
  next_attempt_at: Time | null;
  findings: Finding[];
  buckets: Bucket[];
  ahead: Ahead;
  agents: { total: number; at_work: number; statuses: Record<string, number> };
  lines: {
    total: number;
    used: number;
    used_here: number;
    set_aside: number;
    free: number;
    wanted: number;
  };
  pacing_reason: string;
}
