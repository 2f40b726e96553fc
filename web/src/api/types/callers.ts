import type { Time } from "./common";

/** A call from outside: the number called, its way through the flow, its wait. */
export interface Caller {
  called_number: string;
  /** Of that number; "": none. */
  label: string;
  language: string;
  arrived_at: Time;
  queue_id: string | null;
  queue_name: string | null;
  queued_at: Time | null;
  /** From the queue to an agent, or to the end; null: it waits, or never did. */
  waited_seconds: number | null;
  /** `title`, `type`: "" where the flow's newest version has none. */
  way: { node: string; title: string; type: string; at: Time }[];
  results: Record<string, string>;
  /** What the caller said to the flow; empty for who may not hear it. */
  recordings: { recording: string; variable: string; seconds: number; created_at: Time }[];
  /** "": the flow is not over, or there is none. */
  outcome: string;
  /** Why it went to its agent, as sentences. */
  routing: string[];
}
