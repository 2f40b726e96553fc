import { describe, expect, it } from "vitest";
import { addDays, dayOf, mondayOf, weekOf } from "./week";

const schedule = {
  intervals: [
    { weekdays: [1, 2, 3, 4, 5], start: "14:00", until: "18:00" },
    { weekdays: [1, 6], start: "08:00", until: "12:00" },
  ],
  exceptions: [
    { first: "2026-12-24", last: "2026-12-25", spans: [], name: "Noël" },
    {
      first: "2026-12-24",
      last: "2026-12-24",
      spans: [{ start: "08:00", until: "09:00" }],
      name: "",
    },
  ],
  starts_on: "2026-11-24",
  ends_on: "2026-12-31",
};

describe("the days of a week", () => {
  it("begins on Monday, over the turn of a year too", () => {
    expect(mondayOf("2026-11-29")).toBe("2026-11-23");
    expect(mondayOf("2027-01-01")).toBe("2026-12-28");
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  });

  it("has the hours of the weekday in their order", () => {
    expect(dayOf(schedule, "2026-11-30").spans).toEqual([
      { start: "08:00", until: "12:00" },
      { start: "14:00", until: "18:00" },
    ]);
    expect(dayOf(schedule, "2026-11-29").spans).toEqual([]);
  });

  it("has nothing before its first and after its last day", () => {
    expect(weekOf(schedule, "2026-11-23").map((day) => day.spans.length)).toEqual([
      0, 1, 1, 1, 1, 1, 0,
    ]);
    expect(dayOf(schedule, "2027-01-04").spans).toEqual([]);
  });

  it("lets the first special day that names a date hold", () => {
    expect(dayOf(schedule, "2026-12-24")).toEqual({
      date: "2026-12-24",
      spans: [],
      exception: "Noël",
    });
  });
});
