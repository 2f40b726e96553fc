/** Figures of a campaign that are made of others. */

import type { Progress, Result, WrapUpCode } from "@/api/types";
import { RESULTS } from "@/words/tones";

export interface Funnel {
  contacts: number;
  tried: number;
  answered: number;
  talked: number;
  success: number;
}

/** From the list to success. Counts of calls (answered, talked) may pass those of contacts. */
export function funnelOf(progress: Progress, codes: readonly WrapUpCode[]): Funnel {
  const successes = new Set(
    codes.filter((code) => code.flags.includes("success")).map((code) => code.wrap_up_code_id),
  );
  return {
    contacts: progress.contacts,
    tried: progress.contacts - progress.untouched,
    answered: progress.answered,
    talked: Math.max(0, progress.answered - progress.abandoned),
    success: progress.wrap_ups.reduce(
      (sum, one) =>
        one.wrap_up_code_id !== null && successes.has(one.wrap_up_code_id) ? sum + one.count : sum,
      0,
    ),
  };
}

/** Results that there are, the most frequent first. */
export function resultCounts(results: Partial<Record<Result, number>>): [Result, number][] {
  return RESULTS.map((result): [Result, number] => [result, results[result] ?? 0])
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);
}
