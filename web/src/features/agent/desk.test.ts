// @vitest-environment jsdom

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AgentState } from "@/api/types";
import { LiveStore } from "@/live/store";
import { agent, attempt } from "@/test/agents";
import { FakeSocket } from "@/test/sockets";
import { Desk } from "./desk";
import { FakeSoftphone } from "./softphone/fake-softphone";
import type { Microphone, MicrophoneView } from "./softphone/microphone";

const ID = agent().user_id;
const SIP = { uri: "sip:afi@kwabo", user: "afi", password: "once", ws_path: "/sip" };

/** A microphone that the test plugs and unplugs. */
class FakeMicrophone {
  private view: MicrophoneView = { status: "open", stream: null, deviceId: "d", devices: [] };
  private readonly listeners = new Set<() => void>();
  getView = () => this.view;
  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  open = async () => {};
  close = () => this.becomes("closed");
  becomes(status: MicrophoneView["status"]): void {
    this.view = { ...this.view, status };
    for (const listener of this.listeners) listener();
  }
}

function setUp() {
  const live = new LiveStore(() => "ws://test/live");
  live.start();
  const phone = new FakeSoftphone();
  const microphone = new FakeMicrophone();
  const posts: [string, unknown][] = [];
  const answers: Record<string, () => unknown> = {
    "/agent/sign-in": () => ({ ...agent({ status: "connecting" }), sip: SIP }),
  };
  const desk = new Desk({
    live,
    microphone: microphone as unknown as Microphone,
    makeSoftphone: async () => phone,
    post: async <T>(path: string, body: unknown) => {
      posts.push([path, body]);
      return (answers[path]?.() ?? agent()) as T;
    },
  });
  let position = 1;
  const floorSays = (state: Partial<AgentState>) => {
    position += 1;
    FakeSocket.last.says({
      type: "event",
      position,
      at: new Date().toISOString(),
      kind: "agent.status_changed",
      entity: "agent",
      data: agent(state),
    });
  };
  FakeSocket.last.says({
    type: "snapshot",
    position,
    agents: [agent({ status: "signed_out" })],
    campaigns: [],
    attempts: [],
  });
  return { desk, live, phone, microphone, posts, answers, floorSays };
}

const paths = (posts: [string, unknown][]) => posts.map(([path]) => path);
let stopped: LiveStore[] = [];

async function onDuty() {
  const set = setUp();
  stopped.push(set.live);
  await set.desk.start(ID, { kind: "webrtc" });
  set.phone.happens({ type: "transport_up" });
  set.phone.happens({ type: "registered" });
  set.phone.happens({ type: "leg_offered" });
  set.phone.happens({ type: "leg_up" });
  set.floorSays({ status: "paused" });
  set.floorSays({ status: "ready" });
  set.posts.length = 0;
  return set;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.opened = [];
  sessionStorage.clear();
});

