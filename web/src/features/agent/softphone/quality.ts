/** How good the leg's audio is, from WebRTC's own counters. */

export type Quality = "good" | "fair" | "poor";

/** Counters of one moment; totals since the leg began. */
export interface Sample {
  roundTripSeconds: number | null;
  jitterSeconds: number | null;
  packetsReceived: number;
  packetsLost: number;
}

export interface Measured {
  quality: Quality;
  roundTripMs: number | null;
  /** Of the packets since the sample before, 0–1. */
  loss: number;
}

/**
 * Judges what happened between two samples. The bounds: people talk over each other above 400 ms
 * round trip (ITU-T G.114 allows 150 ms one way as good); speech breaks up from a few per cent lost.
 */
export function measure(before: Sample | null, now: Sample): Measured {
  const received = now.packetsReceived - (before?.packetsReceived ?? 0);
  const lost = Math.max(0, now.packetsLost - (before?.packetsLost ?? 0));
  const loss = received + lost > 0 ? lost / (received + lost) : 0;
  const roundTrip = now.roundTripSeconds ?? 0;
  const jitter = now.jitterSeconds ?? 0;
  const poor = loss > 0.08 || roundTrip > 0.6 || jitter > 0.1;
  const fair = loss > 0.02 || roundTrip > 0.3 || jitter > 0.04;
  return {
    quality: poor ? "poor" : fair ? "fair" : "good",
    roundTripMs: now.roundTripSeconds === null ? null : Math.round(now.roundTripSeconds * 1000),
    loss,
  };
}

/** One sample from a connection's statistics. */
export function sampleOf(report: Iterable<[string, unknown]>): Sample {
  const sample: Sample = {
    roundTripSeconds: null,
    jitterSeconds: null,
    packetsReceived: 0,
    packetsLost: 0,
  };
  for (const [, entry] of report) {
    const stats = entry as Record<string, unknown>;
    if (stats.type === "inbound-rtp" && stats.kind === "audio") {
      sample.packetsReceived += Number(stats.packetsReceived ?? 0);
      sample.packetsLost += Number(stats.packetsLost ?? 0);
      if (typeof stats.jitter === "number") sample.jitterSeconds = stats.jitter;
    }
    if (stats.type === "remote-inbound-rtp" && typeof stats.roundTripTime === "number") {
      sample.roundTripSeconds = stats.roundTripTime;
    }
    if (
      stats.type === "candidate-pair" &&
      stats.nominated === true &&
      typeof stats.currentRoundTripTime === "number"
    ) {
      sample.roundTripSeconds ??= stats.currentRoundTripTime;
    }
  }
  return sample;
}
