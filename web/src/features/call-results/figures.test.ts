import { describe, expect, it } from "vitest";
import type { CallResultRow } from "@/api/types";
import { busyHours, heatRows, share } from "./figures";

const row = (hour: number, weekday: number, attempts: number, persons: number) =>
  ({ hour, weekday, attempts, persons }) as CallResultRow;

describe("figures of call results", () => {
  it("has no share of nothing", () => {
    expect(share(0, 0)).toBeNull();
    expect(share(1, 4)).toBe(0.25);
  });

  it("puts hours into rows and leaves gaps where nobody was called", () => {
    const rows = heatRows([row(9, 1, 10, 2), row(17, 1, 5, 5), row(9, 2, 1, 0)], (one) =>
      String(one.weekday),
    );
    expect(rows.map((one) => one.key)).toEqual(["1", "2"]);
    expect(rows[0]?.cells[9]?.persons).toBe(2);
    expect(rows[0]?.cells[10]).toBeNull();
    expect(busyHours(rows)).toEqual([9, 17]);
  });

  it("shows the working day where there is nothing", () => {
    expect(busyHours([])).toEqual([8, 19]);
  });
});
