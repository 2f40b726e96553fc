/** Changes of a flow's document. Every function gives a new one. */

import type { FlowDocument, FlowNode, NodeField, NodeType, NodeTypes } from "./types";

export const nodeOf = (document: FlowDocument, id: string): FlowNode | undefined =>
  document.nodes.find((one) => one.id === id);

export interface Ways {
  needed: string[];
  possible: string[];
}

/** By which names a node can be left: those of its kind and those that its entries name. */
export function waysOf(node: FlowNode, kind: NodeType | undefined): Ways {
  if (kind === undefined) return { needed: Object.keys(node.ways ?? {}), possible: [] };
  const [list = "", inner = ""] = kind.ways_from.split(".");
  const entries = Array.isArray(node[list]) ? (node[list] as Record<string, unknown>[]) : [];
  const named = entries.map((one) => one?.[inner]).filter((way) => typeof way === "string" && way);
  const needed = [...new Set([...(named as string[]), ...kind.needed_ways])];
  return { needed, possible: kind.possible_ways.filter((way) => !needed.includes(way)) };
}

/** Every way that leads somewhere, also those that the node does not have (any more). */
export const writtenWays = (node: FlowNode): [string, string][] =>
  Object.entries(node.ways ?? {}).filter(([, to]) => typeof to === "string" && to !== "");

export function changedNode(
  document: FlowDocument,
  id: string,
  change: (node: FlowNode) => FlowNode,
): FlowDocument {
  return { ...document, nodes: document.nodes.map((one) => (one.id === id ? change(one) : one)) };
}

/** A setting with its value; without one (`undefined`) it goes back to the default. */
export function withSetting(node: FlowNode, name: string, value: unknown): FlowNode {
  const next = { ...node, [name]: value };
  if (value === undefined) delete next[name];
  return next;
}

/** The node with a setting changed; ways whose name an entry changed keep their target. */
export function setting(
  node: FlowNode,
  kind: NodeType | undefined,
  name: string,
  value: unknown,
): FlowNode {
  const next = withSetting(node, name, value);
  if (kind === undefined || !kind.ways_from.startsWith(`${name}.`)) return next;
  const inner = kind.ways_from.slice(name.length + 1);
  const [before, after] = [namesOf(node[name], inner), namesOf(value, inner)];
  const ways = { ...node.ways };
  if (before.length === after.length) {
    const moved = before.flatMap((old, at): [string, string][] => {
      const to = ways[old];
      const now = after[at] ?? "";
      return old !== now && now !== "" && to !== undefined && !after.includes(old)
        ? [[now, to]]
        : [];
    });
    for (const [at, old] of before.entries()) {
      if (after[at] !== old && !after.includes(old)) delete ways[old];
    }
    Object.assign(ways, Object.fromEntries(moved));
  } else {
    for (const old of before) if (!after.includes(old)) delete ways[old];
  }
  return { ...next, ways };
}

const namesOf = (entries: unknown, inner: string): string[] =>
  Array.isArray(entries) ? entries.map((one) => String(one?.[inner] ?? "")) : [];

export function connected(
  document: FlowDocument,
  from: string,
  way: string,
  to: string,
): FlowDocument {
  return changedNode(document, from, (node) => {
    const ways = { ...node.ways };
    if (to === "") delete ways[way];
    else ways[way] = to;
    return { ...node, ways };
  });
}

