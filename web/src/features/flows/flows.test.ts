// @vitest-environment jsdom

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { canvasEdges, canvasNodes, drawnWays, heightIn, NO_TRAIL, trailOf } from "./canvas";
import { added, changes, connected, newEntry, removed, renamed, setting, waysOf } from "./document";
import { columnsOf, laidOut, placesOf, settled } from "./layout";
import en from "./messages.en";
import fr from "./messages.fr";
import { saidText } from "./shown";
import { begun, byItself, said, stepped, telling, testOf } from "./trial";
import type { FlowDocument, NodeField, NodeType } from "./types";

const file = resolve(process.cwd(), "../tests/shared/flow-node-types.json");
const { items } = JSON.parse(readFileSync(file, "utf8")) as { items: NodeType[] };
const kinds = new Map(items.map((one) => [one.type, one]));
const kind = (type: string): NodeType => kinds.get(type) as NodeType;
const flow: FlowDocument = {
  languages: ["fr"],
  start: "hello",
  nodes: [
    { id: "hello", type: "say", ways: { next: "menu" } },
    {
      id: "menu",
      type: "menu",
      options: [{ key: "1" }, { key: "2" }],
      ways: { "1": "end", "2": "gone", timeout: "menu" },
    },
    { id: "end", type: "hang_up", ways: {} },
    { id: "alone", type: "hang_up", x: 7, y: 9 },
  ],
};
const node = (document: FlowDocument, id: string) => document.nodes.find((one) => one.id === id);

describe("words", () => {
  const names = (fields: readonly NodeField[]): string[] =>
    // The value of a map is told by the map's own label or by one of these words.
    fields.flatMap((one) => [one.name, ...names(one.fields)]);
  const choices = (fields: readonly NodeField[]): string[] =>
    fields.flatMap((one) => [...one.choices, ...choices(one.fields)]);

  it.each([
    ["fr", fr],
    ["en", en],
  ])("tell every kind of node, field, way and choice in %s", (_, words) => {
    for (const one of items) {
      expect(Object.keys(words.types)).toContain(one.type);
      for (const way of [...one.needed_ways, ...one.possible_ways]) {
        expect(Object.keys(words.ways)).toContain(way);
      }
      for (const name of names(one.fields)) expect(Object.keys(words.fields)).toContain(name);
      for (const name of choices(one.fields)) expect(Object.keys(words.choices)).toContain(name);
    }
  });
});

describe("ways", () => {
  it("are those of the kind and those that entries name", () => {
    expect(waysOf(flow.nodes[1] as never, kind("menu"))).toEqual({
      needed: ["1", "2", "timeout"],
      possible: ["wrong"],
    });
    expect(
      waysOf({ id: "l", type: "language", options: [{ key: "1" }] }, kind("language")),
    ).toEqual({ needed: ["next"], possible: ["timeout"] });
  });

  it("keep their target when an entry's key changes, and go with the entry", () => {
    const menu = flow.nodes[1] as never;
    const other = setting(menu, kind("menu"), "options", [{ key: "5" }, { key: "2" }]);
    expect(other.ways).toEqual({ "5": "end", "2": "gone", timeout: "menu" });
    const less = setting(menu, kind("menu"), "options", [{ key: "2" }]);
    expect(less.ways).toEqual({ "2": "gone", timeout: "menu" });
    const swapped = setting(menu, kind("menu"), "options", [{ key: "2" }, { key: "1" }]);
    expect(swapped.ways).toEqual({ "1": "end", "2": "gone", timeout: "menu" });
  });

  it("that the node has no more are shown as stray", () => {
    const ways = drawnWays(
      { id: "x", type: "say", ways: { next: "end", old: "end" } },
      waysOf({ id: "x", type: "say" }, kind("say")),
    );
    expect(ways.map((one) => [one.way, one.stray])).toEqual([
      ["next", false],
      ["old", true],
    ]);
  });
});

