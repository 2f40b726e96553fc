/** Scripts as the API tells them; documents are described in docs/developers/scripts.md. */

import type { Time } from "@/api/types";

export type ValueType = "STRING" | "NUMERIC" | "DATETIME" | "PERIOD";
export type Source = "column" | "answer" | "language" | "campaign" | "agent";

/** `Of`: of what its statements may be; scripts have theirs, flows others. */
export interface Statement<Of = Source> {
  of: Of;
  name?: string;
  value_type: ValueType;
  operator: string;
  value?: string;
  inverted?: boolean;
}
export type Condition<Of = Source> =
  | { all: Condition<Of>[] }
  | { any: Condition<Of>[] }
  | { not: Condition<Of> }
  | Statement<Of>;
export type When = Condition | null | undefined;

export type Input =
  | "text"
  | "long_text"
  | "number"
  | "date"
  | "time"
  | "choice"
  | "choices"
  | "yes_no"
  | "phone";

export interface Choice {
  value: string;
  label?: string;
}
export interface TextBlock {
  type: "text";
  text: string;
  when?: When;
}
export interface FieldBlock {
  type: "field";
  id: string;
  label: string;
  input: Input;
  help?: string;
  column?: string | null;
  required?: boolean;
  read_only?: boolean;
  default?: string;
  choices?: Choice[];
  written?: Partial<Record<"yes" | "no", string>>;
  personal?: boolean;
  when?: When;
}
export interface SectionBlock {
  type: "section";
  title?: string;
  when?: When;
  blocks: Block[];
}
export type ActionType =
  | "go"
  | "do_not_call"
  | "uncallable"
  | "callback"
  | "transfer"
  | "wrap_up"
  | "open"
  | "copy"
  | "send_message";
export interface Action {
  type: ActionType;
  page?: string;
  dnc_list_id?: string | null;
  days?: number | null;
  what?: "contact" | "number";
  minutes?: number | null;
  mine?: boolean;
  note?: string;
  number?: string | null;
  user_id?: string | null;
  wrap_up_code_id?: string | null;
  finish?: boolean;
  url?: string;
  text?: string;
}
export interface ButtonBlock {
  type: "button";
  id: string;
  label: string;
  action: Action;
  when?: When;
}
export type Block = TextBlock | FieldBlock | SectionBlock | ButtonBlock;

export interface WayOn {
  page: string;
  when?: When;
}
export interface ScriptPage {
  id: string;
  title: string;
  next?: string | WayOn[] | null;
  finish?: boolean;
  blocks: Block[];
}
export interface ScriptDocument {
  required?: "remind" | "success";
  pages: ScriptPage[];
}

export type Answer = string | string[];
export type Answers = Record<string, Answer>;

export interface ScriptProblem {
  path: string;
  code: string;
  message: string;
}
export interface ScriptRow {
  script_id: string;
  name: string;
  contact_list_id: string | null;
  pages: number;
  published_version: number | null;
  campaigns: string[];
  version: number;
  updated_at: Time;
}
export interface Script extends ScriptRow {
  draft: ScriptDocument;
  problems: ScriptProblem[];
}
export interface ScriptVersion {
  version: number;
  note: string;
  restored_from: number | null;
  user_name: string | null;
  published_at: Time;
  document: ScriptDocument;
}
export interface GivenAnswer {
  field: string;
  label: string;
  value: string;
  column: string | null;
  personal: boolean;
}
export interface AnsweredCall {
  attempt_id: string;
  contact_id: string;
  number: string;
  agent: string | null;
  wrap_up: string | null;
  at: Time | null;
  script_version: number;
  answers: GivenAnswer[];
}
/** On the call card. */
export interface CardScript {
  script_id: string;
  script_version: number;
  document: ScriptDocument;
  page: string;
  visited: string[];
  answers: Answers;
  revision: number;
}
export interface ColumnConflict {
  field: string;
  column: string;
  value: string;
}
/** The answer of a save. */
export interface SavedAnswers {
  page: string;
  visited: string[];
  answers: Answers;
  revision: number;
  data: Record<string, string>;
  conflicts: ColumnConflict[];
}
