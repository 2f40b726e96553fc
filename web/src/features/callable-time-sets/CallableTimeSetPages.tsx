import { Alert, Button } from "@mantine/core";
import { IconBolt, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import { TimeSetForm } from "./TimeSetForm";
import { bodyOf, emptySet, valuesOf } from "./time-set-form";
import type { CallableTimeSet } from "./types";
import { useCallableTimeSet } from "./useCallableTimeSets";

export function NewCallableTimeSetPage() {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={t.add} above={<BackLink to="/callable-time-sets">{t.title}</BackLink>} />
      <TimeSetForm
        initial={emptySet()}
        action={shared.create}
        onCancel={() => void navigate({ to: "/callable-time-sets" })}
        onSend={async (values) => {
          const made = await api.post<CallableTimeSet>("/callable-time-sets", bodyOf(values));
          await client.invalidateQueries({ queryKey: ["callable-time-sets"] });
          toast.success(t.made);
          await navigate({
            to: "/callable-time-sets/$callableTimeSetId",
            params: { callableTimeSetId: made.callable_time_set_id },
          });
        }}
      />
    </>
  );
}

export function CallableTimeSetPage() {
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayWrite = usePermission("campaigns.write");
  const { callableTimeSetId } = useParams({ from: "/callable-time-sets/$callableTimeSetId" });
  const set = useCallableTimeSet(callableTimeSetId);
  const [deleting, setDeleting] = useState(false);
  if (set.isPending) return <Loading />;
  if (set.isError) return <LoadError error={set.error} onRetry={() => void set.refetch()} />;
  const { data } = set;
  const path = `/callable-time-sets/${callableTimeSetId}`;
  const refresh = () => client.invalidateQueries({ queryKey: ["callable-time-sets"] });
  return (
    <>
      <PageHeader title={data.name} above={<BackLink to="/callable-time-sets">{t.title}</BackLink>}>
        {mayWrite && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={17} />}
            onClick={() => setDeleting(true)}
          >
            {t.delete}
          </Button>
        )}
      </PageHeader>
      {data.campaigns.length > 0 && (
        <Alert color="blue" icon={<IconBolt />} mb="md">
          {t.atOnce(data.campaigns.join(", "))}
        </Alert>
      )}
      <TimeSetForm
        key={data.version}
        initial={valuesOf(data)}
        readOnly={!mayWrite}
        action={shared.save}
        onCancel={() => void navigate({ to: "/callable-time-sets" })}
        onReload={() => void set.refetch()}
        onSend={async (values) => {
          await api.patch(path, { ...bodyOf(values), version: data.version });
          await refresh();
          toast.success(t.saved);
        }}
      />
      <ConfirmDialog
        open={deleting}
        danger
        title={t.deleteTitle(data.name)}
        action={t.delete}
        onClose={() => setDeleting(false)}
        onConfirm={async () => {
          await api.delete(path);
          await navigate({ to: "/callable-time-sets" });
          await refresh();
          toast.success(t.deleted);
        }}
      >
        {t.deleteText}
      </ConfirmDialog>
    </>
  );
}