describe("changes of a document", () => {
  it("add a node after another and lead its free way there", () => {
    const alone = connected(flow, "hello", "next", "");
    const hello = node(alone, "hello");
    const made = added(alone, kind("menu"), "Menu", { x: 1, y: 2 }, hello, kinds);
    expect(made.id).toBe("menu-2");
    expect(node(made.document, "hello")?.ways).toEqual({ next: "menu-2" });
    expect(node(made.document, "menu-2")).toMatchObject({
      x: 1,
      y: 2,
      options: [{ key: "1" }],
      say: [{ text: {} }],
    });
  });

  it("give a new entry a key that is free", () => {
    const field = kind("menu").fields.find((one) => one.name === "options") as NodeField;
    expect(newEntry(field, [{ key: "1" }, { key: "3" }])).toMatchObject({ key: "2" });
  });

  it("take a node away with what led to it", () => {
    const less = removed({ ...flow, on_error: "end" }, ["end"]);
    expect(less.nodes.map((one) => one.id)).toEqual(["hello", "menu", "alone"]);
    expect(node(less, "menu")?.ways).toEqual({ "2": "gone", timeout: "menu" });
    expect(less.on_error).toBeUndefined();
  });

  it("rename a node everywhere", () => {
    const other = renamed({ ...flow, on_error: "menu" }, "menu", "choice");
    expect(other.on_error).toBe("choice");
    expect(node(other, "hello")?.ways).toEqual({ next: "choice" });
    expect(node(other, "choice")?.ways).toMatchObject({ timeout: "choice" });
  });

  it("are told node by node, without places", () => {
    const moved = settled(flow, heightIn(kinds));
    expect(changes(flow, moved)).toEqual([]);
    const found = changes(flow, removed(moved, ["alone"]));
    expect(found.map((one) => [one.node, one.kind])).toEqual([["alone", "removed"]]);
  });
});

describe("layout", () => {
  it("puts what follows to the right, and unreached nodes too", () => {
    expect(columnsOf(flow)).toEqual([["hello", "alone"], ["menu"], ["end"]]);
  });

  it("lays no node over another", () => {
    const height = heightIn(kinds);
    const places = [...laidOut(flow, height)];
    for (const [id, place] of places) {
      for (const [other, at] of places) {
        if (id === other || place.x !== at.x) continue;
        const [upper, lower] = place.y < at.y ? [id, at.y] : [other, place.y];
        const top = Math.min(place.y, at.y);
        expect(lower).toBeGreaterThanOrEqual(top + height(node(flow, upper) as never));
      }
    }
  });

  it("keeps places that nodes have, and holds the others still", () => {
    const height = heightIn(kinds);
    expect(placesOf(flow, height).get("alone")).toEqual({ x: 7, y: 9 });
    const still = settled(flow, height, new Map([["menu", { x: 5, y: 6 }]]));
    expect(node(still, "menu")).toMatchObject({ x: 5, y: 6 });
    expect(node(still, "hello")).toMatchObject(placesOf(flow, height).get("hello") ?? {});
  });
});

describe("canvas", () => {
  it("draws ways that lead to a node that there is", () => {
    const drawn = canvasEdges(flow, NO_TRAIL).map((one) => [
      one.source,
      one.sourceHandle,
      one.target,
    ]);
    expect(drawn).toEqual([
      ["hello", "next", "menu"],
      ["menu", "1", "end"],
      ["menu", "timeout", "menu"],
    ]);
  });

  it("gives each node its findings and shows where the trial went", () => {
    const passed = [
      { flow_id: "f", node: "hello", way: "" },
      { flow_id: "f", node: "menu", way: "next" },
      { flow_id: "other", node: "end", way: "call" },
    ];
    const trail = trailOf("f", passed, "menu");
    const wrong = { node: "menu", field: "ways.2", code: "FLOW_TARGET_MISSING", message: "…" };
    const drawn = canvasNodes(flow, kinds, [wrong], trail);
    expect(drawn.map((one) => one.data.passed)).toEqual([true, true, false, false]);
    expect(drawn[1]?.data).toMatchObject({ here: true, findings: [wrong] });
    expect(canvasEdges(flow, trail)[0]?.className).toBe("passed");
    expect(canvasEdges(flow, trail)[1]?.className).toBe("");
  });
});

