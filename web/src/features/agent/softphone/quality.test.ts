import { expect, test } from "vitest";
import { measure, type Sample, sampleOf } from "./quality";

const sample = (values: Partial<Sample>): Sample => ({
  roundTripSeconds: 0.05,
  jitterSeconds: 0.005,
  packetsReceived: 1000,
  packetsLost: 0,
  ...values,
});

test.each([
  ["quiet line", {}, "good"],
  ["long way", { roundTripSeconds: 0.35 }, "fair"],
  ["very long way", { roundTripSeconds: 0.7 }, "poor"],
  ["some loss", { packetsLost: 30 }, "fair"],
  ["much loss", { packetsLost: 200 }, "poor"],
  ["jitter", { jitterSeconds: 0.05 }, "fair"],
] as const)("%s is %s", (_name, values, quality) => {
  expect(measure(null, sample(values)).quality).toBe(quality);
});

test("only what happened since the last sample counts", () => {
  const bad = sample({ packetsLost: 400 });
  const later = sample({ packetsReceived: 1250, packetsLost: 400 });
  expect(measure(bad, later)).toMatchObject({ quality: "good", loss: 0 });
});

test("reads a connection's statistics", () => {
  const report = new Map<string, unknown>([
    [
      "a",
      { type: "inbound-rtp", kind: "audio", packetsReceived: 50, packetsLost: 2, jitter: 0.01 },
    ],
    ["b", { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.2 }],
    ["c", { type: "outbound-rtp", kind: "audio" }],
  ]);
  expect(sampleOf(report)).toEqual({
    roundTripSeconds: 0.2,
    jitterSeconds: 0.01,
    packetsReceived: 50,
    packetsLost: 2,
  });
});
