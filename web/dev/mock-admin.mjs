/** The mock server's routes for lists, imports, campaigns and settings: answers with some life. */

import { randomUUID } from "node:crypto";
import * as data from "./mock-data.mjs";
import { Refusal } from "./mock-refusal.mjs";

const random = data.generator(31);
const pick = (items) => items[Math.floor(random() * items.length)];

function page(items, query, total = items.length) {
  const limit = Number(query.get("limit") ?? 50);
  const from = Number(query.get("page_token") ?? 0);
  const next = from + limit < items.length ? String(from + limit) : null;
  return { items: items.slice(from, from + limit), next_page_token: next, total };
}
function found(items, key, id) {
  const item = items.find((one) => one[key] === id);
  if (!item) throw new Refusal(404, "NOT_FOUND", "Cet élément n’existe pas, ou plus.");
  return item;
}
const invalid = (fields) =>
  new Refusal(422, "INVALID", "La demande contient des valeurs incorrectes.", { fields });

// --- Contacts -------------------------------------------------------------------------------------

data.contacts.forEach((contact, index) => {
  contact.callable = index % 17 !== 4;
  contact.uncallable_reason = contact.callable ? null : "Litige en cours, dossier 2210";
});
const plain = (text) =>
  text
    .toLowerCase()
    .replace(/[\s.+]/g, "")
    .replace(/^00/, "");
function contactsOf(query) {
  const search = plain(query.get("search") ?? "");
  const callable = query.get("callable");
  const sort = query.get("sort") ?? "";
  const column = sort.replace(/^-/, "");
  return data.contacts
    .filter((one) => plain(JSON.stringify(one.data)).includes(search))
    .filter((one) => callable === null || String(one.callable) === callable)
    .sort((a, b) =>
      column === ""
        ? 0
        : (a.data[column] ?? "").localeCompare(b.data[column] ?? "") * (sort[0] === "-" ? -1 : 1),
    );
}

// --- Imports --------------------------------------------------------------------------------------

const ROWS = 250_000;
function previewWith(query) {
  const kinds = (query.get("kinds") ?? "").split(",").filter(Boolean);
  const rows = data.preview.rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, index) => {
      const kind = kinds[index] ?? data.preview.mapping.columns[index].kind;
      if (kind === "text" || kind === "ignore") {
        return { ...cell, parsed: cell.value, code: null, message: null };
      }
      if (kind === "phone" && /\d{6}/.test(cell.value.replace(/\s/g, ""))) return cell;
      const [code, message] =
        kind === "phone"
          ? ["PHONE_TOO_SHORT", "Le numéro a trop peu de chiffres : complétez-le."]
          : kind === "date"
            ? ["DATE_FORMAT", "Ce n’est pas une date : écrivez jour/mois/année."]
            : ["NUMBER_FORMAT", "Ce n’est pas un nombre."];
      return { ...cell, parsed: null, code, message };
    }),
  }));
  return {
    ...data.preview,
    rows,
    encoding: query.get("encoding") ?? data.preview.encoding,
    delimiter: query.get("delimiter") ?? data.preview.delimiter,
  };
}
setInterval(() => {
  for (const one of data.imports) {
    if (one.state === "waiting")
      Object.assign(one, { state: "running", started_at: data.ahead(0) });
    if (one.state !== "running") continue;
    one.rows_read = Math.min(ROWS, one.rows_read + 3100);
    one.bytes_done = Math.round((one.rows_read / ROWS) * one.file_bytes);
    one.rows_rejected = Math.floor(one.rows_read / 450);
    one.rows_duplicate = Math.floor(one.rows_read / 120);
    one.rows_added = one.rows_read - one.rows_rejected - one.rows_duplicate;
    one.rows_per_second = 6200;
    if (one.rows_read === ROWS) Object.assign(one, { state: "complete", ended_at: data.ahead(0) });
  }
}, 500).unref();
data.imports.push(
  {
    ...data.imports[0],
    import_id: randomUUID(),
    file_name: "export-crm-septembre.csv",
    state: "failed",
    error: {
      code: "UPLOAD_LOST",
      message: "Le fichier envoyé n’est plus sur le disque : envoyez-le à nouveau.",
    },
  },
  { ...data.imports[0], import_id: randomUUID(), file_name: "test.csv", state: "cancelled" },
);
for (const [index, one] of data.rejections.entries()) {
  one.row_kept = index % 5 === 1;
  if (one.row_kept) {
    Object.assign(one, { column: "fin_engagement", value: "31-12-26", code: "DATE_FORMAT" });
    one.message =
      "Ce n’est pas une date : écrivez jour/mois/année avec une année à quatre chiffres. La cellule a été laissée vide.";
  } else one.message = "Le numéro a trop peu de chiffres : complétez-le.";
}
const importState =
  (state) =>
  ({ id }) =>
    Object.assign(found(data.imports, "import_id", id), {
      state,
      ended_at: state === "cancelled" ? data.ahead(0) : null,
      error: null,
    });

