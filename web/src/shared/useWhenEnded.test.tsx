import { renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { useWhenEnded } from "./useWhenEnded";

function looking(first: string[] | undefined) {
  const then = vi.fn();
  const hook = renderHook(({ ended }) => useWhenEnded(ended, then), {
    initialProps: { ended: first },
  });
  return { then, look: (ended: string[] | undefined) => hook.rerender({ ended }) };
}

test("what had ended before the first look is no news", () => {
  const { then, look } = looking(undefined);
  look(["a"]);
  look(["a"]);
  expect(then).not.toHaveBeenCalled();
});

test("what began and ended between two looks is told once", () => {
  const { then, look } = looking([]);
  look(["a"]);
  look(["a"]);
  expect(then).toHaveBeenCalledTimes(1);
});

test("another end is told, in whatever order the ends are listed", () => {
  const { then, look } = looking(["a", "b"]);
  look(["b", "a"]);
  expect(then).not.toHaveBeenCalled();
  look(["b", "a", "c"]);
  expect(then).toHaveBeenCalledTimes(1);
});

test("a look that fails is no end", () => {
  const { then, look } = looking(["a"]);
  look(undefined);
  look(["a"]);
  expect(then).not.toHaveBeenCalled();
});
