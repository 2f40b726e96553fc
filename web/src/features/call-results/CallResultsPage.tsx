import {
  Button,
  Group,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from "@mantine/core";
import { IconChartGridDots, IconDownload } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiUrl, type Query } from "@/api/client";
import { useAllCampaigns, useTrunks } from "@/api/references";
import type { CallCounts, CallResultRow, CallResults } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { formatDuration } from "@/formats/time";
import { EmptyState } from "@/shared/EmptyState";
import { Figure, Figures } from "@/shared/Figure";
import { LoadError } from "@/shared/LoadError";
import { Loading } from "@/shared/Loading";
import { PageHeader } from "@/shared/PageHeader";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { heatRows, meanAnalysis, meanRing, share } from "./figures";
import { HeatMap } from "./HeatMap";
import { useText } from "./messages";
import { ResultsTable } from "./ResultsTable";

type Grouping = "number_range" | "trunk" | "campaign" | "hour" | "day";
const GROUPINGS: readonly Grouping[] = ["number_range", "trunk", "campaign", "hour", "day"];
const WEEK_DAYS = 6;

function isoDay(daysAgo: number): string {
  const day = new Date(Date.now() - daysAgo * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE").format(day);
}

function useCallResults(query: Query, by: string) {
  return useQuery({
    queryKey: ["call-results", query, by],
    queryFn: ({ signal }) =>
      api.get<CallResults>("/call-results", { query: { ...query, by }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function CallResultsPage() {
  const t = useText();
  const campaigns = useAllCampaigns();
  const trunks = useTrunks();
  const [firstDay, setFirstDay] = useState(() => isoDay(WEEK_DAYS));
  const [lastDay, setLastDay] = useState(() => isoDay(0));
  const [campaignId, setCampaignId] = useState<string | null>(null);
  const [trunkId, setTrunkId] = useState<string | null>(null);
  const [by, setBy] = useState<Grouping>("number_range");
  const query: Query = {
    first_day: firstDay,
    last_day: lastDay,
    campaign_id: campaignId,
    trunk_id: trunkId,
  };
  const results = useCallResults(query, by);
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={17} />}
          href={apiUrl("/call-results/export", { ...query, by })}
        >
          {t.exported}
        </Button>
      </PageHeader>
      <Stack>
        <SimpleGrid cols={{ base: 2, md: 4 }}>
          <TextInput
            type="date"
            label={t.first}
            value={firstDay}
            max={lastDay}
            onChange={(event) => setFirstDay(event.currentTarget.value || firstDay)}
          />
          <TextInput
            type="date"
            label={t.last}
            value={lastDay}
            min={firstDay}
            onChange={(event) => setLastDay(event.currentTarget.value || lastDay)}
          />
          <Select
            label={t.campaign}
            placeholder={t.all}
            clearable
            searchable
            data={(campaigns.data ?? []).map((one) => ({
              value: one.campaign_id,
              label: one.name,
            }))}
            value={campaignId}
            onChange={setCampaignId}
          />
          <Select
            label={t.trunk}
            placeholder={t.all}
            clearable
            data={(trunks.data ?? []).map((one) => ({ value: one.trunk_id, label: one.name }))}
            value={trunkId}
            onChange={setTrunkId}
          />
        </SimpleGrid>
        {results.isPending ? (
          <Loading />
        ) : results.data === undefined ? (
          <LoadError error={results.error} onRetry={() => void results.refetch()} />
        ) : results.data.total.attempts === 0 ? (
          <EmptyState icon={IconChartGridDots} title={t.nothing.title} text={t.nothing.text} />
        ) : (
          <>
            <Totals counts={results.data.total} />
            <HeatPanel query={query} />
            <Panel title={t.breakdown}>
              <Stack>
                <SegmentedControl
                  aria-label={t.by}
                  data={GROUPINGS.map((value) => ({ value, label: t.groupings[value] }))}
                  value={by}
                  onChange={(value) => setBy(value as Grouping)}
                />
                <ResultsTable
                  label={t.groupings[by]}
                  rows={results.data.rows}
                  rowName={(row) => rowName(row, t)}
                />
              </Stack>
            </Panel>
          </>
        )}
      </Stack>
    </>
  );
}

function rowName(row: CallResultRow, t: ReturnType<typeof useText>): string {
  if (row.hour !== null) return `${row.hour} h`;
  if (row.day !== null) return row.day;
  if (row.number_range !== null) return rangeName(row.number_range, row.name, t);
  return row.name || "–";
}

function rangeName(range: string, operator: string, t: ReturnType<typeof useText>): string {
  if (range === "") return t.before;
  if (range === "other") return t.other_range;
  const shown = formatNumber(range);
  return operator ? `${shown} ${operator}` : shown;
}

function Totals({ counts }: { counts: CallCounts }) {
  const t = useText();
  const { count, rate } = useFormats();
  const of = (part: number) => rate(share(part, counts.attempts) ?? 0);
  const judged = (part: number, whole: number) => {
    const known = share(part, whole);
    return known === null ? t.noJudgement : rate(known);
  };
  const seconds = (value: number | null) =>
    value === null ? t.noJudgement : formatDuration(Math.round(value));
  return (
    <>
      <Figures>
        <Figure label={t.attempts} value={count(counts.attempts)} />
        <Figure label={t.connected} value={count(counts.connected)} hint={of(counts.connected)} />
        <Figure label={t.persons} value={count(counts.persons)} hint={of(counts.persons)} />
        <Figure label={t.machines} value={count(counts.machines)} hint={of(counts.machines)} />
        <Figure label={t.noAnswer} value={count(counts.no_answer)} hint={of(counts.no_answer)} />
        <Figure
          label={t.invalid}
          value={count(counts.invalid + counts.sit)}
          hint={of(counts.invalid + counts.sit)}
        />
      </Figures>
      <Figures>
        <Figure label={t.ring} value={seconds(meanRing(counts))} />
        <Figure label={t.analysis} value={seconds(meanAnalysis(counts))} />
        <Figure
          label={t.messages}
          value={count(counts.messages)}
          hint={t.messagesHint(count(counts.messages_whole))}
        />
        <Figure
          label={t.missed}
          value={judged(counts.persons_denied, counts.persons_judged)}
          hint={t.missedHint}
        />
        <Figure
          label={t.wrong}
          value={judged(counts.machines_denied, counts.machines_judged)}
          hint={t.wrongHint}
        />
      </Figures>
    </>
  );
}

function HeatPanel({ query }: { query: Query }) {
  const t = useText();
  const [by, setBy] = useState<"weekday_hour" | "range_hour">("weekday_hour");
  const results = useCallResults(query, by);
  const rows = results.data?.rows ?? [];
  const names = new Map(rows.map((row) => [row.number_range ?? "", row.name]));
  const weekly = by === "weekday_hour";
  const heat = heatRows(rows, (row) => (weekly ? String(row.weekday) : (row.number_range ?? "")));
  return (
    <Panel title={weekly ? t.heat.title : t.heat.rangeTitle} text={t.heat.text}>
      <Stack>
        <Group>
          <SegmentedControl
            size="xs"
            aria-label={t.heat.rows}
            data={[
              { value: "weekday_hour", label: t.heat.weekday },
              { value: "range_hour", label: t.heat.range },
            ]}
            value={by}
            onChange={(value) => setBy(value as "weekday_hour" | "range_hour")}
          />
        </Group>
        <HeatMap
          label={weekly ? t.heat.title : t.heat.rangeTitle}
          rows={heat}
          rowName={(row) =>
            weekly
              ? (t.weekdays[Number(row.key) - 1] ?? "")
              : rangeName(row.key, names.get(row.key) ?? "", t)
          }
        />
      </Stack>
    </Panel>
  );
}
