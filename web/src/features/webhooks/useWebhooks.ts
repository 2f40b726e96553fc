import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Webhook } from "@/api/types";

export const WEBHOOKS = ["webhooks"];
export const REFRESH_MS = 5_000;

export function useWebhook(webhookId: string) {
  return useQuery({
    queryKey: [...WEBHOOKS, webhookId],
    queryFn: ({ signal }) => api.get<Webhook>(`/webhooks/${webhookId}`, { signal }),
    refetchInterval: REFRESH_MS,
  });
}
