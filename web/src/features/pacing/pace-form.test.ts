import { expect, test } from "vitest";
import type { Campaign } from "@/api/types";
import { emptiedField, type PaceValues, paceBody, paceOf } from "./pace-form";

const values: PaceValues = { mode: "predictive", abandon_target: 0.03, calls_per_agent: 1.5 };

test.each([
  ["progressive", { mode: "progressive" }],
  ["power", { mode: "power", calls_per_agent: 1.5 }],
  ["predictive", { mode: "predictive", abandon_target: 0.03 }],
] as const)("of %s only what it looks at is sent", (mode, body) => {
  expect(paceBody({ ...values, mode })).toEqual(body);
});

test("an emptied field is needed only in its mode", () => {
  const emptied = { ...values, abandon_target: "" as unknown as number };
  expect(emptiedField(emptied)).toBe("abandon_target");
  expect(emptiedField({ ...emptied, mode: "power" })).toBeNull();
});

test("a campaign's pace is its mode with what that looks at; preview begins as progressive", () => {
  const campaign = { ...values, name: "x" } as unknown as Campaign;
  expect(paceOf(campaign)).toEqual(values);
  expect(paceOf({ ...campaign, mode: "preview" })).toEqual({ ...values, mode: "progressive" });
});
