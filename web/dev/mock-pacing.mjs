/** What the mock server says of pacing: figures that move, two hours of minutes, and what-ifs. */

import { randomUUID } from "node:crypto";
import * as data from "./mock-data.mjs";
import { Refusal } from "./mock-refusal.mjs";

const random = data.generator(5);
const between = (low, high) => low + random() * (high - low);
const whole = (low, high) => Math.round(between(low, high));

/** Reasons of the campaigns in the live picture, one after the other. */
const REASONS = ["ENOUGH", "DIALLING", "CALLERS_WAIT", "DIALLING", "ENOUGH"];
let step = 0;

export function pacingOf(campaign, live) {
  const target = campaign.abandon_target;
  const near = campaign.name.startsWith("Relance");
  const rate = near ? target * 1.1 : 0.019;
  return {
    mode: campaign.mode,
    reason: near ? "BUDGET_SPENT" : REASONS[step % REASONS.length],
    target,
    window: campaign.abandon_window,
    live: live.answered,
    abandoned: Math.round(rate * live.answered),
    dialled: live.attempts,
    figures: {
      ready: live.agents_ready,
      waiting: live.waiting,
      in_air: live.dialling + live.ringing,
      answers_expected: (live.dialling + live.ringing) * 0.27,
      free_soon: between(1.2, 2.6),
      horizon: between(10, 14),
      risk: 0.021,
      risk_allowed: 0.026,
      answer_rate: 0.31,
      budget: near ? 0 : target * live.answered - Math.round(rate * live.answered),
      rate,
      rate_of_all: (rate * live.answered) / live.attempts,
      pace: between(1.8, 2.6),
    },
  };
}

/** The next moment of a campaign that dials by itself. */
export function move(campaign, live) {
  step += 1;
  live.mode = campaign.mode;
  if (campaign.mode === "preview" || live.state !== "running") return;
  live.waiting = REASONS[step % REASONS.length] === "CALLERS_WAIT" ? 1 : 0;
  live.dialling = whole(2, 5);
  live.ringing = whole(3, 7);
  live.pacing = pacingOf(campaign, live);
}

function history(campaign) {
  const start = Math.floor(Date.now() / 60_000) - 119;
  const minutes = Array.from({ length: 120 }, (_, index) => {
    const wave = 1 + 0.35 * Math.sin(index / 14);
    const dialled = index > 70 && index < 76 ? 0 : Math.round(between(11, 17) * wave);
    const live = Math.round(dialled * between(0.24, 0.36));
    const abandoned = live > 0 && random() > 0.95 ? 1 : 0;
    return {
      at: data.iso((start + index) * 60_000),
      dialled,
      live,
      abandoned,
      connected: live - abandoned,
      wait_p50: live > 0 ? between(0.1, 0.35) : null,
      wait_p95: live > 0 ? between(0.6, 2.3) : null,
    };
  });
  const sum = (key) => minutes.reduce((total, one) => total + one[key], 0);
  const [live, abandoned, dialled] = [sum("live") * 3, sum("abandoned") * 3, sum("dialled") * 3];
  return {
    minutes: campaign.state === "ready" ? [] : minutes,
    window: {
      seconds: campaign.abandon_window === "day" ? 86400 : 30 * 86400,
      live,
      abandoned,
      dialled,
      rate: abandoned / live,
      rate_of_all: abandoned / dialled,
      target: campaign.abandon_target,
    },
  };
}

// --- What-ifs -------------------------------------------------------------------------------------

const spread = (mean, part = 0.06) => ({
  mean,
  low: mean * (1 - part),
  high: mean * (1 + part),
});
const STRENGTH = { progressive: 0.66, power: 0.74, predictive: 0.86 };

function summary({ mode, agents, abandon_target }) {
  const utilisation = STRENGTH[mode];
  const conversations = agents * 62 * utilisation;
  const rate = mode === "progressive" ? 0.001 : mode === "power" ? 0.042 : abandon_target * 0.76;
  const answered = conversations / (1 - rate);
  return {
    dialled: spread(answered / 0.31),
    answered: spread(answered),
    conversations: spread(conversations),
    abandoned: spread(answered * rate, 0.3),
    abandon_rate: spread(rate, 0.28),
    abandon_rate_of_all: spread(rate * 0.31, 0.28),
    utilisation: spread(utilisation, 0.025),
    wait_p50: spread(0.2, 0.2),
    wait_p95: spread(mode === "progressive" ? 0.4 : 1.6, 0.3),
    calls_per_agent_hour: spread(answered / 0.31 / agents / 10),
    finished: spread(conversations * 1.4),
  };
}

function band(minutes, value, part) {
  const mean = minutes.map((minute) => Math.max(0, value(minute) * between(0.96, 1.04)));
  return {
    mean,
    low: mean.map((one) => one * (1 - part)),
    high: mean.map((one) => one * (1 + part)),
  };
}

