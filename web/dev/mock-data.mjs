/** Invented people, lists and campaigns in the shapes of docs/developers/http-api.md. */

import { randomUUID } from "node:crypto";

const now = Date.now();
export const iso = (ms) => new Date(ms).toISOString();
export const ago = (seconds) => iso(now - seconds * 1000);
export const ahead = (seconds) => iso(Date.now() + seconds * 1000);

/** A seeded generator, so that every start shows the same screen. */
export function generator(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}
const random = generator(7);
const pick = (items) => items[Math.floor(random() * items.length)];

export const organisation = {
  organisation_id: randomUUID(),
  name: "Centre Akwaba, Cotonou",
  region: "BJ",
  time_zone: "Africa/Porto-Novo",
  language: "fr",
};

const ALL = (
  "users.read users.write lists.write contacts.read contacts.write campaigns.read campaigns.write " +
  "campaigns.run settings.read settings.write dnc.write live.read reports.read audit.read " +
  "flows.read flows.write flows.publish tokens.write queues.write persons.erase incidents.read " +
  "incidents.write messages.read messages.write agent.desktop"
).split(" ");
const SUPERVISOR = (
  "campaigns.read campaigns.run contacts.read contacts.write live.read dnc.write reports.read " +
  "users.read queues.write flows.read incidents.read incidents.write messages.read messages.write"
).split(" ");
export const roles = [
  { role: "administrator", permissions: ALL },
  { role: "supervisor", permissions: SUPERVISOR },
  { role: "agent", permissions: ["agent.desktop"] },
];

const user = (login, display_name, role, extra = {}) => ({
  user_id: randomUUID(),
  login,
  display_name,
  role,
  permissions: [],
  language: "fr",
  active: true,
  queue_ids: [],
  version: 1,
  created_at: ago(86400 * 40),
  ...extra,
});
export const users = [
  user("afi", "Afi Dossou", "agent"),
  user("admin", "Rodrigue Ahouansou", "administrator"),
  user("awa", "Awa Gbaguidi", "supervisor", { permissions: ["agent.desktop"] }),
  user("codjo", "Codjo Hounkpatin", "agent"),
  user("edwige", "Edwige Sossou", "agent"),
  user("fabrice", "Fabrice Adandé", "agent"),
  user("ines", "Inès Tossou", "agent"),
  user("karim", "Karim Alassane", "agent"),
  user("mariam", "Mariam Bio Sawé", "agent"),
  user("yves", "Yves Zinsou", "agent", { active: false }),
];

export const queues = [
  {
    queue_id: randomUUID(),
    name: "Fidélisation",
    member_user_ids: users.slice(0, 6).map((u) => u.user_id),
  },
  {
    queue_id: randomUUID(),
    name: "Recouvrement",
    member_user_ids: users.slice(4, 9).map((u) => u.user_id),
  },
];
for (const one of users) {
  one.queue_ids = queues
    .filter((queue) => queue.member_user_ids.includes(one.user_id))
    .map((queue) => queue.queue_id);
}

export const trunks = [
  {
    trunk_id: randomUUID(),
    name: "Opérateur A",
    endpoint: "operator-a",
    lines: 30,
    calls_per_second: 5,
    caller_ids: ["+2290121300100", "+2290121300101"],
    network_answers: [
      {
        sip_code: 480,
        cause: null,
        tone: "voice",
        result: "no_answer",
        announcement: "switched_off",
      },
    ],
    early_media_seconds: 10,
    early_media_keep_days: 7,
  },
];

const code = (position, name, name_en, flags, required_fields = []) => ({
  wrap_up_code_id: randomUUID(),
  name,
  name_en,
  flags,
  required_fields,
  position,
  active: true,
});
export const wrapUpCodes = [
  code(1, "Vente", "Sale", ["right_party", "success"], ["offre"]),
  code(2, "Intéressé, à rappeler", "Interested, call back", ["right_party", "neutral", "callback"]),
  code(3, "Refus", "Refused", ["right_party", "failure"], ["notes"]),
  code(4, "Pas la bonne personne", "Wrong person", ["neutral"]),
  code(5, "Mauvais numéro", "Wrong number", ["number_uncallable"]),
  code(6, "Ne plus appeler", "Do not call again", [
    "right_party",
    "do_not_call",
    "contact_uncallable",
  ]),
  code(7, "Répondeur", "Answering machine", ["neutral", "machine"]),
];
export const pauseReasons = [
  ["Pause", "Break"],
  ["Repas", "Lunch"],
  ["Formation", "Training"],
  ["Point avec le superviseur", "Supervisor meeting"],
].map(([name, name_en], position) => ({
  pause_reason_id: randomUUID(),
  name,
  name_en,
  position,
  active: true,
}));

