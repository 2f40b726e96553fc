import { NumberInput, Select } from "@mantine/core";
import { useForm } from "@mantine/form";
import { api } from "@/api/client";
import { useQueues } from "@/api/references";
import type { QueueCaller } from "@/api/types";
import { FormModal } from "@/shared/FormModal";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";

interface Props {
  queueId: string;
  caller: QueueCaller;
  name: string;
  onClose: () => void;
}

/** Another queue or another priority for somebody who waits. */
export function MoveCaller({ queueId, caller, name, onClose }: Props) {
  const t = useText().callers;
  const queues = useQueues();
  const form = useForm({
    initialValues: { to_queue_id: "", priority: caller.priority as number | string },
  });
  const { to_queue_id, priority } = form.values;
  const changed = to_queue_id !== "" || (priority !== "" && Number(priority) !== caller.priority);
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await api.patch(`/queues/${queueId}/callers/${caller.attempt_id}`, {
      to_queue_id: values.to_queue_id || null,
      priority: values.priority === "" ? null : Number(values.priority),
    });
    toast.success(t.moved);
    onClose();
  });
  return (
    <FormModal
      open
      title={t.moveTitle(name)}
      action={t.move}
      busy={busy}
      idle={!changed}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Select
        label={t.to}
        allowDeselect={false}
        data={[
          { value: "", label: t.stays },
          ...(queues.data ?? [])
            .filter((one) => one.queue_id !== queueId)
            .map((one) => ({ value: one.queue_id, label: one.name })),
        ]}
        {...form.getInputProps("to_queue_id")}
      />
      <NumberInput
        label={t.newPriority}
        description={t.priorityHelp}
        allowDecimal={false}
        min={0}
        max={100}
        {...form.getInputProps("priority")}
      />
    </FormModal>
  );
}
