import { expect, test } from "vitest";
import type { Bucket } from "./types";
import { steps } from "./waterfall-steps";

const bucket = (code: string, contacts: number): Bucket => ({
  group: "later",
  code,
  message: code,
  contacts,
  next_attempt_at: null,
});

test("each bar begins where the one before it ends, the last ends at the whole", () => {
  const found = steps([bucket("a", 5), bucket("b", 2), bucket("c", 3)], 10);
  expect(found.map((one) => [one.start, one.width])).toEqual([
    [0, 0.5],
    [0.5, 0.2],
    [0.7, 0.3],
  ]);
});

test("an empty list has no bars", () => {
  expect(steps([], 0)).toEqual([]);
});
