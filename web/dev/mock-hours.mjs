/** The mock server's callable time sets: kept in memory; a preview of weeks, dates and a few holidays. */

import { randomUUID } from "node:crypto";
import * as data from "./mock-data.mjs";

const week = (weekdays, ...slots) =>
  weekdays.flatMap((weekday) => slots.map(([start, until]) => ({ weekday, start, until })));
const FIXED = { "01-01": "Jour de l’an", "05-01": "Fête du Travail", "12-25": "Noël" };

export const callableTimeSets = [
  {
    callable_time_set_id: randomUUID(),
    name: "France et Bénin, loi",
    windows: [
      { kind: "mapped", time_zone: null, slots: week([1, 2, 3, 4, 5, 6], ["08:00", "20:00"]) },
      {
        kind: "zone",
        time_zone: "Europe/Paris",
        slots: week([1, 2, 3, 4, 5], ["10:00", "13:00"], ["14:00", "20:00"]),
      },
    ],
    exceptions: [
      {
        month: 12,
        day: 24,
        year: null,
        name: "Réveillon",
        slots: [{ start: "08:00", until: "12:00" }],
      },
      { month: 11, day: 30, year: 2026, name: "Fermeture", slots: [] },
    ],
    holidays: [
      { country: "BJ", subdivision: null, applies_to: "own_numbers" },
      { country: "FR", subdivision: null, applies_to: "own_numbers" },
    ],
    campaigns: ["Relance novembre"],
    version: 3,
    created_at: data.ago(86400 * 9),
    updated_at: data.ago(3600),
  },
  {
    callable_time_set_id: randomUUID(),
    name: "Bureau",
    windows: [
      { kind: "mapped", time_zone: null, slots: week([1, 2, 3, 4, 5], ["08:00", "17:30"]) },
    ],
    exceptions: [],
    holidays: [],
    campaigns: [],
    version: 1,
    created_at: data.ago(86400),
    updated_at: data.ago(86400),
  },
];

function dayOf(rules, window, at) {
  const date = at.toISOString().slice(0, 10);
  const [year, month, day] = date.split("-").map(Number);
  const exception = rules.exceptions.find(
    (one) => one.month === month && one.day === day && [null, year].includes(one.year),
  );
  const base = { date, name: "", clock_changes: false };
  if (exception) {
    return { ...base, code: "DATE_EXCEPTION", name: exception.name, slots: exception.slots };
  }
  const holiday = rules.holidays.length > 0 && FIXED[date.slice(5)];
  if (holiday) return { ...base, code: "HOLIDAY", name: holiday, slots: [] };
  const weekday = at.getUTCDay() || 7;
  const slots = window.slots.filter((slot) => slot.weekday === weekday);
  return { ...base, code: "OUTSIDE_CALLABLE_TIME", slots };
}

function preview({ body }) {
  const of = (kind) => body.windows.find((window) => window.kind === kind);
  const window = body.time_zone
    ? (body.windows.find((one) => one.kind === "zone" && one.time_zone === body.time_zone) ??
      of("mapped"))
    : of("unmapped");
  if (!window) return { time_zone: null, open: false, opens_at: null, days: [] };
  const days = Array.from({ length: body.days }, (_, index) =>
    dayOf(body, window, new Date(Date.parse(`${body.begin}T00:00:00Z`) + index * 86_400_000)),
  );
  return {
    time_zone: window.time_zone ?? body.time_zone,
    open: false,
    opens_at: data.ahead(40_000),
    days,
  };
}

export const hoursRoutes = [
  ["POST", "/callable-time-sets/preview", preview],
  [
    "GET",
    "/holiday-countries",
    () => ({
      items: ["BJ", "CI", "FR", "TG", "US"].map((country) => ({
        country,
        subdivisions: country === "FR" ? ["57", "971", "974"] : [],
      })),
      next_page_token: null,
      total: 5,
    }),
  ],
];
