import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useUsers } from "@/api/references";
import type { Callback } from "@/api/types";
import { cityOf } from "@/features/agent/zone";
import { usePermission } from "@/features/session/session";
import { serverNow } from "@/formats/clock";
import { formatNumber } from "@/formats/phone";
import { utcToWall, wallToUtc } from "@/formats/time";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { toast } from "@/shared/toast";
import { LawfulTime } from "./LawfulTime";
import { useText } from "./messages";
import { nameOf } from "./standing";

interface Props {
  callback: Callback;
  /** Where its commands go: a supervisor's, or the owner's own. */
  base?: "/callbacks" | "/agent/callbacks";
  onDone: () => void;
  onClose: () => void;
}

const ANYONE = "anyone";

export function ReassignDialog({ callback, onDone, onClose }: Props) {
  const t = useText();
  const users = useUsers(usePermission("users.read"));
  const [to, setTo] = useState(callback.owner_user_id ?? ANYONE);
  const [why, setWhy] = useState("");
  const agents = (users.data ?? []).filter((user) => user.active && user.role !== "supervisor");
  return (
    <ConfirmDialog
      open
      title={t.reassignTitle(nameOf(callback, formatNumber(callback.number)))}
      action={t.reassign}
      disabled={to === (callback.owner_user_id ?? ANYONE)}
      onClose={onClose}
      onConfirm={async () => {
        const owner = to === ANYONE ? null : to;
        await api.post(`/callbacks/${callback.callback_id}/reassign`, {
          owner_user_id: owner,
          reason: why.trim(),
        });
        toast.success(t.reassigned);
        onDone();
      }}
    >
      <Select
        label={t.to}
        searchable
        allowDeselect={false}
        value={to}
        data={[
          { value: ANYONE, label: t.toAnyone },
          ...agents.map((user) => ({ value: user.user_id, label: user.display_name })),
        ]}
        onChange={(value) => setTo(value ?? ANYONE)}
      />
      <TextInput
        mt="sm"
        label={t.why}
        maxLength={500}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}

export function RescheduleDialog({ callback, base = "/callbacks", onDone, onClose }: Props) {
  const t = useText();
  const zone = callback.time_zone;
  const future = Date.parse(callback.due_at) > serverNow();
  const [wall, setWall] = useState(future ? utcToWall(callback.due_at, zone) : "");
  const [latest, setLatest] = useState("");
  const dueAt = wallToUtc(wall, zone);
  const path = `${base}/${callback.callback_id}`;
  return (
    <ConfirmDialog
      open
      title={t.rescheduleTitle(nameOf(callback, formatNumber(callback.number)))}
      action={t.reschedule}
      disabled={dueAt === null || Date.parse(dueAt) <= serverNow()}
      onClose={onClose}
      onConfirm={async () => {
        await api.post(`${path}/reschedule`, {
          due_at: dueAt,
          latest_at: latest === "" ? null : wallToUtc(latest, zone),
        });
        toast.success(t.rescheduled);
        onDone();
      }}
    >
      <TextInput
        type="datetime-local"
        label={t.dueAt(cityOf(zone))}
        required
        value={wall}
        min={utcToWall(new Date(serverNow()).toISOString(), zone)}
        onChange={(event) => setWall(event.currentTarget.value)}
      />
      <TextInput
        mt="sm"
        type="datetime-local"
        label={t.latestAt}
        value={latest}
        {...(wall === "" ? {} : { min: wall })}
        onChange={(event) => setLatest(event.currentTarget.value)}
      />
      <div style={{ marginTop: 12 }}>
        <LawfulTime path={`${path}/check`} wall={wall} zone={zone} onWall={setWall} />
      </div>
    </ConfirmDialog>
  );
}

export function CancelDialog({ callback, base = "/callbacks", onDone, onClose }: Props) {
  const t = useText();
  const [why, setWhy] = useState("");
  return (
    <ConfirmDialog
      open
      danger
      title={t.cancelTitle(nameOf(callback, formatNumber(callback.number)))}
      action={t.cancel}
      disabled={why.trim().length < 3}
      onClose={onClose}
      onConfirm={async () => {
        const reason = { reason: why.trim() };
        await api.post(`${base}/${callback.callback_id}/cancel`, reason);
        toast.success(t.cancelled);
        onDone();
      }}
    >
      {t.cancelText}
      <TextInput
        mt="sm"
        label={t.cancelReason}
        required
        maxLength={500}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
