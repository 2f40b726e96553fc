import { Text } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { NewWebhook, Webhook } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { PartHeader } from "@/features/settings/PartHeader";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useNowSeconds } from "@/shared/useNow";
import { useText } from "./messages";
import { SecretDialog } from "./SecretDialog";
import { REFRESH_MS, WEBHOOKS } from "./useWebhooks";
import { WebhookForm } from "./WebhookForm";
import { WebhookState } from "./WebhookState";

/** The organisation's webhooks with how they do. */
export function WebhooksPage() {
  const t = useText();
  const formats = useFormats();
  const navigate = useNavigate();
  const now = useNowSeconds();
  const writes = usePermission("settings.write");
  const list = useKeysetList<Webhook>(WEBHOOKS, "/webhooks", {}, { refetchInterval: REFRESH_MS });
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<NewWebhook | null>(null);
  const lag = (row: Webhook) =>
    row.oldest_waiting_at === null
      ? "–"
      : formats.span(Math.max(0, now - Date.parse(row.oldest_waiting_at) / 1000));
  return (
    <>
      <PartHeader
        title={t.title}
        text={t.text}
        add={writes ? t.add : undefined}
        onAdd={() => setAdding(true)}
      />
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.webhook_id}
        empty={<EmptyState icon={IconWebhook} title={t.nothing.title} text={t.nothing.text} />}
        columns={[
          {
            key: "receiver",
            header: t.receiver,
            render: (row) => (
              <>
                <TextLink to="/settings/webhooks/$webhookId" params={{ webhookId: row.webhook_id }}>
                  <b style={{ overflowWrap: "anywhere" }}>{row.description || row.url}</b>
                </TextLink>
                {row.description !== "" && (
                  <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
                    {row.url}
                  </Text>
                )}
              </>
            ),
          },
          { key: "state", header: t.state, render: (row) => <WebhookState webhook={row} /> },
          {
            key: "waiting",
            header: t.waiting,
            align: "right",
            render: (row) => formats.count(row.waiting),
          },
          { key: "lag", header: t.lag, align: "right", wide: true, render: lag },
          {
            key: "success",
            header: t.lastSuccess,
            wide: true,
            render: (row) =>
              row.last_success_at ? formats.dateTime(row.last_success_at) : t.never,
          },
        ]}
      />
      {adding && (
        <WebhookForm
          onClose={() => setAdding(false)}
          onSaved={(saved) => {
            setAdding(false);
            if ("secret" in saved) setMade(saved);
          }}
        />
      )}
      <SecretDialog
        secret={made?.secret ?? null}
        onClose={() => {
          const webhookId = made?.webhook_id;
          setMade(null);
          if (webhookId) {
            void navigate({ to: "/settings/webhooks/$webhookId", params: { webhookId } });
          }
        }}
      />
    </>
  );
}
