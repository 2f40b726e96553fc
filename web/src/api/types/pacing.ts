import type { AbandonWindow, AutomaticMode } from "./campaigns";
import type { Time } from "./common";

/** Why as many calls are started as are (src/kwabo/domain/pacing/situation.py). */
export type PacingReason =
  | "ENOUGH"
  | "DIALLING"
  | "LEARNING"
  | "BUDGET_SPENT"
  | "NO_ROOM"
  | "CEILING"
  | "NO_AGENTS"
  | "CALLERS_WAIT"
  | "TURN_OF_OTHERS";

export interface PacingFigures {
  ready: number;
  waiting: number;
  in_air: number;
  /** Of the calls in the air. */
  answers_expected: number;
  /** Busy agents expected to be free within `horizon` seconds. */
  free_soon: number;
  horizon: number;
  risk: number;
  risk_allowed: number;
  answer_rate: number;
  /** Abandons that the window still allows. */
  budget: number;
  /** Abandoned of those whom a person answered: the law's rate. */
  rate: number;
  rate_of_all: number;
  /** Calls in the air for each agent who is free or soon will be. */
  pace: number;
}

export interface Pacing {
  mode: AutomaticMode;
  reason: PacingReason;
  target: number;
  window: AbandonWindow;
  live: number;
  abandoned: number;
  dialled: number;
  figures: PacingFigures;
}

export interface PacingMinute {
  at: Time;
  dialled: number;
  live: number;
  abandoned: number;
  connected: number;
  /** Seconds from the answer until the agent; null without an answer. */
  wait_p50: number | null;
  wait_p95: number | null;
}

export interface PacingHistory {
  minutes: PacingMinute[];
  window: {
    seconds: number;
    live: number;
    abandoned: number;
    dialled: number;
    rate: number;
    rate_of_all: number;
    target: number;
  };
}
