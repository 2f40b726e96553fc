// @vitest-environment jsdom

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { agent } from "@/test/agents";
import { FakeSocket } from "@/test/sockets";
import { LiveStore } from "./store";

const ID = agent().user_id;
let store: LiveStore;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.opened = [];
  store = new LiveStore(() => "ws://test/live");
  store.start();
});

afterEach(() => {
  store.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const snapshot = (position = 5, status: "ready" | "paused" = "ready") => ({
  type: "snapshot",
  position,
  agents: [agent({ status })],
  campaigns: [],
  attempts: [],
});
const event = (position: number, status: "ready" | "paused") => ({
  type: "event",
  position,
  at: new Date().toISOString(),
  kind: "agent.status_changed",
  entity: "agent",
  data: agent({ status }),
});
const status = () => store.getView().agents[ID]?.status;

test("a snapshot, then events", () => {
  expect(store.getView().connection).toBe("connecting");
  FakeSocket.last.says(snapshot());
  expect(store.getView().connection).toBe("live");
  FakeSocket.last.says(event(6, "paused"));
  expect(status()).toBe("paused");
});

test("a missing event brings a new connection and its snapshot", () => {
  FakeSocket.last.says(snapshot());
  FakeSocket.last.says(event(8, "paused"));
  expect(FakeSocket.opened).toHaveLength(2);
  expect(status()).toBe("ready");
  FakeSocket.last.says(snapshot(8, "paused"));
  expect(status()).toBe("paused");
});

test("events for others only move the position", () => {
  FakeSocket.last.says(snapshot());
  FakeSocket.last.says({ type: "position", position: 9 });
  FakeSocket.last.says(event(10, "paused"));
  expect(FakeSocket.opened).toHaveLength(1);
  expect(status()).toBe("paused");
});

test("a broken connection comes back by itself and keeps the picture meanwhile", () => {
  FakeSocket.last.says(snapshot());
  FakeSocket.last.breaks();
  expect(store.getView().connection).toBe("waiting");
  expect(status()).toBe("ready");
  vi.advanceTimersByTime(1000);
  expect(FakeSocket.opened).toHaveLength(2);
  FakeSocket.last.says(snapshot(20, "paused"));
  expect(store.getView()).toMatchObject({ connection: "live", position: 20 });
});

test("silence is a dead connection", () => {
  FakeSocket.last.says(snapshot());
  vi.advanceTimersByTime(12_000);
  FakeSocket.last.says({ type: "ping" });
  vi.advanceTimersByTime(12_000);
  expect(FakeSocket.opened).toHaveLength(1);
  vi.advanceTimersByTime(8000);
  expect(FakeSocket.opened.length).toBeGreaterThan(1);
});

test("a ping is answered with whether this tab holds the desktop", () => {
  FakeSocket.last.says(snapshot());
  FakeSocket.last.says({ type: "ping" });
  expect(FakeSocket.last.sent.at(-1)).toEqual({ type: "pong", desktop: false });
  store.setDesktop(true);
  expect(FakeSocket.last.sent.at(-1)).toEqual({ type: "pong", desktop: true });
});

test("a command's answer counts unless an event about the agent came first", () => {
  FakeSocket.last.says(snapshot());
  const before = store.agentRevision(ID);
  store.putAgent(agent({ status: "paused" }), before);
  expect(status()).toBe("paused");

  const revision = store.agentRevision(ID);
  FakeSocket.last.says(event(6, "ready"));
  store.putAgent(agent({ status: "paused" }), revision);
  expect(status()).toBe("ready");
});

test("an answer that a snapshot without the agent overtook is not in the picture", () => {
  const revision = store.agentRevision(ID);
  FakeSocket.last.says({ ...snapshot(), agents: [] });
  expect(store.putAgent(agent({ status: "paused" }), revision)).toBe(false);
  expect(status()).toBeUndefined();
  expect(store.putAgent(agent({ status: "paused" }), store.agentRevision(ID))).toBe(true);
  expect(status()).toBe("paused");
});

test("messages of a socket that was given up are not heard", () => {
  FakeSocket.last.says(snapshot());
  const old = FakeSocket.last;
  old.says(event(9, "paused"));
  FakeSocket.last.says(snapshot(9, "ready"));
  old.says(event(10, "paused"));
  expect(status()).toBe("ready");
});
