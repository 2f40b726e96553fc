/** Shares and means of call results; all come from sums, never from other shares. */

import type { CallCounts, CallResultRow } from "@/api/types";

/** null where nothing was counted. */
export function share(part: number, of: number): number | null {
  return of > 0 ? part / of : null;
}

/** Seconds of ringing of the calls that a network took. */
export function meanRing(counts: CallCounts): number | null {
  return share(counts.ring_seconds, counts.answered + counts.no_answer);
}

export function meanAnalysis(counts: CallCounts): number | null {
  return share(counts.analysis_seconds, counts.analysed);
}

export interface HeatRow {
  key: string;
  cells: (CallResultRow | null)[];
}

/** Rows of 24 hours, in the order in which the keys came. */
export function heatRows(
  rows: readonly CallResultRow[],
  keyOf: (row: CallResultRow) => string,
): HeatRow[] {
  const found = new Map<string, HeatRow>();
  for (const row of rows) {
    if (row.hour === null) continue;
    const key = keyOf(row);
    let line = found.get(key);
    if (line === undefined) {
      line = { key, cells: Array.from({ length: 24 }, () => null) };
      found.set(key, line);
    }
    line.cells[row.hour] = row;
  }
  return [...found.values()];
}

/** The first and the last hour in which anybody was called. */
export function busyHours(rows: readonly HeatRow[]): [number, number] {
  let first = 23;
  let last = 0;
  for (const row of rows) {
    row.cells.forEach((cell, hour) => {
      if (cell === null || cell.attempts === 0) return;
      first = Math.min(first, hour);
      last = Math.max(last, hour);
    });
  }
  return first <= last ? [first, last] : [8, 19];
}
