import { expect, test } from "vitest";
import type { Callback } from "@/api/types";
import { canChange, canReschedule, nameOf, standingOf } from "./standing";

const DUE = Date.parse("2026-11-23T10:00:00.000Z") / 1000;
const callback = (values: Partial<Callback> = {}) =>
  ({
    state: "open",
    due_at: "2026-11-23T10:00:00.000Z",
    takeover_at: "2026-11-23T10:15:00.000Z",
    contact_name: "Awa",
    ...values,
  }) as Callback;

test("a callback is to come, due, and overdue once somebody else may have it", () => {
  expect(standingOf(callback(), DUE - 1)).toBe("open");
  expect(standingOf(callback(), DUE)).toBe("due");
  expect(standingOf(callback(), DUE + 15 * 60)).toBe("due");
  expect(standingOf(callback(), DUE + 16 * 60)).toBe("overdue");
});

test("anyone's is overdue a minute after its time", () => {
  expect(standingOf(callback({ takeover_at: null }), DUE + 59)).toBe("due");
  expect(standingOf(callback({ takeover_at: null }), DUE + 60)).toBe("overdue");
});

test("what has ended, or is with an agent, stays what it is", () => {
  for (const state of ["offered", "dialled", "done", "missed", "expired", "cancelled"] as const) {
    expect(standingOf(callback({ state }), DUE + 99999)).toBe(state);
    expect(canChange(callback({ state }))).toBe(false);
  }
  expect(canReschedule(callback({ state: "missed" }))).toBe(true);
  expect(canReschedule(callback({ state: "dialled" }))).toBe(false);
});

test("a contact without a name is called by its number", () => {
  expect(nameOf(callback(), "+229 01")).toBe("Awa");
  expect(nameOf(callback({ contact_name: "" }), "+229 01")).toBe("+229 01");
});
