import { ActionIcon, Menu, SegmentedControl } from "@mantine/core";
import { IconDotsVertical } from "@tabler/icons-react";
import { useState } from "react";
import type { Callback } from "@/api/types";
import { CancelDialog, RescheduleDialog } from "@/features/callbacks/CallbackDialogs";
import { useText as useCallbackText } from "@/features/callbacks/messages";
import { canReschedule, standingOf, TONES } from "@/features/callbacks/standing";
import { useSession } from "@/features/session/session";
import { serverNow } from "@/formats/clock";
import { formatNumber } from "@/formats/phone";
import { utcToWall } from "@/formats/time";
import { LoadError } from "@/shared/LoadError";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useNowSeconds } from "@/shared/useNow";
import classes from "./Callbacks.module.css";
import { DayOfCallbacks } from "./DayOfCallbacks";
import { useText } from "./messages";
import panels from "./Panels.module.css";
import { useOwnCallbacks } from "./useOwnCallbacks";

type Dialog = { kind: "reschedule" | "cancel"; callback: Callback } | null;

/** Promises that this agent can keep, earliest first or by the day, and those that were missed. */
export function Callbacks() {
  const t = useText().callbacks;
  const words = useCallbackText();
  const { dateTime } = useFormats();
  const now = useNowSeconds();
  const zone = useSession().organisation.time_zone;
  const query = useOwnCallbacks();
  const [view, setView] = useState<"list" | "day">("list");
  const [day, setDay] = useState(() =>
    utcToWall(new Date(serverNow()).toISOString(), zone).slice(0, 10),
  );
  const [dialog, setDialog] = useState<Dialog>(null);
  const refetch = () => void query.refetch();
  const due = query.data?.filter((one) => ["due", "overdue"].includes(standingOf(one, now)));
  return (
    <section className={panels.panel} aria-label={t.title}>
      <div className={classes.head}>
        <h3>
          {t.title}
          {!!due?.length && (
            <span className={classes.count} title={t.dueCount(due.length)}>
              {due.length}
            </span>
          )}
        </h3>
        <SegmentedControl
          size="xs"
          aria-label={t.show}
          value={view}
          data={[
            { value: "list", label: t.list },
            { value: "day", label: t.day },
          ]}
          onChange={(value) => setView(value as "list" | "day")}
        />
      </div>
      {query.error && <LoadError error={query.error} onRetry={refetch} />}
      {view === "day" && query.data && (
        <DayOfCallbacks callbacks={query.data} day={day} zone={zone} onDay={setDay} />
      )}
      {view === "list" && query.data?.length === 0 && <p className={panels.none}>{t.none}</p>}
      {view === "list" && (
        <ul className={classes.list}>
          {query.data?.map((one) => {
            const standing = standingOf(one, now);
            return (
              <li key={one.callback_id}>
                <div className={classes.line}>
                  <strong className="tabular">{dateTime(one.due_at)}</strong>
                  <StatusBadge tone={TONES[standing]}>
                    {standing === "open" ? (one.mine ? t.mine : t.anyone) : words.states[standing]}
                  </StatusBadge>
                </div>
                <div className={classes.line}>
                  <span>
                    {one.contact_name !== "" && `${one.contact_name} · `}
                    <span className={`tabular ${classes.number}`}>{formatNumber(one.number)}</span>
                  </span>
                  {one.mine && canReschedule(one) && (
                    <Menu position="bottom-end" withinPortal>
                      <Menu.Target>
                        <ActionIcon
                          size="sm"
                          variant="subtle"
                          color="gray"
                          aria-label={words.actionsOf(one.contact_name || one.number)}
                        >
                          <IconDotsVertical size={16} />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item onClick={() => setDialog({ kind: "reschedule", callback: one })}>
                          {words.reschedule}
                        </Menu.Item>
                        <Menu.Item
                          color="red"
                          onClick={() => setDialog({ kind: "cancel", callback: one })}
                        >
                          {words.cancel}
                        </Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  )}
                </div>
                <span className={classes.campaign}>{one.campaign_name}</span>
                {one.first_due_at && (
                  <span className={classes.moved}>
                    {words.moved(dateTime(one.first_due_at))}
                    {one.reason_message !== "" && ` · ${one.reason_message}`}
                  </span>
                )}
                {one.note && <p>{one.note}</p>}
              </li>
            );
          })}
        </ul>
      )}
      {dialog?.kind === "reschedule" && (
        <RescheduleDialog
          callback={dialog.callback}
          base="/agent/callbacks"
          onDone={refetch}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog?.kind === "cancel" && (
        <CancelDialog
          callback={dialog.callback}
          base="/agent/callbacks"
          onDone={refetch}
          onClose={() => setDialog(null)}
        />
      )}
    </section>
  );
}
