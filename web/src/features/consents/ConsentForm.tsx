import {
  Button,
  FileButton,
  Group,
  SegmentedControl,
  Select,
  SimpleGrid,
  Switch,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconFingerprint } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useSession } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { wallToUtc } from "@/formats/time";
import { FormModal } from "@/shared/FormModal";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { bodyOf, NEW_CONSENT } from "./consent-form";
import { useText } from "./messages";

interface Props {
  /** Of a contact: its numbers are offered. Without one any number may be written. */
  contact?: { id: string; numbers: string[] };
  onClose: () => void;
}

/** A line of the ledger. */
export function ConsentForm({ contact, onClose }: Props) {
  const words = useText();
  const t = words.form;
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const form = useForm({ initialValues: NEW_CONSENT });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const body = bodyOf(values, (wall) => wallToUtc(wall, zone));
    await api.post(contact ? `/contacts/${contact.id}/consents` : "/consents", body);
    await client.invalidateQueries({ queryKey: ["consents"] });
    toast.success(t.saved);
    onClose();
  });
  const given = form.values.kind === "given";
  async function fingerprint(file: File | null) {
    if (file === null || !crypto.subtle) return;
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
    form.setFieldValue("file_sha256", hex.join(""));
    if (form.values.reference === "") form.setFieldValue("reference", file.name);
  }
  return (
    <FormModal
      open
      size="lg"
      title={given ? t.given : t.withdrawn}
      action={t.save}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label={t.kind}
        data={[
          { value: "given", label: words.kinds.given },
          { value: "withdrawn", label: words.kinds.withdrawn },
        ]}
        {...form.getInputProps("kind")}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {contact ? (
          <Select
            label={t.number}
            allowDeselect={false}
            data={[
              { value: "", label: t.allNumbers },
              ...contact.numbers.map((one) => ({ value: one, label: formatNumber(one) })),
            ]}
            {...form.getInputProps("number")}
          />
        ) : (
          <TextInput label={t.number} required data-autofocus {...form.getInputProps("number")} />
        )}
        <TextInput
          type="datetime-local"
          label={t.at}
          description={t.atHelp}
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...form.getInputProps("at")}
        />
        {(given || !form.values.every) && (
          <TextInput
            label={t.purpose}
            description={t.purposeHelp}
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...form.getInputProps("purpose")}
          />
        )}
        <TextInput
          label={t.how}
          description={t.howHelp}
          inputWrapperOrder={["label", "input", "description", "error"]}
          required={given}
          {...form.getInputProps("how")}
        />
      </SimpleGrid>
      {!given && <Switch label={t.every} {...form.getInputProps("every", { type: "checkbox" })} />}
      <Textarea
        label={t.proof}
        description={t.proofHelp}
        autosize
        minRows={2}
        maxRows={8}
        {...form.getInputProps("proof")}
      />
      {given && (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={t.reference} {...form.getInputProps("reference")} />
            <TextInput
              type="date"
              label={t.until}
              description={t.untilHelp}
              inputWrapperOrder={["label", "input", "description", "error"]}
              {...form.getInputProps("valid_until")}
            />
          </SimpleGrid>
          <TextInput label={t.hash} {...form.getInputProps("file_sha256")} />
          <Group gap="xs">
            <FileButton onChange={(file) => void fingerprint(file)}>
              {(props) => (
                <Button
                  {...props}
                  size="xs"
                  variant="default"
                  leftSection={<IconFingerprint size={16} />}
                >
                  {t.file}
                </Button>
              )}
            </FileButton>
            <Text size="xs" c="dimmed">
              {t.fileHelp}
            </Text>
          </Group>
        </>
      )}
    </FormModal>
  );
}
