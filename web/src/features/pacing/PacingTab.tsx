import { Alert, SimpleGrid, Skeleton, Stack } from "@mantine/core";
import { IconChartLine, IconGauge, IconInfoCircle } from "@tabler/icons-react";
import type { Campaign, CampaignLive, Pacing, PacingHistory } from "@/api/types";
import { serverNow } from "@/formats/clock";
import { useCampaign } from "@/live/useLive";
import { EmptyState } from "@/shared/EmptyState";
import { Figure, Figures } from "@/shared/Figure";
import { LoadError } from "@/shared/LoadError";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { AgentlessPanel } from "./AgentlessPanel";
import { heldBy } from "./held";
import { useText } from "./messages";
import { lastMinutes, SHOWN } from "./minutes";
import { PaceBox } from "./PaceBox";
import { PaceControls } from "./PaceControls";
import classes from "./PacingTab.module.css";
import { CallsPlot, RatePlot, WaitsPlot } from "./Plots";
import { usePacing } from "./usePacing";
import { WindowPanel } from "./WindowPanel";

/** Why a campaign dials as it does now, and what came of it in the last two hours. */
export function PacingTab({ campaign }: { campaign: Campaign }) {
  const text = useText();
  const t = text.tab;
  const live = useCampaign(campaign.campaign_id);
  const query = usePacing(campaign.campaign_id, campaign.state === "running");
  if (campaign.mode === "preview") {
    return (
      <Panel title={text.title}>
        <EmptyState icon={IconGauge} title={t.preview.title} text={t.preview.text} />
      </Panel>
    );
  }
  return (
    <Stack>
      {campaign.mode === "agentless" ? (
        <AgentlessPanel campaign={campaign} />
      ) : (
        <NowPanel campaign={campaign} live={live ?? null} />
      )}
      {query.isPending ? (
        <Skeleton height={260} radius={14} />
      ) : query.data === undefined ? (
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <HistoryPanels history={query.data} />
      )}
    </Stack>
  );
}

function NowPanel({ campaign, live }: { campaign: Campaign; live: CampaignLive | null }) {
  const t = useText();
  const pacing = live?.pacing ?? null;
  const still =
    campaign.mode === "progressive" && campaign.state === "running"
      ? t.tab.progressive
      : t.tab.still;
  return (
    <Panel
      title={t.title}
      actions={<PaceControls campaignId={campaign.campaign_id} name={campaign.name} />}
    >
      {live === null || pacing === null ? (
        <Alert
          color="blue"
          icon={<IconInfoCircle />}
          title={still.title}
          styles={{ title: { color: "inherit" } }}
        >
          {still.text}
        </Alert>
      ) : (
        <>
          <PaceBox pacing={pacing} state={live.state} reason={live.state_reason} />
          {heldBy(live.state, live.state_reason) === null && <NowFigures pacing={pacing} />}
        </>
      )}
    </Panel>
  );
}

function NowFigures({ pacing }: { pacing: Pacing }) {
  const t = useText().tab.figures;
  const formats = useFormats();
  const { figures } = pacing;
  // Without a horizon nothing was foreseen: there is too little to go by.
  const ahead = pacing.mode === "predictive" && figures.horizon > 0;
  return (
    <div className={classes.figures}>
      <Figures>
        <Figure label={t.pace} value={formats.decimal(figures.pace, 1)} hint={t.paceHint} />
        <Figure label={t.ready} value={formats.count(figures.ready)} />
        <Figure
          label={t.waiting}
          value={formats.count(figures.waiting)}
          {...(figures.waiting > 0 ? { tone: "bad" as const } : {})}
        />
        <Figure
          label={t.inAir}
          value={formats.count(figures.in_air)}
          hint={ahead ? t.answersHint(formats.decimal(figures.answers_expected, 1)) : undefined}
        />
        {ahead && (
          <>
            <Figure
              label={t.freeSoon}
              value={formats.decimal(figures.free_soon, 1)}
              hint={t.freeSoonHint(`${formats.count(Math.round(figures.horizon))} s`)}
            />
            <Figure
              label={t.answerRate}
              value={formats.rate(figures.answer_rate)}
              hint={t.answerRateHint}
            />
            <Figure
              label={t.budget}
              value={formats.decimal(Math.max(0, figures.budget), 1)}
              hint={t.budgetHint}
            />
            <Figure
              label={t.risk}
              value={formats.rate(figures.risk)}
              hint={t.riskHint(formats.rate(figures.risk_allowed))}
            />
          </>
        )}
      </Figures>
    </div>
  );
}

function HistoryPanels({ history }: { history: PacingHistory }) {
  const t = useText().tab;
  const asked = lastMinutes(history.minutes, serverNow());
  const minutes = asked.slice(-SHOWN);
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      <WindowPanel window={history.window} />
      {minutes.length === 0 ? (
        <Panel title={t.calls.title}>
          <EmptyState icon={IconChartLine} title={t.empty} />
        </Panel>
      ) : (
        <>
          <CallsPlot minutes={minutes} />
          <RatePlot asked={asked} target={history.window.target} />
          <WaitsPlot minutes={minutes} />
        </>
      )}
    </SimpleGrid>
  );
}
