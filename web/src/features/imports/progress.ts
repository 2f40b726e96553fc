/** How an import gets on, from its counters. */

import type { Import } from "@/api/types";

/** Too little is known before this share of the file, or this long. */
const LEAST_SHARE = 0.005;
const LEAST_SECONDS = 1.5;

export interface Pace {
  /** 0–1 of the file's bytes. */
  share: number;
  secondsGone: number;
  /** Rows a second; null when there is nothing to divide yet. */
  rate: number | null;
  secondsLeft: number | null;
}

export function paceOf(record: Import, nowMs: number): Pace {
  const share = record.file_bytes > 0 ? Math.min(1, record.bytes_done / record.file_bytes) : 0;
  const endMs = record.ended_at === null ? nowMs : Date.parse(record.ended_at);
  const secondsGone =
    record.started_at === null ? 0 : Math.max(0, (endMs - Date.parse(record.started_at)) / 1000);
  const known = secondsGone >= LEAST_SECONDS;
  return {
    share,
    secondsGone,
    rate: record.rows_per_second ?? (known ? record.rows_read / secondsGone : null),
    secondsLeft:
      known && share >= LEAST_SHARE && share < 1 ? (secondsGone / share) * (1 - share) : null,
  };
}
