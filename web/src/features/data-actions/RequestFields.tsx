import {
  ActionIcon,
  Button,
  Fieldset,
  Group,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus, IconX } from "@tabler/icons-react";
import { Panel } from "@/shared/Panel";
import type { ActionValues } from "./action-form";
import { DatabaseFields } from "./DatabaseFields";
import { useText } from "./messages";

const NUMBERS = [
  ["timeout_seconds", "timeout", 1, 30],
  ["cache_seconds", "cache", 60, 2_592_000],
  ["call_cache_seconds", "callCache", 0, 86_400],
  ["at_once", "atOnce", 1, 50],
  ["breaker_failures", "breakerFailures", 1, 1_000],
  ["breaker_seconds", "breakerSeconds", 5, 3_600],
] as const;

interface Props {
  form: UseFormReturnType<ActionValues>;
  readOnly: boolean;
}

/** How the question is asked, how its answer is read, and the limits. */
export function RequestFields({ form, readOnly }: Props) {
  const t = useText();
  const { kind } = form.values;
  return (
    <Fieldset variant="unstyled" m={0} disabled={readOnly}>
      <Stack>
        <Panel title={t.request}>
          <Stack>
            <SegmentedControl
              aria-label={t.kind}
              data={[
                { value: "http", label: t.kinds.http },
                { value: "sql", label: t.kinds.sql },
              ]}
              style={{ alignSelf: "flex-start" }}
              {...form.getInputProps("kind")}
            />
            {kind === "sql" ? <DatabaseFields form={form} /> : <HttpFields form={form} />}
            <TextInput
              maw={320}
              label={t.secret}
              description={kind === "sql" ? t.passwordHelp : t.secretHelp}
              inputWrapperOrder={["label", "input", "description", "error"]}
              {...form.getInputProps("secret_name")}
            />
          </Stack>
        </Panel>
        <Panel title={t.answer}>
          <Rows
            form={form}
            field="outputs"
            second="path"
            words={[t.output, kind === "sql" ? t.column : t.path, t.addOutput]}
            remove={t.removeOutput}
            title={t.outputs}
            help={kind === "sql" ? t.columnHelp : t.pathHelp}
          />
        </Panel>
        <Panel title={t.limits}>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            {NUMBERS.map(([name, label, min, max]) => (
              <NumberInput
                key={name}
                label={t[label]}
                min={min}
                max={max}
                allowDecimal={false}
                {...form.getInputProps(name)}
              />
            ))}
          </SimpleGrid>
          <Text size="xs" c="dimmed" mt="sm">
            {t.cacheHelp} {t.callCacheHelp} {t.breakerHelp}
          </Text>
        </Panel>
      </Stack>
    </Fieldset>
  );
}

/** A request by HTTP. */
function HttpFields({ form }: { form: UseFormReturnType<ActionValues> }) {
  const t = useText();
  const { method } = form.values;
  return (
    <>
      <SegmentedControl
        aria-label={t.method}
        data={["GET", "POST", "PUT", "PATCH"]}
        style={{ alignSelf: "flex-start" }}
        {...form.getInputProps("method")}
      />
      <TextInput
        label={t.url}
        required
        description={t.urlHelp}
        inputWrapperOrder={["label", "input", "description", "error"]}
        {...form.getInputProps("url")}
      />
      <Text size="xs" c="dimmed">
        {t.placeholders}
      </Text>
      {method !== "GET" && (
        <>
          <SegmentedControl
            aria-label={t.bodyFormat}
            style={{ alignSelf: "flex-start" }}
            data={[
              { value: "json", label: t.formats.json },
              { value: "form", label: t.formats.form },
            ]}
            {...form.getInputProps("body_format")}
          />
          <Textarea
            label={t.body}
            autosize
            minRows={3}
            description={form.values.body_format === "json" ? t.bodyHelp : undefined}
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...form.getInputProps("body")}
          />
        </>
      )}
      <Rows
        form={form}
        field="headers"
        second="value"
        words={[t.header, t.headerValue, t.addHeader]}
        remove={t.removeHeader}
        title={t.headers}
        help={t.headerHelp}
      />
    </>
  );
}

interface RowsProps {
  form: UseFormReturnType<ActionValues>;
  field: "headers" | "outputs";
  second: "value" | "path";
  words: [first: string, second: string, add: string];
  remove: (n: number) => string;
  title: string;
  help: string;
}

function Rows({ form, field, second, words, remove, title, help }: RowsProps) {
  return (
    <Stack gap="xs" role="group" aria-label={title}>
      <Text size="sm" fw={560}>
        {title}
      </Text>
      {form.values[field].map((_, index) => (
        // The rows have no names of their own; they are only added at the end and taken out.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Group key={index} gap="xs" align="flex-start" wrap="nowrap">
          <TextInput
            aria-label={`${words[0]} ${index + 1}`}
            placeholder={words[0]}
            style={{ flex: "0 1 200px" }}
            {...form.getInputProps(`${field}.${index}.name`)}
          />
          <TextInput
            aria-label={`${words[1]} ${index + 1}`}
            placeholder={words[1]}
            style={{ flex: 1 }}
            {...form.getInputProps(`${field}.${index}.${second}`)}
          />
          <ActionIcon
            size={34}
            variant="subtle"
            color="gray"
            aria-label={remove(index + 1)}
            onClick={() => form.removeListItem(field, index)}
          >
            <IconX size={17} />
          </ActionIcon>
        </Group>
      ))}
      <Text size="xs" c="dimmed">
        {help}
      </Text>
      <Button
        variant="default"
        size="xs"
        style={{ alignSelf: "flex-start" }}
        leftSection={<IconPlus size={15} />}
        onClick={() =>
          second === "value"
            ? form.insertListItem("headers", { name: "", value: "" })
            : form.insertListItem("outputs", { name: "", path: "" })
        }
      >
        {words[2]}
      </Button>
    </Stack>
  );
}
