import { expect, test } from "vitest";
import type { Import } from "@/api/types";
import { paceOf } from "./progress";

const record = {
  file_bytes: 1000,
  bytes_done: 250,
  rows_read: 50,
  rows_per_second: null,
  started_at: "2026-11-23T10:00:00.000Z",
  ended_at: null,
} as Import;
const at = Date.parse("2026-11-23T10:00:10.000Z");

test("a quarter in ten seconds leaves thirty", () => {
  expect(paceOf(record, at)).toEqual({ share: 0.25, secondsGone: 10, rate: 5, secondsLeft: 30 });
});

test("the server's own rate counts more", () => {
  expect(paceOf({ ...record, rows_per_second: 7 }, at).rate).toBe(7);
});

test("nothing is promised before there is something to go by", () => {
  expect(paceOf({ ...record, bytes_done: 1 }, at).secondsLeft).toBeNull();
  expect(paceOf(record, at - 9500)).toMatchObject({ rate: null, secondsLeft: null });
  expect(paceOf({ ...record, started_at: null }, at)).toMatchObject({ secondsGone: 0, rate: null });
  expect(paceOf({ ...record, file_bytes: 0 }, at).share).toBe(0);
});

test("an ended import keeps its time", () => {
  const ended = { ...record, bytes_done: 1000, ended_at: "2026-11-23T10:00:04.000Z" };
  expect(paceOf(ended, at)).toMatchObject({ share: 1, secondsGone: 4, secondsLeft: null });
});
