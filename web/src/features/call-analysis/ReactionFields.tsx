import { Select, SimpleGrid, Stack, Switch, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQueues } from "@/api/references";
import type { PossibleReactions } from "@/api/types";
import { useFlows } from "@/features/flows/useFlows";
import { DurationInput } from "@/shared/DurationInput";
import { useText } from "./messages";
import { ANSWERED, type ResponseSetValues } from "./response-form";
import { usePrompts } from "./useCallAnalysis";

interface Props {
  form: UseFormReturnType<ResponseSetValues>;
  possible: PossibleReactions;
  readOnly: boolean;
}

const OWN = "own";
const UNITS = ["min", "h", "d"] as const;

/** What is done with one call analysis result. */
export function ReactionFields({ form, possible, readOnly }: Props) {
  const t = useText();
  const queues = useQueues();
  const prompts = usePrompts();
  const flows = useFlows();
  const published = (flows.data ?? []).filter((one) => one.published_version !== null);
  const { result } = possible;
  const path = `reactions.${result}`;
  const values = form.values.reactions[result];
  if (values === undefined) return null;
  const answered = ANSWERED.includes(result);
  const hint = t.hints[result];
  return (
    <Stack gap={6}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t.results[result]}
          disabled={readOnly || possible.reactions.length === 1}
          allowDeselect={false}
          data={possible.reactions.map((type) => ({
            value: type,
            label: type === "hang_up" && !answered ? t.nothingMore : t.reactions[type],
          }))}
          {...form.getInputProps(`${path}.type`)}
        />
        {values.type === "play_file" && (
          <Select
            label={t.prompt}
            required
            disabled={readOnly}
            description={prompts.data?.length === 0 ? t.noPrompts : undefined}
            data={(prompts.data ?? []).map((one) => ({ value: one.prompt_id, label: one.name }))}
            {...form.getInputProps(`${path}.prompt_id`)}
          />
        )}
        {values.type === "flow" && (
          <Select
            label={t.flow}
            required
            searchable
            disabled={readOnly}
            description={published.length === 0 ? t.noFlows : undefined}
            data={published.map((one) => ({ value: one.flow_id, label: one.name }))}
            {...form.getInputProps(`${path}.flow_id`)}
          />
        )}
        {values.type === "queue" && (
          <Select
            label={t.queue}
            disabled={readOnly}
            allowDeselect={false}
            data={[
              { value: OWN, label: t.ownQueue },
              ...(queues.data ?? []).map((one) => ({ value: one.queue_id, label: one.name })),
            ]}
            value={values.queue_id ?? OWN}
            error={form.errors[`${path}.queue_id`]}
            onChange={(value) =>
              form.setFieldValue(`${path}.queue_id`, value === OWN ? null : value)
            }
          />
        )}
        {values.type === "retry" && (
          <DurationInput
            label={t.delay}
            units={UNITS}
            {...form.getInputProps(`${path}.retry_seconds`)}
          />
        )}
      </SimpleGrid>
      {(values.type === "play_file" ||
        (values.type === "flow" && result === "callable_machine")) && (
        <Switch
          label={t.afterGreeting}
          disabled={readOnly}
          {...form.getInputProps(`${path}.after_greeting`, { type: "checkbox" })}
        />
      )}
      {hint && (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      )}
    </Stack>
  );
}
