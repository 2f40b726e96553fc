import {
  Alert,
  Button,
  Group,
  List,
  Modal,
  Progress,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import type { DncList } from "@/api/types";
import { useSession } from "@/features/session/session";
import { wallToUtc } from "@/formats/time";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import { batches, readValues } from "./numbers";

interface Answer {
  added: number;
  updated: number;
  rejected: { index: number; code: string; message: string }[];
}

interface Outcome {
  added: number;
  updated: number;
  rejected: { number: string; message: string }[];
}

const NOTHING: Outcome = { added: 0, updated: 0, rejected: [] };
/** Rejected numbers that are listed; more would hide the rest. */
const LISTED = 20;

interface Props {
  list: DncList;
  onAdded: () => void;
  onClose: () => void;
}

/** One or many, typed or pasted, in batches with progress. */
export function AddEntries({ list, onAdded, onClose }: Props) {
  const t = useText().adding;
  const shared = useSharedText();
  const formats = useFormats();
  const zone = useSession().organisation.time_zone;
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const [expires, setExpires] = useState("");
  const [sent, setSent] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { values, repeated } = readValues(text, list.key_column === null);

  async function send(event: React.FormEvent) {
    event.preventDefault();
    setProblem(null);
    setSent(0);
    const expires_at = expires === "" ? null : wallToUtc(expires, zone);
    const sum: Outcome = { ...NOTHING, rejected: [] };
    let done = 0;
    try {
      for (const batch of batches(values)) {
        const answer = await api.post<Answer>(`/dnc-lists/${list.dnc_list_id}/entries`, {
          entries: batch.map((value) => ({
            value,
            reason: reason.trim(),
            ...(expires_at ? { expires_at } : {}),
          })),
        });
        sum.added += answer.added;
        sum.updated += answer.updated;
        for (const one of answer.rejected) {
          sum.rejected.push({ number: batch[one.index] ?? "", message: one.message });
        }
        done += batch.length;
        setSent(done);
      }
      setOutcome(sum);
    } catch (error) {
      setProblem(error);
    } finally {
      setSent(null);
      onAdded();
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={<Text fw={620}>{t.title(list.key_column)}</Text>}
      closeButtonProps={{ "aria-label": shared.close }}
    >
      {outcome ? (
        <Stack>
          <Alert color="green" icon={<IconCheck />} role="status">
            {t.result(formats.count(outcome.added), formats.count(outcome.updated))}
          </Alert>
          {outcome.rejected.length > 0 && (
            <Alert color="red" role="alert">
              {t.rejected(outcome.rejected.length, formats.count(outcome.rejected.length))}
              <List size="sm" mt={6}>
                {outcome.rejected.slice(0, LISTED).map((one) => (
                  <List.Item key={one.number}>
                    <b>{one.number}</b> {one.message}
                  </List.Item>
                ))}
              </List>
            </Alert>
          )}
          <Group justify="flex-end">
            <Button onClick={onClose}>{t.close}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={(event) => void send(event)}>
          <Stack>
            <FormProblem problem={problem} />
            <Textarea
              label={list.key_column ?? t.paste}
              description={list.key_column === null ? t.pasteHelp : t.pasteValues}
              autosize
              minRows={7}
              maxRows={14}
              data-autofocus
              value={text}
              styles={{ input: { fontVariantNumeric: "tabular-nums" } }}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Text size="sm" c="dimmed" aria-live="polite">
              {t.count(values.length, formats.count(values.length))}
              {repeated > 0 && `, ${t.repeated(formats.count(repeated))}`}
            </Text>
            <Group grow align="flex-start">
              <TextInput
                label={t.reason}
                description={t.reasonHelp}
                inputWrapperOrder={["label", "input", "description", "error"]}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <TextInput
                type="datetime-local"
                label={t.expires}
                description={t.expiresHelp}
                inputWrapperOrder={["label", "input", "description", "error"]}
                value={expires}
                onChange={(event) => setExpires(event.currentTarget.value)}
              />
            </Group>
            {sent !== null && (
              <div>
                <Progress value={(sent / Math.max(1, values.length)) * 100} animated />
                <Text size="xs" c="dimmed" mt={4} aria-live="polite">
                  {t.sending(formats.count(sent), formats.count(values.length))}
                </Text>
              </div>
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {shared.cancel}
              </Button>
              <Button type="submit" loading={sent !== null} disabled={values.length === 0}>
                {t.go}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
