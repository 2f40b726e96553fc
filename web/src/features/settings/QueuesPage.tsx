import { ActionIcon, Group, MultiSelect, TextInput } from "@mantine/core";
import { IconPencil, IconTrash, IconUsersGroup } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { useUsers } from "@/api/references";
import type { Queue } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { TextLink } from "@/shared/TextLink";
import { toast } from "@/shared/toast";
import { useDialogForm } from "@/shared/useDialogForm";
import { useKeysetList } from "@/shared/useKeysetList";
import { useText } from "./messages";
import { PartHeader } from "./PartHeader";

export function QueuesPage() {
  const t = useText();
  const client = useQueryClient();
  const mayWrite = usePermission("queues.write");
  const users = useUsers(usePermission("users.read"));
  const list = useKeysetList<Queue>(["queues"], "/queues");
  const [edited, setEdited] = useState<Queue | "new" | null>(null);
  const [deleted, setDeleted] = useState<Queue | null>(null);
  const navigate = useNavigate();
  const openQueue = (queue: Queue) =>
    void navigate({ to: "/settings/queues/$queueId", params: { queueId: queue.queue_id } });
  const names = (queue: Queue) =>
    queue.member_user_ids
      .map((id) => users.data?.find((user) => user.user_id === id)?.display_name)
      .filter(Boolean)
      .join(", ");
  return (
    <>
      <PartHeader
        title={t.queues.title}
        text={t.queues.text}
        add={mayWrite ? t.queues.add : undefined}
        onAdd={() => setEdited("new")}
      />
      <DataTable
        label={t.queues.title}
        list={list}
        rowKey={(row) => row.queue_id}
        onRowClick={openQueue}
        empty={<EmptyState icon={IconUsersGroup} title={t.queues.nothing} />}
        columns={[
          {
            key: "name",
            header: t.name,
            render: (row) => (
              <TextLink to="/settings/queues/$queueId" params={{ queueId: row.queue_id }} fw={560}>
                {row.name}
              </TextLink>
            ),
          },
          {
            key: "members",
            header: t.queues.members,
            render: (row) => (
              <span title={names(row)}>{t.queues.memberCount(row.member_user_ids.length)}</span>
            ),
          },
          {
            key: "who",
            header: "",
            wide: true,
            render: (row) => <span style={{ color: "var(--kwabo-soft)" }}>{names(row)}</span>,
          },
          {
            key: "actions",
            header: "",
            align: "right",
            render: (row) =>
              mayWrite && (
                <Group gap={2} justify="flex-end" wrap="nowrap">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t.editOf(row.name)}
                    onClick={(event) => {
                      event.stopPropagation();
                      setEdited(row);
                    }}
                  >
                    <IconPencil size={17} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    aria-label={t.deleteOf(row.name)}
                    onClick={(event) => {
                      event.stopPropagation();
                      setDeleted(row);
                    }}
                  >
                    <IconTrash size={17} />
                  </ActionIcon>
                </Group>
              ),
          },
        ]}
      />
      {edited !== null && (
        <QueueForm queue={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
      <ConfirmDialog
        open={deleted !== null}
        danger
        title={t.queues.deleteTitle(deleted?.name ?? "")}
        action={t.deleteOf(deleted?.name ?? "")}
        onClose={() => setDeleted(null)}
        onConfirm={async () => {
          await api.delete(`/queues/${deleted?.queue_id}`);
          await client.invalidateQueries({ queryKey: ["queues"] });
          toast.success(t.queues.deleted);
        }}
      >
        {t.queues.deleteText}
      </ConfirmDialog>
    </>
  );
}

function QueueForm({ queue, onClose }: { queue: Queue | null; onClose: () => void }) {
  const t = useText();
  const shared = useSharedText();
  const users = useUsers(usePermission("users.read"));
  const { form, dialog } = useDialogForm({
    initialValues: { name: queue?.name ?? "", member_user_ids: queue?.member_user_ids ?? [] },
    save: (values) =>
      queue ? api.patch(`/queues/${queue.queue_id}`, values) : api.post("/queues", values),
    refresh: [["queues"], ["users"]],
    saved: t.queues.saved,
    onClose,
  });
  return (
    <FormModal
      {...dialog}
      title={queue ? t.editOf(queue.name) : t.queues.add}
      action={queue ? shared.save : shared.create}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      <MultiSelect
        label={t.queues.members}
        searchable
        clearable
        hidePickedOptions
        data={(users.data ?? [])
          .filter((user) => user.active || form.values.member_user_ids.includes(user.user_id))
          .map((user) => ({ value: user.user_id, label: user.display_name }))}
        {...form.getInputProps("member_user_ids")}
      />
    </FormModal>
  );
}
