import { Text } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { Import } from "@/api/types";
import { useText as useScheduleText } from "@/features/import-schedules/messages";
import { useText as useTemplateText } from "@/features/import-templates/messages";
import { usePermission } from "@/features/session/session";
import { DataTable, type TableColumn } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { LinkButton } from "@/shared/LinkButton";
import { PageHeader } from "@/shared/PageHeader";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { ImportBadge } from "./ImportBadge";
import { useText } from "./messages";

export function ImportsPage() {
  const t = useText();
  const templates = useTemplateText();
  const schedules = useScheduleText();
  const formats = useFormats();
  const navigate = useNavigate();
  const mayWrite = usePermission("contacts.write");
  const list = useKeysetList<Import>(["imports"], "/imports", {}, { refetchInterval: 5000 });
  const button = mayWrite && (
    <LinkButton to="/imports/new" leftSection={<IconFileImport size={17} />}>
      {t.start}
    </LinkButton>
  );
  const columns: TableColumn<Import>[] = [
    {
      key: "file",
      header: t.file,
      render: (row) => (
        <>
          <TextLink to="/imports/$importId" params={{ importId: row.import_id }} fw={560}>
            {row.file_name}
          </TextLink>
          <Text size="xs" c="dimmed">
            {formats.bytes(row.file_bytes)}
          </Text>
        </>
      ),
    },
    {
      key: "list",
      header: t.list,
      wide: true,
      render: (row) =>
        row.contact_list_id && row.contact_list_name ? (
          <TextLink
            to="/contact-lists/$contactListId"
            params={{ contactListId: row.contact_list_id }}
          >
            {row.contact_list_name}
          </TextLink>
        ) : (
          "–"
        ),
    },
    { key: "state", header: t.state, render: (row) => <ImportBadge state={row.state} /> },
    {
      key: "taken",
      header: t.taken,
      align: "right",
      render: (row) => formats.count(row.rows_added + row.rows_updated),
    },
    {
      key: "rejected",
      header: t.rejected,
      align: "right",
      wide: true,
      render: (row) => (
        <Text size="sm" c={row.rows_rejected > 0 ? "var(--kwabo-bad)" : "dimmed"}>
          {formats.count(row.rows_rejected)}
        </Text>
      ),
    },
    {
      key: "when",
      header: t.when,
      align: "right",
      wide: true,
      render: (row) => formats.dateTime(row.started_at ?? row.created_at),
    },
  ];
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        <LinkButton variant="default" to="/import-templates">
          {templates.title}
        </LinkButton>
        <LinkButton variant="default" to="/import-schedules">
          {schedules.title}
        </LinkButton>
        {button}
      </PageHeader>
      <DataTable
        label={t.title}
        list={list}
        columns={columns}
        rowKey={(row) => row.import_id}
        onRowClick={(row) =>
          void navigate({ to: "/imports/$importId", params: { importId: row.import_id } })
        }
        empty={
          <EmptyState icon={IconFileImport} title={t.nothing.title} text={t.nothing.text}>
            {button}
          </EmptyState>
        }
      />
    </>
  );
}
