/** A rule set as the form holds it, and as the server takes it. */

import type { RuleKind } from "@/api/types";

/** A condition, an action or a part of a date condition: its type and that type's fields. */
export interface Piece {
  key: string;
  type: string;
  inverted?: boolean;
  parts?: Piece[];
  /** Of a group. */
  conditions?: Piece[];
  [field: string]: unknown;
}

export interface RuleDraft {
  key: string;
  name: string;
  active: boolean;
  conditions: Piece[];
  actions: Piece[];
}

export interface RuleSetValues {
  name: string;
  rules: RuleDraft[];
  [field: string]: unknown;
}

export const TEXT_OPERATORS = ["EQUALS", "CONTAINS", "BEGINS_WITH", "ENDS_WITH"] as const;
export const OPERATORS: Record<string, readonly string[]> = {
  STRING: TEXT_OPERATORS,
  NUMERIC: ["EQUALS", "LESS_THAN", "LESS_THAN_EQUALS", "GREATER_THAN", "GREATER_THAN_EQUALS"],
  DATETIME: ["BEFORE", "AFTER", "EQUALS"],
  PERIOD: ["LESS_THAN", "LESS_THAN_EQUALS", "GREATER_THAN", "GREATER_THAN_EQUALS"],
};

const CONDITIONS: Record<string, Omit<Piece, "key" | "type">> = {
  contact_attribute: { column: "", value_type: "STRING", operator: "EQUALS", value: "" },
  system_result: { results: [] },
  wrap_up_code: { codes: [] },
  phone_number: { operator: "BEGINS_WITH", value: "+229" },
  phone_number_type: { labels: "" },
  call_analysis: { results: ["machine"] },
  contact_property: {
    property: "LAST_ATTEMPT",
    by_column: false,
    value_type: "PERIOD",
    operator: "LESS_THAN",
    value: "60",
  },
  time_and_date: { time_zone: "", parts: [] },
  data_action: {
    data_action_id: null,
    output: "",
    value_type: "STRING",
    operator: "EQUALS",
    value: "",
    data_not_found_resolution: false,
  },
};
const ACTIONS: Record<string, Omit<Piece, "key" | "type">> = {
  DO_NOT_DIAL: { minutes: "" },
  MODIFY_CONTACT_ATTRIBUTE: { column: "", mode: "SET", value: "" },
  APPEND_NUMBER_TO_DNC_LIST: { dnc_list_id: null, days: "" },
  APPEND_CUSTOM_ENTRY_TO_DNC_LIST: { dnc_list_id: null, column: "", days: "" },
  SCHEDULE_CALLBACK: { minutes: 60 },
  CONTACT_UNCALLABLE: {},
  NUMBER_UNCALLABLE: {},
  SWITCH_TO_PREVIEW: {},
  SET_CALLER_ID: { caller_id: "" },
  SET_SKILLS: { skills: [], language_column: "" },
  DATA_ACTION: { data_action_id: null, write: {} },
};
const PARTS: Record<string, Omit<Piece, "key" | "type">> = {
  time_of_day: { start: "08:00", until: "12:00" },
  day_of_week: { days: [1, 2, 3, 4, 5] },
  day_of_month: { days: ["1"] },
  specific_date: { first: "", last: "", every_year: false },
};
/** Parts of campaign rules: figures of a campaign, and what is done with campaigns and sequences. */
const FIGURE = { campaign_id: null, operator: "GREATER_THAN_EQUALS", value: 50 };
const OF_CAMPAIGNS: Record<string, Omit<Piece, "key" | "type">> = {
  campaign_progress: FIGURE,
  campaign_agents: { ...FIGURE, operator: "LESS_THAN", value: 1 },
  records_attempted: FIGURE,
  valid_attempts: FIGURE,
  right_party_contacts: FIGURE,
  business_success: FIGURE,
  business_neutral: FIGURE,
  business_failure: FIGURE,
  run_time: { ...FIGURE, value: 60 },
  wait_time: { ...FIGURE, operator: "GREATER_THAN", value: 10 },
  group: { match: "any", conditions: [] },
  week_day_of_month: { week: 1, day: 1 },
  turn_on_campaign: { campaign_id: null },
  turn_off_campaign: { campaign_id: null },
  turn_on_sequence: { sequence_id: null },
  turn_off_sequence: { sequence_id: null },
  set_priority: { campaign_id: null, value: 5 },
  set_dialing_mode: { campaign_id: null, value: "progressive" },
  set_abandon_target: { campaign_id: null, value: 3 },
  set_weight: { campaign_id: null, value: 2 },
  set_calls_per_agent: { campaign_id: null, value: 1.5 },
  set_lines_most: { campaign_id: null, value: 0 },
  set_lines_reserved: { campaign_id: null, value: 0 },
  change_queue: { campaign_id: null, queue_id: null },
  recycle: {
    campaign_id: null,
    results: [],
    unreached: true,
    used_up: false,
    reset_counters: true,
  },
};
export const figureTypes = Object.keys(OF_CAMPAIGNS).filter(
  (type) => "operator" in (OF_CAMPAIGNS[type] ?? {}),
);
export const campaignActionTypes = Object.keys(OF_CAMPAIGNS).filter((type) =>
  /^(turn|set)_|^change_queue$|^recycle$/.test(type),
);

