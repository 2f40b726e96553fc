import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import classes from "./BudgetMeter.module.css";
import { filled, LEVEL_TONES, LIMIT_AT, levelOf } from "./budget";
import { useText } from "./messages";

export interface Counted {
  rate: number;
  rateOfAll: number;
  target: number;
  live: number;
  abandoned: number;
  /** "over 24 hours" */
  window: string;
}

/** The abandon rate against its limit: of the answers, as laws count, and of all calls. */
export function BudgetMeter({ counted }: { counted: Counted }) {
  const t = useText();
  const formats = useFormats();
  const { rate, target, live, abandoned } = counted;
  const level = levelOf(rate, target);
  const said = t.ofTarget(formats.rate(rate), formats.rate(target));
  return (
    <div className={classes.meter} data-level={level}>
      <div className={classes.head}>
        <span className={classes.label}>{t.abandon}</span>
        <b className={classes.rate}>{said}</b>
        {level !== "calm" && <StatusBadge tone={LEVEL_TONES[level]}>{t.levels[level]}</StatusBadge>}
      </div>
      <div className={classes.track} aria-hidden>
        <span className={classes.fill} style={{ width: `${filled(rate, target) * 100}%` }} />
        <span className={classes.limit} style={{ left: `${LIMIT_AT * 100}%` }} />
      </div>
      <p className={classes.note}>
        {live === 0 ? (
          t.noLive
        ) : (
          <>
            <span>
              {t.counted(formats.count(abandoned), formats.count(live))} {counted.window}
            </span>
            <span>{t.ofAll(formats.rate(counted.rateOfAll))}</span>
          </>
        )}
      </p>
    </div>
  );
}
