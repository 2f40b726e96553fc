/** The days of a week as a schedule has them: hours of the week, or those of a special day. */

import type { Schedule, ScheduleSpan } from "@/api/types";

export interface PlannedDay {
  /** 2026-11-23 */
  date: string;
  spans: ScheduleSpan[];
  /** The special day's name; `null` on an ordinary day. */
  exception: string | null;
}

const DAY_MS = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The Monday of the week in which a date lies, both as "2026-11-23". */
export function mondayOf(date: string): string {
  const ms = Date.parse(`${date}T00:00:00Z`);
  const weekday = (new Date(ms).getUTCDay() + 6) % 7;
  return iso(ms - weekday * DAY_MS);
}

export const addDays = (date: string, days: number): string =>
  iso(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);

type Hours = Pick<Schedule, "intervals" | "exceptions" | "starts_on" | "ends_on">;

export function dayOf(schedule: Hours, date: string): PlannedDay {
  const closed = { date, spans: [], exception: null };
  if (schedule.starts_on && date < schedule.starts_on) return closed;
  if (schedule.ends_on && date > schedule.ends_on) return closed;
  const special = schedule.exceptions.find((one) => one.first <= date && date <= one.last);
  if (special) return { date, spans: sorted(special.spans), exception: special.name };
  const weekday = ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  const spans = schedule.intervals.filter((one) => one.weekdays.includes(weekday));
  return { date, spans: sorted(spans), exception: null };
}

export const weekOf = (schedule: Hours, monday: string): PlannedDay[] =>
  [0, 1, 2, 3, 4, 5, 6].map((offset) => dayOf(schedule, addDays(monday, offset)));

function sorted(spans: readonly ScheduleSpan[]): ScheduleSpan[] {
  return spans
    .map(({ start, until }) => ({ start, until }))
    .sort((a, b) => a.start.localeCompare(b.start));
}

/** Minutes since midnight of "08:30". */
export function minuteOf(clock: string): number {
  const [hours = "0", minutes = "0"] = clock.split(":");
  return Number(hours) * 60 + Number(minutes);
}
