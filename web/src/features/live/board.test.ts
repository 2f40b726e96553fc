import { expect, test } from "vitest";
import type { AgentState, AttemptLive, CampaignLive } from "@/api/types";
import {
  agentsShown,
  callsShown,
  campaignsShown,
  isLong,
  rateOf,
  statusCounts,
  totalsOf,
} from "./board";

const agent = (display_name: string, status: AgentState["status"], since: string, queues = ["q"]) =>
  ({ user_id: display_name, display_name, status, since, queue_ids: queues }) as AgentState;
const AGENTS = [
  agent("Awa", "paused", "2026-11-23T10:00:00.000Z"),
  agent("Bio", "ready", "2026-11-23T10:02:00.000Z"),
  agent("Codjo", "ready", "2026-11-23T10:01:00.000Z", ["other"]),
  agent("Dèna", "signed_out", "2026-11-23T09:00:00.000Z"),
  agent("Edwige", "lost", "2026-11-23T10:03:00.000Z"),
];

test("troubles come first, then the longest in a state; who is signed out is not shown", () => {
  expect(agentsShown(AGENTS, null).map((one) => one.display_name)).toEqual([
    "Edwige",
    "Codjo",
    "Bio",
    "Awa",
  ]);
  expect(agentsShown(AGENTS, "q").map((one) => one.display_name)).toEqual(["Edwige", "Bio", "Awa"]);
  expect(statusCounts(agentsShown(AGENTS, null))).toEqual([
    ["lost", 1],
    ["ready", 2],
    ["paused", 1],
  ]);
});

test("a state is long by its own measure", () => {
  expect(isLong("paused", 600)).toBe(false);
  expect(isLong("paused", 1201)).toBe(true);
  expect(isLong("ready", 90_000)).toBe(false);
});

test("calls in progress, the longest first", () => {
  const call = (id: string, state: AttemptLive["state"], dialling_at: string | null) =>
    ({ attempt_id: id, state, dialling_at }) as AttemptLive;
  const calls = [
    call("ringing", "ringing", "2026-11-23T10:00:09.000Z"),
    call("closed", "closed", "2026-11-23T09:00:00.000Z"),
    call("offered", "offered", null),
    call("talking", "connected", "2026-11-23T09:58:00.000Z"),
  ];
  expect(callsShown(calls).map((one) => one.attempt_id)).toEqual(["talking", "ringing"]);
});

test("people who wait for an agent stand before every other call", () => {
  const call = (id: string, state: AttemptLive["state"], agent: string | null, second: number) =>
    ({
      attempt_id: id,
      state,
      agent_user_id: agent,
      dialling_at: `2026-11-23T10:00:0${second}.000Z`,
    }) as AttemptLive;
  const calls = [
    call("ringing", "ringing", null, 1),
    call("talking", "connected", "a", 0),
    call("waiting", "answered", null, 5),
    call("joined", "answered", "b", 4),
    { ...call("menu", "answered", null, 3), in_flow: true }, // hears a flow: waits for nobody
  ];
  expect(callsShown(calls).map((one) => one.attempt_id)).toEqual([
    "waiting",
    "talking",
    "ringing",
    "menu",
    "joined",
  ]);
});

test("rates of totals are made from sums, not averaged", () => {
  const campaign = (attempts: number, person: number) =>
    ({
      attempts,
      results: { person },
      dialling: 0,
      ringing: 0,
      talking: 0,
      answered: 0,
      abandoned: 0,
    }) as unknown as CampaignLive;
  const callers = { ...campaign(0, 25), mode: "inbound" } as CampaignLive; // nobody dialled them
  const totals = totalsOf([campaign(1000, 100), campaign(10, 10), callers]);
  expect(rateOf(totals.persons, totals.attempts)).toBeCloseTo(110 / 1010);
  expect(rateOf(1, 0)).toBe(0);
});

test("complete campaigns leave the board once their calls are over", () => {
  const campaign = (name: string, state: string, talking: number) =>
    ({ name, state, talking, dialling: 0, ringing: 0 }) as CampaignLive;
  const shown = campaignsShown([
    campaign("paused", "paused", 0),
    campaign("done", "complete", 0),
    campaign("ending", "complete", 1),
    campaign("now", "running", 0),
  ]);
  expect(shown.map((one) => one.name)).toEqual(["now", "ending", "paused"]);
});
