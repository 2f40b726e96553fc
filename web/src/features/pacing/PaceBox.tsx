import type { Pacing, PacingReason } from "@/api/types";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { BudgetMeter } from "./BudgetMeter";
import { useText } from "./messages";
import classes from "./PaceBox.module.css";
import { sentencesOf } from "./said";

export const REASON_TONES: Record<PacingReason, Tone> = {
  ENOUGH: "good",
  DIALLING: "good",
  LEARNING: "info",
  BUDGET_SPENT: "bad",
  NO_ROOM: "warn",
  CEILING: "warn",
  NO_AGENTS: "warn",
  CALLERS_WAIT: "bad",
};

/** How fast a campaign dials and why, with its abandon rate beside it. */
export function PaceBox({ pacing }: { pacing: Pacing }) {
  const t = useText();
  const formats = useFormats();
  const { lead, facts } = sentencesOf(pacing, t, formats);
  return (
    <div className={classes.box}>
      <div>
        <p className={classes.head}>
          <StatusBadge tone={REASON_TONES[pacing.reason]}>{t.reasons[pacing.reason]}</StatusBadge>
          <span title={t.paceHint}>
            {t.pace} <b>{t.paceText(formats.decimal(pacing.figures.pace, 1))}</b>
          </span>
        </p>
        <p className={classes.why}>
          {lead} {facts}
        </p>
      </div>
      <BudgetMeter
        counted={{
          rate: pacing.figures.rate,
          rateOfAll: pacing.figures.rate_of_all,
          target: pacing.target,
          live: pacing.live,
          abandoned: pacing.abandoned,
          window: t.windows[pacing.window],
        }}
      />
    </div>
  );
}
