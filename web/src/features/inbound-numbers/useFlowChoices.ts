import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { FlowChoice, Page } from "@/api/types";

/** The flows that a number may be given, published or not. */
export function useFlowChoices(enabled = true) {
  return useQuery({
    queryKey: ["flows", "choices"],
    queryFn: async ({ signal }) => (await api.get<Page<FlowChoice>>("/flows", { signal })).items,
    enabled,
  });
}
