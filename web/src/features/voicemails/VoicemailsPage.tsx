import { ActionIcon, Group, Menu, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconDotsVertical, IconPhoneCall, IconRecordMail } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { api } from "@/api/client";
import { useAllCampaigns, useQueues } from "@/api/references";
import type { Callback, Voicemail, VoicemailCounts, VoicemailState } from "@/api/types";
import { usePermission, useSession } from "@/features/session/session";
import { formatNumber } from "@/formats/phone";
import { dayAfter, wallToUtc } from "@/formats/time";
import { DataTable } from "@/shared/DataTable";
import { EmptyState } from "@/shared/EmptyState";
import { FilterBar, FilterDate, FilterSelect } from "@/shared/FilterBar";
import { PageHeader } from "@/shared/PageHeader";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { toast } from "@/shared/toast";
import { useFormats } from "@/shared/useFormats";
import { useKeysetList } from "@/shared/useKeysetList";
import { Message } from "./Message";
import { useText } from "./messages";
import { callerOf, REFRESH_MS, useVoicemailCounts } from "./useVoicemails";
import { AssignDialog, DoneDialog } from "./VoicemailDialogs";
import classes from "./VoicemailsPage.module.css";

type View = "undone" | VoicemailState;

const VIEWS: readonly View[] = ["undone", "new", "heard", "done"];
const COUNTS: readonly (keyof VoicemailCounts)[] = ["new", "undone", "mine"];
const TONES: Record<VoicemailState, Tone> = { new: "warn", heard: "quiet", done: "good" };
const NO_FILTER = { queue: "", campaign: "", day: "" };

type Dialog = { kind: "assign" | "done"; voicemail: Voicemail } | null;

