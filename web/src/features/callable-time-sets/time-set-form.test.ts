import { describe, expect, it } from "vitest";
import {
  bodyOf,
  copiedTo,
  emptySet,
  inWeeks,
  nextSlot,
  placeOf,
  rulesOf,
  shortSlot,
  untilOf,
  valuesOf,
  writtenUntil,
} from "./time-set-form";
import type { CallableTimeSet } from "./types";

const SET: CallableTimeSet = {
  callable_time_set_id: "1",
  name: "Bureau",
  windows: [
    { kind: "mapped", time_zone: null, slots: [{ weekday: 1, start: "08:00", until: "24:00" }] },
  ],
  exceptions: [
    { month: 2, day: 29, year: null, name: "bissextile", slots: [] },
    { month: 12, day: 24, year: 2026, name: "", slots: [{ start: "08:00", until: "12:00" }] },
  ],
  holidays: [{ country: "FR", subdivision: null, applies_to: "own_numbers" }],
  campaigns: [],
  version: 3,
  created_at: "2026-01-01T00:00:00.000Z",
  updated_at: "2026-01-01T00:00:00.000Z",
};

describe("the form of a callable time set", () => {
  it("sends back what it was given", () => {
    const { name, windows, exceptions, holidays } = SET;
    expect(bodyOf(valuesOf(SET))).toEqual({ name, windows, exceptions, holidays });
  });

  it("keeps the 29th of February of every year", () => {
    expect(valuesOf(SET).exceptions[0]?.date).toBe("2028-02-29");
  });

  it("leaves out what is not filled in yet", () => {
    const values = {
      ...emptySet(),
      exceptions: [{ date: "", yearly: false, name: "x", closed: true, slots: [] }],
      holidays: [{ country: "", subdivision: null, applies_to: "everyone" as const }],
    };
    values.windows[0]?.slots.push({ weekday: 7, start: "08:00", until: "" });
    const rules = rulesOf(values);
    expect(rules.exceptions).toEqual([]);
    expect(rules.holidays).toEqual([]);
    expect(rules.windows[0]?.slots).toHaveLength(10);
  });

  it("drops the slots of a closed date", () => {
    const values = valuesOf(SET);
    const exception = values.exceptions[1];
    if (!exception) throw new Error("two exceptions");
    exception.closed = true;
    expect(rulesOf(values).exceptions[1]?.slots).toEqual([]);
  });

  it("shows the end of the day as midnight", () => {
    expect(untilOf("24:00")).toBe("00:00");
    expect(writtenUntil("00:00")).toBe("24:00");
    expect(writtenUntil("20:00")).toBe("20:00");
  });

  it("offers a slot behind the last one, within the day", () => {
    expect(nextSlot([])).toEqual({ start: "08:00", until: "20:00" });
    expect(nextSlot([{ start: "08:00", until: "12:00" }])).toEqual({
      start: "13:00",
      until: "14:00",
    });
    expect(nextSlot([{ start: "08:00", until: "23:30" }])).toEqual({
      start: "23:00",
      until: "24:00",
    });
  });

  it("copies a day to others in place of theirs", () => {
    const [window] = emptySet().windows;
    if (!window) throw new Error("one window");
    const copied = copiedTo({ ...window, slots: [...window.slots.slice(0, 1)] }, 1, [2, 3]);
    expect(copied.slots.map((slot) => slot.weekday)).toEqual([1, 2, 3]);
  });

  it("is short where there is little room", () => {
    expect(shortSlot({ start: "08:00", until: "12:30" })).toBe("08–12:30");
    expect(shortSlot({ start: "14:00", until: "24:00" })).toBe("14–24");
  });

  it("places a slot in its day", () => {
    expect(placeOf({ start: "06:00", until: "12:00" })).toEqual({ left: 25, width: 25 });
    expect(placeOf({ start: "12:00", until: "06:00" })).toBeNull();
  });

  it("lays days out in weeks from Monday", () => {
    const days = ["2027-05-01", "2027-05-02", "2027-05-03"].map((date) => ({ date }));
    const weeks = inWeeks(days); // a Saturday, a Sunday, a Monday
    expect(weeks.map((week) => week.map((day) => day?.date.slice(8) ?? "-"))).toEqual([
      ["-", "-", "-", "-", "-", "01", "02"],
      ["03", "-", "-", "-", "-", "-", "-"],
    ]);
  });
});
