// @vitest-environment jsdom

import { expect, test } from "vitest";
import type { Callback } from "@/api/types";
import { hoursOf, shiftDay } from "./DayOfCallbacks";
import { toRemind } from "./useOwnCallbacks";

const DUE = "2026-11-23T10:00:00.000Z";
const seconds = (at: string) => Date.parse(at) / 1000;
const callback = (values: Partial<Callback> = {}) =>
  ({
    callback_id: "c",
    state: "open",
    mine: true,
    due_at: DUE,
    remind_at: "2026-11-23T09:55:00.000Z",
    ...values,
  }) as Callback;

test("an agent is reminded of their own from the minutes before until just after", () => {
  expect(toRemind([callback()], seconds("2026-11-23T09:54:59.000Z"))).toEqual([]);
  expect(toRemind([callback()], seconds("2026-11-23T09:55:00.000Z"))).toHaveLength(1);
  expect(toRemind([callback({ state: "due" })], seconds(DUE) + 59)).toHaveLength(1);
  expect(toRemind([callback({ state: "due" })], seconds(DUE) + 60)).toEqual([]);
});

test("nobody is reminded of anyone's, of what is done, or where reminders are off", () => {
  const now = seconds("2026-11-23T09:58:00.000Z");
  expect(toRemind([callback({ mine: false })], now)).toEqual([]);
  expect(toRemind([callback({ state: "dialled" })], now)).toEqual([]);
  expect(toRemind([callback({ remind_at: null })], now)).toEqual([]);
});

test("a day has office hours, and those of its callbacks", () => {
  const late = callback({ callback_id: "d", due_at: "2026-11-23T19:30:00.000Z" });
  const other = callback({ callback_id: "e", due_at: "2026-11-24T10:00:00.000Z" });
  const hours = hoursOf([callback(), late, other], "2026-11-23", "Africa/Porto-Novo");
  expect(hours[0]?.hour).toBe(8);
  expect(hours.at(-1)?.hour).toBe(20);
  const filled = hours.filter((hour) => hour.callbacks.length > 0).map((hour) => hour.hour);
  expect(filled).toEqual([11, 20]);
});

test("days follow each other over months", () => {
  expect(shiftDay("2026-11-30", 1)).toBe("2026-12-01");
  expect(shiftDay("2026-03-01", -1)).toBe("2026-02-28");
});