const ONLY_BEFORE = ["DO_NOT_DIAL", "SWITCH_TO_PREVIEW", "SET_CALLER_ID", "SET_SKILLS"];

export const conditionTypes = (kind: RuleKind): string[] =>
  Object.keys(CONDITIONS).filter((type) => type !== "call_analysis" || kind === "wrap_up");
export const actionTypes = (kind: RuleKind): string[] =>
  Object.keys(ACTIONS).filter((type) => kind === "pre_call" || !ONLY_BEFORE.includes(type));
export const partTypes = Object.keys(PARTS);

let made = 0;
const nextKey = () => {
  made += 1;
  return `piece-${made}`;
};
const copy = <T>(value: T): T => structuredClone(value);

export function newPiece(type: string): Piece {
  const fields = CONDITIONS[type] ?? ACTIONS[type] ?? PARTS[type] ?? OF_CAMPAIGNS[type] ?? {};
  return { key: nextKey(), type, inverted: false, ...copy(fields) };
}

export const newRule = (name: string, kind: RuleKind): RuleDraft => ({
  key: nextKey(),
  name,
  active: true,
  conditions: [newPiece("contact_attribute")],
  actions: [newPiece(kind === "pre_call" ? "DO_NOT_DIAL" : "MODIFY_CONTACT_ATTRIBUTE")],
});

const list = (written: unknown): string[] =>
  String(written ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
const whole = (written: unknown): number | null =>
  written === "" || written === null || written === undefined ? null : Number(written);

/** What stands in text fields of the form as lists and numbers of the document. */
export function sent({ key: _, ...piece }: Piece): Record<string, unknown> {
  const body: Record<string, unknown> = { ...piece };
  if (piece.parts) body.parts = piece.parts.map(sent);
  if (piece.conditions) body.conditions = piece.conditions.map(sent);
  if (piece.type === "DATA_ACTION") {
    const write = Object.entries(piece.write as Record<string, string>);
    body.write = Object.fromEntries(write.filter(([, column]) => column.trim() !== ""));
  }
  if (piece.type === "phone_number_type") body.labels = list(piece.labels);
  if (piece.type === "day_of_month") {
    body.days = (piece.days as string[]).map((day) => (/^\d+$/.test(day) ? Number(day) : day));
  }
  if ("minutes" in piece) body.minutes = whole(piece.minutes);
  if ("days" in piece && piece.type.startsWith("APPEND")) body.days = whole(piece.days);
  if (piece.type === "specific_date" && piece.last === "") body.last = piece.first;
  return body;
}

export function bodyOf(values: RuleSetValues) {
  return {
    name: values.name,
    rules: values.rules.map((rule) => ({
      name: rule.name,
      active: rule.active,
      conditions: rule.conditions.map(sent),
      actions: rule.actions.map(sent),
    })),
  };
}

export function taken(written: Record<string, unknown>): Piece {
  const type = String(written.type);
  const piece: Piece = { ...newPiece(type), ...copy(written), type };
  if (Array.isArray(written.parts)) piece.parts = written.parts.map(taken);
  if (Array.isArray(written.conditions)) piece.conditions = written.conditions.map(taken);
  if (Array.isArray(written.labels)) piece.labels = (written.labels as string[]).join(", ");
  if (type === "day_of_month" && Array.isArray(written.days)) piece.days = written.days.map(String);
  for (const field of ["minutes", "days"]) if (piece[field] === null) piece[field] = "";
  return piece;
}

interface Kept {
  name: string;
  rules: Record<string, unknown>[];
}

export function valuesOf(kept: Kept): RuleSetValues {
  return {
    name: kept.name,
    rules: kept.rules.map((rule) => ({
      key: nextKey(),
      name: String(rule.name ?? ""),
      active: rule.active !== false,
      conditions: ((rule.conditions ?? []) as Record<string, unknown>[]).map(taken),
      actions: ((rule.actions ?? []) as Record<string, unknown>[]).map(taken),
    })),
  };
}
