import { Button, Switch, TextInput, Tooltip } from "@mantine/core";
import { IconBellRinging, IconCheck, IconDownload } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, apiUrl } from "@/api/client";
import { useAllCampaigns, useContactLists, useTrunks } from "@/api/references";
import type { EventLevel, LoggedEvent } from "@/api/types";
import { useText as useAuditText } from "@/features/audit/messages";
import { usePermission, useSession } from "@/features/session/session";
import { useText as useTimetableText } from "@/features/timetable/messages";
import { useText as useWebhookText } from "@/features/webhooks/messages";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FilterBar, FilterDate, FilterSelect } from "@/shared/FilterBar";
import { PageHeader } from "@/shared/PageHeader";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import classes from "./EventLogPage.module.css";
import { CATEGORIES, type EventFilter, type FilterPart, LEVELS, queryOf, withPart } from "./filter";
import { inWords } from "./in-words";
import { useText } from "./messages";
import { SubjectLink } from "./SubjectLink";
import { EVENT_LOG, REFRESH_MS, useUnseen } from "./useUnseen";

const TONES: Record<EventLevel, Tone> = { error: "bad", warning: "warn", info: "quiet" };
const route = getRouteApi("/event-log");

interface Option {
  value: string;
  label: string;
}

function useOptions(): Record<"campaign" | "list" | "trunk", Option[]> {
  const campaigns = useAllCampaigns();
  const lists = useContactLists();
  const trunks = useTrunks();
  return {
    campaign: (campaigns.data ?? []).map((one) => ({ value: one.campaign_id, label: one.name })),
    list: (lists.data ?? []).map((one) => ({ value: one.contact_list_id, label: one.name })),
    trunk: (trunks.data ?? []).map((one) => ({ value: one.trunk_id, label: one.name })),
  };
}

interface FiltersProps {
  filter: EventFilter;
  set: (part: FilterPart) => void;
  clear: () => void;
}

function Filters({ filter, set, clear }: FiltersProps) {
  const t = useText();
  const options = useOptions();
  const [words, setWords] = useState(filter.search ?? "");
  const choose = (
    name: "level" | "category" | "campaign" | "list" | "trunk",
    any: string,
    data: Option[],
  ) => (
    <FilterSelect
      label={t[name]}
      any={any}
      options={data}
      value={filter[name] ?? ""}
      onChange={(value) => set({ [name]: value })}
    />
  );
  return (
    <FilterBar
      filtered={Object.keys(filter).length > 0}
      onClear={() => {
        setWords("");
        clear();
      }}
    >
      {choose(
        "level",
        t.anyLevel,
        LEVELS.map((value) => ({ value, label: t.levels[value] })),
      )}
      {choose(
        "category",
        t.anyCategory,
        CATEGORIES.map((value) => ({ value, label: t.categories[value] })),
      )}
      {choose("campaign", t.anyCampaign, options.campaign)}
      {choose("list", t.anyList, options.list)}
      {choose("trunk", t.anyTrunk, options.trunk)}
      <FilterDate
        type="datetime-local"
        label={t.from}
        value={filter.from ?? ""}
        onChange={(from) => set({ from })}
      />
      <FilterDate
        type="datetime-local"
        label={t.until}
        value={filter.until ?? ""}
        onChange={(until) => set({ until })}
      />
      <TextInput
        label={t.search}
        maxLength={200}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onBlur={() => set({ search: words })}
        onKeyDown={(event) => event.key === "Enter" && set({ search: words })}
      />
      <Switch
        label={t.unseen}
        mb={8}
        checked={filter.unseen === true}
        onChange={(event) => set({ unseen: event.currentTarget.checked })}
      />
    </FilterBar>
  );
}

function Figures() {
  const t = useText();
  const unseen = useUnseen().data;
  if (!unseen) return null;
  const shown = (count: number) => (count >= 100 ? "99+" : String(count));
  return (
    <div className={classes.figures}>
      <StatusBadge tone={unseen.error > 0 ? "bad" : "quiet"}>
        {t.errors(shown(unseen.error))}
      </StatusBadge>
      <StatusBadge tone={unseen.warning > 0 ? "warn" : "quiet"}>
        {t.warnings(shown(unseen.warning))}
      </StatusBadge>
    </div>
  );
}

