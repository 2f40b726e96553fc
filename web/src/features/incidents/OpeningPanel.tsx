import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import { usePermission, useSession } from "@/features/session/session";
import { FormModal } from "@/shared/FormModal";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useSubmit } from "@/shared/useSubmit";
import { EmergencyForm, emergencyPath } from "./EmergencyForm";
import { useText } from "./messages";
import type { Emergency, ScheduleGroup } from "./types";

const TONES = { open: "good", closed: "quiet", holiday: "info", emergency: "bad" } as const;
const REFRESH_MS = 15_000;

export function useEmergencies() {
  return useQuery({
    queryKey: ["opening-hours", "emergencies"],
    queryFn: ({ signal }) => api.get<Page<Emergency>>("/emergencies", { signal }),
    refetchInterval: REFRESH_MS,
  });
}

export function OpeningPanel() {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const switches = usePermission("incidents.write");
  const writes = usePermission("settings.write");
  const [asked, setAsked] = useState<{ id: string | null; name: string } | null>(null);
  const [adding, setAdding] = useState(false);
  const emergencies = useEmergencies();
  const groups = useQuery({
    queryKey: ["opening-hours", "groups"],
    queryFn: ({ signal }) => api.get<Page<ScheduleGroup>>("/schedule-groups", { signal }),
    refetchInterval: REFRESH_MS,
  });
  const turnOff = async (groupId: string | null) => {
    try {
      await api.delete(emergencyPath(groupId));
      await client.invalidateQueries({ queryKey: ["opening-hours"] });
      toast.success(t.turnedOff);
    } catch (error) {
      toast.error(error);
    }
  };
  if (groups.error) return <LoadError error={groups.error} onRetry={() => void groups.refetch()} />;
  if (!groups.data) return <Loading />;
  return (
    <Panel
      title={t.hours}
      text={t.hoursText}
      actions={
        <Group gap="xs">
          {writes && (
            <Button variant="default" onClick={() => setAdding(true)}>
              {t.addHours}
            </Button>
          )}
          {switches && (
            <Button
              color="red"
              variant="light"
              onClick={() => setAsked({ id: null, name: t.everyGroup })}
            >
              {t.emergencyAll}
            </Button>
          )}
        </Group>
      }
    >
      <Stack gap="sm">
        {(emergencies.data?.items ?? []).map((one) => (
          <Group key={one.emergency_id} justify="space-between">
            <div>
              <StatusBadge tone="bad" pulse>
                {t.emergencyOn(one.schedule_group_name ?? t.everyGroup)}
              </StatusBadge>
              <Text size="sm">
                {one.reason}, {t.untilAt(formats.dateTime(one.until))}
              </Text>
            </div>
            {switches && (
              <Button variant="default" onClick={() => void turnOff(one.schedule_group_id)}>
                {t.turnOff}
              </Button>
            )}
          </Group>
        ))}
        {groups.data.items.length === 0 && <Text c="dimmed">{t.noHours}</Text>}
        {groups.data.items.map((group) => (
          <Group key={group.schedule_group_id} justify="space-between">
            <div>
              <Text fw={600}>{group.name}</Text>
              <Text size="xs" c="dimmed">
                {group.time_zone}
              </Text>
            </div>
            <Group gap="sm">
              <Text size="sm" c="dimmed">
                {group.holiday}{" "}
                {group.state !== "open" &&
                  (group.opens_at ? t.opensAt(formats.dateTime(group.opens_at)) : t.never)}
              </Text>
              <StatusBadge tone={TONES[group.state]}>{t.states[group.state]}</StatusBadge>
              {switches && (
                <Button
                  size="xs"
                  color="red"
                  variant="subtle"
                  onClick={() => setAsked({ id: group.schedule_group_id, name: group.name })}
                >
                  {t.emergency}
                </Button>
              )}
            </Group>
          </Group>
        ))}
      </Stack>
      {asked && (
        <EmergencyForm groupId={asked.id} name={asked.name} onClose={() => setAsked(null)} />
      )}
      {adding && <GroupForm onClose={() => setAdding(false)} />}
    </Panel>
  );
}

function GroupForm({ onClose }: { onClose: () => void }) {
  const t = useText();
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const sets = useQuery({
    queryKey: ["callable-time-sets"],
    queryFn: ({ signal }) =>
      api.get<Page<{ callable_time_set_id: string; name: string }>>("/callable-time-sets", {
        signal,
      }),
  });
  const form = useForm({ initialValues: { name: "", callable_time_set_id: "", time_zone: zone } });
  const { submit, busy, problem } = useSubmit(form, async (values) => {
    await api.post("/schedule-groups", values);
    await client.invalidateQueries({ queryKey: ["opening-hours"] });
    toast.success(t.savedHours);
    onClose();
  });
  return (
    <FormModal
      open
      title={t.addHours}
      action={t.addHours}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
      <Select
        label={t.hoursSet}
        required
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
