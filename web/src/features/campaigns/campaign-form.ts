/** The campaign form as values: its defaults, a campaign's, and the body that is sent. */

import type { Campaign, CampaignState, Mode, Result } from "@/api/types";
import { automatic } from "@/features/pacing/pace-form";

/** What the form asks to be chosen; nothing is, at first. */
type Chosen = "contact_list_id" | "queue_id" | "trunk_id" | "caller_id";
/** What the server says of a campaign and nobody sets. */
type Told =
  | "campaign_id"
  | "state"
  | "state_reason"
  | "state_changed_at"
  | "version"
  | "created_at"
  | "updated_at";

export type CampaignValues = Omit<Campaign, Chosen | Told> & Record<Chosen, string | null>;

/** What the server takes when a result is not named (domain/campaigns/recall.py). */
export const DEFAULT_RECALLS: Record<Result, number | null> = {
  person: null,
  machine: 4 * 3600,
  busy: 900,
  no_answer: 2 * 3600,
  invalid: null,
  congestion: 600,
  rejected: 86400,
  failed: 1800,
  fax: null,
  sit: null,
  cancelled: 0,
  skipped: 3600,
  unknown: 3600,
};

/** Shown at once; the others behind "all results". */
export const COMMON_RECALLS: readonly Result[] = [
  "no_answer",
  "busy",
  "machine",
  "rejected",
  "person",
];

export const NEW_CAMPAIGN: CampaignValues = {
  name: "",
  contact_list_id: null,
  mode: "progressive",
  priority: 3,
  queue_id: null,
  trunk_id: null,
  caller_id: null,
  caller_name: "",
  callable_weekdays: [1, 2, 3, 4, 5, 6],
  callable_from: "08:00",
  callable_until: "20:00",
  callable_time_set_id: null,
  dnc_list_ids: [],
  max_attempts: 4,
  recall_seconds: DEFAULT_RECALLS,
  minimum_gap_seconds: 300,
  attempt_limit_ids: [],
  recall_rules: {},
  number_order: "turns",
  number_label_order: [],
  no_answer_timeout_seconds: 30,
  after_call_limit_seconds: 60,
  call_analysis: false,
  response_set_id: null,
  flow_id: null,
  abandon_flow_id: null,
  flow_notes: [],
  preview_delivery: "push",
  preview_timeout_seconds: 0,
  preview_skip_allowed: true,
  callback_owned_hours: 24,
  callback_after_owned: "anyone",
  callback_takeover: "anyone",
  callback_takeover_minutes: 15,
  callback_deputy_user_id: null,
  callback_latest_hours: 168,
  callback_reminder_minutes: 5,
  callback_own_delivery: "dial",
  callback_anyone_delivery: "dial",
  preview_column: "",
  preview_values: [],
  agent_owned_column: "",
  owner_absent: "wait",
  owner_absent_hours: 24,
  calls_per_agent: 1.5,
  calls_per_agent_ceiling: 15,
  abandon_target: 0.03,
  abandon_window: "day",
  weight: 1,
  agents_kept_free: 0,
  lines_reserved: 0,
  lines_most: 0,
  script: "",
  script_id: null,
  wrap_up_code_ids: [],
  compliance_preset: null,
  consent_purpose: "prospecting",
  consent_required: false,
  contract_calls: false,
  sector: "",
  contact_list_filter_ids: [],
  sort: [],
  sort_mode: "static",
};

const FIELDS = Object.keys(NEW_CAMPAIGN) as (keyof CampaignValues & string)[];

export function valuesOf(campaign: Campaign): CampaignValues {
  const picked = Object.fromEntries(
    FIELDS.map((field) => [field, campaign[field as keyof Campaign]]),
  ) as unknown as CampaignValues;
  return {
    ...picked,
    // Servers may add seconds: "08:00:00".
    callable_from: campaign.callable_from.slice(0, 5),
    callable_until: campaign.callable_until.slice(0, 5),
    recall_seconds: { ...DEFAULT_RECALLS, ...campaign.recall_seconds },
    attempt_limit_ids: campaign.attempt_limit_ids ?? [],
    recall_rules: campaign.recall_rules ?? {},
    number_order: campaign.number_order ?? "turns",
    number_label_order: campaign.number_label_order ?? [],
    flow_notes: campaign.flow_notes ?? [],
  };
}

/** Fields that the mode does not ask for keep their default where they were emptied unseen. */
export function bodyOf(values: CampaignValues): Record<string, unknown> {
  return {
    ...Object.fromEntries(
      FIELDS.map((field) => [
        field,
        values[field] === "" && !asksFor(values.mode, field) ? NEW_CAMPAIGN[field] : values[field],
      ]),
    ),
    name: values.name.trim(),
    caller_name: values.caller_name.trim(),
    callable_weekdays: [...values.callable_weekdays].sort((a, b) => a - b),
    ...unasked(values),
  };
}

