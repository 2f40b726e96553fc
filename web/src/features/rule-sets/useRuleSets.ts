import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page, RuleFiring, RuleSet } from "@/api/types";

export const useRuleSet = (ruleSetId: string) =>
  useQuery({
    queryKey: ["rule-sets", ruleSetId],
    queryFn: ({ signal }) => api.get<RuleSet>(`/rule-sets/${ruleSetId}`, { signal }),
  });

export const useRuleSets = () =>
  useQuery({
    queryKey: ["rule-sets", "all"],
    queryFn: async ({ signal }) => (await api.get<Page<RuleSet>>("/rule-sets", { signal })).items,
  });

export const useCampaignRuleSets = (campaignId: string) =>
  useQuery({
    queryKey: ["rule-sets", "of", campaignId],
    queryFn: async ({ signal }) =>
      (await api.get<Page<RuleSet>>(`/campaigns/${campaignId}/rule-sets`, { signal })).items,
  });

export const useAttemptFirings = (attemptId: string) =>
  useQuery({
    queryKey: ["rule-firings", attemptId],
    queryFn: async ({ signal }) =>
      (await api.get<Page<RuleFiring>>(`/attempts/${attemptId}/rule-firings`, { signal })).items,
  });
