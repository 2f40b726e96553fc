/** Presets, and what the organisation has chosen. */

import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Compliance, Preset } from "@/api/types";

const USE_MS = 15_000;

export function usePresets() {
  return useQuery({
    queryKey: ["compliance", "presets"],
    queryFn: async ({ signal }) =>
      (await api.get<{ items: Preset[] }>("/compliance/presets", { signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The id of the preset that campaigns without one follow. */
export function useOrganisationPreset() {
  return useQuery({
    queryKey: ["compliance", "preset"],
    queryFn: async ({ signal }) =>
      (await api.get<{ preset: string }>("/compliance/preset", { signal })).preset,
  });
}

export function useCompliance() {
  return useQuery({
    queryKey: ["compliance", "settings"],
    queryFn: ({ signal }) => api.get<Compliance>("/compliance", { signal }),
    refetchInterval: USE_MS,
  });
}
