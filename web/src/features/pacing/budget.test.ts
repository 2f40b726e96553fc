import { expect, test } from "vitest";
import { filled, LIMIT_AT, levelOf } from "./budget";

test.each([
  [0, "calm"],
  [0.024, "calm"],
  [0.0241, "near"],
  [0.03, "near"],
  [0.0301, "over"],
] as const)("a rate of %d with a limit of 3 %% is %s", (rate, level) => {
  expect(levelOf(rate, 0.03)).toBe(level);
});

test("the meter has its limit before its end, and does not run over", () => {
  expect(filled(0.03, 0.03)).toBe(LIMIT_AT);
  expect(filled(0.015, 0.03)).toBe(LIMIT_AT / 2);
  expect(filled(0.5, 0.03)).toBe(1);
  expect(filled(0.1, 0)).toBe(0);
});
