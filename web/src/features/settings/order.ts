/** Positions after a row has moved: only those that differ from what they were. */
export function movedPositions(
  ids: readonly string[],
  positions: readonly number[],
  from: number,
  to: number,
): { id: string; position: number }[] {
  const order = ids.map((id, index) => ({ id, before: positions[index] }));
  const [moved] = order.splice(from, 1);
  if (moved === undefined) return [];
  order.splice(to, 0, moved);
  return order
    .map(({ id, before }, index) => ({ id, before, position: index + 1 }))
    .filter(({ before, position }) => before !== position)
    .map(({ id, position }) => ({ id, position }));
}
