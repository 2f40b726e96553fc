import { Button, Select } from "@mantine/core";
import { IconDeviceDesktop } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useQueues } from "@/api/references";
import { PageHeader } from "@/shared/PageHeader";
import { LiveBoard } from "./LiveBoard";
import { LiveSign } from "./LiveSign";
import { useText } from "./messages";
import type { LiveSearch } from "./routes";
import { Wall } from "./Wall";

export function LivePage() {
  const t = useText();
  const navigate = useNavigate();
  const search: LiveSearch = useSearch({ from: "/live" });
  const queues = useQueues();
  const show = (part: { queue?: string | undefined; wall?: boolean | undefined }) =>
    void navigate({ to: "/live", search: { ...search, ...part }, replace: true });
  const queueId = search.queue ?? null;
  if (search.wall) {
    const name = queues.data?.find((queue) => queue.queue_id === queueId)?.name ?? t.allQueues;
    return (
      <Wall title={name} onLeave={() => show({ wall: undefined })}>
        <LiveBoard queueId={queueId} wall />
      </Wall>
    );
  }
  return (
    <>
      <PageHeader title={t.title} beside={<LiveSign />}>
        {queues.data && queues.data.length > 1 && (
          <Select
            aria-label={t.queue}
            w={200}
            allowDeselect={false}
            value={search.queue ?? ""}
            data={[
              { value: "", label: t.allQueues },
              ...queues.data.map((queue) => ({ value: queue.queue_id, label: queue.name })),
            ]}
            onChange={(queue) => show({ queue: queue || undefined })}
          />
        )}
        <Button
          variant="default"
          visibleFrom="sm"
          leftSection={<IconDeviceDesktop size={17} />}
          onClick={() => {
            void document.documentElement.requestFullscreen?.().catch(() => {});
            show({ wall: true });
          }}
        >
          {t.wall}
        </Button>
      </PageHeader>
      <LiveBoard queueId={queueId} />
    </>
  );
}
