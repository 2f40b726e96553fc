/** The live picture as the board shows it: sums, orders and what needs a look. */

import type { AgentState, AgentStatus, AttemptLive, CampaignLive } from "@/api/types";

/** Troubles first, then those who work, then those who do not. */
export const STATUS_ORDER: readonly AgentStatus[] = [
  "lost",
  "on_call",
  "reserved",
  "previewing",
  "alerting",
  "ready",
  "after_call",
  "paused",
  "connecting",
];

/** Seconds after which a state is worth a look. */
const LONG_SECONDS: Partial<Record<AgentStatus, number>> = {
  lost: 30,
  after_call: 180,
  paused: 1200,
  connecting: 60,
  reserved: 90,
  alerting: 60,
};

export function isLong(status: AgentStatus, seconds: number): boolean {
  const limit = LONG_SECONDS[status];
  return limit !== undefined && seconds > limit;
}

/** Signed-in agents of a queue (null: of all), by state, the longest in it first. */
export function agentsShown(agents: readonly AgentState[], queueId: string | null): AgentState[] {
  const rank = (status: AgentStatus) => STATUS_ORDER.indexOf(status);
  return agents
    .filter(
      (agent) =>
        agent.status !== "signed_out" && (queueId === null || agent.queue_ids.includes(queueId)),
    )
    .sort(
      (a, b) =>
        rank(a.status) - rank(b.status) ||
        a.since.localeCompare(b.since) ||
        a.display_name.localeCompare(b.display_name),
    );
}

export function statusCounts(agents: readonly AgentState[]): [AgentStatus, number][] {
  return STATUS_ORDER.map((status): [AgentStatus, number] => [
    status,
    agents.filter((agent) => agent.status === status).length,
  ]).filter(([, count]) => count > 0);
}

/** When the call reached the state it is in. */
export function callSince(call: AttemptLive): string | null {
  return call.connected_at ?? call.answered_at ?? call.ringing_at ?? call.dialling_at;
}

/** Answered, and nobody has taken it yet, nor does a flow speak with the person. */
export const waitsForAgent = (call: AttemptLive): boolean =>
  call.state === "answered" && call.agent_user_id === null && !call.in_flow;

/**
 * Calls that are up or being set up: people who wait for an agent first, then the longest; without
 * records that are only offered.
 */
export function callsShown(calls: readonly AttemptLive[]): AttemptLive[] {
  const begun = (call: AttemptLive) => call.dialling_at ?? "";
  return calls
    .filter(
      (call) => call.state !== "closed" && call.state !== "offered" && call.state !== "reserved",
    )
    .sort(
      (a, b) =>
        Number(waitsForAgent(b)) - Number(waitsForAgent(a)) || begun(a).localeCompare(begun(b)),
    );
}

export interface Totals {
  dialling: number;
  ringing: number;
  talking: number;
  attempts: number;
  answered: number;
  abandoned: number;
  persons: number;
}

export const isInbound = (campaign: CampaignLive) => campaign.mode === "inbound";

/**
 * Rates of totals are made from summed counts, and tell of calls that were dialled: callers who came
 * in have their own figures, by queue.
 */
export function totalsOf(campaigns: readonly CampaignLive[]): Totals {
  const dialled = campaigns.filter((one) => !isInbound(one));
  const sum = (of: readonly CampaignLive[], pick: (campaign: CampaignLive) => number) =>
    of.reduce((total, campaign) => total + pick(campaign), 0);
  return {
    dialling: sum(campaigns, (one) => one.dialling),
    ringing: sum(campaigns, (one) => one.ringing),
    talking: sum(campaigns, (one) => one.talking),
    attempts: sum(dialled, (one) => one.attempts),
    answered: sum(dialled, (one) => one.answered),
    abandoned: sum(dialled, (one) => one.abandoned),
    persons: sum(dialled, (one) => one.results.person ?? 0),
  };
}

/** Campaigns that dial or have calls, running ones first. */
export function campaignsShown(campaigns: readonly CampaignLive[]): CampaignLive[] {
  const busy = (one: CampaignLive) => one.dialling + one.ringing + one.talking > 0;
  const rank = (one: CampaignLive) => (one.state === "running" ? 0 : 1);
  return campaigns
    .filter((one) => ["running", "pausing", "paused", "stopped"].includes(one.state) || busy(one))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

export const rateOf = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
