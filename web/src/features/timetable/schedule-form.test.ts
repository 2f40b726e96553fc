import { describe, expect, it } from "vitest";
import { bodyOf, clock, valuesOf } from "./schedule-form";

describe("a schedule's form", () => {
  it("takes times as people type them", () => {
    expect(["8", "8:5", "08h30", "24", "18.15", "midi"].map(clock)).toEqual([
      "08:00",
      "08:05",
      "08:30",
      "24:00",
      "18:15",
      "midi",
    ]);
  });

  it("sends one date for a special day of one day, and nothing for empty dates", () => {
    const values = valuesOf(null, "Africa/Porto-Novo");
    values.exceptions = [{ key: "a", name: "Fête", first: "2026-08-01", last: "", spans: [] }];
    expect(bodyOf(values, 3)).toEqual({
      active: true,
      time_zone: "Africa/Porto-Novo",
      intervals: [{ weekdays: [1, 2, 3, 4, 5], start: "08:00", until: "18:00" }],
      exceptions: [{ name: "Fête", first: "2026-08-01", last: "2026-08-01", spans: [] }],
      starts_on: null,
      ends_on: null,
      version: 3,
    });
  });
});
