/** A script's document for those who walk through it: the same as domain/scripts/{document,answers}.py. */

import { type Facts, holds } from "./conditions";
import type {
  Answer,
  Answers,
  Block,
  FieldBlock,
  ScriptDocument,
  ScriptPage,
  WayOn,
  When,
} from "./types";

export interface PlacedField extends FieldBlock {
  page: string;
  /** Of the field and of all sections around it. */
  seen: When[];
}

export function fieldsOf(document: ScriptDocument): Map<string, PlacedField> {
  const found = new Map<string, PlacedField>();
  const walk = (blocks: readonly Block[], page: string, around: When[]) => {
    for (const block of blocks) {
      const seen = [...around, block.when];
      if (block.type === "field" && !found.has(block.id))
        found.set(block.id, { ...block, page, seen });
      if (block.type === "section") walk(block.blocks, page, seen);
    }
  };
  for (const page of document.pages) walk(page.blocks, page.id, []);
  return found;
}

export const pageOf = (document: ScriptDocument, id: string): ScriptPage | undefined =>
  document.pages.find((page) => page.id === id) ?? document.pages[0];

export function waysOn(page: ScriptPage): WayOn[] {
  if (typeof page.next === "string") return page.next === "" ? [] : [{ page: page.next }];
  return page.next ?? [];
}

/** Where "next" leads now. */
export const nextOf = (page: ScriptPage, facts: Facts): string | null =>
  waysOn(page).find((way) => holds(way.when, facts))?.page ?? null;

/** The answer that a column's value stands for; "" when it stands for none. */
export function ofColumn(field: FieldBlock, value: string): Answer {
  const choices = (field.choices ?? []).map((one) => one.value);
  if (field.input === "choices") {
    const held = value.split(";").map((one) => one.trim());
    return choices.filter((one) => held.includes(one));
  }
  if (field.input === "choice") return choices.includes(value) ? value : "";
  if (field.input === "yes_no") {
    const lower = value.toLowerCase();
    for (const answer of ["yes", "no"] as const) {
      const written = (field.written?.[answer] ?? answer).toLowerCase();
      if (value !== "" && (lower === answer || lower === written)) return answer;
    }
    return "";
  }
  return value;
}

export const isEmpty = (answer: Answer | undefined): boolean =>
  answer === undefined || answer.length === 0;

/** Each field's value: its answer; without one, its column's; without that, its default. */
export function effective(
  fields: ReadonlyMap<string, PlacedField>,
  answers: Answers,
  columns: Record<string, string | null>,
): Answers {
  const found: Answers = {};
  for (const [id, field] of fields) {
    const given = answers[id];
    if (given !== undefined && !field.read_only) {
      found[id] = given;
      continue;
    }
    let held: Answer = field.column ? ofColumn(field, columns[field.column] ?? "") : "";
    if (isEmpty(held) && !field.read_only && field.default) {
      held = field.input === "choices" ? [field.default] : field.default;
    }
    found[id] = held;
  }
  return found;
}

/** Required fields on pages that were shown and that have no value. */
export function missingFields(
  fields: ReadonlyMap<string, PlacedField>,
  visited: readonly string[],
  facts: Facts,
): PlacedField[] {
  return [...fields.values()].filter(
    (field) =>
      field.required &&
      !field.read_only &&
      visited.includes(field.page) &&
      isEmpty(facts.answers[field.id]) &&
      field.seen.every((when) => holds(when, facts)),
  );
}

/** Defaults that an agent has seen on a page and left as they are: they become answers. */
export function defaultsSeen(
  fields: ReadonlyMap<string, PlacedField>,
  page: string,
  answers: Answers,
  facts: Facts,
): Answers {
  const found: Answers = {};
  for (const field of fields.values()) {
    const value = facts.answers[field.id];
    if (field.page !== page || field.read_only || !field.default || field.id in answers) continue;
    if (value === undefined || !field.seen.every((when) => holds(when, facts))) continue;
    const standing = Array.isArray(value) ? value.join() : value;
    if (standing === field.default) found[field.id] = value;
  }
  return found;
}

/** Where each placeholder's value comes from. */
export interface Words {
  /** As they are read. */
  shown: Record<string, string>;
  /** As they are kept: for links. */
  kept: Record<string, string>;
  labels: Record<string, string>;
}

const PLACEHOLDER = /\{\{[ \t]*([^{}\n]{1,200}?)[ \t]*\}\}/g;

export const filled = (text: string, values: Record<string, string>, encoded = false): string =>
  text.replace(PLACEHOLDER, (_, name: string) => {
    const value = values[name] ?? "";
    return encoded ? encodeURIComponent(value) : value;
  });
