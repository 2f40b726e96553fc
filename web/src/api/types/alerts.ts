import type { Caller } from "./callers";
import type { Time } from "./common";

export type RefusalReason = "busy" | "not_mine" | "technical" | "other";

/** The caller for whom the agent's desk rings. */
export interface Alert {
  attempt_id: string;
  /** "" when the record has no text. */
  contact_name: string;
  /** "" when it was withheld. */
  number: string;
  until: Time;
  /** A kept place: nobody is on the line, and the record is shown once it is taken. */
  callback: boolean;
  caller: Caller;
}

export interface AlertFigures {
  user_id: string;
  display_name: string;
  alerts: number;
  taken: number;
  refused: number;
  not_answered: number;
  caller_left: number;
  agent_lost: number;
  answer_seconds: number | null;
}

export interface AlertPeriod {
  since: Time;
  until: Time;
  rows: AlertFigures[];
}
