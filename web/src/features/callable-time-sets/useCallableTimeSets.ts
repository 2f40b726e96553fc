/** Callable time sets, what holidays are known, and the days to come of rules. */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import { useLanguage } from "@/i18n/language";
import type { CallableTimeSet, HolidayCountry, Preview, Rules } from "./types";

export function useCallableTimeSets() {
  return useQuery({
    queryKey: ["callable-time-sets", "all"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<CallableTimeSet>>("/callable-time-sets", { signal })).items,
  });
}

export function useCallableTimeSet(id: string) {
  return useQuery({
    queryKey: ["callable-time-sets", "one", id],
    queryFn: ({ signal }) => api.get<CallableTimeSet>(`/callable-time-sets/${id}`, { signal }),
  });
}

export function useHolidayCountries() {
  return useQuery({
    queryKey: ["holiday-countries"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<HolidayCountry>>("/holiday-countries", { signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

interface Asked {
  time_zone: string | null;
  country: string | null;
  begin: string;
  days: number;
}

export function usePreview(rules: Rules, asked: Asked) {
  const language = useLanguage();
  return useQuery({
    queryKey: ["callable-time-sets", "preview", language, rules, asked],
    queryFn: () => api.post<Preview>("/callable-time-sets/preview", { ...rules, ...asked }),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  });
}
