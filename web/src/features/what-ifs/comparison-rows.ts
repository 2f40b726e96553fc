/** A simulated day beside the same day with the present settings, row by row. */

import type { Metric, Spread, Summary } from "@/api/types";
import { differ } from "./headline-of";

export type Kind = "count" | "few" | "rate" | "seconds" | "minutes" | "decimal";

interface Measure {
  metric: Metric;
  kind: Kind;
  /** Which way is better; 0: neither. */
  better: 1 | -1 | 0;
}

/** In the order in which people ask. */
export const MEASURES: readonly Measure[] = [
  { metric: "conversations", kind: "count", better: 1 },
  { metric: "utilisation", kind: "rate", better: 1 },
  { metric: "abandon_rate", kind: "rate", better: -1 },
  { metric: "abandon_rate_of_all", kind: "rate", better: -1 },
  { metric: "abandoned", kind: "few", better: -1 },
  { metric: "dialled", kind: "count", better: 0 },
  { metric: "answered", kind: "count", better: 0 },
  { metric: "calls_per_agent_hour", kind: "decimal", better: 0 },
  { metric: "wait_p50", kind: "seconds", better: -1 },
  { metric: "wait_p95", kind: "seconds", better: -1 },
  { metric: "finished", kind: "count", better: 1 },
  { metric: "lines_used", kind: "decimal", better: 0 },
  { metric: "list_end_seconds", kind: "minutes", better: -1 },
];

/** What a campaign without agents has figures of. */
const WITHOUT_AGENTS: readonly Metric[] = [
  "dialled",
  "answered",
  "finished",
  "lines_used",
  "list_end_seconds",
];

export interface Row extends Measure {
  asked: Spread;
  present: Spread;
  /** Counts: of the present mean. Rates: in points (0.01 is one). Others: as they are. */
  change: number | null;
  /** More than the ranges of both. */
  clear: boolean;
  tone: "good" | "bad" | "none";
}

function changeOf(kind: Kind, asked: number, present: number): number | null {
  if (kind === "count") return present === 0 ? null : asked / present - 1;
  return asked - present;
}

/** One row for each measure that either day has. */
export function rowsOf(asked: Summary, present: Summary, agentless = false): Row[] {
  const none: Spread = { mean: null, low: null, high: null };
  const shown = MEASURES.filter(
    ({ metric }) =>
      (asked[metric] || present[metric]) && (!agentless || WITHOUT_AGENTS.includes(metric)),
  );
  return shown.map((measure) => {
    const [ours, theirs] = [asked[measure.metric] ?? none, present[measure.metric] ?? none];
    const change =
      ours.mean === null || theirs.mean === null
        ? null
        : changeOf(measure.kind, ours.mean, theirs.mean);
    const clear = differ(ours, theirs);
    const way = change === null || !clear ? 0 : Math.sign(change) * measure.better;
    return {
      ...measure,
      asked: ours,
      present: theirs,
      change,
      clear,
      tone: way > 0 ? "good" : way < 0 ? "bad" : "none",
    };
  });
}
