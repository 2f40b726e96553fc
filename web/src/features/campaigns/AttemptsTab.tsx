import { Button, Group, Select, TextInput } from "@mantine/core";
import { IconPhoneOff } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useUsers } from "@/api/references";
import type { AttemptRow, Campaign } from "@/api/types";
import { AttemptDrawer } from "@/features/attempts/AttemptDrawer";
import { begunAt, spans } from "@/features/attempts/spans";
import { usePermission, useSession } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { formatDuration, utcToWall, wallToUtc } from "@/formats/time";
import { DataTable, type TableColumn } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { AttemptBadge } from "@/words/badges";
import { useWords } from "@/words/messages";
import { RESULTS } from "@/words/tones";
import { useText } from "./messages";
import type { CampaignSearch } from "./routes";

const ALL = "";

/** Every attempt of the campaign, the newest first. */
export function AttemptsTab({ campaign }: { campaign: Campaign }) {
  const t = useText().attempts;
  const words = useWords();
  const formats = useFormats();
  const navigate = useNavigate();
  const zone = useSession().organisation.time_zone;
  const users = useUsers(usePermission("users.read"));
  const filter: CampaignSearch = useSearch({ from: "/campaigns/$campaignId" });
  const [open, setOpen] = useState<AttemptRow | null>(null);
  const rows = useKeysetList<AttemptRow>(
    ["campaigns", "attempts", campaign.campaign_id],
    `/campaigns/${campaign.campaign_id}/attempts`,
    {
      from: filter.from,
      until: filter.until,
      result: filter.result,
      agent_user_id: filter.agent,
    },
    { refetchInterval: campaign.state === "running" ? 10_000 : false },
  );
  const show = (part: Partial<CampaignSearch>) =>
    void navigate({
      to: "/campaigns/$campaignId",
      params: { campaignId: campaign.campaign_id },
      search: { ...filter, ...part },
      replace: true,
    });
  const wall = (at: string | undefined) => (at ? utcToWall(at, zone) : "");
  const filtered = [filter.from, filter.until, filter.result, filter.agent].some(
    (part) => part !== undefined,
  );
  const columns: TableColumn<AttemptRow>[] = [
    {
      key: "when",
      header: t.when,
      render: (row) => {
        const at = begunAt(row);
        return at ? formats.dateTime(at) : "";
      },
    },
    {
      key: "number",
      header: t.number,
      render: (row) => <span className="tabular">{formatNumber(row.number)}</span>,
    },
    { key: "result", header: t.result, render: (row) => <AttemptBadge attempt={row} /> },
    {
      key: "agent",
      header: t.agent,
      wide: true,
      render: (row) => row.agent?.display_name ?? "–",
    },
    {
      key: "talk",
      header: t.talk,
      align: "right",
      wide: true,
      render: (row) => {
        const { talk } = spans(row);
        return talk === null ? "–" : formatDuration(talk);
      },
    },
    {
      key: "wrap-up",
      header: t.wrapUp,
      wide: true,
      render: (row) => row.wrap_up?.name || row.wrap_up?.system_code || "–",
    },
  ];
  return (
    <>
      <Group mb="md" gap="sm" align="flex-end">
        <TextInput
          type="datetime-local"
          label={t.from}
          value={wall(filter.from)}
          onChange={(event) =>
            show({ from: wallToUtc(event.currentTarget.value, zone) ?? undefined })
          }
        />
        <TextInput
          type="datetime-local"
          label={t.until}
          value={wall(filter.until)}
          onChange={(event) =>
            show({ until: wallToUtc(event.currentTarget.value, zone) ?? undefined })
          }
        />
        <Select
          label={t.result}
          w={190}
          allowDeselect={false}
          value={filter.result ?? ALL}
          data={[
            { value: ALL, label: t.anyResult },
            ...RESULTS.map((result) => ({ value: result, label: words.results[result] })),
          ]}
          onChange={(result) => show({ result: result || undefined })}
        />
        {users.data && (
          <Select
            label={t.agent}
            w={210}
            searchable
            allowDeselect={false}
            value={filter.agent ?? ALL}
            data={[
              { value: ALL, label: t.anyAgent },
              ...users.data.map((user) => ({ value: user.user_id, label: user.display_name })),
            ]}
            onChange={(agent) => show({ agent: agent || undefined })}
          />
        )}
        {filtered && (
          <Button
            variant="subtle"
            onClick={() =>
              show({ from: undefined, until: undefined, result: undefined, agent: undefined })
            }
          >
            {t.clear}
          </Button>
        )}
      </Group>
      <DataTable
        label={campaign.name}
        list={rows}
        columns={columns}
        rowKey={(row) => row.attempt_id}
        onRowClick={setOpen}
        empty={<EmptyState icon={IconPhoneOff} title={filtered ? t.noMatch : t.none} />}
      />
      <AttemptDrawer attempt={open} onClose={() => setOpen(null)} />
    </>
  );
}