// --- Campaigns ------------------------------------------------------------------------------------

data.campaigns[0].script =
  "Bonjour {{prenom}} {{nom}}, je suis du service fidélité.\n\n## S’il est d’accord\n\n- Votre forfait **{{forfait}}** arrive à son terme le {{fin_engagement}}.\n- Proposer **Zen 5 Go**.";
function checkCampaign(body) {
  const fields = [];
  if (body.name !== undefined && body.name.trim().length < 3) {
    fields.push({
      field: "name",
      code: "NAME_LENGTH",
      message: "Donnez un nom de 3 lettres au moins.",
    });
  }
  const busy = body.recall_seconds?.busy;
  if (typeof busy === "number" && busy < 60) {
    fields.push({
      field: "recall_seconds.busy",
      code: "RECALL_RANGE",
      message: "Attendez entre 60 secondes et 90 jours, ou pas du tout.",
    });
  }
  if (fields.length > 0) throw invalid(fields);
}
const RULES = [
  ["IN_PROGRESS", "Aucun appel en cours."],
  ["CONTACT_UNCALLABLE", "Le contact peut être appelé."],
  ["NO_CALLABLE_NUMBER", "Deux numéros appelables."],
  ["DNC_LISTED", "Aucun numéro en opposition."],
  ["ATTEMPT_LIMIT", "1 tentative sur 3."],
  ["RECALL_DELAY", "Le délai de rappel est passé."],
  ["MINIMUM_GAP", "Le dernier appel est assez ancien."],
  ["OUTSIDE_CALLABLE_TIME", "Il est 11 h chez le contact."],
];
const REASONS = [
  ["CALLABLE", "Ce contact peut être appelé maintenant : il attend son tour.", null],
  [
    "RECALL_DELAY",
    "Le délai avant la prochaine tentative n’est pas écoulé. Dernier résultat : pas de réponse.",
    5400,
  ],
  [
    "OUTSIDE_CALLABLE_TIME",
    "Il est hors des heures d’appel de la campagne, à l’heure du contact.",
    61000,
  ],
  ["DNC_LISTED", "Tous ses numéros sont sur la liste « ne pas appeler » de la campagne.", null],
  ["ATTEMPT_LIMIT", "Le nombre maximal de tentatives est atteint.", null],
  ["IN_PROGRESS", "Un appel vers ce contact est en cours.", null],
];
function explanationOf(index, contact) {
  const [code, message, seconds] = REASONS[[0, 1, 1, 2, 0, 3, 1, 4, 0, 5][index % 10]];
  const retry = seconds === null ? null : data.ahead(seconds);
  return {
    callable: code === "CALLABLE",
    code,
    message,
    next_attempt_at: code === "CALLABLE" ? data.ahead(0) : retry,
    checks: RULES.map(([rule, text]) => ({
      code: rule,
      verdict: rule === code ? (retry ? "later" : "denied") : "allowed",
      retry_at: rule === code ? retry : null,
      message: rule === code ? message : text,
    })),
    number: code === "CALLABLE" ? contact.numbers[0].number : null,
    zones: contact.numbers.map(({ number }) => ({
      number,
      time_zones: ["Africa/Porto-Novo"],
      source: "number",
      country: "BJ",
      message: "11:00 (Africa/Porto-Novo), d’après le numéro.",
    })),
  };
}
const campaignContacts = data.contacts.map((contact, index) => {
  const explanation = explanationOf(index, contact);
  const tried = index % 10 !== 0 && index % 10 !== 4;
  return {
    contact,
    state:
      { ATTEMPT_LIMIT: "finished", DNC_LISTED: "open", IN_PROGRESS: "in_progress" }[
        explanation.code
      ] ?? (tried ? "open" : "untouched"),
    attempts: explanation.code === "ATTEMPT_LIMIT" ? 3 : tried ? 1 + (index % 2) : 0,
    last_result: tried ? pick(["no_answer", "busy", "machine", "no_answer"]) : null,
    last_attempt_at: tried ? data.ago(3600 + index * 60) : null,
    next_attempt_at: explanation.next_attempt_at,
    explanation,
  };
});
const RESULTS =
  "person no_answer busy person machine no_answer rejected person invalid congestion".split(" ");
