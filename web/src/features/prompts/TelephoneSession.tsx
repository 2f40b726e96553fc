import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { formatNumber } from "@/formats/phone";
import { StatusBadge, type Tone } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import classes from "./Telephone.module.css";
import type { RecordingSession, SessionPrompt, SessionState } from "./types";
import { useAct } from "./usePrompts";
import { goesOn } from "./useTelephone";
import { VariantLine } from "./VariantLine";

export const SESSION_TONES: Record<SessionState, Tone> = {
  waiting: "warn",
  calling: "good",
  done: "good",
  cancelled: "quiet",
  expired: "quiet",
};

/** A recording by telephone: what to dial, how far it is, and the drafts. */
export function TelephoneSession(props: {
  session: RecordingSession;
  numbers: string[];
  /** Makes another code for what is left. */
  onAgain?: (() => void) | undefined;
}) {
  const t = useText().telephone;
  const { session } = props;
  const progress = t.progress(session.recorded, session.prompts.length);
  return (
    <Stack>
      {session.code && <Dial session={session} code={session.code} numbers={props.numbers} />}
      <Group justify="space-between">
        <StatusBadge tone={SESSION_TONES[session.state]}>{t.states[session.state]}</StatusBadge>
        <Text aria-live="polite">{progress}</Text>
      </Group>
      <Progress
        value={(session.recorded / session.prompts.length) * 100}
        aria-label={progress}
        transitionDuration={300}
      />
      <Acts session={session} onAgain={props.onAgain} />
      <div>
        {session.prompts.map((one) => (
          <Prompt key={one.position} prompt={one} language={session.language} />
        ))}
      </div>
    </Stack>
  );
}

function Dial(props: { session: RecordingSession; code: string; numbers: string[] }) {
  const t = useText().telephone;
  const formats = useFormats();
  return (
    <>
      <div className={classes.dial}>
        <div>
          <Text size="sm" c="dimmed">
            {t.numbers}
          </Text>
          {props.numbers.map((one) => (
            <p key={one} className={classes.number}>
              {formatNumber(one)}
            </p>
          ))}
        </div>
        <div>
          <Text size="sm" c="dimmed">
            {t.code}
          </Text>
          <p className={classes.code} data-testid="code">
            {props.code.slice(0, 3)} {props.code.slice(3)}
          </p>
          <Text size="sm" c="dimmed">
            {t.until(formats.time(props.session.expires_at))}
          </Text>
        </div>
      </div>
      <Text size="sm">{t.how}</Text>
    </>
  );
}

function Prompt({ prompt, language }: { prompt: SessionPrompt; language: string }) {
  const t = useText().telephone;
  const title = `${prompt.position}. ${prompt.fragment ? prompt.words : prompt.name}`;
  if (prompt.variant) return <VariantLine variant={prompt.variant} title={title} />;
  return (
    <div className={classes.prompt}>
      <div>
        <Text fw={560} lang={prompt.fragment ? language : undefined}>
          {title}
        </Text>
        {!prompt.fragment && prompt.words && <Text size="sm">{prompt.words}</Text>}
      </div>
      <Text size="sm" c="dimmed">
        {prompt.recorded ? t.gone : t.open}
      </Text>
    </div>
  );
}

function Acts({
  session,
  onAgain,
}: {
  session: RecordingSession;
  onAgain?: (() => void) | undefined;
}) {
  const t = useText().telephone;
  const act = useAct();
  const [busy, setBusy] = useState(false);
  const drafts = session.prompts.flatMap((one) =>
    one.variant?.state === "draft" ? [one.variant.variant_id] : [],
  );
  async function doing(what: () => Promise<unknown>, told?: string) {
    setBusy(true);
    await act(what, told);
    setBusy(false);
  }
  async function submitAll() {
    for (const id of drafts) await api.post(`/prompt-variants/${id}/submit`, undefined);
  }
  const path = `/recording-sessions/${session.recording_session_id}`;
  return (
    <Group justify="flex-end">
      {goesOn(session) && (
        <Button
          variant="subtle"
          color="red"
          disabled={busy}
          onClick={() => void doing(() => api.post(`${path}/cancel`, undefined))}
        >
          {t.cancel}
        </Button>
      )}
      {!goesOn(session) && onAgain && (
        <Button variant="default" disabled={busy} onClick={onAgain}>
          {t.again}
        </Button>
      )}
      {drafts.length > 0 && (
        <Button loading={busy} onClick={() => void doing(submitAll, t.submitted)}>
          {t.submitAll(drafts.length)}
        </Button>
      )}
    </Group>
  );
}
