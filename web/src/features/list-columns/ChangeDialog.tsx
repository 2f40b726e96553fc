import { List, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Column, ColumnKind, ContactList } from "@/api/types";
import type { ChangeKind } from "@/api/types/lists";
import { FormModal } from "@/shared/FormModal";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useWords } from "@/words/messages";
import { changeBody, changesNothing, initialValues } from "./change-body";
import { useText } from "./messages";
import { useColumnUses } from "./useColumnChanges";

interface Props {
  list: ContactList;
  kind: Exclude<ChangeKind, "order">;
  column: Column | null;
  onClose: () => void;
}

/** Asks for what a change needs; the server refuses what cannot be, and says where it is used. */
export function ChangeDialog({ list, kind, column, onClose }: Props) {
  const t = useText();
  const words = useWords();
  const client = useQueryClient();
  const form = useForm({ initialValues: initialValues(kind, column) });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await api.post(
      `/contact-lists/${list.contact_list_id}/column-changes`,
      changeBody(kind, column, list.version, values),
    );
    await client.invalidateQueries({ queryKey: ["column-changes"] });
    toast.success(t.begun);
    onClose();
  });
  const shown = column?.label || column?.name || "";
  const kinds = Object.entries(words.kinds).map(([value, label]) => ({ value, label }));
  const titles = {
    add: t.add,
    rename: t.renameTitle(shown),
    label: t.relabelTitle(shown),
    kind: t.convertTitle(shown),
    remove: t.removeTitle(shown),
  };
  const actions = {
    add: t.add,
    rename: t.rename,
    label: t.relabel,
    kind: t.convert,
    remove: t.remove,
  };
  const isPhone = form.values.column_kind === "phone";
  return (
    <FormModal
      open
      title={titles[kind]}
      action={actions[kind]}
      busy={busy}
      idle={changesNothing(kind, column, form.values)}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      {(kind === "add" || kind === "rename") && (
        <TextInput
          label={t.name}
          description={t.nameHelp}
          required
          data-autofocus
          {...form.getInputProps("name")}
        />
      )}
      {(kind === "add" || kind === "label") && (
        <TextInput
          label={t.label}
          description={t.labelHelp}
          required={kind === "label"}
          {...form.getInputProps("label")}
        />
      )}
      {(kind === "add" || kind === "kind") && (
        <Select
          label={t.kind}
          {...(kind === "kind" ? { description: t.convertHelp } : {})}
          data={kinds}
          allowDeselect={false}
          value={form.values.column_kind}
          error={form.errors.kind}
          onChange={(value) => form.setFieldValue("column_kind", value as ColumnKind)}
        />
      )}
      {kind === "add" && !isPhone && (
        <TextInput
          label={t.default}
          description={t.defaultHelp}
          {...form.getInputProps("default")}
        />
      )}
      {kind === "remove" && <Text size="sm">{t.removeText}</Text>}
      {column && (kind === "rename" || kind === "remove") && (
        <Uses listId={list.contact_list_id} column={column.name} follows={kind === "rename"} />
      )}
    </FormModal>
  );
}

function Uses({ listId, column, follows }: { listId: string; column: string; follows: boolean }) {
  const t = useText();
  const uses = useColumnUses(listId, column);
  if (uses.data === undefined) return null;
  if (uses.data.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t.unused}
      </Text>
    );
  }
  return (
    <Stack gap={4}>
      <Text size="sm">{t.usedBy}</Text>
      <List size="sm">
        {uses.data.map((use) => (
          <List.Item key={`${use.kind} ${use.name}`}>{t.use(t.uses[use.kind], use.name)}</List.Item>
        ))}
      </List>
      <Text size="xs" c="dimmed">
        {follows ? t.usedFollow : t.usedFirst}
      </Text>
    </Stack>
  );
}
