import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { api } from "@/api/client";
import type { ImportSchedule } from "@/api/types/lists";
import { useSession } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import { ScheduleForm } from "./ScheduleForm";
import { bodyOf, emptySchedule, valuesOf } from "./schedule-form";
import { useSchedule } from "./useSchedules";

export function NewSchedulePage() {
  const t = useText();
  const shared = useSharedText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { organisation } = useSession();
  return (
    <>
      <PageHeader
        title={t.add}
        text={t.text}
        above={<BackLink to="/import-schedules">{t.title}</BackLink>}
      />
      <ScheduleForm
        initial={emptySchedule(organisation.time_zone)}
        scheduleId={null}
        hasSecret={false}
        action={shared.create}
        onCancel={() => void navigate({ to: "/import-schedules" })}
        onSend={async (values) => {
          const made = await api.post<ImportSchedule>("/import-schedules", bodyOf(values));
          await client.invalidateQueries({ queryKey: ["import-schedules"] });
          toast.success(t.saved);
          await navigate({
            to: "/import-schedules/$importScheduleId",
            params: { importScheduleId: made.import_schedule_id },
          });
        }}
      />
    </>
  );
}

export function EditSchedulePage() {
  const t = useText();
  const shared = useSharedText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { importScheduleId } = useParams({ from: "/import-schedules/$importScheduleId/edit" });
  const schedule = useSchedule(importScheduleId);
  if (schedule.isPending) return <Loading />;
  if (schedule.isError) {
    return <LoadError error={schedule.error} onRetry={() => void schedule.refetch()} />;
  }
  const { data } = schedule;
  const back = () =>
    navigate({ to: "/import-schedules/$importScheduleId", params: { importScheduleId } });
  return (
    <>
      <PageHeader
        title={t.editTitle(data.name)}
        above={
          <BackLink to="/import-schedules/$importScheduleId" params={{ importScheduleId }}>
            {data.name}
          </BackLink>
        }
      />
      <ScheduleForm
        key={data.version}
        initial={valuesOf(data)}
        scheduleId={importScheduleId}
        hasSecret={data.has_secret}
        action={shared.save}
        onCancel={() => void back()}
        onReload={() => void schedule.refetch()}
        onSend={async (values) => {
          await api.patch(`/import-schedules/${importScheduleId}`, {
            ...bodyOf(values),
            version: data.version,
          });
          await client.invalidateQueries({ queryKey: ["import-schedules"] });
          toast.success(t.saved);
          await back();
        }}
      />
    </>
  );
}
