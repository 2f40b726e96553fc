/** The form of a callable time set as values, and what is sent for them. */

import type { CallableTimeSet, DateException, Rules, Slot, TimeWindow } from "./types";

export interface DraftException {
  /** "2026-12-25"; of every year, its year says nothing. */
  date: string;
  yearly: boolean;
  name: string;
  closed: boolean;
  slots: Slot[];
}

export interface TimeSetValues extends Record<string, unknown> {
  name: string;
  windows: TimeWindow[];
  exceptions: DraftException[];
  holidays: Rules["holidays"];
}

const MORNING: Slot = { start: "08:00", until: "12:00" };
const AFTERNOON: Slot = { start: "14:00", until: "20:00" };

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** Monday to Friday, mornings and afternoons. */
export function officeWeek() {
  return [1, 2, 3, 4, 5].flatMap((weekday) =>
    [MORNING, AFTERNOON].map((slot) => ({ weekday, ...slot })),
  );
}

export function emptySet(): TimeSetValues {
  return {
    name: "",
    windows: [{ kind: "mapped", time_zone: null, slots: officeWeek() }],
    exceptions: [],
    holidays: [],
  };
}

const two = (value: number) => String(value).padStart(2, "0");

/** A year in which every date of a year exists. */
const LEAP_YEAR = 2028;

export function valuesOf(set: CallableTimeSet): TimeSetValues {
  return {
    name: set.name,
    windows: set.windows,
    exceptions: set.exceptions.map((one) => ({
      date: `${one.year ?? LEAP_YEAR}-${two(one.month)}-${two(one.day)}`,
      yearly: one.year === null,
      name: one.name,
      closed: one.slots.length === 0,
      slots: one.slots,
    })),
    holidays: set.holidays,
  };
}

/** The end of the day is written 24:00; a field for times cannot hold it and has 00:00. */
export const untilOf = (written: string) => (written === "24:00" ? "00:00" : written);
export const writtenUntil = (shown: string) => (shown === "00:00" ? "24:00" : shown);

function exceptionOf(draft: DraftException): DateException {
  const [year, month, day] = draft.date.split("-").map(Number);
  return {
    month: month ?? 0,
    day: day ?? 0,
    year: draft.yearly ? null : (year ?? 0),
    name: draft.name.trim(),
    slots: draft.closed ? [] : draft.slots,
  };
}

/** Rules as they can be looked at: rows that are not filled in yet are left out. */
export function rulesOf(values: TimeSetValues): Rules {
  const filled = (slot: Slot) => slot.start !== "" && slot.until !== "";
  return {
    windows: values.windows.map((window) => ({
      ...window,
      slots: window.slots.filter(filled),
    })),
    exceptions: values.exceptions
      .filter((one) => one.date !== "")
      .map((one) => exceptionOf({ ...one, slots: one.slots.filter(filled) })),
    holidays: values.holidays.filter((rule) => rule.country !== ""),
  };
}

export const bodyOf = (values: TimeSetValues) => ({
  name: values.name.trim(),
  ...rulesOf(values),
});

/** Seconds since midnight of "08:30" or "08:30:15". */
export function secondsOf(time: string): number {
  const [hours, minutes, seconds] = time.split(":").map(Number);
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

/** Where a slot lies in its day, in percent of the day; null: it has no length. */
export function placeOf(slot: Slot): { left: number; width: number } | null {
  const [start, until] = [secondsOf(slot.start), secondsOf(slot.until)];
  return until > start
    ? { left: (start / 86400) * 100, width: ((until - start) / 86400) * 100 }
    : null;
}

/** A slot for a small place: whole hours without minutes. */
export const shortSlot = (slot: Slot) =>
  `${slot.start.replace(/:00$/, "")}–${slot.until.replace(/:00$/, "")}`;

/** A slot to add behind those of a day: one hour, within the day. */
export function nextSlot(slots: readonly Slot[]): Slot {
  const last = slots.reduce((latest, slot) => Math.max(latest, secondsOf(slot.until)), 0);
  if (slots.length === 0) return { start: "08:00", until: "20:00" };
  const start = Math.min(last + 3600, 23 * 3600);
  const text = (seconds: number) =>
    `${two(Math.floor(seconds / 3600))}:${two((seconds / 60) % 60)}`;
  return { start: text(start), until: text(Math.min(start + 3600, 86400)) };
}

/** The week with one day's slots on other days too. */
export function copiedTo(window: TimeWindow, from: number, to: readonly number[]): TimeWindow {
  const day = window.slots.filter((slot) => slot.weekday === from);
  return {
    ...window,
    slots: [
      ...window.slots.filter((slot) => !to.includes(slot.weekday)),
      ...to.flatMap((weekday) => day.map((slot) => ({ ...slot, weekday }))),
    ],
  };
}

/** Weeks of days, Monday first; null before the first and behind the last day. */
export function inWeeks<T extends { date: string }>(days: readonly T[]): (T | null)[][] {
  const first = days[0];
  if (!first) return [];
  const before = (new Date(`${first.date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells: (T | null)[] = [...Array<null>(before).fill(null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
