import { Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import { useSession } from "@/features/session/session";
import { FormModal } from "@/shared/FormModal";
import { useDialogForm } from "@/shared/useDialogForm";
import { useText } from "./messages";
import type { ScheduleGroup } from "./types";

interface Props {
  /** The one that is changed; null: a new one. */
  group: ScheduleGroup | null;
  onClose: () => void;
}

export function GroupForm({ group, onClose }: Props) {
  const t = useText();
  const zone = useSession().organisation.time_zone;
  const sets = useQuery({
    queryKey: ["callable-time-sets", "names"],
    queryFn: ({ signal }) =>
      api.get<Page<{ callable_time_set_id: string; name: string }>>("/callable-time-sets", {
        signal,
      }),
  });
  const { form, dialog } = useDialogForm({
    initialValues: {
      name: group?.name ?? "",
      callable_time_set_id: group?.callable_time_set_id ?? "",
      time_zone: group?.time_zone ?? zone,
    },
    save: (values) =>
      group
        ? api.patch(`/schedule-groups/${group.schedule_group_id}`, {
            ...values,
            version: group.version,
          })
        : api.post("/schedule-groups", values),
    refresh: [["opening-hours"]],
    saved: t.savedHours,
    onClose,
  });
  return (
    <FormModal
      {...dialog}
      title={group ? t.changeTitle(group.name) : t.addHours}
      action={group ? t.save : t.addHours}
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
