/** A preset's values as people read them. */

import type { PresetValue, Window } from "@/api/types";
import type fr from "./messages.fr";

type Text = typeof fr;
type Unit = keyof Text["units"];

const UNITS: Record<string, Unit> = {
  abandon_message_within_seconds: "seconds",
  ring_seconds: "seconds",
  frequency_calls: "calls",
  frequency_days: "days",
  redial_after_abandoned_hours: "hours",
  redial_after_machine_hours: "hours",
  redial_after_refusal_days: "days",
  opt_out_business_days: "businessDays",
  keep_records_years: "years",
  screening_days: "days",
  data_request_days: "days",
  breach_notice_hours: "hours",
};
const SHARES = ["abandon_target", "abandon_alarm"];

export interface Formats {
  count: (n: number) => string;
  rate: (share: number) => string;
}

export function nameOf(value: PresetValue, t: Text): string {
  return t.values[value.name as keyof Text["values"]] ?? value.name;
}

export function wordsOf({ name, value }: PresetValue, t: Text, formats: Formats): string {
  if (typeof value === "boolean") return value ? t.yes : t.no;
  if (typeof value === "number") {
    if (SHARES.includes(name)) return formats.rate(value);
    const unit = UNITS[name];
    return unit ? t.units[unit](formats.count(value)) : formats.count(value);
  }
  if (typeof value === "string") return choice(value, t);
  return value
    .map((one) => (typeof one === "string" ? choice(one, t) : windowWords(one, t)))
    .join(", ");
}

function choice(value: string, t: Text): string {
  return t.choices[value as keyof Text["choices"]] ?? value;
}

/** "Mon–Fri 10:00–13:00". */
export function windowWords(window: Window, t: Pick<Text, "dayNames">): string {
  const names = t.dayNames.split(" ");
  const days = [...window.days].sort((a, b) => a - b);
  const first = days[0] ?? 1;
  const last = days.at(-1) ?? 7;
  const unbroken = days.length === last - first + 1 && days.length > 1;
  const told = unbroken
    ? `${names[first - 1]}–${names[last - 1]}`
    : days.map((day) => names[day - 1]).join(" ");
  return `${told} ${window.from}–${window.until}`;
}
