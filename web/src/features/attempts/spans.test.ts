import { expect, test } from "vitest";
import type { AttemptRow } from "@/api/types";
import { spans, stepsOf } from "./spans";

const ABANDONED = {
  offered_at: null,
  reserved_at: null,
  dialling_at: "2026-11-23T10:00:00.000Z",
  ringing_at: "2026-11-23T10:00:02.000Z",
  answered_at: "2026-11-23T10:00:09.000Z",
  message_media: "abandon-fr",
  message_started_at: "2026-11-23T10:00:11.000Z",
  message_ended_at: "2026-11-23T10:00:18.500Z",
  connected_at: null,
  closed_at: "2026-11-23T10:00:18.600Z",
} as AttemptRow;

test("the abandon message stands among the steps, with its length", () => {
  expect(stepsOf(ABANDONED).map(([step]) => step)).toEqual([
    "dialling_at",
    "ringing_at",
    "answered_at",
    "message_started_at",
    "message_ended_at",
    "closed_at",
  ]);
  expect(spans(ABANDONED)).toEqual({ ring: 7, answerToAgent: null, message: 7.5, talk: null });
});

test("without a message there is none to tell of, also from a record that never names it", () => {
  const { message_started_at: _begun, message_ended_at: _ended, ...rest } = ABANDONED;
  for (const attempt of [
    { ...ABANDONED, message_started_at: null, message_ended_at: null },
    rest as AttemptRow,
  ]) {
    expect(spans(attempt).message).toBeNull();
    expect(stepsOf(attempt).map(([step]) => step)).not.toContain("message_started_at");
  }
});
