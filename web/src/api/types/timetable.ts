import type { Time } from "./common";

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
