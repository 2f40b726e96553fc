import { Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Consent } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { FormModal } from "@/shared/FormModal";
import { KeyValues } from "@/shared/KeyValues";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import { usePurposeName } from "./purposes";

/** A line in full, and the way to declare it wrong. */
export function VoidDialog({ line, onClose }: { line: Consent; onClose: () => void }) {
  const t = useText();
  const purposeName = usePurposeName();
  const formats = useFormats();
  const client = useQueryClient();
  const form = useForm({ initialValues: { reason: "" } });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await api.post(`/consents/${line.consent_id}/void`, values);
    await client.invalidateQueries({ queryKey: ["consents"] });
    toast.success(t.voiding.done);
    onClose();
  });
  return (
    <FormModal
      open
      title={t.voiding.title}
      action={t.voiding.action}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <KeyValues
        rows={[
          [t.columns.kind, t.kinds[line.kind]],
          [t.columns.number, formatNumber(line.number)],
          [t.columns.at, formats.dateTime(line.at)],
          [t.columns.purpose, purposeName(line.purpose)],
          [t.columns.how, line.how],
          [t.columns.proof, line.proof],
          [t.form.reference, line.reference],
          [t.form.hash, line.file_sha256],
        ]}
      />
      <Text size="sm" c="dimmed">
        {t.voiding.text}
      </Text>
      <TextInput label={t.voiding.reason} required {...form.getInputProps("reason")} />
    </FormModal>
  );
}
