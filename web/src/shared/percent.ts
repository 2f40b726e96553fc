/** Rates 0–1 as percentages of at most one digit behind the point, without binary remains. */

export const asPercent = (rate: number): number => Math.round(rate * 1000) / 10;
export const asRate = (percent: number): number => Math.round(percent * 10) / 1000;

/** What a number field holds as a rate; "" while that is no number. */
export function typedRate(typed: string | number): number | "" {
  const percent = typeof typed === "number" ? typed : Number.parseFloat(typed);
  return Number.isNaN(percent) ? "" : asRate(percent);
}
