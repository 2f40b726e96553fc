/** The last minutes of a campaign's calls and its window; asked for again while it runs. */

import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { PacingHistory } from "@/api/types";
import { ASKED } from "./minutes";

const WHILE_RUNNING_MS = 10_000;

export function usePacing(campaignId: string, running: boolean) {
  return useQuery({
    queryKey: ["campaigns", "pacing", campaignId],
    queryFn: ({ signal }) =>
      api.get<PacingHistory>(`/campaigns/${campaignId}/pacing`, {
        query: { minutes: ASKED },
        signal,
      }),
    refetchInterval: running ? WHILE_RUNNING_MS : false,
  });
}
