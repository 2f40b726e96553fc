import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { api } from "@/api/client";
import { formatNumber } from "@/formats/phone";
import { FormModal } from "@/shared/FormModal";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import type { LegalHold } from "./types";

interface Props {
  holds: LegalHold[];
  mayWrite: boolean;
  onChanged: () => void;
}

/** What may not be erased, and why. */
export function HoldsPanel({ holds, mayWrite, onChanged }: Props) {
  const t = useText().holds;
  const formats = useFormats();
  const [edited, setEdited] = useState<LegalHold | "new" | null>(null);
  return (
    <Panel
      title={t.title}
      text={t.text}
      actions={
        mayWrite && (
          <Button size="xs" variant="default" onClick={() => setEdited("new")}>
            {t.add}
          </Button>
        )
      }
    >
      <Stack gap="xs">
        {holds.length === 0 && (
          <Text size="sm" c="dimmed">
            {t.nothing}
          </Text>
        )}
        {holds.map((hold) => (
          <Group key={hold.legal_hold_id} justify="space-between">
            <div>
              <Text size="sm" fw={500}>
                {hold.number === null ? t.whole : formatNumber(hold.number)}
              </Text>
              <Text size="xs" c="dimmed">
                {hold.reason} · {hold.user_name} · {formats.date(hold.created_at)}
              </Text>
            </div>
            {hold.ended_at !== null ? (
              <StatusBadge tone="quiet">{t.ended(formats.date(hold.ended_at))}</StatusBadge>
            ) : (
              mayWrite && (
                <Button size="compact-xs" variant="subtle" onClick={() => setEdited(hold)}>
                  {t.end}
                </Button>
              )
            )}
          </Group>
        ))}
      </Stack>
      {edited !== null && (
        <HoldDialog
          hold={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
          onDone={onChanged}
        />
      )}
    </Panel>
  );
}

function HoldDialog(props: { hold: LegalHold | null; onClose: () => void; onDone: () => void }) {
  const t = useText().holds;
  const { hold } = props;
  const form = useForm({ initialValues: { number: "", reason: "" } });
  const { submit, busy, problem } = useSubmit(form, async ({ number, reason }) => {
    await (hold === null
      ? api.post("/legal-holds", { number: number.trim() || null, reason })
      : api.post(`/legal-holds/${hold.legal_hold_id}/end`, { reason }));
    props.onDone();
    props.onClose();
  });
  return (
    <FormModal
      open
      title={hold === null ? t.add : t.end}
      action={hold === null ? t.add : t.end}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={props.onClose}
    >
      {hold !== null && <Text size="sm">{t.endText}</Text>}
      {hold === null && (
        <TextInput
          label={t.number}
          description={t.numberHelp}
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...form.getInputProps("number")}
        />
      )}
      <TextInput label={t.reason} required data-autofocus {...form.getInputProps("reason")} />
    </FormModal>
  );
}
