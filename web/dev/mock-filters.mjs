/** A list's filters in the mock: two of them, and a count that follows the number of conditions. */

import { randomUUID } from "node:crypto";
import * as data from "./mock-data.mjs";

const ALL = [
  "EQUALS", "CONTAINS", "BEGINS_WITH", "ENDS_WITH", "IN", "LESS", "LESS_EQUAL", "GREATER",
  "GREATER_EQUAL", "BETWEEN", "IS_EMPTY",
]; // biome-ignore format: one line a kind
const NUMBERS = [
  "EQUALS",
  "LESS",
  "LESS_EQUAL",
  "GREATER",
  "GREATER_EQUAL",
  "BETWEEN",
  "IN",
  "IS_EMPTY",
];
const TIMES = ["EQUALS", "BEFORE", "AFTER", "BETWEEN", "IN", "IS_EMPTY"];
const CHOICES = ["EQUALS", "IN", "IS_EMPTY"];
const KINDS = {
  text: ALL,
  number: NUMBERS,
  date: TIMES,
  instant: TIMES,
  choice: CHOICES,
  yes_no: ["EQUALS"],
};

const property = (name, kind, values = null) => ({
  name,
  label: "",
  is_property: true,
  kind,
  predicates: KINDS[kind],
  values,
  sortable: kind !== "choice",
});
const fieldsOf = (list) => [
  ...list.columns.map((column) => {
    const kind = column.kind === "number" || column.kind === "date" ? column.kind : "text";
    return { ...property(column.name, kind), label: column.label, is_property: false };
  }),
  property("language", "text"),
  property("number_type", "choice", ["mobile", "fixed_line", "fixed_line_or_mobile", "other"]),
  property("callable", "yes_no", ["true", "false"]),
  property("created_at", "instant"),
  property("last_attempt_at", "instant"),
  property("last_result", "text", ["busy", "no_answer", "person"]),
  property("attempts_anywhere", "number"),
];

const list = data.lists[0];
const filter = (name, document, campaigns = []) => ({
  contact_list_filter_id: randomUUID(),
  contact_list_id: list.contact_list_id,
  name,
  document,
  campaigns,
  version: 1,
  created_at: data.iso(Date.now()),
  updated_at: data.iso(Date.now()),
});
const text = list.columns.find((column) => column.kind === "text")?.name;
const filters = [
  filter(
    "Cotonou, pas rappelés depuis 3 jours",
    {
      all: [
        { column: text, predicate: "BEGINS_WITH", value: "A", exact: true },
        {
          any: [
            { property: "last_attempt_at", predicate: "BEFORE", value: { relative: "-P3D" } },
            { property: "last_attempt_at", predicate: "IS_EMPTY" },
          ],
        },
        {
          not: { all: [{ property: "last_result", predicate: "IN", values: ["busy", "person"] }] },
        },
      ],
    },
    ["Relance impayés"],
  ),
  filter("Mobiles", { all: [{ property: "number_type", predicate: "EQUALS", value: "mobile" }] }),
];

export const filterRoutes = [
  [
    "GET",
    "/contact-lists/:id/filters",
    ({ id }) => {
      const items = filters.filter((one) => one.contact_list_id === id);
      return { items, next_page_token: null, total: items.length };
    },
  ],
  [
    "GET",
    "/contact-lists/:id/filter-fields",
    ({ id }) => {
      const found = data.lists.find((one) => one.contact_list_id === id) ?? list;
      return { items: fieldsOf(found), next_page_token: null, total: null };
    },
  ],
  [
    "POST",
    "/contact-lists/:id/filter-matches",
    ({ body }) => {
      const conditions = JSON.stringify(body.document).split("predicate").length - 1;
      const count = Math.round(list.contacts * 0.6 ** conditions);
      const exact = conditions < 4;
      return {
        count,
        contacts: list.contacts,
        exact,
        low: exact ? count : Math.round(count * 0.93),
        high: exact ? count : Math.round(count * 1.07),
        sample: data.contacts.slice(0, 20),
        sample_complete: true,
      };
    },
  ],
  [
    "POST",
    "/contact-lists/:id/filters",
    ({ body }) => {
      const made = filter(body.name, body.document);
      filters.push(made);
      return made;
    },
  ],
];
