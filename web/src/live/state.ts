/**
 * The live picture: agents, campaigns, attempts and queues by id, as of a position. `apply` is the only way
 * it changes; docs/developers/http-api.md, "Live data", gives the messages.
 */

import type {
  AgentState,
  AttemptLive,
  CampaignLive,
  EventMessage,
  QueueLive,
  QueueWaiting,
  SnapshotMessage,
} from "@/api/types";

export interface LiveState {
  position: number;
  agents: Readonly<Record<string, AgentState>>;
  campaigns: Readonly<Record<string, CampaignLive>>;
  attempts: Readonly<Record<string, AttemptLive>>;
  /** Agents know how many wait in their own. */
  queues: Readonly<Record<string, QueueWaiting | QueueLive>>;
}

export const EMPTY: LiveState = {
  position: 0,
  agents: {},
  campaigns: {},
  attempts: {},
  queues: {},
};

/** How long a closed attempt stays in the picture. */
export const CLOSED_ATTEMPT_SECONDS = 60;

function byId<T>(items: readonly T[], id: (item: T) => string): Record<string, T> {
  return Object.fromEntries(items.map((item) => [id(item), item]));
}

export function fromSnapshot(message: SnapshotMessage): LiveState {
  return {
    position: message.position,
    agents: byId(message.agents, (agent) => agent.user_id),
    campaigns: byId(message.campaigns, (campaign) => campaign.campaign_id),
    attempts: byId(message.attempts, (attempt) => attempt.attempt_id),
    queues: byId(message.queues ?? [], (queue) => queue.queue_id),
  };
}

/**
 * The picture after one event. An event that is already in it changes nothing; "gap" when events
 * between are missing, so that a new snapshot is needed.
 */
export function apply(state: LiveState, event: EventMessage): LiveState | "gap" {
  if (event.position <= state.position) return state;
  if (event.position !== state.position + 1) return "gap";
  const position = event.position;
  switch (event.entity) {
    case "agent":
      return { ...state, position, agents: { ...state.agents, [event.data.user_id]: event.data } };
    case "campaign":
      return {
        ...state,
        position,
        campaigns: { ...state.campaigns, [event.data.campaign_id]: event.data },
      };
    case "attempt":
      return {
        ...state,
        position,
        attempts: { ...state.attempts, [event.data.attempt_id]: event.data },
      };
    case "queue":
      return { ...state, position, queues: { ...state.queues, [event.data.queue_id]: event.data } };
    default:
      // An entity of a newer server; its position still counts.
      return { ...state, position };
  }
}

/** The server passed over events that are not for this reader. */
export function moveTo(state: LiveState, position: number): LiveState {
  return position > state.position ? { ...state, position } : state;
}

/** Without the attempts that closed more than a minute ago. The same object when there are none. */
export function withoutClosed(state: LiveState, nowMs: number): LiveState {
  const limit = nowMs - CLOSED_ATTEMPT_SECONDS * 1000;
  const kept = Object.entries(state.attempts).filter(
    ([, attempt]) => attempt.closed_at === null || Date.parse(attempt.closed_at) > limit,
  );
  if (kept.length === Object.keys(state.attempts).length) return state;
  return { ...state, attempts: Object.fromEntries(kept) };
}
