import { Modal, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { useUsers } from "@/api/references";
import type { AuditEntry } from "@/api/types";
import { usePermission, useSession } from "@/features/session/session";
import { wallToUtc } from "@/formats/time";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FilterBar, FilterDate, FilterSelect } from "@/shared/FilterBar";
import { useText as useSharedText } from "@/shared/messages";
import { PageHeader } from "@/shared/PageHeader";
import { RowButton } from "@/shared/RowButton";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { AuditDetails } from "./AuditDetails";
import { useText } from "./messages";
import { summary } from "./summary";

interface Filter {
  subjectKind: string;
  actor: string;
  from: string;
  until: string;
}

const NO_FILTER: Filter = { subjectKind: "", actor: "", from: "", until: "" };

export function AuditPage() {
  const t = useText();
  const shared = useSharedText();
  const formats = useFormats();
  const zone = useSession().organisation.time_zone;
  const users = useUsers(usePermission("users.read"));
  const [filter, setFilter] = useState(NO_FILTER);
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const list = useKeysetList<AuditEntry>(["audit"], "/audit", {
    subject_kind: filter.subjectKind,
    actor_user_id: filter.actor,
    from: filter.from && wallToUtc(filter.from, zone),
    until: filter.until && wallToUtc(filter.until, zone),
  });
  const set = (part: Partial<Filter>) => setFilter((kept) => ({ ...kept, ...part }));
  const action = (entry: AuditEntry) =>
    t.actions[entry.action as keyof typeof t.actions] ?? entry.action;
  return (
    <>
      <PageHeader title={t.title} text={t.text} />
      <FilterBar filtered={filter !== NO_FILTER} onClear={() => setFilter(NO_FILTER)}>
        <FilterSelect
          label={t.subject}
          any={t.everything}
          value={filter.subjectKind}
          options={Object.entries(t.subjects).map(([value, label]) => ({ value, label }))}
          onChange={(subjectKind) => set({ subjectKind })}
        />
        {users.data && (
          <FilterSelect
            label={t.who}
            any={t.anyone}
            value={filter.actor}
            options={users.data.map((user) => ({
              value: user.user_id,
              label: user.display_name,
            }))}
            onChange={(actor) => set({ actor })}
          />
        )}
        <FilterDate
          type="datetime-local"
          label={t.from}
          value={filter.from}
          onChange={(from) => set({ from })}
        />
        <FilterDate
          type="datetime-local"
          label={t.until}
          value={filter.until}
          onChange={(until) => set({ until })}
        />
      </FilterBar>
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => String(row.audit_id)}
        onRowClick={setOpen}
        empty={<EmptyState icon={IconHistory} title={t.none} />}
        columns={[
          {
            key: "when",
            header: t.when,
            render: (row) => (
              <span className="tabular" style={{ whiteSpace: "nowrap" }}>
                {formats.dateTime(row.at)}
              </span>
            ),
          },
          { key: "who", header: t.who, render: (row) => row.actor?.display_name ?? t.system },
          {
            key: "what",
            header: t.what,
            render: (row) => <RowButton onOpen={() => setOpen(row)}>{action(row)}</RowButton>,
          },
          {
            key: "subject",
            header: t.subject,
            wide: true,
            render: (row) =>
              t.subjects[row.subject_kind as keyof typeof t.subjects] ?? row.subject_kind,
          },
          {
            key: "details",
            header: t.details,
            wide: true,
            render: (row) => (
              <Text size="sm" c="dimmed" lineClamp={1} maw={420}>
                {summary(row.details)}
              </Text>
            ),
          },
        ]}
      />
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        size="lg"
        title={open ? t.detailsOf(action(open)) : ""}
        closeButtonProps={{ "aria-label": shared.close }}
      >
        {open && <AuditDetails entry={open} />}
      </Modal>
    </>
  );
}
