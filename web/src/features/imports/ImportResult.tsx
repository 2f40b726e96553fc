import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertCircle, IconDownload, IconPlayerPlay } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiUrl } from "@/api/client";
import type { Import, Rejection } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { formatSpan } from "@/formats/span";
import { useLanguage } from "@/i18n/language";
import { BackLink } from "@/shared/BackLink";
import { DataTable, type TableColumn } from "@/shared/DataTable";
import { LinkButton } from "@/shared/LinkButton";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { ImportBadge } from "./ImportBadge";
import { ImportFigures } from "./ImportProgress";
import { useText } from "./messages";
import { paceOf } from "./progress";

/** What came of an import: its counters, the rows that were reported, and how to go on. */
export function ImportResult({ record }: { record: Import }) {
  const t = useText();
  const formats = useFormats();
  const language = useLanguage();
  const client = useQueryClient();
  const mayWrite = usePermission("contacts.write");
  const [busy, setBusy] = useState(false);
  const { secondsGone } = paceOf(record, Date.now());
  const stopped = record.state !== "complete";

  async function resume() {
    setBusy(true);
    try {
      const answer = await api.post<Import>(`/imports/${record.import_id}/resume`);
      client.setQueryData(["imports", "one", record.import_id], answer);
      toast.success(t.progress.resumed);
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <PageHeader
        title={record.file_name}
        text={
          stopped
            ? record.state === "cancelled"
              ? t.result.cancelledText
              : undefined
            : t.result.completeText(
                formats.count(record.rows_read),
                formatSpan(Math.max(1, secondsGone), language),
              )
        }
        above={<BackLink to="/imports">{t.title}</BackLink>}
        beside={<ImportBadge state={record.state} />}
      >
        {mayWrite && (
          <LinkButton
            to="/imports/new"
            search={record.contact_list_id ? { list: record.contact_list_id } : {}}
            variant="default"
          >
            {t.result.another}
          </LinkButton>
        )}
        {stopped && mayWrite && record.contact_list_id && (
          <Button
            loading={busy}
            leftSection={<IconPlayerPlay size={17} />}
            onClick={() => void resume()}
          >
            {t.progress.resume}
          </Button>
        )}
        {record.contact_list_id && (
          <LinkButton
            to="/contact-lists/$contactListId"
            params={{ contactListId: record.contact_list_id }}
            {...(stopped ? { variant: "default" } : {})}
          >
            {t.result.open}
          </LinkButton>
        )}
      </PageHeader>
      {record.error && (
        <Alert color="red" icon={<IconAlertCircle />} title={t.result.failed} mb="md" role="alert">
          {record.error.message || record.error.code}
        </Alert>
      )}
      <ImportFigures record={record} />
      <Rejections record={record} />
    </>
  );
}

function Rejections({ record }: { record: Import }) {
  const t = useText().result;
  const formats = useFormats();
  const list = useKeysetList<Rejection>(
    ["imports", "rejections", record.import_id],
    `/imports/${record.import_id}/rejections`,
  );
  const columns: TableColumn<Rejection>[] = [
    {
      key: "line",
      header: t.line,
      align: "right",
      render: (row) => formats.count(row.line_number),
    },
    {
      key: "column",
      header: t.column,
      render: (row) => (
        <>
          {row.column || t.wholeRow}
          <Text
            size="xs"
            ff="monospace"
            c="dimmed"
            hiddenFrom="sm"
            style={{ overflowWrap: "anywhere" }}
          >
            {row.value}
          </Text>
        </>
      ),
    },
    {
      key: "value",
      header: t.value,
      wide: true,
      render: (row) => (
        <Text size="sm" ff="monospace" lineClamp={2} style={{ overflowWrap: "anywhere" }}>
          {row.value}
        </Text>
      ),
    },
    {
      key: "reason",
      header: t.reason,
      render: (row) => (
        <>
          <Text size="sm" maw={480}>
            {row.message}
          </Text>
          <Text size="xs" c="dimmed" hiddenFrom="sm">
            {row.row_kept ? t.kept : t.refused}
          </Text>
        </>
      ),
    },
    {
      key: "fate",
      header: t.fate,
      wide: true,
      render: (row) => (
        <StatusBadge tone={row.row_kept ? "warn" : "bad"}>
          {row.row_kept ? t.kept : t.refused}
        </StatusBadge>
      ),
    },
  ];
  const none = !list.isPending && list.error === null && list.items.length === 0;
  return (
    <Panel
      title={t.rejections}
      text={none ? undefined : t.rejectionsText}
      actions={
        !none && (
          <Button
            component="a"
            href={apiUrl(`/imports/${record.import_id}/rejections.csv`)}
            download
            variant="default"
            size="xs"
            leftSection={<IconDownload size={15} />}
          >
            {t.download}
          </Button>
        )
      }
    >
      {none ? (
        <Text c="dimmed">{t.noRejections}</Text>
      ) : (
        <Stack>
          <DataTable
            label={t.rejections}
            list={list}
            columns={columns}
            rowKey={(row) => `${row.line_number}-${row.column}-${row.code}`}
          />
        </Stack>
      )}
    </Panel>
  );
}
