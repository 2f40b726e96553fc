import { Group, Text } from "@mantine/core";
import { IconTags } from "@tabler/icons-react";
import { useState } from "react";
import type { WrapUpCode, WrapUpFlag } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { useText as useSharedText } from "@/shared/messages";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { EditButton } from "./EditButton";
import { useText } from "./messages";
import { OrderButtons } from "./OrderButtons";
import { PartHeader } from "./PartHeader";
import { WrapUpCodeForm } from "./WrapUpCodeForm";

const TONES: Record<WrapUpFlag, Tone> = {
  right_party: "info",
  success: "good",
  failure: "warn",
  neutral: "quiet",
  do_not_call: "bad",
  number_uncallable: "bad",
  contact_uncallable: "bad",
  callback: "violet",
  machine: "quiet",
  refusal: "warn",
};

export function WrapUpCodesPage() {
  const t = useText();
  const shared = useSharedText();
  const formats = useFormats();
  const mayWrite = usePermission("settings.write");
  const list = useKeysetList<WrapUpCode>(["wrap-up-codes"], "/wrap-up-codes", {}, { limit: 500 });
  const [edited, setEdited] = useState<WrapUpCode | "new" | null>(null);
  const rows = [...list.items].sort((a, b) => a.position - b.position);
  const ids = rows.map((row) => row.wrap_up_code_id);
  return (
    <>
      <PartHeader
        title={t.wrapUps.title}
        text={t.wrapUps.text}
        add={mayWrite ? t.wrapUps.add : undefined}
        onAdd={() => setEdited("new")}
      />
      <DataTable
        label={t.wrapUps.title}
        list={{ ...list, items: rows }}
        rowKey={(row) => row.wrap_up_code_id}
        {...(mayWrite ? { onRowClick: setEdited } : {})}
        empty={<EmptyState icon={IconTags} title={t.wrapUps.nothing} />}
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) => (
              <>
                <Text size="sm" fw={600} {...(row.active ? {} : { c: "dimmed" })}>
                  {formats.name(row)}
                </Text>
                {!row.active && (
                  <Text size="xs" c="dimmed">
                    {shared.inactive}
                  </Text>
                )}
              </>
            ),
          },
          {
            key: "flags",
            header: t.wrapUps.flags,
            wide: true,
            render: (row) => (
              <Group gap={5}>
                {row.flags.map((flag) => (
                  <StatusBadge key={flag} tone={TONES[flag]}>
                    {t.wrapUps.names[flag]}
                  </StatusBadge>
                ))}
              </Group>
            ),
          },
          {
            key: "required",
            header: t.wrapUps.required,
            wide: true,
            render: (row) => row.required_fields.join(", ") || t.wrapUps.none,
          },
          {
            key: "actions",
            header: "",
            align: "right",
            render: (row) =>
              mayWrite && (
                <Group gap={0} justify="flex-end" wrap="nowrap">
                  <OrderButtons
                    name={formats.name(row)}
                    index={ids.indexOf(row.wrap_up_code_id)}
                    ids={ids}
                    positions={rows.map((one) => one.position)}
                    path="wrap-up-codes"
                  />
                  <EditButton name={formats.name(row)} onEdit={() => setEdited(row)} />
                </Group>
              ),
          },
        ]}
      />
      {edited !== null && (
        <WrapUpCodeForm
          code={edited === "new" ? null : edited}
          nextPosition={Math.max(0, ...rows.map((row) => row.position)) + 1}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
