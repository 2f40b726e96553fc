import type { Time } from "./common";

/** What agents see of their own queues. */
export interface QueueWaiting {
  queue_id: string;
  name: string;
  waiting: number;
  /** Since when the one who waits longest does; null: nobody waits. */
  oldest_wait_at: Time | null;
}

export type QueueAlarm = "service_level" | "longest_wait";
export type WayOut =
  | "overflow"
  | "moved"
  | "closed"
  | "timeout"
  | "callback"
  | "voicemail"
  | "elsewhere";

/** Of calls that began to wait in a period; src/kwabo/domain/reporting/queue_figures.py. */
export interface QueuePeriod {
  offered: number;
  answered: number;
  answered_in_time: number;
  abandoned: number;
  short_abandoned: number;
  left: Record<WayOut, number>;
  waiting: number;
  service_level: number | null;
  abandon_rate: number | null;
  average_answer_seconds: number | null;
  /** 95 % of the answered waited at most so long. */
  slow_answer_seconds: number | null;
  longest_wait_seconds: number | null;
}

export interface QueueLive extends QueueWaiting {
  /** Of somebody who came now; `unknown`: why nobody can tell. */
  expected_wait: {
    seconds: number | null;
    low: number | null;
    high: number | null;
    unknown: "NO_AGENTS" | "NO_STATISTICS" | "TOO_LONG" | null;
  };
  agents: { ready: number; on_call: number; after_call: number; busy: number; paused: number };
  places_kept: number;
  voicemails_new: number;
  today: QueuePeriod;
  last_half_hour: QueuePeriod;
  /** Of the last hour, the present minute last. */
  waiting_by_minute: number[];
  service_level_seconds: number;
  service_level_share: number;
  short_abandon_seconds: number;
  alarm_wait_seconds: number | null;
  alarms: QueueAlarm[];
}

export interface QueueCaller {
  attempt_id: string;
  number: string;
  position: number;
  since: Time;
  priority: number;
  /** Ids of skills, or `language:xx`. */
  skills: string[];
  /** Why nobody has taken the call yet; "": somebody will at once. */
  reason: "" | "NO_AGENTS" | "ALL_BUSY" | "NOBODY_FITS";
  passed: { user_id: string; display_name: string; code: string; sentence: string }[];
}
