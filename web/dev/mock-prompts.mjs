/** Languages, prompts with variants, fragments and what is missing, of the scripted day. */

import { randomUUID } from "node:crypto";

const language = (code, name, fr, en, rest = {}) => ({
  language: code,
  name,
  name_fr: fr,
  name_en: en,
  fallbacks: ["fr"],
  used: false,
  numbers: "fallback",
  validated: false,
  approved_by: null,
  approved_at: null,
  reaches_fr: "de 0 à 100",
  reaches_en: "0 to 100",
  sources: ["E. Chan, Numeral Systems of the World's Languages"],
  fragments: 21,
  speech: false,
  ...rest,
});
const exact = { used: true, numbers: "own", validated: true, speech: true, fragments: 300 };

export const languages = {
  items: [
    language("fr", "Français", "Français", "French", exact),
    language("fon", "Fɔ̀ngbè", "Fon", "Fon", { used: true }),
    language("en", "English", "Anglais", "English", { ...exact, used: false }),
    language("bba", "Baatɔnum", "Baatonum (bariba)", "Baatonum (Bariba)"),
    language("yo", "Yorùbá", "Yoruba", "Yoruba"),
    language("ddn", "Dendi", "Dendi", "Dendi"),
  ],
  second_person: false,
};

const variant = (promptId, code, medium, state, words, rest = {}) => ({
  variant_id: randomUUID(),
  prompt_id: promptId,
  language: code,
  medium,
  version: 1,
  state,
  words,
  seconds: medium === "recorded" ? 3.2 : null,
  file_name: "",
  loudness: medium === "recorded" ? -20.1 : null,
  warnings: [],
  note: "",
  created_by: null,
  created_at: "2026-11-25T09:00:00.000Z",
  submitted_at: null,
  decided_by: null,
  decided_at: null,
  ...rest,
});

/** Gives the day's prompts their keys and variants. */
export function withVariants(prompts) {
  return prompts.map((prompt) => ({
    key: "message-de-rappel",
    description: "Bonjour, nous vous avons appelé au sujet de votre contrat.",
    ...prompt,
    variants: [
      variant(prompt.prompt_id, "fr", "recorded", "approved", "Bonjour, nous vous avons appelé."),
      variant(prompt.prompt_id, "fr", "text", "draft", "Bonjour {name}, rappelez-nous.", {
        note: "Dites aussi le numéro.",
      }),
      variant(prompt.prompt_id, "fon", "recorded", "in_review", "", { warnings: ["TOO_QUIET"] }),
    ],
  }));
}

export const reviews = (prompts) =>
  prompts.flatMap((prompt) =>
    prompt.variants
      .filter((one) => one.state === "in_review")
      .map((one) => ({
        prompt_id: prompt.prompt_id,
        key: prompt.key,
        name: prompt.name,
        description: prompt.description,
        variant: one,
      })),
  );

export const missing = [
  { language: "fon", prompt: "bienvenue", kind: "", count: 1, examples: ["bienvenue"] },
  {
    language: "fon",
    prompt: "",
    kind: "amount",
    count: 22,
    examples: ["number.0", "number.1", "number.2"],
  },
];

export const fragments = [
  ["number.1", "ɖokpo"],
  ["number.2", "we"],
  ["number.20", "ko"],
  ["number.40", "kanɖe"],
].map(([key, text]) => ({ key, text, kinds: ["number", "amount"], variants: [] }));

export const recordingNumbers = [{ number: "+2290121000091", label: "Studio" }];

export const recordingSessions = [
  {
    recording_session_id: "5d0f8f9e-0000-4000-8000-000000000001",
    language: "fon",
    state: "calling",
    code: "204815",
    made_by: "5d0f8f9e-0000-4000-8000-000000000002",
    made_by_name: "Superviseur",
    made_at: new Date(Date.now() - 300_000).toISOString(),
    expires_at: new Date(Date.now() + 1_500_000).toISOString(),
    called_at: new Date(Date.now() - 60_000).toISOString(),
    recorded: 1,
    prompts: fragments.map(({ key, text }, index) => ({
      position: index + 1,
      key,
      name: key,
      fragment: true,
      words: text,
      recorded: index === 0,
      variant: index === 0 ? variant("fragment", "fon", "recorded", "draft", text) : null,
    })),
  },
];
