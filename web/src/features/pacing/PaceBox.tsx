import type { CampaignState, Pacing, PacingReason, StateReason } from "@/api/types";
import { useText as useCampaignText } from "@/features/campaigns/messages";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import { BudgetMeter } from "./BudgetMeter";
import { type Held, heldBy } from "./held";
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
  TURN_OF_OTHERS: "info",
};

interface Props {
  pacing: Pacing;
  state: CampaignState;
  reason: StateReason;
}

/** How fast a campaign dials and why, or why not at all, with its abandon rate beside it. */
export function PaceBox({ pacing, state, reason }: Props) {
  const t = useText();
  const held = heldBy(state, reason);
  return (
    <div className={classes.box}>
      <div>{held === null ? <Pace pacing={pacing} /> : <Stands held={held} />}</div>
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

function Pace({ pacing }: { pacing: Pacing }) {
  const t = useText();
  const formats = useFormats();
  const { lead, facts } = sentencesOf(pacing, t, formats);
  return (
    <>
      <p className={classes.head}>
        <StatusBadge tone={REASON_TONES[pacing.reason]}>{t.reasons[pacing.reason]}</StatusBadge>
        <span title={t.paceHint}>
          {t.pace} <b>{t.paceText(formats.decimal(pacing.figures.pace, 1))}</b>
        </span>
      </p>
      <p className={classes.why}>
        {lead} {facts}
      </p>
    </>
  );
}

function Stands({ held }: { held: Held }) {
  const words = useWords();
  const t = useText();
  const sentences = useCampaignText().reasons as Partial<Record<Held, string>>;
  const states = words.campaignStates as Partial<Record<Held, string>>;
  const reasons = words.stateReasons as Partial<Record<Held, string>>;
  return (
    <>
      <p className={classes.head}>
        <StatusBadge tone="info">{states[held] ?? reasons[held] ?? held}</StatusBadge>
        <span>{t.standsStill}</span>
      </p>
      <p className={classes.why}>{sentences[held]}</p>
    </>
  );
}
