import { Text } from "@mantine/core";
import { useTrunks } from "@/api/references";
import type { Campaign } from "@/api/types";
import { useCampaign } from "@/live/useLive";
import { Figure, Figures } from "@/shared/Figure";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { useWords } from "@/words/messages";
import { useText } from "./messages";

/** What paces a campaign without agents: its lines, its trunk, its hours. */
export function AgentlessPanel({ campaign }: { campaign: Campaign }) {
  const text = useText();
  const t = text.agentless;
  const words = useWords();
  const formats = useFormats();
  const live = useCampaign(campaign.campaign_id);
  const trunk = useTrunks().data?.find((one) => one.trunk_id === campaign.trunk_id);
  const used = live ? (live.lines_in_use ?? 0) : null;
  const reason = live?.state_reason ?? campaign.state_reason;
  const most = Math.min(campaign.lines_most, trunk?.lines ?? campaign.lines_most);
  const why =
    campaign.state !== "running"
      ? t.still
      : reason !== ""
        ? t.slowed(words.stateReasons[reason])
        : used !== null && used >= most
          ? t.full(formats.count(most))
          : t.filling;
  return (
    <Panel title={text.title} text={t.text}>
      <Text mb="md" role="status">
        {why}
      </Text>
      <Figures>
        <Figure
          label={t.lines}
          value={used === null ? "–" : `${formats.count(used)} / ${formats.count(most)}`}
          hint={t.linesHint}
        />
        {trunk && (
          <>
            <Figure label={t.trunk} value={formats.count(trunk.lines)} hint={trunk.name} />
            <Figure
              label={t.rate}
              value={formats.decimal(trunk.calls_per_second, 1)}
              hint={t.rateHint}
            />
          </>
        )}
        <Figure
          label={t.hours}
          value={
            campaign.callable_time_set_id === null
              ? `${campaign.callable_from}–${campaign.callable_until}`
              : t.timeSet
          }
          hint={t.hoursHint}
        />
      </Figures>
    </Panel>
  );
}
