import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import type { ImportTemplate } from "@/api/types/lists";

export function useTemplates() {
  return useQuery({
    queryKey: ["import-templates", "all"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<ImportTemplate>>("/import-templates", { signal })).items,
  });
}
