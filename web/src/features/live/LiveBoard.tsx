import { lazy, Suspense } from "react";
import { useAllCampaigns } from "@/api/references";
import { LiveIncidents } from "@/features/incidents/LiveIncidents";
import { QueuesPanel } from "@/features/queue-board/QueuesPanel";
import { usePermission, useSession } from "@/features/session/session";
import { useActivity } from "@/live/useActivity";
import { useAgents, useAttempts, useCampaigns, useConnection } from "@/live/useLive";
import { Figure, Figures } from "@/shared/Figure";
import { Loading } from "@/shared/Loading";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { AgentsPanel } from "./AgentsPanel";
import { agentsShown, callsShown, campaignsShown, isInbound, rateOf, totalsOf } from "./board";
import { CallsPanel } from "./CallsPanel";
import { CampaignCards } from "./CampaignCards";
import classes from "./LiveBoard.module.css";
import { useText } from "./messages";

const ActivityChart = lazy(() => import("./ActivityChart"));

/** Campaigns of a queue by what the list of campaigns says. */
function useOfQueue(queueId: string | null): (campaignId: string) => boolean {
  const mayRead = usePermission("campaigns.read");
  const campaigns = useAllCampaigns(mayRead && queueId !== null);
  if (queueId === null || campaigns.data === undefined) return () => true;
  const ids = new Set(
    campaigns.data.filter((one) => one.queue_id === queueId).map((one) => one.campaign_id),
  );
  return (campaignId) => ids.has(campaignId);
}

export function LiveBoard({ queueId, wall = false }: { queueId: string | null; wall?: boolean }) {
  const t = useText();
  const formats = useFormats();
  const { organisation } = useSession();
  const mayReadIncidents = usePermission("incidents.read");
  const connection = useConnection();
  const ofQueue = useOfQueue(queueId);
  const everyone = useAgents();
  const agents = agentsShown(everyone, queueId);
  const campaigns = campaignsShown(useCampaigns()).filter((one) => ofQueue(one.campaign_id));
  const calls = callsShown(useAttempts()).filter((one) => ofQueue(one.campaign_id));
  const activity = useActivity(organisation.organisation_id);
  if (connection === "connecting" && everyone.length === 0 && campaigns.length === 0) {
    return <Loading />;
  }
  const totals = totalsOf(campaigns);
  const count = (status: string) => agents.filter((agent) => agent.status === status).length;
  const abandonRate = rateOf(totals.abandoned, totals.answered);
  return (
    <div className={classes.board} data-old={connection === "waiting" || undefined}>
      <Figures>
        <Figure label={t.figures.talking} value={formats.count(totals.talking)} tone="good" />
        <Figure label={t.figures.dialling} value={formats.count(totals.dialling)} />
        <Figure label={t.figures.ringing} value={formats.count(totals.ringing)} />
        <Figure
          label={t.figures.ready}
          value={formats.count(count("ready"))}
          hint={t.figures.readyHint(formats.count(count("on_call")))}
        />
        <Figure
          label={t.figures.connectRate}
          value={formats.rate(rateOf(totals.persons, totals.attempts))}
          hint={t.figures.connectHint(formats.count(totals.attempts))}
        />
        <Figure
          label={t.figures.abandonRate}
          value={formats.rate(abandonRate)}
          hint={t.figures.abandonHint(formats.count(totals.abandoned))}
          {...(abandonRate > 0.03 ? { tone: "bad" as const } : {})}
        />
      </Figures>
      <div className={classes.queues}>
        <QueuesPanel queueId={queueId} still={wall} calledIn={campaigns.some(isInbound)} />
      </div>
      <div className={classes.columns}>
        <div className={classes.column}>
          <CampaignCards campaigns={campaigns} still={wall} />
          <Panel title={t.chart.title} text={wall ? undefined : t.chart.text}>
            <Suspense fallback={<Loading />}>
              <ActivityChart minutes={activity.minutes} />
            </Suspense>
          </Panel>
          <CallsPanel calls={calls} agents={everyone} />
        </div>
        <div className={classes.column}>
          {mayReadIncidents && <LiveIncidents />}
          <AgentsPanel
            agents={agents}
            signedOut={
              everyone.filter(
                (one) =>
                  one.status === "signed_out" &&
                  (queueId === null || one.queue_ids.includes(queueId)),
              ).length
            }
          />
        </div>
      </div>
    </div>
  );
}
