import { expect, test } from "vitest";
import {
  backoffMs,
  LEG_TIMEOUT_MS,
  OFF,
  type PhoneEffect,
  type PhoneEvent,
  type PhoneState,
  phaseOf,
  step,
} from "./machine";

function play(events: PhoneEvent[], from: PhoneState = OFF) {
  let state = from;
  let effects: PhoneEffect[] = [];
  for (const event of events) [state, effects] = step(state, event);
  return { state, effects, phase: phaseOf(state) };
}

const UP: PhoneEvent[] = [
  { type: "started" },
  { type: "transport_up" },
  { type: "registered" },
  { type: "leg_offered" },
  { type: "leg_up" },
];
const up = () => play(UP).state;

test("from start to a leg that is up", () => {
  expect(play(UP.slice(0, 1)).effects).toEqual([{ do: "connect" }]);
  expect(play(UP.slice(0, 2)).effects).toEqual([{ do: "register" }]);
  expect(play(UP.slice(0, 3)).effects).toEqual([
    { do: "ask_for_leg" },
    { do: "wait", ms: LEG_TIMEOUT_MS },
  ]);
  expect(play(UP.slice(0, 3)).phase).toBe("waiting_for_leg");
  expect(play(UP.slice(0, 4)).effects).toEqual([{ do: "answer" }]);
  expect(play(UP).effects).toEqual([{ do: "stop_waiting" }]);
  expect(play(UP).phase).toBe("up");
});

test("a lost connection keeps the leg's audio and comes back with growing waits", () => {
  let { state, effects } = play([{ type: "transport_down" }], up());
  expect(state.leg).toBe("up");
  expect(phaseOf(state)).toBe("recovering");
  expect(effects).toEqual([{ do: "wait", ms: 1000 }]);
  for (const ms of [2000, 4000, 8000, 15000, 15000]) {
    [state, effects] = step(state, { type: "waited" });
    expect(effects).toEqual([{ do: "connect" }]);
    [state, effects] = step(state, { type: "transport_down" });
    expect(effects).toEqual([{ do: "wait", ms }]);
  }
  const back = play([{ type: "waited" }, { type: "transport_up" }, { type: "registered" }], state);
  expect(back.phase).toBe("up");
  expect(back.state.retries).toBe(0);
});

test("a leg that ended is asked for again", () => {
  const ended = play([{ type: "leg_ended" }], up());
  expect(ended.state.cause).toBe("leg_lost");
  expect(ended.effects).toEqual([{ do: "wait", ms: 1000 }]);
  const asked = play([{ type: "waited" }], ended.state);
  expect(asked.effects[0]).toEqual({ do: "ask_for_leg" });
  const back = play([{ type: "leg_offered" }, { type: "leg_up" }], asked.state);
  expect(back.phase).toBe("up");
});

test("a switch that does not call is asked again, later each time", () => {
  const registered = play(UP.slice(0, 3)).state;
  const silent = play([{ type: "waited" }], registered);
  expect(silent.state.cause).toBe("not_called");
  expect(silent.effects).toEqual([{ do: "wait", ms: 1000 }]);
  const again = play([{ type: "waited" }], silent.state);
  expect(again.effects[0]).toEqual({ do: "ask_for_leg" });
  expect(play([{ type: "waited" }], again.state).effects).toEqual([{ do: "wait", ms: 2000 }]);
});

test("broken audio ends the leg on both sides before a new one", () => {
  const broken = play([{ type: "media_failed" }], up());
  expect(broken.effects).toEqual([{ do: "end_leg" }, { do: "wait", ms: 1000 }]);
  expect(broken.state.cause).toBe("media");
});

test("a second call from the switch replaces the old leg", () => {
  expect(play([{ type: "leg_offered" }], up()).effects).toEqual([
    { do: "end_leg" },
    { do: "answer" },
  ]);
});

