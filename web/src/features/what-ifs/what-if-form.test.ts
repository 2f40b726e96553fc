import { expect, test } from "vitest";
import type { Campaign } from "@/api/types";
import { beginWith, missingFields, type WhatIfValues, whatIfBody } from "./what-if-form";

const CAMPAIGN = {
  mode: "power",
  callable_from: "08:30:00",
  callable_until: "18:00",
  calls_per_agent: 1.8,
  calls_per_agent_ceiling: 12,
  abandon_target: 0.025,
} as Campaign;
const begin = (change: Partial<WhatIfValues> = {}): WhatIfValues => ({
  ...beginWith(CAMPAIGN, 12, "2026-11-22"),
  ...change,
});

test("the form begins with the campaign's present settings and its queue's agents", () => {
  expect(begin()).toMatchObject({
    kind: "tomorrow",
    agents: 12,
    from: "08:30",
    until: "18:00",
    mode: "power",
    calls_per_agent: 1.8,
    runs: 10,
  });
  expect(beginWith({ ...CAMPAIGN, mode: "preview" }, 0, "2026-11-22")).toMatchObject({
    mode: "progressive",
    agents: 1,
  });
});

const LEFT = { calls_per_agent: null, calls_per_agent_ceiling: null, abandon_target: null };

test.each([
  ["progressive", {}],
  ["power", { calls_per_agent: 1.8 }],
  ["predictive", { calls_per_agent_ceiling: 12, abandon_target: 0.025 }],
] as const)("of tomorrow in %s only what the mode looks at is sent", (mode, pace) => {
  expect(whatIfBody(begin({ mode }))).toEqual({
    kind: "tomorrow",
    agents: 12,
    from: "08:30",
    until: "18:00",
    mode,
    ...LEFT,
    ...pace,
    runs: 10,
    day: null,
  });
});

test("a day is played as it was, unless another mode is asked for", () => {
  const replay = begin({ kind: "replay", mode: "predictive" });
  const asItWas = { agents: null, from: null, until: null, mode: null, ...LEFT };
  expect(whatIfBody(replay)).toEqual({ ...asItWas, kind: "replay", runs: 1, day: "2026-11-22" });
  expect(whatIfBody({ ...replay, other: true })).toMatchObject({
    agents: null,
    mode: "predictive",
    abandon_target: 0.025,
  });
});

test("what is empty and needed is named, and hours must have an order", () => {
  const empty = "" as unknown as number;
  expect(missingFields(begin())).toEqual({ needed: [], order: false });
  expect(missingFields(begin({ agents: empty, calls_per_agent: empty })).needed).toEqual([
    "agents",
    "calls_per_agent",
  ]);
  expect(missingFields(begin({ mode: "progressive", calls_per_agent: empty })).needed).toEqual([]);
  expect(missingFields(begin({ kind: "replay", day: "" })).needed).toEqual(["day"]);
  expect(missingFields(begin({ until: "08:30" })).order).toBe(true);
});
