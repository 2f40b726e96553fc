import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import type { DataAction } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { FormProblem } from "@/shared/FormProblem";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useSubmit } from "@/shared/useSubmit";
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
  const shared = useSharedText();
  const formats = useFormats();
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayWrite = usePermission("settings.write");
  const [deleting, setDeleting] = useState(false);
  const form = useForm<ActionValues>({ initialValues: valuesOf(action) });
  const reload = () => client.invalidateQueries({ queryKey: DATA_ACTIONS });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const body = { name: values.name, settings: settingsOf(values), version: action?.version ?? 0 };
    const kept =
      action === null
        ? await api.post<DataAction>("/data-actions", body)
        : await api.put<DataAction>(`/data-actions/${action.data_action_id}`, body);
    await reload();
    toast.success(t.saved);
    await navigate({
      to: "/settings/data-actions/$dataActionId",
      params: { dataActionId: kept.data_action_id },
      replace: true,
    });
  });
  const state = action === null ? "never" : stateOf(action);
  return (
    <>
      <PageHeader
        title={action?.name ?? t.add}
        {...(action?.last_failure && state !== "good" ? { text: action.last_failure_message } : {})}
        above={<BackLink to="/settings/data-actions">{t.back}</BackLink>}
        beside={
          action && (
            <StatusBadge tone={STATE_TONES[state]}>
              {action.open_until ? t.openUntil(formats.time(action.open_until)) : t.states[state]}
            </StatusBadge>
          )
        }
      >
        {mayWrite && action && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={17} />}
            onClick={() => setDeleting(true)}
          >
            {t.remove}
          </Button>
        )}
      </PageHeader>
      <form onSubmit={submit} noValidate>
        <Stack mb="lg">
          <FormProblem problem={problem} onReload={() => void reload()} />
          <TextInput
            maw={480}
            label={t.name}
            required
            readOnly={!mayWrite}
            {...form.getInputProps("name")}
          />
          <RequestFields form={form} readOnly={!mayWrite} />
          {mayWrite && (
            <Group>
              <Button type="submit" loading={busy}>
                {shared.save}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
      <Stack>
        {mayWrite && <TryAction settings={settingsOf(form.values)} />}
        {action && <Deliveries action={action} mayRetry={mayWrite} />}
      </Stack>
      <ConfirmDialog
        open={deleting}
        danger
        title={t.removeTitle(action?.name ?? "")}
        action={t.remove}
        onClose={() => setDeleting(false)}
        onConfirm={async () => {
          await api.delete(`/data-actions/${action?.data_action_id}`);
          await navigate({ to: "/settings/data-actions" });
          await reload();
          toast.success(t.removed);
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </>
  );
}
