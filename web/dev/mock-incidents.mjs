/** The mock server's incidents, opening hours with their switch, and the sandbox's messages. */

import { randomUUID } from "node:crypto";
import * as data from "./mock-data.mjs";
import { callableTimeSets } from "./mock-hours.mjs";
import { Refusal } from "./mock-refusal.mjs";

const incident = (values) => ({
  incident_id: randomUUID(),
  service: "",
  communes: [],
  cells: [],
  prompt: "",
  texts: {},
  over_texts: {},
  starts_at: data.ago(5400),
  expected_end: null,
  state: "declared",
  over_at: null,
  heard: 0,
  notices: { asked: 0, waiting: 0, sent: 0, failed: 0 },
  version: 1,
  created_at: data.ago(5400),
  updated_at: data.ago(5400),
  ...values,
});

export const incidents = [
  incident({
    name: "Coupure à Abomey-Calavi",
    service: "Données",
    communes: ["Abomey-Calavi", "Godomey"],
    texts: { fr: "Le réseau de données est coupé à Abomey-Calavi." },
    expected_end: data.ago(-7200),
    heard: 128,
    notices: { asked: 31, waiting: 0, sent: 0, failed: 0 },
  }),
  incident({
    name: "Recharges retardées",
    prompt: "recharges_retardees",
    state: "over",
    over_at: data.ago(600),
    heard: 412,
    notices: { asked: 0, waiting: 0, sent: 57, failed: 2 },
  }),
];

const group = (name, state, opensAt = null, holiday = "") => ({
  schedule_group_id: randomUUID(),
  name,
  callable_time_set_id: callableTimeSets[0].callable_time_set_id,
  time_zone: "Africa/Porto-Novo",
  flows: ["Accueil"],
  state,
  holiday,
  opens_at: opensAt,
  version: 1,
  created_at: data.ago(86400),
  updated_at: data.ago(86400),
});
export const groups = [
  group("Accueil", "open"),
  group("Boutiques", "closed", data.ago(-36000)),
  group("Recouvrement", "holiday", data.ago(-86400), "Fête du Vodoun"),
];

const emergencies = [];
const messages = ["sms", "whatsapp", "messenger"].map((channel, index) => ({
  message_id: randomUUID(),
  channel,
  recipient: "+2290197000001",
  language: "fr",
  text: "Nous sommes fermés. Écrivez-nous ici : nous répondons dès 8 heures.",
  created_at: data.ago(60 * (index + 1)),
}));

const keptMessage = (values) => ({
  message_id: randomUUID(),
  channel: "sms",
  template: "",
  recipient: "+2290197000001",
  language: "fr",
  incident_id: null,
  incident_name: "",
  contact_id: null,
  state: "failed",
  reason: "",
  tries: 1,
  next_at: null,
  sent_at: null,
  created_at: data.ago(900),
  ...values,
});
const kept = [
  keptMessage({
    incident_id: incidents[1].incident_id,
    incident_name: incidents[1].name,
    reason: "ON_DNC_LIST",
  }),
  keptMessage({
    template: "invitation_fermeture",
    channel: "whatsapp",
    recipient: "+2290166000002",
    reason: "TEXT_MISSING",
  }),
  keptMessage({
    template: "invitation_fermeture",
    state: "waiting",
    reason: "CHANNEL_FAILED",
    tries: 3,
    next_at: data.ago(-300),
  }),
  keptMessage({ template: "invitation_fermeture", state: "sent", sent_at: data.ago(880) }),
];
const placeColumns = {
  commune_columns: ["commune"],
  cell_columns: ["cell", "cellule", "last_cell"],
  version: 0,
};

const groupOf = (id) => groups.find((one) => one.schedule_group_id === id);
function turnOn(groupId, body) {
  if (body.reason.trim().length < 3) {
    throw new Refusal(422, "EMERGENCY_REASON", "Dites pourquoi, en 3 à 300 caractères.", {
      fields: [{ field: "reason", code: "EMERGENCY_REASON", message: "Dites pourquoi." }],
    });
  }
  turnOff(groupId);
  emergencies.push({
    emergency_id: randomUUID(),
    schedule_group_id: groupId,
    schedule_group_name: groupOf(groupId)?.name ?? null,
    reason: body.reason,
    started_at: data.ago(0),
    started_by_name: "Awa Supervisor",
    until: body.until,
  });
}
function turnOff(groupId) {
  const at = emergencies.findIndex((one) => one.schedule_group_id === groupId);
  if (at >= 0) emergencies.splice(at, 1);
}

/** `page` and `found` are the server's. */
export const routes = (page, found) => [
  [
    "GET",
    "/incidents",
    ({ query }) => {
      const state = query.get("state");
      return page(
        incidents.filter((one) => !state || one.state === state),
        query,
      );
    },
  ],
  [
    "POST",
    "/incidents",
    ({ body }) => {
      const made = incident({ ...body, starts_at: body.starts_at ?? data.ago(0) });
      incidents.unshift(made);
      return made;
    },
  ],
  [
    "POST",
    "/incidents/:id/over",
    ({ id }) =>
      Object.assign(found(incidents, "incident_id", id), { state: "over", over_at: data.ago(0) }),
  ],
  [
    "GET",
    "/messages",
    ({ query }) => {
      const [state, recipient] = [query.get("state") ?? "failed", query.get("recipient")];
      return page(
        kept.filter((one) => one.state === state && (!recipient || one.recipient === recipient)),
        query,
      );
    },
  ],
  [
    "POST",
    "/messages/send-again",
    () => {
      const failed = kept.filter((one) => one.state === "failed");
      for (const one of failed) Object.assign(one, { state: "waiting", reason: "", tries: 0 });
      return { messages: failed.length };
    },
  ],
  [
    "POST",
    "/messages/:id/send-again",
    ({ id }) =>
      Object.assign(found(kept, "message_id", id), { state: "waiting", reason: "", tries: 0 }),
  ],
  ["GET", "/incident-settings", () => placeColumns],
  [
    "PUT",
    "/incident-settings",
    ({ body }) => Object.assign(placeColumns, body, { version: placeColumns.version + 1 }),
  ],
  ["GET", "/emergencies", ({ query }) => page(emergencies, query)],
  ["PUT", "/emergency", ({ body }) => turnOn(null, body)],
  ["DELETE", "/emergency", () => turnOff(null)],
  ["PUT", "/schedule-groups/:id/emergency", ({ id, body }) => turnOn(id, body)],
  ["DELETE", "/schedule-groups/:id/emergency", ({ id }) => turnOff(id)],
  [
    "GET",
    "/sandbox-messages",
    ({ query }) => {
      const recipient = query.get("recipient");
      return page(
        messages.filter((one) => !recipient || one.recipient === recipient),
        query,
      );
    },
  ],
];
