import {
  Button,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { ConsentColumnsPanel } from "@/features/consents/ConsentColumnsPanel";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { useSubmit } from "@/shared/useSubmit";
import { ColumnRows } from "./ColumnRows";
import { useText } from "./messages";
import type { TemplateValues } from "./template-form";

const ENCODINGS = ["utf-8", "windows-1252", "utf-16-le", "utf-16-be"];

interface Props {
  initial: TemplateValues;
  action: string;
  onSend: (values: TemplateValues) => Promise<unknown>;
  onCancel: () => void;
  onReload?: () => void;
}

export function TemplateForm({ initial, action, onSend, onCancel, onReload }: Props) {
  const t = useText();
  const shared = useSharedText();
  const form = useForm<TemplateValues>({ initialValues: initial });
  const { submit, busy, problem } = useSubmit(form, onSend);
  const delimiters = [
    { value: ";", label: ";" },
    { value: ",", label: "," },
    { value: "|", label: "|" },
    { value: "\t", label: t.tab },
  ];
  const wrong = Object.entries(form.errors).find(
    ([field]) => field.startsWith("mapping") || field.startsWith("reading"),
  )?.[1];
  return (
    <form onSubmit={submit} noValidate>
      <Stack maw={980}>
        <FormProblem problem={problem} {...(onReload ? { onReload } : {})} />
        <Panel title={t.file} text={t.fileText}>
          <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
            <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
            <Select
              label={t.encoding}
              placeholder={t.detected}
              clearable
              data={ENCODINGS}
              {...form.getInputProps("encoding")}
            />
            <Select
              label={t.delimiter}
              placeholder={t.detected}
              clearable
              disabled={form.values.fixed}
              data={delimiters}
              {...form.getInputProps("delimiter")}
            />
            <TextInput label={t.sheet} placeholder={t.sheetHelp} {...form.getInputProps("sheet")} />
            <Select
              label={t.header}
              allowDeselect={false}
              data={Object.entries(t.headers).map(([value, label]) => ({ value, label }))}
              {...form.getInputProps("header")}
            />
            <Select
              label={t.duplicates}
              allowDeselect={false}
              data={[
                { value: "update", label: t.update },
                { value: "skip", label: t.keep },
              ]}
              {...form.getInputProps("on_duplicate")}
            />
            <NumberInput label={t.skip} min={0} max={1000} {...form.getInputProps("skip_lines")} />
            <NumberInput
              label={t.trailer}
              min={0}
              max={1000}
              {...form.getInputProps("trailer_lines")}
            />
          </SimpleGrid>
          <Stack gap="xs" mt="md">
            <Switch label={t.trim} {...form.getInputProps("trim", { type: "checkbox" })} />
            <Switch label={t.fixed} {...form.getInputProps("fixed", { type: "checkbox" })} />
          </Stack>
        </Panel>
        <Panel title={t.columns} text={t.columnsText}>
          {wrong && <FormProblem problem={new Error(String(wrong))} />}
          <ColumnRows
            columns={form.values.columns}
            fixed={form.values.fixed}
            onChange={(columns) => form.setFieldValue("columns", columns)}
          />
        </Panel>
        <ConsentColumnsPanel
          consent={form.values.consent}
          header={null}
          onChange={(consent) => form.setFieldValue("consent", consent)}
        />
        <Group>
          <Button type="submit" loading={busy}>
            {action}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {shared.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
