import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import type { ContactListFilter, FilterDocument, FilterField, Matches } from "./types";

export const filtersKey = (contactListId: string | null) => ["filters", contactListId];

export function useFilters(contactListId: string | null) {
  return useQuery({
    queryKey: filtersKey(contactListId),
    queryFn: async ({ signal }) => {
      const path = `/contact-lists/${contactListId}/filters`;
      return (await api.get<Page<ContactListFilter>>(path, { signal })).items;
    },
    enabled: contactListId !== null,
  });
}

export function useFilterFields(contactListId: string | null) {
  return useQuery({
    queryKey: ["filter-fields", contactListId],
    queryFn: async ({ signal }) => {
      const path = `/contact-lists/${contactListId}/filter-fields`;
      return (await api.get<Page<FilterField>>(path, { signal })).items;
    },
    enabled: contactListId !== null,
  });
}

/** Whom a document lets through; null while it is not complete. */
export function useMatches(
  contactListId: string,
  document: FilterDocument | null,
  campaignId?: string,
) {
  return useQuery({
    queryKey: ["filter-matches", contactListId, campaignId, document],
    queryFn: ({ signal }) =>
      api.post<Matches>(
        `/contact-lists/${contactListId}/filter-matches`,
        { document, ...(campaignId ? { campaign_id: campaignId } : {}) },
        { signal },
      ),
    enabled: document !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
