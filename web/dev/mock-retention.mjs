/** The mock server's retention: times of the classes, holds that begin and end, a removal. */

import * as data from "./mock-data.mjs";
import { Refusal } from "./mock-refusal.mjs";

const DAY = 24 * 3600;
/** Name, days (null: for ever), the least that is allowed. */
const CLASSES = [
  ["call_records", null, 90],
  ["callbacks", null, 30],
  ["consents", null, 1825, "FR"],
  ["contacts", null, 90],
  ["audit", null, 365],
  ["imports", 365, 7],
  ["what_ifs", 365, 7],
  ["dnc_checks", 365, 31],
  ["events", 90, 7],
  ["floor_commands", 14, 2],
  ["call_usage", 400, 62],
  ["call_charges", 400, 62],
];

const retention = {
  classes: CLASSES.map(([data_class, days, least_days, least_by = ""]) => ({
    data_class,
    days,
    default_days: days,
    least_days,
    least_by,
    least_source: "",
  })),
  holds: [],
  runs: [],
  version: 1,
  updated_at: null,
};

function hold(number, reason, ended_at = null) {
  const made = {
    legal_hold_id: `hold-${retention.holds.length + 1}`,
    number,
    reason,
    user_name: "Mariam Alassane",
    created_at: data.ahead(-3 * DAY),
    ended_at,
  };
  retention.holds.unshift(made);
  return made;
}

hold("+2290195551234", "Plainte devant le tribunal de Cotonou", data.ahead(-DAY));
hold("+2290197000011", "Litige sur un contrat, dossier 114");

const heldWhole = () => retention.holds.some((one) => one.number === null && !one.ended_at);

function run() {
  const removed = heldWhole() ? {} : { imports: 12, events: 48210 };
  const made = {
    retention_run_id: `run-${retention.runs.length + 1}`,
    user_id: "u1",
    started_at: data.ahead(0),
    ended_at: data.ahead(2),
    removed,
    problem: "",
  };
  retention.runs.unshift(made);
  return made;
}

function change(body) {
  for (const [name, days] of Object.entries(body.days)) {
    const kept = retention.classes.find((one) => one.data_class === name);
    if (days !== null && days < kept.least_days) {
      throw new Refusal(422, "INVALID", "La demande contient des valeurs incorrectes.", {
        [`days.${name}`]: `Au moins ${kept.least_days} jours.`,
      });
    }
    kept.days = days;
  }
  retention.version += 1;
  return retention;
}

run();

export const retentionRoutes = [
  ["GET", "/retention", () => retention],
  ["PATCH", "/retention", ({ body }) => change(body)],
  ["GET", "/retention/preview", () => ({ counts: { imports: 0, events: 1250, what_ifs: 1 } })],
  ["POST", "/retention/run", () => run()],
  ["POST", "/legal-holds", ({ body }) => hold(body.number, body.reason)],
  [
    "POST",
    "/legal-holds/:id/end",
    ({ id }) =>
      Object.assign(
        retention.holds.find((one) => one.legal_hold_id === id),
        { ended_at: data.ahead(0) },
      ),
  ],
];
