import { Button, Code, Drawer, Stack, Text } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { WebhookDeliveryDetail } from "@/api/types";
import { KeyValues } from "@/shared/KeyValues";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import { REFRESH_MS, WEBHOOKS } from "./useWebhooks";

interface Props {
  webhookId: string;
  deliveryId: string;
  title: string;
  onClose: () => void;
}

/** One delivery: what is sent, what was answered, and the button that sends it again. */
export function DeliveryDrawer({ webhookId, deliveryId, title, onClose }: Props) {
  const t = useText();
  const shared = useSharedText();
  const formats = useFormats();
  const client = useQueryClient();
  const path = `/webhooks/${webhookId}/deliveries/${deliveryId}`;
  const found = useQuery({
    queryKey: [...WEBHOOKS, webhookId, "deliveries", deliveryId],
    queryFn: ({ signal }) => api.get<WebhookDeliveryDetail>(path, { signal }),
    refetchInterval: REFRESH_MS,
  });
  const replay = useMutation({
    mutationFn: () => api.post(`${path}/replay`, {}),
    onSuccess: async () => {
      toast.success(t.replayed);
      await client.invalidateQueries({ queryKey: WEBHOOKS });
    },
    onError: toast.error,
  });
  const row = found.data;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={title}
      closeButtonProps={{ "aria-label": shared.close }}
    >
      {found.error !== null && !row && (
        <LoadError error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.isPending && <Loading />}
      {row && (
        <Stack>
          <KeyValues
            rows={[
              ["webhook-id", <Code key="id">{row.message_id}</Code>],
              [t.when, formats.dateTime(row.at)],
              [t.state, t.deliveryStates[row.state]],
              [t.tries, formats.count(row.tries)],
              [
                t.answer,
                [row.status ?? "", t.errors[row.error as keyof typeof t.errors] ?? row.error]
                  .filter((part) => part !== "")
                  .join(" · "),
              ],
              [t.duration, row.duration_ms === null ? null : t.ms(formats.count(row.duration_ms))],
            ]}
          />
          <Button
            variant="default"
            leftSection={<IconRefresh size={17} />}
            loading={replay.isPending}
            onClick={() => replay.mutate()}
          >
            {t.replay}
          </Button>
          <Text fw={600}>{t.sent}</Text>
          <Code block>{JSON.stringify(row.data, null, 2)}</Code>
          {row.personal !== null && (
            <>
              <Text fw={600}>{t.sentPersonal}</Text>
              <Code block>{JSON.stringify(row.personal, null, 2)}</Code>
            </>
          )}
          <Text fw={600}>{t.answered}</Text>
          <Code block>{row.answer || t.emptyAnswer}</Code>
        </Stack>
      )}
    </Drawer>
  );
}
