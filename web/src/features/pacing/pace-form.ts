/** What can be changed beside the live figures, and what is sent of it. */

import type { AutomaticMode, Campaign, Mode } from "@/api/types";

export interface PaceValues extends Record<string, unknown> {
  mode: AutomaticMode;
  abandon_target: number;
  calls_per_agent: number;
}

export const AUTOMATIC_MODES: readonly AutomaticMode[] = ["progressive", "predictive", "power"];

/** Whether the dialler decides when to call. */
export const automatic = (mode: Mode): mode is AutomaticMode =>
  (AUTOMATIC_MODES as readonly Mode[]).includes(mode);

/** Of a campaign in preview: what it would begin with in the mode nearest to it. */
export function paceOf(campaign: Campaign): PaceValues {
  const { mode, abandon_target, calls_per_agent } = campaign;
  return { mode: automatic(mode) ? mode : "progressive", abandon_target, calls_per_agent };
}

/** The mode, and of the rest what it looks at. */
export function paceBody(values: PaceValues): Record<string, unknown> {
  const { mode, abandon_target, calls_per_agent } = values;
  if (mode === "predictive") return { mode, abandon_target };
  return mode === "power" ? { mode, calls_per_agent } : { mode };
}

/** The field that has been emptied and is needed. */
export function emptiedField(values: PaceValues): keyof PaceValues | null {
  const empty = Object.entries(paceBody(values)).find(([, value]) => value === "");
  return empty === undefined ? null : (empty[0] as keyof PaceValues);
}
