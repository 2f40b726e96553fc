import { Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useAllCampaigns } from "@/api/references";
import type { TimetableFiring } from "@/api/types";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useText } from "./messages";
import { useSequences } from "./useTimetable";

export function HistoryTab() {
  const all = useText();
  const t = all.history;
  const formats = useFormats();
  const campaigns = useAllCampaigns();
  const sequences = useSequences();
  const list = useKeysetList<TimetableFiring>(
    ["timetable", "firings"],
    "/timetable-firings",
    {},
    { refetchInterval: 10_000 },
  );
  const about = (row: TimetableFiring) => {
    const campaign = campaigns.data?.find((one) => one.campaign_id === row.campaign_id);
    const sequence = sequences.data?.find((one) => one.sequence_id === row.sequence_id);
    return (
      <>
        {sequence?.name}
        {sequence && campaign && " · "}
        {campaign && (
          <TextLink to="/campaigns/$campaignId" params={{ campaignId: campaign.campaign_id }}>
            {campaign.name}
          </TextLink>
        )}
        {!sequence && !campaign && "–"}
      </>
    );
  };
  return (
    <DataTable
      label={t.title}
      list={list}
      rowKey={(row) => String(row.firing_id)}
      empty={<EmptyState icon={IconHistory} title={t.none} />}
      columns={[
        { key: "at", header: t.at, render: (row) => formats.dateTime(row.at) },
        { key: "by", header: t.by, wide: true, render: (row) => t.sources[row.source] },
        {
          key: "what",
          header: t.what,
          render: (row) => t.actions[row.action] ?? all.rules.types[row.action] ?? row.action,
        },
        { key: "about", header: t.about, render: about },
        {
          key: "outcome",
          header: t.outcome,
          render: (row) => (
            <Text size="sm" {...(row.code === "" ? { c: "dimmed" } : {})}>
              {row.code === "" ? t.done : (all.codes[row.code] ?? row.code)}
            </Text>
          ),
        },
      ]}
    />
  );
}
