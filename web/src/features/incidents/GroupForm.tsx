import { Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import { useSession } from "@/features/session/session";
import { FormModal } from "@/shared/FormModal";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import type { ScheduleGroup } from "./types";

interface Props {
  /** The one that is changed; null: a new one. */
  group: ScheduleGroup | null;
  onClose: () => void;
}

export function GroupForm({ group, onClose }: Props) {
  const t = useText();
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const sets = useQuery({
    queryKey: ["callable-time-sets", "names"],
    queryFn: ({ signal }) =>
      api.get<Page<{ callable_time_set_id: string; name: string }>>("/callable-time-sets", {
        signal,
      }),
  });
  const form = useForm({
    initialValues: {
      name: group?.name ?? "",
      callable_time_set_id: group?.callable_time_set_id ?? "",
      time_zone: group?.time_zone ?? zone,
    },
  });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await (group
      ? api.patch(`/schedule-groups/${group.schedule_group_id}`, {
          ...values,
          version: group.version,
        })
      : api.post("/schedule-groups", values));
    await client.invalidateQueries({ queryKey: ["opening-hours"] });
    toast.success(t.savedHours);
    onClose();
  });
  return (
    <FormModal
      open
      title={group ? t.changeTitle(group.name) : t.addHours}
      action={group ? t.save : t.addHours}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      <Select
        label={t.hoursSet}
        description={t.hoursSetHelp}
        required
        searchable
        data={(sets.data?.items ?? []).map((one) => ({
          value: one.callable_time_set_id,
          label: one.name,
        }))}
        {...form.getInputProps("callable_time_set_id")}
      />
      <TextInput label={t.zone} required {...form.getInputProps("time_zone")} />
    </FormModal>
  );
}
