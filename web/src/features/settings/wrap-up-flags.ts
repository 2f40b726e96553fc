/** Flags of a wrap-up code as the form has them: one outcome, and the rest. */

import type { WrapUpFlag } from "@/api/types";

export const OUTCOMES = ["success", "neutral", "failure"] as const;
export const EFFECTS = [
  "right_party",
  "callback",
  "machine",
  "refusal",
  "do_not_call",
  "number_uncallable",
  "contact_uncallable",
] as const;

export type Outcome = (typeof OUTCOMES)[number] | "none";

export function outcomeOf(flags: readonly WrapUpFlag[]): Outcome {
  return OUTCOMES.find((outcome) => flags.includes(outcome)) ?? "none";
}

/** An outcome is a success, a failure or neutral: never two of them. */
export function withOutcome(flags: readonly WrapUpFlag[], outcome: Outcome): WrapUpFlag[] {
  const rest = flags.filter((flag) => !(OUTCOMES as readonly string[]).includes(flag));
  return outcome === "none" ? rest : [...rest, outcome];
}

export function withEffect(
  flags: readonly WrapUpFlag[],
  effect: WrapUpFlag,
  on: boolean,
): WrapUpFlag[] {
  const rest = flags.filter((flag) => flag !== effect);
  return on ? [...rest, effect] : rest;
}
