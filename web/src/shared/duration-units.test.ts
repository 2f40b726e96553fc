import { expect, test } from "vitest";
import { inSeconds, splitSeconds } from "./duration-units";

test.each([
  [900, { value: 15, unit: "min" }],
  [90, { value: 90, unit: "s" }],
  [7200, { value: 2, unit: "h" }],
  [86400, { value: 1, unit: "d" }],
  [0, { value: 0, unit: "s" }],
] as const)("%d seconds", (seconds, amount) => {
  const split = splitSeconds(seconds, ["s", "min", "h", "d"]);
  expect(split).toEqual(amount);
  expect(inSeconds(split)).toBe(seconds);
});
