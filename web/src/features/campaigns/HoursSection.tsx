import { Chip, Group, Input, Select, Stack, TextInput } from "@mantine/core";
import { HoursCalendar } from "@/features/callable-time-sets/HoursCalendar";
import { useCallableTimeSets } from "@/features/callable-time-sets/useCallableTimeSets";
import { formatSpan } from "@/formats/span";
import { useLanguage } from "@/i18n/language";
import { Panel } from "@/shared/Panel";
import { TextLink } from "@/shared/TextLink";
import { weekSeconds } from "./campaign-form";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";
import { WeekPreview } from "./WeekPreview";

const DAYS = [1, 2, 3, 4, 5, 6, 7];
const OWN = "own";

/** A callable time set, or the campaign's own window, each with a preview. */
export function HoursSection() {
  const t = useText().form.hours;
  const form = useCampaignForm();
  const sets = useCallableTimeSets();
  const chosen = form.values.callable_time_set_id;
  const set = sets.data?.find((one) => one.callable_time_set_id === chosen);
  return (
    <div id="hours">
      <Panel title={t.title} text={t.text}>
        <Stack>
          <Select
            label={t.which}
            description={t.setHelp}
            inputWrapperOrder={["label", "input", "description", "error"]}
            maw={420}
            allowDeselect={false}
            data={[
              { value: OWN, label: t.own },
              ...(sets.data ?? []).map((one) => ({
                value: one.callable_time_set_id,
                label: one.name,
              })),
            ]}
            value={chosen ?? OWN}
            error={form.errors.callable_time_set_id}
            onChange={(value) =>
              form.setFieldValue("callable_time_set_id", value === OWN ? null : value)
            }
          />
          {chosen === null ? (
            <OwnWindow />
          ) : (
            set && (
              <div style={{ maxWidth: 520 }}>
                <HoursCalendar
                  rules={{
                    windows: set.windows,
                    exceptions: set.exceptions,
                    holidays: set.holidays,
                  }}
                />
                <TextLink
                  to="/callable-time-sets/$callableTimeSetId"
                  params={{ callableTimeSetId: set.callable_time_set_id }}
                >
                  {t.openSet}
                </TextLink>
              </div>
            )
          )}
        </Stack>
      </Panel>
    </div>
  );
}

function OwnWindow() {
  const t = useText().form.hours;
  const language = useLanguage();
  const form = useCampaignForm();
  const { values } = form;
  const names = t.dayNames.split(" ");
  const hours = Math.floor(weekSeconds(values) / 3600);
  const minutes = (weekSeconds(values) % 3600) / 60;
  const sum = `${hours} h${minutes > 0 ? ` ${formatSpan(minutes * 60, language)}` : ""}`;
  return (
    <>
      <Input.Wrapper label={t.days} error={form.errors.callable_weekdays}>
        <Chip.Group
          multiple
          value={values.callable_weekdays.map(String)}
          onChange={(days) => form.setFieldValue("callable_weekdays", days.map(Number))}
        >
          <Group gap={6} mt={4}>
            {DAYS.map((day) => (
              <Chip key={day} value={String(day)} size="sm">
                {names[day - 1]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
      <Group align="flex-start">
        <TextInput
          type="time"
          w={130}
          label={t.from}
          required
          {...form.getInputProps("callable_from")}
        />
        <TextInput
          type="time"
          w={130}
          label={t.until}
          required
          {...form.getInputProps("callable_until")}
        />
      </Group>
      <WeekPreview
        weekdays={values.callable_weekdays}
        from={values.callable_from}
        until={values.callable_until}
        sum={t.sum(sum)}
      />
    </>
  );
}
