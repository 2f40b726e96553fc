import { expect, test } from "vitest";
import { formatNumber } from "./phone";
import { formatDateTime, formatDuration, utcToWall, wallToUtc } from "./time";

test.each([
  ["+2290197123456", "+229 01 97 12 34 56"],
  ["+33612345678", "+33 6 12 34 56 78"],
  ["+14155550123", "+1 415 555 0123"],
  ["+22890123456", "+228 90 12 34 56"],
  ["+447911123456", "+44 79 11 12 34 56"],
  ["anonymous", "anonymous"],
  ["", ""],
])("number %s is shown as %s", (number, shown) => {
  expect(formatNumber(number)).toBe(shown);
});

test.each([
  [0, "0:00"],
  [-5, "0:00"],
  [59.9, "0:59"],
  [65, "1:05"],
  [3725, "1:02:05"],
])("%d seconds are %s", (seconds, shown) => {
  expect(formatDuration(seconds)).toBe(shown);
});

test("times are shown in the organisation's zone, not the computer's", () => {
  const at = "2026-11-23T23:30:00.000Z";
  expect(formatDateTime(at, "en", "Africa/Porto-Novo")).toBe("24 Nov 2026, 00:30");
  expect(formatDateTime(at, "fr", "America/New_York")).toBe("23 nov. 2026, 18:30");
});

test.each([
  ["2026-11-23T14:30", "Africa/Porto-Novo", "2026-11-23T13:30:00.000Z"],
  ["2026-07-01T09:00", "Europe/Paris", "2026-07-01T07:00:00.000Z"],
  ["2026-12-01T09:00", "Europe/Paris", "2026-12-01T08:00:00.000Z"],
  // An hour that Paris skips in spring: half past three then.
  ["2026-03-29T02:30", "Europe/Paris", "2026-03-29T01:30:00.000Z"],
])("wall time %s in %s is %s", (wall, zone, utc) => {
  expect(wallToUtc(wall, zone)).toBe(utc);
});

test("wall time and UTC are each other's way back", () => {
  for (const zone of ["Africa/Porto-Novo", "Europe/Paris", "America/St_Johns", "Asia/Kathmandu"]) {
    for (let hour = 0; hour < 24 * 365; hour += 97) {
      const utc = new Date(Date.UTC(2026, 0, 1, hour, 15)).toISOString();
      const wall = utcToWall(utc, zone);
      const back = wallToUtc(wall, zone) ?? "";
      expect(utcToWall(back, zone)).toBe(wall);
    }
  }
});

test("nonsense is no time", () => {
  expect(wallToUtc("", "Europe/Paris")).toBeNull();
});
