// @vitest-environment jsdom

import { expect, test } from "vitest";
import type { Language, TomorrowResult, WhatIfSettings } from "@/api/types";
import { formatCount, formatRate } from "@/formats/number";
import { rowsOf } from "./comparison-rows";
import { clockOf, meanOf, minutesOfDay } from "./day";
import { abandonLevel, differ, otherHours, toldOf } from "./headline-of";
import en from "./messages.en";
import fr from "./messages.fr";
import { replayRows, totalOf } from "./replay-rows";
import { waitBars } from "./wait-bars";

const spread = (mean: number | null, low: number | null = mean, high: number | null = mean) => ({
  mean,
  low,
  high,
});
const SETTINGS = { agents: 12, mode: "predictive", abandon_target: 0.03 } as WhatIfSettings;
const RESULT = {
  asked: {
    conversations: spread(640.4, 610, 670),
    utilisation: spread(0.861),
    abandon_rate: spread(0.019, 0.014, 0.024),
    abandoned: spread(12, 9, 15),
    dialled: spread(2100, 2000, 2200),
  },
  present: {
    conversations: spread(489, 470, 508),
    utilisation: spread(0.66),
    abandon_rate: spread(0.001),
    abandoned: spread(0),
    dialled: spread(2050, 1900, 2200),
    finished: spread(null),
  },
} as unknown as TomorrowResult;

function headline(language: Language, settings = SETTINGS, result = RESULT) {
  const words = language === "fr" ? fr : (en as typeof fr);
  const told = toldOf(settings, result, {
    count: (value) => formatCount(value, language),
    rate: (rate) => formatRate(rate, language),
  });
  return words.result.headline(told).replace(/[\u00a0\u202f]/g, " ");
}

test("the result is summed up in both languages", () => {
  expect(headline("fr")).toBe(
    "Avec 12 agents et le mode prédictif : 31 % de conversations en plus (640 au lieu de 489), agents en conversation 86,1 % du temps au lieu de 66 %, abandon 1,9 % pour 3 % visés.",
  );
  expect(headline("en")).toBe(
    "With 12 agents in predictive mode: 31% more conversations (640 instead of 489), agents talking 86.1% of the time instead of 66%, abandon 1.9% with a target of 3%.",
  );
});

test("ranges that overlap are no difference, and fewer is said as such", () => {
  const close = { ...RESULT.asked, conversations: spread(500, 480, 520) };
  expect(headline("fr", SETTINGS, { ...RESULT, asked: close })).toContain(
    "pas de différence nette dans les conversations (500, 489 avec les réglages actuels)",
  );
  const fewer = { ...RESULT.asked, conversations: spread(400, 380, 420) };
  expect(headline("en", { ...SETTINGS, agents: 1 }, { ...RESULT, asked: fewer })).toContain(
    "With 1 agent in predictive mode: 18% fewer conversations (400 instead of 489)",
  );
});

test("what was not counted is a dash", () => {
  const empty = { ...RESULT, asked: {}, present: {} };
  expect(headline("fr", { ...SETTINGS, agents: null, abandon_target: null }, empty)).toBe(
    "Avec le mode prédictif : pas de différence nette dans les conversations (0, 0 avec les réglages actuels), agents en conversation – du temps au lieu de –, abandon – pour – visés.",
  );
});

test("other hours, or another day, are named beside the present ones", () => {
  const basis = {
    day: "2026-11-30",
    hours: ["09:00", "11:00"],
    present_day: "2026-11-30",
    present_hours: ["08:00", "18:00"],
  } as unknown as TomorrowResult["basis"];
  const told = (of: TomorrowResult["basis"], words: Pick<typeof fr, "result"> = fr) =>
    otherHours(of, RESULT.present, words.result, (day) => day);
  const hours = told(basis);
  expect(fr.result.otherHours(...(hours ?? ["", ""]))).toContain(
    "de 09:00 à 11:00, celle des réglages actuels de 08:00 à 18:00",
  );
  expect(told({ ...basis, present_day: "2026-12-01" }, en as typeof fr)).toEqual([
    "on 2026-11-30 from 09:00 to 11:00",
    "on 2026-12-01 from 08:00 to 18:00",
  ]);
  expect(told({ ...basis, present_hours: ["09:00", "11:00"] })).toBeNull();
  expect(told({} as TomorrowResult["basis"])).toBeNull();
  expect(otherHours(basis, {}, fr.result, (day) => day)).toBeNull(); // a campaign in preview
});