const column = (position, name, label, kind = "text") => ({ name, label, kind, position });
export const columns = [
  column(0, "nom", "Nom"),
  column(1, "prenom", "Prénom"),
  column(2, "mobile", "Mobile", "phone"),
  column(3, "travail", "Travail", "phone"),
  column(4, "ville", "Ville"),
  column(5, "forfait", "Forfait actuel"),
  column(6, "fin_engagement", "Fin d’engagement", "date"),
  column(7, "offre", "Offre retenue"),
  column(8, "langue", "Langue", "language"),
];
const list = (name, contacts) => ({
  contact_list_id: randomUUID(),
  name,
  region: "BJ",
  time_zone: "Africa/Porto-Novo",
  zone_source: "number_then_list",
  columns,
  key_columns: ["mobile"],
  contacts,
  version: 1,
  created_at: ago(86400 * 6),
  updated_at: ago(3600),
});
export const lists = [list("Abonnés prépayés novembre", 18420), list("Fin d’engagement T4", 3208)];

const FIRST = ["Sèna", "Koffi", "Abla", "Rachidatou", "Gildas", "Bernadette", "Ulrich", "Chantal"];
const LAST = [
  "Agossou",
  "Houessou",
  "Amoussou",
  "Soulé",
  "Dansou",
  "Kpossou",
  "Lawani",
  "Tchibozo",
];
const TOWNS = ["Cotonou", "Parakou", "Porto-Novo", "Abomey", "Bohicon", "Ouidah", "Natitingou"];
const number = () =>
  `+22901${97 + Math.floor(random() * 2)}${String(Math.floor(random() * 1e6)).padStart(6, "0")}`;

export function contact(contact_list_id = lists[0].contact_list_id) {
  const mobile = number();
  const second = random() > 0.5 ? number() : null;
  const nom = pick(LAST);
  return {
    contact_id: randomUUID(),
    contact_list_id,
    external_key: mobile,
    data: {
      nom,
      prenom: pick(FIRST),
      mobile,
      travail: second ?? "",
      ville: pick(TOWNS),
      forfait: pick(["Classique 2 Go", "Zen 5 Go", "Maxi 20 Go"]),
      fin_engagement: "2026-12-31",
      offre: "",
      langue: pick(["fr", "fr", "fon"]),
    },
    numbers: [
      { number: mobile, label: "Mobile", callable: true },
      ...(second ? [{ number: second, label: "Travail", callable: true }] : []),
    ],
    time_zone: null,
    language: "fr",
    callable: random() > 0.05,
    uncallable_reason: null,
    version: 1,
    created_at: ago(86400 * 6),
    updated_at: ago(3600),
  };
}
export const contacts = Array.from({ length: 120 }, () => contact());

const SCRIPT =
  "Bonjour {{prenom}} {{nom}}, service fidélité.\n\nVotre forfait **{{forfait}}** arrive à son terme le {{fin_engagement}}.";
