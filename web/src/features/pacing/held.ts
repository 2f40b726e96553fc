/** What keeps a campaign from starting any call, whatever its pace would be. */

import type { CampaignState, StateReason } from "@/api/types";

/** Of a running campaign that dials all the same, only less. */
const ONLY_SLOWED: ReadonlySet<string> = new Set(["", "TRUNK_CONGESTED", "NO_LINES"]);

export type Held = Exclude<CampaignState, "running"> | Exclude<StateReason, "">;

/** Null while calls are started: then the pace says why not more of them. */
export function heldBy(state: CampaignState, reason: StateReason): Held | null {
  if (state !== "running") return state;
  return reason === "" || ONLY_SLOWED.has(reason) ? null : reason;
}
