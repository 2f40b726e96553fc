/** Seconds as people set them: an amount of a unit. */

export const UNIT_SECONDS = { s: 1, min: 60, h: 3600, d: 86400 } as const;
export type Unit = keyof typeof UNIT_SECONDS;

export interface Amount {
  value: number;
  unit: Unit;
}

/** In the largest of the units that divides it: 900 is 15 min, 90 is 90 s. */
export function splitSeconds(seconds: number, units: readonly Unit[]): Amount {
  const sorted = [...units].sort((a, b) => UNIT_SECONDS[b] - UNIT_SECONDS[a]);
  const smallest = sorted.at(-1) ?? "s";
  const unit =
    seconds === 0
      ? smallest
      : (sorted.find((one) => seconds % UNIT_SECONDS[one] === 0) ?? smallest);
  return { value: Math.round(seconds / UNIT_SECONDS[unit]), unit };
}

export function inSeconds(amount: Amount): number {
  return amount.value * UNIT_SECONDS[amount.unit];
}
