import type { Time } from "./common";

/** A skill's id, or `language:` with a language's code. */
export type SkillKey = string;

export interface Skill {
  skill_id: string;
  name: string;
}

export interface AgentSkills {
  user_id: string;
  display_name: string;
  active: boolean;
  skills: Record<SkillKey, number>;
}

export interface Ring {
  seconds: number;
  drops: SkillKey[];
}

export type OverflowWhen = "wait" | "no_agents" | "expected_wait";
export type AtClosing = "stay" | "leave";
export type QueueEnding = "callback" | "voicemail" | "message";

export interface Overflow {
  when: OverflowWhen;
  seconds: number;
  to_queue_id: string;
}

export interface QueueSettings {
  evaluation: "none" | "all" | "best";
  rings: Ring[];
  priority: number;
  segment_priorities: Record<string, number>;
  ageing_seconds: number;
  preferred_wait_seconds: number;
  last_agent: "disabled" | "queue_members" | "any_agent";
  last_agent_wait_seconds: number;
  overflow: Overflow[];
  max_waiting: number | null;
  when_full: QueueEnding;
  max_wait_seconds: number | null;
  when_too_long: QueueEnding;
  schedule_group_id: string | null;
  at_closing: AtClosing;
  keep_free: number;
  outbound_below_seconds: number | null;
  service_level_seconds: number;
  service_level_share: number;
  short_abandon_seconds: number;
  alarm_service_level: boolean;
  alarm_wait_seconds: number | null;
  after_call:
    | "mandatory"
    | "optional"
    | "mandatory_timeout"
    | "mandatory_forced_timeout"
    | "agent_requested";
  after_call_seconds: number;
  arrival: "at_once" | "asked";
  arrival_tone: boolean;
  /** Key of a prompt that the agent alone hears before the caller; "": none. */
  whisper_prompt: string;
  alert_seconds: number;
  music_prompt_id: string | null;
  announce: "none" | "position" | "about" | "at_most";
  announce_every_seconds: number;
  callback_after_seconds: number | null;
  callback_first: "customer" | "agent";
  callback_key: string;
  callback_tries: number;
  callback_retry_seconds: number;
  callback_expires_seconds: number;
}

export interface QueuePlace {
  user_id: string;
  ring: number;
  rank: number;
}

export interface QueueRouting {
  queue_id: string;
  version: number;
  updated_at: Time | null;
  settings: QueueSettings;
  members: QueuePlace[];
}

export interface TriedAgent {
  user_id: string;
  display_name: string;
  status: string;
  code: string | null;
  sentence: string;
  opens_in_seconds: number | null;
}

/** `user_id` null: nobody could take the call now. */
export interface TriedCaller {
  user_id: string | null;
  chosen: string | null;
  ring: number;
  sentences: string[];
  agents: TriedAgent[];
}
