import { Alert, Button, Code, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import type { FormErrors } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { DataActionSettings, TriedDataAction } from "@/api/types";
import { errorText, useErrorText } from "@/shared/errors";
import { KeyValues } from "@/shared/KeyValues";
import { Panel } from "@/shared/Panel";
import { fieldErrors } from "@/shared/useSubmit";
import { placeholdersOf } from "./action-form";
import { useText } from "./messages";

interface Props {
  settings: DataActionSettings;
  /** What is wrong with the settings, by field. */
  onRefused: (errors: FormErrors) => void;
}

/** Asks once with sample values and shows what was sent, what came and what was read. */
export function TryAction({ settings, onRefused }: Props) {
  const t = useText();
  const errors = useErrorText();
  const names = placeholdersOf(settings);
  const [values, setValues] = useState<Record<string, string>>({});
  const ask = useMutation({
    mutationFn: () =>
      api.post<TriedDataAction>("/data-actions/try", {
        settings,
        values: Object.fromEntries(names.map((name) => [name, values[name] ?? ""])),
      }),
    onError: (error) => onRefused(fieldErrors(error, Object.keys(settings)) ?? {}),
  });
  return (
    <Panel title={t.tryTitle} text={t.tryText}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate();
        }}
      >
        <Stack>
          {names.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t.tryNone}
            </Text>
          ) : (
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              {names.map((name) => (
                <TextInput
                  key={name}
                  label={name}
                  value={values[name] ?? ""}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setValues((before) => ({ ...before, [name]: value }));
                  }}
                />
              ))}
            </SimpleGrid>
          )}
          <Button
            type="submit"
            variant="default"
            loading={ask.isPending}
            style={{ alignSelf: "flex-start" }}
          >
            {t.try}
          </Button>
        </Stack>
      </form>
      <div aria-live="polite">
        {ask.isError && (
          <Alert mt="md" color="red">
            {errorText(ask.error, errors)}
          </Alert>
        )}
        {ask.data && <Tried tried={ask.data} />}
      </div>
    </Panel>
  );
}

function Tried({ tried }: { tried: TriedDataAction }) {
  const t = useText();
  const headers = Object.entries(tried.headers).map(([name, value]) => `${name}: ${value}`);
  const sent = [`${tried.method} ${tried.url}`, ...headers, "", tried.body].join("\n").trim();
  return (
    <Stack mt="md">
      <Alert color={tried.failure === "" ? "green" : "red"}>
        <Text fw={600} size="sm">
          {tried.failure === "" ? t.answered : t.failed}
        </Text>
        <Text size="sm">
          {tried.message} {tried.status !== null && `HTTP ${tried.status} `}
          {tried.seconds > 0 && t.took(Math.round(tried.seconds * 1000).toString())}
        </Text>
      </Alert>
      <KeyValues
        rows={[
          ...Object.entries(tried.outputs).map(
            ([name, value]) => [`${t.read}: ${name}`, value] as const,
          ),
          ...(tried.missing.length > 0 ? [[t.missing, tried.missing.join(", ")] as const] : []),
        ]}
      />
      {tried.url !== "" && (
        <div>
          <Text size="sm" fw={560}>
            {t.sent}
          </Text>
          <Code block>{sent}</Code>
        </div>
      )}
      {tried.answer !== "" && (
        <div>
          <Text size="sm" fw={560}>
            {t.came}
          </Text>
          <Code block mah={320} style={{ overflow: "auto" }}>
            {tried.answer}
          </Code>
        </div>
      )}
    </Stack>
  );
}
