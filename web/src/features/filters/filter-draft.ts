/** A filter while it is edited: groups and clauses with ids, to and from its document. */

import type {
  ClauseDocument,
  DocumentValue,
  FilterDocument,
  FilterField,
  Predicate,
} from "./types";

export interface GroupDraft {
  kind: "group";
  id: number;
  word: "all" | "any";
  negated: boolean;
  parts: Draft[];
}

export interface ClauseDraft {
  kind: "clause";
  id: number;
  /** "column:solde" or "property:callable"; "" while none is chosen. */
  field: string;
  predicate: Predicate;
  inverted: boolean;
  exact: boolean;
  values: DocumentValue[];
}

export type Draft = GroupDraft | ClauseDraft;

let last = 0;
const nextId = () => ++last;

export const fieldKey = (field: FilterField): string =>
  `${field.is_property ? "property" : "column"}:${field.name}`;

export const newClause = (): ClauseDraft => ({
  kind: "clause",
  id: nextId(),
  field: "",
  predicate: "EQUALS",
  inverted: false,
  exact: false,
  values: [],
});

export const newGroup = (parts: Draft[] = [newClause()]): GroupDraft => ({
  kind: "group",
  id: nextId(),
  word: "all",
  negated: false,
  parts,
});

/** How many values a predicate takes: none, one, two or any number. */
export const valuesOf = (predicate: Predicate): 0 | 1 | 2 | "many" =>
  predicate === "IS_EMPTY" ? 0 : predicate === "BETWEEN" ? 2 : predicate === "IN" ? "many" : 1;

export function toDraft(document: FilterDocument): GroupDraft {
  const draft = part(document);
  return draft.kind === "group" ? draft : { ...newGroup([]), parts: [draft] };
}

function part(document: FilterDocument): Draft {
  if ("all" in document) return { ...newGroup([]), parts: document.all.map(part) };
  if ("any" in document) return { ...newGroup([]), word: "any", parts: document.any.map(part) };
  if ("not" in document) {
    const inner = part(document.not);
    return inner.kind === "group" && !inner.negated
      ? { ...inner, negated: true }
      : { ...newGroup([inner]), negated: true };
  }
  return {
    ...newClause(),
    field:
      document.column !== undefined ? `column:${document.column}` : `property:${document.property}`,
    predicate: document.predicate,
    inverted: document.inverted ?? false,
    exact: document.exact ?? false,
    values: document.values ?? (document.value !== undefined ? [document.value] : []),
  };
}

export function toDocument(draft: Draft): FilterDocument {
  if (draft.kind === "clause") return clauseDocument(draft);
  const parts = draft.parts.map(toDocument);
  const group: FilterDocument = draft.word === "all" ? { all: parts } : { any: parts };
  return draft.negated ? { not: group } : group;
}

function clauseDocument(draft: ClauseDraft): ClauseDocument {
  const [where, ...name] = draft.field.split(":");
  const many = valuesOf(draft.predicate);
  return {
    [where === "property" ? "property" : "column"]: name.join(":"),
    predicate: draft.predicate,
    ...(many === 1 ? { value: draft.values[0] ?? "" } : many === 0 ? {} : { values: draft.values }),
    ...(draft.inverted ? { inverted: true } : {}),
    ...(draft.exact ? { exact: true } : {}),
  };
}

/** Where a part stands in the document, as the server names it: "all[1].not.any[0]". */
export const pathOf = (group: GroupDraft, at: string): string =>
  `${at ? `${at}.` : ""}${group.negated ? "not." : ""}${group.word}`;

/** Whether every clause has its field and its values, so that the server can be asked. */
export function isComplete(draft: Draft, root = true): boolean {
  if (draft.kind === "group") {
    if (draft.parts.length === 0) return root && draft.word === "all" && !draft.negated;
    return draft.parts.every((one) => isComplete(one, false));
  }
  const many = valuesOf(draft.predicate);
  const given = draft.values.filter((value) => value !== "");
  return draft.field !== "" && (many === "many" ? given.length > 0 : given.length >= many);
}

/** The tree with one part replaced, or taken out (null). */
export function replaced(tree: GroupDraft, id: number, by: Draft | null): GroupDraft {
  if (tree.id === id && by?.kind === "group") return by;
  const parts = tree.parts.flatMap((one): Draft[] => {
    if (one.id === id) return by ? [by] : [];
    return [one.kind === "group" ? replaced(one, id, by) : one];
  });
  return { ...tree, parts };
}

/** A clause with another field keeps what still fits. */
export function withField(clause: ClauseDraft, field: FilterField): ClauseDraft {
  const fits = field.predicates.includes(clause.predicate);
  return {
    ...clause,
    field: fieldKey(field),
    predicate: fits ? clause.predicate : (field.predicates[0] ?? "EQUALS"),
    values: field.kind === "yes_no" ? ["true"] : [],
    exact: false,
  };
}

/** A clause with another predicate keeps the values that it has room for. */
export function withPredicate(
  clause: ClauseDraft,
  predicate: Predicate,
  inverted: boolean,
): ClauseDraft {
  const many = valuesOf(predicate);
  const values = many === "many" ? clause.values : clause.values.slice(0, many);
  return { ...clause, predicate, inverted, values };
}

export const countClauses = (draft: Draft): number =>
  draft.kind === "clause" ? 1 : draft.parts.reduce((sum, one) => sum + countClauses(one), 0);
