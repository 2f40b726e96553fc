/** Law, consents and proofs for the mock server; the presets are those of the program, cut short. */

import * as data from "./mock-data.mjs";

const demand = (name, value, source, rest = {}) => ({
  name,
  value,
  basis: "law",
  kept_by: "program",
  source,
  source_fr: "",
  read: "2026-11-26",
  ...rest,
});
const WEEKDAYS = [1, 2, 3, 4, 5];
const PRESETS = [
  {
    preset_id: "none",
    version: "2026-11-26",
    country: "",
    names: { fr: "Aucune", en: "None" },
    values: [],
  },
  {
    preset_id: "FR",
    version: "2026-11-26",
    country: "FR",
    names: { fr: "France", en: "France" },
    values: [
      demand(
        "consent_required",
        true,
        "Code de la consommation art. L. 223-1, loi 2025-594 art. 13",
      ),
      demand(
        "sectors_banned",
        ["energy_renovation", "home_adaptation"],
        "Code de la consommation art. L. 223-1",
      ),
      demand(
        "hours",
        [
          { days: WEEKDAYS, from: "10:00", until: "13:00" },
          { days: WEEKDAYS, from: "14:00", until: "20:00" },
        ],
        "Code de la consommation art. D. 223-9",
      ),
      demand("frequency_calls", 4, "Code de la consommation art. D. 223-9"),
      demand("frequency_days", 30, "Code de la consommation art. D. 223-9"),
      demand(
        "caller_id_prefixes",
        ["+33162", "+33163", "+33270", "+33271"],
        "Arcep, décision 2022-1583",
      ),
      demand("data_request_days", 30, "RGPD art. 12(3)", { kept_by: "people" }),
    ],
  },
  {
    preset_id: "BJ",
    version: "2026-11-26",
    country: "BJ",
    names: { fr: "Bénin", en: "Benin" },
    values: [
      demand("consent_required", true, "Code du numérique, loi 2017-20, art. 390 and 643"),
      demand(
        "hours",
        [{ days: [...WEEKDAYS, 6], from: "08:00", until: "20:00" }],
        "No text on hours of calling was found for Benin: Kwabo's own default",
        { basis: "default" },
      ),
    ],
  },
];

let settings = {
  preset: "BJ",
  countries: null,
  allowed_countries: ["BJ"],
  number_kinds: ["fixed_line", "mobile", "other", "toll_free"],
  denied_prefixes: ["+22990"],
  always_denied: {
    "+870": { fr: "satellite : Inmarsat", en: "satellite: Inmarsat" },
    "+979": { fr: "numéros surtaxés internationaux", en: "international premium rate" },
  },
  always_denied_source: "ITU-T, List of Recommendation ITU-T E.164 assigned country codes",
  caps: [
    { country: "", per: "minute", most: 120, used: 37 },
    { country: "BJ", per: "day", most: 20000, used: 20000 },
  ],
  tariffs: { "+": 250, "+229": 60 },
  spend_per_day: 500000,
  spend_per_month: null,
  spending: [
    { per: "day", most: 500000, spent: 183420 },
    { per: "month", most: null, spent: 2400310 },
  ],
  reserved_minutes: 5,
  opt_out: false,
  opt_out_key: "9",
  message_media: "",
  confirmation_media: "sound:auth-thankyou",
  warnings: [],
  version: 3,
  updated_at: data.ago(86400),
};

const numberOf = (contact) => contact.numbers[0]?.number ?? "+2290161000001";
const line = (contact, index) => ({
  consent_id: `${contact.contact_id}-${index}`,
  kind: ["given", "withdrawn", "given", "void"][index % 4],
  number: numberOf(contact),
  contact_id: contact.contact_id,
  purpose: index % 4 === 1 ? "*" : "prospecting",
  channel: "voice",
  at: data.ago(86400 * (index + 1)),
  how: ["Formulaire web", "call", "Papier", "mauvaise personne"][index % 4],
  proof:
    index % 4 === 0 ? "J’accepte d’être appelé par Bénin Assurance au sujet de ses offres." : "",
  reference: index % 4 === 2 ? "BS-2026-0412" : "",
  file_sha256: "",
  valid_until: index % 4 === 2 ? data.ago(-86400 * 300) : null,
  voids: null,
  source: ["user", "agent", "import", "user"][index % 4],
  user_id: null,
  user_display_name: index % 4 === 2 ? null : "Awa Dossou",
  created_at: data.ago(86400 * index),
});

export const complianceRoutes = (page) => [
  ["GET", "/compliance/presets", () => ({ items: PRESETS })],
  ["GET", "/compliance/preset", () => ({ preset: settings.preset })],
  ["GET", "/compliance", () => settings],
  [
    "PATCH",
    "/compliance",
    ({ body }) => {
      settings = { ...settings, ...body, version: settings.version + 1 };
      return settings;
    },
  ],
  ["GET", "/consents", ({ query }) => page(data.contacts.slice(0, 8).map(line), query)],
  ["POST", "/consents", () => ({ items: [] })],
  [
    "POST",
    "/consents/import",
    () => ({
      rows: 3,
      added: 1,
      known: 1,
      rejected: [
        {
          line: 3,
          column: "at",
          code: "CONSENT_TIME",
          message: "Dites quand : 2026-11-23, 23/11/2026.",
        },
      ],
      ignored_columns: ["couleur"],
    }),
  ],
  [
    "GET",
    "/contacts/:id/consents",
    ({ id }) => {
      const contact = data.contacts.find((one) => one.contact_id === id) ?? data.contacts[0];
      return {
        lines: [line(contact, 0), line(contact, 2)],
        standings: contact.numbers.map((one, index) => ({
          number: one.number,
          purpose: "prospecting",
          state: index === 0 ? "proven" : "missing",
          consent_id: null,
        })),
      };
    },
  ],
  [
    "GET",
    "/attempts/:id/proof",
    () => ({
      organisation: "Bénin Assurance",
      made_at: data.ago(0),
      attempt: data.historyOf(data.contacts[0])[1],
      preset_id: "FR",
      preset_version: "2026-11-26",
      preset_names: PRESETS[1].names,
      preset_values: PRESETS[1].values,
      preset_changed_since: false,
      consent: line(data.contacts[0], 0),
      rules: [
        "IN_PROGRESS",
        "CONTACT_UNCALLABLE",
        "DNC_LISTED",
        "CONSENT_MISSING",
        "PRESET FR 2026-11-26",
      ],
      dnc_list_names: ["Opposition"],
    }),
  ],
];
