import { Button, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconTemplate } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { startBody, type Wizard } from "@/features/imports/wizard";
import { usePermission } from "@/features/session/session";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";

/** Keeps the choices of an import for the next files of its kind. */
export function SaveAsTemplate(props: {
  wizard: Wizard;
  sheet: string | null;
  /** Before the columns' titles. */
  skipLines: number;
}) {
  const { wizard, sheet, skipLines } = props;
  const t = useText();
  const shared = useSharedText();
  const client = useQueryClient();
  const mayWrite = usePermission("lists.write");
  const [opened, { open, close }] = useDisclosure(false);
  const form = useForm({ initialValues: { name: "" } });
  const { submit, busy, problem } = useSubmit(form, async ({ name }) => {
    const { mapping, on_duplicate } = startBody(wizard);
    await api.post("/import-templates", {
      name,
      reading: {
        encoding: wizard.encoding,
        delimiter: wizard.delimiter,
        sheet,
        skip_lines: skipLines,
      },
      mapping: {
        columns: mapping.columns.filter((column) => !("ignore" in column)),
        ...(mapping.consent ? { consent: mapping.consent } : {}),
        ...(wizard.front ? { front: true } : {}),
      },
      on_duplicate,
    });
    await client.invalidateQueries({ queryKey: ["import-templates"] });
    toast.success(t.saved);
    close();
  });
  if (!mayWrite) return null;
  return (
    <>
      <Button variant="default" size="md" leftSection={<IconTemplate size={17} />} onClick={open}>
        {t.saveAs}
      </Button>
      <FormModal
        open={opened}
        title={t.saveAs}
        action={shared.save}
        busy={busy}
        problem={problem}
        onSubmit={submit}
        onClose={close}
      >
        <Text size="sm">{t.saveAsText}</Text>
        <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      </FormModal>
    </>
  );
}
