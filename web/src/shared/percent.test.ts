import { expect, test } from "vitest";
import { asPercent, asRate, typedRate } from "./percent";

test("a rate goes to a percentage and back without remains", () => {
  expect(asPercent(0.029)).toBe(2.9);
  expect(asRate(2.9)).toBe(0.029);
  for (let tenths = 1; tenths <= 200; tenths += 1) {
    expect(asPercent(asRate(tenths / 10))).toBe(tenths / 10);
  }
});

test.each([
  [2.5, 0.025],
  ["2.", 0.02],
  ["", ""],
  ["-", ""],
])("%j in the field is the rate %j", (typed, rate) => {
  expect(typedRate(typed)).toBe(rate);
});
