import type { AutomaticMode } from "./campaigns";
import type { Time } from "./common";

export type WhatIfKind = "tomorrow" | "replay";
export type WhatIfState = "waiting" | "running" | "complete" | "failed" | "cancelled";

/** null: as it is now, or, of a replay, as it was on the recorded day. */
export interface WhatIfSettings {
  kind: WhatIfKind;
  agents: number | null;
  /** "08:00" */
  from: string | null;
  until: string | null;
  mode: AutomaticMode | "agentless" | null;
  calls_per_agent: number | null;
  calls_per_agent_ceiling: number | null;
  abandon_target: number | null;
  /** Without agents: calls at once; results of before lack it. */
  lines?: number | null;
  runs: number;
  /** Of a replay: "2026-11-23". */
  day: string | null;
}

/** A figure over the simulated days: its mean, and between what nine of ten of them lie. */
export interface Spread {
  mean: number | null;
  low: number | null;
  high: number | null;
}

export interface Band {
  mean: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
}

export type Metric =
  | "dialled"
  | "answered"
  | "conversations"
  | "abandoned"
  | "abandon_rate"
  | "abandon_rate_of_all"
  | "utilisation"
  | "wait_p50"
  | "wait_p95"
  | "calls_per_agent_hour"
  | "finished"
  | "lines_used"
  | "list_end_seconds";

export type Summary = Partial<Record<Metric, Spread>>;

export type LeftOut = "rule_sets" | "fraud_guard" | "order" | "flow";

export interface TomorrowResult {
  basis: {
    calls_learnt_from: number;
    conversations_learnt_from: number;
    contacts: number;
    /** YYYY-MM-DD, and between which hours by the list's clock; results of before lack them. */
    day?: string;
    hours?: [string, string];
    /** Of the campaign's present settings. */
    present_day?: string;
    present_hours?: [string, string];
    /** What the campaign has and the simulation does not know; results of before lack it. */
    left_out?: LeftOut[];
  };
  asked: Summary;
  /** The same day with the campaign's present settings. */
  present: Summary;
  series: {
    /** Since the day's beginning. */
    minutes: number[];
    talking: Band;
    ready: Band;
    after_call: Band;
    in_air: Band;
    abandon_rate: Band;
  };
  waits: { edges: number[]; counts: number[] };
}

/** Of a recorded day, and of the same day played again. */
export interface Counted {
  recorded: number;
  replayed: number;
}

export interface ReplayResult {
  recorded: Record<string, number>;
  replayed: Record<string, number>;
  abandoned: Counted;
  live_answers: Counted;
  conversations: Counted;
  exact: boolean;
  settings_changed: string[];
}

interface WhatIfBase {
  what_if_id: string;
  campaign_id: string;
  settings: WhatIfSettings;
  state: WhatIfState;
  /** 0–1 */
  progress: number;
  error_code: string | null;
  error: string | null;
  created_at: Time;
  started_at: Time | null;
  ended_at: Time | null;
}

export type WhatIf = WhatIfBase &
  (
    | { kind: "tomorrow"; result: TomorrowResult | null }
    | { kind: "replay"; result: ReplayResult | null }
  );
