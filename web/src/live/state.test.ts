import { expect, test } from "vitest";
import type { AgentState, AttemptLive, EventMessage, SnapshotMessage } from "@/api/types";
import { apply, fromSnapshot, type LiveState, moveTo, withoutClosed } from "./state";

const agent = (user_id: string, status: AgentState["status"] = "ready"): AgentState => ({
  user_id,
  display_name: user_id,
  status,
  pause_reason_id: null,
  since: "2026-11-23T10:00:00.000Z",
  leg: { kind: "webrtc", state: "up" },
  attempt: null,
  after_call_until: null,
  pause_after: false,
  preview_until: null,
  queue_ids: [],
  fetch_available: false,
});

const attempt = (attempt_id: string, closed_at: string | null = null): AttemptLive => ({
  attempt_id,
  campaign_id: "c1",
  campaign_name: "Campaign",
  contact_id: "p1",
  attempt_number: 1,
  number: "+2290197000001",
  state: closed_at === null ? "dialling" : "closed",
  result: null,
  agent_user_id: null,
  held: false,
  muted: false,
  consult: null,
  agent_lost: false,
  offered_at: null,
  dialling_at: "2026-11-23T10:00:00.000Z",
  ringing_at: null,
  answered_at: null,
  connected_at: null,
  closed_at,
});

const snapshot = (position: number, agents: AgentState[] = [], attempts: AttemptLive[] = []) =>
  ({ type: "snapshot", position, agents, campaigns: [], attempts }) satisfies SnapshotMessage;

const agentEvent = (position: number, data: AgentState): EventMessage => ({
  type: "event",
  position,
  at: "2026-11-23T10:00:00.000Z",
  kind: "agent.status_changed",
  entity: "agent",
  data,
});

function after(state: LiveState, ...events: EventMessage[]): LiveState {
  return events.reduce((current, event) => {
    const next = apply(current, event);
    if (next === "gap") throw new Error(`gap at ${event.position}`);
    return next;
  }, state);
}

test("an event replaces its entity and leaves the others alone", () => {
  const state = fromSnapshot(snapshot(7, [agent("a"), agent("b")]));
  const next = after(state, agentEvent(8, agent("a", "paused")));
  expect(next.position).toBe(8);
  expect(next.agents.a?.status).toBe("paused");
  expect(next.agents.b).toBe(state.agents.b);
  expect(next.attempts).toBe(state.attempts);
  expect(state.agents.a?.status).toBe("ready");
});

test("applying the events gives what a later snapshot gives", () => {
  const start = fromSnapshot(snapshot(1, [agent("a")]));
  const events: EventMessage[] = [
    agentEvent(2, agent("a", "reserved")),
    { ...agentEvent(3, agent("a")), entity: "attempt", data: attempt("t1") } as EventMessage,
    agentEvent(4, agent("b", "connecting")),
    agentEvent(5, agent("a", "on_call")),
  ];
  const fresh = fromSnapshot(
    snapshot(5, [agent("a", "on_call"), agent("b", "connecting")], [attempt("t1")]),
  );
  expect(after(start, ...events)).toEqual(fresh);
});

test("an event that is already in the picture changes nothing", () => {
  const state = fromSnapshot(snapshot(7, [agent("a")]));
  expect(apply(state, agentEvent(7, agent("a", "lost")))).toBe(state);
  expect(apply(state, agentEvent(3, agent("a", "lost")))).toBe(state);
});

test("a missing event is a gap", () => {
  const state = fromSnapshot(snapshot(7));
  expect(apply(state, agentEvent(9, agent("a")))).toBe("gap");
});

test("a position passes over events for others, and never goes back", () => {
  const state = fromSnapshot(snapshot(7, [agent("a")]));
  const moved = moveTo(state, 12);
  expect(moved.position).toBe(12);
  expect(moved.agents).toBe(state.agents);
  expect(after(moved, agentEvent(13, agent("a", "paused"))).agents.a?.status).toBe("paused");
  expect(moveTo(moved, 9)).toBe(moved);
});

test("an entity of a newer server only moves the position", () => {
  const state = fromSnapshot(snapshot(7, [agent("a")]));
  const strange = { ...agentEvent(8, agent("a")), entity: "planet" } as unknown as EventMessage;
  expect(apply(state, strange)).toEqual({ ...state, position: 8 });
});

test("closed attempts go after a minute", () => {
  const now = Date.parse("2026-11-23T10:05:00.000Z");
  const state = fromSnapshot(
    snapshot(
      1,
      [],
      [
        attempt("open"),
        attempt("fresh", "2026-11-23T10:04:30.000Z"),
        attempt("old", "2026-11-23T10:03:59.000Z"),
      ],
    ),
  );
  expect(Object.keys(withoutClosed(state, now).attempts)).toEqual(["open", "fresh"]);
  const kept = withoutClosed(state, now);
  expect(withoutClosed(kept, now)).toBe(kept);
});
