import { Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { api } from "@/api/client";
import type { DataAction } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { DocumentPage } from "@/shared/DocumentPage";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { type ActionValues, settingsOf, valuesOf } from "./action-form";
import { Deliveries } from "./Deliveries";
import { useText } from "./messages";
import { RequestFields } from "./RequestFields";
import { TryAction } from "./TryAction";
import { DATA_ACTIONS, STATE_TONES, stateOf, useDataAction } from "./useDataActions";

export function DataActionPage() {
  const { dataActionId } = useParams({ from: "/settings/data-actions/$dataActionId" });
  return dataActionId === "new" ? <Editor action={null} /> : <Kept id={dataActionId} />;
}

function Kept({ id }: { id: string }) {
  const action = useDataAction(id);
  if (action.isPending) return <Loading />;
  if (action.data === undefined) {
    return <LoadError error={action.error} onRetry={() => void action.refetch()} />;
  }
  return <Editor key={action.data.version} action={action.data} />;
}

function Editor({ action }: { action: DataAction | null }) {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayWrite = usePermission("settings.write");
  const form = useForm<ActionValues>({ initialValues: valuesOf(action) });
  const state = action === null ? "never" : stateOf(action);
  async function save(values: ActionValues) {
    const body = { name: values.name, settings: settingsOf(values), version: action?.version ?? 0 };
    if (action !== null) {
      await api.put<DataAction>(`/data-actions/${action.data_action_id}`, body);
      toast.success(t.saved);
      return;
    }
    const made = await api.post<DataAction>("/data-actions", body);
    toast.success(t.saved);
    form.resetDirty();
    await navigate({
      to: "/settings/data-actions/$dataActionId",
      params: { dataActionId: made.data_action_id },
      replace: true,
    });
  }
  return (
    <DocumentPage
      title={action?.name ?? t.add}
      text={action?.last_failure && state !== "good" ? action.last_failure_message : undefined}
      beside={
        action && (
          <StatusBadge tone={STATE_TONES[state]}>
            {action.open_until ? t.openUntil(formats.time(action.open_until)) : t.states[state]}
          </StatusBadge>
        )
      }
      list="/settings/data-actions"
      listTitle={t.back}
      nameLabel={t.name}
      form={form}
      mayWrite={mayWrite}
      reload={() => client.invalidateQueries({ queryKey: DATA_ACTIONS })}
      save={save}
      removal={
        action === null
          ? undefined
          : {
              title: t.removeTitle(action.name),
              text: t.removeText,
              action: t.remove,
              done: t.removed,
              remove: () => api.delete(`/data-actions/${action.data_action_id}`),
            }
      }
      after={
        <Stack>
          {mayWrite && <TryAction settings={settingsOf(form.values)} onRefused={form.setErrors} />}
          {action && <Deliveries action={action} mayRetry={mayWrite} />}
        </Stack>
      }
    >
      <RequestFields form={form} readOnly={!mayWrite} />
    </DocumentPage>
  );
}
