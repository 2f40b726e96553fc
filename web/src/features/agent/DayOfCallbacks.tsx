import { ActionIcon, Group } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { Callback } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { utcToWall } from "@/formats/time";
import { useFormats } from "@/shared/useFormats";
import classes from "./DayOfCallbacks.module.css";
import { useText } from "./messages";

interface Props {
  callbacks: readonly Callback[];
  /** "2026-11-23", in the organisation's zone. */
  day: string;
  zone: string;
  onDay: (day: string) => void;
}

export function shiftDay(day: string, by: number): string {
  const at = new Date(`${day}T12:00:00.000Z`);
  at.setUTCDate(at.getUTCDate() + by);
  return at.toISOString().slice(0, 10);
}

/** Hours from the first to the last callback of the day, office hours at least. */
export function hoursOf(callbacks: readonly Callback[], day: string, zone: string) {
  const of = callbacks
    .map((one) => ({ callback: one, wall: utcToWall(one.due_at, zone) }))
    .filter(({ wall }) => wall.startsWith(day))
    .map(({ callback, wall }) => ({ callback, hour: Number(wall.slice(11, 13)) }));
  const first = Math.min(8, ...of.map(({ hour }) => hour));
  const last = Math.max(18, ...of.map(({ hour }) => hour));
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    hour: first + index,
    callbacks: of.filter(({ hour }) => hour === first + index).map(({ callback }) => callback),
  }));
}

/** One day's callbacks by the hour, as in a calendar. */
export function DayOfCallbacks({ callbacks, day, zone, onDay }: Props) {
  const t = useText().callbacks;
  const { date, time } = useFormats();
  const noon = `${day}T12:00:00.000Z`;
  return (
    <>
      <Group justify="space-between" wrap="nowrap" mb={6}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t.previousDay}
          onClick={() => onDay(shiftDay(day, -1))}
        >
          <IconChevronLeft size={18} />
        </ActionIcon>
        <strong aria-live="polite">{date(noon)}</strong>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t.nextDay}
          onClick={() => onDay(shiftDay(day, 1))}
        >
          <IconChevronRight size={18} />
        </ActionIcon>
      </Group>
      <ol className={classes.day}>
        {hoursOf(callbacks, day, zone).map(({ hour, callbacks: here }) => (
          <li key={hour}>
            <span className="tabular">{String(hour).padStart(2, "0")}:00</span>
            <div>
              {here.map((one) => (
                <span key={one.callback_id} className={classes.slot} data-mine={one.mine}>
                  <b className="tabular">{time(one.due_at)}</b>{" "}
                  {one.contact_name || formatNumber(one.number)}
                </span>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
