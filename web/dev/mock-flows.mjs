/** Flows in the mock: one with a menu, a look-up and a queue, and a trial that goes by its ways. */

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import * as data from "./mock-data.mjs";
import { Refusal } from "./mock-refusal.mjs";

const file = new URL("../../tests/shared/flow-node-types.json", import.meta.url);
const { items: kinds } = JSON.parse(readFileSync(file, "utf8"));
const at = data.iso(Date.now());
const said = (fr, fon) => [{ text: { fr, fon } }];
const document = {
  languages: ["fr", "fon"],
  start: "accueil",
  on_error: "desole",
  variables: [{ name: "solde", type: "amount", personal: true }],
  nodes: [
    {
      id: "accueil",
      type: "say",
      say: said("Bienvenue chez Kwabo.", "Mi kwabɔ."),
      ways: { next: "menu" },
    },
    {
      id: "menu",
      type: "menu",
      title: "Menu principal",
      say: said("Pour votre solde, tapez 1. Pour un agent, tapez 2.", "1: akwɛ, 2: mɛ."),
      options: [
        { key: "1", label: { fr: "Solde", fon: "Akwɛ" } },
        { key: "2", label: { fr: "Agent", fon: "Mɛ" } },
      ],
      ways: { 1: "interroger", 2: "ouverture", timeout: "fin" },
    },
    {
      id: "interroger",
      type: "lookup",
      source_id: "11111111-1111-4111-8111-111111111111",
      parameters: { numero: "{{call:caller}}" },
      outputs: { balance: "solde" },
      ways: { ok: "dire", empty: "desole", error: "desole", slow: "desole" },
    },
    {
      id: "dire",
      type: "say",
      title: "Dire le solde",
      say: [{ text: { fr: "Votre solde est de", fon: "Akwɛ towe" } }, { amount: "{{solde}}" }],
      ways: { next: "menu" },
    },
    {
      id: "ouverture",
      type: "hours",
      schedule_id: "22222222-2222-4222-8222-222222222222",
      ways: { open: "file", closed: "message" },
    },
    {
      id: "file",
      type: "queue",
      queue_id: data.queues[0].queue_id,
      seconds: 300,
      offers: [{ key: "1" }],
      ways: { timeout: "message", 1: "message" },
    },
    {
      id: "message",
      type: "voicemail",
      queue_id: data.queues[0].queue_id,
      say: said("Laissez un message après le bip.", ""),
      ways: { next: "fin" },
    },
    { id: "desole", type: "say", say: said("Désolé, réessayez plus tard.", "Kɛnklɛn."), ways: {} },
    { id: "fin", type: "hang_up", say: said("Au revoir.", "Ɛyi zaandé."), ways: {} },
  ],
};
const tests = [
  {
    name: "Rien tapé",
    steps: [{ silence: true }],
    expected: { trail: ["accueil", "menu", "fin"], outcome: "HUNG_UP" },
  },
];
const made = (name, draft, published, used) => ({
  flow_id: randomUUID(),
  name,
  draft,
  tests: published ? tests : [],
  published_version: published,
  version: 3,
  used_by: used,
  updated_at: at,
});
export const flows = [
  made("Service client", document, 2, ["+229 01 21 30 00 00"]),
  made("Enquête", { languages: ["fr"], start: "", nodes: [] }, null, []),
];
const row = (flow) => ({
  flow_id: flow.flow_id,
  name: flow.name,
  nodes: flow.draft.nodes.length,
  languages: flow.draft.languages,
  tests_count: flow.tests.length,
  published_version: flow.published_version,
  version: flow.version,
  updated_at: flow.updated_at,
});

/** What the server would find first: needed ways that lead nowhere, words that are missing. */
function findingsOf(draft) {
  return draft.nodes.flatMap((node) => {
    const needed = kinds.find((one) => one.type === node.type)?.needed_ways ?? [];
    const open = needed
      .filter((way) => !node.ways?.[way])
      .map((way) => ({
        node: node.id,
        field: `ways.${way}`,
        code: "FLOW_WAY_NEEDED",
        message: `Dites où mène la sortie « ${way} ».`,
      }));
    const missing = (node.say ?? []).flatMap((part, index) =>
      part.text && draft.languages.some((language) => !part.text[language])
        ? [
            {
              node: node.id,
              field: `say.${index}.text`,
              code: "FLOW_WORDS_MISSING",
              message: "Les mots manquent dans une langue.",
            },
          ]
        : [],
    );
    return [...open, ...missing];
  });
}
const found = (id) => {
  const flow = flows.find((one) => one.flow_id === id);
  if (!flow) throw new Refusal(404, "NOT_FOUND", "Ce parcours n’existe pas.");
  return flow;
};
const told = (flow) => ({
  ...row(flow),
  draft: flow.draft,
  tests: flow.tests,
  findings: findingsOf(flow.draft),
  users: flow.used_by.map((name) => ({ kind: "number", name })),
});
const page = (items) => ({ items, next_page_token: null, total: items.length });