/** What a form of the mode inbound shows; the rest is about calls that the campaign would make. */
const OF_CALLERS: readonly string[] = [
  "name",
  "contact_list_id",
  "mode",
  "queue_id",
  "trunk_id",
  "caller_id",
  "caller_name",
  "after_call_limit_seconds",
  "script",
  "script_id",
  "wrap_up_code_ids",
  "flow_notes",
];

/** What a choice elsewhere in the form has made meaningless is not sent. */
function unasked(values: CampaignValues): Partial<CampaignValues> {
  if (values.mode === "inbound") {
    const outbound = FIELDS.filter((field) => !OF_CALLERS.includes(field));
    return Object.fromEntries(outbound.map((field) => [field, NEW_CAMPAIGN[field]]));
  }
  const preview = values.mode === "preview";
  return {
    ...(values.callback_takeover === "deputy" ? {} : { callback_deputy_user_id: null }),
    ...(preview ? {} : { agent_owned_column: "" }),
    ...(preview || values.preview_column === "" ? { preview_column: "", preview_values: [] } : {}),
  };
}

/** What each mode asks for beside the fields that all share. */
export const MODE_FIELDS = {
  preview: ["preview_delivery", "preview_timeout_seconds", "preview_skip_allowed"],
  progressive: ["weight", "agents_kept_free"],
  power: ["calls_per_agent", "weight", "agents_kept_free"],
  predictive: [
    "abandon_target",
    "abandon_window",
    "calls_per_agent_ceiling",
    "weight",
    "agents_kept_free",
  ],
  agentless: ["lines_most"],
  inbound: [],
} as const satisfies Record<Mode, readonly (keyof CampaignValues & string)[]>;

const CALLBACK_NUMBERS = [
  "callback_owned_hours",
  "callback_takeover_minutes",
  "callback_latest_hours",
  "callback_reminder_minutes",
  "owner_absent_hours",
] as const satisfies readonly (keyof CampaignValues & string)[];

export const asksFor = (mode: Mode, field: string): boolean =>
  (MODE_FIELDS[mode] as readonly string[]).includes(field);

/** While a campaign runs, its mode changes among those that dial by themselves. */
export function modeAllowed(saved: Mode, state: CampaignState | undefined, next: Mode): boolean {
  if (state !== "running" && state !== "pausing") return true;
  return saved === next || (automatic(saved) && automatic(next));
}

/** What can be told before asking the server; by field, true where a choice is missing. */
export function missingChoices(values: CampaignValues): Record<string, true> {
  const missing: Record<string, true> = {};
  if (values.name.trim() === "") missing.name = true;
  for (const field of ["contact_list_id", "queue_id", "trunk_id", "caller_id"] as const) {
    if (!values[field]) missing[field] = true;
  }
  if (values.mode === "inbound") return missing;
  if (values.callable_time_set_id === null) {
    if (values.callable_weekdays.length === 0) missing.callable_weekdays = true;
    if (values.callable_from >= values.callable_until) missing.callable_until = true;
  }
  for (const field of CALLBACK_NUMBERS) {
    if ((values[field] as unknown) === "") missing[field] = true;
  }
  if (values.callback_takeover === "deputy" && !values.callback_deputy_user_id) {
    missing.callback_deputy_user_id = true;
  }
  if (values.mode !== "preview" && values.preview_column && values.preview_values.length === 0) {
    missing.preview_values = true;
  }
  if (values.mode === "agentless") {
    if (!values.flow_id) missing.flow_id = true;
    if (!values.lines_most) missing.lines_most = true;
  }
  for (const field of MODE_FIELDS[values.mode]) {
    // An emptied number field holds "".
    if ((values[field] as unknown) === "") missing[field] = true;
  }
  return missing;
}

/** Minutes since midnight of "08:30". */
export function minutesOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** Seconds of calling in a week. */
export function weekSeconds(
  values: Pick<CampaignValues, "callable_weekdays" | "callable_from" | "callable_until">,
): number {
  const day = Math.max(0, minutesOf(values.callable_until) - minutesOf(values.callable_from));
  return day * 60 * values.callable_weekdays.length;
}

const PLACEHOLDER = /\{\{[ \t]*([^{}\n]{1,200}?)[ \t]*\}\}/g;

/** Names of columns that the script asks for and the list does not have. */
export function unknownPlaceholders(script: string, columns: readonly string[]): string[] {
  const names = [...script.matchAll(PLACEHOLDER)].map((match) => match[1] ?? "");
  return [...new Set(names)].filter((name) => !columns.includes(name));
}
