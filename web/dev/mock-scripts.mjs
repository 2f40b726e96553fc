/** Scripts in the mock: the example, published once, and a check that finds empty labels. */

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import * as data from "./mock-data.mjs";

const file = new URL("../../examples/script-relance.json", import.meta.url);
const { name, ...document } = JSON.parse(readFileSync(file, "utf8"));
const at = data.iso(Date.now());
const made = (title, draft, published) => ({
  script_id: randomUUID(),
  name: title,
  contact_list_id: data.lists[0].contact_list_id,
  draft,
  pages: draft.pages.length,
  published_version: published,
  campaigns: published ? [data.campaigns[0].name] : [],
  version: 1,
  updated_at: at,
});
const scripts = [made(name, document, 1), made("Enquête", { pages: [document.pages[2]] }, null)];

/** What the server would find first: blocks without a label. */
function problemsOf(draft) {
  return draft.pages.flatMap((page, index) =>
    page.blocks.flatMap((block, place) =>
      block.label === ""
        ? [
            {
              path: `pages.${index}.blocks.${place}.label`,
              code: "SCRIPT_LABEL",
              message: "Écrivez de 1 à 300 caractères.",
            },
          ]
        : [],
    ),
  );
}
const told = (script) => ({ ...script, problems: problemsOf(script.draft) });
const found = (id) => scripts.find((one) => one.script_id === id) ?? scripts[0];

/** The script of a call card. */
export const cardScript = () => ({
  script_id: scripts[0].script_id,
  script_version: 1,
  document: scripts[0].draft,
  page: "",
  visited: [],
  answers: {},
  revision: 0,
});

export const scriptRoutes = [
  ["GET", "/scripts", () => ({ items: scripts, next_page_token: null, total: scripts.length })],
  ["GET", "/scripts/:id", ({ id }) => told(found(id))],
  ["POST", "/scripts/check", ({ body }) => ({ problems: problemsOf(body.draft) })],
  [
    "PATCH",
    "/scripts/:id",
    ({ id, body }) => {
      const script = found(id);
      Object.assign(script, { draft: body.draft, name: body.name, version: script.version + 1 });
      return told(script);
    },
  ],
  [
    "GET",
    "/scripts/:id/versions",
    () => ({
      items: [
        {
          version: 1,
          note: "Premier",
          restored_from: null,
          user_name: "Administrateur",
          published_at: at,
          document,
        },
      ],
      next_page_token: null,
      total: 1,
    }),
  ],
];