const campaign = (name, mode, state, extra = {}) => ({
  campaign_id: randomUUID(),
  name,
  contact_list_id: lists[0].contact_list_id,
  mode,
  priority: 3,
  queue_id: queues[0].queue_id,
  trunk_id: trunks[0].trunk_id,
  caller_id: "+2290121300100",
  caller_name: "Akwaba",
  callable_weekdays: [1, 2, 3, 4, 5, 6],
  callable_from: "08:00",
  callable_until: "20:00",
  callable_time_set_id: null,
  dnc_list_ids: [dncLists[0].dnc_list_id],
  max_attempts: 3,
  recall_seconds: {
    busy: 900,
    no_answer: 7200,
    machine: 14400,
    congestion: 300,
    failed: 3600,
    unknown: 3600,
  },
  minimum_gap_seconds: 600,
  no_answer_timeout_seconds: 25,
  after_call_limit_seconds: 90,
  call_analysis: true,
  response_set_id: null,
  flow_id: null,
  abandon_flow_id: null,
  preview_delivery: "push",
  preview_timeout_seconds: 45,
  preview_skip_allowed: true,
  callback_owned_hours: 24,
  callback_after_owned: "anyone",
  callback_takeover: "anyone",
  callback_takeover_minutes: 15,
  callback_deputy_user_id: null,
  callback_latest_hours: 168,
  callback_reminder_minutes: 5,
  callback_own_delivery: "dial",
  callback_anyone_delivery: "dial",
  preview_column: "",
  preview_values: [],
  agent_owned_column: "",
  owner_absent: "wait",
  owner_absent_hours: 24,
  calls_per_agent: 1.5,
  calls_per_agent_ceiling: 15,
  abandon_target: 0.03,
  abandon_window: "day",
  weight: 1,
  agents_kept_free: 0,
  script: SCRIPT,
  wrap_up_code_ids: wrapUpCodes.map((one) => one.wrap_up_code_id),
  compliance_preset: null,
  consent_purpose: "prospecting",
  consent_required: false,
  contract_calls: false,
  sector: "",
  contact_list_filter_ids: [],
  sort: [],
  sort_mode: "static",
  state,
  state_reason: "",
  state_changed_at: ago(5400),
  version: 3,
  created_at: ago(86400 * 5),
  updated_at: ago(5400),
  ...extra,
});
const dncList = (name, extra = {}) => ({
  dnc_list_id: randomUUID(),
  name,
  kind: "internal",
  key_column: null,
  channel: "any",
  organisation_wide: false,
  entries: 412,
  campaigns: ["Fidélisation novembre"],
  provider: null,
  version: 1,
  created_at: ago(86400 * 40),
  ...extra,
});
export const dncLists = [
  dncList("Oppositions"),
  dncList("Toute l’organisation", { organisation_wide: true, entries: 128_450, campaigns: [] }),
  dncList("Contrats résiliés", { key_column: "contrat", channel: "voice", entries: 3_120 }),
  dncList("Bloctel", {
    kind: "provider",
    channel: "voice",
    organisation_wide: true,
    entries: 51_220,
    campaigns: [],
    provider: {
      method: "GET",
      url: "https://oppositions.example/v1/numbers/{number}",
      body: "",
      header_name: "Authorization",
      header_value: "Bearer {secret}",
      secret_name: "bloctel",
      answer_path: "data.listed",
      listed_values: ["true"],
      not_listed_values: ["false"],
      timeout_seconds: 3,
      requests_per_second: 10,
      max_age_seconds: 28 * 86400,
      when_silent: "hold",
      last_answer_at: ago(42),
      last_silence_at: ago(3 * 3600),
      last_silence: "TOO_SLOW",
      last_silence_message:
        "Le service n’a pas répondu à temps : patientez, ou donnez-lui plus de temps.",
    },
  }),
];
export const dncEntries = Array.from({ length: 12 }, (_, index) => ({
  value: number(),
  user_name: index % 3 === 0 ? "Aïcha Dossou" : "Codjo Mensah",
  reason: "Demande du client",
  source: index % 3 === 0 ? "agent" : "upload",
  created_at: ago(86400 * (index + 1)),
  expires_at: index % 4 === 0 ? ahead(86400 * 90) : null,
}));
const dncUpload = (file_name, state, extra = {}) => ({
  upload_id: randomUUID(),
  dnc_list_id: dncLists[0].dnc_list_id,
  file_name,
  file_bytes: 14_000_000,
  state,
  bytes_done: 14_000_000,
  rows_read: 1_000_000,
  rows_added: 981_200,
  rows_updated: 412,
  rows_duplicate: 18_100,
  rows_rejected: 288,
  rows_per_second: 61_000,
  reason: "Liste nationale",
  expires_at: null,
  error: null,
  created_at: ago(7200),
  started_at: ago(7195),
  ended_at: ago(7100),
  ...extra,
});
export const dncUploads = [
  dncUpload("oppositions-novembre.csv", "running", {
    bytes_done: 5_200_000,
    rows_added: 371_000,
    rows_rejected: 0,
    ended_at: null,
  }),
  dncUpload("oppositions-octobre.csv", "complete"),
];
export const dncPreview = {
  encoding: "windows-1252",
  encodings: ["utf-8", "windows-1252"],
  delimiter: ";",
  delimiters: [";", ","],
  has_header: true,
  column: 1,
  header: ["Nom", "Téléphone"],
  rows: [
    { line_number: 2, cells: ["Adjovi", "97 12 34 56"], value: "+2290197123456", message: null },
    {
      line_number: 3,
      cells: ["Zinsou", "pas de numéro"],
      value: null,
      message: "Un numéro ne contient que des chiffres : enlevez les lettres de la cellule.",
    },
    { line_number: 4, cells: ["Agbo", "0195000001"], value: "+2290195000001", message: null },
  ],
};
export const campaigns = [
  campaign("Fidélisation novembre", "predictive", "running"),
  campaign("Fin d’engagement T4", "preview", "running", {
    contact_list_id: lists[1].contact_list_id,
    state_reason: "WAITING_FOR_RECALLS",
  }),
  campaign("Relance factures octobre", "power", "running", { queue_id: queues[1].queue_id }),
  campaign("Enquête de satisfaction", "progressive", "ready"),
  campaign("Service client", "inbound", "running"),
];

