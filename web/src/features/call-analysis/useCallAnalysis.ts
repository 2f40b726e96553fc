import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page, PossibleReactions, Prompt, ResponseSet } from "@/api/types";

export const useResponseSets = () =>
  useQuery({
    queryKey: ["response-sets", "all"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<ResponseSet>>("/response-sets", { signal })).items,
  });

export const useResponseSet = (responseSetId: string) =>
  useQuery({
    queryKey: ["response-sets", responseSetId],
    queryFn: ({ signal }) => api.get<ResponseSet>(`/response-sets/${responseSetId}`, { signal }),
  });

export const usePossibleReactions = () =>
  useQuery({
    queryKey: ["response-sets", "possible"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<PossibleReactions>>("/response-sets/possible", { signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const usePrompts = () =>
  useQuery({
    queryKey: ["prompts", "all"],
    queryFn: async ({ signal }) => (await api.get<Page<Prompt>>("/prompts", { signal })).items,
  });
