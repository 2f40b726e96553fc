import type { Time } from "./common";

export type EventLevel = "info" | "warning" | "error";

/** Something that deserves notice; `times` within an hour from `first_at`. */
export interface LoggedEvent {
  event_id: number;
  level: EventLevel;
  category: string;
  code: string;
  message: string;
  subject_kind: string;
  subject_id: string;
  subject_name: string;
  campaign_id: string | null;
  contact_list_id: string | null;
  trunk_id: string | null;
  params: Record<string, unknown>;
  times: number;
  first_at: Time;
  last_at: Time;
  seen_at: Time | null;
  seen_by_name: string | null;
}

/** Warnings and errors that nobody has taken note of; 100: at least so many. */
export interface UnseenEvents {
  error: number;
  warning: number;
}
