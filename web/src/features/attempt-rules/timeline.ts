/** When the calls of a recall rule would be, after a first one: for the preview in the form. */

import type { RecallRule } from "./types";

export type Part = "morning" | "noon" | "evening";

export interface Call {
  /** Whole days after the first call's. */
  day: number;
  /** Minutes since midnight. */
  minutes: number;
  part: Part;
}

const DAY = 24 * 60;
const NOON = 12 * 60;
const EVENING = 17 * 60;

export function partOf(minutes: number): Part {
  if (minutes < NOON) return "morning";
  return minutes < EVENING ? "noon" : "evening";
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** The beginning of the part of the day that follows an instant in minutes. */
function nextPart(at: number, dayBegins: number): number {
  const day = Math.floor(at / DAY) * DAY;
  const part = partOf(at - day);
  if (part === "morning") return day + NOON;
  if (part === "noon") return day + EVENING;
  return day + DAY + (dayBegins < NOON ? dayBegins : 0);
}

/** The first call at `begin` and those that follow, at most `atMost` in all. */
export function callsOf(
  rule: RecallRule,
  begin: string,
  dayBegins: string,
  atMost: number,
): Call[] {
  const instants = [minutesOf(begin)];
  const recalls = Math.min(
    atMost - 1,
    rule.most ?? Number.POSITIVE_INFINITY,
    rule.afterwards === "finish" ? rule.steps.length : Number.POSITIVE_INFINITY,
  );
  for (let index = 0; index < recalls; index += 1) {
    const step = rule.steps[Math.min(index, rule.steps.length - 1)];
    const last = instants[instants.length - 1];
    if (step === undefined || last === undefined) break;
    let due: number;
    if ("after_seconds" in step) due = last + step.after_seconds / 60;
    else {
      due = (Math.floor(last / DAY) + step.days) * DAY + minutesOf(step.at);
      if (due <= last) due += DAY;
    }
    if (rule.other_hours && partOf(due % DAY) === partOf(last % DAY)) {
      due = nextPart(due, minutesOf(dayBegins));
    }
    instants.push(due);
  }
  return instants.map((at) => ({
    day: Math.floor(at / DAY),
    minutes: Math.round(at % DAY),
    part: partOf(at % DAY),
  }));
}

export function clock(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return `${String(hours).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
