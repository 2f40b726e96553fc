import { Button, Group, MultiSelect, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { ReactNode } from "react";
import { useLanguage } from "@/i18n/language";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { useSubmit } from "@/shared/useSubmit";
import { ColumnsEditor } from "./ColumnsEditor";
import type { ListValues } from "./list-form";
import { useText } from "./messages";
import { onlyZone, regions, timeZones } from "./places";

interface Props {
  initial: ListValues;
  /** Columns that have contacts behind them. */
  fixed?: ReadonlySet<string>;
  /** The way to the page where columns in use are changed, in place of their editor. */
  columnsPage?: ReactNode;
  action: string;
  onSend: (values: ListValues) => Promise<unknown>;
  onCancel: () => void;
  onReload?: () => void;
}

const NONE: ReadonlySet<string> = new Set();

export function ListForm(props: Props) {
  const { initial, fixed = NONE, columnsPage, action, onSend, onCancel, onReload } = props;
  const t = useText();
  const shared = useSharedText();
  const language = useLanguage();
  const form = useForm<ListValues>({ initialValues: initial });
  const { submit, busy, problem } = useSubmit(form, onSend);
  const names = form.values.columns.map((column) => column.name.trim()).filter(Boolean);
  return (
    <form onSubmit={submit} noValidate>
      <Stack maw={860}>
        <FormProblem problem={problem} {...(onReload ? { onReload } : {})} />
        <Panel title={t.general}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
            <Select
              label={t.region}
              description={t.regionHelp}
              inputWrapperOrder={["label", "input", "description", "error"]}
              searchable
              allowDeselect={false}
              data={regions(language)}
              {...form.getInputProps("region")}
              onChange={(region) => {
                if (region === null) return;
                form.setFieldValue("region", region);
                const zone = onlyZone(region);
                if (zone !== null) form.setFieldValue("time_zone", zone);
              }}
            />
            <Select
              label={t.timeZone}
              description={t.timeZoneHelp}
              inputWrapperOrder={["label", "input", "description", "error"]}
              searchable
              allowDeselect={false}
              data={timeZones(form.values.time_zone)}
              limit={80}
              {...form.getInputProps("time_zone")}
            />
            <Select
              label={t.zoneSource}
              description={t.zoneSourceHelp}
              inputWrapperOrder={["label", "input", "description", "error"]}
              allowDeselect={false}
              data={Object.entries(t.zoneSources).map(([value, label]) => ({ value, label }))}
              {...form.getInputProps("zone_source")}
            />
          </SimpleGrid>
        </Panel>
        <Panel title={t.columns} text={fixed.size > 0 ? t.columnEditor.fixed : t.columnEditor.text}>
          {columnsPage ?? (
            <ColumnsEditor
              columns={form.values.columns}
              onChange={(columns) => form.setFieldValue("columns", columns)}
              error={form.errors.columns as string | undefined}
              fixed={fixed}
            />
          )}
          <MultiSelect
            mt="lg"
            label={t.columnEditor.key}
            description={t.columnEditor.keyHelp}
            data={[...new Set(names)]}
            disabled={fixed.size > 0}
            {...form.getInputProps("key_columns")}
          />
        </Panel>
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
