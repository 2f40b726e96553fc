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

export type SessionState = "waiting" | "calling" | "done" | "cancelled" | "expired";

export interface SessionPrompt {
  position: number;
  key: string;
  name: string;
  fragment: boolean;
  words: string;
  recorded: boolean;
  variant: Variant | null;
}

/** A recording by telephone: a code, and the prompts that may be recorded by it. */
export interface RecordingSession {
  recording_session_id: string;
  language: string;
  state: SessionState;
  code: string | null;
  made_by_name: string | null;
  made_at: string;
  expires_at: string;
  recorded: number;
  prompts: SessionPrompt[];
}

export interface FragmentRow {
  key: string;
  text: string;
  kinds: string[];
  variants: Variant[];
}
