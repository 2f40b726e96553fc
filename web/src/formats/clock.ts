/**
 * The server's time as this browser sees it. Old PCs have wrong clocks; "time in state" and
 * countdowns must not. `offsetMs` is added to the local clock.
 */

let offsetMs = 0;
let known = false;

/** A time the server named just now. Network delay makes samples late, so the largest wins. */
export function observeServerTime(serverTime: string, localMs: number): void {
  const sample = Date.parse(serverTime) - localMs;
  if (Number.isNaN(sample)) return;
  if (!known || Math.abs(sample - offsetMs) > 3000) {
    offsetMs = sample;
    known = true;
  } else {
    offsetMs = Math.max(offsetMs, sample);
  }
}

/** Milliseconds since 1970 by the server's clock. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}

export function forgetServerTime(): void {
  offsetMs = 0;
  known = false;
}
