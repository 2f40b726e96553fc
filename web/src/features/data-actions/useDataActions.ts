import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { DataAction, Page } from "@/api/types";
import type { Tone } from "@/shared/StatusBadge";

export const DATA_ACTIONS = ["data-actions"] as const;

export const useDataActions = () =>
  useQuery({
    queryKey: [...DATA_ACTIONS, "all"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<DataAction>>("/data-actions", { signal })).items,
  });

export const useDataAction = (id: string) =>
  useQuery({
    queryKey: [...DATA_ACTIONS, id],
    queryFn: ({ signal }) => api.get<DataAction>(`/data-actions/${id}`, { signal }),
  });

export type ActionState = "never" | "good" | "bad" | "open";

/** How the other program fares: by its last word, unless it is left alone. */
export function stateOf(action: DataAction): ActionState {
  if (action.open_until !== null) return "open";
  const { last_answer_at: answer, last_failure_at: failure } = action;
  if (answer === null && failure === null) return "never";
  return failure === null || (answer !== null && answer > failure) ? "good" : "bad";
}

export const STATE_TONES: Record<ActionState, Tone> = {
  never: "quiet",
  good: "good",
  bad: "bad",
  open: "warn",
};
