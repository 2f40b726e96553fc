import { expect, test } from "vitest";
import { formatSpan } from "./span";

test.each([
  [0, "0 s"],
  [45, "45 s"],
  [900, "15 min"],
  [7200, "2 h"],
  [5400, "1 h 30 min"],
  [100000, "1 j 3 h"],
  [86460, "1 j"],
])("%d seconds are said as %s", (seconds, said) => {
  expect(formatSpan(seconds, "fr")).toBe(said);
});