/** Far from the interpreter: what is said is said at once, a key or silence takes its way. */
function step(flow, draft, body) {
  const nodes = new Map(draft.nodes.map((one) => [one.id, one]));
  const trail = [];
  const actions = [];
  let node = nodes.get(body.cursor?.node);
  let way = body.input?.digit ?? (body.input?.type === "timed_out" ? "timeout" : "");
  if (body.input?.state) way = body.input.state;
  if (body.input?.outputs) way = body.input.failure ? "error" : "ok";
  if (body.cursor && !node?.ways?.[way])
    return { cursor: body.cursor, actions, outcome: "", trail };
  for (let next = body.cursor ? node.ways[way] : draft.start; ; next = node.ways.next) {
    node = nodes.get(next);
    if (!node) return { cursor: null, actions, outcome: "FLOW_ERROR", trail };
    trail.push({ flow_id: flow.flow_id, node: node.id, way });
    way = "next";
    if (node.say) {
      const parts = node.say.map((part) => ({
        type: part.text ? "text" : "amount",
        text: part.text?.fr,
        value: "1250",
        language: "",
      }));
      actions.push({ type: "say", parts });
    }
    if (node.type === "hang_up") return { cursor: null, actions, outcome: "HUNG_UP", trail };
    if (node.type === "say") continue;
    if (node.type === "hours") {
      actions.push({ type: "ask_hours", question: "q1", schedule_id: node.schedule_id });
    }
    if (node.type === "lookup") {
      const asked = { lookup: "l1", source_id: node.source_id, parameters: node.parameters };
      actions.push({ type: "look_up", seconds: 5, ...asked });
    }
    if (node.type === "queue") actions.push({ type: "enter_queue", queue_id: node.queue_id });
    actions.push({ type: "set_timer", timer: "t1", seconds: 5 });
    const cursor = { flow_id: flow.flow_id, node: node.id, state: { timer: "t1" } };
    return { cursor: { ...cursor, limit_timer: "t0", variables: {} }, actions, outcome: "", trail };
  }
}

export const flowRoutes = [
  ["GET", "/flow-node-types", () => page(kinds)],
  [
    "GET",
    "/flows",
    () =>
      page(
        flows.map((one) => ({
          ...row(one),
          draft_changed: one.published_version !== null,
          used_by: one.used_by,
        })),
      ),
  ],
  ["POST", "/flows/check", ({ body }) => ({ findings: findingsOf(body.draft) })],
  [
    "POST",
    "/flows",
    ({ body }) => {
      const flow = made(body.name, body.draft, null, []);
      flows.push(flow);
      return told(flow);
    },
  ],
  ["GET", "/flows/:id", ({ id }) => told(found(id))],
  [
    "PATCH",
    "/flows/:id",
    ({ id, body }) => {
      const flow = found(id);
      if (body.version !== flow.version) {
        throw new Refusal(409, "STALE_VERSION", "Quelqu’un d’autre a modifié ce parcours.");
      }
      const { name, draft, tests: kept } = body;
      return told(Object.assign(flow, { name, draft, tests: kept, version: flow.version + 1 }));
    },
  ],
  ["POST", "/flows/:id/trial", ({ id, body }) => step(found(id), body.draft, body)],
  [
    "POST",
    "/flows/:id/tests/run",
    ({ body }) =>
      page(
        body.tests.map((one) => ({
          name: one.name,
          passed: true,
          trail: one.expected.trail ?? [],
          outcome: one.expected.outcome ?? "",
          said: [],
          results: {},
          unused_steps: 0,
          differences: [],
        })),
      ),
  ],
  [
    "GET",
    "/flows/:id/versions",
    ({ id }) => {
      const first = {
        note: "Premier",
        restored_from: null,
        user_name: "Administrateur",
        published_at: at,
        tests: [],
      };
      const older = { ...document, nodes: document.nodes.slice(0, 7) };
      return page(
        found(id).published_version === null
          ? []
          : [
              { ...first, version: 2, note: "Messagerie", document },
              { ...first, version: 1, document: older },
            ],
      );
    },
  ],
];
