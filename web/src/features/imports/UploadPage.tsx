import { Button, Group, Progress, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { upload } from "@/api/client";
import type { UploadedImport } from "@/api/types";
import { useContactList } from "@/features/contact-lists/useContactList";
import { BackLink } from "@/shared/BackLink";
import { errorText, useErrorText } from "@/shared/errors";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { DropZone } from "./DropZone";
import { useText } from "./messages";

interface Sending {
  file: File;
  done: number;
  abort: AbortController;
}

/** Sends a file; what happens to it then is on the import's own page, which survives a reload. */
export function UploadPage() {
  const t = useText();
  const errors = useErrorText();
  const formats = useFormats();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { list: listId } = useSearch({ from: "/imports/new" });
  const list = useContactList(listId ?? null);
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<string | null>(null);
  const current = useRef<Sending | null>(null);
  current.current = sending;
  useEffect(() => () => current.current?.abort.abort(), []);

  async function send(file: File) {
    const abort = new AbortController();
    setError(null);
    setSending({ file, done: 0, abort });
    const form = new FormData();
    // Fields come before the file, so that the server knows the list when the file begins.
    if (listId) form.append("contact_list_id", listId);
    form.append("file", file);
    try {
      const { preview, ...record } = await upload<UploadedImport>(
        "/imports/uploads",
        form,
        (done) => setSending({ file, done, abort }),
        abort.signal,
      );
      client.setQueryData(["imports", "one", record.import_id], record);
      client.setQueryData(["imports", "preview", record.import_id, null, null, null], preview);
      current.current = null;
      await navigate({
        to: "/imports/$importId",
        params: { importId: record.import_id },
        replace: true,
      });
    } catch (thrown) {
      setSending(null);
      if (!abort.signal.aborted) setError(errorText(thrown, errors));
    }
  }

  return (
    <>
      <PageHeader
        title={t.upload.title}
        text={list.data ? t.upload.into(list.data.name) : t.upload.text}
        above={<BackLink to="/imports">{t.title}</BackLink>}
      />
      {sending ? (
        <Panel title={t.upload.sending(sending.file.name)}>
          <Progress
            value={sending.done * 100}
            size="lg"
            striped={sending.done >= 1}
            animated={sending.done >= 1}
            aria-label={t.upload.sending(sending.file.name)}
          />
          <Group justify="space-between" mt="sm">
            <Text size="sm" c="dimmed" className="tabular" aria-live="polite">
              {sending.done >= 1
                ? t.upload.reading
                : t.progress.of(
                    formats.bytes(sending.done * sending.file.size),
                    formats.bytes(sending.file.size),
                  )}
            </Text>
            <Button
              variant="default"
              size="xs"
              onClick={() => {
                sending.abort.abort();
                setSending(null);
              }}
            >
              {t.upload.stop}
            </Button>
          </Group>
        </Panel>
      ) : (
        <DropZone onFile={(file) => void send(file)} error={error} onRefuse={setError} />
      )}
    </>
  );
}
