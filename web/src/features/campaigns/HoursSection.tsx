import { Chip, Group, Input, Stack, TextInput } from "@mantine/core";
import { formatSpan } from "@/formats/span";
import { useLanguage } from "@/i18n/language";
import { Panel } from "@/shared/Panel";
import { weekSeconds } from "./campaign-form";
import { useCampaignForm } from "./form-context";
import { useText } from "./messages";
import { WeekPreview } from "./WeekPreview";

const DAYS = [1, 2, 3, 4, 5, 6, 7];

export function HoursSection() {
  const t = useText().form.hours;
  const language = useLanguage();
  const form = useCampaignForm();
  const { values } = form;
  const names = t.dayNames.split(" ");
  const hours = Math.floor(weekSeconds(values) / 3600);
  const minutes = (weekSeconds(values) % 3600) / 60;
  const sum = `${hours} h${minutes > 0 ? ` ${formatSpan(minutes * 60, language)}` : ""}`;
  return (
    <div id="hours">
      <Panel title={t.title} text={t.text}>
        <Stack>
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
        </Stack>
      </Panel>
    </div>
  );
}
