import { ActionIcon, Button, Group, Stack, Text } from "@mantine/core";
import {
  IconCalendarTime,
  IconChevronLeft,
  IconChevronRight,
  IconSettings,
} from "@tabler/icons-react";
import { useState } from "react";
import type { Schedule } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { EmptyState } from "@/shared/EmptyState";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import { ScheduleForm } from "./ScheduleForm";
import { ScheduleWeek } from "./ScheduleWeek";
import { useScheduleWords } from "./useScheduleWords";
import { useSchedules } from "./useTimetable";
import { addDays, mondayOf } from "./week";

export const pathOf = (schedule: Schedule) =>
  schedule.campaign_id
    ? `/campaigns/${schedule.campaign_id}`
    : `/campaign-sequences/${schedule.sequence_id}`;

/** Every schedule's week, one below the other. */
export function WeekTab() {
  const t = useText();
  const formats = useFormats();
  const words = useScheduleWords();
  const mayWrite = usePermission("campaigns.write");
  const schedules = useSchedules();
  const today = mondayOf(new Date().toISOString().slice(0, 10));
  const [monday, setMonday] = useState(today);
  const [editing, setEditing] = useState<Schedule | null>(null);
  if (schedules.isPending) return <Loading />;
  if (schedules.data === undefined) {
    return <LoadError error={schedules.error} onRetry={() => void schedules.refetch()} />;
  }
  if (schedules.data.length === 0) {
    return <EmptyState icon={IconCalendarTime} title={t.week.none} text={t.week.noneText} />;
  }
  const day = (date: string) => formats.date(`${date}T12:00:00Z`, "UTC");
  return (
    <Stack>
      <Group>
        <ActionIcon
          variant="default"
          size={34}
          aria-label={t.week.previous}
          onClick={() => setMonday(addDays(monday, -7))}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={34}
          aria-label={t.week.next}
          onClick={() => setMonday(addDays(monday, 7))}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
        <Text fw={560} aria-live="polite">
          {t.week.of(day(monday), day(addDays(monday, 6)))}
        </Text>
        {monday !== today && (
          <Button variant="subtle" size="xs" onClick={() => setMonday(today)}>
            {t.week.today}
          </Button>
        )}
      </Group>
      {schedules.data.map((schedule) => (
        <Panel
          key={schedule.schedule_id}
          title={schedule.name}
          text={`${words(schedule)} ${t.week.zone(schedule.time_zone)}.`}
          actions={
            <Group gap="xs">
              {!schedule.active && <StatusBadge tone="quiet">{t.week.inactive}</StatusBadge>}
              {schedule.code !== "" && (
                <StatusBadge tone="warn">{t.codes[schedule.code] ?? schedule.code}</StatusBadge>
              )}
              {mayWrite && (
                <ActionIcon
                  variant="default"
                  size={34}
                  aria-label={t.week.edit(schedule.name)}
                  onClick={() => setEditing(schedule)}
                >
                  <IconSettings size={17} />
                </ActionIcon>
              )}
            </Group>
          }
        >
          <ScheduleWeek schedule={schedule} monday={monday} />
        </Panel>
      ))}
      {editing && (
        <ScheduleForm
          path={pathOf(editing)}
          name={editing.name}
          schedule={editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Stack>
  );
}
