/** Changes of the table that are not saved yet. */

import type { MappedOutcome, OutcomeTable, WrapUpFlag } from "@/api/types";

export const FLAGS: readonly WrapUpFlag[] = [
  "right_party",
  "success",
  "failure",
  "neutral",
  "do_not_call",
  "number_uncallable",
  "contact_uncallable",
  "callback",
  "machine",
  "refusal",
];
export const SYSTEM_FLAGS: readonly WrapUpFlag[] = [
  "right_party",
  "success",
  "failure",
  "neutral",
  "number_uncallable",
  "contact_uncallable",
];
const BUSINESS: readonly WrapUpFlag[] = ["success", "failure", "neutral"];

/** Outcome → its new flags; `null`: as inherited. */
export interface Changes {
  outcomes: Record<string, WrapUpFlag[] | null>;
  default: WrapUpFlag[] | null;
}

export const NOTHING: Changes = { outcomes: {}, default: null };

export const isSystem = (row: MappedOutcome): boolean => row.name === "";

/** An outcome is a success, a failure or neutral: the one chosen last stays. */
export function chosen(before: readonly WrapUpFlag[], now: readonly string[]): WrapUpFlag[] {
  const flags = FLAGS.filter((flag) => now.includes(flag));
  const added = BUSINESS.filter((flag) => flags.includes(flag) && !before.includes(flag));
  const last = added[0];
  if (last === undefined) return flags;
  return flags.filter((flag) => !BUSINESS.includes(flag) || flag === last);
}

/** What a row shows while changes wait. */
export function shown(table: OutcomeTable, changes: Changes, row: MappedOutcome): WrapUpFlag[] {
  const change = changes.outcomes[row.outcome];
  if (change) return change;
  const inherits = change === null || row.source === "default";
  if (inherits && table.campaign_id === null && !isSystem(row)) {
    return changes.default ?? table.default;
  }
  return row.flags;
}

export const countOf = (changes: Changes): number =>
  Object.keys(changes.outcomes).length + (changes.default === null ? 0 : 1);
