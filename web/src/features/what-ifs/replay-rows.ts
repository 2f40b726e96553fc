/** A recorded day beside the same day played again, result by result. */

import type { ReplayResult, Result } from "@/api/types";
import { RESULTS } from "@/words/tones";

export interface ReplayRow {
  /** A result of calls, or of a newer server. */
  result: string;
  recorded: number;
  replayed: number;
}

/** Results that either day has, in the order of the charts; unknown ones last. */
export function replayRows({ recorded, replayed }: ReplayResult): ReplayRow[] {
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(replayed)])];
  const place = (name: string) => {
    const at = RESULTS.indexOf(name as Result);
    return at < 0 ? RESULTS.length : at;
  };
  return names
    .map((result) => ({
      result,
      recorded: recorded[result] ?? 0,
      replayed: replayed[result] ?? 0,
    }))
    .filter((row) => row.recorded > 0 || row.replayed > 0)
    .sort((a, b) => place(a.result) - place(b.result));
}

export const totalOf = (rows: readonly ReplayRow[], key: "recorded" | "replayed"): number =>
  rows.reduce((sum, row) => sum + row[key], 0);
