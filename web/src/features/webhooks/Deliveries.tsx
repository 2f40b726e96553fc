import { Button, Group, Select, Title } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import type { DeliveryState, Webhook, WebhookDelivery } from "@/api/types";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { DeliveryDrawer } from "./DeliveryDrawer";
import { useText } from "./messages";
import { REFRESH_MS, WEBHOOKS } from "./useWebhooks";

const TONES: Record<DeliveryState, Tone> = { waiting: "info", delivered: "good", failed: "bad" };
const STATES = ["waiting", "delivered", "failed"] as const;

/** What was sent and what waits, the newest first. */
export function Deliveries({ webhook, writes }: { webhook: Webhook; writes: boolean }) {
  const t = useText();
  const formats = useFormats();
  const [state, setState] = useState("");
  const [kind, setKind] = useState("");
  const [open, setOpen] = useState<WebhookDelivery | null>(null);
  const list = useKeysetList<WebhookDelivery>(
    [...WEBHOOKS, webhook.webhook_id, "deliveries"],
    `/webhooks/${webhook.webhook_id}/deliveries`,
    { state, kind },
    { refetchInterval: REFRESH_MS },
  );
  const kindName = (name: string) => t.kindNames[name as keyof typeof t.kindNames] ?? name;
  const said = (row: WebhookDelivery) => {
    const error = t.errors[row.error as keyof typeof t.errors] ?? row.error;
    return [row.status ?? "", error].filter((part) => part !== "").join(" · ") || "–";
  };
  return (
    <>
      <Title order={3} mt="xl" mb="sm">
        {t.deliveries}
      </Title>
      <Group mb="md" gap="sm">
        <Select
          label={t.state}
          w={170}
          allowDeselect={false}
          value={state}
          data={[
            { value: "", label: t.everything },
            ...STATES.map((value) => ({ value, label: t.deliveryStates[value] })),
          ]}
          onChange={(value) => setState(value ?? "")}
        />
        <Select
          label={t.kind}
          w={260}
          allowDeselect={false}
          value={kind}
          data={[
            { value: "", label: t.everything },
            ...[...webhook.kinds, "webhook.test"].map((value) => ({
              value,
              label: kindName(value),
            })),
          ]}
          onChange={(value) => setKind(value ?? "")}
        />
      </Group>
      <DataTable
        label={t.deliveries}
        list={list}
        rowKey={(row) => row.delivery_id}
        empty={
          state === "" && kind === "" ? (
            <EmptyState icon={IconSend} title={t.noDeliveries} text={t.noDeliveriesText} />
          ) : (
            <EmptyState icon={IconSend} title={t.noneFound} />
          )
        }
        columns={[
          {
            key: "kind",
            header: t.kind,
            render: (row) =>
              writes ? (
                <Button
                  variant="transparent"
                  p={0}
                  h="auto"
                  aria-label={t.open(kindName(row.kind))}
                  onClick={() => setOpen(row)}
                  styles={{ label: { whiteSpace: "normal", textAlign: "left", lineHeight: 1.4 } }}
                >
                  {kindName(row.kind)}
                </Button>
              ) : (
                kindName(row.kind)
              ),
          },
          {
            key: "when",
            header: t.when,
            render: (row) => <span className="tabular">{formats.dateTime(row.at)}</span>,
          },
          {
            key: "state",
            header: t.state,
            render: (row) => (
              <StatusBadge tone={TONES[row.state]}>{t.deliveryStates[row.state]}</StatusBadge>
            ),
          },
          {
            key: "answer",
            header: t.answer,
            wide: true,
            render: (row) => (
              <>
                {said(row)}
                {row.state === "waiting" && row.tries > 0 && row.next_at && (
                  <> · {t.nextTry(formats.time(row.next_at))}</>
                )}
              </>
            ),
          },
          {
            key: "tries",
            header: t.tries,
            align: "right",
            wide: true,
            render: (row) => formats.count(row.tries),
          },
          {
            key: "duration",
            header: t.duration,
            align: "right",
            wide: true,
            render: (row) =>
              row.duration_ms === null ? "–" : t.ms(formats.count(row.duration_ms)),
          },
        ]}
      />
      {open && (
        <DeliveryDrawer
          webhookId={webhook.webhook_id}
          deliveryId={open.delivery_id}
          title={kindName(open.kind)}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
