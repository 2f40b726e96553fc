/** The queue's settings as a form holds them: lists with keys, empty fields as "". */

import type { Overflow, QueuePlace, QueueRouting, QueueSettings, Ring } from "@/api/types";

type Nullable =
  | "max_waiting"
  | "max_wait_seconds"
  | "outbound_below_seconds"
  | "alarm_wait_seconds"
  | "callback_after_seconds";

export interface Segment {
  name: string;
  points: number | string;
}

export type RoutingValues = Omit<QueueSettings, Nullable | "segment_priorities"> &
  Record<Nullable, number | string> & { segment_priorities: Segment[]; members: QueuePlace[] };

export const MOST_RINGS = 6;

const emptied = (value: number | null): number | string => value ?? "";
const number = (value: number | string): number => Number(value) || 0;
const numberOrNull = (value: number | string): number | null =>
  value === "" ? null : Number(value);

export function valuesOf({ settings, members }: QueueRouting): RoutingValues {
  return {
    ...settings,
    max_waiting: emptied(settings.max_waiting),
    max_wait_seconds: emptied(settings.max_wait_seconds),
    outbound_below_seconds: emptied(settings.outbound_below_seconds),
    alarm_wait_seconds: emptied(settings.alarm_wait_seconds),
    callback_after_seconds: emptied(settings.callback_after_seconds),
    segment_priorities: Object.entries(settings.segment_priorities).map(([name, points]) => ({
      name,
      points,
    })),
    members,
  };
}

export function bodyOf(values: RoutingValues, version: number) {
  const { members, ...rest } = values;
  const settings: QueueSettings = {
    ...rest,
    max_waiting: numberOrNull(values.max_waiting),
    max_wait_seconds: numberOrNull(values.max_wait_seconds),
    outbound_below_seconds: numberOrNull(values.outbound_below_seconds),
    alarm_wait_seconds: numberOrNull(values.alarm_wait_seconds),
    callback_after_seconds: numberOrNull(values.callback_after_seconds),
    segment_priorities: Object.fromEntries(
      values.segment_priorities
        .filter((one) => one.name.trim() !== "")
        .map((one) => [one.name.trim(), number(one.points)]),
    ),
    overflow: values.overflow.filter((one) => one.to_queue_id !== ""),
  };
  return { version, settings, members };
}

/** From when on each ring is open, in seconds after a call came. */
export function openings(rings: readonly Ring[]): number[] {
  let at = 0;
  return rings.map((ring) => {
    const opens = at;
    at += Number(ring.seconds) || 0;
    return opens;
  });
}

/** How many agents each ring adds; places beyond the last ring count there. */
export function agentsByRing(rings: readonly Ring[], members: readonly QueuePlace[]): number[] {
  return rings.map(
    (_, index) =>
      members.filter((one) => Math.min(Number(one.ring), rings.length) === index + 1).length,
  );
}

/** A new ring at the end; what was the last one gets a time. */
export function withRing(rings: readonly Ring[]): Ring[] {
  const before = rings.map((ring, index) =>
    index === rings.length - 1 && !ring.seconds ? { ...ring, seconds: 20 } : ring,
  );
  return [...before, { seconds: 0, drops: [] }];
}

export const newOverflow: Overflow = { when: "wait", seconds: 120, to_queue_id: "" };