export const campaignLive = campaigns.slice(0, 3).map((one, index) => ({
  campaign_id: one.campaign_id,
  name: one.name,
  mode: one.mode,
  state: one.state,
  state_reason: one.state_reason,
  dialling: 3 - index,
  ringing: 3 - index,
  talking: 4 - index,
  waiting: 0,
  agents_ready: 2 - index,
  agents_on_call: 4 - index,
  agents_after_call: index === 1 ? 0 : 1,
  attempts: 2140 - index * 800,
  answered: 861 - index * 300,
  abandoned: 9 - index * 3,
  results: {
    person: 852 - index * 300,
    no_answer: 760 - index * 300,
    busy: 212 - index * 80,
    machine: 190 - index * 60,
    invalid: 74,
    congestion: 31,
    failed: 12,
  },
  contacts: [18420, 3208, 9600][index],
  finished: [1290, 611, 240][index],
  next_attempt_at: index === 1 ? ahead(1500) : null,
  pacing: null,
}));

export const attemptRow = (one, extra = {}) => ({
  attempt_id: randomUUID(),
  campaign_id: campaigns[0].campaign_id,
  campaign_name: campaigns[0].name,
  contact_id: one.contact_id,
  attempt_number: 1,
  number: one.numbers[0].number,
  mode: "progressive",
  caller_id: "+2290121300100",
  agent: null,
  state: "closed",
  result: "no_answer",
  sip_code: 480,
  cause: 19,
  hung_up_by: "far_end",
  abandoned: false,
  offered_at: null,
  reserved_at: ago(86401),
  dialling_at: ago(86400),
  ringing_at: ago(86398),
  answered_at: null,
  connected_at: null,
  closed_at: ago(86375),
  message_media: null,
  message_started_at: null,
  message_ended_at: null,
  opted_out_at: null,
  call_analysis: null,
  wrap_up: null,
  ...extra,
});

export function historyOf(one) {
  return [
    attemptRow(one, { attempt_number: 2, result: "no_answer" }),
    attemptRow(one, {
      attempt_id: randomUUID(),
      campaign_name: "Enquête de satisfaction",
      result: "person",
      agent: { user_id: users[3].user_id, display_name: users[3].display_name },
      dialling_at: ago(86400 * 12),
      answered_at: ago(86400 * 12 - 8),
      connected_at: ago(86400 * 12 - 9),
      closed_at: ago(86400 * 12 - 190),
      wrap_up: {
        wrap_up_code_id: wrapUpCodes[1].wrap_up_code_id,
        system_code: null,
        name: "Intéressé, à rappeler",
        notes: "Au travail en ce moment, préfère qu’on l’appelle après 17 h.",
        fields: {},
        created_at: ago(86400 * 12 - 220),
      },
    }),
  ];
}

