import { minutesOf } from "./campaign-form";
import { useText } from "./messages";
import classes from "./WeekPreview.module.css";

interface Props {
  weekdays: number[];
  from: string;
  until: string;
  sum: string;
}

const DAY_MINUTES = 24 * 60;
const MARKS = [0, 6, 12, 18, 24];

/** The callable window on each day of the week, drawn and in words. */
export function WeekPreview({ weekdays, from, until, sum }: Props) {
  const t = useText().form.hours;
  const names = t.dayNames.split(" ");
  const start = minutesOf(from);
  const length = Math.max(0, minutesOf(until) - start);
  return (
    <figure className={classes.week} aria-label={t.week}>
      <ul className={classes.days}>
        {names.map((name, index) => {
          const on = weekdays.includes(index + 1) && length > 0;
          return (
            <li key={name} className={classes.day}>
              <span className={classes.name}>{name}</span>
              <span className={classes.track} aria-hidden>
                {on && (
                  <span
                    className={classes.window}
                    style={{
                      left: `${(start / DAY_MINUTES) * 100}%`,
                      width: `${(length / DAY_MINUTES) * 100}%`,
                    }}
                  />
                )}
              </span>
              <span className={classes.words}>{on ? `${from} – ${until}` : t.closed}</span>
            </li>
          );
        })}
      </ul>
      <div className={classes.marks} aria-hidden>
        {MARKS.map((hour) => (
          <span key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
            {hour} h
          </span>
        ))}
      </div>
      <figcaption className={classes.sum}>{sum}</figcaption>
    </figure>
  );
}
