import { describe, expect, it } from "vitest";
import {
  changedAt,
  choicesOf,
  choicesText,
  conditionOf,
  differences,
  duplicateOf,
  freeName,
  groupOf,
  isDocument,
  mergedAt,
  movedTo,
  newStatement,
  removedAt,
} from "./editing";
import type { Block, ScriptDocument } from "./types";
import { begun, step } from "./useHistory";

const document: ScriptDocument = {
  pages: [
    {
      id: "un",
      title: "Un",
      next: "deux",
      blocks: [
        { type: "text", text: "a" },
        { type: "section", blocks: [{ type: "field", id: "x", label: "X", input: "text" }] },
        { type: "text", text: "b" },
      ],
    },
    { id: "deux", title: "Deux", finish: true, blocks: [] },
  ],
};

describe("changes by path", () => {
  it("change one place and leave the rest as it is", () => {
    const next = mergedAt(document, "pages.0.blocks.1.blocks.0", { label: "Y", help: undefined });
    expect(next.pages[0]?.blocks[1]).toEqual({
      type: "section",
      blocks: [{ type: "field", id: "x", label: "Y", input: "text" }],
    });
    expect(next.pages[1]).toBe(document.pages[1]);
    expect(document.pages[0]?.blocks[1]).toEqual(expect.objectContaining({ type: "section" }));
  });

  it("move and remove, and never beyond the ends", () => {
    const texts = (one: ScriptDocument) =>
      one.pages[0]?.blocks.map((block) => (block.type === "text" ? block.text : "-")).join("");
    expect(texts(movedTo(document, "pages.0.blocks.0", 2))).toBe("-ba");
    expect(texts(movedTo(document, "pages.0.blocks.2", 0))).toBe("ba-");
    expect(movedTo(document, "pages.0.blocks.2", 3).pages[0]?.blocks).toEqual(
      document.pages[0]?.blocks,
    );
    expect(texts(removedAt(document, "pages.0.blocks.1"))).toBe("ab");
  });

  it("give names that are free", () => {
    expect(freeName(document, "Échéance n° 1")).toBe("echeance-n-1");
    expect(freeName(document, "X")).toBe("x-2");
    const copy = duplicateOf(document, document.pages[0]?.blocks[1] as Block);
    expect(copy).toMatchObject({ blocks: [{ id: "x-2" }] });
  });
});

describe("conditions in the builder", () => {
  it("come back as they were", () => {
    const one = newStatement();
    for (const condition of [{ all: [one] }, { any: [one, one] }, { not: { any: [one] } }]) {
      expect(conditionOf(groupOf(condition))).toEqual(condition);
    }
    expect(conditionOf(groupOf(one))).toEqual({ all: [one] });
  });
});

it("choices are a line each", () => {
  const choices = [{ value: "a", label: "Oui = oui" }, { value: "b" }];
  expect(choicesOf(`${choicesText(choices)}\n\n`)).toEqual([
    { value: "a", label: "Oui = oui" },
    { value: "b" },
  ]);
});

it("a file that is no script is told from one that is", () => {
  expect(isDocument(document)).toBe(true);
  for (const wrong of [
    null,
    [],
    { pages: [] },
    { pages: [{ id: "x" }] },
    { pages: [{ id: "x", title: "", blocks: [{ type: "image" }] }] },
  ]) {
    expect(isDocument(wrong)).toBe(false);
  }
});

describe("differences", () => {
  it("are none between equals, and name what changed", () => {
    expect(differences(document, structuredClone(document))).toEqual([]);
    const next = changedAt<string>(document, "pages.0.blocks.0.text", () => "c");
    expect(differences(document, next)).toEqual([
      { path: "un › text 1", kind: "changed", before: "a", after: "c" },
    ]);
    const without = removedAt(document, "pages.1");
    expect(differences(document, without)).toEqual([
      expect.objectContaining({ path: "deux", kind: "removed" }),
    ]);
  });
});

describe("undo and redo", () => {
  const set = (value: string, about = "", at = 0) => ({ type: "set" as const, value, about, at });
  it("go back and forth; typing in one place is one step", () => {
    let history = begun("");
    history = step(history, set("a", "x", 0));
    history = step(history, set("ab", "x", 500));
    history = step(history, set("ab!", "y", 600));
    history = step(history, { type: "undo" });
    expect(history.present).toBe("ab");
    history = step(history, { type: "undo" });
    expect(history.present).toBe("");
    history = step(history, { type: "redo" });
    expect(history.present).toBe("ab");
    history = step(history, set("z"));
    expect(step(history, { type: "redo" }).present).toBe("z");
  });
});
