import { describe, expect, it } from "vitest";
import { readDuration, writeDuration } from "./durations";
import {
  countClauses,
  isComplete,
  newClause,
  newGroup,
  pathOf,
  replaced,
  toDocument,
  toDraft,
  withField,
  withPredicate,
} from "./filter-draft";
import type { FilterDocument, FilterField } from "./types";

const NESTED: FilterDocument = {
  all: [
    { column: "ville", predicate: "EQUALS", value: "Cotonou", inverted: true, exact: true },
    {
      any: [
        { column: "solde", predicate: "BETWEEN", values: [1, 2] },
        { property: "created_at", predicate: "BEFORE", value: { relative: "-P3D" } },
      ],
    },
    { not: { all: [{ column: "nom", predicate: "IS_EMPTY" }] } },
  ],
};

describe("a filter's draft", () => {
  it("comes back as the same document", () => {
    expect(toDocument(toDraft(NESTED))).toEqual(NESTED);
    expect(countClauses(toDraft(NESTED))).toBe(4);
  });

  it("reads a negated clause as a negated group", () => {
    const draft = toDraft({ not: { column: "nom", predicate: "IS_EMPTY" } });
    expect(draft.negated).toBe(true);
    expect(toDocument(draft)).toEqual({ not: { all: [{ column: "nom", predicate: "IS_EMPTY" }] } });
  });

  it("names places as the server does", () => {
    const draft = toDraft(NESTED);
    const third = draft.parts[2];
    if (third?.kind !== "group") throw new Error("no group");
    expect(pathOf(draft, "")).toBe("all");
    expect(pathOf(third, "all[2]")).toBe("all[2].not.all");
  });

  it("is complete only with every field and value", () => {
    expect(isComplete(newGroup([]))).toBe(true);
    expect(isComplete(newGroup([newGroup([])]))).toBe(false);
    expect(isComplete(newGroup())).toBe(false);
    expect(isComplete(toDraft(NESTED))).toBe(true);
    const clause = { ...newClause(), field: "column:solde", predicate: "BETWEEN" as const };
    expect(isComplete(newGroup([{ ...clause, values: ["1"] }]))).toBe(false);
  });

  it("is changed part by part", () => {
    const draft = toDraft(NESTED);
    const first = draft.parts[0];
    if (!first) throw new Error("no part");
    expect(replaced(draft, first.id, null).parts).toHaveLength(2);
    const other = { ...newClause(), id: first.id, field: "column:nom" };
    expect(replaced(draft, first.id, other).parts[0]).toEqual(other);
  });

  it("keeps what still fits", () => {
    const field: FilterField = {
      name: "solde",
      label: "Solde",
      is_property: false,
      kind: "number",
      predicates: ["EQUALS", "BETWEEN"],
      values: null,
      sortable: true,
    };
    const clause = withField({ ...newClause(), predicate: "CONTAINS", values: ["x"] }, field);
    expect(clause).toMatchObject({ field: "column:solde", predicate: "EQUALS", values: [] });
    const two = withPredicate({ ...clause, values: ["1", "2"] }, "EQUALS", true);
    expect(two).toMatchObject({ values: ["1"], inverted: true });
  });
});

describe("durations", () => {
  it.each(["-P3D", "P1DT8H30M", "PT10M", "P0D", "-PT2H"])("%s comes back", (written) => {
    expect(writeDuration(readDuration(written))).toBe(written);
  });

  it("counts weeks as days", () => {
    expect(readDuration("P2W").days).toBe(14);
  });
});
