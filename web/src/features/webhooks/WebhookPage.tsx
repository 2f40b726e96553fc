import { Alert, Button, Group, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconKey,
  IconPencil,
  IconRefresh,
  IconSend,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import type { Webhook } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { KeyValues } from "@/shared/KeyValues";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { Deliveries } from "./Deliveries";
import { ReplayDialog, RotateDialog } from "./dialogs";
import { useText } from "./messages";
import { SecretDialog } from "./SecretDialog";
import { useWebhook, WEBHOOKS } from "./useWebhooks";
import { WebhookForm } from "./WebhookForm";
import { WebhookState } from "./WebhookState";

const route = getRouteApi("/settings/webhooks/$webhookId");

/** One webhook: how it does, its deliveries, and what can be done with it. */
export function WebhookPage() {
  const { webhookId } = route.useParams();
  const found = useWebhook(webhookId);
  if (found.error !== null && !found.data) {
    return <LoadError error={found.error} onRetry={() => void found.refetch()} />;
  }
  return found.data ? <Shown webhook={found.data} /> : <Loading />;
}

type Dialog = "edit" | "rotate" | "replay" | "remove" | null;

function Shown({ webhook }: { webhook: Webhook }) {
  const t = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const writes = usePermission("settings.write");
  const [dialog, setDialog] = useState<Dialog>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const path = `/webhooks/${webhook.webhook_id}`;
  const refresh = () => client.invalidateQueries({ queryKey: WEBHOOKS });
  const close = () => setDialog(null);
  const test = useMutation({
    mutationFn: () => api.post(`${path}/test`, {}),
    onSuccess: async () => {
      toast.success(t.testSent);
      await refresh();
    },
    onError: toast.error,
  });
  return (
    <>
      <PageHeader
        title={webhook.description || webhook.url}
        {...(webhook.description ? { text: webhook.url } : {})}
        above={<BackLink to="/settings/webhooks">{t.back}</BackLink>}
        beside={<WebhookState webhook={webhook} />}
      >
        {writes && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={17} />}
            onClick={() => setDialog("remove")}
          >
            {t.remove}
          </Button>
        )}
      </PageHeader>
      {writes && (
        <Group gap="sm" mb="md">
          <Button
            leftSection={<IconSend size={17} />}
            disabled={webhook.state !== "on"}
            loading={test.isPending}
            onClick={() => test.mutate()}
          >
            {t.test}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPencil size={17} />}
            onClick={() => setDialog("edit")}
          >
            {t.edit}
          </Button>
          <Button
            variant="default"
            leftSection={<IconRefresh size={17} />}
            onClick={() => setDialog("replay")}
          >
            {t.replayPeriod}
          </Button>
          <Button
            variant="default"
            leftSection={<IconKey size={17} />}
            onClick={() => setDialog("rotate")}
          >
            {t.rotate}
          </Button>
        </Group>
      )}
      <Trouble webhook={webhook} writes={writes} />
      <Health webhook={webhook} />
      <Deliveries webhook={webhook} writes={writes} />
      {dialog === "edit" && (
        <WebhookForm
          webhook={webhook}
          onClose={close}
          onSaved={() => {
            toast.success(t.saved);
            close();
          }}
        />
      )}
      {dialog === "rotate" && (
        <RotateDialog
          webhook={webhook}
          onClose={close}
          onMade={(made) => {
            close();
            setSecret(made.secret);
          }}
        />
      )}
      {dialog === "replay" && <ReplayDialog webhook={webhook} onClose={close} />}
      <ConfirmDialog
        open={dialog === "remove"}
        danger
        title={t.removeTitle}
        action={t.remove}
        onClose={close}
        onConfirm={async () => {
          await api.delete(path);
          toast.success(t.removed);
          await navigate({ to: "/settings/webhooks" });
          client.removeQueries({ queryKey: [...WEBHOOKS, webhook.webhook_id] });
          await refresh();
        }}
      >
        {t.removeText}
      </ConfirmDialog>
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}

function Trouble({ webhook, writes }: { webhook: Webhook; writes: boolean }) {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const resume = useMutation({
    mutationFn: () =>
      api.patch(`/webhooks/${webhook.webhook_id}`, { version: webhook.version, active: true }),
    onSuccess: () => client.invalidateQueries({ queryKey: WEBHOOKS }),
    onError: toast.error,
  });
  const error = t.errors[webhook.last_error as keyof typeof t.errors] ?? webhook.last_error;
  if (webhook.state === "paused") {
    return (
      <Alert color="red" mb="md" icon={<IconAlertTriangle />} title={t.pausedTitle}>
        <Text size="sm">{t.pausedText(error)}</Text>
        {writes && (
          <Button mt="sm" size="xs" loading={resume.isPending} onClick={() => resume.mutate()}>
            {t.resume}
          </Button>
        )}
      </Alert>
    );
  }
  if (webhook.state === "on" && webhook.failures > 0) {
    return (
      <Alert color="yellow" mb="md" icon={<IconAlertTriangle />}>
        {t.failingText(formats.count(webhook.failures), error)}
      </Alert>
    );
  }
  return null;
}

function Health({ webhook }: { webhook: Webhook }) {
  const t = useText();
  const formats = useFormats();
  const at = (time: string | null) => (time === null ? null : formats.dateTime(time));
  const rows: (readonly [string, string | null])[] = [
    [t.health.waiting, formats.count(webhook.waiting)],
    [t.health.oldest, at(webhook.oldest_waiting_at)],
    [t.health.delivered, formats.count(webhook.delivered)],
    [t.health.failed, formats.count(webhook.failed)],
    [
      t.health.milliseconds,
      webhook.milliseconds === null ? null : t.ms(formats.count(webhook.milliseconds)),
    ],
    [t.health.lastSuccess, at(webhook.last_success_at)],
    [t.health.lastFailure, at(webhook.last_failure_at)],
  ];
  if (webhook.old_secret_until !== null) {
    rows.push([t.health.oldSecret, at(webhook.old_secret_until)]);
  }
  return <KeyValues rows={rows} />;
}
