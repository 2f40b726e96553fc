import type { WrapUpFlag } from "./campaign-parts";
import type { Time } from "./common";

export interface DataActionSettings {
  kind: "http" | "sql";
  method: "GET" | "POST" | "PUT" | "PATCH";
  url: string;
  headers: { name: string; value: string }[];
  body: string;
  body_format: "json" | "form";
  engine: "postgresql" | "mysql";
  host: string;
  /** 0: the engine's own. */
  port: number;
  database: string;
  user: string;
  encrypted: boolean;
  most_rows: number;
  statement: string;
  secret_name: string;
  outputs: { name: string; path: string }[];
  timeout_seconds: number;
  cache_seconds: number;
  call_cache_seconds: number;
  at_once: number;
  breaker_failures: number;
  breaker_seconds: number;
}

export interface DataAction {
  data_action_id: string;
  name: string;
  settings: DataActionSettings;
  placeholders: string[];
  failures: number;
  /** Nothing is sent before: the circuit breaker is open. */
  open_until: Time | null;
  last_answer_at: Time | null;
  last_failure_at: Time | null;
  last_failure: string;
  last_failure_message: string;
  waiting: number;
  given_up: number;
  rule_sets: string[];
  version: number;
  updated_at: Time;
}

export interface TriedDataAction {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  status: number | null;
  seconds: number;
  answer: string;
  outputs: Record<string, string>;
  missing: string[];
  failure: string;
  message: string;
}

export interface DataDelivery {
  delivery_id: string;
  campaign_id: string;
  contact_id: string;
  attempt_id: string | null;
  rule_set_name: string;
  rule_name: string;
  state: "waiting" | "done" | "given_up";
  tries: number;
  next_at: Time | null;
  last_at: Time | null;
  status: number | null;
  failure: string;
  message: string;
  written: string[];
  created_at: Time;
}

export interface MappedOutcome {
  /** A wrap-up code's id, a result, or a word of the system. */
  outcome: string;
  name: string;
  name_en: string;
  active: boolean;
  flags: WrapUpFlag[];
  source: "own" | "organisation" | "default" | "built_in";
}

export interface OutcomeTable {
  campaign_id: string | null;
  default: WrapUpFlag[];
  outcomes: MappedOutcome[];
  version: number;
  updated_at: Time | null;
}

/** What the campaign's rules before a call would do now. */
export interface ExplainedRules {
  fired: {
    rule_set_id: string;
    rule_set_name: string;
    rule: number;
    name: string;
    number: string;
    actions: string[];
  }[];
  code: string;
  message: string;
  number: string | null;
  again_at: Time | null;
  data: Record<string, string>;
  preview: boolean;
  caller_id: string | null;
  skills: string[];
}
