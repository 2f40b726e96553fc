// @vitest-environment jsdom

import { expect, test } from "vitest";
import { pluralEn, pluralFr } from "./messages";

type Tree = { [key: string]: unknown };

const catalogues = import.meta.glob<{ default: Tree }>("../**/messages.{fr,en}.ts", {
  eager: true,
});

function keysOf(tree: Tree, prefix = ""): string[] {
  return Object.entries(tree)
    .flatMap(([key, value]) =>
      typeof value === "object" && value !== null
        ? keysOf(value as Tree, `${prefix}${key}.`)
        : [`${prefix}${key}:${typeof value}`],
    )
    .sort();
}

function emptyIn(tree: Tree): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    value === ""
      ? [key]
      : typeof value === "object" && value !== null
        ? emptyIn(value as Tree)
        : [],
  );
}

/** Every text of a catalogue as its file has it, so that those made by functions are there too. */
const sources = import.meta.glob<string>("../**/messages.fr.ts", {
  eager: true,
  query: "?raw",
  import: "default",
});

test.each(Object.entries(sources))("%s has one form of apostrophe", (_, source) => {
  expect(source.match(/.*\p{L}'[\p{L}$].*/gu) ?? []).toEqual([]);
});

const folders = [
  ...new Set(Object.keys(catalogues).map((path) => path.replace(/messages\.\w+\.ts$/, ""))),
];

test("there are catalogues", () => {
  expect(folders.length).toBeGreaterThan(2);
});

test.each(folders)("%s speaks French and English alike", (folder) => {
  const fr = catalogues[`${folder}messages.fr.ts`]?.default;
  const en = catalogues[`${folder}messages.en.ts`]?.default;
  expect(fr, "messages.fr.ts").toBeDefined();
  expect(en, "messages.en.ts").toBeDefined();
  expect(keysOf(en as Tree)).toEqual(keysOf(fr as Tree));
  expect([...emptyIn(fr as Tree), ...emptyIn(en as Tree)]).toEqual([]);
});

test("the word for a count is chosen by the count, also when it comes as it is written", () => {
  const french = [0, 1, 2, "0", "1", "2", "1 001"].map((n) => pluralFr(n, "appel", "appels"));
  expect(french).toEqual(["appel", "appel", "appels", "appel", "appel", "appels", "appels"]);
  const english = [0, 1, 2, "0", "1", "2", "1,001"].map((n) => pluralEn(n, "call", "calls"));
  expect(english).toEqual(["calls", "call", "calls", "calls", "call", "calls", "calls"]);
});
