import { Text } from "@mantine/core";
import { IconCalendarDown } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { ImportSchedule } from "@/api/types/lists";
import { useText as useImportText } from "@/features/imports/messages";
import { usePermission } from "@/features/session/session";
import { BackLink } from "@/shared/BackLink";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { LinkButton } from "@/shared/LinkButton";
import { PageHeader } from "@/shared/PageHeader";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useText } from "./messages";
import { ScheduleBadge, usePlan } from "./RunBadge";
import { placeOf } from "./schedule-form";

export function SchedulesPage() {
  const t = useText();
  const imports = useImportText();
  const formats = useFormats();
  const navigate = useNavigate();
  const plan = usePlan();
  const mayWrite = usePermission("lists.write");
  const list = useKeysetList<ImportSchedule>(
    ["import-schedules"],
    "/import-schedules",
    {},
    { refetchInterval: 5000 },
  );
  const button = mayWrite && (
    <LinkButton to="/import-schedules/new" leftSection={<IconCalendarDown size={17} />}>
      {t.add}
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title={t.title}
        text={t.text}
        above={<BackLink to="/imports">{imports.title}</BackLink>}
      >
        {button}
      </PageHeader>
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.import_schedule_id}
        onRowClick={(row) =>
          void navigate({
            to: "/import-schedules/$importScheduleId",
            params: { importScheduleId: row.import_schedule_id },
          })
        }
        empty={
          <EmptyState icon={IconCalendarDown} title={t.nothing.title} text={t.nothing.text}>
            {button}
          </EmptyState>
        }
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) => (
              <>
                <TextLink
                  to="/import-schedules/$importScheduleId"
                  params={{ importScheduleId: row.import_schedule_id }}
                  fw={560}
                >
                  {row.name}
                </TextLink>
                <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
                  {t.kinds[row.source.kind]} · {placeOf(row.source)}
                </Text>
              </>
            ),
          },
          { key: "plan", header: t.plan, wide: true, render: (row) => plan(row.timing) },
          {
            key: "state",
            header: t.lastRun,
            render: (row) => <ScheduleBadge schedule={row} />,
          },
          {
            key: "next",
            header: t.nextRun,
            align: "right",
            wide: true,
            render: (row) =>
              row.active && row.next_run_at ? formats.dateTime(row.next_run_at) : t.off,
          },
        ]}
      />
    </>
  );
}
