import { useText } from "./messages";
import classes from "./RecallTimeline.module.css";
import { callsOf, clock } from "./timeline";
import type { RecallRule } from "./types";

interface Props {
  rule: RecallRule;
  dayBegins: string;
  attempts: number;
}

const MOST = 8;

/** The calls that a rule makes, one after the other, if each ends with its result. */
export function RecallTimeline({ rule, dayBegins, attempts }: Props) {
  const t = useText();
  const calls = callsOf(rule, "10:00", dayBegins, Math.min(attempts || 1, MOST));
  return (
    <div>
      <span style={{ fontSize: "0.85rem" }}>{t.form.preview}</span>
      <ol className={classes.line}>
        {calls.map((call, index) => (
          <li key={`${call.day} ${call.minutes}`} className={classes.call} data-part={call.part}>
            <span className={classes.time}>{clock(call.minutes)}</span>
            <span className={classes.when}>
              {index === 0 ? t.form.first : t.form.day(call.day)}
            </span>
            <span className={classes.when}>{t.parts[call.part]}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
