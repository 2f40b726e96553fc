import { Text } from "@mantine/core";
import type { CampaignLive } from "@/api/types";
import { Since } from "@/shared/Duration";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { CampaignBadge } from "@/words/badges";
import { useWords } from "@/words/messages";
import classes from "./CampaignCards.module.css";
import { useText } from "./messages";

/** A campaign whose calls come in: where its callers are, and what became of the others. */
export function InboundCard({ campaign }: { campaign: CampaignLive }) {
  const words = useWords();
  const t = useText().campaigns;
  const formats = useFormats();
  const { waiting } = campaign;
  const oldest = campaign.oldest_wait_at ?? null;
  const inFlow = campaign.in_flow ?? 0;
  const numbers: [string, number][] = [
    [t.inbound.inFlow, inFlow + (campaign.arrived ?? 0)],
    [t.inbound.waiting, waiting],
    [t.inbound.talking, campaign.talking],
    [t.inbound.served, campaign.answered - campaign.abandoned],
    [t.inbound.abandoned, campaign.abandoned],
    [t.ready, campaign.agents_ready],
    [t.onCall, campaign.agents_on_call],
    [t.afterCall, campaign.agents_after_call],
  ];
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
      </div>
      <dl className={classes.numbers}>
        {numbers.map(([name, value]) => (
          <div key={name} data-alarm={(name === t.inbound.waiting && value > 0) || undefined}>
            <dd data-zero={value === 0 || undefined}>{formats.count(value)}</dd>
            <dt>{name}</dt>
          </div>
        ))}
        <div>
          <dd data-zero={oldest === null || undefined}>
            {oldest === null ? "–" : <Since at={oldest} />}
          </dd>
          <dt>{t.inbound.longest}</dt>
        </div>
      </dl>
    </li>
  );
}
