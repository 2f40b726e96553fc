/** Recordings by telephone: the numbers to call, codes, and how far calls are. */

import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import type { RecordingSession } from "./types";

const EVERY_MS = 2_000;
const LIST_EVERY_MS = 10_000;

export const NUMBERS = ["recording-numbers"];
/** Below the prompts: a draft that is submitted or thrown away changes a session too. */
const SESSIONS = ["prompts", "recording-sessions"];

export const goesOn = (session: RecordingSession): boolean =>
  session.state === "waiting" || session.state === "calling";

export const useRecordingNumbers = () =>
  useQuery({
    queryKey: NUMBERS,
    queryFn: ({ signal }) =>
      api
        .get<Page<{ number: string; label: string }>>("/recording-numbers", { signal })
        .then((page) => page.items),
  });

/** One of them, followed closely while it goes on. */
export const useRecordingSession = (id: string | undefined) =>
  useQuery({
    queryKey: [...SESSIONS, id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => api.get<RecordingSession>(`/recording-sessions/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data && goesOn(query.state.data) ? EVERY_MS : false),
  });

/** Those of the last day, the newest first; followed while one goes on. */
export const useRecordingSessions = (enabled: boolean) =>
  useQuery({
    queryKey: SESSIONS,
    enabled,
    queryFn: ({ signal }) =>
      api.get<Page<RecordingSession>>("/recording-sessions", { signal }).then((page) => page.items),
    refetchInterval: (query) => (query.state.data?.some(goesOn) ? LIST_EVERY_MS : false),
  });

/** The code that is good and lets all of these be recorded, if there is one. */
export const sessionFor = (
  sessions: readonly RecordingSession[],
  language: string,
  keys: readonly string[],
): RecordingSession | undefined =>
  sessions.find(
    (one) =>
      goesOn(one) &&
      one.language === language &&
      keys.every((key) => one.prompts.some((prompt) => prompt.key === key)),
  );
