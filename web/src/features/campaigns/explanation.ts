/** How an explanation is said: whether, when, and in which tone. */

import type { Check, Explanation } from "@/api/types";
import type { Tone } from "@/shared/StatusBadge";

export type Outlook = "now" | "at" | "waiting" | "never";

/** Codes that only a person can end: there is no moment to wait for. */
const FINAL = new Set([
  "FINISHED",
  "CONTACT_UNCALLABLE",
  "NO_CALLABLE_NUMBER",
  "DNC_LISTED",
  "ATTEMPT_LIMIT",
  "TIME_ZONE_UNKNOWN",
]);

export function outlookOf(explanation: Explanation): Outlook {
  if (explanation.callable) return "now";
  const expires = explanation.code === "DNC_LISTED" && explanation.next_attempt_at !== null;
  if (FINAL.has(explanation.code) && !expires) return "never";
  return explanation.next_attempt_at === null ? "waiting" : "at";
}

export const OUTLOOK_TONES: Record<Outlook, Tone> = {
  now: "good",
  at: "info",
  waiting: "warn",
  never: "bad",
};

export const VERDICT_TONES: Record<Check["verdict"], Tone> = {
  allowed: "good",
  later: "info",
  denied: "bad",
};
