/** How near a campaign's abandon rate is to its limit. */

import type { Tone } from "@/shared/StatusBadge";

export type Level = "calm" | "near" | "over";

/** Share of the limit from which on a rate is near it. */
export const NEAR = 0.8;

export function levelOf(rate: number, target: number): Level {
  if (rate > target) return "over";
  return rate > target * NEAR ? "near" : "calm";
}

export const LEVEL_TONES: Record<Level, Tone> = { calm: "good", near: "warn", over: "bad" };

/** Where the limit stands on the meter, so that there is room beyond it. */
export const LIMIT_AT = 0.75;

/** How much of the meter is filled, 0–1. */
export function filled(rate: number, target: number): number {
  return target > 0 ? Math.min(1, (rate / target) * LIMIT_AT) : 0;
}
