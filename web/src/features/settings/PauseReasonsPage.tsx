import { Group, Switch, Text, TextInput } from "@mantine/core";
import { IconCoffee } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import type { PauseReason } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { useDialogForm } from "@/shared/useDialogForm";
import { useKeysetList } from "@/shared/useKeysetList";
import { EditButton } from "./EditButton";
import { useText } from "./messages";
import { OrderButtons } from "./OrderButtons";
import { PartHeader } from "./PartHeader";

export function PauseReasonsPage() {
  const t = useText();
  const shared = useSharedText();
  const mayWrite = usePermission("settings.write");
  const list = useKeysetList<PauseReason>(["pause-reasons"], "/pause-reasons", {}, { limit: 500 });
  const [edited, setEdited] = useState<PauseReason | "new" | null>(null);
  const rows = [...list.items].sort((a, b) => a.position - b.position);
  const ids = rows.map((row) => row.pause_reason_id);
  return (
    <>
      <PartHeader
        title={t.pauses.title}
        text={t.pauses.text}
        add={mayWrite ? t.pauses.add : undefined}
        onAdd={() => setEdited("new")}
      />
      <DataTable
        label={t.pauses.title}
        list={{ ...list, items: rows }}
        rowKey={(row) => row.pause_reason_id}
        {...(mayWrite ? { onRowClick: setEdited } : {})}
        empty={<EmptyState icon={IconCoffee} title={t.pauses.nothing} />}
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) => (
              <>
                <Text size="sm" fw={600} {...(row.active ? {} : { c: "dimmed" })}>
                  {row.name}
                </Text>
                {!row.active && (
                  <Text size="xs" c="dimmed">
                    {shared.inactive}
                  </Text>
                )}
              </>
            ),
          },
          { key: "en", header: t.nameEn, wide: true, render: (row) => row.name_en || "–" },
          {
            key: "actions",
            header: "",
            align: "right",
            render: (row) =>
              mayWrite && (
                <Group gap={0} justify="flex-end" wrap="nowrap">
                  <OrderButtons
                    name={row.name}
                    index={ids.indexOf(row.pause_reason_id)}
                    ids={ids}
                    positions={rows.map((one) => one.position)}
                    path="pause-reasons"
                  />
                  <EditButton name={row.name} onEdit={() => setEdited(row)} />
                </Group>
              ),
          },
        ]}
      />
      {edited !== null && (
        <PauseReasonForm
          reason={edited === "new" ? null : edited}
          nextPosition={Math.max(0, ...rows.map((row) => row.position)) + 1}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}

function PauseReasonForm(props: {
  reason: PauseReason | null;
  nextPosition: number;
  onClose: () => void;
}) {
  const { reason, nextPosition, onClose } = props;
  const t = useText();
  const shared = useSharedText();
  const { form, dialog } = useDialogForm({
    initialValues: {
      name: reason?.name ?? "",
      name_en: reason?.name_en ?? "",
      active: reason?.active ?? true,
    },
    save: (values) =>
      reason
        ? api.patch(`/pause-reasons/${reason.pause_reason_id}`, values)
        : api.post("/pause-reasons", { ...values, position: nextPosition }),
    refresh: [["pause-reasons"]],
    saved: t.pauses.saved,
    onClose,
  });
  return (
    <FormModal
      {...dialog}
      title={reason ? t.editOf(reason.name) : t.pauses.add}
      action={reason ? shared.save : shared.create}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      <TextInput label={t.nameEn} description={t.nameEnHelp} {...form.getInputProps("name_en")} />
      <Switch
        label={t.active}
        description={t.inactiveHelp}
        {...form.getInputProps("active", { type: "checkbox" })}
      />
    </FormModal>
  );
}
