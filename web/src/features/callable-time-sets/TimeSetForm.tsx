import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { FormProblem } from "@/shared/FormProblem";
import { useText as useSharedText } from "@/shared/messages";
import { Panel } from "@/shared/Panel";
import { useSubmit } from "@/shared/useSubmit";
import { ExceptionsEditor } from "./ExceptionsEditor";
import { HolidaysEditor } from "./HolidaysEditor";
import { HoursCalendar } from "./HoursCalendar";
import { useText } from "./messages";
import classes from "./TimeSetForm.module.css";
import { officeWeek, rulesOf, type TimeSetValues } from "./time-set-form";
import type { TimeWindow } from "./types";
import { WindowEditor } from "./WindowEditor";

interface Props {
  initial: TimeSetValues;
  action: string;
  readOnly?: boolean;
  onSend: (values: TimeSetValues) => Promise<unknown>;
  onCancel: () => void;
  onReload?: () => void;
}

export function TimeSetForm(props: Props) {
  const t = useText();
  const shared = useSharedText();
  const form = useForm<TimeSetValues>({
    initialValues: props.initial,
    validate: (values) => (values.name.trim() === "" ? { name: shared.needed } : {}),
  });
  const { submit, busy, problem } = useSubmit(form, props.onSend);
  const { values } = form;
  const [settled] = useDebouncedValue(values, 400);
  const setWindows = (windows: TimeWindow[]) => form.setFieldValue("windows", windows);
  return (
    <form onSubmit={submit} noValidate>
      <div className={classes.columns}>
        <fieldset className={classes.fields} disabled={props.readOnly}>
          <Stack>
            <FormProblem
              problem={problem}
              {...(props.onReload ? { onReload: props.onReload } : {})}
            />
            <TextInput label={t.name} required maw={420} {...form.getInputProps("name")} />
            <Panel title={t.windows.title} text={t.windows.text}>
              <Stack gap="lg">
                {values.windows.map((window, index) => (
                  <WindowEditor
                    // biome-ignore lint/suspicious/noArrayIndexKey: windows have no other name
                    key={index}
                    window={window}
                    field={`windows.${index}`}
                    errors={form.errors}
                    onChange={(changed) =>
                      setWindows(values.windows.map((one, at) => (at === index ? changed : one)))
                    }
                    {...(values.windows.length > 1
                      ? {
                          onRemove: () =>
                            setWindows(values.windows.filter((_, at) => at !== index)),
                        }
                      : {})}
                  />
                ))}
                <div>
                  <Button
                    variant="default"
                    size="xs"
                    leftSection={<IconPlus size={15} />}
                    onClick={() =>
                      setWindows([
                        ...values.windows,
                        { kind: "zone", time_zone: "Europe/Paris", slots: officeWeek() },
                      ])
                    }
                  >
                    {t.windows.add}
                  </Button>
                </div>
              </Stack>
            </Panel>
            <Panel title={t.exceptions.title} text={t.exceptions.text}>
              <ExceptionsEditor
                exceptions={values.exceptions}
                errors={form.errors}
                onChange={(exceptions) => form.setFieldValue("exceptions", exceptions)}
              />
            </Panel>
            <Panel title={t.holidays.title} text={t.holidays.text}>
              <HolidaysEditor
                holidays={values.holidays}
                errors={form.errors}
                onChange={(holidays) => form.setFieldValue("holidays", holidays)}
              />
            </Panel>
            {!props.readOnly && (
              <Group>
                <Button type="submit" loading={busy}>
                  {props.action}
                </Button>
                <Button variant="default" onClick={props.onCancel}>
                  {shared.cancel}
                </Button>
              </Group>
            )}
          </Stack>
        </fieldset>
        <Panel title={t.preview.title} text={t.preview.text} className={classes.preview}>
          <HoursCalendar rules={rulesOf(settled)} />
        </Panel>
      </div>
    </form>
  );
}
