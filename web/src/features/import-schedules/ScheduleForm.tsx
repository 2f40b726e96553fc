import {
  Button,
  Chip,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useContactLists } from "@/api/references";
import { timeZones } from "@/features/contact-lists/places";
import { useTemplates } from "@/features/import-templates/useTemplates";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import { SourceFields } from "./SourceFields";
import type { ScheduleValues } from "./schedule-form";

interface Props {
  initial: ScheduleValues;
  scheduleId: string | null;
  hasSecret: boolean;
  action: string;
  onSend: (values: ScheduleValues) => Promise<unknown>;
  onCancel: () => void;
  onReload?: () => void;
}

export function ScheduleForm(props: Props) {
  const t = useText();
  const shared = useSharedText();
  const lists = useContactLists();
  const templates = useTemplates();
  const form = useForm<ScheduleValues>({
    initialValues: props.initial,
    validate: { contact_list_id: (value) => (value === null ? shared.needed : null) },
  });
  const { submit, busy, problem } = useSubmit(form, props.onSend);
  const { values } = form;
  const { timing } = values;
  const setTiming = (part: Partial<ScheduleValues["timing"]>) =>
    form.setFieldValue("timing", { ...timing, ...part });
  return (
    <form onSubmit={submit} noValidate>
      <Stack maw={860}>
        <FormProblem problem={problem} {...(props.onReload ? { onReload: props.onReload } : {})} />
        <Panel title={t.general}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={t.name} required data-autofocus {...form.getInputProps("name")} />
            <Select
              label={t.list}
              required
              searchable
              data={(lists.data ?? []).map((list) => ({
                value: list.contact_list_id,
                label: list.name,
              }))}
              {...form.getInputProps("contact_list_id")}
            />
            <Select
              label={t.template}
              placeholder={t.templateNone}
              clearable
              data={(templates.data ?? []).map((one) => ({
                value: one.import_template_id,
                label: one.name,
              }))}
              {...form.getInputProps("import_template_id")}
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
          </SimpleGrid>
          <Switch
            mt="md"
            label={t.active}
            {...form.getInputProps("active", { type: "checkbox" })}
          />
        </Panel>
        <SourceFields
          values={values}
          errors={form.errors}
          scheduleId={props.scheduleId}
          hasSecret={props.hasSecret}
          onChange={(next) => form.setValues(next)}
        />
        <Panel title={t.when}>
          <Stack>
            <SegmentedControl
              w="fit-content"
              aria-label={t.when}
              value={timing.kind}
              data={Object.entries(t.timings).map(([value, label]) => ({ value, label }))}
              onChange={(kind) => setTiming({ kind: kind as "every" | "daily" })}
            />
            {timing.kind === "every" ? (
              <NumberInput
                label={t.minutes}
                w={240}
                min={1}
                max={10080}
                value={timing.minutes}
                error={form.errors["timing.minutes"]}
                onChange={(minutes) =>
                  setTiming({ minutes: typeof minutes === "number" ? minutes : 0 })
                }
              />
            ) : (
              <>
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  <TextInput
                    label={t.at}
                    type="time"
                    value={timing.at}
                    error={form.errors["timing.at"]}
                    onChange={(event) => setTiming({ at: event.currentTarget.value })}
                  />
                  <Select
                    label={t.zone}
                    searchable
                    allowDeselect={false}
                    limit={80}
                    data={timeZones(timing.time_zone)}
                    value={timing.time_zone}
                    error={form.errors["timing.time_zone"]}
                    onChange={(zone) => setTiming({ time_zone: zone ?? timing.time_zone })}
                  />
                </SimpleGrid>
                <Chip.Group
                  multiple
                  value={timing.weekdays.map(String)}
                  onChange={(days) => setTiming({ weekdays: days.map(Number).sort() })}
                >
                  <Group gap={6} aria-label={t.weekdays} role="group">
                    {Object.values(t.days).map((day, index) => (
                      <Chip key={day} value={String(index + 1)} size="xs">
                        {day}
                      </Chip>
                    ))}
                  </Group>
                </Chip.Group>
              </>
            )}
          </Stack>
        </Panel>
        <Panel title={t.done}>
          <Group align="flex-end">
            <Select
              aria-label={t.done}
              w={260}
              allowDeselect={false}
              value={values.done_file}
              disabled={values.source.kind === "https"}
              data={Object.entries(t.dones).map(([value, label]) => ({ value, label }))}
              onChange={(value) =>
                form.setFieldValue("done_file", value as ScheduleValues["done_file"])
              }
            />
            {values.done_file === "move" && (
              <TextInput
                label={t.moveTo}
                value={values.source.move_to}
                error={form.errors["source.move_to"]}
                onChange={(event) =>
                  form.setFieldValue("source", {
                    ...values.source,
                    move_to: event.currentTarget.value,
                  })
                }
              />
            )}
          </Group>
        </Panel>
        <Group>
          <Button type="submit" loading={busy}>
            {props.action}
          </Button>
          <Button variant="default" onClick={props.onCancel}>
            {shared.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
