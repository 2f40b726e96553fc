import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { AttemptAnalysis, AttemptRow, Permission } from "@/api/types";
import { setLanguage } from "@/i18n/language";
import { renderPage, SESSION } from "@/test/render";
import { CallAnalysis } from "./CallAnalysis";

const NOTHING: AttemptAnalysis = {
  result: null,
  engine: null,
  terms: null,
  cause: null,
  seconds: null,
  reaction: null,
  queue_id: null,
  prompt_id: null,
  message_seconds: null,
  message_whole: null,
  early_media: null,
  early_seconds: null,
  tone: null,
  announcement: null,
  network_answer: null,
  recording: false,
};

function show(
  part: Partial<AttemptAnalysis>,
  permissions: Permission[] = [],
  started: string | null = null,
) {
  const attempt = {
    attempt_id: "a1",
    message_started_at: started,
    call_analysis: { ...NOTHING, ...part },
  } as AttemptRow;
  return renderPage(<CallAnalysis attempt={attempt} />, { ...SESSION, permissions });
}

beforeEach(() => setLanguage("en"));

test("a machine that heard the whole message", () => {
  show(
    {
      result: "machine",
      engine: "amd",
      terms: "medium 2500",
      cause: "LONGGREETING-1560-1500",
      seconds: 2.24,
      reaction: "play_file",
      prompt_id: "p1",
      message_seconds: 6,
      message_whole: true,
    },
    [],
    "2026-11-23T08:00:00.000Z",
  );
  expect(screen.getByText(/^An answering machine, after 2\.2 s$/)).toBeDefined();
  expect(screen.getByText("LONGGREETING-1560-1500")).toBeDefined();
  expect(screen.getByText("amd: medium 2500")).toBeDefined();
  expect(screen.getByText("Leave a message")).toBeDefined();
  expect(screen.getByText(/^Heard to its end/)).toBeDefined();
  expect(screen.queryByText("Tone")).toBeNull();
});

test.each([
  [null, null, "Did not begin"],
  ["2026-11-23T08:00:00.000Z", false, /^Cut short/],
  ["2026-11-23T08:00:00.000Z", null, /^Nobody knows/],
])("what became of a message: %s, %s", (started, whole, words) => {
  show({ prompt_id: "p1", message_seconds: 6, message_whole: whole }, [], started);
  expect(screen.getByText(words)).toBeDefined();
});

const ANNOUNCED: Partial<AttemptAnalysis> = {
  reaction: "number_uncallable",
  early_media: true,
  early_seconds: 2.4,
  tone: "sit",
  announcement: "unallocated",
  network_answer: 3,
  recording: true,
};

test("what a network said can be read in French and listened to", () => {
  setLanguage("fr");
  show(ANNOUNCED, ["reports.read"]);
  expect(screen.getByText("Oui, pendant 2,4 s")).toBeDefined();
  expect(screen.getByText("Trois tons d’annonce")).toBeDefined();
  expect(screen.getByText("Numéro non attribué")).toBeDefined();
  expect(screen.getByText(/ligne 3 du tableau/)).toBeDefined();
  expect(screen.getByText("Ne plus appeler ce numéro")).toBeDefined();
  const player = screen.getByLabelText("Écouter ce que le réseau a dit");
  expect(player.getAttribute("src")).toBe("/api/v1/attempts/a1/early-media");
});

test("no player without a recording, nor for who may not listen", () => {
  const { unmount } = show({ ...ANNOUNCED, recording: false }, ["reports.read"]);
  expect(screen.queryByLabelText("Listen to what the network said")).toBeNull();
  unmount();
  show(ANNOUNCED, []);
  expect(screen.getByText("Three rising tones")).toBeDefined();
  expect(screen.queryByLabelText("Listen to what the network said")).toBeNull();
});
