import type { Time } from "./common";

export type VoicemailState = "new" | "heard" | "done";

export interface Voicemail {
  voicemail_id: string;
  attempt_id: string;
  campaign_id: string;
  campaign_name: string;
  contact_id: string;
  contact_name: string;
  queue_id: string | null;
  queue_name: string | null;
  /** "": withheld. */
  number: string;
  seconds: number;
  /** Else it was written. */
  recorded: boolean;
  /** In writing, or what was understood. */
  text: string;
  transcription: "waiting" | "done" | "failed";
  language: string;
  state: VoicemailState;
  owner_user_id: string | null;
  owner_name: string | null;
  mine: boolean;
  heard_at: Time | null;
  heard_by_name: string | null;
  done_at: Time | null;
  done_by_name: string | null;
  note: string;
  callback_id: string | null;
  callback_state: string | null;
  created_at: Time;
}

export interface VoicemailCounts {
  new: number;
  undone: number;
  mine: number;
}
