import type { AttemptRow, Result } from "@/api/types";
import { useOutcomeName } from "@/features/outcomes/useOutcomeName";
import type { GivenAnswer } from "@/features/scripts/types";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import classes from "./Panels.module.css";

const toneOf = (result: Result | null): Tone =>
  result === "person" ? "good" : result === "invalid" || result === "failed" ? "bad" : "quiet";

/** Earlier attempts, newest first. */
export function HistoryPanel(props: {
  rows: AttemptRow[];
  answers?: Record<string, GivenAnswer[]> | undefined;
}) {
  const { rows } = props;
  const t = useText();
  const outcomeName = useOutcomeName();
  const { dateTime } = useFormats();
  const past = rows.filter((row) => row.state === "closed");
  return (
    <section className={classes.panel} aria-label={t.history.title}>
      <h3>
        {t.history.title}
        {past.length > 0 && ` · ${t.history.count(past.length)}`}
      </h3>
      {past.length === 0 ? (
        <p className={classes.none}>{t.history.none}</p>
      ) : (
        <ul className={classes.history}>
          {past.map((row) => (
            <li key={row.attempt_id}>
              <div className={classes.past}>
                {row.dialling_at && <span className="tabular">{dateTime(row.dialling_at)}</span>}
                {row.result && (
                  <StatusBadge tone={toneOf(row.result)}>{t.results[row.result]}</StatusBadge>
                )}
                {row.wrap_up && <strong>{outcomeName(row.wrap_up)}</strong>}
                <span className={classes.when}>
                  {row.campaign_name}
                  {row.agent && ` · ${t.history.by(row.agent.display_name)}`}
                </span>
              </div>
              {(props.answers?.[row.attempt_id]?.length ?? 0) > 0 && (
                <dl className={classes.given}>
                  {props.answers?.[row.attempt_id]?.map((one) => (
                    <div key={one.field}>
                      <dt>{one.label}</dt>
                      <dd>{t.history.answer(one.value)}</dd>
                    </div>
                  ))}
                </dl>
              )}
              {row.wrap_up?.notes && <p className={classes.pastNotes}>{row.wrap_up.notes}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
