/** One campaign and its progress. While it runs, progress is asked for again every five seconds. */

import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Campaign, Progress } from "@/api/types";
import { useCampaign } from "@/live/useLive";

const WHILE_RUNNING_MS = 5000;

/** With the state of the live picture, which is newer. */
export function useOneCampaign(campaignId: string | null) {
  const live = useCampaign(campaignId ?? "");
  const query = useQuery({
    queryKey: ["campaigns", "one", campaignId],
    queryFn: ({ signal }) => api.get<Campaign>(`/campaigns/${campaignId}`, { signal }),
    enabled: campaignId !== null,
    refetchInterval: (asked) => (asked.state.data?.state === "running" ? 15_000 : false),
  });
  const data =
    query.data && live
      ? { ...query.data, state: live.state, state_reason: live.state_reason }
      : query.data;
  return { ...query, data };
}

export function useProgress(campaignId: string, running: boolean) {
  return useQuery({
    queryKey: ["campaigns", "progress", campaignId],
    queryFn: ({ signal }) => api.get<Progress>(`/campaigns/${campaignId}/progress`, { signal }),
    refetchInterval: running ? WHILE_RUNNING_MS : false,
  });
}
