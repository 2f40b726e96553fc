import { ActionIcon, Menu, SegmentedControl } from "@mantine/core";
import { IconCalendarCheck, IconDotsVertical } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { useAllCampaigns, useUsers } from "@/api/references";
import type { Callback, CallbackCounts } from "@/api/types";
import { usePermission, useSession } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { dayAfter, wallToUtc } from "@/formats/time";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FilterBar, FilterDate, FilterSelect } from "@/shared/FilterBar";
import { PageHeader } from "@/shared/PageHeader";
import { StatusBadge } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { useNowSeconds } from "@/shared/useNow";
import { CancelDialog, ReassignDialog, RescheduleDialog } from "./CallbackDialogs";
import classes from "./CallbacksPage.module.css";
import { useText } from "./messages";
import { canChange, canReschedule, nameOf, standingOf, TONES } from "./standing";

type View = "waiting" | "due" | "missed" | "done" | "cancelled";

const VIEWS: readonly View[] = ["waiting", "due", "missed", "done", "cancelled"];
const COUNTS: readonly (keyof CallbackCounts)[] = ["waiting", "due", "overdue", "missed"];
const ANYONES = "anyones";
const REFRESH_MS = 15_000;

interface Filter {
  campaign: string;
  owner: string;
  day: string;
}

const NO_FILTER: Filter = { campaign: "", owner: "", day: "" };
type Dialog = { kind: "reassign" | "reschedule" | "cancel"; callback: Callback } | null;

