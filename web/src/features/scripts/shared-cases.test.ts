/** The cases that the server's suite has too: both sides answer the same. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Facts, holds } from "./conditions";
import { effective, fieldsOf, missingFields } from "./document";
import { shown } from "./shown";
import type { Answers, ScriptDocument, When } from "./types";

interface Cases {
  facts: Facts;
  conditions: { is: string; when: When; holds: boolean }[];
  shown: { kind: string; value: string; fr: string; en: string }[];
  effective: {
    document: ScriptDocument;
    cases: {
      is: string;
      answers: Answers;
      columns: Record<string, string>;
      values: Answers;
      missing: string[];
    }[];
  };
}

const file = resolve(process.cwd(), "../tests/shared/script-cases.json");
const cases = JSON.parse(readFileSync(file, "utf8")) as Cases;

describe("conditions", () => {
  it.each(cases.conditions)("$is", ({ when, holds: wanted }) => {
    expect(holds(when, cases.facts)).toBe(wanted);
  });
});

describe("values for readers", () => {
  it.each(cases.shown)("$kind $value", ({ kind, value, fr, en }) => {
    expect(shown(kind, value, "fr")).toBe(fr);
    expect(shown(kind, value, "en")).toBe(en);
  });
});

describe("the value of a field", () => {
  const fields = fieldsOf(cases.effective.document);
  it.each(cases.effective.cases)("$is", ({ answers, columns, values, missing }) => {
    const found = effective(fields, answers, columns);
    const told = Object.entries(found).map(([id, value]) => [id, value.length ? value : ""]);
    expect(Object.fromEntries(told)).toEqual(values);
    const facts = { ...cases.facts, columns, answers: found };
    expect(missingFields(fields, ["un"], facts).map((field) => field.id)).toEqual(missing);
    expect(missingFields(fields, [], facts)).toEqual([]);
  });
});
