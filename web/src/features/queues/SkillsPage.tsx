import { ActionIcon, Group, Stack, TextInput } from "@mantine/core";
import { IconPencil, IconStars, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { Skill } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { PartHeader } from "@/features/settings/PartHeader";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useDialogForm } from "@/shared/useDialogForm";
import { useKeysetList } from "@/shared/useKeysetList";
import { useText } from "./messages";
import { SkillMatrix } from "./SkillMatrix";

export function SkillsPage() {
  const t = useText().skills;
  const client = useQueryClient();
  const mayWrite = usePermission("queues.write");
  const list = useKeysetList<Skill>(["skills", "list"], "/skills");
  const [edited, setEdited] = useState<Skill | "new" | null>(null);
  const [deleted, setDeleted] = useState<Skill | null>(null);
  return (
    <>
      <PartHeader
        title={t.title}
        text={t.text}
        add={mayWrite ? t.add : undefined}
        onAdd={() => setEdited("new")}
      />
      <Stack gap="xl">
        <SkillMatrix />
        <DataTable
          label={t.list}
          list={list}
          rowKey={(row) => row.skill_id}
          {...(mayWrite ? { onRowClick: setEdited } : {})}
          empty={<EmptyState icon={IconStars} title={t.nothing} />}
          columns={[
            { key: "name", header: t.name, render: (row) => <b>{row.name}</b> },
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
                      aria-label={t.edit(row.name)}
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
                      aria-label={t.remove(row.name)}
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
      </Stack>
      {edited !== null && (
        <SkillForm skill={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
      <ConfirmDialog
        open={deleted !== null}
        danger
        title={t.removeTitle(deleted?.name ?? "")}
        action={t.remove(deleted?.name ?? "")}
        onClose={() => setDeleted(null)}
        onConfirm={async () => {
          await api.delete(`/skills/${deleted?.skill_id}`);
          await client.invalidateQueries({ queryKey: ["skills"] });
          await client.invalidateQueries({ queryKey: ["agent-skills"] });
          toast.success(t.deleted);
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </>
  );
}

function SkillForm({ skill, onClose }: { skill: Skill | null; onClose: () => void }) {
  const t = useText().skills;
  const shared = useSharedText();
  const { form, dialog } = useDialogForm({
    initialValues: { name: skill?.name ?? "" },
    save: (values) =>
      skill ? api.patch(`/skills/${skill.skill_id}`, values) : api.post("/skills", values),
    refresh: [["skills"]],
    saved: t.saved,
    onClose,
  });
  return (
    <FormModal
      {...dialog}
      title={skill ? t.edit(skill.name) : t.add}
      action={skill ? shared.save : shared.create}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
    </FormModal>
  );
}
