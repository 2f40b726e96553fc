/** What the API tells of incidents, opening hours, messages and the sandbox. */

export interface Incident {
  incident_id: string;
  name: string;
  service: string;
  communes: string[];
  cells: string[];
  prompt: string;
  texts: Record<string, string>;
  over_texts: Record<string, string>;
  starts_at: string;
  expected_end: string | null;
  state: "declared" | "over";
  heard: number;
  notices: { asked: number; waiting: number; sent: number; failed: number };
  version: number;
}

export interface ScheduleGroup {
  schedule_group_id: string;
  name: string;
  callable_time_set_id: string;
  time_zone: string;
  state: "open" | "closed" | "holiday" | "emergency";
  holiday: string;
  opens_at: string | null;
  flows: string[];
  version: number;
}

export interface Emergency {
  emergency_id: string;
  schedule_group_id: string | null;
  schedule_group_name: string | null;
  reason: string;
  started_by_name: string | null;
  until: string;
}

export interface IncidentSettings {
  commune_columns: string[];
  cell_columns: string[];
  version: number;
}

export interface KeptMessage {
  message_id: string;
  channel: string;
  template: string;
  recipient: string;
  incident_id: string | null;
  incident_name: string;
  state: "waiting" | "sent" | "failed";
  reason: string;
  tries: number;
  next_at: string | null;
  sent_at: string | null;
  created_at: string;
}

export interface SandboxMessage {
  message_id: string;
  channel: string;
  recipient: string;
  text: string;
  created_at: string;
}
