import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Import, Preview } from "@/api/types";

/** Asked again each second while the import is under way. */
export function useImport(importId: string) {
  return useQuery({
    queryKey: ["imports", "one", importId],
    queryFn: ({ signal }) => api.get<Import>(`/imports/${importId}`, { signal }),
    refetchInterval: (query) => {
      const state = query.state.data?.state;
      return state === "waiting" || state === "running" ? 1000 : false;
    },
  });
}

export function usePreview(
  importId: string,
  encoding: string | null,
  delimiter: string | null,
  headerLine: number | null,
  kinds: string | null,
  region: string | null,
) {
  return useQuery({
    queryKey: ["imports", "preview", importId, encoding, delimiter, headerLine, kinds, region],
    queryFn: ({ signal }) =>
      api.get<Preview>(`/imports/${importId}/preview`, {
        query: { encoding, delimiter, header_line: headerLine, kinds, region },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
