import { expect, test } from "vitest";
import type { Progress, WrapUpCode } from "@/api/types";
import { funnelOf, resultCounts } from "./funnel";

const progress = {
  contacts: 100,
  untouched: 40,
  answered: 30,
  abandoned: 2,
  wrap_ups: [
    { wrap_up_code_id: "sale", system_code: null, name: "Vente", name_en: "", count: 7 },
    { wrap_up_code_id: "no", system_code: null, name: "Refus", name_en: "", count: 9 },
    { wrap_up_code_id: null, system_code: "AFTER_CALL_LIMIT", name: "", name_en: "", count: 3 },
  ],
} as Progress;
const codes = [
  { wrap_up_code_id: "sale", flags: ["right_party", "success"] },
  { wrap_up_code_id: "no", flags: ["failure"] },
] as WrapUpCode[];

test("the funnel counts successes by the flags of their codes", () => {
  expect(funnelOf(progress, codes)).toEqual({
    contacts: 100,
    tried: 60,
    answered: 30,
    talked: 28,
    success: 7,
  });
});

test("results that never came are left out, the most frequent come first", () => {
  expect(resultCounts({ busy: 3, person: 8, fax: 0 })).toEqual([
    ["person", 8],
    ["busy", 3],
  ]);
});
