import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { usePermission } from "@/features/session/session";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import classes from "./PromptsPage.module.css";
import { TelephoneDialog } from "./TelephoneDialog";
import { SESSION_TONES } from "./TelephoneSession";
import type { RecordingSession } from "./types";
import { useLanguageName, useLanguages } from "./usePrompts";
import { useRecordingSessions } from "./useTelephone";

/** What was, or is being, recorded by telephone. */
export function TelephonePanel() {
  const t = useText().telephone;
  const sessions = useRecordingSessions(usePermission("prompts.write"));
  const [seen, setSeen] = useState<RecordingSession | null>(null);
  if (!sessions.data?.length) return null;
  return (
    <Panel title={t.latest} text={t.latestText}>
      {sessions.data.map((one) => (
        <Row key={one.recording_session_id} session={one} onSee={() => setSeen(one)} />
      ))}
      {seen && (
        <TelephoneDialog
          language={seen.language}
          keys={[]}
          sessionId={seen.recording_session_id}
          onClose={() => setSeen(null)}
        />
      )}
    </Panel>
  );
}

function Row({ session, onSee }: { session: RecordingSession; onSee: () => void }) {
  const t = useText().telephone;
  const formats = useFormats();
  const nameOf = useLanguageName();
  const languages = useLanguages();
  const known = languages.data?.items.find((one) => one.language === session.language);
  return (
    <div className={classes.row}>
      <div>
        <Group gap="xs">
          <Text fw={560}>{known ? nameOf(known) : session.language}</Text>
          <StatusBadge tone={SESSION_TONES[session.state]}>{t.states[session.state]}</StatusBadge>
        </Group>
        <Text size="sm">{t.progress(session.recorded, session.prompts.length)}</Text>
        <Text size="sm" c="dimmed">
          {t.by(session.made_by_name ?? "–", formats.dateTime(session.made_at))}
        </Text>
      </div>
      <Button size="xs" variant="default" onClick={onSee}>
        {t.see}
      </Button>
    </div>
  );
}
