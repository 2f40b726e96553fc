/** Minutes of a simulated day on the clock. */

import type { WhatIfSettings } from "@/api/types";

const DAY = 24 * 60;

/** Since midnight, from minutes since the simulated day's beginning. */
export function minutesOfDay(
  { from }: Pick<WhatIfSettings, "from">,
  minutes: readonly number[],
): number[] {
  const [hours, rest] = (from ?? "00:00").split(":").map(Number);
  const first = (hours ?? 0) * 60 + (rest ?? 0);
  return minutes.map((minute) => first + minute);
}

/** 545 → "09:05". After midnight the clock begins anew. */
export function clockOf(minute: number): string {
  const ofDay = Math.floor(minute) % DAY;
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
}

/** Of the values that there are; 0 of none. */
export function meanOf(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : 0;
}
