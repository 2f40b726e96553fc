import {
  ActionIcon,
  Button,
  Chip,
  Fieldset,
  Group,
  Input,
  Stack,
  Switch,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Schedule } from "@/api/types";
import { useSession } from "@/features/session/session";
import { FormModal } from "@/shared/FormModal";
import { toast } from "@/shared/toast";
import { useSubmit } from "@/shared/useSubmit";
import { useText } from "./messages";
import { ScheduleWeek } from "./ScheduleWeek";
import { bodyOf, clock, rowKey, type ScheduleValues, valuesOf } from "./schedule-form";
import { addDays, mondayOf } from "./week";

interface Props {
  /** Of the campaign or sequence: "/campaigns/…". */
  path: string;
  name: string;
  schedule: Schedule | null;
  onClose: () => void;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7];
const TIME = { w: 96, placeholder: "08:00", inputMode: "numeric" } as const;

/** Hours of the week, special days and dates of a schedule, with the coming week drawn below. */
export function ScheduleForm({ path, name, schedule, onClose }: Props) {
  const t = useText();
  const zone = useSession().organisation.time_zone;
  const client = useQueryClient();
  const form = useForm<ScheduleValues>({ initialValues: valuesOf(schedule, zone) });
  const { values } = form;
  const { submit, busy, problem } = useSubmit(form, async (sent) => {
    await api.put(`${path}/schedule`, bodyOf(sent, schedule?.version ?? null));
    await client.invalidateQueries({ queryKey: ["timetable"] });
    toast.success(t.schedule.saved);
    onClose();
  });
  const days = t.schedule.shortDays.split(" ");
  const time = (field: string) => {
    const given = form.getInputProps(field);
    return {
      ...given,
      onBlur: () => form.setFieldValue(field, clock(String(given.value ?? ""))),
    };
  };
  return (
    <FormModal
      open
      size={780}
      title={t.schedule.title(name)}
      action={t.schedule.save}
      busy={busy}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
      onReload={onClose}
    >
      <Input.Description>{t.schedule.effect}</Input.Description>
      <Switch label={t.schedule.active} {...form.getInputProps("active", { type: "checkbox" })} />
      <TextInput
        label={t.schedule.zone}
        description={t.schedule.zoneText}
        required
        {...form.getInputProps("time_zone")}
      />
      <Fieldset legend={t.schedule.hours}>
        <Stack gap="sm">
          {values.intervals.map((interval, index) => (
            <Group key={interval.key} align="flex-start" gap="sm" wrap="nowrap">
              <Group align="flex-start" gap="sm" flex={1}>
                <Input.Wrapper
                  label={t.schedule.days}
                  error={form.errors[`intervals.${index}.weekdays`]}
                >
                  <Chip.Group
                    multiple
                    value={interval.weekdays.map(String)}
                    onChange={(chosen) =>
                      form.setFieldValue(`intervals.${index}.weekdays`, chosen.map(Number).sort())
                    }
                  >
                    <Group gap={4}>
                      {DAYS.map((day) => (
                        <Chip key={day} value={String(day)} size="xs">
                          {days[day - 1]}
                        </Chip>
                      ))}
                    </Group>
                  </Chip.Group>
                </Input.Wrapper>
                <TextInput
                  {...TIME}
                  label={t.schedule.from}
                  {...time(`intervals.${index}.start`)}
                />
                <TextInput
                  {...TIME}
                  label={t.schedule.until}
                  title={t.schedule.untilText}
                  {...time(`intervals.${index}.until`)}
                />
              </Group>
              <ActionIcon
                mt={26}
                size={34}
                variant="subtle"
                color="gray"
                aria-label={t.schedule.removeHours(index + 1)}
                onClick={() => form.removeListItem("intervals", index)}
              >
                <IconX size={17} />
              </ActionIcon>
            </Group>
          ))}
          <Input.Error>{form.errors.intervals}</Input.Error>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={15} />}
            style={{ alignSelf: "flex-start" }}
            onClick={() =>
              form.insertListItem("intervals", {
                key: rowKey(),
                weekdays: [1, 2, 3, 4, 5],
                start: "14:00",
                until: "18:00",
              })
            }
          >
            {t.schedule.addHours}
          </Button>
        </Stack>
      </Fieldset>
      <Fieldset legend={t.schedule.exceptions}>
        <Stack gap="sm">
          <Input.Description>{t.schedule.exceptionsText}</Input.Description>
          {values.exceptions.map((exception, index) => (
            <SpecialDay key={exception.key} form={form} index={index} time={time} />
          ))}
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={15} />}
            style={{ alignSelf: "flex-start" }}
            onClick={() =>
              form.insertListItem("exceptions", {
                key: rowKey(),
                name: "",
                first: addDays(new Date().toISOString().slice(0, 10), 1),
                last: "",
                spans: [],
              })
            }
          >
            {t.schedule.addException}
          </Button>
        </Stack>
      </Fieldset>
      <Group grow>
        <TextInput type="date" label={t.schedule.startsOn} {...form.getInputProps("starts_on")} />
        <TextInput type="date" label={t.schedule.endsOn} {...form.getInputProps("ends_on")} />
      </Group>
      <ScheduleWeek
        schedule={bodyOf(values, null)}
        monday={mondayOf(new Date().toISOString().slice(0, 10))}
      />
    </FormModal>
  );
}

interface SpecialDayProps {
  form: ReturnType<typeof useForm<ScheduleValues>>;
  index: number;
  time: (field: string) => object;
}

function SpecialDay({ form, index, time }: SpecialDayProps) {
  const t = useText().schedule;
  const path = `exceptions.${index}`;
  const open = (form.values.exceptions[index]?.spans.length ?? 0) > 0;
  return (
    <Group align="flex-start" gap="sm">
      <TextInput w={150} label={t.name} maxLength={100} {...form.getInputProps(`${path}.name`)} />
      <TextInput type="date" required label={t.first} {...form.getInputProps(`${path}.first`)} />
      <TextInput type="date" label={t.last} {...form.getInputProps(`${path}.last`)} />
      <Switch
        mt={32}
        label={t.open}
        checked={open}
        onChange={(event) =>
          form.setFieldValue(
            `${path}.spans`,
            event.currentTarget.checked ? [{ start: "08:00", until: "12:00" }] : [],
          )
        }
      />
      {open && (
        <>
          <TextInput {...TIME} label={t.from} {...time(`${path}.spans.0.start`)} />
          <TextInput {...TIME} label={t.until} {...time(`${path}.spans.0.until`)} />
        </>
      )}
      <ActionIcon
        mt={26}
        size={34}
        variant="subtle"
        color="gray"
        aria-label={t.removeException(index + 1)}
        onClick={() => form.removeListItem("exceptions", index)}
      >
        <IconX size={17} />
      </ActionIcon>
    </Group>
  );
}
