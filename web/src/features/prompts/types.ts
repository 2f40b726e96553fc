export type Medium = "recorded" | "speech" | "text";
export type VariantState = "draft" | "in_review" | "approved" | "retired";

export interface Variant {
  variant_id: string;
  prompt_id: string;
  language: string;
  medium: Medium;
  version: number;
  state: VariantState;
  words: string;
  seconds: number | null;
  loudness: number | null;
  warnings: string[];
  note: string;
  created_at: string;
  decided_at: string | null;
}

export interface LibraryPrompt {
  prompt_id: string;
  key: string;
  name: string;
  description: string;
  response_sets: string[];
  variants: Variant[];
}

export interface Review {
  prompt_id: string;
  key: string;
  name: string;
  description: string;
  variant: Variant;
}

export interface KnownLanguage {
  language: string;
  name: string;
  name_fr: string;
  name_en: string;
  used: boolean;
  numbers: "own" | "fallback";
  validated: boolean;
  approved_at: string | null;
  reaches_fr: string;
  reaches_en: string;
  sources: string[];
  fragments: number;
  speech: boolean;
}

export interface Languages {
  items: KnownLanguage[];
  second_person: boolean;
}

export interface MissingWords {
  language: string;
  prompt: string;
  kind: string;
  count: number;
  examples: string[];
}

export interface FragmentRow {
  key: string;
  text: string;
  kinds: string[];
  variants: Variant[];
}
