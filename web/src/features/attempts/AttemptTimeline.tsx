import { Text } from "@mantine/core";
import type { AttemptRow } from "@/api/types";
import { useOutcomeName } from "@/features/outcomes/useOutcomeName";
import { formatNumber } from "@/formats/phone";
import { formatDuration } from "@/formats/time";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { AttemptBadge } from "@/words/badges";
import classes from "./AttemptTimeline.module.css";
import { useText } from "./messages";
import { begunAt, spans } from "./spans";

/** Attempts of one contact under each other, the newest first. */
export function AttemptTimeline({ attempts, empty }: { attempts: AttemptRow[]; empty: string }) {
  const t = useText();
  const outcomeName = useOutcomeName();
  const formats = useFormats();
  if (attempts.length === 0) return <Text c="dimmed">{empty}</Text>;
  return (
    <ol className={classes.list}>
      {attempts.map((attempt) => {
        const at = begunAt(attempt);
        const { talk } = spans(attempt);
        return (
          <li key={attempt.attempt_id} className={classes.item}>
            <div className={classes.head}>
              <AttemptBadge attempt={attempt} />
              {attempt.wrap_up && (
                <span className={classes.wrapUp}>{outcomeName(attempt.wrap_up)}</span>
              )}
              <span className={classes.at}>{at ? formats.dateTime(at) : ""}</span>
            </div>
            <p className={classes.facts}>
              <TextLink to="/campaigns/$campaignId" params={{ campaignId: attempt.campaign_id }}>
                {attempt.campaign_name}
              </TextLink>
              <span>{t.attempt(attempt.attempt_number)}</span>
              <span className="tabular">{formatNumber(attempt.number)}</span>
              {attempt.agent && <span>{t.with(attempt.agent.display_name)}</span>}
              {talk !== null && <span className="tabular">{formatDuration(talk)}</span>}
            </p>
            {attempt.wrap_up?.notes && <p className={classes.notes}>{attempt.wrap_up.notes}</p>}
            {Object.keys(attempt.flow_results ?? {}).length > 0 && (
              <p className={classes.facts}>
                {Object.entries(attempt.flow_results ?? {}).map(([name, value]) => (
                  <span key={name}>{t.noted(name, value)}</span>
                ))}
              </p>
            )}
            {attempt.abandoned && <p className={classes.bad}>{t.abandoned}</p>}
          </li>
        );
      })}
    </ol>
  );
}
