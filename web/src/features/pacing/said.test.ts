// @vitest-environment jsdom

import { expect, test } from "vitest";
import type { Language, Pacing, PacingReason } from "@/api/types";
import { formatCount, formatDecimal, formatRate } from "@/formats/number";
import en from "./messages.en";
import fr from "./messages.fr";
import { sentencesOf } from "./said";

const PACING: Pacing = {
  mode: "predictive",
  reason: "ENOUGH",
  target: 0.03,
  window: "day",
  live: 420,
  abandoned: 9,
  dialled: 1400,
  figures: {
    ready: 1,
    waiting: 2,
    in_air: 9,
    answers_expected: 2.41,
    free_soon: 1.8,
    horizon: 12.2,
    risk: 0.021,
    risk_allowed: 0.024,
    answer_rate: 0.3,
    budget: 1.84,
    rate: 0.031,
    rate_of_all: 0.0064,
    pace: 2.43,
  },
};

function said(
  language: Language,
  change: Partial<Pacing>,
  figures: Partial<Pacing["figures"]> = {},
) {
  const pacing = { ...PACING, ...change, figures: { ...PACING.figures, ...figures } };
  const { lead, facts } = sentencesOf(pacing, language === "fr" ? fr : (en as typeof fr), {
    count: (value) => formatCount(value, language),
    decimal: (value, digits) => formatDecimal(value, language, digits),
    rate: (rate) => formatRate(rate, language),
  });
  // Intl puts narrow and unbreakable spaces.
  return `${lead} ${facts}`.trim().replace(/[\u00a0\u202f]/g, " ");
}

const SAID: Record<PacingReason, [string, string]> = {
  ENOUGH: [
    "Assez d’appels sont lancés : un de plus risquerait trop de tomber sans agent. 2 agents devraient se libérer d’ici 12 s ; 9 appels sonnent ; il reste 1,8 abandon dans le budget.",
    "Enough calls are out: one more would risk too much that nobody can take it. 2 agents should get free within 12 s; 9 calls are ringing; 1.8 abandons are left in the budget.",
  ],
  DIALLING: [
    "Kwabo lance des appels. 1 agent est disponible ; 2 agents devraient se libérer d’ici 12 s ; 9 appels sonnent ; il reste 1,8 abandon dans le budget.",
    "Kwabo is starting calls. 1 agent is available; 2 agents should get free within 12 s; 9 calls are ringing; 1.8 abandons are left in the budget.",
  ],
  LEARNING: [
    "Kwabo connaît encore mal cette campagne : un appel par agent, le temps d’apprendre. 1 agent est disponible ; 9 appels sonnent.",
    "Kwabo knows too little of this campaign yet: one call per agent while it learns. 1 agent is available; 9 calls are ringing.",
  ],
  BUDGET_SPENT: [
    "Le budget d’abandons est épuisé (taux 3,1 %, visé 3 %) : un seul appel par agent, jusqu’à ce que le taux redescende. 1 agent est disponible ; 9 appels sonnent.",
    "The abandon budget is spent (rate 3.1%, target 3%): one call per agent until the rate comes down. 1 agent is available; 9 calls are ringing.",
  ],
  NO_ROOM: [
    "La ligne de l’opérateur est pleine, ou ses appels par seconde sont épuisés : rien de plus ne part pour l’instant. 1 agent est disponible ; 9 appels sonnent.",
    "The carrier’s trunk is full, or its calls per second are used up: nothing more goes out for now. 1 agent is available; 9 calls are ringing.",
  ],
  CEILING: [
    "Le plafond d’appels par agent est atteint (2,4 par agent libre ou bientôt libre). 2 agents devraient se libérer d’ici 12 s ; 9 appels sonnent.",
    "The most calls per agent are out (2.4 for each agent who is free or soon will be). 2 agents should get free within 12 s; 9 calls are ringing.",
  ],
  NO_AGENTS: [
    "Aucun agent n’est libre ni près de l’être : rien n’est lancé. 9 appels sonnent.",
    "No agent is free or soon will be: nothing is started. 9 calls are ringing.",
  ],
  TURN_OF_OTHERS: [
    "C’est le tour des autres campagnes de l’équipe : elles lancent ce que ses agents peuvent prendre. Chacune appelle selon sa priorité et son poids. 1 agent est disponible ; 9 appels sonnent.",
    "It is the turn of the team’s other campaigns: they start what its agents can take. Each calls by its priority and its weight. 1 agent is available; 9 calls are ringing.",
  ],
  CALLERS_WAIT: [
    "2 personnes ont répondu et attendent un agent : elles passent d’abord. 2 agents devraient se libérer d’ici 12 s ; 9 appels sonnent.",
    "2 people have answered and wait for an agent: they come first. 2 agents should get free within 12 s; 9 calls are ringing.",
  ],
};

test.each(Object.entries(SAID))("%s is said in both languages", (reason, [french, english]) => {
  expect(said("fr", { reason: reason as PacingReason })).toBe(french);
  expect(said("en", { reason: reason as PacingReason })).toBe(english);
});

test("modes that look at nothing ahead speak of ready agents alone", () => {
  expect(said("fr", { mode: "progressive" })).toBe(
    "Chaque agent disponible a déjà son appel. 9 appels sonnent.",
  );
  expect(said("en", { mode: "power", reason: "DIALLING" })).toBe(
    "Kwabo is starting calls, in the set ratio. 1 agent is available; 9 calls are ringing.",
  );
});

test("none, one and less than one are said as people say them", () => {
  const figures = { ready: 0, free_soon: 0.4, in_air: 1, budget: -0.7, horizon: 0.2 };
  expect(said("fr", { reason: "DIALLING" }, figures)).toBe(
    "Kwabo lance des appels. Aucun agent n’est disponible ; aucun agent ne devrait se libérer d’ici 1 s ; 1 appel sonne ; il ne reste aucun abandon dans le budget.",
  );
  expect(said("fr", { reason: "CALLERS_WAIT" }, { ...figures, waiting: 1 })).toContain(
    "1 personne a répondu et attend un agent : elle passe d’abord.",
  );
  expect(said("en", { reason: "CALLERS_WAIT" }, { ...figures, waiting: 1, free_soon: 1.2 })).toBe(
    "1 person has answered and waits for an agent: they come first. 1 agent should get free within 1 s; 1 call is ringing.",
  );
  expect(said("en", {}, { in_air: 0, budget: 1.04 })).toContain(
    "no call is ringing; 1 abandon is left",
  );
});
