/** The form of a what-if as values: what it begins with, and the body that is sent. */

import type { AutomaticMode, Campaign, WhatIfKind, WhatIfSettings } from "@/api/types";
import { automatic } from "@/features/pacing/pace-form";

export interface WhatIfValues extends Record<string, unknown> {
  kind: WhatIfKind;
  agents: number;
  from: string;
  until: string;
  mode: AutomaticMode;
  calls_per_agent: number;
  calls_per_agent_ceiling: number;
  abandon_target: number;
  /** Of a campaign without agents, whose pace they are. */
  lines: number;
  agentless: boolean;
  runs: number;
  day: string;
  /** Replay: in `mode` and its settings, instead of as recorded. */
  other: boolean;
}

export const MOST_AGENTS = 500;
export const MOST_RUNS = 50;

/** The campaign's present settings with the agents of its queue; `yesterday` as "2026-11-22". */
export function beginWith(campaign: Campaign, members: number, yesterday: string): WhatIfValues {
  return {
    kind: "tomorrow",
    agents: Math.max(1, members),
    from: campaign.callable_from.slice(0, 5),
    until: campaign.callable_until.slice(0, 5),
    mode: automatic(campaign.mode) ? campaign.mode : "progressive",
    calls_per_agent: campaign.calls_per_agent,
    calls_per_agent_ceiling: campaign.calls_per_agent_ceiling,
    abandon_target: campaign.abandon_target,
    lines: campaign.lines_most,
    agentless: campaign.mode === "agentless",
    runs: 10,
    day: yesterday,
    other: false,
  };
}

const AS_IT_WAS = {
  agents: null,
  from: null,
  until: null,
  mode: null,
  calls_per_agent: null,
  calls_per_agent_ceiling: null,
  abandon_target: null,
};

function paceOf(values: WhatIfValues): Partial<WhatIfSettings> {
  const { mode, calls_per_agent, calls_per_agent_ceiling, abandon_target } = values;
  if (mode === "predictive") return { mode, calls_per_agent_ceiling, abandon_target };
  return mode === "power" ? { mode, calls_per_agent } : { mode };
}

/** What the mode does not look at is left as it is. */
export function whatIfBody(values: WhatIfValues): WhatIfSettings {
  const { kind, agents, from, until, runs, day, lines } = values;
  if (values.agentless) {
    return { ...AS_IT_WAS, kind: "tomorrow", from, until, lines, runs, day: null };
  }
  if (kind === "replay") {
    return { ...AS_IT_WAS, kind, runs: 1, day, ...(values.other ? paceOf(values) : {}) };
  }
  return { ...AS_IT_WAS, kind, agents, from, until, runs, day: null, ...paceOf(values) };
}

/** Fields that are needed and empty, and "until" where it does not come after "from". */
export function missingFields(values: WhatIfValues): { needed: string[]; order: boolean } {
  const needed = Object.entries(whatIfBody(values))
    .filter(([, value]) => value === "")
    .map(([name]) => name);
  return { needed, order: values.kind === "tomorrow" && values.from >= values.until };
}