describe("a trial", () => {
  const facts = {
    caller: "+22901",
    called: "",
    language: "",
    medium: "voice" as const,
    person: {},
    contact: {},
  };
  const cursor = {
    flow_id: "f",
    node: "menu",
    state: { playback: "p1" },
    limit_timer: "t0",
    variables: {},
    language: "fr",
  };
  const start = stepped(begun(facts, 0), {
    cursor,
    actions: [
      { type: "say", playback: "p1", parts: [{ type: "text", text: "Hello", language: "" }] },
      { type: "set_timer", timer: "t1", seconds: 5 },
    ],
    outcome: "",
    trail: [{ flow_id: "f", node: "menu", way: "" }],
  });

  it("lets what is being said end by itself, and takes time for it", () => {
    expect(start.lines).toEqual([{ who: "flow", kind: "", text: "Hello" }]);
    const ends = byItself(start);
    expect(ends).toEqual({ type: "playback_ended", playback: "p1" });
    expect(telling(start, said(ends as never)).now).toBe(2000);
    expect(byItself({ ...start, cursor: { ...cursor, state: {} } })).toBeNull();
  });

  it("tells the product's own words of a prompt, and marks what was recorded", () => {
    const instead = { fr: "Parlez après le bip.", en: "Speak after the tone." };
    const parts = [
      { type: "sound", language: "" },
      { type: "prompt", key: "speak", language: "", instead },
      { type: "prompt", key: "bienvenue", language: "" },
    ];
    expect(saidText(parts, "en")).toBe("♪ Speak after the tone. [bienvenue]");
    expect(saidText(parts, "fon")).toBe("♪ Parlez après le bip. [bienvenue]");
  });

  it("answers what a code lets record, and keeps it for the test", () => {
    const asked = stepped(start, {
      cursor,
      actions: [
        { type: "open_recordings", question: "q", code: "204815" },
        { type: "set_timer", timer: "t2", seconds: 30 },
      ],
      outcome: "",
      trail: [],
    });
    expect(asked.asked.map((one) => one.type)).toEqual(["open_recordings"]);
    const told = telling(asked, {
      input: { type: "recording_told", question: "q", position: 1, of: 2 },
      step: null,
      line: "",
      milliseconds: 500,
      data: { recordings: { code: "204815", prompts: 2 } },
    });
    expect(told.asked).toEqual([]);
    expect(testOf(told, "Two").data).toEqual({ recordings: { code: "204815", prompts: 2 } });
  });

  it("becomes a test: keys as one step, answers as data, the trail as what is expected", () => {
    const key = (digit: string) => ({
      input: { type: "digit_pressed", digit },
      step: { press: digit },
      line: digit,
      milliseconds: 1000,
    });
    const asked = stepped(telling(telling(start, key("1")), key("2")), {
      cursor,
      actions: [{ type: "ask_hours", question: "q", schedule_id: "s" }],
      outcome: "",
      trail: [{ flow_id: "f", node: "hours", way: "1" }],
    });
    expect(asked.asked).toHaveLength(1);
    const told = telling(asked, {
      input: { type: "hours_told", question: "q", state: "closed" },
      step: null,
      line: "",
      milliseconds: 0,
      data: { hours: { s: "closed" } },
    });
    expect(told.asked).toEqual([]);
    const over = stepped(told, { cursor: null, actions: [], outcome: "HUNG_UP", trail: [] });
    expect(testOf(over, "Closed")).toEqual({
      name: "Closed",
      now: "1970-01-01T00:00:00.000Z",
      facts: { caller: "+22901" },
      steps: [{ press: "12" }],
      data: { hours: { s: "closed" } },
      expected: { trail: ["menu", "hours"], outcome: "HUNG_UP" },
    });
  });
});