afterEach(() => {
  for (const live of stopped) live.stop();
  stopped = [];
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("signing in registers the softphone and has the leg called", async () => {
  const { desk, phone, posts, live } = setUp();
  stopped.push(live);
  await desk.start(ID, { kind: "webrtc" });
  expect(desk.getView().mode).toBe("on");
  expect(phone.credentials).toEqual(SIP);
  phone.happens({ type: "transport_up" });
  phone.happens({ type: "registered" });
  expect(paths(posts)).toEqual(["/agent/sign-in", "/agent/connect-leg"]);
  expect(FakeSocket.last.sent.at(-1)).toEqual({ type: "pong", desktop: true });
  expect(desk.keptLeg()).toEqual({ kind: "webrtc" });
});

test("a telephone as leg needs no softphone", async () => {
  const { desk, phone, posts, live } = setUp();
  stopped.push(live);
  await desk.start(ID, { kind: "address", address: "+2290197000001" });
  expect(paths(posts)).toEqual(["/agent/sign-in", "/agent/connect-leg"]);
  expect(phone.credentials).toBeNull();
  expect(desk.getView().mode).toBe("on");
});

test("a refused sign-in leaves the desk closed and says why", async () => {
  const { desk, answers, live } = setUp();
  stopped.push(live);
  const refusal = new Error("FLOOR_UNAVAILABLE");
  answers["/agent/sign-in"] = () => {
    throw refusal;
  };
  await desk.start(ID, { kind: "webrtc" });
  expect(desk.getView()).toMatchObject({ mode: "idle", error: refusal });
  expect(desk.keptLeg()).toBeNull();
});

test("a leg that ends is asked for again", async () => {
  const { phone, posts } = await onDuty();
  phone.happens({ type: "leg_ended" });
  expect(posts).toEqual([]);
  phone.happens({ type: "waited" });
  expect(paths(posts)).toEqual(["/agent/connect-leg"]);
});

test("a leg that only this side believes in is given up", async () => {
  const { phone, floorSays } = await onDuty();
  floorSays({ status: "lost", leg: { kind: "webrtc", state: "none" } });
  vi.advanceTimersByTime(1000);
  expect(phone.getView().leg).toBe("up");
  vi.advanceTimersByTime(3000);
  expect(phone.getView()).toMatchObject({ leg: "none", cause: "leg_lost" });
});

test("another desktop takes this one's place: nothing fights back", async () => {
  const { desk, phone, posts, live } = await onDuty();
  phone.happens({ type: "registration_refused", status: 403 });
  expect(desk.getView().mode).toBe("taken");
  expect(desk.keptLeg()).toBeNull();
  vi.advanceTimersByTime(60_000);
  expect(posts).toEqual([]);
  FakeSocket.last.says({ type: "ping" });
  expect(FakeSocket.last.sent.at(-1)).toEqual({ type: "pong", desktop: false });
  expect(live.getView().agents[ID]?.status).toBe("ready");
});

test("another tab of the same browser takes over", async () => {
  const { desk, phone } = await onDuty();
  vi.useRealTimers();
  const other = new BroadcastChannel("kwabo-desk");
  other.postMessage({ claimed: "somebody else" });
  other.postMessage({ claimed: ID });
  await vi.waitFor(() => expect(desk.getView().mode).toBe("taken"));
  expect(phone.getView().wanted).toBe(false);
  other.close();
});

test("muting is heard at once and taken back when the floor refuses", async () => {
  const { desk, phone, answers } = await onDuty();
  answers["/agent/mute"] = () => {
    throw new Error("ATTEMPT_STATE");
  };
  const muting = desk.setMuted("t1", true);
  expect(phone.muted).toBe(true);
  await expect(muting).rejects.toThrow("ATTEMPT_STATE");
  expect(phone.muted).toBe(false);
});

test("the next call never begins muted", async () => {
  const { phone, floorSays } = await onDuty();
  floorSays({ status: "on_call", attempt: attempt({ muted: true }) });
  expect(phone.muted).toBe(true);
  floorSays({ status: "after_call", attempt: attempt({ state: "closed" }) });
  expect(phone.muted).toBe(false);
});

test("without a microphone the agent is paused, unless it comes back at once", async () => {
  const { microphone, posts } = await onDuty();
  microphone.becomes("lost");
  vi.advanceTimersByTime(2000);
  microphone.becomes("open");
  vi.advanceTimersByTime(10_000);
  expect(posts).toEqual([]);
  microphone.becomes("lost");
  vi.advanceTimersByTime(4000);
  expect(posts).toEqual([["/agent/pause", { pause_reason_id: null }]]);
});

test("an agent whom the floor signed out is signed out here too", async () => {
  const { desk, phone, floorSays } = await onDuty();
  floorSays({ status: "signed_out", leg: { kind: null, state: "none" } });
  expect(desk.getView().mode).toBe("idle");
  expect(phone.getView().wanted).toBe(false);
});

test("closing the tab is questioned during work only", async () => {
  const { floorSays } = await onDuty();
  const leave = () => {
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(leave()).toBe(false);
  floorSays({ status: "on_call", attempt: attempt() });
  expect(leave()).toBe(true);
});
