/** Attempt limits, recall rules, recycling and persons, as the API has them. */

import type { Result } from "@/api/types";

export type Per = "contact" | "number" | "person";
export type Scope = "campaign" | "organisation";
export type Reset = "never" | "days" | "hours";
export type Counted = "dialled" | "alerted" | "answered" | "unanswered";

export interface AttemptLimit extends Record<string, unknown> {
  attempt_limit_id: string;
  name: string;
  per: Per;
  scope: Scope;
  most: number;
  reset: Reset;
  days: number;
  hours: number;
  reset_at: string;
  time_zone: string;
  counted: Counted;
  version: number;
}

export type RecallStep = { after_seconds: number } | { days: number; at: string };

export interface RecallRule {
  steps: RecallStep[];
  other_hours: boolean;
  afterwards: "repeat" | "finish";
  most: number | null;
}

export type NumberOrder = "turns" | "first" | "last_reached" | "round";

export interface LimitUse {
  attempt_limit_id: string;
  name: string;
  per: Per;
  scope: Scope;
  subject: string;
  used: number;
  most: number;
  free_at: string | null;
}

export interface RecycleChoice extends Record<string, unknown> {
  results: Result[];
  wrap_up_code_ids: string[];
  used_up: boolean;
  unreached: boolean;
  reset_counters: boolean;
  after_seconds: number;
}

export interface RecycleCount {
  matching: number;
  recycled: number;
  used_up: number;
}

export interface RecyclePlan extends RecycleChoice {
  recycle_plan_id: string;
  weekdays: number[];
  at: string;
  time_zone: string;
  start: boolean;
  times_left: number | null;
  next_at: string | null;
  last_at: string | null;
  last_recycled: number | null;
}

export interface PersonMerge {
  person_merge_id: string;
  contact_id: string;
  addresses: string[];
  merged_at: string;
  undone_at: string | null;
}

export interface Person {
  person_id: string;
  numbers: string[];
  merges: PersonMerge[];
}
