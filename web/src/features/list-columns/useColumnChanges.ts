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
  return changes.find(isOpen) ?? null;
}

/** A name for each change that is done with, and for how it ended. */
export function endedChanges(changes: readonly ColumnChange[]): string[] {
  return changes
    .filter((change) => !isOpen(change))
    .map((change) => `${change.column_change_id} ${change.state}`);
}

function isOpen(change: ColumnChange): boolean {
  return MOVING.has(change.state) || change.state === "checked";
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
