/** Why a campaign starts as many calls as it does, in words: a lead by reason, then its figures. */

import type { AutomaticMode, Pacing, PacingReason } from "@/api/types";

/** Figures as sentences need them: for the plural as shown, and as text. */
export interface Said {
  mode: AutomaticMode;
  ready: number;
  readyText: string;
  waiting: number;
  waitingText: string;
  inAir: number;
  inAirText: string;
  /** In whole agents: nobody is 0.7 free. */
  freeSoon: number;
  freeSoonText: string;
  /** "12 s" */
  horizon: string;
  answers: number;
  answersText: string;
  budget: number;
  budgetText: string;
  pace: string;
  rate: string;
  target: string;
}

type Fact = "ready" | "free_soon" | "in_air" | "answers" | "budget";

interface Numbers {
  count: (value: number) => string;
  decimal: (value: number, digits?: number) => string;
  rate: (rate: number) => string;
}

interface Words {
  leads: Record<PacingReason, (said: Said) => string>;
  facts: Record<Fact, (said: Said) => string>;
  /** Between facts. */
  between: string;
}

/** In predictive mode; the others look at nothing but the agents who are ready now. */
const FACTS: Record<PacingReason, readonly Fact[]> = {
  ENOUGH: ["free_soon", "in_air", "budget"],
  DIALLING: ["ready", "free_soon", "in_air", "budget"],
  LEARNING: ["ready", "in_air"],
  BUDGET_SPENT: ["ready", "in_air"],
  NO_ROOM: ["ready", "in_air"],
  CEILING: ["free_soon", "in_air"],
  NO_AGENTS: ["in_air"],
  CALLERS_WAIT: ["free_soon", "in_air"],
  TURN_OF_OTHERS: ["ready", "in_air"],
};
const OF_READY: readonly Fact[] = ["ready", "in_air"];

const tenth = (value: number) => Math.round(value * 10) / 10;

export function saidOf(pacing: Pacing, numbers: Numbers): Said {
  const { figures } = pacing;
  const freeSoon = Math.round(figures.free_soon);
  const budget = Math.max(0, tenth(figures.budget));
  const answers = tenth(figures.answers_expected);
  return {
    mode: pacing.mode,
    ready: figures.ready,
    readyText: numbers.count(figures.ready),
    waiting: figures.waiting,
    waitingText: numbers.count(figures.waiting),
    inAir: figures.in_air,
    inAirText: numbers.count(figures.in_air),
    freeSoon,
    freeSoonText: numbers.count(freeSoon),
    horizon: `${numbers.count(Math.max(1, Math.round(figures.horizon)))} s`,
    answers,
    answersText: numbers.decimal(answers, 1),
    budget,
    budgetText: numbers.decimal(budget, 1),
    pace: numbers.decimal(figures.pace, 1),
    rate: numbers.rate(figures.rate),
    target: numbers.rate(pacing.target),
  };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The lead, and the figures in one sentence after it. */
export function sentencesOf(
  pacing: Pacing,
  words: Words,
  numbers: Numbers,
): { lead: string; facts: string } {
  const said = saidOf(pacing, numbers);
  const facts = FACTS[pacing.reason].filter(
    (fact) => pacing.mode === "predictive" || OF_READY.includes(fact),
  );
  return {
    lead: words.leads[pacing.reason](said),
    facts:
      facts.length === 0
        ? ""
        : `${capital(facts.map((fact) => words.facts[fact](said)).join(words.between))}.`,
  };
}