/** What callers have left, and what is done about it. */
export function VoicemailsPage() {
  const t = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const handles = usePermission("voicemails.handle");
  const calls = usePermission("agent.desktop");
  const readsContacts = usePermission("contacts.read");
  const readsCampaigns = usePermission("campaigns.read");
  const queues = useQueues(handles);
  const campaigns = useAllCampaigns(readsCampaigns);
  const counts = useVoicemailCounts();
  const [view, setView] = useState<View>("undone");
  const [filter, setFilter] = useState(NO_FILTER);
  const [dialog, setDialog] = useState<Dialog>(null);
  const [playing, setPlaying] = useState(false);
  const phone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const list = useKeysetList<Voicemail>(
    ["voicemails"],
    "/voicemails",
    {
      state: view,
      queue_id: filter.queue,
      campaign_id: filter.campaign,
      from_at: filter.day && wallToUtc(`${filter.day}T00:00`, zone),
      until_at: filter.day && wallToUtc(`${dayAfter(filter.day)}T00:00`, zone),
    },
    // A message must not leave the list of those that nobody has heard while it is played.
    { refetchInterval: playing ? false : REFRESH_MS },
  );
  const set = (part: Partial<typeof NO_FILTER>) => setFilter((kept) => ({ ...kept, ...part }));
  const refresh = () => void client.invalidateQueries({ queryKey: ["voicemails"] });
  const onPlaying = useCallback(
    (plays: boolean) => {
      setPlaying(plays);
      const queryKey = plays || view === "new" ? ["voicemails", "counts"] : ["voicemails"];
      void client.invalidateQueries({ queryKey });
    },
    [client, view],
  );
  const act = async (voicemail: Voicemail, what: string, body: unknown, said: string) => {
    try {
      await api.post(`/voicemails/${voicemail.voicemail_id}/${what}`, body);
      toast.success(said);
      refresh();
    } catch (error) {
      toast.error(error);
    }
  };
  const callBack = async (voicemail: Voicemail) => {
    try {
      const done = await api.post<Voicemail>(`/voicemails/${voicemail.voicemail_id}/call-back`, {});
      const own = await api.get<Callback[]>("/agent/callbacks");
      const made = own.find((one) => one.callback_id === done.callback_id);
      toast.success(t.calledBack(formats.dateTime(made?.due_at ?? new Date().toISOString())));
      refresh();
      void client.invalidateQueries({ queryKey: ["agent"] });
    } catch (error) {
      toast.error(error);
    }
  };
  const close = () => setDialog(null);
  const state = (row: Voicemail) => (
    <>
      <StatusBadge tone={TONES[row.state]}>{t.states[row.state]}</StatusBadge>
      {row.callback_state !== null && (
        <span className={classes.under}>{t.callbackStates[row.callback_state] ?? ""}</span>
      )}
      {row.done_at !== null && (
        <span className={classes.under}>
          {t.doneBy(row.done_by_name ?? "–", formats.dateTime(row.done_at))}
        </span>
      )}
      {row.done_at === null && row.heard_at !== null && (
        <span className={classes.under}>
          {t.heardBy(row.heard_by_name ?? "–", formats.dateTime(row.heard_at))}
        </span>
      )}
    </>
  );
  const owner = (row: Voicemail) =>
    row.mine ? t.mine : row.owner_user_id === null ? t.anyones : (row.owner_name ?? "–");
  const actions = (row: Voicemail) => {
    const open = row.state !== "done";
    const free = handles || row.owner_user_id === null || row.mine;
    return (
      <Group gap={4} wrap="nowrap" justify="flex-end">
        {open && calls && free && row.number !== "" && (
          <ActionIcon
            variant="light"
            aria-label={`${t.callBack}: ${callerOf(row, t.withheld)}`}
            title={t.callBack}
            onClick={() => void callBack(row)}
          >
            <IconPhoneCall size={18} />
          </ActionIcon>
        )}
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.actionsOf(callerOf(row, t.withheld))}
            >
              <IconDotsVertical size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {open && free && !row.mine && (
              <Menu.Item onClick={() => void act(row, "take", {}, t.taken)}>{t.take}</Menu.Item>
            )}
            {open && row.mine && (
              <Menu.Item
                onClick={() => void act(row, "assign", { owner_user_id: null }, t.released)}
              >
                {t.release}
              </Menu.Item>
            )}
            {open && handles && (
              <Menu.Item onClick={() => setDialog({ kind: "assign", voicemail: row })}>
                {t.assign}
              </Menu.Item>
            )}
            {open && free && (
              <Menu.Item onClick={() => setDialog({ kind: "done", voicemail: row })}>
                {t.done}
              </Menu.Item>
            )}
            {!open && (
              <Menu.Item onClick={() => void act(row, "reopen", {}, t.reopened)}>
                {t.reopen}
              </Menu.Item>
            )}
            {readsContacts && (
              <Menu.Item component={Link} to={`/contacts/${row.contact_id}`}>
                {t.openContact}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </Group>
    );
  };
  return (
    <>
      <PageHeader title={t.title} text={t.text} />
      <p className={classes.figures} aria-live="polite">
        {COUNTS.map((name) => (
          <span key={name}>
            <b className="tabular">
              {counts.data === undefined ? "–" : formats.count(counts.data[name])}
            </b>
            {t.counts[name](counts.data?.[name] ?? 0)}
          </span>
        ))}
      </p>
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
        {handles && (
          <FilterSelect
            label={t.queue}
            any={t.anyQueue}
            value={filter.queue}
            options={(queues.data ?? []).map((one) => ({ value: one.queue_id, label: one.name }))}
            onChange={(queue) => set({ queue })}
          />
        )}
        {readsCampaigns && (
          <FilterSelect
            label={t.campaign}
            any={t.anyCampaign}
            value={filter.campaign}
            options={(campaigns.data ?? [])
              .filter((one) => one.mode === "inbound")
              .map((one) => ({ value: one.campaign_id, label: one.name }))}
            onChange={(campaign) => set({ campaign })}
          />
        )}
        <FilterDate type="date" label={t.day} value={filter.day} onChange={(day) => set({ day })} />
      </FilterBar>
      <DataTable
        label={t.title}
        list={list}
        rowKey={(row) => row.voicemail_id}
        empty={<EmptyState icon={IconRecordMail} title={t.none[view]} text={t.noneText} />}
        columns={[
          {
            key: "caller",
            header: t.caller,
            render: (row) => (
              <>
                <b>{callerOf(row, t.withheld)}</b>
                {row.contact_name !== "" && row.number !== "" && (
                  <span className={`${classes.under} tabular`}>{formatNumber(row.number)}</span>
                )}
                <span className={`${classes.under} tabular`}>
                  {formats.dateTime(row.created_at)}
                </span>
                {phone && <span className={classes.narrow}>{state(row)}</span>}
                {phone && (
                  <span className={classes.narrow}>
                    <Message voicemail={row} onPlaying={onPlaying} />
                  </span>
                )}
              </>
            ),
          },
          {
            key: "message",
            header: t.message,
            wide: true,
            render: (row) => !phone && <Message voicemail={row} onPlaying={onPlaying} />,
          },
          {
            key: "queue",
            header: t.queue,
            wide: true,
            render: (row) => (
              <>
                {row.queue_name ?? t.noQueue}
                <span className={classes.under}>{row.campaign_name}</span>
              </>
            ),
          },
          { key: "owner", header: t.owner, wide: true, render: owner },
          { key: "state", header: t.state, wide: true, render: (row) => !phone && state(row) },
          { key: "actions", header: "", align: "right", render: actions },
        ]}
      />
      {dialog?.kind === "assign" && (
        <AssignDialog voicemail={dialog.voicemail} onDone={refresh} onClose={close} />
      )}
      {dialog?.kind === "done" && (
        <DoneDialog voicemail={dialog.voicemail} onDone={refresh} onClose={close} />
      )}
    </>
  );
}
