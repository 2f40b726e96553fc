/** Flows as the API tells them; documents are described in docs/developers/flows.md. */

import type { Time } from "@/api/types";
import type { Condition as AnyCondition } from "@/features/scripts/types";

export type FieldKind =
  | "parts"
  | "template"
  | "whole"
  | "flag"
  | "choice"
  | "key"
  | "name"
  | "names"
  | "texts"
  | "language"
  | "variable"
  | "reference"
  | "condition"
  | "list"
  | "map";

export interface NodeField {
  name: string;
  kind: FieldKind;
  required: boolean;
  /** What counts when nothing is set. */
  default: unknown;
  least: number;
  most: number;
  choices: string[];
  noun: string;
  types: string[];
  fields: NodeField[];
}

export interface NodeType {
  type: string;
  fields: NodeField[];
  needed_ways: string[];
  possible_ways: string[];
  /** `options.key`: every entry's `key` is a way too. */
  ways_from: string;
  /** A way that leads nowhere → the way taken for it. */
  instead: Record<string, string>;
  asks: boolean;
  ends: boolean;
}
export type NodeTypes = ReadonlyMap<string, NodeType>;

export interface FlowNode {
  id: string;
  type: string;
  title?: string;
  x?: number;
  y?: number;
  ways?: Record<string, string>;
  [setting: string]: unknown;
}

export const VARIABLE_TYPES = [
  "text",
  "number",
  "amount",
  "date",
  "time",
  "digits",
  "yes_no",
] as const;

export interface Variable {
  name: string;
  type: string;
  personal?: boolean;
  value?: string;
}

export interface FlowDocument {
  languages: string[];
  start: string;
  on_error?: string;
  limits?: { steps?: number; seconds?: number; visits?: number };
  variables?: Variable[];
  nodes: FlowNode[];
}

export type Source = "variable" | "call" | "person" | "contact";
export type Condition = AnyCondition<Source>;

export interface Part {
  prompt?: string;
  values?: Record<string, string>;
  text?: Record<string, string>;
  number?: string;
  amount?: string;
  date?: string;
  time?: string;
  digits?: string;
  parts?: Part[];
  when?: Condition | null;
  language?: string;
}

export interface Finding {
  /** '': of the flow as a whole. */
  node: string;
  field: string;
  code: string;
  message: string;
}

export interface FlowUser {
  kind: string;
  name: string;
}

export interface FlowRow {
  flow_id: string;
  name: string;
  nodes: number;
  languages: string[];
  tests_count: number;
  published_version: number | null;
  version: number;
  updated_at: Time;
}

export interface ListedFlow extends FlowRow {
  /** Since it was published. */
  draft_changed: boolean;
  used_by: string[];
}

export interface Flow extends FlowRow {
  draft: FlowDocument;
  tests: FlowTest[];
  findings: Finding[];
  users: FlowUser[];
  /** Name → types of what calls note; of the draft where none is published. */
  notes: Record<string, string[]>;
}

export interface FlowVersion {
  version: number;
  note: string;
  restored_from: number | null;
  user_name: string | null;
  published_at: Time;
  document: FlowDocument;
  tests: FlowTest[];
}

export interface FlowFile {
  kwabo_flow: number;
  name: string;
  document: FlowDocument;
  tests: FlowTest[];
  names: Record<string, Record<string, string>>;
}

// ── Trying ──────────────────────────────────────────────────────────────────────────────────────

export interface Facts {
  caller: string;
  called: string;
  language: string;
  medium: "voice" | "text";
  person: Record<string, string>;
  contact: Record<string, string>;
}

export interface Passed {
  flow_id: string;
  node: string;
  /** '': the begin; `call`, `return`, `error`; else the way that led here. */
  way: string;
}

export interface SaidPart {
  type: string;
  key?: string;
  text?: string;
  value?: string;
  language: string;
  /** Language → words of the product’s own, where the library has no recording. */
  instead?: Record<string, string>;
}

/** What a flow asks of the one who executes it, see domain/flows/actions.py. */
export interface FlowAction {
  type: string;
  [value: string]: unknown;
}

export interface FlowInput {
  type: string;
  [value: string]: unknown;
}

export interface Cursor {
  flow_id: string;
  node: string;
  state: Record<string, string | number>;
  limit_timer: string;
  variables: Record<string, string>;
  language: string;
}

export interface TrialStep {
  cursor: Cursor | null;
  actions: FlowAction[];
  outcome: string;
  trail: Passed[];
}

export type TestStep = Record<string, string | number | boolean>;

export interface FlowTest {
  name: string;
  medium?: "voice" | "text";
  now?: string;
  facts?: Partial<Omit<Facts, "medium">>;
  steps?: TestStep[];
  data?: {
    sources?: Record<string, { outputs?: Record<string, string>; failure?: string }>;
    hours?: Record<string, string>;
    incidents?: { incident_id: string; texts: Record<string, string> }[];
    recordings?: { code: string; prompts: number; failing?: number };
  };
  expected: {
    trail?: string[];
    outcome?: string;
    said?: string[];
    results?: Record<string, string>;
  };
}

export interface TestAnswer {
  name: string;
  passed: boolean;
  trail: string[];
  outcome: string;
  said: string[];
  results: Record<string, string>;
  unused_steps: number;
  differences: Finding[];
}
