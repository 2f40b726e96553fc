import type { Time } from "./common";

export type Language = "fr" | "en";
export type Role = "administrator" | "supervisor" | "agent";

export type Permission =
  | "users.read"
  | "users.write"
  | "lists.write"
  | "contacts.read"
  | "contacts.write"
  | "campaigns.read"
  | "campaigns.write"
  | "campaigns.run"
  | "settings.read"
  | "settings.write"
  | "dnc.write"
  | "incidents.read"
  | "incidents.write"
  | "live.read"
  | "messages.read"
  | "messages.write"
  | "prompts.read"
  | "prompts.write"
  | "prompts.approve"
  | "reports.read"
  | "audit.read"
  | "tokens.write"
  | "persons.erase"
  | "queues.write"
  | "flows.read"
  | "flows.write"
  | "flows.publish"
  | "voicemails.handle"
  | "agent.desktop";

export interface User {
  user_id: string;
  login: string;
  display_name: string;
  role: Role;
  /** Granted beyond the role. */
  permissions: Permission[];
  language: Language;
  active: boolean;
  queue_ids: string[];
  version: number;
  created_at: Time;
}

export interface Organisation {
  organisation_id: string;
  name: string;
  region: string;
  time_zone: string;
  language: Language;
}

export interface Session {
  user: User;
  organisation: Organisation;
  /** Everything the user may do: the role's and the user's own. */
  permissions: Permission[];
  csrf_token: string;
}

export interface ApiToken {
  api_token_id: string;
  name: string;
  scopes: Permission[];
  created_at: Time;
  expires_at: Time;
  last_used_at: Time | null;
  revoked_at: Time | null;
}

/** The answer of POST /api-tokens; `token` is shown once. */
export interface NewApiToken extends ApiToken {
  token: string;
}

export interface AuditEntry {
  audit_id: number;
  at: Time;
  actor: UserName | null;
  action: string;
  subject_kind: string;
  subject_id: string;
  details: Record<string, unknown>;
}

export interface RolePermissions {
  role: Role;
  permissions: Permission[];
}

export interface UserName {
  user_id: string;
  display_name: string;
}
