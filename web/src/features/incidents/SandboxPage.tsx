import { Button, Paper, Stack, Text, TextInput } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { useState } from "react";
import { formatNumber } from "@/formats/phone";
import { EmptyState } from "@/shared/EmptyState";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useText } from "./messages";
import type { SandboxMessage } from "./types";

export function SandboxPage() {
  const t = useText();
  const shared = useSharedText();
  const formats = useFormats();
  const [recipient, setRecipient] = useState("");
  const list = useKeysetList<SandboxMessage>(
    ["sandbox-messages"],
    "/sandbox-messages",
    { recipient: recipient.replace(/\s/g, "") },
    { refetchInterval: 3_000 },
  );
  return (
    <>
      <PageHeader title={t.sandbox} text={t.sandboxText} />
      <TextInput
        mb="md"
        maw={380}
        label={t.recipient}
        placeholder="+229…"
        value={recipient}
        onChange={(event) => setRecipient(event.currentTarget.value)}
      />
      {list.error ? (
        <LoadError error={list.error} onRetry={list.refetch} />
      ) : list.isPending ? (
        <Loading />
      ) : list.items.length === 0 ? (
        <EmptyState icon={IconMessage} title={t.noMessages} text={t.noMessagesText} />
      ) : (
        <Stack maw={380} gap="sm" aria-live="polite">
          {list.items.map((one) => (
            <Paper key={one.message_id} withBorder radius="lg" p="md" component="article">
              <Text size="xs" c="dimmed">
                {one.channel.toUpperCase()} · {formatNumber(one.recipient)} ·{" "}
                {formats.dateTime(one.created_at)}
              </Text>
              <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{one.text}</Text>
            </Paper>
          ))}
          {list.hasPrevious && (
            <Button variant="default" onClick={list.previous}>
              {shared.table.previous}
            </Button>
          )}
          {list.hasNext && (
            <Button variant="default" onClick={list.next}>
              {shared.table.next}
            </Button>
          )}
        </Stack>
      )}
    </>
  );
}
