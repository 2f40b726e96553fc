/** What-ifs of a campaign; one that is under way is asked for again every second. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/api/client";
import type { WhatIf, WhatIfSettings } from "@/api/types";

const UNDER_WAY_MS = 1000;

export const isUnderWay = (whatIf: Pick<WhatIf, "state">): boolean =>
  whatIf.state === "waiting" || whatIf.state === "running";

/** Progress as it is shown: tenths would only flicker. */
export const wholePercent = (progress: number): number => Math.round(progress * 100) / 100;

const listKey = (campaignId: string) => ["what-ifs", "of", campaignId];
const oneKey = (whatIfId: string) => ["what-ifs", "one", whatIfId];

export function useWhatIfs(campaignId: string) {
  return useQuery({
    queryKey: listKey(campaignId),
    queryFn: async ({ signal }) =>
      (await api.get<{ items: WhatIf[] }>(`/campaigns/${campaignId}/what-ifs`, { signal })).items,
  });
}

/** One as it is by now. When it ends, the list is asked for again. */
export function useWhatIf(listed: WhatIf): WhatIf {
  const client = useQueryClient();
  const { what_if_id: id, campaign_id: campaignId } = listed;
  const underWay = isUnderWay(listed);
  const query = useQuery({
    queryKey: oneKey(id),
    queryFn: ({ signal }) => api.get<WhatIf>(`/what-ifs/${id}`, { signal }),
    enabled: underWay,
    refetchInterval: (asked) =>
      asked.state.data && !isUnderWay(asked.state.data) ? false : UNDER_WAY_MS,
  });
  const whatIf = underWay && query.data ? query.data : listed;
  const ended = underWay && !isUnderWay(whatIf);
  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: listKey(campaignId) });
  }, [ended, client, campaignId]);
  return whatIf;
}

export function useWhatIfCommands(campaignId: string) {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ["what-ifs"] });
  return {
    start: async (body: WhatIfSettings) => {
      const made = await api.post<WhatIf>(`/campaigns/${campaignId}/what-ifs`, body);
      client.setQueryData<WhatIf[]>(listKey(campaignId), (kept = []) => [made, ...kept]);
      return made;
    },
    cancel: async (whatIfId: string) => {
      await api.post(`/what-ifs/${whatIfId}/cancel`);
      await again();
    },
    remove: async (whatIfId: string) => {
      await api.delete(`/what-ifs/${whatIfId}`);
      await again();
    },
  };
}
