import { Progress, Text } from "@mantine/core";
import { IconPhoneOutgoing, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { Campaign } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { useLive } from "@/live/useLive";
import { DataTable, type TableColumn } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { LinkButton } from "@/shared/LinkButton";
import { PageHeader } from "@/shared/PageHeader";
import { TextLink } from "@/shared/TextLink";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { CampaignBadge } from "@/words/badges";
import { useWords } from "@/words/messages";
import { CampaignButtons } from "./CampaignButtons";
import { useText } from "./messages";

export function CampaignsPage() {
  const t = useText();
  const words = useWords();
  const formats = useFormats();
  const navigate = useNavigate();
  const mayWrite = usePermission("campaigns.write");
  const live = useLive((view) => view.campaigns);
  const list = useKeysetList<Campaign>(
    ["campaigns"],
    "/campaigns",
    {},
    { refetchInterval: 30_000 },
  );
  const create = mayWrite && (
    <LinkButton to="/campaigns/new" leftSection={<IconPlus size={17} />}>
      {t.create}
    </LinkButton>
  );
  const columns: TableColumn<Campaign>[] = [
    {
      key: "name",
      header: t.name,
      render: (row) => (
        <>
          <TextLink to="/campaigns/$campaignId" params={{ campaignId: row.campaign_id }} fw={560}>
            {row.name}
          </TextLink>
          <Text size="xs" c="dimmed">
            {words.modes[row.mode]}
          </Text>
        </>
      ),
    },
    {
      key: "state",
      header: t.state,
      render: (row) => {
        const now = live[row.campaign_id] ?? row;
        return <CampaignBadge state={now.state} reason={now.state_reason} />;
      },
    },
    {
      key: "progress",
      header: t.progress,
      wide: true,
      render: (row) => {
        const now = live[row.campaign_id];
        if (!now || now.contacts === 0) return t.noProgress;
        return (
          <div style={{ width: 190 }}>
            <Progress
              value={(now.finished / now.contacts) * 100}
              size="sm"
              aria-label={`${t.progress}: ${row.name}`}
            />
            <Text size="xs" c="dimmed" mt={3} className="tabular">
              {t.finishedOf(formats.count(now.finished), formats.count(now.contacts))}
            </Text>
          </div>
        );
      },
    },
    {
      key: "connect",
      header: t.connect,
      align: "right",
      wide: true,
      render: (row) => {
        const now = live[row.campaign_id];
        return now && now.attempts > 0 && row.mode !== "inbound" // callers are not dialled
          ? formats.rate((now.results.person ?? 0) / now.attempts)
          : t.noProgress;
      },
    },
    {
      key: "actions",
      header: "",
      align: "right",
      wide: true,
      render: (row) => {
        const now = live[row.campaign_id];
        return <CampaignButtons campaign={now ? { ...row, state: now.state } : row} compact />;
      },
    },
  ];
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        {create}
      </PageHeader>
      <DataTable
        label={t.title}
        list={list}
        columns={columns}
        rowKey={(row) => row.campaign_id}
        onRowClick={(row) =>
          void navigate({ to: "/campaigns/$campaignId", params: { campaignId: row.campaign_id } })
        }
        empty={
          <EmptyState icon={IconPhoneOutgoing} title={t.nothing.title} text={t.nothing.text}>
            {create}
          </EmptyState>
        }
      />
    </>
  );
}
