import { ActionIcon, Button, Group, Stack, Text } from "@mantine/core";
import {
  IconCalendarTime,
  IconListNumbers,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlus,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useAllCampaigns } from "@/api/references";
import type { CampaignSequence } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { EmptyState } from "@/shared/EmptyState";
import { errorText } from "@/shared/errors";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { TextLink } from "@/shared/TextLink";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import { ScheduleForm } from "./ScheduleForm";
import { SequenceForm } from "./SequenceForm";
import { useScheduleWords } from "./useScheduleWords";
import { useScheduleOf, useSequences } from "./useTimetable";

const TONES = { off: "quiet", running: "good", complete: "info" } as const;

export function SequencesTab() {
  const t = useText().sequences;
  const client = useQueryClient();
  const mayWrite = usePermission("campaigns.write");
  const sequences = useSequences();
  const [editing, setEditing] = useState<CampaignSequence | "new" | null>(null);
  const [deleting, setDeleting] = useState<CampaignSequence | null>(null);
  if (sequences.isPending) return <Loading />;
  if (sequences.data === undefined) {
    return <LoadError error={sequences.error} onRetry={() => void sequences.refetch()} />;
  }
  const button = mayWrite && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setEditing("new")}>
      {t.add}
    </Button>
  );
  return (
    <Stack>
      {sequences.data.length === 0 ? (
        <EmptyState icon={IconListNumbers} title={t.none} text={t.text}>
          {button}
        </EmptyState>
      ) : (
        <Group justify="space-between">
          <Text c="dimmed" size="sm">
            {t.text}
          </Text>
          {button}
        </Group>
      )}
      {sequences.data.map((sequence) => (
        <SequencePanel
          key={sequence.sequence_id}
          sequence={sequence}
          onEdit={() => setEditing(sequence)}
          onDelete={() => setDeleting(sequence)}
        />
      ))}
      {editing !== null && (
        <SequenceForm
          sequence={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
      <ConfirmDialog
        open={deleting !== null}
        danger
        title={t.removeTitle(deleting?.name ?? "")}
        action={t.remove}
        onClose={() => setDeleting(null)}
        onConfirm={async () => {
          await api.delete(`/campaign-sequences/${deleting?.sequence_id}`);
          await client.invalidateQueries({ queryKey: ["timetable"] });
          toast.success(t.removed);
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </Stack>
  );
}

function SequencePanel(props: {
  sequence: CampaignSequence;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const { sequence } = props;
  const all = useText();
  const t = all.sequences;
  const shared = useSharedText();
  const client = useQueryClient();
  const mayWrite = usePermission("campaigns.write");
  const mayRun = usePermission("campaigns.run");
  const campaigns = useAllCampaigns();
  const path = `/campaign-sequences/${sequence.sequence_id}`;
  const schedule = useScheduleOf(path);
  const words = useScheduleWords();
  const [scheduling, setScheduling] = useState(false);
  const running = sequence.state === "running";
  const turn = useMutation({
    mutationFn: () => api.post(`${path}/${running ? "stop" : "start"}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["timetable"] });
      toast.success(running ? t.stopped : t.started);
    },
    onError: (error) => toast.error(errorText(error, shared)),
  });
  const nameOf = (id: string | undefined) =>
    campaigns.data?.find((one) => one.campaign_id === id)?.name ?? "…";
  const count = sequence.campaign_ids.length;
  return (
    <Panel
      title={sequence.name}
      text={
        <>
          {running &&
            `${t.turn(sequence.position + 1, count, nameOf(sequence.campaign_ids[sequence.position]))}${
              sequence.repeats ? ` (${t.round(sequence.round)})` : ""
            }. `}
          {sequence.code !== "" && `${all.codes[sequence.code] ?? sequence.code} `}
          {schedule.data ? words(schedule.data) : ""}
        </>
      }
      actions={
        <Group gap="xs">
          <StatusBadge tone={TONES[sequence.state]} pulse={running}>
            {t.states[sequence.state]}
          </StatusBadge>
          {mayRun && (
            <Button
              size="xs"
              variant={running ? "default" : "filled"}
              loading={turn.isPending}
              leftSection={running ? <IconPlayerPause size={15} /> : <IconPlayerPlay size={15} />}
              onClick={() => turn.mutate()}
            >
              {running ? t.stop : t.start}
            </Button>
          )}
          {mayWrite && (
            <>
              <ActionIcon
                variant="default"
                size={30}
                aria-label={`${t.schedule} – ${sequence.name}`}
                onClick={() => setScheduling(true)}
              >
                <IconCalendarTime size={16} />
              </ActionIcon>
              <ActionIcon
                variant="default"
                size={30}
                aria-label={`${t.edit} – ${sequence.name}`}
                onClick={props.onEdit}
              >
                <IconPencil size={16} />
              </ActionIcon>
              <ActionIcon
                variant="default"
                size={30}
                disabled={running}
                aria-label={`${t.remove} – ${sequence.name}`}
                onClick={props.onDelete}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </>
          )}
        </Group>
      }
    >
      <Stack component="ol" gap={4} m={0} pl="lg">
        {sequence.campaign_ids.map((id, index) => (
          <li key={id}>
            <TextLink
              to="/campaigns/$campaignId"
              params={{ campaignId: id }}
              fw={running && index === sequence.position ? 620 : 400}
            >
              {nameOf(id)}
            </TextLink>
          </li>
        ))}
      </Stack>
      {scheduling && (
        <ScheduleForm
          path={path}
          name={sequence.name}
          schedule={schedule.data ?? null}
          onClose={() => setScheduling(false)}
        />
      )}
    </Panel>
  );
}
