/** Which tone each state of the domain has on screen; words stand beside every colour. */

import type { AgentStatus, AttemptState, CampaignState, Result } from "@/api/types";
import type { Tone } from "@/shared/StatusBadge";

/** In the order in which charts show them. */
export const RESULT_TONES: Record<Result, Tone> = {
  person: "good",
  machine: "violet",
  no_answer: "warn",
  busy: "warn",
  rejected: "accent",
  invalid: "bad",
  congestion: "bad",
  failed: "bad",
  sit: "bad",
  fax: "quiet",
  cancelled: "quiet",
  skipped: "quiet",
  unknown: "quiet",
};

export const RESULTS = Object.keys(RESULT_TONES) as Result[];

export const CAMPAIGN_TONES: Record<CampaignState, Tone> = {
  ready: "info",
  running: "good",
  pausing: "warn",
  paused: "warn",
  complete: "quiet",
  stopped: "bad",
};

export const AGENT_TONES: Record<AgentStatus, Tone> = {
  signed_out: "quiet",
  connecting: "info",
  paused: "warn",
  ready: "good",
  reserved: "violet",
  previewing: "violet",
  alerting: "warn",
  on_call: "info",
  after_call: "accent",
  lost: "bad",
};

export const ATTEMPT_TONES: Record<AttemptState, Tone> = {
  offered: "quiet",
  reserved: "quiet",
  dialling: "violet",
  ringing: "warn",
  arrived: "warn",
  answered: "info",
  connected: "good",
  closed: "quiet",
};
