import type { Schedule } from "@/api/types";
import { useText } from "./messages";
import classes from "./ScheduleWeek.module.css";
import { minuteOf, weekOf } from "./week";

const DAY_MINUTES = 24 * 60;

type Hours = Pick<Schedule, "intervals" | "exceptions" | "starts_on" | "ends_on">;

/** One week of a schedule, drawn and in words. */
export function ScheduleWeek({ schedule, monday }: { schedule: Hours; monday: string }) {
  const t = useText().week;
  const names = t.dayNames.split(" ");
  return (
    <ul className={classes.days} aria-label={t.title}>
      {weekOf(schedule, monday).map((day, index) => (
        <li
          key={day.date}
          className={classes.day}
          data-special={day.exception !== null || undefined}
        >
          <span className={classes.name}>
            {names[index]} <small>{day.date.slice(8)}</small>
          </span>
          <span className={classes.track} aria-hidden>
            {day.spans.map((span) => (
              <span
                key={span.start}
                className={classes.window}
                style={{
                  left: `${(minuteOf(span.start) / DAY_MINUTES) * 100}%`,
                  width: `${(Math.max(0, minuteOf(span.until) - minuteOf(span.start)) / DAY_MINUTES) * 100}%`,
                }}
              />
            ))}
          </span>
          <span className={classes.words}>
            {day.spans.map((span) => `${span.start} – ${span.until}`).join(", ") || t.closed}
            {day.exception !== null && ` · ${day.exception || t.exception}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
