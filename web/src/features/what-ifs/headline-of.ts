/** What a simulated day comes to against the same day with the present settings, for one sentence. */

import type { AutomaticMode, Spread, TomorrowResult, WhatIfSettings } from "@/api/types";

/** What the sentence says, as text; numbers only for plurals. */
export interface Told {
  /** 0 where they are not known. */
  agents: number;
  agentsText: string;
  mode: AutomaticMode;
  talk: "more" | "fewer" | "same";
  /** Of conversations, as a share of the present ones. */
  change: string;
  asked: string;
  present: string;
  utilisation: string;
  presentUtilisation: string;
  rate: string;
  target: string;
}

interface Numbers {
  count: (value: number) => string;
  rate: (rate: number) => string;
}

const NONE: Spread = { mean: null, low: null, high: null };

/** Whether two figures differ by more than their ranges; without ranges, at all. */
export function differ(a: Spread, b: Spread): boolean {
  if (a.mean === null || b.mean === null || a.mean === b.mean) return false;
  const [under, over] = a.mean < b.mean ? [a, b] : [b, a];
  return (under.high ?? under.mean ?? 0) < (over.low ?? over.mean ?? 0);
}

export function toldOf(settings: WhatIfSettings, result: TomorrowResult, numbers: Numbers): Told {
  const { asked, present } = result;
  const [ours, theirs] = [asked.conversations ?? NONE, present.conversations ?? NONE];
  const [mean, base] = [ours.mean ?? 0, theirs.mean ?? 0];
  const change = base > 0 ? mean / base - 1 : 0;
  const rate = (spread: Spread | undefined) =>
    spread?.mean == null ? "–" : numbers.rate(spread.mean);
  // A whole percentage: the ranges are wider than its tenths.
  const whole = Math.round(Math.abs(change) * 100) / 100;
  const agents = settings.agents ?? 0;
  return {
    agents,
    agentsText: numbers.count(agents),
    mode: settings.mode === null || settings.mode === "agentless" ? "progressive" : settings.mode,
    talk: !differ(ours, theirs) || whole === 0 ? "same" : change > 0 ? "more" : "fewer",
    change: numbers.rate(whole),
    asked: numbers.count(Math.round(mean)),
    present: numbers.count(Math.round(base)),
    utilisation: rate(asked.utilisation),
    presentUtilisation: rate(present.utilisation),
    rate: rate(asked.abandon_rate),
    target: settings.abandon_target === null ? "–" : numbers.rate(settings.abandon_target),
  };
}

/** When the simulated day and that of the present settings call, where that is not the same. */
export function otherHours(
  basis: TomorrowResult["basis"],
  present: TomorrowResult["present"],
  words: {
    hours: (from: string, until: string) => string;
    hoursOn: (day: string, hours: string) => string;
  },
  date: (day: string) => string,
): [string, string] | null {
  const { day, hours, present_day: theirDay, present_hours: theirs } = basis;
  if (!day || !hours || !theirDay || !theirs || Object.keys(present).length === 0) return null;
  if (`${hours}` === `${theirs}` && day === theirDay) return null;
  const when = (on: string, between: [string, string]) => {
    const told = words.hours(...between);
    return day === theirDay ? told : words.hoursOn(date(on), told);
  };
  return [when(day, hours), when(theirDay, theirs)];
}

/** How the simulated abandon rate stands to the limit. */
export function abandonLevel(
  settings: WhatIfSettings,
  result: TomorrowResult,
): "within" | "may_pass" | "over" {
  const spread = result.asked.abandon_rate ?? NONE;
  const target = settings.abandon_target ?? 1;
  if ((spread.mean ?? 0) > target) return "over";
  return (spread.high ?? 0) > target ? "may_pass" : "within";
}

/** A simulated day of a campaign without agents, as text. */
export interface ToldOfLines {
  lines: string;
  dialled: string;
  answered: string;
  used: string;
  /** Minutes from the day's begin until every contact is finished; null: not on that day. */
  endsAfter: string | null;
  presentEndsAfter: string | null;
}

export function toldOfLines(
  settings: WhatIfSettings,
  result: TomorrowResult,
  numbers: Pick<Numbers, "count">,
): ToldOfLines {
  const { asked, present } = result;
  const whole = (spread: Spread | undefined) =>
    spread?.mean == null ? "–" : numbers.count(Math.round(spread.mean));
  const minutes = (spread: Spread | undefined) =>
    spread?.mean == null ? null : numbers.count(Math.round(spread.mean / 60));
  return {
    lines: numbers.count(settings.lines ?? 0),
    dialled: whole(asked.dialled),
    answered: whole(asked.answered),
    used: whole(asked.lines_used),
    endsAfter: minutes(asked.list_end_seconds),
    presentEndsAfter: minutes(present.list_end_seconds),
  };
}
