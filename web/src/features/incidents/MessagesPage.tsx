import { Button, SegmentedControl, Text, TextInput } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { usePermission } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { PageHeader } from "@/shared/PageHeader";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useText } from "./messages";
import { SendAgain } from "./SendAgain";
import type { KeptMessage } from "./types";

const STATES = ["failed", "waiting", "sent"] as const;
export const MESSAGES = ["messages"];

/** Messages to people: those that failed first, with why. */
export function MessagesPage() {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const writes = usePermission("messages.write");
  const [state, setState] = useState<KeptMessage["state"]>("failed");
  const [recipient, setRecipient] = useState("");
  const [all, setAll] = useState(false);
  const list = useKeysetList<KeptMessage>(
    MESSAGES,
    "/messages",
    { state, recipient: recipient.replace(/\s/g, "") },
    { refetchInterval: 5_000 },
  );
  const why = (row: KeptMessage) =>
    t.messageReasons[row.reason as keyof typeof t.messageReasons] ?? row.reason;
  return (
    <>
      <PageHeader title={t.messages} text={t.messagesText}>
        {writes && state === "failed" && list.items.length > 0 && (
          <Button variant="default" onClick={() => setAll(true)}>
            {t.sendAllAgain}
          </Button>
        )}
      </PageHeader>
      <SegmentedControl
        mb="md"
        aria-label={t.state}
        value={state}
        data={STATES.map((value) => ({ value, label: t.messageStates[value] }))}
        onChange={(value) => setState(value as KeptMessage["state"])}
      />
      <TextInput
        mb="md"
        maw={380}
        label={t.recipient}
        placeholder="+229…"
        value={recipient}
        onChange={(event) => setRecipient(event.currentTarget.value)}
      />
      <DataTable
        label={t.messages}
        list={list}
        rowKey={(row) => row.message_id}
        empty={<EmptyState icon={IconMessage} title={t.noMessages} text={t.noMessagesText} />}
        columns={[
          {
            key: "recipient",
            header: t.recipient,
            render: (row) => (
              <>
                <Text size="sm" className="tabular">
                  {formatNumber(row.recipient)}
                </Text>
                <Text size="xs" c="dimmed">
                  {t.channels[row.channel as keyof typeof t.channels] ?? row.channel}
                </Text>
              </>
            ),
          },
          {
            key: "what",
            header: t.what,
            wide: true,
            render: (row) =>
              row.incident_id ? t.endOf(row.incident_name) : t.template(row.template),
          },
          {
            key: "when",
            header: t.asked,
            wide: true,
            render: (row) => <span className="tabular">{formats.dateTime(row.created_at)}</span>,
          },
          state === "sent"
            ? {
                key: "sent",
                header: t.sentAt,
                render: (row) => (row.sent_at ? formats.dateTime(row.sent_at) : "–"),
              }
            : {
                key: "why",
                header: state === "failed" ? t.why : t.lastFailure,
                render: (row) => (
                  <>
                    <Text size="sm">{row.reason ? why(row) : "–"}</Text>
                    {row.tries > 0 && (
                      <Text size="xs" c="dimmed">
                        {t.tries(formats.count(row.tries))}
                        {row.next_at && ` · ${t.nextTry(formats.time(row.next_at))}`}
                      </Text>
                    )}
                  </>
                ),
              },
          {
            key: "actions",
            header: "",
            align: "right",
            render: (row) => writes && row.state === "failed" && <SendAgain message={row} />,
          },
        ]}
      />
      <ConfirmDialog
        open={all}
        title={t.sendAllTitle}
        action={t.sendAllAgain}
        onClose={() => setAll(false)}
        onConfirm={async () => {
          const done = await api.post<{ messages: number }>("/messages/send-again", {});
          await client.invalidateQueries({ queryKey: MESSAGES });
          toast.success(t.sentAllAgain(formats.count(done.messages)));
        }}
      >
        {t.sendAllText}
      </ConfirmDialog>
    </>
  );
}
