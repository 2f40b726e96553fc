import { expect, test } from "vitest";
import { bandPath, linePath, minuteTicks, nearest, ticksTo } from "./scale";

test.each([
  [17, 4, false, [0, 5, 10, 15, 20]],
  [0.041, 4, false, [0, 0.02, 0.04, 0.06]],
  [0.3, 3, false, [0, 0.1, 0.2, 0.3]],
  [2, 4, true, [0, 1, 2]],
  [0, 4, true, [0, 1]],
  [9, 4, true, [0, 3, 6, 9]],
])("ticks up to %d, about %d (whole: %s)", (most, wanted, whole, ticks) => {
  expect(ticksTo(most, wanted, whole)).toEqual(ticks);
});

test("ticks reach the highest value and begin at nothing", () => {
  for (let most = 0.001; most < 5000; most *= 1.37) {
    const ticks = ticksTo(most, 4);
    expect(ticks[0]).toBe(0);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(most * 0.999);
    expect(ticks.length).toBeLessThanOrEqual(6);
  }
});

test("labels stand at round minutes, no more than there is room for", () => {
  expect(minuteTicks(485, 1085, 6)).toEqual([600, 720, 840, 960, 1080]);
  expect(minuteTicks(3, 3, 6)).toEqual([3]);
  expect(minuteTicks(0, 120, 4)).toEqual([0, 30, 60, 90, 120]);
});

const same = (value: number) => value;

test("a line is lifted where a value is missing, and a lone value is a dot", () => {
  expect(linePath([0, 1, 2, 3], [5, null, 6, 7], same, same)).toBe("M0.0,5.0h0.01M2.0,6.0L3.0,7.0");
  expect(linePath([0, 1], [null, null], same, same)).toBe("");
});

test("a band goes along the high values and back along the low ones", () => {
  expect(bandPath([0, 1], [1, 2], [3, 4], same, same)).toBe("M0.0,3.0L1.0,4.0L1.0,2.0L0.0,1.0Z");
  expect(bandPath([0, 1, 2], [1, null, 2], [3, 4, 4], same, same)).toBe(
    "M0.0,3.0L2.0,4.0L2.0,2.0L0.0,1.0Z",
  );
  expect(bandPath([], [], [], same, same)).toBe("");
});

test("the nearest of the places is found", () => {
  expect(nearest([0, 5, 10], 7.4)).toBe(1);
  expect(nearest([], 3)).toBe(-1);
});
