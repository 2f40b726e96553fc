import { expect, test } from "vitest";
import { movedPositions } from "./order";

test("two neighbours change places", () => {
  expect(movedPositions(["a", "b", "c"], [1, 2, 3], 2, 1)).toEqual([
    { id: "c", position: 2 },
    { id: "b", position: 3 },
  ]);
});

test("positions that were the same become an order", () => {
  expect(movedPositions(["a", "b"], [0, 0], 1, 0)).toEqual([
    { id: "b", position: 1 },
    { id: "a", position: 2 },
  ]);
});
