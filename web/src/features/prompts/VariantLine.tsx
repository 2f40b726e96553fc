import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { api, apiUrl } from "@/api/client";
import { usePermission } from "@/features/session/session";
import { FormModal } from "@/shared/FormModal";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import classes from "./PromptsPage.module.css";
import type { Variant, VariantState } from "./types";
import { useAct } from "./usePrompts";

export const TONES: Record<VariantState, Tone> = {
  draft: "quiet",
  in_review: "warn",
  approved: "good",
  retired: "quiet",
};

/** A version: heard or read, with what may be done with it. */
export function VariantLine({ variant, title }: { variant: Variant; title: string }) {
  const t = useText();
  const act = useAct();
  const mayWrite = usePermission("prompts.write");
  const mayApprove = usePermission("prompts.approve");
  const [sendingBack, setSendingBack] = useState(false);
  const path = `/prompt-variants/${variant.variant_id}`;
  const open = variant.state === "draft" || variant.state === "in_review";
  return (
    <div className={classes.row}>
      <Stack gap={4}>
        <Group gap="xs">
          <Text fw={560}>{title}</Text>
          <StatusBadge tone={TONES[variant.state]}>{t.states[variant.state]}</StatusBadge>
          <Text size="xs" c="dimmed">
            {t.version(variant.version)}
          </Text>
          {variant.warnings.map((warning) => (
            <StatusBadge key={warning} tone="warn">
              {t.warnings[warning] ?? warning}
            </StatusBadge>
          ))}
        </Group>
        {variant.words && <Text size="sm">{variant.words}</Text>}
        {variant.note && (
          <Text size="sm" c="dimmed">
            {t.sentBackBecause(variant.note)}
          </Text>
        )}
      </Stack>
      <Group gap="xs">
        {variant.medium === "recorded" && (
          // biome-ignore lint/a11y/useMediaCaption: its words stand beside it
          <audio
            className={classes.audio}
            controls
            preload="none"
            src={apiUrl(`${path}/audio`)}
            aria-label={t.listen(title)}
          />
        )}
        {variant.state === "draft" && mayWrite && (
          <>
            <Button
              size="xs"
              variant="default"
              onClick={() => void act(() => api.post(`${path}/submit`, undefined), t.submitted)}
            >
              {t.submit}
            </Button>
            <Button
              size="xs"
              variant="subtle"
              color="red"
              onClick={() => void act(() => api.delete(path), t.discarded)}
            >
              {t.discard}
            </Button>
          </>
        )}
        {open && mayApprove && (
          <Button
            size="xs"
            onClick={() => void act(() => api.post(`${path}/approve`, undefined), t.approved)}
          >
            {t.approve}
          </Button>
        )}
        {variant.state === "in_review" && mayApprove && (
          <Button size="xs" variant="default" onClick={() => setSendingBack(true)}>
            {t.sendBack}
          </Button>
        )}
      </Group>
      {sendingBack && <SendBack path={path} onClose={() => setSendingBack(false)} />}
    </div>
  );
}

function SendBack({ path, onClose }: { path: string; onClose: () => void }) {
  const t = useText();
  const act = useAct();
  const form = useForm({ initialValues: { note: "" } });
  const { submit, busy, problem } = useSubmit(form, async ({ note }) => {
    if (await act(() => api.post(`${path}/send-back`, { note }), t.sentBack)) onClose();
  });
  return (
    <FormModal
      open
      title={t.sendBack}
      action={t.sendBack}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Textarea
        label={t.sendBackText}
        required
        autosize
        minRows={2}
        {...form.getInputProps("note")}
      />
    </FormModal>
  );
}
