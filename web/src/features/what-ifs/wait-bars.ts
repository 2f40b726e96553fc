/** The histogram of waits as bars: `edges` part the seconds, `counts` may go beyond their ends. */

export interface WaitBar {
  /** null: from nothing on. */
  low: number | null;
  /** null: without end. */
  high: number | null;
  count: number;
}

/**
 * With n edges there are n - 1 counts between them, or n with those beyond the last edge, or n + 1
 * with those below the first one too. Empty bars behind the last full one are left out.
 */
export function waitBars(edges: readonly number[], counts: readonly number[]): WaitBar[] {
  const first = counts.length > edges.length ? -1 : 0;
  const bars = counts.map((count, index) => ({
    low: edges[index + first] ?? null,
    high: edges[index + first + 1] ?? null,
    count,
  }));
  const last = bars.findLastIndex((bar) => bar.count > 0);
  return bars.slice(0, last + 1);
}
