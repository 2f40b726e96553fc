/** What the timetable's pages ask the server for; states move on by themselves, so they look again. */

import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { CampaignRule, CampaignSequence, Page, Schedule, SubjectSchedule } from "@/api/types";

const EVERY_MS = 10_000;

export const useSchedules = () =>
  useQuery({
    queryKey: ["timetable", "schedules"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<Schedule>>("/campaign-schedules", { signal })).items,
    refetchInterval: EVERY_MS,
  });

export const useCampaignRules = () =>
  useQuery({
    queryKey: ["timetable", "rules"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<CampaignRule>>("/campaign-rules", { signal })).items,
    refetchInterval: EVERY_MS,
  });

/** `path` is the campaign's or the sequence's. */
export const useScheduleOf = (path: string) =>
  useQuery({
    queryKey: ["timetable", "schedule", path],
    queryFn: async ({ signal }) =>
      (await api.get<SubjectSchedule>(`${path}/schedule`, { signal })).schedule,
    refetchInterval: EVERY_MS,
  });

export const useSequences = (campaignId?: string) =>
  useQuery({
    queryKey: ["timetable", "sequences", campaignId ?? null],
    queryFn: async ({ signal }) =>
      (
        await api.get<Page<CampaignSequence>>("/campaign-sequences", {
          query: { campaign_id: campaignId },
          signal,
        })
      ).items,
    refetchInterval: EVERY_MS / 2,
  });
