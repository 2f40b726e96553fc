import { Alert, Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconEdit, IconFile, IconHistory, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { api } from "@/api/client";
import { useContactLists } from "@/api/references";
import type { ImportSchedule, ScheduleFile, ScheduleRun } from "@/api/types/lists";
import { ImportBadge } from "@/features/imports/ImportBadge";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { KeyValues } from "@/shared/KeyValues";
import { LinkButton } from "@/shared/LinkButton";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { TextLink } from "@/shared/TextLink";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useText } from "./messages";
import { RunBadge, ScheduleBadge, usePlan } from "./RunBadge";
import { placeOf } from "./schedule-form";
import { isBusy, useSchedule, useScheduleFiles } from "./useSchedules";

export function SchedulePage() {
  const t = useText();
  const shared = useSharedText();
  const formats = useFormats();
  const plan = usePlan();
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayWrite = usePermission("lists.write");
  const [asking, { open, close }] = useDisclosure(false);
  const { importScheduleId } = useParams({ from: "/import-schedules/$importScheduleId" });
  const path = `/import-schedules/${importScheduleId}`;
  const schedule = useSchedule(importScheduleId);
  if (schedule.isPending) return <Loading />;
  if (schedule.isError) {
    return <LoadError error={schedule.error} onRetry={() => void schedule.refetch()} />;
  }
  const { data } = schedule;
  const busy = isBusy(data);

  async function run() {
    try {
      const asked = await api.post<ImportSchedule>(`${path}/run`);
      client.setQueryData(["import-schedules", "one", importScheduleId], asked);
      toast.success(t.asked);
    } catch (error) {
      toast.error(error);
    }
  }

  return (
    <>
      <PageHeader
        title={data.name}
        above={<BackLink to="/import-schedules">{t.title}</BackLink>}
        beside={<ScheduleBadge schedule={data} />}
      >
        {mayWrite && (
          <>
            <Button
              leftSection={<IconPlayerPlay size={17} />}
              loading={busy}
              onClick={() => void run()}
            >
              {t.runNow}
            </Button>
            <LinkButton
              variant="default"
              to="/import-schedules/$importScheduleId/edit"
              params={{ importScheduleId }}
              leftSection={<IconEdit size={17} />}
            >
              {t.edit}
            </LinkButton>
            <Button variant="default" leftSection={<IconTrash size={17} />} onClick={open}>
              {shared.remove}
            </Button>
          </>
        )}
      </PageHeader>
      <Stack>
        {data.last_run?.state === "failed" && (
          <Alert
            color="red"
            role="alert"
            title={data.failures > 1 ? t.failures(data.failures) : t.error}
          >
            {data.last_run.error ?? data.last_run.error_code}
          </Alert>
        )}
        <Panel title={t.source}>
          <KeyValues
            rows={[
              [t.list, <ListLink key="l" contactListId={data.contact_list_id} />],
              [t.kind, t.kinds[data.source.kind]],
              [
                data.source.kind === "https" ? t.url : t.path,
                <span key="p" style={{ overflowWrap: "anywhere" }}>
                  {placeOf(data.source)}
                </span>,
              ],
              [t.plan, plan(data.timing)],
              [
                t.nextRun,
                data.active && data.next_run_at ? formats.dateTime(data.next_run_at) : t.off,
              ],
              [t.done, t.dones[data.done_file]],
            ]}
          />
        </Panel>
        <Runs scheduleId={importScheduleId} busy={busy} />
        <Files scheduleId={importScheduleId} busy={busy} />
      </Stack>
      <ConfirmDialog
        open={asking}
        danger
        title={t.removeTitle(data.name)}
        action={shared.remove}
        onClose={close}
        onConfirm={async () => {
          await api.delete(path);
          await navigate({ to: "/import-schedules" });
          await client.invalidateQueries({ queryKey: ["import-schedules"] });
          toast.success(t.removed);
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </>
  );
}

/** The list that is filled, by its name as soon as that is known. */
function ListLink({ contactListId }: { contactListId: string }) {
  const lists = useContactLists();
  const found = lists.data?.find((one) => one.contact_list_id === contactListId);
  return (
    <TextLink to="/contact-lists/$contactListId" params={{ contactListId }}>
      {found?.name ?? "…"}
    </TextLink>
  );
}

function Runs({ scheduleId, busy }: { scheduleId: string; busy: boolean }) {
  const t = useText();
  const formats = useFormats();
  const list = useKeysetList<ScheduleRun>(
    ["import-schedules", "runs", scheduleId],
    `/import-schedules/${scheduleId}/runs`,
    {},
    { limit: 10, refetchInterval: busy ? 2000 : 15_000 },
  );
  const figure = (key: "files_seen" | "files_imported" | "files_known" | "files_failed") => ({
    key,
    align: "right" as const,
    wide: key === "files_seen" || key === "files_known",
    render: (run: ScheduleRun) => formats.count(run[key]),
  });
  return (
    <Panel title={t.runs}>
      <DataTable
        label={t.runs}
        list={list}
        rowKey={(run) => run.import_schedule_run_id}
        empty={<EmptyState icon={IconHistory} title={t.noRuns} />}
        columns={[
          {
            key: "at",
            header: t.started,
            render: (run) => (
              <>
                {formats.dateTime(run.started_at)}
                {run.asked_by_person && (
                  <Text size="xs" c="dimmed">
                    {t.byPerson}
                  </Text>
                )}
              </>
            ),
          },
          {
            key: "state",
            header: t.state,
            render: (run) => (
              <>
                <RunBadge run={run} />
                {run.error && (
                  <Text size="xs" c="dimmed" maw={420}>
                    {run.error}
                  </Text>
                )}
                <LeftOut columns={run.columns_left_out} />
              </>
            ),
          },
          { ...figure("files_seen"), header: t.filesSeen },
          { ...figure("files_imported"), header: t.filesImported },
          { ...figure("files_known"), header: t.filesKnown },
          { ...figure("files_failed"), header: t.filesFailed },
        ]}
      />
    </Panel>
  );
}

function Files({ scheduleId, busy }: { scheduleId: string; busy: boolean }) {
  const t = useText();
  const formats = useFormats();
  const files = useScheduleFiles(scheduleId, busy);
  if (files.isPending) return <Loading />;
  if (files.isError) {
    return <LoadError error={files.error} onRetry={() => void files.refetch()} />;
  }
  const outcome = (file: ScheduleFile) =>
    file.import_id && file.import_state ? (
      <>
        <TextLink to="/imports/$importId" params={{ importId: file.import_id }}>
          <ImportBadge state={file.import_state} />
        </TextLink>
        <LeftOut columns={file.columns_left_out} />
      </>
    ) : (
      <Text size="sm" c="var(--kwabo-bad)">
        {file.error ?? file.error_code}
      </Text>
    );
  return (
    <Panel title={t.fetched}>
      {files.data.length === 0 ? (
        <EmptyState icon={IconFile} title={t.noFiles} />
      ) : (
        <KeyValues
          rows={files.data.map((file) => [
            `${file.file_name} · ${formats.dateTime(file.created_at)}`,
            outcome(file),
          ])}
        />
      )}
    </Panel>
  );
}

/** Columns of files that their template does not name: nothing of them was imported. */
function LeftOut({ columns }: { columns: readonly string[] }) {
  const t = useText();
  if (columns.length === 0) return null;
  return (
    <Text size="xs" c="var(--kwabo-warn)" maw={420} style={{ overflowWrap: "anywhere" }}>
      {t.leftOut(columns.join(", "))}
    </Text>
  );
}
