import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { IconArrowForwardUp, IconMessageCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { DirectoryEntry, Page, TransferTarget } from "@/api/types";
import { Initials } from "@/shared/Initials";
import { LoadError } from "@/shared/LoadError";
import { StatusBadge } from "@/shared/StatusBadge";
import { dialable } from "./dialable";
import { itemsOf } from "./items";
import { useText } from "./messages";
import classes from "./TransferDialog.module.css";
import { useCommand } from "./useDesk";

function AgentChoice(props: { chosen: string | null; onChoose: (userId: string) => void }) {
  const t = useText();
  const [search, setSearch] = useState("");
  const directory = useQuery({
    queryKey: ["agent", "directory"],
    queryFn: () =>
      api.get<DirectoryEntry[] | Page<DirectoryEntry>>("/agent/directory").then(itemsOf),
    refetchInterval: 5000,
  });
  if (directory.error)
    return <LoadError error={directory.error} onRetry={() => void directory.refetch()} />;
  const wanted = search.trim().toLowerCase();
  const shown = (directory.data ?? [])
    .filter((entry) => entry.display_name.toLowerCase().includes(wanted))
    .sort((a, b) => Number(b.status === "ready") - Number(a.status === "ready"));
  return (
    <Stack gap="xs">
      <TextInput
        aria-label={t.transfer.search}
        placeholder={t.transfer.search}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      {directory.data && shown.length === 0 && (
        <Text c="dimmed" size="sm" py="md" ta="center">
          {t.transfer.nobody}
        </Text>
      )}
      <div className={classes.people} role="radiogroup" aria-label={t.transfer.agent}>
        {shown.map((entry) => (
          <label key={entry.user_id} className={classes.person}>
            <input
              type="radio"
              name="transfer-agent"
              // Only who is ready can take a call.
              disabled={entry.status !== "ready"}
              checked={props.chosen === entry.user_id}
              onChange={() => props.onChoose(entry.user_id)}
            />
            <Initials name={entry.display_name} size={28} />
            <span className={classes.name}>{entry.display_name}</span>
            <StatusBadge tone={entry.status === "ready" ? "good" : "quiet"}>
              {t.status[entry.status]}
            </StatusBadge>
          </label>
        ))}
      </div>
    </Stack>
  );
}

export interface TransferPreset {
  number: string | null;
  userId: string | null;
}
export const NOBODY: TransferPreset = { number: null, userId: null };

/** To whom, and whether the agent speaks with them first. */
export function TransferDialog(props: {
  attemptId: string;
  open: boolean;
  preset?: TransferPreset;
  onClose: () => void;
}) {
  const preset = props.preset ?? NOBODY;
  const t = useText();
  const { run, pending } = useCommand();
  const [kind, setKind] = useState<"agent" | "number">(preset.number ? "number" : "agent");
  const [userId, setUserId] = useState<string | null>(preset.userId);
  const [number, setNumber] = useState(preset.number ?? "");
  const digits = dialable(number);
  const to: TransferTarget | null =
    kind === "agent"
      ? userId === null
        ? null
        : { user_id: userId }
      : digits.length < 3
        ? null
        : { number: digits };

  async function go(command: "transfer" | "consult") {
    if (await run(command, { attempt_id: props.attemptId, to })) props.onClose();
  }

  return (
    <Modal
      opened={props.open}
      onClose={props.onClose}
      title={t.transfer.title}
      size={540}
      closeButtonProps={{ "aria-label": t.transfer.close }}
    >
      <Stack gap="md">
        <SegmentedControl
          fullWidth
          aria-label={t.transfer.title}
          value={kind}
          data={[
            { value: "agent", label: t.transfer.agent },
            { value: "number", label: t.transfer.number },
          ]}
          onChange={(value) => setKind(value as "agent" | "number")}
        />
        {kind === "agent" ? (
          <AgentChoice chosen={userId} onChoose={setUserId} />
        ) : (
          <TextInput
            label={t.transfer.numberLabel}
            description={t.transfer.numberHint}
            type="tel"
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <Group justify="flex-end" gap="sm">
          <Button
            variant="default"
            leftSection={<IconArrowForwardUp size={18} />}
            disabled={to === null}
            loading={pending === "transfer"}
            onClick={() => void go("transfer")}
          >
            {t.transfer.blind}
          </Button>
          <Button
            leftSection={<IconMessageCircle size={18} />}
            disabled={to === null}
            loading={pending === "consult"}
            onClick={() => void go("consult")}
          >
            {t.transfer.consult}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