function tomorrow(settings) {
  const { from, until, agents, mode, abandon_target } = settings;
  const [first, last] = [from, until].map((time) => {
    const [hours, rest] = time.split(":").map(Number);
    return hours * 60 + rest;
  });
  const minutes = Array.from({ length: Math.floor((last - first) / 5) + 1 }, (_, at) => at * 5);
  const busy = STRENGTH[mode];
  const lunch = (minute) => (minute > 240 && minute < 300 ? 0.6 : 1);
  const asked = summary(settings);
  return {
    basis: { calls_learnt_from: 21840, conversations_learnt_from: 6412, contacts: 17130 },
    asked,
    present: summary({ mode: "progressive", agents, abandon_target }),
    series: {
      minutes,
      talking: band(minutes, (m) => agents * busy * 0.82 * lunch(m), 0.09),
      ready: band(minutes, (m) => agents * (1 - busy) * lunch(m), 0.3),
      after_call: band(minutes, (m) => agents * busy * 0.18 * lunch(m), 0.25),
      in_air: band(minutes, (m) => agents * 0.9 * lunch(m), 0.3),
      abandon_rate: band(
        minutes,
        (m) => asked.abandon_rate.mean * (1 + 0.4 * Math.sin(m / 70)),
        0.35,
      ),
    },
    waits: {
      edges: [0, 0.25, 0.5, 1, 1.5, 2, 3, 5],
      counts: [3120, 840, 402, 190, 88, 31, 9],
    },
  };
}

function replay(settings) {
  const changed = settings.mode !== "progressive";
  const recorded = { person: 612, no_answer: 1033, busy: 190, machine: 201, invalid: 41 };
  return {
    recorded,
    replayed: changed
      ? { person: 741, no_answer: 1254, busy: 232, machine: 240, invalid: 41 }
      : recorded,
    abandoned: { recorded: 5, replayed: changed ? 14 : 5 },
    live_answers: { recorded: 612, replayed: changed ? 741 : 612 },
    conversations: { recorded: 607, replayed: changed ? 727 : 607 },
    exact: !changed,
    settings_changed: changed ? ["mode", "abandon_target"] : [],
  };
}

const whatIfs = [];
function add(campaign_id, settings, extra) {
  const one = {
    what_if_id: randomUUID(),
    campaign_id,
    kind: settings.kind,
    settings,
    state: "complete",
    progress: 1,
    error_code: null,
    error: null,
    created_at: data.ago(3600),
    started_at: data.ago(3599),
    ended_at: data.ago(3570),
    result: null,
    ...extra,
  };
  if (one.state === "complete") {
    one.result = settings.kind === "tomorrow" ? tomorrow(settings) : replay(settings);
  }
  whatIfs.unshift(one);
  return one;
}
const SETTINGS = {
  kind: "tomorrow",
  agents: 12,
  from: "08:00",
  until: "18:00",
  mode: "predictive",
  calls_per_agent: 1.5,
  calls_per_agent_ceiling: 15,
  abandon_target: 0.025,
  runs: 10,
};
const campaign = data.campaigns[0].campaign_id;
add(campaign, { ...SETTINGS, mode: "power" }, { state: "cancelled", progress: 0.4 });
add(campaign, SETTINGS, {
  state: "failed",
  progress: 0,
  error_code: "NOTHING_LEARNT",
  error: "Cette campagne n’a pas encore assez d’appels pour apprendre.",
});
add(campaign, { ...SETTINGS, kind: "replay", day: "2026-11-24", agents: null }, {});
add(campaign, SETTINGS, {});

setInterval(() => {
  for (const one of whatIfs) {
    if (one.state === "waiting")
      Object.assign(one, { state: "running", started_at: data.ahead(0) });
    else if (one.state === "running") one.progress = Math.min(1, one.progress + 0.09);
    if (one.state !== "running" || one.progress < 1) continue;
    const make = one.kind === "tomorrow" ? tomorrow : replay;
    Object.assign(one, {
      state: "complete",
      ended_at: data.ahead(0),
      result: make({ ...one.settings, agents: one.settings.agents ?? 6 }),
    });
  }
}, 500).unref();

function found(items, key, id) {
  const item = items.find((one) => one[key] === id);
  if (!item) throw new Refusal(404, "NOT_FOUND", "Cet élément n’existe pas, ou plus.");
  return item;
}

export const pacingRoutes = [
  ["GET", "/campaigns/:id/pacing", ({ id }) => history(found(data.campaigns, "campaign_id", id))],
  [
    "GET",
    "/campaigns/:id/what-ifs",
    ({ id }) => ({ items: whatIfs.filter((one) => one.campaign_id === id) }),
  ],
  [
    "POST",
    "/campaigns/:id/what-ifs",
    ({ id, body }) => add(id, body, { state: "waiting", progress: 0, created_at: data.ahead(0) }),
  ],
  ["GET", "/what-ifs/:id", ({ id }) => found(whatIfs, "what_if_id", id)],
  [
    "POST",
    "/what-ifs/:id/cancel",
    ({ id }) =>
      Object.assign(found(whatIfs, "what_if_id", id), {
        state: "cancelled",
        ended_at: data.ahead(0),
      }),
  ],
  [
    "DELETE",
    "/what-ifs/:id",
    ({ id }) => void whatIfs.splice(whatIfs.indexOf(found(whatIfs, "what_if_id", id)), 1),
  ],
];
