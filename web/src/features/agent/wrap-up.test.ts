import { expect, test } from "vitest";
import type { Column, Contact, WrapUpCode, WrapUpFlag } from "@/api/types";
import {
  type Draft,
  EMPTY_DRAFT,
  problemsOf,
  requestOf,
  type Surroundings,
  withCode,
} from "./wrap-up";

const code = (
  name: string,
  flags: WrapUpFlag[] = [],
  required_fields: string[] = [],
): WrapUpCode => ({
  wrap_up_code_id: name,
  name,
  name_en: name,
  flags,
  required_fields,
  position: 0,
  active: true,
});
const CODES = {
  sale: code("sale", ["success"], ["offer"]),
  refused: code("refused", ["failure"], ["notes"]),
  later: code("later", ["callback"]),
  never: code("never", ["do_not_call"]),
  plain: code("plain"),
};
const COLUMNS: Column[] = [
  { name: "name", label: "Name", kind: "text", position: 0 },
  { name: "offer", label: "Offer", kind: "text", position: 1 },
];
const CONTACT = { data: { name: "Koffi", offer: null } } as unknown as Contact;
const AROUND: Surroundings = {
  codes: Object.values(CODES),
  columns: COLUMNS,
  contact: CONTACT,
  timeZone: "Africa/Porto-Novo",
  nowMs: Date.parse("2026-11-23T10:00:00.000Z"),
};
const draft = (change: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, ...change });
const callback = (change: Partial<Draft["callback"]>) => ({
  ...EMPTY_DRAFT.callback,
  on: true,
  ...change,
});
const codesOf = (one: Draft, around = AROUND) =>
  problemsOf(one, around).map((problem) => `${problem.field}:${problem.code}`);

test("a code is needed before anything else", () => {
  expect(codesOf(draft({ notes: "talked" }))).toEqual(["code:CODE_MISSING"]);
  expect(codesOf(draft({ codeId: "gone from the campaign" }))).toEqual(["code:CODE_MISSING"]);
});

test("a code without conditions is enough", () => {
  expect(codesOf(draft({ codeId: "plain" }))).toEqual([]);
});

test("required columns count what the contact already has", () => {
  expect(codesOf(draft({ codeId: "sale" }))).toEqual(["offer:REQUIRED"]);
  expect(codesOf(draft({ codeId: "sale", fields: { offer: "  " } }))).toEqual(["offer:REQUIRED"]);
  expect(codesOf(draft({ codeId: "sale", fields: { offer: "Zen" } }))).toEqual([]);
  const contact = { data: { offer: "Maxi" } } as unknown as Contact;
  expect(codesOf(draft({ codeId: "sale" }), { ...AROUND, contact })).toEqual([]);
});

test("a value that the agent has emptied is missing", () => {
  const contact = { data: { offer: "Maxi" } } as unknown as Contact;
  const emptied = draft({ codeId: "sale", fields: { offer: "" } });
  expect(codesOf(emptied, { ...AROUND, contact })).toEqual(["offer:REQUIRED"]);
});

test("notes can be required", () => {
  expect(codesOf(draft({ codeId: "refused" }))).toEqual(["notes:REQUIRED"]);
  expect(codesOf(draft({ codeId: "refused", notes: "too dear" }))).toEqual([]);
});

test("a callback needs a time that is to come, in the contact's zone", () => {
  const at = (wall: string) => codesOf(draft({ codeId: "plain", callback: callback({ wall }) }));
  expect(at("")).toEqual(["callback:CALLBACK_TIME_MISSING"]);
  // It is 11:00 in Cotonou.
  expect(at("2026-11-23T10:30")).toEqual(["callback:CALLBACK_IN_PAST"]);
  expect(at("2026-11-23T11:30")).toEqual([]);
});

test("a callback's latest time is after its time, and goes with it", () => {
  const wall = "2026-11-24T09:00";
  const until = (latest: string) =>
    draft({ codeId: "plain", callback: callback({ wall, latest }) });
  expect(codesOf(until("2026-11-24T09:00"))).toEqual(["latest:CALLBACK_LATEST"]);
  expect(codesOf(until("2026-11-24T12:00"))).toEqual([]);
  const request = requestOf("t1", until("2026-11-24T12:00"), AROUND, "ready");
  expect(request.callback?.latest_at).toBe("2026-11-24T11:00:00.000Z");
});

test("nobody is both called back and not called again", () => {
  const both = draft({
    codeId: "plain",
    doNotCall: true,
    callback: callback({ wall: "2026-11-24T09:00" }),
  });
  expect(codesOf(both)).toEqual(["callback:CALLBACK_AND_DO_NOT_CALL"]);
});

test("a callback code opens the callback, another code closes it, and do-not-call always does", () => {
  const opened = withCode(EMPTY_DRAFT, CODES.later, undefined);
  expect(opened.callback.on).toBe(true);
  expect(withCode(opened, CODES.plain, CODES.later).callback.on).toBe(false);
  const byHand = draft({ codeId: "plain", callback: callback({ wall: "2026-11-24T09:00" }) });
  expect(withCode(byHand, CODES.refused, CODES.plain).callback.on).toBe(true);
  expect(withCode(byHand, CODES.never, CODES.plain).callback.on).toBe(false);
});

test("the command carries what the code asks for and nothing else", () => {
  const done = draft({
    codeId: "sale",
    notes: "  glad ",
    fields: { offer: " Zen ", name: "typed under another code" },
    callback: callback({ wall: "2026-11-24T09:00", mine: false, number: "+2290197000001" }),
  });
  expect(requestOf("t1", done, AROUND, "ready")).toEqual({
    attempt_id: "t1",
    wrap_up_code_id: "sale",
    notes: "glad",
    fields: { offer: "Zen" },
    do_not_call: false,
    next: "ready",
    callback: { due_at: "2026-11-24T08:00:00.000Z", mine: false, number: "+2290197000001" },
  });
});

test("a do-not-call code says so in the command", () => {
  const request = requestOf("t1", draft({ codeId: "never" }), AROUND, "pause");
  expect(request.do_not_call).toBe(true);
  expect(request.callback).toBeUndefined();
});
