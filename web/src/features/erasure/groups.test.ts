import { expect, test } from "vitest";
import { grouped } from "./groups";

test("rows are summed up by what they are, in one order, and unknown tables count as logs", () => {
  const counts = { audit_log: 2, wrap_ups: 1, attempts: 3, contacts: 2, something_new: 4 };
  expect(grouped(counts)).toEqual([
    ["contacts", 2],
    ["calls", 4],
    ["logs", 6],
  ]);
  expect(grouped({})).toEqual([]);
});
