import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import type { ColumnChange, ColumnUse } from "@/api/types/lists";

const MOVING = new Set(["checking", "running", "cleaning"]);

/** Newest first; asked again each second while one is under way. */
export function useColumnChanges(contactListId: string) {
  return useQuery({
    queryKey: ["column-changes", contactListId],
    queryFn: async ({ signal }) =>
      (
        await api.get<Page<ColumnChange>>(`/contact-lists/${contactListId}/column-changes`, {
          signal,
        })
      ).items,
    refetchInterval: (query) =>
      query.state.data?.some((change) => MOVING.has(change.state)) ? 1000 : false,
  });
}

/** The change that is not done, if there is one. */
export function openChange(changes: readonly ColumnChange[]): ColumnChange | null {
  return changes.find((change) => MOVING.has(change.state) || change.state === "checked") ?? null;
}

export function useColumnUses(contactListId: string, column: string) {
  return useQuery({
    queryKey: ["column-uses", contactListId, column],
    queryFn: async ({ signal }) =>
      (
        await api.get<Page<ColumnUse>>(`/contact-lists/${contactListId}/column-uses`, {
          query: { column },
          signal,
        })
      ).items,
  });
}
