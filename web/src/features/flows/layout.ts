/** Places for nodes that have none: columns by the distance from the start, what follows to the right. */

import { writtenWays } from "./document";
import type { FlowDocument, FlowNode } from "./types";

export interface Place {
  x: number;
  y: number;
}
/** How high a node is drawn. */
export type Height = (node: FlowNode) => number;

export const ACROSS = 310;
const GAP = 36;

/** Columns of nodes: the start's first, then those one step away, and so on; unreached ones last. */
export function columnsOf(document: FlowDocument): string[][] {
  const known = new Map(document.nodes.map((one) => [one.id, one]));
  const seen = new Set<string>();
  const columns: string[][] = [];
  const begin = (id: string) => {
    let column = known.has(id) && !seen.has(id) ? [id] : [];
    for (const one of column) seen.add(one);
    for (let depth = 0; column.length > 0; depth += 1) {
      columns[depth] = [...(columns[depth] ?? []), ...column];
      const next: string[] = [];
      for (const one of column) {
        const node = known.get(one);
        for (const [, to] of node ? writtenWays(node) : []) {
          if (!known.has(to) || seen.has(to)) continue;
          seen.add(to);
          next.push(to);
        }
      }
      column = next;
    }
  };
  begin(document.start);
  begin(document.on_error ?? "");
  for (const node of document.nodes) begin(node.id);
  return columns;
}

/** A place for every node: a column is ordered by where its predecessors stand, and centred on them. */
export function laidOut(document: FlowDocument, height: Height): Map<string, Place> {
  const known = new Map(document.nodes.map((one) => [one.id, one]));
  const middles = new Map<string, number>();
  const places = new Map<string, Place>();
  const before = new Map<string, { from: string; at: number }[]>();
  for (const node of document.nodes) {
    writtenWays(node).forEach(([, to], at) => {
      before.set(to, [...(before.get(to) ?? []), { from: node.id, at }]);
    });
  }
  columnsOf(document).forEach((column, depth) => {
    const ordered = column
      .map((id, index) => {
        const from = (before.get(id) ?? []).flatMap((one) => {
          const middle = middles.get(one.from);
          return middle === undefined ? [] : [middle + one.at];
        });
        const wanted = from.length === 0 ? null : from.reduce((sum, y) => sum + y, 0) / from.length;
        const node = known.get(id);
        return { id, index, wanted, high: node ? height(node) : 0 };
      })
      .sort(
        (a, b) =>
          (a.wanted ?? Number.POSITIVE_INFINITY) - (b.wanted ?? Number.POSITIVE_INFINITY) ||
          a.index - b.index,
      );
    const aims = ordered.flatMap((one) => one.wanted ?? []);
    const middle = aims.length === 0 ? 0 : aims.reduce((sum, y) => sum + y, 0) / aims.length;
    const total = ordered.reduce((sum, one) => sum + one.high + GAP, -GAP);
    let top = middle - total / 2;
    for (const { id, high } of ordered) {
      places.set(id, { x: depth * ACROSS, y: Math.round(top) });
      middles.set(id, top + high / 2);
      top += high + GAP;
    }
  });
  return places;
}

const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

/** Where each node stands: its own place, else one of the layout. */
export function placesOf(document: FlowDocument, height: Height): Map<string, Place> {
  const own = document.nodes.filter((one) => isNumber(one.x) && isNumber(one.y));
  const found =
    own.length === document.nodes.length ? new Map<string, Place>() : laidOut(document, height);
  for (const one of own) found.set(one.id, { x: one.x as number, y: one.y as number });
  return found;
}

const at = (document: FlowDocument, places: ReadonlyMap<string, Place>): FlowDocument => ({
  ...document,
  nodes: document.nodes.map((one) => ({ ...one, ...places.get(one.id) })),
});

/** Every node at its place of the layout. */
export const arranged = (document: FlowDocument, height: Height) =>
  at(document, laidOut(document, height));

/** Every node with a place of its own, so that a change moves no other; some at new ones. */
export const settled = (
  document: FlowDocument,
  height: Height,
  moved: ReadonlyMap<string, Place> = new Map(),
) => at(document, new Map([...placesOf(document, height), ...moved]));
