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

/**
 * The minutes that were asked for, up to that of `now`; one that the server left out had no calls.
 * None when all are so.
 */
export function lastMinutes(minutes: readonly PacingMinute[], nowMs: number): Minute[] {
  const known = new Map(minutes.map(({ at, ...rest }) => [minuteOf(at), rest]));
  if (known.size === 0) return [];
  // A clock a little behind the server's must not lose its newest minute.
  const last = Math.max(Math.floor(nowMs / 60_000), ...known.keys());
  const first = last - ASKED + 1;
  return Array.from({ length: ASKED }, (_, index) => ({
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
