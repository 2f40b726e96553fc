import { Alert, Button, Group, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { DncList, DncProvider } from "@/api/types";
import { usePermission } from "@/features/session/session";
import { errorText, useErrorText } from "@/shared/errors";
import { KeyValues } from "@/shared/KeyValues";
import { Panel } from "@/shared/Panel";
import { StatusBadge } from "@/shared/StatusBadge";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";

interface Answer {
  listed: boolean | null;
  silence: string;
  message: string;
  status: number | null;
  seconds: number;
}

/** Silent when its last word is none. */
export function providerTone(provider: DncProvider): "good" | "bad" | "quiet" {
  const { last_answer_at, last_silence_at } = provider;
  if (last_answer_at === null && last_silence_at === null) return "quiet";
  if (last_silence_at === null) return "good";
  return last_answer_at !== null && last_answer_at > last_silence_at ? "good" : "bad";
}

/** A list's provider: how it fares, what is set, and a number to try it with. */
export function ProviderPanel({ list, provider }: { list: DncList; provider: DncProvider }) {
  const t = useText().provider;
  const formats = useFormats();
  const errors = useErrorText();
  const mayTry = usePermission("settings.write");
  const [number, setNumber] = useState("");
  const ask = useMutation({
    mutationFn: () => api.post<Answer>(`/dnc-lists/${list.dnc_list_id}/ask-provider`, { number }),
  });
  const tone = providerTone(provider);
  return (
    <Panel
      title={t.title}
      text={t.text}
      actions={<StatusBadge tone={tone}>{t.states[tone]}</StatusBadge>}
    >
      <KeyValues
        rows={[
          [t.url, `${provider.method} ${provider.url}`],
          [t.path, provider.answer_path || t.wholeText],
          [t.listed, provider.listed_values.join(", ")],
          [t.notListed, provider.not_listed_values.join(", ")],
          [t.age, formats.count(provider.max_age_seconds / 86_400)],
          [t.silent, provider.when_silent === "hold" ? t.hold : t.allow],
          [
            t.lastAnswer,
            provider.last_answer_at ? formats.dateTime(provider.last_answer_at) : t.never,
          ],
          [
            t.lastSilence,
            provider.last_silence_at
              ? `${formats.dateTime(provider.last_silence_at)}: ${provider.last_silence_message}`
              : t.never,
          ],
        ]}
      />
      {mayTry && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate();
          }}
        >
          <Group align="flex-end" gap="sm" mt="md">
            <TextInput
              label={t.tryNumber}
              value={number}
              style={{ flex: "1 1 12rem", maxWidth: "22rem" }}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
            <Button
              type="submit"
              variant="default"
              loading={ask.isPending}
              disabled={number.trim() === ""}
            >
              {t.try}
            </Button>
          </Group>
        </form>
      )}
      <div aria-live="polite">
        {ask.isError && (
          <Alert mt="md" color="red">
            {errorText(ask.error, errors)}
          </Alert>
        )}
        {ask.data && (
          <Alert mt="md" color={ask.data.listed === null ? "red" : "green"}>
            <Text fw={600} size="sm">
              {ask.data.listed === null ? t.wasSilent : ask.data.listed ? t.isListed : t.isFree}
            </Text>
            <Text size="sm">
              {ask.data.message} {ask.data.status !== null && `HTTP ${ask.data.status}, `}
              {t.took(Math.round(ask.data.seconds * 1000).toString())}
            </Text>
          </Alert>
        )}
      </div>
    </Panel>
  );
}
