/** Changes of a script's document by the paths that its problems have too: "pages.0.blocks.1.label". */

import type { ActionType, Block, Condition, ScriptDocument, ScriptPage, Statement } from "./types";

type Steps = (string | number)[];
const stepsOf = (path: string): Steps =>
  path.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));

function changed(node: unknown, steps: Steps, change: (old: unknown) => unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return change(node);
  if (Array.isArray(node)) {
    return node.map((one, index) => (index === step ? changed(one, rest, change) : one));
  }
  const record = node as Record<string, unknown>;
  return { ...record, [step]: changed(record[step], rest, change) };
}

/** The document with what stands at a path changed. */
export const changedAt = <T>(
  document: ScriptDocument,
  path: string,
  change: (old: T) => T,
): ScriptDocument =>
  changed(document, stepsOf(path), change as (old: unknown) => unknown) as ScriptDocument;

export const mergedAt = (
  document: ScriptDocument,
  path: string,
  part: Record<string, unknown>,
): ScriptDocument =>
  changedAt<Record<string, unknown>>(document, path, (old) => {
    const merged = { ...old, ...part };
    for (const [name, value] of Object.entries(part)) if (value === undefined) delete merged[name];
    return merged;
  });

const listAt = (path: string): [string, number] => {
  const cut = path.lastIndexOf(".");
  return [path.slice(0, cut), Number(path.slice(cut + 1))];
};

export function movedTo(document: ScriptDocument, path: string, to: number): ScriptDocument {
  const [list, from] = listAt(path);
  return changedAt<unknown[]>(document, list, (old) => {
    if (to < 0 || to >= old.length) return old;
    const rest = old.filter((_, index) => index !== from);
    return [...rest.slice(0, to), old[from], ...rest.slice(to)];
  });
}

export function removedAt(document: ScriptDocument, path: string): ScriptDocument {
  const [list, at] = listAt(path);
  return changedAt<unknown[]>(document, list, (old) => old.filter((_, index) => index !== at));
}

export const insertedIn = (document: ScriptDocument, list: string, item: unknown) =>
  changedAt<unknown[]>(document, list, (old) => [...old, item]);

/** Every name of pages, fields and buttons. */
export function namesIn(document: ScriptDocument): Set<string> {
  const names = new Set<string>();
  const walk = (blocks: readonly Block[]) => {
    for (const block of blocks) {
      if ("id" in block) names.add(block.id);
      if (block.type === "section") walk(block.blocks);
    }
  };
  for (const page of document.pages) {
    names.add(page.id);
    walk(page.blocks);
  }
  return names;
}

