import { describe, expect, it } from "vitest";
import { ROUTING } from "@/test/routing";
import { agentsByRing, bodyOf, openings, valuesOf, withRing } from "./routing-form";

describe("a queue's form", () => {
  it("sends back what it was given", () => {
    expect(bodyOf(valuesOf(ROUTING), 3)).toEqual({
      version: 3,
      settings: ROUTING.settings,
      members: ROUTING.members,
    });
  });

  it("leaves out rows that say nothing, and takes an emptied limit as none", () => {
    const values = valuesOf(ROUTING);
    const body = bodyOf(
      {
        ...values,
        max_wait_seconds: "",
        segment_priorities: [...values.segment_priorities, { name: " ", points: 3 }],
        overflow: [{ when: "wait", seconds: 10, to_queue_id: "" }],
      },
      3,
    );
    expect(body.settings.max_wait_seconds).toBeNull();
    expect(body.settings.segment_priorities).toEqual({ Or: 5 });
    expect(body.settings.overflow).toEqual([]);
  });

  it("adds up when rings open and whom they add", () => {
    expect(openings(ROUTING.settings.rings)).toEqual([0, 20, 50]);
    expect(agentsByRing(ROUTING.settings.rings, ROUTING.members)).toEqual([1, 0, 1]);
  });

  it("gives the ring that was the last one a time", () => {
    expect(withRing([{ seconds: 0, drops: [] }]).map((ring) => ring.seconds)).toEqual([20, 0]);
  });
});
