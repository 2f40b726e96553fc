import { IconClockHour4, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { usePermission } from "@/features/session/session";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { LinkButton } from "@/shared/LinkButton";
import { PageHeader } from "@/shared/PageHeader";
import { TextLink } from "@/shared/TextLink";
import { useKeysetList } from "@/shared/useKeysetList";
import { useText } from "./messages";
import type { CallableTimeSet } from "./types";

export function CallableTimeSetsPage() {
  const t = useText();
  const navigate = useNavigate();
  const mayWrite = usePermission("campaigns.write");
  const list = useKeysetList<CallableTimeSet>(["callable-time-sets"], "/callable-time-sets");
  const to = "/callable-time-sets/$callableTimeSetId" as const;
  const params = (row: CallableTimeSet) => ({ callableTimeSetId: row.callable_time_set_id });
  const button = mayWrite && (
    <LinkButton to="/callable-time-sets/new" leftSection={<IconPlus size={17} />}>
      {t.add}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        {button}
      </PageHeader>
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.callable_time_set_id}
        onRowClick={(row) => void navigate({ to, params: params(row) })}
        empty={
          <EmptyState icon={IconClockHour4} title={t.nothing.title} text={t.nothing.text}>
            {button}
          </EmptyState>
        }
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) => (
              <TextLink to={to} params={params(row)} fw={560}>
                {row.name}
              </TextLink>
            ),
          },
          {
            key: "content",
            header: t.summary,
            wide: true,
            render: (row) =>
              t.summaryOf(row.windows.length, row.exceptions.length, row.holidays.length),
          },
          {
            key: "campaigns",
            header: t.usedBy,
            render: (row) => row.campaigns.join(", ") || t.unused,
          },
        ]}
      />
    </>
  );
}
