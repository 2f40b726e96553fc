import { Checkbox, Group, Select, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { NewWebhook, Webhook } from "@/api/types";
import { useSession } from "@/features/session/session";
import { wallToUtc } from "@/formats/time";
import { FormModal } from "@/shared/FormModal";
import { useText as useSharedText } from "@/shared/messages";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import { WEBHOOKS } from "./useWebhooks";

const KEPT = ["0", "1", "24", "72", "168"];

interface Props {
  webhook: Webhook;
  onClose: () => void;
}

/** A new secret; the old one stays for some hours. */
export function RotateDialog(props: Props & { onMade: (made: NewWebhook) => void }) {
  const t = useText();
  const client = useQueryClient();
  const form = useForm({ initialValues: { keep_hours: "24" } });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const made = await api.post<NewWebhook>(`/webhooks/${props.webhook.webhook_id}/rotate-secret`, {
      keep_hours: Number(values.keep_hours),
    });
    await client.invalidateQueries({ queryKey: WEBHOOKS });
    props.onMade(made);
  });
  return (
    <FormModal
      open
      title={t.rotate}
      action={t.rotate}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Text size="sm">{t.rotateText}</Text>
      <Select
        label={t.keep}
        allowDeselect={false}
        data={KEPT.map((value) => ({ value, label: t.hours(value) }))}
        {...form.getInputProps("keep_hours")}
      />
    </FormModal>
  );
}

/** Sends again what happened in a period. */
export function ReplayDialog({ webhook, onClose }: Props) {
  const t = useText();
  const shared = useSharedText();
  const formats = useFormats();
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const form = useForm({
    initialValues: { from_at: "", until_at: "", failed_only: false },
    validate: {
      from_at: (value) => (value === "" ? shared.needed : null),
      until_at: (value) => (value === "" ? shared.needed : null),
    },
  });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    const { replayed } = await api.post<{ replayed: number }>(
      `/webhooks/${webhook.webhook_id}/replay`,
      {
        from_at: wallToUtc(values.from_at, zone),
        until_at: wallToUtc(values.until_at, zone),
        failed_only: values.failed_only,
      },
    );
    toast.success(t.replayedPeriod(formats.count(replayed)));
    await client.invalidateQueries({ queryKey: WEBHOOKS });
    onClose();
  });
  return (
    <FormModal
      open
      title={t.replayPeriod}
      action={t.replay}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{t.replayPeriodText}</Text>
      <Group grow align="flex-start">
        <TextInput
          type="datetime-local"
          label={t.from}
          required
          data-autofocus
          {...form.getInputProps("from_at")}
        />
        <TextInput
          type="datetime-local"
          label={t.until}
          required
          {...form.getInputProps("until_at")}
        />
      </Group>
      <Checkbox label={t.failedOnly} {...form.getInputProps("failed_only", { type: "checkbox" })} />
    </FormModal>
  );
}
