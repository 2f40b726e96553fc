/** How a callback stands, for people: its tone, and whether it is late. */

import type { Callback } from "@/api/types";
import type { Tone } from "@/shared/StatusBadge";

export type Standing = Callback["state"] | "overdue";

/** Due for longer than somebody else may have taken it over. */
export function standingOf(callback: Callback, nowSeconds: number): Standing {
  const seconds = (at: string) => Date.parse(at) / 1000;
  const due = callback.state === "open" || callback.state === "due";
  if (!due) return callback.state;
  if (seconds(callback.due_at) > nowSeconds) return "open";
  return seconds(callback.takeover_at ?? callback.due_at) <= nowSeconds - 60 ? "overdue" : "due";
}

export const TONES: Record<Standing, Tone> = {
  open: "quiet",
  due: "warn",
  overdue: "bad",
  offered: "info",
  dialled: "info",
  done: "good",
  missed: "bad",
  expired: "bad",
  cancelled: "quiet",
};

/** Whether people can still change it. */
export const canChange = (callback: Callback) => ["open", "due"].includes(callback.state);
export const canReschedule = (callback: Callback) =>
  ["open", "due", "missed", "expired"].includes(callback.state);

export const nameOf = (callback: Callback, formatted: string) =>
  callback.contact_name === "" ? formatted : callback.contact_name;