function Figures() {
  const t = useText().counts;
  const formats = useFormats();
  const counts = useQuery({
    queryKey: ["callbacks", "counts"],
    queryFn: ({ signal }) => api.get<CallbackCounts>("/callbacks/counts", { signal }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className={classes.figures}>
      {COUNTS.map((name) => {
        const bad = name === "overdue" || name === "missed";
        const value = counts.data?.[name];
        return (
          <div key={name} className={classes.figure} data-bad={bad && !!value}>
            <b className="tabular">{value === undefined ? "–" : formats.count(value)}</b>
            <span>{t[name]}</span>
          </div>
        );
      })}
    </div>
  );
}

/** All promises of the organisation, and what a supervisor can do about them. */
export function CallbacksPage() {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const now = useNowSeconds();
  const zone = useSession().organisation.time_zone;
  const runs = usePermission("campaigns.run");
  const takes = usePermission("agent.desktop");
  const users = useUsers(usePermission("users.read"));
  const campaigns = useAllCampaigns();
  const [view, setView] = useState<View>("waiting");
  const [filter, setFilter] = useState(NO_FILTER);
  const [dialog, setDialog] = useState<Dialog>(null);
  const list = useKeysetList<Callback>(
    ["callbacks"],
    "/callbacks",
    {
      view,
      campaign_id: filter.campaign,
      owner_user_id: filter.owner === ANYONES ? "" : filter.owner,
      anyones: filter.owner === ANYONES ? "true" : "",
      due_from: filter.day && wallToUtc(`${filter.day}T00:00`, zone),
      due_until: filter.day && wallToUtc(`${dayAfter(filter.day)}T00:00`, zone),
    },
    { refetchInterval: REFRESH_MS },
  );
  const set = (part: Partial<Filter>) => setFilter((kept) => ({ ...kept, ...part }));
  const refresh = () => void client.invalidateQueries({ queryKey: ["callbacks"] });
  const takeOver = async (callback: Callback) => {
    try {
      await api.post(`/callbacks/${callback.callback_id}/take-over`, {});
      toast.success(t.takenOver);
      refresh();
    } catch (error) {
      toast.error(error);
    }
  };
  const open = (kind: NonNullable<Dialog>["kind"], callback: Callback) =>
    setDialog({ kind, callback });
  const close = () => setDialog(null);
  const state = (row: Callback) => {
    const standing = standingOf(row, now);
    return (
      <>
        <StatusBadge tone={TONES[standing]} pulse={standing === "dialled"}>
          {t.states[standing]}
        </StatusBadge>
        {row.reason_message !== "" && <span className={classes.under}>{row.reason_message}</span>}
      </>
    );
  };
  return (
    <>
      <PageHeader title={t.title} text={t.text} />
      <Figures />
      <SegmentedControl
        mb="md"
        aria-label={t.state}
        value={view}
        data={VIEWS.map((value) => ({ value, label: t.views[value] }))}
        onChange={(value) => setView(value as View)}
      />
      <FilterBar
        filtered={JSON.stringify(filter) !== JSON.stringify(NO_FILTER)}
        onClear={() => setFilter(NO_FILTER)}
      >
        <FilterSelect
          label={t.campaign}
          any={t.anyCampaign}
          value={filter.campaign}
          options={(campaigns.data ?? []).map((one) => ({
            value: one.campaign_id,
            label: one.name,
          }))}
          onChange={(campaign) => set({ campaign })}
        />
        <FilterSelect
          label={t.owner}
          any={t.anyOwner}
          value={filter.owner}
          options={[
            { value: ANYONES, label: t.anyones },
            ...(users.data ?? []).map((one) => ({ value: one.user_id, label: one.display_name })),
          ]}
          onChange={(owner) => set({ owner })}
        />
        <FilterDate type="date" label={t.day} value={filter.day} onChange={(day) => set({ day })} />
      </FilterBar>
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.callback_id}
        empty={<EmptyState icon={IconCalendarCheck} title={t.none[view]} />}
        columns={[
          {
            key: "when",
            header: t.when,
            render: (row) => (
              <>
                <b className="tabular">{formats.dateTime(row.due_at)}</b>
                {row.time_zone !== zone && (
                  <span className={classes.under}>
                    {t.localTime(formats.time(row.due_at, row.time_zone), row.time_zone)}
                  </span>
                )}
                {row.first_due_at && (
                  <span className={classes.under}>
                    {t.moved(formats.dateTime(row.first_due_at))}
                  </span>
                )}
              </>
            ),
          },
          {
            key: "contact",
            header: t.contact,
            render: (row) => (
              <>
                <span className={classes.narrow}>{state(row)}</span>
                {nameOf(row, formatNumber(row.number))}
                {row.contact_name !== "" && (
                  <span className={`${classes.under} tabular`}>{formatNumber(row.number)}</span>
                )}
                {row.note !== "" && <span className={classes.under}>{row.note}</span>}
                {row.queue_name && row.waiting_since && (
                  <span className={classes.under}>
                    {t.place(row.queue_name, formats.dateTime(row.waiting_since), row.tries ?? 0)}
                  </span>
                )}
              </>
            ),
          },
          { key: "campaign", header: t.campaign, wide: true, render: (row) => row.campaign_name },
          {
            key: "owner",
            header: t.owner,
            wide: true,
            render: (row) => (
              <>
                {row.owner_user_id === null ? t.anyones : (row.owner_name ?? "–")}
                {row.takeover_at && canChange(row) && (
                  <span className={classes.under}>
                    {t.takeoverAt(formats.dateTime(row.takeover_at))}
                  </span>
                )}
              </>
            ),
          },
          {
            key: "state",
            header: t.state,
            wide: true,
            render: state,
          },
          {
            key: "actions",
            header: "",
            align: "right",
            render: (row) =>
              runs && canReschedule(row) ? (
                <Menu position="bottom-end" withinPortal>
                  <Menu.Target>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t.actionsOf(nameOf(row, formatNumber(row.number)))}
                    >
                      <IconDotsVertical size={18} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {takes && canChange(row) && !row.mine && (
                      <Menu.Item onClick={() => void takeOver(row)}>{t.takeOver}</Menu.Item>
                    )}
                    {canChange(row) && (
                      <Menu.Item onClick={() => open("reassign", row)}>{t.reassign}</Menu.Item>
                    )}
                    <Menu.Item onClick={() => open("reschedule", row)}>{t.reschedule}</Menu.Item>
                    <Menu.Item component={Link} to={`/contacts/${row.contact_id}`}>
                      {t.openContact}
                    </Menu.Item>
                    <Menu.Divider />
                    <Menu.Item color="red" onClick={() => open("cancel", row)}>
                      {t.cancel}
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              ) : null,
          },
        ]}
      />
      {dialog?.kind === "reassign" && (
        <ReassignDialog callback={dialog.callback} onDone={refresh} onClose={close} />
      )}
      {dialog?.kind === "reschedule" && (
        <RescheduleDialog callback={dialog.callback} onDone={refresh} onClose={close} />
      )}
      {dialog?.kind === "cancel" && (
        <CancelDialog callback={dialog.callback} onDone={refresh} onClose={close} />
      )}
    </>
  );
}