/** What deserves notice, with filters that stay in the address. */
export function EventLogPage() {
  const t = useText();
  const audited = useAuditText().actions;
  const ruled = useTimetableText().rules.types;
  const refused = useWebhookText().errors;
  const formats = useFormats();
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const runs = usePermission("campaigns.run");
  const filter = route.useSearch();
  const navigate = useNavigate();
  const query = queryOf(filter, zone);
  const list = useKeysetList<LoggedEvent>(EVENT_LOG, "/event-log", query, {
    refetchInterval: REFRESH_MS,
  });

  const go = (search: EventFilter) => void navigate({ to: "/event-log", search, replace: true });

  async function markSeen(body: { event_ids?: number[]; until?: string }) {
    try {
      const { seen } = await api.post<{ seen: number }>("/event-log/seen", body);
      toast.success(t.taken(formats.count(seen)));
      await client.invalidateQueries({ queryKey: EVENT_LOG });
    } catch (error) {
      toast.error(error);
    }
  }

  const actionWords: Record<string, string> = { ...audited, ...ruled, ...refused };
  const filtered = Object.keys(filter).length > 0;
  return (
    <>
      <PageHeader title={t.title} text={t.text}>
        <Button
          component="a"
          href={apiUrl("/event-log/export.csv", query)}
          download
          variant="default"
          leftSection={<IconDownload size={17} />}
        >
          {t.csv}
        </Button>
        {runs && (
          <Button
            variant="default"
            leftSection={<IconCheck size={17} />}
            disabled={list.items.length === 0}
            onClick={() => void markSeen({})}
          >
            {t.takeAll}
          </Button>
        )}
      </PageHeader>
      <Figures />
      <Filters filter={filter} set={(part) => go(withPart(filter, part))} clear={() => go({})} />
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => String(row.event_id)}
        empty={
          filtered ? (
            <EmptyState icon={IconBellRinging} title={t.noneFound} />
          ) : (
            <EmptyState icon={IconBellRinging} title={t.none} text={t.noneText} />
          )
        }
        columns={[
          {
            key: "when",
            header: t.when,
            render: (row) => (
              <div className={classes.when}>
                <StatusBadge tone={TONES[row.level]}>{t.levels[row.level]}</StatusBadge>
                <span className={`tabular ${classes.under}`}>{formats.dateTime(row.last_at)}</span>
              </div>
            ),
          },
          {
            key: "event",
            header: t.event,
            render: (row) => (
              <div className={classes.message}>
                {inWords(row, actionWords)}
                {row.times > 1 && (
                  <span className={classes.under}>
                    {t.times(formats.count(row.times), formats.time(row.first_at))}
                  </span>
                )}
              </div>
            ),
          },
          {
            key: "subject",
            header: t.subject,
            wide: true,
            render: (row) => (
              <>
                <SubjectLink event={row}>{row.subject_name || row.subject_kind}</SubjectLink>
                <span className={classes.under}>
                  {t.categories[row.category as keyof typeof t.categories] ?? row.category}
                </span>
              </>
            ),
          },
          {
            key: "seen",
            header: t.seen,
            align: "right",
            render: (row) => <Seen row={row} may={runs} onSeen={markSeen} />,
          },
        ]}
      />
    </>
  );
}

function Seen(props: {
  row: LoggedEvent;
  may: boolean;
  onSeen: (body: { event_ids: number[]; until: string }) => Promise<void>;
}) {
  const t = useText();
  const formats = useFormats();
  const { row } = props;
  if (row.seen_at !== null) {
    const seenBy = t.seenBy(row.seen_by_name ?? "–", formats.dateTime(row.seen_at));
    return (
      <Tooltip label={seenBy}>
        <IconCheck size={18} role="img" aria-label={seenBy} />
      </Tooltip>
    );
  }
  if (row.level === "info" || !props.may) return null;
  return (
    <Button
      size="compact-sm"
      variant="light"
      onClick={() => void props.onSeen({ event_ids: [row.event_id], until: row.last_at })}
    >
      {t.take}
    </Button>
  );
}
