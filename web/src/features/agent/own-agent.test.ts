// @vitest-environment jsdom

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { api } from "@/api/client";
import { LiveStore } from "@/live/store";
import { agent } from "@/test/agents";
import { FakeSocket } from "@/test/sockets";
import { fetchOwn } from "./own-agent";

const ID = agent().user_id;
let store: LiveStore;

beforeEach(() => {
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.opened = [];
  store = new LiveStore(() => "ws://test/live");
  store.start();
});

afterEach(() => {
  store.stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const withoutAgents = { type: "snapshot", position: 5, agents: [], campaigns: [], attempts: [] };

test("who signs in while the first snapshot comes is asked for again", async () => {
  const asked = vi.spyOn(api, "get").mockImplementation(async () => {
    if (asked.mock.calls.length === 1) FakeSocket.last.says(withoutAgents);
    return agent({ status: "signed_out" });
  });
  await fetchOwn(store, ID);
  expect(asked).toHaveBeenCalledTimes(2);
  expect(store.getView().agents[ID]?.status).toBe("signed_out");
});

test("an answer that is in time is asked for once", async () => {
  FakeSocket.last.says(withoutAgents);
  const asked = vi.spyOn(api, "get").mockResolvedValue(agent({ status: "ready" }));
  await fetchOwn(store, ID);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(store.getView().agents[ID]?.status).toBe("ready");
});
