import { describe, expect, it } from "vitest";
import type { QueueRouting } from "@/api/types";
import { agentsByRing, bodyOf, openings, valuesOf, withRing } from "./routing-form";

const routing: QueueRouting = {
  queue_id: "q",
  version: 3,
  updated_at: null,
  settings: {
    evaluation: "all",
    rings: [
      { seconds: 20, drops: [] },
      { seconds: 30, drops: ["language:fon"] },
      { seconds: 0, drops: [] },
    ],
    priority: 0,
    segment_priorities: { Or: 5 },
    ageing_seconds: 60,
    preferred_wait_seconds: 5,
    last_agent: "disabled",
    last_agent_wait_seconds: 5,
    overflow: [],
    max_waiting: null,
    when_full: "message",
    max_wait_seconds: 600,
    when_too_long: "callback",
    schedule_group_id: null,
    at_closing: "stay",
    keep_free: 0,
    outbound_below_seconds: null,
    service_level_seconds: 20,
    service_level_share: 0.8,
    short_abandon_seconds: 5,
    alarm_service_level: true,
    alarm_wait_seconds: null,
    after_call: "mandatory_timeout",
    after_call_seconds: 30,
    arrival: "asked",
    arrival_tone: true,
    whisper_prompt: "",
    alert_seconds: 15,
    music_prompt_id: null,
    announce: "about",
    announce_every_seconds: 45,
    callback_after_seconds: null,
    callback_first: "customer",
    callback_key: "1",
    callback_tries: 3,
    callback_retry_seconds: 300,
    callback_expires_seconds: 14400,
  },
  members: [
    { user_id: "a", ring: 1, rank: 1 },
    { user_id: "b", ring: 6, rank: 1 },
  ],
};

describe("a queue's form", () => {
  it("sends back what it was given", () => {
    expect(bodyOf(valuesOf(routing), 3)).toEqual({
      version: 3,
      settings: routing.settings,
      members: routing.members,
    });
  });

  it("leaves out rows that say nothing, and takes an emptied limit as none", () => {
    const values = valuesOf(routing);
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
    expect(openings(routing.settings.rings)).toEqual([0, 20, 50]);
    expect(agentsByRing(routing.settings.rings, routing.members)).toEqual([1, 0, 1]);
  });

  it("gives the ring that was the last one a time", () => {
    expect(withRing([{ seconds: 0, drops: [] }]).map((ring) => ring.seconds)).toEqual([20, 0]);
  });
});
