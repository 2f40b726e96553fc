import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import type { ImportSchedule, ScheduleFile } from "@/api/types/lists";

/** Asked again while it waits or runs. */
export function useSchedule(importScheduleId: string) {
  return useQuery({
    queryKey: ["import-schedules", "one", importScheduleId],
    queryFn: ({ signal }) =>
      api.get<ImportSchedule>(`/import-schedules/${importScheduleId}`, { signal }),
    refetchInterval: (query) => (isBusy(query.state.data) ? 1000 : 15_000),
  });
}

export function isBusy(schedule: ImportSchedule | undefined): boolean {
  return schedule !== undefined && (schedule.waiting || schedule.last_run?.state === "running");
}

export function useScheduleFiles(importScheduleId: string, busy: boolean) {
  return useQuery({
    queryKey: ["import-schedules", "files", importScheduleId],
    queryFn: async ({ signal }) =>
      (await api.get<Page<ScheduleFile>>(`/import-schedules/${importScheduleId}/files`, { signal }))
        .items,
    refetchInterval: busy ? 2000 : 15_000,
  });
}
