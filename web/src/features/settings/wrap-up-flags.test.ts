import { expect, test } from "vitest";
import { EFFECTS, outcomeOf, withEffect, withOutcome } from "./wrap-up-flags";

test("one outcome takes the place of another, effects stay", () => {
  expect(withOutcome(["right_party", "success"], "failure")).toEqual(["right_party", "failure"]);
  expect(withOutcome(["right_party", "success"], "none")).toEqual(["right_party"]);
  expect(outcomeOf(["callback"])).toBe("none");
  expect(outcomeOf(["callback", "neutral"])).toBe("neutral");
});

test("a machine is an effect beside an outcome", () => {
  expect(EFFECTS).toContain("machine");
  expect(withOutcome(withEffect(["neutral"], "machine", true), "failure")).toEqual([
    "machine",
    "failure",
  ]);
});

test("effects are put on once and taken off", () => {
  expect(withEffect(["callback"], "callback", true)).toEqual(["callback"]);
  expect(withEffect(["callback", "success"], "callback", false)).toEqual(["success"]);
});