export function freeId(document: FlowDocument, wanted: string): string {
  const plain = plainName(wanted) || "n";
  const taken = new Set(document.nodes.map((one) => one.id));
  if (!taken.has(plain)) return plain;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${plain}-${number}`)) return `${plain}-${number}`;
  }
}

/** Letters, digits, - and _, as names of nodes, ways and variables are. */
export const plainName = (wanted: string): string =>
  wanted
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50);

/** What a new node begins with: an empty entry of what is needed, so that there is what to fill in. */
export function newSettings(fields: readonly NodeField[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      if (!field.required) return [];
      if (field.kind === "parts") return [[field.name, [{ text: {} }]]];
      if (field.kind === "list") return [[field.name, [newEntry(field, [])]]];
      return [];
    }),
  );
}

const KEYS = [..."1234567890*#"];

/** A new entry of a list; a key that no other entry has. */
export function newEntry(field: NodeField, others: readonly unknown[]): Record<string, unknown> {
  const entry = newSettings(field.fields);
  for (const inner of field.fields) {
    const taken = others.map((one) => (one as Record<string, unknown>)?.[inner.name]);
    if (inner.kind === "key") entry[inner.name] = KEYS.find((key) => !taken.includes(key)) ?? "";
    if (inner.kind === "name" && inner.required) {
      for (let number = others.length + 1; ; number += 1) {
        const name = `${inner.name === "way" ? "way" : "result"}-${number}`;
        if (taken.includes(name)) continue;
        entry[inner.name] = name;
        break;
      }
    }
    if (inner.kind === "condition" && inner.required) {
      entry[inner.name] = { all: [newStatement()] };
    }
  }
  return entry;
}

export const newStatement = () => ({
  of: "variable" as const,
  name: "",
  value_type: "STRING" as const,
  operator: "EQUALS",
  value: "",
});

interface Place {
  x: number;
  y: number;
}

/** A new node; `after`: the node of which a free needed way is led to it. */
export function added(
  document: FlowDocument,
  kind: NodeType,
  title: string,
  place: Place,
  after: FlowNode | undefined,
  kinds: NodeTypes,
): { document: FlowDocument; id: string } {
  const id = freeId(document, title);
  const node: FlowNode = { id, type: kind.type, ...newSettings(kind.fields), ways: {}, ...place };
  const grown: FlowDocument = {
    ...document,
    nodes: [...document.nodes, node],
    start: document.start || id,
  };
  const free =
    after &&
    waysOf(after, kinds.get(after.type)).needed.find((way) => (after.ways?.[way] ?? "") === "");
  return { document: free ? connected(grown, after.id, free, id) : grown, id };
}

/** Without the node, and without the ways that led to it. */
export function removed(document: FlowDocument, ids: readonly string[]): FlowDocument {
  const gone = new Set(ids);
  const { on_error, ...rest } = document;
  return {
    ...rest,
    ...(on_error !== undefined && !gone.has(on_error) ? { on_error } : {}),
    start: gone.has(document.start) ? "" : document.start,
    nodes: document.nodes
      .filter((one) => !gone.has(one.id))
      .map((one) => ({
        ...one,
        ways: Object.fromEntries(writtenWays(one).filter(([, to]) => !gone.has(to))),
      })),
  };
}

/** The node under another name; whatever names it follows. */
export function renamed(document: FlowDocument, from: string, to: string): FlowDocument {
  const name = (id: string) => (id === from ? to : id);
  return {
    ...document,
    start: name(document.start),
    ...(document.on_error === undefined ? {} : { on_error: name(document.on_error) }),
    nodes: document.nodes.map((one) => ({
      ...one,
      id: name(one.id),
      ways: Object.fromEntries(Object.entries(one.ways ?? {}).map(([way, at]) => [way, name(at)])),
    })),
  };
}

export function copied(document: FlowDocument, id: string): { document: FlowDocument; id: string } {
  const node = nodeOf(document, id);
  if (node === undefined) return { document, id };
  const copy = freeId(document, id);
  const { title: _, ...rest } = structuredClone(node);
  const place = { x: (node.x ?? 0) + 40, y: (node.y ?? 0) + 60 };
  const made = { ...rest, id: copy, ways: {}, ...place };
  return { document: { ...document, nodes: [...document.nodes, made] }, id: copy };
}

/** A flow to begin with: a greeting, then the end. */
export const firstDocument = (language: string): FlowDocument => ({
  languages: [language],
  start: "accueil",
  nodes: [
    { id: "accueil", type: "say", say: [{ text: {} }], ways: { next: "fin" } },
    { id: "fin", type: "hang_up", ways: {} },
  ],
});

/** Whether a parsed file looks like a flow's file at all; the server says what else is wrong. */
export function isFile(value: unknown): boolean {
  const file = value as { kwabo_flow?: unknown; document?: { nodes?: unknown } } | null;
  return typeof file?.kwabo_flow === "number" && Array.isArray(file.document?.nodes);
}

export interface Change {
  /** '': the flow as a whole. */
  node: string;
  kind: "added" | "removed" | "changed";
  before: string;
  after: string;
}

const told = (value: object | undefined): string => {
  if (value === undefined) return "";
  const { x: _x, y: _y, ...rest } = value as { x?: number; y?: number };
  return JSON.stringify(rest, null, 1);
};

/** What differs between two documents, node by node; a place on the canvas is no difference. */
export function changes(before: FlowDocument, after: FlowDocument): Change[] {
  const { nodes: oldNodes, ...oldHead } = before;
  const { nodes: newNodes, ...newHead } = after;
  const [old, now] = [
    new Map(oldNodes.map((one) => [one.id, one])),
    new Map(newNodes.map((one) => [one.id, one])),
  ];
  const found: Change[] = [];
  const compare = (node: string, left: string, right: string) => {
    if (left === right) return;
    const kind = left === "" ? "added" : right === "" ? "removed" : "changed";
    found.push({ node, kind, before: left, after: right });
  };
  compare("", told(oldHead), told(newHead));
  for (const [id, node] of now) compare(id, told(old.get(id)), told(node));
  for (const [id, node] of old) if (!now.has(id)) compare(id, told(node), "");
  return found;
}
