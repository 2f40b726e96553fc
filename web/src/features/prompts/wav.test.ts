import { expect, test } from "vitest";
import { wavOf } from "./wav";

test("samples become PCM of 16 bits behind a header that tells rate and length", () => {
  const view = new DataView(wavOf(new Float32Array([0, 1, -1, 2]), 16_000));
  expect(view.byteLength).toBe(44 + 8);
  expect(view.getUint32(24, true)).toBe(16_000);
  expect(view.getUint32(40, true)).toBe(8);
  expect([0, 1, 2, 3].map((n) => view.getInt16(44 + n * 2, true))).toEqual([
    0, 32_767, -32_767, 32_767,
  ]);
});
