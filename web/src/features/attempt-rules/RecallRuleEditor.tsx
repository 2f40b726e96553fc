import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Paper,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { DurationInput } from "@/shared/DurationInput";
import { useText } from "./messages";
import { RecallTimeline } from "./RecallTimeline";
import type { RecallRule, RecallStep } from "./types";

const UNITS = ["min", "h", "d"] as const;

interface Props {
  name: string;
  rule: RecallRule;
  error?: React.ReactNode;
  dayBegins: string;
  attempts: number;
  onChange: (rule: RecallRule) => void;
  onRemove: () => void;
}

/** One result's sequence of waits, with its calls drawn below. */
export function RecallRuleEditor(props: Props) {
  const t = useText().form;
  const { rule, onChange } = props;
  const setStep = (at: number, step: RecallStep) =>
    onChange({ ...rule, steps: rule.steps.map((one, index) => (index === at ? step : one)) });
  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <div>
            <Text fw={620}>{props.name}</Text>
            <Text size="sm" c="dimmed">
              {t.replaces}
            </Text>
          </div>
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={t.removeRule(props.name)}
            onClick={props.onRemove}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </Group>
        {rule.steps.map((step, index) => (
          <StepRow
            // Steps have no names of their own: they are their places.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            place={index + 1}
            step={step}
            onChange={(next) => setStep(index, next)}
            {...(rule.steps.length > 1
              ? {
                  onRemove: () =>
                    onChange({ ...rule, steps: rule.steps.filter((_, at) => at !== index) }),
                }
              : {})}
          />
        ))}
        <Button
          variant="subtle"
          size="xs"
          w="fit-content"
          leftSection={<IconPlus size={15} />}
          disabled={rule.steps.length >= 20}
          onClick={() => onChange({ ...rule, steps: [...rule.steps, { after_seconds: 3600 }] })}
        >
          {t.addStep}
        </Button>
        <Checkbox
          label={t.otherHours}
          checked={rule.other_hours}
          onChange={(event) => onChange({ ...rule, other_hours: event.currentTarget.checked })}
        />
        <Group align="flex-start" gap="md">
          <Select
            label={t.afterwards}
            allowDeselect={false}
            data={[
              { value: "repeat", label: t.repeat },
              { value: "finish", label: t.finish },
            ]}
            value={rule.afterwards}
            onChange={(value) =>
              onChange({ ...rule, afterwards: value === "finish" ? "finish" : "repeat" })
            }
          />
          <NumberInput
            label={t.most}
            description={t.mostHelp}
            inputWrapperOrder={["label", "input", "description", "error"]}
            min={1}
            max={100}
            allowDecimal={false}
            value={rule.most ?? ""}
            onChange={(value) => onChange({ ...rule, most: Number(value) || null })}
          />
        </Group>
        {props.error && (
          <Text size="sm" c="red" role="alert">
            {props.error}
          </Text>
        )}
        <RecallTimeline rule={rule} dayBegins={props.dayBegins} attempts={props.attempts} />
      </Stack>
    </Paper>
  );
}

interface StepProps {
  place: number;
  step: RecallStep;
  onChange: (step: RecallStep) => void;
  onRemove?: () => void;
}

function StepRow({ place, step, onChange, onRemove }: StepProps) {
  const t = useText().form;
  const after = "after_seconds" in step;
  return (
    <Group align="flex-end" gap="sm">
      <div>
        <Text size="sm" fw={500} mb={4}>
          {t.step(place)}
        </Text>
        <SegmentedControl
          aria-label={t.step(place)}
          data={[
            { value: "after", label: t.kind.after },
            { value: "at", label: t.kind.at },
          ]}
          value={after ? "after" : "at"}
          onChange={(kind) =>
            onChange(kind === "after" ? { after_seconds: 3600 } : { days: 1, at: "10:00" })
          }
        />
      </div>
      {after ? (
        <DurationInput
          label={t.after}
          units={UNITS}
          value={step.after_seconds}
          onChange={(seconds) => onChange({ after_seconds: seconds })}
        />
      ) : (
        <>
          <NumberInput
            label={t.daysLater}
            w={110}
            min={0}
            max={90}
            allowDecimal={false}
            value={step.days}
            onChange={(value) => onChange({ ...step, days: Number(value) || 0 })}
          />
          <TextInput
            type="time"
            label={t.at}
            w={120}
            value={step.at}
            onChange={(event) => onChange({ ...step, at: event.currentTarget.value || "10:00" })}
          />
        </>
      )}
      {onRemove && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t.removeStep(place)}
          onClick={onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}
