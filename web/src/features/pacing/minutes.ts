/** The minutes of a campaign as its plots have them: without gaps, and rates from sums. */

import type { PacingMinute } from "@/api/types";

/** Minutes that are shown. */
export const SHOWN = 120;
/** Minutes over which the plotted rate is counted. */
export const RATE_MINUTES = 30;
/** Minutes that are asked for: those before the shown ones are in the first rates. */
export const ASKED = SHOWN + RATE_MINUTES - 1;

export interface Minute extends Omit<PacingMinute, "at"> {
  /** Since 1970. */
  minute: number;
}

const minuteOf = (at: string) => Math.floor(Date.parse(at) / 60_000);

/** The last minutes that are known; one without calls that the server left out counts as such. */
export function lastMinutes(minutes: readonly PacingMinute[], most = ASKED): Minute[] {
  const known = new Map(minutes.map(({ at, ...rest }) => [minuteOf(at), rest]));
  if (known.size === 0) return [];
  const last = Math.max(...known.keys());
  const first = Math.max(Math.min(...known.keys()), last - most + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    minute: first + index,
    ...(known.get(first + index) ?? {
      dialled: 0,
      live: 0,
      abandoned: 0,
      connected: 0,
      wait_p50: null,
      wait_p95: null,
    }),
  }));
}

/** At each minute, abandoned / live over that minute and those before it; null without an answer. */
export function trailingRates(
  minutes: readonly Pick<Minute, "live" | "abandoned">[],
  over = RATE_MINUTES,
): (number | null)[] {
  return minutes.map((_, index) => {
    const part = minutes.slice(Math.max(0, index - over + 1), index + 1);
    const live = part.reduce((sum, one) => sum + one.live, 0);
    const abandoned = part.reduce((sum, one) => sum + one.abandoned, 0);
    return live > 0 ? abandoned / live : null;
  });
}

export const sumOf = (minutes: readonly Minute[], key: "dialled" | "live" | "abandoned"): number =>
  minutes.reduce((sum, one) => sum + one[key], 0);

/** The last value that is known. */
export function lastKnown(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