const CAUSES = {
  no_answer: [480, 19],
  busy: [486, 17],
  invalid: [404, 1],
  rejected: [603, 21],
  congestion: [503, 34],
};
const NOTHING_FOUND = {
  result: null,
  engine: null,
  terms: null,
  cause: null,
  seconds: null,
  reaction: null,
  queue_id: null,
  prompt_id: null,
  message_seconds: null,
  message_whole: null,
  early_media: null,
  early_seconds: null,
  tone: null,
  announcement: null,
  network_answer: null,
  recording: false,
};
function analysisOf(result) {
  if (result === "sit") {
    return {
      ...NOTHING_FOUND,
      reaction: "number_uncallable",
      early_media: true,
      early_seconds: 2.4,
      tone: "sit",
      announcement: "unallocated",
    };
  }
  if (result !== "person" && result !== "machine") return null;
  return {
    ...NOTHING_FOUND,
    result,
    engine: "amd",
    terms: "medium 2500,1500,800,5000,100,50,2,256,5000 fax",
    cause: result === "person" ? "HUMAN-800-800" : "LONGGREETING-1560-1500",
    seconds: result === "person" ? 1.4 : 2.2,
    reaction: result === "person" ? "queue" : "hang_up",
  };
}
const attempts = data.contacts.map((contact, index) => {
  const result = RESULTS[index % RESULTS.length];
  const answered = result === "person" || result === "machine";
  const start = 120 + index * 95;
  const talk = 40 + Math.floor(random() * 200);
  const agent = data.users[3 + (index % 5)];
  const code = pick(data.wrapUpCodes);
  if (index === 3) {
    return data.attemptRow(contact, {
      mode: "predictive",
      result: "person",
      abandoned: true,
      sip_code: null,
      cause: 16,
      hung_up_by: "contact",
      reserved_at: null,
      dialling_at: data.ago(start),
      ringing_at: data.ago(start - 2),
      answered_at: data.ago(start - 9),
      message_media: "abandon-fr.wav",
      message_started_at: data.ago(start - 10.9),
      message_ended_at: data.ago(start - 18.2),
      closed_at: data.ago(start - 18.4),
    });
  }
  return data.attemptRow(contact, {
    attempt_number: 1 + (index % 3),
    result,
    sip_code: CAUSES[result]?.[0] ?? null,
    cause: CAUSES[result]?.[1] ?? 16,
    call_analysis: analysisOf(result),
    hung_up_by: answered ? pick(["agent", "contact"]) : "far_end",
    agent:
      result === "person" ? { user_id: agent.user_id, display_name: agent.display_name } : null,
    reserved_at: data.ago(start + 1),
    dialling_at: data.ago(start),
    ringing_at: data.ago(start - 2),
    answered_at: answered ? data.ago(start - 9) : null,
    connected_at: result === "person" ? data.ago(start - 9.2) : null,
    closed_at: data.ago(start - (answered ? 9 + talk : 27)),
    wrap_up:
      result === "person"
        ? {
            wrap_up_code_id: code.wrap_up_code_id,
            system_code: null,
            name: code.name,
            notes: index % 4 === 0 ? "Préfère être appelé après 17 h." : "",
            fields: {},
            created_at: data.ago(start - talk - 20),
          }
        : null,
  });
});

