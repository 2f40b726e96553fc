/**
 * The rules of the wrap-up: what an agent has to fill in before a call is done. The server asks the
 * same; here they are asked while the agent types.
 */

import type { Column, Contact, WrapUpCode, WrapUpFlag, WrapUpRequest } from "@/api/types";
import { wallToUtc } from "@/formats/time";

export interface CallbackDraft {
  on: boolean;
  /** Wall time "2026-11-23T14:30" in the contact's zone. */
  wall: string;
  mine: boolean;
  /** null: the number that was called. */
  number: string | null;
  note: string;
  /** Wall time after which it is not kept any more; '' or missing in an older draft: none. */
  latest?: string;
}

export interface Draft {
  codeId: string | null;
  notes: string;
  fields: Record<string, string>;
  doNotCall: boolean;
  callback: CallbackDraft;
}

export type ProblemCode =
  | "CODE_MISSING"
  | "REQUIRED"
  | "CALLBACK_TIME_MISSING"
  | "CALLBACK_IN_PAST"
  | "CALLBACK_LATEST"
  | "CALLBACK_AND_DO_NOT_CALL";

export interface Problem {
  /** "code", "notes", "callback", or the name of a column. */
  field: string;
  code: ProblemCode;
}

export const EMPTY_DRAFT: Draft = {
  codeId: null,
  notes: "",
  fields: {},
  doNotCall: false,
  callback: { on: false, wall: "", mine: true, number: null, note: "", latest: "" },
};

const has = (code: WrapUpCode | undefined, flag: WrapUpFlag) => code?.flags.includes(flag) ?? false;

export function codeOf(draft: Draft, codes: readonly WrapUpCode[]): WrapUpCode | undefined {
  return codes.find((code) => code.wrap_up_code_id === draft.codeId);
}

/** The draft with another code: a callback code opens the callback, any other closes it again. */
export function withCode(draft: Draft, code: WrapUpCode, before: WrapUpCode | undefined): Draft {
  const on = has(code, "callback") || (draft.callback.on && !has(before, "callback"));
  return {
    ...draft,
    codeId: code.wrap_up_code_id,
    callback: { ...draft.callback, on: on && !has(code, "do_not_call") },
  };
}

/** Whether the code by itself means that the contact is not called again. */
export const impliesDoNotCall = (code: WrapUpCode | undefined) => has(code, "do_not_call");
export const impliesCallback = (code: WrapUpCode | undefined) => has(code, "callback");

/** Columns that the code asks for, in the list's order. A column that the list lacks is left out. */
export function requiredColumns(
  code: WrapUpCode | undefined,
  columns: readonly Column[],
): Column[] {
  return columns.filter((column) => code?.required_fields.includes(column.name));
}

export const notesRequired = (code: WrapUpCode | undefined) =>
  code?.required_fields.includes("notes") ?? false;

/** What is shown in a field: the agent's own words, or what the contact has. */
export function fieldValue(draft: Draft, column: Column, contact: Contact): string {
  return draft.fields[column.name] ?? contact.data[column.name] ?? "";
}

export interface Surroundings {
  codes: readonly WrapUpCode[];
  columns: readonly Column[];
  contact: Contact;
  /** Of the contact; the callback's time is read in it. */
  timeZone: string;
  nowMs: number;
}

export function problemsOf(draft: Draft, around: Surroundings): Problem[] {
  const code = codeOf(draft, around.codes);
  if (code === undefined) return [{ field: "code", code: "CODE_MISSING" }];
  const problems: Problem[] = [];
  for (const column of requiredColumns(code, around.columns)) {
    if (fieldValue(draft, column, around.contact).trim() === "") {
      problems.push({ field: column.name, code: "REQUIRED" });
    }
  }
  if (notesRequired(code) && draft.notes.trim() === "") {
    problems.push({ field: "notes", code: "REQUIRED" });
  }
  if (draft.callback.on) {
    const due = wallToUtc(draft.callback.wall, around.timeZone);
    if (due === null) problems.push({ field: "callback", code: "CALLBACK_TIME_MISSING" });
    else if (Date.parse(due) <= around.nowMs) {
      problems.push({ field: "callback", code: "CALLBACK_IN_PAST" });
    }
    const latest = wallToUtc(draft.callback.latest ?? "", around.timeZone);
    if (due !== null && latest !== null && Date.parse(latest) <= Date.parse(due)) {
      problems.push({ field: "latest", code: "CALLBACK_LATEST" });
    }
    if (draft.doNotCall || impliesDoNotCall(code)) {
      problems.push({ field: "callback", code: "CALLBACK_AND_DO_NOT_CALL" });
    }
  }
  return problems;
}

/** The command, from a draft without problems. */
export function requestOf(
  attemptId: string,
  draft: Draft,
  around: Surroundings,
  next: "ready" | "pause",
): WrapUpRequest {
  const code = codeOf(draft, around.codes);
  if (code === undefined) throw new Error("a wrap-up needs a code");
  const fields = Object.fromEntries(
    requiredColumns(code, around.columns).map((column) => [
      column.name,
      fieldValue(draft, column, around.contact).trim(),
    ]),
  );
  const request: WrapUpRequest = {
    attempt_id: attemptId,
    wrap_up_code_id: code.wrap_up_code_id,
    notes: draft.notes.trim(),
    fields,
    do_not_call: draft.doNotCall || impliesDoNotCall(code),
    next,
  };
  const due = draft.callback.on ? wallToUtc(draft.callback.wall, around.timeZone) : null;
  if (due !== null) {
    const { mine, number, note } = draft.callback;
    request.callback = { due_at: due, mine };
    if (number !== null) request.callback.number = number;
    if (note.trim() !== "") request.callback.note = note.trim();
    const latest = wallToUtc(draft.callback.latest ?? "", around.timeZone);
    if (latest !== null) request.callback.latest_at = latest;
  }
  return request;
}