test("another desktop ends this one for good", () => {
  for (const event of [
    { type: "replaced" },
    { type: "registration_refused", status: 401 },
    { type: "registration_refused", status: 403 },
  ] satisfies PhoneEvent[]) {
    const taken = play([event], up());
    expect(taken.phase).toBe("replaced");
    expect(taken.effects).toEqual([
      { do: "stop_waiting" },
      { do: "end_leg" },
      { do: "disconnect" },
    ]);
    expect(play([{ type: "waited" }, { type: "retry" }], taken.state).effects).toEqual([]);
  }
});

test("a refusal that may pass is tried again", () => {
  const refused = play([...UP.slice(0, 2), { type: "registration_refused", status: 503 }]);
  expect(refused.state.cause).toBe("refused");
  expect(play([{ type: "waited" }], refused.state).effects).toEqual([{ do: "register" }]);
});

test("the agent's retry does not wait", () => {
  const down = play([{ type: "transport_down" }], up()).state;
  const { effects, state } = play([{ type: "retry" }], down);
  expect(effects).toEqual([{ do: "stop_waiting" }, { do: "connect" }]);
  expect(state.retries).toBe(0);
});

test("nothing happens after stop", () => {
  const stopped = play([{ type: "stopped" }], up());
  expect(stopped.effects).toEqual([
    { do: "stop_waiting" },
    { do: "end_leg" },
    { do: "disconnect" },
  ]);
  const events: PhoneEvent[] = [
    { type: "leg_ended" },
    { type: "transport_down" },
    { type: "waited" },
    { type: "leg_offered" },
  ];
  for (const event of events) expect(step(stopped.state, event)).toEqual([stopped.state, []]);
});

test("in every reachable state, a missing leg has something under way that mends it", () => {
  const all: PhoneEvent[] = [
    { type: "transport_up" },
    { type: "transport_down" },
    { type: "registered" },
    { type: "registration_lost" },
    { type: "registration_refused", status: 500 },
    { type: "leg_offered" },
    { type: "leg_up" },
    { type: "leg_ended" },
    { type: "leg_unknown" },
    { type: "media_failed" },
    { type: "waited" },
    { type: "retry" },
  ];
  // A seeded walk; `pending` is what the outside world still owes an answer to.
  let seed = 11;
  const next = (n: number) => {
    seed = (seed * 1664525 + 1013904223) % 4294967296;
    return seed % n;
  };
  for (let walk = 0; walk < 300; walk += 1) {
    let [state, effects] = step(OFF, { type: "started" });
    const pending = new Set<string>();
    const note = (list: PhoneEffect[]) => {
      for (const effect of list) {
        if (effect.do === "stop_waiting") pending.delete("wait");
        else if (effect.do !== "end_leg") pending.add(effect.do);
      }
    };
    note(effects);
    for (let i = 0; i < 25; i += 1) {
      const possible = all.filter((event) => {
        switch (event.type) {
          case "transport_up":
            return pending.has("connect") && state.transport === "connecting";
          case "transport_down":
            return state.transport !== "down";
          case "registered":
          case "registration_refused":
            return pending.has("register") && state.transport === "up";
          case "registration_lost":
            return state.registered;
          case "leg_offered":
            return state.registered;
          case "leg_up":
            return state.leg === "answering";
          case "leg_ended":
          case "leg_unknown":
          case "media_failed":
            return state.leg !== "none";
          case "waited":
            return pending.has("wait");
          default:
            return true;
        }
      });
      const event = possible[next(possible.length)];
      if (event === undefined) break;
      if (event.type === "waited") pending.delete("wait");
      if (event.type === "transport_up" || event.type === "transport_down")
        pending.delete("connect");
      if (event.type.startsWith("regist")) pending.delete("register");
      if (event.type === "leg_up" || event.type === "leg_ended") pending.delete("answer");
      [state, effects] = step(state, event);
      note(effects);
      const well = state.leg === "up" && state.registered;
      const mending = ["wait", "connect", "register", "answer"].some((one) => pending.has(one));
      expect(well || mending, `${event.type} → ${JSON.stringify(state)}`).toBe(true);
    }
  }
});

test("waits never grow past fifteen seconds", () => {
  expect([0, 1, 2, 3, 4, 50].map(backoffMs)).toEqual([1000, 2000, 4000, 8000, 15000, 15000]);
});