// --- Audit ----------------------------------------------------------------------------------------

const ACTS = [
  ["campaign.started", "campaign", { name: data.campaigns[0].name }],
  ["import.started", "contact_list", { file_bytes: 48_233_120 }],
  ["session.started", "session", { login: "admin" }],
  ["dnc_entries.added", "dnc_list", { name: "Oppositions", entries: 12 }],
  ["campaign.changed", "campaign", { fields: ["max_attempts", "callable_until"] }],
  ["user.created", "user", { role: "agent", permissions: [] }],
  ["campaign.paused", "campaign", { name: data.campaigns[2].name }],
  ["queue.changed", "queue", { name: "Fidélisation", members: 6 }],
];
for (const [index, entry] of data.audit.entries()) {
  const [action, subject_kind, details] = ACTS[index % ACTS.length];
  const actor = data.users[index % 3 === 0 ? 2 : 1];
  Object.assign(entry, {
    action,
    subject_kind,
    details,
    actor: { user_id: actor.user_id, display_name: actor.display_name },
  });
}

export const adminRoutes = [
  [
    "GET",
    "/contact-lists/:id/contacts",
    ({ query }) => page(contactsOf(query), query, query.get("search") ? undefined : 18420),
  ],
  ["GET", "/imports/:id/preview", ({ query }) => previewWith(query)],
  [
    "POST",
    "/imports/:id/start",
    ({ id, body }) => {
      const list =
        data.lists.find((one) => one.contact_list_id === body.contact_list_id) ?? data.lists[0];
      return Object.assign(found(data.imports, "import_id", id), {
        state: "waiting",
        contact_list_id: list.contact_list_id,
        contact_list_name: body.new_list?.name ?? list.name,
        started_at: null,
        ended_at: null,
      });
    },
  ],
  ["POST", "/imports/:id/cancel", importState("cancelled")],
  ["POST", "/imports/:id/resume", importState("waiting")],
  [
    "POST",
    "/campaigns",
    ({ body }) => {
      checkCampaign(body);
      const made = {
        ...body,
        campaign_id: randomUUID(),
        state: "ready",
        state_reason: "",
        state_changed_at: data.ahead(0),
        version: 1,
        created_at: data.ahead(0),
        updated_at: data.ahead(0),
      };
      data.campaigns.push(made);
      return made;
    },
  ],
  [
    "GET",
    "/campaigns/:id/contacts",
    ({ query }) => {
      const search = plain(query.get("search") ?? "");
      const state = query.get("state");
      return page(
        campaignContacts.filter(
          (row) =>
            plain(JSON.stringify(row.contact.data)).includes(search) &&
            (!state || row.state === state),
        ),
        query,
      );
    },
  ],
  [
    "GET",
    "/campaigns/:id/contacts/:other/explanation",
    ({ other }) =>
      campaignContacts.find((row) => row.contact.contact_id === other)?.explanation ??
      explanationOf(0, data.contacts[0]),
  ],
  [
    "GET",
    "/campaigns/:id/attempts",
    ({ query }) =>
      page(
        attempts.filter(
          (one) =>
            (!query.get("result") || one.result === query.get("result")) &&
            (!query.get("agent_user_id") || one.agent?.user_id === query.get("agent_user_id")),
        ),
        query,
        null,
      ),
  ],
  [
    "POST",
    "/api-tokens",
    ({ body }) => {
      const made = {
        api_token_id: randomUUID(),
        name: body.name,
        scopes: body.scopes,
        created_at: data.ahead(0),
        expires_at: data.ahead(86400 * body.expires_in_days),
        last_used_at: null,
        revoked_at: null,
      };
      data.tokens.unshift(made);
      return { ...made, token: `kwb_${randomUUID().replaceAll("-", "")}` };
    },
  ],
  [
    "DELETE",
    "/api-tokens/:id",
    ({ id }) => {
      found(data.tokens, "api_token_id", id).revoked_at = data.ahead(0);
    },
  ],
  [
    "POST",
    "/users",
    ({ body: { password: _password, ...body } }) => {
      if (data.users.some((one) => one.login === body.login)) {
        throw invalid([
          { field: "login", code: "LOGIN_TAKEN", message: "Cet identifiant est déjà pris." },
        ]);
      }
      const made = {
        ...body,
        user_id: randomUUID(),
        active: true,
        version: 1,
        created_at: data.ahead(0),
      };
      data.users.push(made);
      return made;
    },
  ],
  [
    "GET",
    "/audit",
    ({ query }) =>
      page(
        data.audit.filter(
          (one) =>
            (!query.get("subject_kind") || one.subject_kind === query.get("subject_kind")) &&
            (!query.get("actor_user_id") || one.actor?.user_id === query.get("actor_user_id")),
        ),
        query,
      ),
  ],
  [
    "GET",
    "/dnc-listings",
    ({ query }) => ({
      number: query.get("value").startsWith("9") ? null : data.dncEntries[0].value,
      value: query.get("value"),
      items: query.get("value").startsWith("9")
        ? []
        : data.dncLists.slice(0, 2).map((one) => ({ ...one, ...data.dncEntries[0] })),
    }),
  ],
  [
    "POST",
    "/dnc-lists/:id/ask-provider",
    ({ body }) => ({
      listed: body.number.startsWith("9") ? null : true,
      silence: body.number.startsWith("9") ? "TOO_SLOW" : "",
      message: body.number.startsWith("9")
        ? "Le service n’a pas répondu à temps : patientez, ou donnez-lui plus de temps."
        : "",
      status: body.number.startsWith("9") ? null : 200,
      seconds: 0.084,
    }),
  ],
  ["GET", "/dnc-lists/:id/uploads", ({ query }) => page(data.dncUploads, query)],
  ["POST", "/dnc-lists/:id/uploads", () => ({ ...data.dncUploads[0], preview: data.dncPreview })],
  ["GET", "/dnc-uploads/:id/preview", () => data.dncPreview],
  ["POST", "/dnc-uploads/:id/start", () => data.dncUploads[0]],
  ["POST", "/dnc-uploads/:id/cancel", () => data.dncUploads[0]],
  [
    "GET",
    "/dnc-lists/:id/entries",
    ({ query }) =>
      page(
        data.dncEntries.filter((one) => one.value.includes(plain(query.get("search") ?? ""))),
        query,
      ),
  ],
  [
    "POST",
    "/dnc-lists/:id/entries",
    ({ body }) => {
      const rejected = body.entries
        .map((entry, index) => ({ entry, index }))
        .filter(({ entry }) => !/\d{6}/.test(entry.value.replace(/\D/g, "")))
        .map(({ index }) => ({
          index,
          code: "PHONE_TOO_SHORT",
          message: "Le numéro a trop peu de chiffres : complétez-le.",
        }));
      return { added: body.entries.length - rejected.length, updated: 0, rejected };
    },
  ],
];
