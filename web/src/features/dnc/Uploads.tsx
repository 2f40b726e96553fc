import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiUrl } from "@/api/client";
import type { DncUpload, Page } from "@/api/types";
import { ImportBadge } from "@/features/imports/ImportBadge";
import { errorText, useErrorText } from "@/shared/errors";
import { Panel } from "@/shared/Panel";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useWhenEnded } from "@/shared/useWhenEnded";
import { useText } from "./messages";

const SHOWN = 5;
const underWay = (one: DncUpload) => one.state === "waiting" || one.state === "running";

/** The list's newest files: how far they are, what became of their rows, and their reports. */
export function Uploads({ dncListId }: { dncListId: string }) {
  const t = useText().uploading;
  const client = useQueryClient();
  const uploads = useQuery({
    queryKey: ["dnc-uploads", "of", dncListId],
    queryFn: async ({ signal }) =>
      (
        await api.get<Page<DncUpload>>(`/dnc-lists/${dncListId}/uploads`, {
          query: { limit: SHOWN },
          signal,
        })
      ).items,
    refetchInterval: (query) => (query.state.data?.some(underWay) ? 1000 : false),
  });
  const begun = (uploads.data ?? []).filter((one) => one.state !== "uploaded");
  const ended = begun.filter((one) => !underWay(one));
  useWhenEnded(
    uploads.data && ended.map((one) => `${one.upload_id} ${one.state}`),
    () => void client.invalidateQueries({ queryKey: ["dnc-lists"] }),
  );
  if (begun.length === 0) return null;
  return (
    <Panel title={t.files}>
      <Stack gap="lg">
        {begun.map((one) => (
          <Upload key={one.upload_id} upload={one} />
        ))}
      </Stack>
    </Panel>
  );
}

function Upload({ upload }: { upload: DncUpload }) {
  const t = useText().uploading;
  const formats = useFormats();
  const errors = useErrorText();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const done = upload.file_bytes === 0 ? 1 : upload.bytes_done / upload.file_bytes;

  async function turn(event: "cancel" | "resume") {
    setBusy(true);
    try {
      await api.post(`/dnc-uploads/${upload.upload_id}/${event}`);
      await client.invalidateQueries({ queryKey: ["dnc-uploads"] });
    } catch (error) {
      toast.error(errorText(error, errors));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div>
      <Group justify="space-between">
        <Group gap="sm">
          <Text fw={560}>{upload.file_name}</Text>
          <ImportBadge state={upload.state} />
        </Group>
        <Group gap="xs">
          {underWay(upload) && (
            <Button size="xs" variant="default" loading={busy} onClick={() => void turn("cancel")}>
              {t.stop}
            </Button>
          )}
          {(upload.state === "failed" || upload.state === "cancelled") && (
            <Button size="xs" loading={busy} onClick={() => void turn("resume")}>
              {t.resume}
            </Button>
          )}
          {upload.rows_rejected > 0 && (
            <Button
              component="a"
              href={apiUrl(`/dnc-uploads/${upload.upload_id}/rejections.csv`)}
              download
              size="xs"
              variant="default"
              leftSection={<IconDownload size={15} />}
            >
              {t.report}
            </Button>
          )}
        </Group>
      </Group>
      {underWay(upload) && (
        <Progress value={done * 100} animated mt={8} aria-label={upload.file_name} />
      )}
      <Text size="sm" c="dimmed" mt={4} aria-live="polite">
        {formats.dateTime(upload.created_at)} ·{" "}
        {t.counts(
          formats.count(upload.rows_added),
          formats.count(upload.rows_updated),
          formats.count(upload.rows_duplicate),
          formats.count(upload.rows_rejected),
        )}
      </Text>
      {upload.error && (
        <Alert color="red" mt={8}>
          {upload.error.message}
        </Alert>
      )}
    </div>
  );
}
