/** Places of a plot's values: ticks at round numbers, and paths in pixels. */

export type Value = number | null;
export type Place = (value: number) => number;

const STEPS = [1, 2, 2.5, 5, 10];

/** Ticks from 0 to at least `most`, about `wanted` of them, at round numbers; whole ones if asked. */
export function ticksTo(most: number, wanted: number, whole = false): number[] {
  const least = Math.max(most, whole ? wanted : Number.MIN_VALUE) / Math.max(1, wanted);
  const size = 10 ** Math.floor(Math.log10(least));
  const found = STEPS.map((one) => one * size).find((one) => one >= least * 0.999) ?? 10 * size;
  const step = whole ? Math.max(1, Math.ceil(found)) : found;
  const count = Math.max(1, Math.ceil(most / step - 1e-9));
  // Products of a step and a count have binary remains: 3 × 0.1.
  return Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

const MINUTE_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440];

/** Minutes between first and last at which a label stands, at most `room` of them. */
export function minuteTicks(first: number, last: number, room: number): number[] {
  const step =
    MINUTE_STEPS.find((one) => (last - first) / one <= Math.max(1, room)) ?? last - first + 1;
  const ticks: number[] = [];
  for (let at = Math.ceil(first / step) * step; at <= last; at += step) ticks.push(at);
  return ticks;
}

const point = (x: number, y: number) => `${x.toFixed(1)},${y.toFixed(1)}`;

/** A line through the values; where one is missing it is lifted. A lone value becomes a dot. */
export function linePath(xs: readonly number[], values: readonly Value[], x: Place, y: Place) {
  const parts: string[] = [];
  let down = false;
  xs.forEach((at, index) => {
    const value = values[index] ?? null;
    if (value === null) {
      down = false;
      return;
    }
    const alone = !down && (values[index + 1] ?? null) === null;
    parts.push(`${down ? "L" : "M"}${point(x(at), y(value))}${alone ? "h0.01" : ""}`);
    down = true;
  });
  return parts.join("");
}

/** The area between two lines; where one of them is missing it spans to the next place. */
export function bandPath(
  xs: readonly number[],
  low: readonly Value[],
  high: readonly Value[],
  x: Place,
  y: Place,
): string {
  const known = xs.flatMap((at, index) => {
    const [least, most] = [low[index] ?? null, high[index] ?? null];
    return least === null || most === null ? [] : [{ at: x(at), least: y(least), most: y(most) }];
  });
  if (known.length === 0) return "";
  const upper = known.map((one) => point(one.at, one.most));
  const lower = known.map((one) => point(one.at, one.least)).reverse();
  return `M${[...upper, ...lower].join("L")}Z`;
}

/** The index whose x is nearest; -1 without any. */
export function nearest(xs: readonly number[], x: number): number {
  let found = -1;
  xs.forEach((at, index) => {
    if (found < 0 || Math.abs(at - x) < Math.abs((xs[found] ?? 0) - x)) found = index;
  });
  return found;
}
