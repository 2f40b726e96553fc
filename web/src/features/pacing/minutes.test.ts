import { expect, test } from "vitest";
import type { PacingMinute } from "@/api/types";
import { ASKED, lastKnown, lastMinutes, sumOf, trailingRates } from "./minutes";

const minute = (at: string, live: number, abandoned: number): PacingMinute => ({
  at: `2026-11-23T${at}:00.000Z`,
  dialled: live * 3,
  live,
  abandoned,
  connected: live - abandoned,
  wait_p50: 0.2,
  wait_p95: 0.9,
});

const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);

test("minutes that were left out are minutes without calls, up to the present one", () => {
  const shown = lastMinutes([minute("10:00", 4, 0), minute("10:03", 2, 1)], at("10:05:40"));
  expect(shown).toHaveLength(ASKED);
  expect(shown.at(-1)?.minute).toBe(at("10:05:00") / 60_000);
  expect(shown.slice(-6).map((one) => [one.live, one.wait_p50])).toEqual([
    [4, 0.2],
    [0, null],
    [0, null],
    [2, 0.2],
    [0, null],
    [0, null],
  ]);
  expect(sumOf(shown, "dialled")).toBe(18);
});

test("older ones fall out, the newest stays with a clock that is behind, and none of none", () => {
  const shown = lastMinutes([minute("07:00", 1, 0), minute("10:00", 1, 0)], at("09:59:58"));
  expect(sumOf(shown, "live")).toBe(1);
  expect(shown.at(-1)?.live).toBe(1);
  expect(lastMinutes([], at("10:00:00"))).toEqual([]);
});

test("a rate over minutes is made from sums, not from their rates", () => {
  const rates = trailingRates(
    [
      { live: 0, abandoned: 0 },
      { live: 1, abandoned: 1 },
      { live: 9, abandoned: 0 },
      { live: 30, abandoned: 0 },
    ],
    2,
  );
  expect(rates).toEqual([null, 1, 0.1, 0]);
  expect(lastKnown([0.1, null, 0.2, null])).toBe(0.2);
  expect(lastKnown([null])).toBeNull();
});