export function freeName(document: ScriptDocument, wanted: string): string {
  const plain =
    wanted
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 50) || "x";
  const taken = namesIn(document);
  if (!taken.has(plain)) return plain;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${plain}-${number}`)) return `${plain}-${number}`;
  }
}

export function newBlock(document: ScriptDocument, type: Block["type"], label: string): Block {
  switch (type) {
    case "text":
      return { type, text: "" };
    case "field":
      return { type, id: freeName(document, label), label, input: "text" };
    case "section":
      return { type, title: "", when: { all: [newStatement()] }, blocks: [] };
    default:
      return {
        type: "button",
        id: freeName(document, label),
        label,
        action: { type: "go", page: document.pages[0]?.id ?? "" },
      };
  }
}

/** A copy with names of its own. */
export function duplicateOf(document: ScriptDocument, block: Block): Block {
  const copy = structuredClone(block);
  let around = document;
  const rename = (one: Block) => {
    if ("id" in one) {
      one.id = freeName(around, one.id);
      around = { ...around, pages: [...around.pages, { id: one.id, title: "", blocks: [] }] };
    }
    if (one.type === "section") one.blocks.forEach(rename);
  };
  rename(copy);
  return copy;
}

export const newPage = (document: ScriptDocument, title: string): ScriptPage => ({
  id: freeName(document, title),
  title,
  finish: true,
  blocks: [],
});

export const newStatement = (): Statement => ({
  of: "column",
  name: "",
  value_type: "STRING",
  operator: "EQUALS",
  value: "",
});

export function newAction(type: ActionType, document: ScriptDocument) {
  switch (type) {
    case "go":
      return { type, page: document.pages[0]?.id ?? "" };
    case "do_not_call":
      return { type, dnc_list_id: null, days: null };
    case "uncallable":
      return { type, what: "number" as const };
    case "callback":
      return { type, minutes: 60, mine: true, note: "" };
    case "transfer":
      return { type, number: null, user_id: null };
    case "wrap_up":
      return { type, wrap_up_code_id: null, finish: false };
    case "open":
      return { type, url: "https://" };
    case "copy":
      return { type, text: "" };
    default:
      return { type };
  }
}

interface Group<Of> {
  negated: boolean;
  word: "all" | "any";
  parts: Condition<Of>[];
}

/** A group as the builder shows it: `not` around it is its own switch. */
export function groupOf<Of>(condition: Condition<Of>): Group<Of> {
  if ("not" in condition) {
    const inner = groupOf(condition.not);
    return { ...inner, negated: !inner.negated };
  }
  if ("all" in condition) return { negated: false, word: "all", parts: condition.all };
  if ("any" in condition) return { negated: false, word: "any", parts: condition.any };
  return { negated: false, word: "all", parts: [condition] };
}

export function conditionOf<Of>(group: Group<Of>): Condition<Of> {
  const inner = group.word === "all" ? { all: group.parts } : { any: group.parts };
  return group.negated ? { not: inner } : inner;
}

export const OPERATORS: Record<string, readonly string[]> = {
  STRING: ["EQUALS", "CONTAINS", "BEGINS_WITH", "ENDS_WITH", "IS_EMPTY"],
  NUMERIC: [
    "EQUALS",
    "LESS_THAN",
    "LESS_THAN_EQUALS",
    "GREATER_THAN",
    "GREATER_THAN_EQUALS",
    "IS_EMPTY",
  ],
  DATETIME: ["BEFORE", "AFTER", "EQUALS", "IS_EMPTY"],
  PERIOD: ["LESS_THAN", "LESS_THAN_EQUALS", "GREATER_THAN", "GREATER_THAN_EQUALS", "IS_EMPTY"],
};

/** "a = Label" a line. */
export const choicesText = (choices: readonly { value: string; label?: string }[]): string =>
  choices.map((one) => (one.label ? `${one.value} = ${one.label}` : one.value)).join("\n");

export const choicesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.split("="))
    .map(([value = "", ...label]) => ({ value: value.trim(), label: label.join("=").trim() }))
    .filter((one) => one.value !== "")
    .map(({ value, label }) => (label === "" ? { value } : { value, label }));

/** Whether a parsed file looks like a script at all; the server says what else is wrong with it. */
export function isDocument(value: unknown): value is ScriptDocument {
  const pages = (value as { pages?: unknown } | null)?.pages;
  return (
    Array.isArray(pages) &&
    pages.length > 0 &&
    pages.every(
      (page) =>
        typeof page?.id === "string" && typeof page?.title === "string" && goodBlocks(page.blocks),
    )
  );
}

function goodBlocks(blocks: unknown): boolean {
  return (
    Array.isArray(blocks) &&
    blocks.every((block) => {
      if (block?.type === "section") return goodBlocks(block.blocks);
      if (block?.type === "text") return typeof block.text === "string";
      if (block?.type === "field") return typeof block.id === "string";
      return block?.type === "button" && typeof block.action?.type === "string";
    })
  );
}

export interface Difference {
  path: string;
  kind: "added" | "removed" | "changed";
  before: string;
  after: string;
}

/** What differs between two documents: pages and named blocks are found again by their names. */
export function differences(before: ScriptDocument, after: ScriptDocument): Difference[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  const found: Difference[] = [];
  for (const [path, text] of old) {
    const other = now.get(path);
    if (other === undefined) found.push({ path, kind: "removed", before: text, after: "" });
    else if (other !== text) found.push({ path, kind: "changed", before: text, after: other });
  }
  for (const [path, text] of now) {
    if (!old.has(path)) found.push({ path, kind: "added", before: "", after: text });
  }
  return found;
}

function partsOf(document: ScriptDocument): Map<string, string> {
  const parts = new Map<string, string>([["required", document.required ?? "remind"]]);
  const walk = (blocks: readonly Block[], at: string) => {
    blocks.forEach((block, index) => {
      const name = "id" in block ? block.id : `${block.type} ${index + 1}`;
      const { ...rest } = block;
      if (rest.type === "section") {
        const { blocks: inner, ...head } = rest;
        parts.set(`${at} › ${name}`, JSON.stringify(head, null, 1));
        walk(inner, `${at} › ${name}`);
      } else if (rest.type === "text") parts.set(`${at} › ${name}`, rest.text + whenText(rest));
      else parts.set(`${at} › ${name}`, JSON.stringify(rest, null, 1));
    });
  };
  for (const page of document.pages) {
    const { blocks, ...head } = page;
    parts.set(page.id, JSON.stringify(head, null, 1));
    walk(blocks, page.id);
  }
  return parts;
}

const whenText = (block: Block) => (block.when ? `\n${JSON.stringify(block.when)}` : "");
