import type { Time } from "./common";

export interface Prompt {
  prompt_id: string;
  name: string;
  seconds: number;
  bytes: number;
  file_name: string;
  response_sets: string[];
  created_at: Time;
}

export type AnalysisResult =
  | "callable_person"
  | "callable_lineconnected"
  | "callable_machine"
  | "callable_fax"
  | "callable_busy"
  | "callable_noanswer"
  | "callable_disconnect"
  | "callable_sit"
  | "uncallable_sit"
  | "uncallable_notfound";

export type ReactionType =
  | "hang_up"
  | "play_file"
  | "queue"
  | "flow"
  | "number_uncallable"
  | "retry";

export interface Reaction {
  type: ReactionType;
  prompt_id?: string;
  after_greeting?: boolean;
  /** Missing or null: the campaign's own queue. */
  queue_id?: string | null;
  retry_seconds?: number;
  flow_id?: string;
}

export type Sensitivity = "off" | "low" | "medium" | "high";

export interface ResponseSet {
  response_set_id: string;
  name: string;
  live_person_detection: Sensitivity;
  fax_detection: boolean;
  beep_detection: boolean;
  reactions: Partial<Record<AnalysisResult, Reaction>>;
  campaigns: string[];
  version: number;
  updated_at: Time;
}

export interface PossibleReactions {
  result: AnalysisResult;
  reactions: ReactionType[];
  /** What is done without a response set. */
  otherwise: ReactionType;
}

export interface CallCounts {
  attempts: number;
  answered: number;
  connected: number;
  persons: number;
  machines: number;
  faxes: number;
  busy: number;
  no_answer: number;
  invalid: number;
  sit: number;
  refused: number;
  other: number;
  messages: number;
  messages_whole: number;
  ring_seconds: number;
  analysed: number;
  analysis_seconds: number;
  persons_judged: number;
  persons_denied: number;
  machines_judged: number;
  machines_denied: number;
}

export interface CallResultRow extends CallCounts {
  campaign_id: string | null;
  trunk_id: string | null;
  number_range: string | null;
  hour: number | null;
  weekday: number | null;
  day: string | null;
  /** Of the campaign, the trunk, or the operator of the range. */
  name: string;
}

export interface CallResults {
  since: Time;
  until: Time;
  time_zone: string;
  total: CallCounts;
  rows: CallResultRow[];
}

/** What an end of a call through a trunk means. */
export interface NetworkAnswer {
  sip_code: number | null;
  cause: number | null;
  tone: string;
  result: string;
  announcement: string;
}
