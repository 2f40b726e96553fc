/**
 * How much was going on in each of the last minutes, made from the counters in the live picture.
 * Counters are totals, so a reader that was away finds what it missed in the next difference.
 */

import type { CampaignLive } from "@/api/types";

/** Minutes that are kept. */
export const ACTIVITY_MINUTES = 30;

interface Counters {
  attempts: number;
  answered: number;
  abandoned: number;
}

export interface Minute extends Counters {
  /** Minutes since 1970. */
  minute: number;
  /** The most conversations at once. */
  talking: number;
}

export interface Activity {
  /** The counters as last seen, by campaign. */
  seen: Readonly<Record<string, Counters>>;
  /** In order, without gaps from the first one on. */
  minutes: readonly Minute[];
}

export const NO_ACTIVITY: Activity = { seen: {}, minutes: [] };

const more = (now: number, before: number) => Math.max(0, now - before);

function upTo(minutes: readonly Minute[], minute: number): Minute[] {
  const kept = minutes.filter(
    (one) => one.minute > minute - ACTIVITY_MINUTES && one.minute <= minute,
  );
  const first = kept.at(-1)?.minute ?? minute - 1;
  for (let next = first + 1; next <= minute; next += 1) {
    kept.push({ minute: next, attempts: 0, answered: 0, abandoned: 0, talking: 0 });
  }
  return kept;
}

/** The activity after another look at the campaigns. A campaign seen for the first time adds none. */
export function observe(
  activity: Activity,
  nowMs: number,
  campaigns: readonly CampaignLive[],
): Activity {
  const minutes = upTo(activity.minutes, Math.floor(nowMs / 60_000));
  const last = minutes.at(-1);
  if (last === undefined) return activity;
  const current = { ...last };
  const seen: Record<string, Counters> = { ...activity.seen };
  let talking = 0;
  for (const campaign of campaigns) {
    const { campaign_id, attempts, answered, abandoned } = campaign;
    const before = seen[campaign_id];
    if (before) {
      current.attempts += more(attempts, before.attempts);
      current.answered += more(answered, before.answered);
      current.abandoned += more(abandoned, before.abandoned);
    }
    seen[campaign_id] = { attempts, answered, abandoned };
    talking += campaign.talking;
  }
  current.talking = Math.max(current.talking, talking);
  minutes[minutes.length - 1] = current;
  return { seen, minutes };
}
