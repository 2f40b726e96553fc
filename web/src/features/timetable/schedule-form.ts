/** A schedule as the form holds it, and as the server takes it. */

import type { Schedule } from "@/api/types";

export interface ScheduleValues {
  active: boolean;
  time_zone: string;
  intervals: { key: string; weekdays: number[]; start: string; until: string }[];
  exceptions: {
    key: string;
    name: string;
    first: string;
    last: string;
    spans: { start: string; until: string }[];
  }[];
  starts_on: string;
  ends_on: string;
  [field: string]: unknown;
}

let made = 0;
/** A key for a row of a form, that stays when rows before it are taken out. */
export const rowKey = () => {
  made += 1;
  return `row-${made}`;
};

export function valuesOf(schedule: Schedule | null, timeZone: string): ScheduleValues {
  if (schedule === null) {
    return {
      active: true,
      time_zone: timeZone,
      intervals: [{ key: rowKey(), weekdays: [1, 2, 3, 4, 5], start: "08:00", until: "18:00" }],
      exceptions: [],
      starts_on: "",
      ends_on: "",
    };
  }
  return {
    active: schedule.active,
    time_zone: schedule.time_zone,
    intervals: schedule.intervals.map((one) => ({ key: rowKey(), ...one })),
    exceptions: schedule.exceptions.map((one) => ({ key: rowKey(), ...one })),
    starts_on: schedule.starts_on ?? "",
    ends_on: schedule.ends_on ?? "",
  };
}

/** A time as people type it in the server's form: "8:5" → "08:05", "24" → "24:00". */
export function clock(written: string): string {
  const found = /^\s*(\d{1,2})\s*(?:[:hH.]\s*(\d{0,2}))?\s*$/.exec(written);
  if (!found) return written.trim();
  return `${(found[1] ?? "").padStart(2, "0")}:${(found[2] ?? "").padStart(2, "0")}`;
}

export function bodyOf(values: ScheduleValues, version: number | null) {
  return {
    active: values.active,
    time_zone: values.time_zone,
    intervals: values.intervals.map(({ weekdays, start, until }) => ({
      weekdays,
      start: clock(start),
      until: clock(until),
    })),
    exceptions: values.exceptions.map(({ name, first, last, spans }) => ({
      name,
      first,
      last: last === "" ? first : last,
      spans: spans.map((span) => ({ start: clock(span.start), until: clock(span.until) })),
    })),
    starts_on: values.starts_on === "" ? null : values.starts_on,
    ends_on: values.ends_on === "" ? null : values.ends_on,
    version,
  };
}