test("figures differ when their ranges part; without ranges, when they are not equal", () => {
  expect(differ(spread(2, 1, 3), spread(3.5, 3.1, 4))).toBe(true);
  expect(differ(spread(2, 1, 3), spread(3.5, 2.9, 4))).toBe(false);
  expect(differ(spread(2, null, null), spread(3, null, null))).toBe(true);
  expect(differ(spread(2), spread(2))).toBe(false);
  expect(differ(spread(null), spread(2))).toBe(false);
});

test.each([
  [0.019, 0.024, "within"],
  [0.025, 0.034, "may_pass"],
  [0.031, 0.04, "over"],
] as const)("a rate of %d, at most %d, is %s the target", (mean, high, level) => {
  const asked = { ...RESULT.asked, abandon_rate: spread(mean, 0.01, high) };
  expect(abandonLevel(SETTINGS, { ...RESULT, asked })).toBe(level);
});

test("rows say by how much, whether clearly, and whether for the better", () => {
  const rows = rowsOf(RESULT.asked, RESULT.present);
  expect(rows.map((row) => row.metric)).toEqual([
    "conversations",
    "utilisation",
    "abandon_rate",
    "abandoned",
    "dialled",
    "finished",
  ]);
  const row = (metric: string) => rows.find((one) => one.metric === metric);
  expect(row("conversations")).toMatchObject({ clear: true, tone: "good" });
  expect(row("conversations")?.change).toBeCloseTo(640.4 / 489 - 1);
  expect(row("utilisation")?.change).toBeCloseTo(0.201);
  expect(row("abandon_rate")).toMatchObject({ clear: true, tone: "bad" });
  // From nothing there is no share: abandons are compared as they are.
  expect(row("abandoned")).toMatchObject({ change: 12, tone: "bad" });
  expect(row("dialled")).toMatchObject({ clear: false, tone: "none" });
  expect(row("finished")).toMatchObject({ change: null, clear: false });
});

test("waits become bars, with the open ones at the ends, without the empty ones behind", () => {
  expect(waitBars([0, 1, 2, 5], [4, 2, 0])).toEqual([
    { low: 0, high: 1, count: 4 },
    { low: 1, high: 2, count: 2 },
  ]);
  expect(waitBars([0, 1], [3, 1]).at(-1)).toEqual({ low: 1, high: null, count: 1 });
  expect(waitBars([1, 2], [5, 3, 1])).toEqual([
    { low: null, high: 1, count: 5 },
    { low: 1, high: 2, count: 3 },
    { low: 2, high: null, count: 1 },
  ]);
  expect(waitBars([0, 1], [0])).toEqual([]);
});

test("minutes of the simulated day stand on the clock", () => {
  expect(minutesOfDay({ from: "08:30" }, [0, 5, 600]).map(clockOf)).toEqual([
    "08:30",
    "08:35",
    "18:30",
  ]);
  expect(clockOf(24 * 60 + 5)).toBe("00:05");
  expect(meanOf([1, null, 3])).toBe(2);
  expect(meanOf([])).toBe(0);
});

test("a replay is compared result by result, unknown ones last, empty ones not at all", () => {
  const rows = replayRows({
    recorded: { busy: 3, person: 5, fax: 0, new_kind: 1 },
    replayed: { person: 6, no_answer: 2 },
    abandoned: { recorded: 0, replayed: 0 },
    live_answers: { recorded: 5, replayed: 6 },
    conversations: { recorded: 5, replayed: 6 },
    exact: false,
    settings_changed: [],
  });
  expect(rows).toEqual([
    { result: "person", recorded: 5, replayed: 6 },
    { result: "no_answer", recorded: 0, replayed: 2 },
    { result: "busy", recorded: 3, replayed: 0 },
    { result: "new_kind", recorded: 1, replayed: 0 },
  ]);
  expect(totalOf(rows, "recorded")).toBe(9);
  expect(totalOf(rows, "replayed")).toBe(8);
});
