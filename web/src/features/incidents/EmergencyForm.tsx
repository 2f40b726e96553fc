import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useSession } from "@/features/session/session";
import { wallToUtc } from "@/formats/time";
import { FormModal } from "@/shared/FormModal";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";

interface Props {
  /** Of one group; null: of all. */
  groupId: string | null;
  name: string;
  onClose: () => void;
}

export const emergencyPath = (groupId: string | null) =>
  groupId === null ? "/emergency" : `/schedule-groups/${groupId}/emergency`;

export function EmergencyForm({ groupId, name, onClose }: Props) {
  const t = useText();
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const form = useForm({ initialValues: { reason: "", until: "" } });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await api.put(emergencyPath(groupId), {
      reason: values.reason,
      until: wallToUtc(values.until, zone),
    });
    await client.invalidateQueries({ queryKey: ["opening-hours"] });
    toast.success(t.turnedOn);
    onClose();
  });
  return (
    <FormModal
      open
      danger
      title={t.emergencyOn(name)}
      action={t.turnOn}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput label={t.reason} required data-autofocus {...form.getInputProps("reason")} />
      <TextInput type="datetime-local" label={t.until} required {...form.getInputProps("until")} />
    </FormModal>
  );
}
