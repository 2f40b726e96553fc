import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconPhoneOff } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/api/client";
import type { Flow } from "@/features/flows/types";
import { usePermission } from "@/features/session/session";
import { EmptyState } from "@/shared/EmptyState";
import { LinkButton } from "@/shared/LinkButton";
import { useText as useSharedText } from "@/shared/messages";
import { Loaded } from "./Loaded";
import { useText } from "./messages";
import { TelephoneSession } from "./TelephoneSession";
import template from "./telephone-flow.json";
import type { RecordingSession } from "./types";
import { useAct, useLanguageName, useLanguages } from "./usePrompts";
import {
  sessionFor,
  useRecordingNumbers,
  useRecordingSession,
  useRecordingSessions,
} from "./useTelephone";

interface Props {
  language: string;
  keys: string[];
  /** A recording that was begun before; none: one that is good for these prompts. */
  sessionId?: string;
  onClose: () => void;
}

/** A code for somebody who calls, and what comes of it. */
export function TelephoneDialog(props: Props) {
  const t = useText().telephone;
  const { close } = useSharedText();
  const numbers = useRecordingNumbers();
  const sessions = useRecordingSessions(true);
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t.title}
      size="lg"
      closeButtonProps={{ "aria-label": close }}
    >
      <Loaded query={numbers}>
        {(called) => (
          <Loaded query={sessions}>
            {(found) => (
              <Recording {...props} numbers={called.map((one) => one.number)} sessions={found} />
            )}
          </Loaded>
        )}
      </Loaded>
    </Modal>
  );
}

function Recording({
  language,
  keys,
  sessionId,
  numbers,
  sessions,
}: Props & { numbers: string[]; sessions: RecordingSession[] }) {
  const t = useText().telephone;
  const act = useAct();
  const nameOf = useLanguageName();
  const languages = useLanguages();
  const [shown, setShown] = useState(
    () => sessionId ?? sessionFor(sessions, language, keys)?.recording_session_id,
  );
  const [busy, setBusy] = useState(false);
  const known = languages.data?.items.find((one) => one.language === language);
  const followed = useRecordingSession(shown);
  const session = followed.data;
  const client = useQueryClient();
  const recorded = session?.recorded;
  useEffect(() => {
    // The page behind shows the new drafts.
    if (recorded) void client.invalidateQueries({ queryKey: ["prompts"] });
  }, [recorded, client]);
  async function make(wanted: string[]) {
    setBusy(true);
    await act(async () => {
      const body = { language, keys: wanted };
      const made = await api.post<RecordingSession>("/recording-sessions", body);
      setShown(made.recording_session_id);
    });
    setBusy(false);
  }
  if (shown !== undefined && !session) return <Loaded query={followed}>{() => null}</Loaded>;
  if (session) {
    const left = session.prompts.filter((one) => !one.recorded).map((one) => one.key);
    return (
      <TelephoneSession
        session={session}
        numbers={numbers}
        onAgain={left.length > 0 ? () => void make(left) : undefined}
      />
    );
  }
  if (numbers.length === 0) return <NoNumber />;
  return (
    <Stack>
      <Text fw={600}>{t.of(keys.length, known ? nameOf(known) : language)}</Text>
      <Text>{t.how}</Text>
      <Group justify="flex-end">
        <Button loading={busy} data-autofocus onClick={() => void make(keys)}>
          {t.make}
        </Button>
      </Group>
    </Stack>
  );
}

/** What there must be before anybody can call. */
function NoNumber() {
  const t = useText().telephone;
  const act = useAct();
  const client = useQueryClient();
  const languages = useLanguages();
  const mayMake = usePermission("flows.write");
  const mayPublish = usePermission("flows.publish");
  const maySetNumbers = usePermission("settings.write");
  const [made, setMade] = useState(false);
  const [busy, setBusy] = useState(false);
  const used = languages.data?.items.filter((one) => one.used).map((one) => one.language) ?? [];
  async function make() {
    setBusy(true);
    const done = await act(async () => {
      const document = { ...template.document, languages: used };
      const file = { ...template, document };
      const flow = await api.post<Flow>("/flows/import", { ...file, name: t.title });
      await api.post(`/flows/${flow.flow_id}/publish`, { version: flow.version });
      await client.invalidateQueries({ queryKey: ["flows"] });
    }, t.flowMade);
    setBusy(false);
    setMade(done);
  }
  return (
    <EmptyState
      icon={IconPhoneOff}
      title={t.noNumber}
      text={made ? t.flowMade : mayMake && mayPublish ? t.noNumberText : t.askSomebody}
    >
      <Group justify="center">
        {mayMake && mayPublish && !made && (
          <Button loading={busy} disabled={used.length === 0} onClick={() => void make()}>
            {t.makeFlow}
          </Button>
        )}
        {maySetNumbers && (
          <LinkButton to="/settings/inbound-numbers" variant={made ? "filled" : "default"}>
            {t.toNumbers}
          </LinkButton>
        )}
      </Group>
    </EmptyState>
  );
}
