/** What the board shows of queues. */

import type { QueueLive, QueueWaiting } from "@/api/types";
import type { Tone } from "@/shared/StatusBadge";

/** Whether the picture has the figures; agents see only how many wait. */
export function hasFigures(queue: QueueWaiting | QueueLive): queue is QueueLive {
  return "today" in queue;
}

/** Whether anything has happened in it today. */
export function inUse(queue: QueueLive): boolean {
  return (
    queue.waiting + queue.today.offered + queue.places_kept + queue.voicemails_new > 0 ||
    queue.waiting_by_minute.some((count) => count > 0)
  );
}

/** Those with an alarm first, then by name. */
export function byUrgency(queues: readonly QueueLive[]): QueueLive[] {
  return [...queues].sort(
    (a, b) => b.alarms.length - a.alarms.length || a.name.localeCompare(b.name),
  );
}

/** Met, missed, or nothing to judge. */
export function levelTone(level: number | null, share: number): Tone | undefined {
  if (level === null) return undefined;
  return level >= share ? "good" : "bad";
}

/** How many wait in these queues, and since when the one who waits longest does. */
export function waitingIn(
  queues: readonly QueueWaiting[],
  ids: readonly string[],
): { waiting: number; oldest: string | null } {
  const own = queues.filter((queue) => ids.includes(queue.queue_id));
  const since = own.flatMap((queue) => (queue.oldest_wait_at ? [queue.oldest_wait_at] : []));
  return {
    waiting: own.reduce((sum, queue) => sum + queue.waiting, 0),
    oldest: since.sort()[0] ?? null,
  };
}

/** An estimate no finer than it is: to 5 s, from a minute on to 30 s, from ten minutes to a minute. */
export function roughly(seconds: number): number {
  const step = seconds < 60 ? 5 : seconds < 600 ? 30 : 60;
  return Math.max(step, Math.round(seconds / step) * step);
}
