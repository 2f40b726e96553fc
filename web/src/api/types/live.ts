import type { AgentState, AttemptLive } from "./agent";
import type { CampaignState, Mode, Result, StateReason } from "./campaigns";
import type { Time } from "./common";
import type { Pacing } from "./pacing";
import type { QueueLive, QueueWaiting } from "./queue-board";

/** An alarm of the abandon rate (docs/operators/compliance.md#the-abandon-alarm). */
export interface AbandonAlarm {
  level: "alarm" | "stop";
  live: number;
  abandoned: number;
  /** Thresholds of the law, as shares; null where it names none. */
  alarm: number | null;
  stop: number | null;
}

/** Open callbacks of the campaign; missed ones of the last seven days. */
export interface CallbacksLive {
  open: number;
  due: number;
  missed: number;
  next_due_at: Time | null;
}

export interface CampaignLive {
  campaign_id: string;
  name: string;
  mode: Mode;
  state: CampaignState;
  state_reason: StateReason;
  dialling: number;
  ringing: number;
  talking: number;
  /** Answered people whom no agent has taken yet. */
  waiting: number;
  agents_ready: number;
  agents_on_call: number;
  agents_after_call: number;
  attempts: number;
  answered: number;
  abandoned: number;
  results: Partial<Record<Result, number>>;
  contacts: number;
  finished: number;
  next_attempt_at: Time | null;
  /** null while the campaign starts no calls by itself. */
  pacing: Pacing | null;
  /** null or absent (told by an older engine) while there is none. */
  abandon_alarm?: AbandonAlarm | null;
  /** Contacts in the campaign's order, while it waits for the rest; else null or absent. */
  order_filled?: number | null;
  /** Calls from outside that nobody has answered yet; absent as told by an older engine. */
  arrived?: number;
  /** Callers whom a flow has, and no queue. */
  in_flow?: number;
  /** Lines that the campaign’s calls hold. */
  lines_in_use?: number;
  /** People who objected in a flow. */
  opted_out?: number;
  /** Since when the caller who waits longest does; null: nobody waits in a queue. */
  oldest_wait_at?: Time | null;
  /** null or absent until they were counted. */
  callbacks?: CallbacksLive | null;
}

export interface SnapshotMessage {
  type: "snapshot";
  position: number;
  agents: AgentState[];
  campaigns: CampaignLive[];
  attempts: AttemptLive[];
  /** Absent as told by an older server; agents see `QueueWaiting` of their own. */
  queues?: (QueueWaiting | QueueLive)[];
}

interface EventBase {
  type: "event";
  position: number;
  at: Time;
  kind: string;
}

export type EventMessage = EventBase &
  (
    | { entity: "agent"; data: AgentState }
    | { entity: "campaign"; data: CampaignLive }
    | { entity: "attempt"; data: AttemptLive }
    | { entity: "queue"; data: QueueWaiting | QueueLive }
  );

export type LiveMessage =
  | SnapshotMessage
  | EventMessage
  | { type: "position"; position: number }
  | { type: "ping" };
