import { describe, expect, it } from "vitest";
import type { PossibleReactions, ResponseSet } from "@/api/types";
import { bodyOf, valuesOf } from "./response-form";

const possible: PossibleReactions[] = [
  { result: "callable_machine", reactions: ["hang_up", "play_file"], otherwise: "hang_up" },
  { result: "callable_busy", reactions: ["hang_up", "retry"], otherwise: "hang_up" },
];
const kept: ResponseSet = {
  response_set_id: "1",
  name: "Messages",
  live_person_detection: "medium",
  fax_detection: true,
  beep_detection: false,
  reactions: { callable_busy: { type: "retry", retry_seconds: 600 } },
  campaigns: [],
  version: 1,
  updated_at: "2026-11-26T10:00:00.000Z",
};

describe("a response set in a form", () => {
  it("shows what is done where nothing is written", () => {
    expect(valuesOf(kept, possible).reactions.callable_machine?.type).toBe("hang_up");
  });

  it("comes back with the fields of each reaction only", () => {
    const values = valuesOf(kept, possible);
    expect(bodyOf(values).reactions).toEqual({
      callable_machine: { type: "hang_up" },
      callable_busy: { type: "retry", retry_seconds: 600 },
    });
  });

  it("sends the chosen message", () => {
    const values = valuesOf(kept, possible);
    const machine = values.reactions.callable_machine;
    if (machine) Object.assign(machine, { type: "play_file", prompt_id: "p" });
    expect(bodyOf(values).reactions.callable_machine).toEqual({
      type: "play_file",
      prompt_id: "p",
      after_greeting: true,
    });
  });
});
