import { describe, expect, it } from "vitest";
import { callsOf, clock, partOf } from "./timeline";
import type { RecallRule } from "./types";

const RULE: RecallRule = {
  steps: [{ after_seconds: 300 }, { after_seconds: 7200 }, { days: 1, at: "10:00" }],
  other_hours: false,
  afterwards: "finish",
  most: null,
};

const told = (rule: RecallRule, atMost = 10) =>
  callsOf(rule, "09:00", "08:00", atMost).map((call) => `${call.day} ${clock(call.minutes)}`);

describe("the calls of a recall rule", () => {
  it("follow the steps and end with the last", () => {
    expect(told(RULE)).toEqual(["0 09:00", "0 09:05", "0 11:05", "1 10:00"]);
  });
  it("repeat the last step up to the attempts", () => {
    expect(told({ ...RULE, afterwards: "repeat" }, 6).slice(3)).toEqual([
      "1 10:00",
      "2 10:00",
      "3 10:00",
    ]);
  });
  it("end after so many recalls", () => {
    expect(told({ ...RULE, most: 1 })).toEqual(["0 09:00", "0 09:05"]);
  });
  it("go to another part of the day than the last", () => {
    const rule = { ...RULE, steps: [{ after_seconds: 3600 }], other_hours: true };
    expect(told({ ...rule, afterwards: "repeat" }, 5)).toEqual([
      "0 09:00",
      "0 12:00",
      "0 17:00",
      "1 08:00",
      "1 12:00",
    ]);
  });
  it("know the parts", () => {
    expect([0, 719, 720, 1019, 1020].map(partOf)).toEqual([
      "morning",
      "morning",
      "noon",
      "noon",
      "evening",
    ]);
  });
});
