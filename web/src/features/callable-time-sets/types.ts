/** Callable time sets as the API has them. */

import type { Time } from "@/api/types";

export interface Slot {
  /** "08:00", "12:30:15"; the end of the day is "24:00". */
  start: string;
  until: string;
}

export interface WeekSlot extends Slot {
  /** ISO: 1 is Monday. */
  weekday: number;
}

export type WindowKind = "mapped" | "zone" | "unmapped";

export interface TimeWindow {
  kind: WindowKind;
  time_zone: string | null;
  slots: WeekSlot[];
}

export interface DateException {
  month: number;
  day: number;
  /** null: every year. */
  year: number | null;
  name: string;
  slots: Slot[];
}

export interface HolidayRule {
  country: string;
  subdivision: string | null;
  applies_to: "everyone" | "own_numbers";
}

export interface Rules {
  windows: TimeWindow[];
  exceptions: DateException[];
  holidays: HolidayRule[];
}

export interface CallableTimeSet extends Rules {
  callable_time_set_id: string;
  name: string;
  /** Names of those that use it. */
  campaigns: string[];
  version: number;
  created_at: Time;
  updated_at: Time;
}

export interface PreviewDay {
  date: string;
  code: "OUTSIDE_CALLABLE_TIME" | "HOLIDAY" | "DATE_EXCEPTION";
  name: string;
  slots: Slot[];
  clock_changes: boolean;
}

export interface Preview {
  time_zone: string | null;
  open: boolean;
  opens_at: Time | null;
  days: PreviewDay[];
}

export interface HolidayCountry {
  country: string;
  subdivisions: string[];
}
