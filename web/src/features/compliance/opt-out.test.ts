import { expect, test } from "vitest";
import type { Preset } from "@/api/types";
import { demandsUnnamedKey } from "./opt-out";

const demands = (value: boolean) =>
  ({ values: [{ name: "abandon_message_opt_out_key", value }] }) as unknown as Preset;
const own = { opt_out: false, message_media: "" };

test("a key that the law or the organisation offers needs a message of one's own", () => {
  expect(demandsUnnamedKey(demands(true), own)).toBe(true);
  expect(demandsUnnamedKey(demands(false), { ...own, opt_out: true })).toBe(true);
  expect(demandsUnnamedKey(demands(true), { ...own, message_media: "sound:ours" })).toBe(false);
  expect(demandsUnnamedKey(demands(false), own)).toBe(false);
  expect(demandsUnnamedKey(undefined, own)).toBe(false);
});
