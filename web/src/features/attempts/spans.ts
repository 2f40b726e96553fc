/** Durations inside an attempt, in seconds; null where it did not get that far. */

import type { AttemptRow, Time } from "@/api/types";

function between(from: Time | null, until: Time | null): number | null {
  if (!from || !until) return null;
  return Math.max(0, (Date.parse(until) - Date.parse(from)) / 1000);
}

/** When the attempt was begun: dialled, or else offered to an agent. */
export function begunAt(attempt: AttemptRow): string | null {
  return attempt.dialling_at ?? attempt.reserved_at ?? attempt.offered_at;
}

export function spans(attempt: AttemptRow) {
  return {
    ring: between(
      attempt.ringing_at ?? attempt.dialling_at,
      attempt.answered_at ?? attempt.closed_at,
    ),
    answerToAgent: between(attempt.answered_at, attempt.connected_at),
    message: between(attempt.message_started_at, attempt.message_ended_at),
    talk: between(attempt.connected_at, attempt.closed_at),
  };
}

const STEPS = [
  "offered_at",
  "reserved_at",
  "dialling_at",
  "ringing_at",
  "answered_at",
  "message_started_at",
  "opted_out_at",
  "message_ended_at",
  "connected_at",
  "closed_at",
] as const;

export type Step = (typeof STEPS)[number];

/** What happened, in its order; steps that an attempt did not reach are left out. */
export function stepsOf(attempt: AttemptRow): [Step, Time][] {
  return STEPS.flatMap((step) => {
    const at = attempt[step];
    return at ? [[step, at] as [Step, Time]] : [];
  });
}
