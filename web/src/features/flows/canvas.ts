/** From a flow's document to what React Flow draws. */

import type { Edge, Node } from "@xyflow/react";
import { type Ways, waysOf, writtenWays } from "./document";
import { type Height, placesOf } from "./layout";
import type { Finding, FlowDocument, FlowNode, NodeTypes, Passed } from "./types";

export const NODE_WIDTH = 220;
const HEAD = 52;
const WAY = 22;

export interface DrawnWay {
  way: string;
  needed: boolean;
  leads: boolean;
  /** The node has no such way (any more). */
  stray: boolean;
}

export interface DrawnNode extends Record<string, unknown> {
  node: FlowNode;
  ways: DrawnWay[];
  findings: Finding[];
  start: boolean;
  onError: boolean;
  passed: boolean;
  here: boolean;
}
export type CanvasNode = Node<DrawnNode, "flow">;

/** What of the present trial is shown on the canvas. */
export interface Trail {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  here: string | null;
}
export const NO_TRAIL: Trail = { nodes: new Set(), edges: new Set(), here: null };

export const edgeId = (from: string, way: string): string => `${from} ${way}`;

/** Nodes passed and ways taken in this flow; those of flows that it runs are not on its canvas. */
export function trailOf(flowId: string, passed: readonly Passed[], here: string | null): Trail {
  const nodes = new Set<string>();
  const edges = new Set<string>();
  let before: Passed | null = null;
  for (const one of passed) {
    if (one.flow_id === flowId) {
      nodes.add(one.node);
      if (before !== null && before.flow_id === flowId) edges.add(edgeId(before.node, one.way));
    }
    before = one;
  }
  return { nodes, edges, here };
}

/** Ways as a node shows them: needed ones first, then others; stray ones last. */
export function drawnWays(node: FlowNode, ways: Ways): DrawnWay[] {
  const leads = new Map(writtenWays(node));
  const drawn = (needed: boolean) => (way: string) => ({
    way,
    needed,
    leads: leads.has(way),
    stray: false,
  });
  const known = [...ways.needed.map(drawn(true)), ...ways.possible.map(drawn(false))];
  const strays = [...leads.keys()].filter((way) => !known.some((one) => one.way === way));
  return [...known, ...strays.map((way) => ({ way, needed: false, leads: true, stray: true }))];
}

export const heightIn =
  (kinds: NodeTypes): Height =>
  (node) =>
    HEAD + WAY * drawnWays(node, waysOf(node, kinds.get(node.type))).length;

export function canvasNodes(
  document: FlowDocument,
  kinds: NodeTypes,
  findings: readonly Finding[],
  trail: Trail,
): CanvasNode[] {
  const places = placesOf(document, heightIn(kinds));
  return document.nodes.map((node) => ({
    id: node.id,
    type: "flow",
    position: places.get(node.id) ?? { x: 0, y: 0 },
    data: {
      node,
      ways: drawnWays(node, waysOf(node, kinds.get(node.type))),
      findings: findings.filter((one) => one.node === node.id),
      start: document.start === node.id,
      onError: document.on_error === node.id,
      passed: trail.nodes.has(node.id),
      here: trail.here === node.id,
    },
  }));
}

/** Ways that lead to a node that there is. */
export function canvasEdges(document: FlowDocument, trail: Trail): Edge[] {
  const known = new Set(document.nodes.map((one) => one.id));
  return document.nodes.flatMap((node) =>
    writtenWays(node)
      .filter(([, to]) => known.has(to))
      .map(([way, to]) => ({
        id: edgeId(node.id, way),
        source: node.id,
        sourceHandle: way,
        target: to,
        className: trail.edges.has(edgeId(node.id, way)) ? "passed" : "",
        zIndex: trail.edges.has(edgeId(node.id, way)) ? 1 : 0,
      })),
  );
}
