import {
  Alert,
  Button,
  Group,
  List,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import type { ImportSource, SourceKind, SourceTest } from "@/api/types/lists";
import { FormProblem } from "@/shared/FormProblem";
import { Panel } from "@/shared/Panel";
import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";
import { ofKind, type ScheduleValues, signInsOf, testBody } from "./schedule-form";

interface Props {
  values: ScheduleValues;
  errors: Record<string, unknown>;
  scheduleId: string | null;
  hasSecret: boolean;
  onChange: (values: ScheduleValues) => void;
}

/** Where files come from, how to sign in there, and a try of both. */
export function SourceFields({ values, errors, scheduleId, hasSecret, onChange }: Props) {
  const t = useText();
  const formats = useFormats();
  const { source } = values;
  const [busy, setBusy] = useState(false);
  const [seen, setSeen] = useState<SourceTest | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const error = (field: string) => errors[`source.${field}`] as string | undefined;
  const set = (part: Partial<ImportSource>) => {
    setSeen(null);
    onChange({ ...values, source: { ...source, ...part } });
  };

  async function test() {
    setBusy(true);
    setProblem(null);
    setSeen(null);
    try {
      setSeen(await api.post<SourceTest>("/import-schedule-tests", testBody(values, scheduleId)));
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  }

  const text = (field: "path" | "pattern" | "host" | "user" | "url" | "move_to") => ({
    value: source[field],
    error: error(field),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      set({ [field]: event.currentTarget.value }),
  });
  const secret = {
    label: t.secret[source.sign_in],
    description: hasSecret ? t.secretKept : t.secretHelp,
    value: values.secret,
    error: errors.secret as string | undefined,
    autoComplete: "new-password",
  };
  return (
    <Panel title={t.where}>
      <Stack>
        <Select
          maw={320}
          label={t.kind}
          allowDeselect={false}
          value={source.kind}
          data={Object.entries(t.kinds).map(([value, label]) => ({ value, label }))}
          onChange={(kind) => {
            setSeen(null);
            onChange(ofKind(values, kind as SourceKind));
          }}
        />
        {source.kind === "https" && <TextInput label={t.url} required {...text("url")} />}
        {source.kind === "sftp" && (
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput label={t.host} required {...text("host")} />
            <NumberInput
              label={t.port}
              min={1}
              max={65535}
              value={source.port}
              error={error("port")}
              onChange={(port) => set({ port: typeof port === "number" ? port : 22 })}
            />
            <TextInput label={t.user} required {...text("user")} />
          </SimpleGrid>
        )}
        {source.kind !== "folder" && (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={t.signIn}
              allowDeselect={false}
              data={signInsOf(source.kind).map((value) => ({ value, label: t.signIns[value] }))}
              value={source.sign_in}
              onChange={(value) => set({ sign_in: value as ImportSource["sign_in"] })}
            />
            {source.kind === "https" && source.sign_in === "password" && (
              <TextInput label={t.user} required {...text("user")} />
            )}
          </SimpleGrid>
        )}
        {source.sign_in === "key" && (
          <Textarea
            {...secret}
            autosize
            minRows={3}
            maxRows={8}
            onChange={(event) => onChange({ ...values, secret: event.currentTarget.value })}
          />
        )}
        {(source.sign_in === "password" || source.sign_in === "token") && (
          <PasswordInput
            {...secret}
            maw={420}
            onChange={(event) => onChange({ ...values, secret: event.currentTarget.value })}
          />
        )}
        {source.kind === "sftp" && (
          <TextInput
            label={t.hostKey}
            description={t.hostKeyHelp}
            value={source.host_key}
            error={error("host_key")}
            onChange={(event) => set({ host_key: event.currentTarget.value.trim() })}
          />
        )}
        {source.kind !== "https" && (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={t.path}
              {...(source.kind === "folder" ? { description: t.folderHelp } : {})}
              inputWrapperOrder={["label", "input", "description", "error"]}
              {...text("path")}
            />
            <TextInput
              label={t.pattern}
              description={t.patternHelp}
              inputWrapperOrder={["label", "input", "description", "error"]}
              {...text("pattern")}
            />
          </SimpleGrid>
        )}
        <Group>
          <Button
            variant="default"
            loading={busy}
            leftSection={<IconPlugConnected size={17} />}
            onClick={() => void test()}
          >
            {t.test}
          </Button>
        </Group>
        <FormProblem problem={problem} />
        {seen && !seen.host_key_accepted && (
          <Alert color="yellow" role="status">
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              {t.keyShown(seen.host_key)}
            </Text>
            <Button size="xs" mt="xs" onClick={() => set({ host_key: seen.host_key })}>
              {t.accept}
            </Button>
          </Alert>
        )}
        {seen?.host_key_accepted && (
          <Alert color="green" role="status">
            {seen.files.length === 0 ? t.testNone : t.testFiles(seen.files.length)}
            <List size="sm" mt={4}>
              {seen.files.slice(0, 10).map((file) => (
                <List.Item key={file.name}>
                  {file.name}
                  {file.size !== null && ` (${formats.bytes(file.size)})`}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
      </Stack>
    </Panel>
  );
}
