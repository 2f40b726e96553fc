import { Button, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { formatNumber } from "@/formats/phone";
import { FormModal } from "@/shared/FormModal";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";

interface Props {
  contactId: string;
  number: string;
  /** What the page shows of the contact is read again. */
  onCleared: () => void;
}

/** Has a number called again that was marked uncallable; the reason is kept. */
export function ClearNumber({ contactId, number, onCleared }: Props) {
  const t = useText().contact.clearNumber;
  const client = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const form = useForm({ initialValues: { reason: "" } });
  const { submit, busy, problem } = useSubmit(form, async ({ reason }) => {
    const answer = await api.post<{ reopened: number }>(`/contacts/${contactId}/clear-number`, {
      number,
      reason,
    });
    await client.invalidateQueries({ queryKey: ["contacts"] });
    onCleared();
    toast.success(t.done(answer.reopened));
    close();
  });
  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={open}>
        {t.action}
      </Button>
      <FormModal
        open={opened}
        title={t.title(formatNumber(number))}
        action={t.confirm}
        busy={busy}
        problem={problem}
        onSubmit={submit}
        onClose={close}
      >
        <Text size="sm">{t.text}</Text>
        <Textarea
          label={t.reason}
          required
          data-autofocus
          autosize
          minRows={2}
          {...form.getInputProps("reason")}
        />
      </FormModal>
    </>
  );
}
