/** Filters and orders as the API has them. */

import type { Contact } from "@/api/types";

export type { SortKey } from "@/api/types";

export type FieldKind = "text" | "number" | "date" | "instant" | "choice" | "yes_no";

export interface FilterField {
  name: string;
  label: string;
  is_property: boolean;
  kind: FieldKind;
  predicates: Predicate[];
  values: string[] | null;
  sortable: boolean;
}

export const PREDICATES = [
  "EQUALS",
  "LESS",
  "LESS_EQUAL",
  "GREATER",
  "GREATER_EQUAL",
  "CONTAINS",
  "BEGINS_WITH",
  "ENDS_WITH",
  "BEFORE",
  "AFTER",
  "BETWEEN",
  "IN",
  "IS_EMPTY",
] as const;
export type Predicate = (typeof PREDICATES)[number];

export type DocumentValue = string | number | boolean | { relative: string };

export interface ClauseDocument {
  column?: string;
  property?: string;
  predicate: Predicate;
  value?: DocumentValue;
  values?: DocumentValue[];
  inverted?: boolean;
  exact?: boolean;
}

export type FilterDocument =
  | { all: FilterDocument[] }
  | { any: FilterDocument[] }
  | { not: FilterDocument }
  | ClauseDocument;

export interface ContactListFilter {
  contact_list_filter_id: string;
  contact_list_id: string;
  name: string;
  document: FilterDocument;
  campaigns: string[];
  version: number;
  created_at: string;
  updated_at: string;
}

export interface Matches {
  count: number;
  contacts: number;
  exact: boolean;
  low: number;
  high: number;
  sample: Contact[];
  sample_complete: boolean;
}
