import { Progress, Text } from "@mantine/core";
import { IconAlertTriangle, IconUserExclamation } from "@tabler/icons-react";
import type { AbandonAlarm, CampaignLive } from "@/api/types";
import { useText as usePaceText } from "@/features/pacing/messages";
import { PaceBox } from "@/features/pacing/PaceBox";
import { PaceControls } from "@/features/pacing/PaceControls";
import { automatic } from "@/features/pacing/pace-form";
import { Panel } from "@/shared/Panel";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { CampaignBadge } from "@/words/badges";
import { useWords } from "@/words/messages";
import { rateOf } from "./board";
import classes from "./CampaignCards.module.css";
import { InboundCard } from "./InboundCard";
import { useText } from "./messages";

interface Props {
  campaigns: CampaignLive[];
  /** On a wall there is nothing to press. */
  still?: boolean;
}

export function CampaignCards({ campaigns, still = false }: Props) {
  const t = useText().campaigns;
  return (
    <Panel title={t.title}>
      {campaigns.length === 0 ? (
        <Text c="dimmed">
          {t.none} <TextLink to="/campaigns">{t.open}</TextLink>
        </Text>
      ) : (
        <ul className={classes.list}>
          {campaigns.map((campaign) => (
            <CampaignItem key={campaign.campaign_id} campaign={campaign} still={still} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function CampaignItem({ campaign, still }: { campaign: CampaignLive; still: boolean }) {
  if (campaign.mode === "inbound") return <InboundCard campaign={campaign} />;
  return <CampaignCard campaign={campaign} still={still} />;
}

function CampaignCard({ campaign, still }: { campaign: CampaignLive; still: boolean }) {
  const t = useText().campaigns;
  const pace = usePaceText();
  const words = useWords();
  const formats = useFormats();
  const { pacing, waiting } = campaign;
  const numbers: [string, number][] = [
    [t.dialling, campaign.dialling],
    [t.ringing, campaign.ringing],
    ...(pacing !== null || waiting > 0 ? [[t.waiting, waiting] as [string, number]] : []),
    ...(campaign.mode === "agentless" ? flowNumbers(campaign, t.agentless) : []),
    [t.talking, campaign.talking],
    [t.ready, campaign.agents_ready],
    [t.onCall, campaign.agents_on_call],
    [t.afterCall, campaign.agents_after_call],
    ...callbackNumbers(campaign, t),
  ];
  const connect = rateOf(campaign.results.person ?? 0, campaign.attempts);
  const waits =
    campaign.state === "running" && campaign.state_reason !== "" && campaign.next_attempt_at;
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <TextLink
          to="/campaigns/$campaignId"
          params={{ campaignId: campaign.campaign_id }}
          fw={620}
        >
          {campaign.name}
        </TextLink>
        <Text span size="xs" c="dimmed">
          {words.modes[campaign.mode]}
        </Text>
        <CampaignBadge state={campaign.state} reason={campaign.state_reason} />
        {automatic(campaign.mode) && !still && (
          <span className={classes.controls}>
            <PaceControls campaignId={campaign.campaign_id} name={campaign.name} />
          </span>
        )}
      </div>
      {waiting > 0 && (
        <p className={classes.waiting} role="status">
          <IconUserExclamation size={17} aria-hidden /> {pace.waiting(waiting)}
        </p>
      )}
      {campaign.abandon_alarm && <AlarmBox alarm={campaign.abandon_alarm} />}
      <dl className={classes.numbers}>
        {numbers.map(([name, value]) => (
          <div
            key={name}
            data-alarm={((name === t.waiting || name === t.missed) && value > 0) || undefined}
          >
            <dd data-zero={value === 0 || undefined}>{formats.count(value)}</dd>
            <dt>{name}</dt>
          </div>
        ))}
        <div>
          <dd>{formats.rate(connect)}</dd>
          <dt>{t.connect}</dt>
        </div>
        {pacing === null && (
          <div>
            <dd>{formats.rate(rateOf(campaign.abandoned, campaign.answered))}</dd>
            <dt>{t.abandon}</dt>
          </div>
        )}
      </dl>
      {pacing !== null && (
        <PaceBox pacing={pacing} state={campaign.state} reason={campaign.state_reason} />
      )}
      <Progress
        size="sm"
        value={rateOf(campaign.finished, campaign.contacts) * 100}
        aria-label={t.done(formats.count(campaign.finished), formats.count(campaign.contacts))}
      />
      <Text size="xs" c="dimmed" className="tabular" mt={4}>
        {t.done(formats.count(campaign.finished), formats.count(campaign.contacts))}
        {typeof campaign.order_filled === "number" &&
          ` · ${t.filled(formats.count(campaign.order_filled), formats.count(campaign.contacts))}`}
        {waits && ` · ${t.next(formats.time(waits))}`}
      </Text>
    </li>
  );
}

/** Of a campaign without agents: its lines, whom its flow has, who objected. */
function flowNumbers(
  campaign: CampaignLive,
  t: { lines: string; inFlow: string; optedOut: string },
): [string, number][] {
  return [
    [t.lines, campaign.lines_in_use ?? 0],
    [t.inFlow, campaign.in_flow ?? 0],
    [t.optedOut, campaign.opted_out ?? 0],
  ];
}

/** Open, due and missed callbacks; nothing while the campaign has none. */
function callbackNumbers(
  { callbacks }: CampaignLive,
  t: { callbacks: string; due: string; missed: string },
): [string, number][] {
  if (!callbacks || callbacks.open + callbacks.missed === 0) return [];
  return [
    [t.callbacks, callbacks.open],
    [t.due, callbacks.due],
    [t.missed, callbacks.missed],
  ];
}

function AlarmBox({ alarm }: { alarm: AbandonAlarm }) {
  const t = useText().campaigns.alarm;
  const formats = useFormats();
  const limit = alarm.level === "stop" ? alarm.stop : alarm.alarm;
  return (
    <p className={classes.alarm} data-level={alarm.level} role="status">
      <IconAlertTriangle size={17} aria-hidden />
      <span>
        <b>
          {t[alarm.level].title(
            formats.rate(limit ?? 0),
            formats.count(alarm.abandoned),
            formats.count(alarm.live),
          )}
        </b>{" "}
        {t[alarm.level].advice}
      </span>
    </p>
  );
}
