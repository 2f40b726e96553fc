/** The mock server's routes for the event log and for webhooks. */

import * as data from "./mock-data.mjs";

const campaign = data.campaigns[0];
const trunk = data.trunks[0];

/** Level, category, code, the sentence in French and English, subject, times, seen by. */
const KINDS = [
  [
    "error",
    "TRUNK",
    "TRUNK_DOWN",
    `La ligne « ${trunk.name} » ne passe plus d’appels : elle n’est essayée que de temps en temps. Vérifiez la connexion, les identifiants et le crédit chez l’opérateur.`,
    `Trunk “${trunk.name}” passes no calls any more: it is tried only now and then. Check the connection, the credentials and the credit with the carrier.`,
    ["trunk", trunk.trunk_id, trunk.name],
    3,
    null,
  ],
  [
    "warning",
    "CALLBACK",
    "CALLBACKS_MISSED",
    `Des rappels promis de la campagne « ${campaign.name} » ont été manqués. Donnez-les à quelqu’un sur la page des rappels.`,
    `Promised callbacks of campaign “${campaign.name}” were missed. Give them to somebody on the callbacks page.`,
    ["campaign", campaign.campaign_id, campaign.name],
    12,
    null,
  ],
  [
    "error",
    "IMPORT_ERROR",
    "IMPORT_FAILED",
    "L’import de « abonnes.csv » a échoué (ENCODING). Ouvrez l’import pour lire la cause, corrigez le fichier et recommencez.",
    "The import of “abonnes.csv” failed (ENCODING). Open the import for the cause, mend the file and try again.",
    ["import", data.imports[0].import_id, "abonnes.csv"],
    1,
    "Awa Dossou",
  ],
  [
    "info",
    "CAMPAIGN",
    "CAMPAIGN_STARTED",
    `La campagne « ${campaign.name} » est lancée.`,
    `Campaign “${campaign.name}” was started.`,
    ["campaign", campaign.campaign_id, campaign.name],
    1,
    null,
  ],
];

const events = (user) =>
  KINDS.map(([level, category, code, fr, en, [kind, id, name], times, seen], index) => ({
    event_id: 40 - index,
    level,
    category,
    code,
    message: user.language === "en" ? en : fr,
    subject_kind: kind,
    subject_id: id,
    subject_name: name,
    campaign_id: kind === "campaign" ? id : null,
    contact_list_id: null,
    trunk_id: kind === "trunk" ? id : null,
    params: {},
    times,
    first_at: data.ago(1800 + index * 4000),
    last_at: data.ago(300 + index * 4000),
    seen_at: seen && data.ago(100),
    seen_by_name: seen,
  }));

const webhook = (index, description, state, rest) => ({
  webhook_id: `01a219e8-b9a0-77a5-bca9-349edcf4bb0${index}`,
  url: `https://crm.example.com/kwabo/${index}`,
  description,
  kinds: ["attempt.ended", "wrap_up.saved", "callback.missed"],
  campaign_ids: [],
  personal_data: index === 1,
  state,
  old_secret_until: null,
  failures: 0,
  failing_since: null,
  rests_until: null,
  last_success_at: data.ago(20),
  last_failure_at: null,
  last_error: "",
  waiting: 0,
  oldest_waiting_at: null,
  delivered: 4210,
  failed: 0,
  milliseconds: 86,
  version: 1,
  created_at: data.ago(864000),
  updated_at: data.ago(864000),
  ...rest,
});

const webhooks = [
  webhook(1, "CRM", "on", {}),
  webhook(2, "Entrepôt de données", "paused", {
    failures: 61,
    failing_since: data.ago(260000),
    last_failure_at: data.ago(900),
    last_error: "UNREACHABLE",
    waiting: 1842,
    oldest_waiting_at: data.ago(260000),
    failed: 3,
  }),
];

const deliveries = ["delivered", "waiting", "failed"].map((state, index) => ({
  delivery_id: `01a219e8-b9a0-77a5-bca9-349edcf4bc0${index}`,
  message_id: `01a219e8-b9a0-77a5-bca9-349edcf4bd0${index}`,
  kind: webhooks[0].kinds[index],
  at: data.ago(40 + index * 50),
  campaign_id: campaign.campaign_id,
  state,
  tries: [1, 3, 28][index],
  replays: 0,
  next_at: state === "waiting" ? data.ahead(45) : null,
  last_try_at: data.ago(30),
  status: [200, null, 500][index],
  error: ["", "TOO_SLOW", "HTTP_STATUS"][index],
  duration_ms: [84, 15002, 120][index],
}));

const KIND_NAMES = [
  "attempt.ended",
  "wrap_up.saved",
  "callback.scheduled",
  "callback.done",
  "callback.missed",
  "callback.cancelled",
  "campaign.state_changed",
  "contact.changed",
  "dnc.entry_added",
  "import.ended",
  "event.error",
];

export const eventRoutes = (page) => [
  [
    "GET",
    "/event-log",
    ({ query, user }) => ({
      ...page(
        events(user).filter((one) => !query.get("level") || one.level === query.get("level")),
        query,
      ),
      total: null,
    }),
  ],
  ["GET", "/event-log/unseen", () => ({ error: 1, warning: 1 })],
  ["POST", "/event-log/seen", () => ({ seen: 2 })],
  [
    "GET",
    "/webhook-kinds",
    () => ({
      items: KIND_NAMES.map((kind) => ({ kind, description: kind })),
      next_page_token: null,
      total: KIND_NAMES.length,
    }),
  ],
  ["GET", "/webhooks", ({ query }) => page(webhooks, query)],
  [
    "GET",
    "/webhooks/:id",
    ({ id }) => webhooks.find((one) => one.webhook_id === id) ?? webhooks[0],
  ],
  ["GET", "/webhooks/:id/deliveries", ({ query }) => ({ ...page(deliveries, query), total: null })],
  [
    "GET",
    "/webhooks/:webhook/deliveries/:id",
    ({ id }) => ({
      ...(deliveries.find((one) => one.delivery_id === id) ?? deliveries[0]),
      data: { attempt_id: deliveries[0].delivery_id, result: "person", abandoned: false },
      personal: { number: "+2290197123456" },
      answer: "ok",
    }),
  ],
  ["POST", "/webhooks/:id/test", () => deliveries[0]],
];
