import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { Page } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { EmergencyForm, emergencyPath } from "./EmergencyForm";
import { GroupForm } from "./GroupForm";
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
  const [edited, setEdited] = useState<ScheduleGroup | "new" | null>(null);
  const [removed, setRemoved] = useState<ScheduleGroup | null>(null);
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
            <Button variant="default" onClick={() => setEdited("new")}>
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
                {group.flows.length > 0 && ` · ${t.usedBy(group.flows.join(", "))}`}
              </Text>
            </div>
            <Group gap="sm">
              <Text size="sm" c="dimmed">
                {group.holiday}{" "}
                {group.state !== "open" &&
                  (group.opens_at ? t.opensAt(formats.dateTime(group.opens_at)) : t.never)}
              </Text>
              <StatusBadge tone={TONES[group.state]}>{t.states[group.state]}</StatusBadge>
              {writes && (
                <>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t.changeTitle(group.name)}
                    onClick={() => setEdited(group)}
                  >
                    {t.change}
                  </Button>
                  <Button
                    size="xs"
                    variant="subtle"
                    aria-label={t.removeTitle(group.name)}
                    onClick={() => setRemoved(group)}
                  >
                    {t.remove}
                  </Button>
                </>
              )}
              {switches && (
                <Button
                  size="xs"
                  aria-label={t.emergencyOn(group.name)}
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
      {edited && (
        <GroupForm group={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
      <ConfirmDialog
        open={removed !== null}
        title={t.removeTitle(removed?.name ?? "")}
        action={t.remove}
        onClose={() => setRemoved(null)}
        onConfirm={async () => {
          await api.delete(`/schedule-groups/${removed?.schedule_group_id}`);
          await client.invalidateQueries({ queryKey: ["opening-hours"] });
          toast.success(t.removed);
        }}
      >
        {t.removeText}
      </ConfirmDialog>
    </Panel>
  );
}
