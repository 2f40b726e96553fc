import { IconPhoneOff } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useUsers } from "@/api/references";
import type { AttemptRow, Campaign } from "@/api/types";
import { AttemptDrawer } from "@/features/attempts/AttemptDrawer";
import { begunAt, spans } from "@/features/attempts/spans";
import { useOutcomeName } from "@/features/outcomes/useOutcomeName";
import { usePermission, useSession } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { formatDuration, utcToWall, wallToUtc } from "@/formats/time";
import { DataTable, type TableColumn } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FilterBar, FilterDate, FilterSelect } from "@/shared/FilterBar";
import { RowButton } from "@/shared/RowButton";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { AttemptBadge } from "@/words/badges";
import { useWords } from "@/words/messages";
import { RESULTS } from "@/words/tones";
import { useText } from "./messages";
import type { CampaignSearch } from "./routes";

/** Every attempt of the campaign, the newest first. */
export function AttemptsTab({ campaign }: { campaign: Campaign }) {
  const t = useText().attempts;
  const outcomeName = useOutcomeName();
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
        return <RowButton onOpen={() => setOpen(row)}>{at ? formats.dateTime(at) : "–"}</RowButton>;
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
      render: (row) => outcomeName(row.wrap_up) || "–",
    },
  ];
  return (
    <>
      <FilterBar
        filtered={filtered}
        onClear={() =>
          show({ from: undefined, until: undefined, result: undefined, agent: undefined })
        }
      >
        <FilterDate
          type="datetime-local"
          label={t.from}
          value={wall(filter.from)}
          onChange={(from) => show({ from: wallToUtc(from, zone) ?? undefined })}
        />
        <FilterDate
          type="datetime-local"
          label={t.until}
          value={wall(filter.until)}
          onChange={(until) => show({ until: wallToUtc(until, zone) ?? undefined })}
        />
        <FilterSelect
          label={t.result}
          any={t.anyResult}
          value={filter.result ?? ""}
          options={RESULTS.map((result) => ({ value: result, label: words.results[result] }))}
          onChange={(result) => show({ result: result || undefined })}
        />
        {users.data && (
          <FilterSelect
            label={t.agent}
            any={t.anyAgent}
            value={filter.agent ?? ""}
            options={users.data.map((user) => ({
              value: user.user_id,
              label: user.display_name,
            }))}
            onChange={(agent) => show({ agent: agent || undefined })}
          />
        )}
      </FilterBar>
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