export function explanation() {
  const later = random() > 0.5;
  return {
    callable: !later,
    code: later ? "RECALL_DELAY" : "CALLABLE",
    message: later
      ? "La dernière tentative n’a pas eu de réponse ; la prochaine est permise dans deux heures."
      : "Ce contact peut être appelé maintenant.",
    next_attempt_at: later ? ahead(3600) : null,
    checks: [
      {
        code: "CONTACT_UNCALLABLE",
        verdict: "allowed",
        retry_at: null,
        message: "Le contact est appelable.",
      },
      {
        code: "DNC_LISTED",
        verdict: "allowed",
        retry_at: null,
        message: "Aucun numéro en opposition.",
      },
      { code: "ATTEMPT_LIMIT", verdict: "allowed", retry_at: null, message: "1 tentative sur 3." },
      {
        code: "RECALL_DELAY",
        verdict: later ? "later" : "allowed",
        retry_at: later ? ahead(3600) : null,
        message: later ? "Rappel après deux heures." : "Le délai de rappel est passé.",
      },
    ],
    number: null,
  };
}

export const preview = {
  encoding: "utf-8",
  encodings: ["utf-8", "windows-1252", "utf-16"],
  delimiter: ";",
  delimiters: [";", ",", "\t", "|"],
  has_bom: true,
  header: ["nom", "prenom", "mobile", "ville"],
  mapping: {
    columns: [
      { source: "nom", name: "nom", label: "Nom", kind: "text" },
      { source: "prenom", name: "prenom", label: "Prénom", kind: "text" },
      { source: "mobile", name: "mobile", label: "Mobile", kind: "phone" },
      { source: "ville", name: "ville", label: "Ville", kind: "text" },
    ],
  },
  left_out: [],
  rows: Array.from({ length: 6 }, (_, index) => {
    const raw = index === 3 ? "97 12" : `97${String(index * 111111).padStart(6, "0")}`;
    return {
      line_number: index + 2,
      cells: [pick(LAST), pick(FIRST), raw, pick(TOWNS)].map((value, cell) => ({
        value,
        parsed: cell !== 2 ? value : index === 3 ? null : `+22901${raw}`,
        code: cell === 2 && index === 3 ? "NUMBER_TOO_SHORT" : null,
        message: cell === 2 && index === 3 ? "Ce numéro est trop court." : null,
      })),
    };
  }),
};
const importOf = (file_name, state, extra = {}) => ({
  import_id: randomUUID(),
  contact_list_id: lists[0].contact_list_id,
  contact_list_name: lists[0].name,
  file_name,
  file_bytes: 48_233_120,
  state,
  encoding: "utf-8",
  delimiter: ";",
  mapping: preview.mapping,
  on_duplicate: "update",
  bytes_done: 48_233_120,
  rows_read: 18_611,
  rows_added: 18_420,
  rows_updated: 0,
  rows_duplicate: 150,
  rows_rejected: 41,
  error: null,
  created_at: ago(7300),
  started_at: ago(7290),
  ended_at: ago(7260),
  ...extra,
});
export const imports = [
  importOf("abonnes-novembre.csv", "complete"),
  importOf("relance.csv", "running", {
    bytes_done: 21_000_000,
    rows_read: 8000,
    rows_added: 7900,
    ended_at: null,
  }),
];
export const rejections = Array.from({ length: 41 }, (_, index) => ({
  line_number: 40 + index * 13,
  column: "mobile",
  value: pick(["97 12", "abc", "", "00229"]),
  code: pick(["NUMBER_TOO_SHORT", "NOT_A_NUMBER"]),
  message: "Ce n’est pas un numéro de téléphone.",
}));

export const audit = Array.from({ length: 30 }, (_, index) => ({
  audit_id: 900 - index,
  at: ago(index * 700),
  actor: { user_id: users[1].user_id, display_name: users[1].display_name },
  action: pick([
    "campaign.started",
    "campaign.paused",
    "user.created",
    "import.started",
    "dnc.added",
  ]),
  subject_kind: "campaign",
  subject_id: campaigns[0].campaign_id,
  details: { name: campaigns[0].name },
}));
export const tokens = [
  {
    api_token_id: randomUUID(),
    name: "CRM",
    scopes: ["contacts.write"],
    created_at: ago(86400 * 20),
    expires_at: ahead(86400 * 70),
    last_used_at: ago(320),
    revoked_at: null,
  },
];
