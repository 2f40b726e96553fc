import { Select, Textarea } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useUsers } from "@/api/references";
import type { Voicemail } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { ConfirmDialog } from "@/shared/ConfirmDialog";
import { toast } from "@/shared/toast";
import { useText } from "./messages";
import { callerOf } from "./useVoicemails";

interface Props {
  voicemail: Voicemail;
  onDone: () => void;
  onClose: () => void;
}

const ANYONE = "anyone";

export function AssignDialog({ voicemail, onDone, onClose }: Props) {
  const t = useText();
  const users = useUsers(usePermission("users.read"));
  const before = voicemail.owner_user_id ?? ANYONE;
  const [to, setTo] = useState(before);
  return (
    <ConfirmDialog
      open
      title={t.assignTitle(callerOf(voicemail, t.withheld))}
      action={t.assign.replace("…", "")}
      disabled={to === before}
      onClose={onClose}
      onConfirm={async () => {
        await api.post(`/voicemails/${voicemail.voicemail_id}/assign`, {
          owner_user_id: to === ANYONE ? null : to,
        });
        toast.success(t.assigned);
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
          ...(users.data ?? [])
            .filter((user) => user.active)
            .map((user) => ({ value: user.user_id, label: user.display_name })),
        ]}
        onChange={(value) => setTo(value ?? ANYONE)}
      />
    </ConfirmDialog>
  );
}

export function DoneDialog({ voicemail, onDone, onClose }: Props) {
  const t = useText();
  const [note, setNote] = useState(voicemail.note);
  return (
    <ConfirmDialog
      open
      title={t.doneTitle(callerOf(voicemail, t.withheld))}
      action={t.done}
      onClose={onClose}
      onConfirm={async () => {
        await api.post(`/voicemails/${voicemail.voicemail_id}/done`, { note: note.trim() });
        toast.success(t.finished);
        onDone();
      }}
    >
      <Textarea
        label={t.note}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={1000}
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ConfirmDialog>
  );
}
