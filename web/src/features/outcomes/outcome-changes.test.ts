import { expect, it } from "vitest";
import type { MappedOutcome, OutcomeTable } from "@/api/types";
import { chosen, countOf, NOTHING, shown } from "./outcome-changes";

const row: MappedOutcome = {
  outcome: "code",
  name: "Suivi",
  name_en: "",
  active: true,
  flags: ["neutral"],
  source: "own",
};
const table: OutcomeTable = {
  campaign_id: null,
  default: ["failure"],
  outcomes: [row],
  version: 1,
  updated_at: null,
};

it("keeps one of success, failure and neutral: the last chosen", () => {
  expect(chosen(["neutral", "right_party"], ["neutral", "right_party", "success"])).toEqual([
    "right_party",
    "success",
  ]);
  expect(chosen(["success"], [])).toEqual([]);
});

it("shows what a code would inherit before it is saved", () => {
  expect(shown(table, NOTHING, row)).toEqual(["neutral"]);
  const inherits = { outcomes: { code: null }, default: null };
  expect(shown(table, inherits, row)).toEqual(["failure"]);
  expect(shown(table, { ...inherits, default: ["success"] }, row)).toEqual(["success"]);
  expect(countOf({ ...inherits, default: ["success"] })).toBe(2);
});
