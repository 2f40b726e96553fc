import type { Time } from "./common";

export type RuleKind = "pre_call" | "wrap_up";

export interface RuleSet {
  rule_set_id: string;
  name: string;
  kind: RuleKind;
  rules: Record<string, unknown>[];
  campaigns: string[];
  version: number;
  updated_at: Time;
}

export interface RuleFiring {
  rule_firing_id: number;
  at: Time;
  kind: RuleKind;
  campaign_id: string;
  contact_id: string;
  /** null: it kept the call from being made. */
  attempt_id: string | null;
  rule_set_id: string;
  rule_set_name: string;
  rule: number;
  name: string;
  number: string;
  actions: string[];
}

export interface TriedContact {
  contact_id: string;
  /** Or its first number, when it has no name. */
  contact_name: string;
  number: string | null;
  reason: string;
  fired: string[];
  actions: string[];
  data: Record<string, string>;
}
