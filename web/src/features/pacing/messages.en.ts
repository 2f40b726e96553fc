import type { Like } from "@/i18n/messages";
import { pluralEn } from "@/i18n/messages";
import type fr from "./messages.fr";

const lead = {
  progressive: "Every available agent has a call already.",
  power: "Every available agent has the set number of calls already.",
  predictive: "Enough calls are out: one more would risk too much that nobody can take it.",
};

const en: Like<typeof fr> = {
  title: "Pacing",
  reasons: {
    ENOUGH: "Enough calls",
    DIALLING: "Starting calls",
    LEARNING: "Learning",
    BUDGET_SPENT: "Budget spent",
    NO_ROOM: "Trunk full",
    CEILING: "Ceiling reached",
    NO_AGENTS: "No agents",
    CALLERS_WAIT: "People wait",
    TURN_OF_OTHERS: "Others’ turn",
  },
  leads: {
    ENOUGH: (said) => lead[said.mode],
    DIALLING: (said) =>
      said.mode === "power"
        ? "Kwabo is starting calls, in the set ratio."
        : "Kwabo is starting calls.",
    LEARNING: () =>
      "Kwabo knows too little of this campaign yet: one call per agent while it learns.",
    BUDGET_SPENT: (said) =>
      `The abandon budget is spent (rate ${said.rate}, target ${said.target}): one call per agent until the rate comes down.`,
    NO_ROOM: () =>
      "The carrier’s trunk is full, or its calls per second are used up: nothing more goes out for now.",
    CEILING: (said) =>
      `The most calls per agent are out (${said.pace} for each agent who is free or soon will be).`,
    NO_AGENTS: () => "No agent is free or soon will be: nothing is started.",
    CALLERS_WAIT: (said) =>
      `${said.waitingText} ${pluralEn(said.waiting, "person has answered and waits", "people have answered and wait")} for an agent: they come first.`,
    TURN_OF_OTHERS: () =>
      "It is the turn of the team’s other campaigns: they start what its agents can take. Each calls by its priority and its weight.",
  },
  facts: {
    ready: (said) =>
      said.ready === 0
        ? "no agent is available"
        : `${said.readyText} ${pluralEn(said.ready, "agent is", "agents are")} available`,
    free_soon: (said) =>
      said.freeSoon === 0
        ? `no agent should get free within ${said.horizon}`
        : `${said.freeSoonText} ${pluralEn(said.freeSoon, "agent", "agents")} should get free within ${said.horizon}`,
    in_air: (said) =>
      said.inAir === 0
        ? "no call is ringing"
        : `${said.inAirText} ${pluralEn(said.inAir, "call is", "calls are")} ringing`,
    answers: (said) =>
      `${said.answersText} ${pluralEn(said.answers, "answer", "answers")} expected`,
    budget: (said) =>
      said.budget <= 0
        ? "no abandon is left in the budget"
        : `${said.budgetText} ${pluralEn(said.budget, "abandon is", "abandons are")} left in the budget`,
  },
  between: "; ",
  standsStill: "No call is started",
  pace: "Pace",
  paceText: (pace) => `${pace} per agent`,
  paceHint: "calls in the air per agent who is free or soon will be",
  abandon: "Abandon",
  ofTarget: (rate, target) => `${rate}, target ${target}`,
  ofAll: (rate) => `${rate} of all calls started`,
  windows: { day: "over 24 hours", "30_days": "over 30 days" },
  counted: (abandoned, live) =>
    `${abandoned} of ${pluralEn(live, `${live} answer`, `${live} answers`)}`,
  noLive: "Nobody has answered yet.",
  levels: { calm: "Within the target", near: "Close to the target", over: "Over the target" },
  waiting: (n) => `${n} ${pluralEn(n, "person waits", "people wait")} for an agent`,
  controls: {
    open: "Set the pace",
    openOf: (name) => `Set the pace of ${name}`,
    mode: "Mode",
    target: "Abandon target",
    ratio: "Calls per available agent",
    text: "Counts at once, even while the campaign runs.",
    apply: "Apply",
    applied: "The pace is changed.",
  },
  agentless: {
    text: "Without agents the lines are the pace: a call on every free line, within the trunk’s limits and the hours.",
    still: "The campaign is not running.",
    slowed: (reason) => `It calls less than it could: ${reason}.`,
    full: (lines) => `All its lines (${lines}) are busy: a call goes out as soon as one is free.`,
    filling: "Lines are free: calls go out at the trunk’s rate.",
    lines: "Busy lines",
    linesHint: "of the campaign’s own",
    trunk: "The trunk’s lines",
    rate: "Calls per second",
    rateHint: "at most, on the trunk",
    hours: "Calling hours",
    hoursHint: "by the clock of whoever is called; the law may take some away",
    timeSet: "A named set",
  },
  tab: {
    preview: {
      title: "No pacing in preview",
      text: "In preview mode the agent starts every call. Choose another mode in the settings for Kwabo to call by itself.",
    },
    still: {
      title: "The campaign is not running",
      text: "Here Kwabo will say why it starts more calls or fewer. The figures below are those of the last hours.",
    },
    progressive: {
      title: "One call per available agent",
      text: "In progressive mode every call has its agent already: there is no pace to decide. The mode can be changed here, even while the campaign runs.",
    },
    figures: {
      pace: "Pace",
      paceHint: "calls in the air per agent free or soon to be",
      ready: "Agents available",
      freeSoon: "Free soon",
      freeSoonHint: (horizon) => `within ${horizon}`,
      inAir: "Calls in the air",
      answersHint: (answers) =>
        pluralEn(answers, `${answers} answer expected`, `${answers} answers expected`),
      waiting: "Waiting for an agent",
      answerRate: "Answer",
      answerRateHint: "share of calls that a person answers",
      budget: "Budget",
      budgetHint: "abandons still allowed",
      risk: "Risk of the next call",
      riskHint: (allowed) => `${allowed} at most`,
    },
    window: {
      title: "Abandon rate",
      day: "Over the last 24 hours.",
      "30_days": "Over the last 30 days.",
      other: (span) => `Over ${span}.`,
      law: "Of answers (what laws count)",
      all: "Of all calls started",
      abandoned: "Abandons",
      live: "Answers by people",
      dialled: "Calls started",
      target: "Abandon target",
      lost: "The rate also counts people whom machine detection has probably taken for machines.",
    },
    calls: {
      title: "Calls per minute",
      text: "The last two hours.",
      dialled: "Started",
      live: "Answered by a person",
      abandoned: "Abandons",
      summary: (dialled, live, abandoned) =>
        `${dialled} calls started, ${live} answered by a person, ${abandoned} abandons in two hours.`,
    },
    rate: {
      title: "Abandon rate and target",
      text: (minutes) =>
        `At each minute, the rate of the ${minutes} minutes before: from sums, not averages.`,
      rate: "Abandon rate",
      target: "Abandon target",
      summary: (rate, target) => `Abandon rate of the last minutes: ${rate}; target ${target}.`,
      none: "nobody has answered",
    },
    waits: {
      title: "Wait for the agent",
      text: "From the answer until the agent, in seconds.",
      p50: "Half wait at most",
      p95: "95% wait at most",
      limit: "2 seconds",
      summary: (p50, p95) =>
        `In the last known minute half of the people wait at most ${p50}, 95% at most ${p95}.`,
      none: "Nobody has waited for an agent yet.",
    },
    minute: "Minute",
    empty: "No calls in the last two hours.",
  },
};

export default en;
