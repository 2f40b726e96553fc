import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { UnseenEvents } from "@/api/types";

export const EVENT_LOG = ["event-log"];
export const REFRESH_MS = 15_000;

/** Warnings and errors that nobody has taken note of. */
export function useUnseen() {
  return useQuery({
    queryKey: [...EVENT_LOG, "unseen"],
    queryFn: ({ signal }) => api.get<UnseenEvents>("/event-log/unseen", { signal }),
    refetchInterval: REFRESH_MS,
  });
}
